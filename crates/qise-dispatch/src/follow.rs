//! The plan follows what people tell from the way: somebody left too late, came late, or was done sooner or later than planned.
//!
//! What has happened is a fact: the visit has its times in the plan, whatever the need asks for. The visits after it are moved as far as they
//! must, and whoever was told another time is told; nobody else's day changes. Whoever cannot come at all any more is released.

use qise::model::{Time, Window};
use qise_lifecycle::{AssignmentState, Event, EventKind, Lifecycle, Moment, NeedNo, PersonNo, ReleaseReason};

use crate::engine::{Done, Engine};
use crate::events::{Happened, PlanEvent, VisitsWritten, written};
use crate::outcome::Outcome;
use crate::plan_side::{MOST_DELAY, Moved, Moves, Wanted};
use crate::rows::SeatAt;

/// Whoever leaves so little too late may still come in time: nobody is told another time for it.
const SOON_ENOUGH: i64 = 300;

/// What was lost is put back so many times.
const MOST_ROUNDS: usize = 4;

/// What somebody tells from the way, of a stop of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// They leave for it.
    Left,
    /// They are there.
    Came,
    /// It is done.
    Ended,
}

impl Engine {
    /// The plan follows what somebody tells of a stop; the machines know it already.
    pub(crate) fn follow(
        &mut self,
        at: Moment,
        fact: Fact,
        (no, who, stop): (NeedNo, PersonNo, u16),
        mut done: Done,
    ) -> Done {
        let Some(wanted) = self.wanted(at, fact, (no, who, stop)) else { return done };
        let life = &self.life;
        let Some(Moved { before, after: mut moves, kept }) =
            self.side.moved(no, &wanted, |side, other| side.moves_alone(other) && !has_begun(life, other))
        else {
            return done;
        };
        let is_same = moves == before;
        if is_same || fact == Fact::Left && !is_worth_telling(&before[0].1, &moves[0].1) {
            match self.side.put_back(&before, kept.as_ref()) {
                Ok(()) => return done,
                Err(now) => moves = now,
            }
        }
        let events = told(&self.life, &moves);
        done.events.push(self.moved(&moves));
        let mut changes = events.iter().filter_map(|event| self.change(event)).collect::<Vec<_>>();
        changes.sort_by(|a, b| (&a.need, &a.who, &a.what).cmp(&(&b.need, &b.who, &b.what)));
        if !changes.is_empty() {
            done.outcome = Outcome::Moved { moved: changes };
        }
        self.apply(at, events, &mut done.events);
        done
    }

    /// The visits of needs are others.
    pub(crate) fn moved(&self, moves: &Moves) -> Happened {
        let visits = moves.iter().map(|(no, seats)| VisitsWritten {
            need: self.side.row(*no).key.clone(),
            seats: written(&self.side, seats),
        });
        Happened::Plan(PlanEvent::Moved { visits: visits.collect() })
    }

    /// Needs that lost somebody because something else has changed have them again, or their people are told that they need not come.
    pub(crate) fn settle_lost(&mut self, at: Moment, happened: &mut Vec<Happened>) {
        // What comes back may take what others had: then those are put back, as long as that ends soon.
        for _ in 0..MOST_ROUNDS {
            let life = &self.life;
            let (_, moves) = self.side.put_back_lost(|no| has_begun(life, no));
            if moves.is_empty() {
                return;
            }
            self.tell_moves(at, &moves, happened);
        }
    }

    /// The same where nothing else has happened: only who cannot come any more is told.
    pub(crate) fn release_lost(&mut self, at: Moment, happened: &mut Vec<Happened>) {
        let life = &self.life;
        let (before, mut moves) = self.side.put_back_lost(|no| has_begun(life, no));
        moves.retain(|one| !before.contains(one));
        if !moves.is_empty() {
            self.tell_moves(at, &moves, happened);
        }
    }

    fn tell_moves(&mut self, at: Moment, moves: &Moves, happened: &mut Vec<Happened>) {
        happened.push(self.moved(moves));
        let events = told(&self.life, moves);
        self.apply(at, events, happened);
    }

    /// When the need is served by what is known now; nothing where that is as was planned, or cannot be said.
    fn wanted(&self, at: Moment, fact: Fact, (no, who, stop): (NeedNo, PersonNo, u16)) -> Option<Wanted> {
        let row = self.side.row(no);
        if !self.side.moves_alone(no) {
            return None;
        }
        let need = &row.input.need;
        let own = *row.seats.iter().find(|seat| (seat.who, seat.stop) == (who, stop))?;
        let is_one_stop = need.stops.len() == 1;
        let late = |planned: i64| (at.0 > planned).then_some(at.0 - planned);
        match fact {
            // Whoever waits for others of a crew may be there already.
            Fact::Left if need.people() > 1 || stop > 0 => None,
            Fact::Left => Some(Wanted::Within { windows: self.from(no, 0, own.start), agreed: false }),
            Fact::Came if self.is_done_by_some(no) && is_one_stop => None,
            Fact::Came if is_one_stop => {
                let by = late(own.start)?;
                let shift = |seat: &SeatAt| SeatAt { start: seat.start + by, end: seat.end + by, ..*seat };
                Some(Wanted::At(row.seats.iter().map(shift).collect()))
            }
            Fact::Came => {
                late(own.start)?;
                Some(Wanted::Within { windows: self.from(no, stop, at.0), agreed: true })
            }
            Fact::Ended if is_one_stop => {
                let came =
                    self.life.need(no).and_then(|need| need.member(who)?.arrived).map_or(at.0, |came| came.0);
                let is_alone = need.people() == 1;
                if own.end == at.0 || !is_alone && at.0 < own.start {
                    return None;
                }
                let start = if at.0 < own.start { came.min(at.0) } else { own.start };
                let ended = |seat: &SeatAt| {
                    let end = if seat.who == who { at.0 } else { seat.end };
                    SeatAt { start: seat.start.min(start), end, ..*seat }
                };
                Some(Wanted::At(row.seats.iter().map(ended).collect()))
            }
            // How long a stop of a ride takes somebody cannot be said: it starts later.
            Fact::Ended => {
                let by = late(own.end)?;
                Some(Wanted::Within { windows: self.from(no, stop, own.start + by), agreed: true })
            }
        }
    }

    /// The stops before one stay as they are, this one starts from a moment on, and those after it no earlier than planned.
    fn from(&self, no: NeedNo, stop: u16, start: i64) -> Vec<Window> {
        let row = self.side.row(no);
        let planned = self.side.windows_of(no, &row.seats);
        let windows = planned.into_iter().enumerate().map(|(s, planned)| {
            let planned = planned.unwrap_or(Window { from: Time(start), to: Time(start) });
            let from = if s == usize::from(stop) { Time(start) } else { planned.from };
            let to = if s < usize::from(stop) { from } else { from + MOST_DELAY };
            Window { from, to }
        });
        windows.collect()
    }

    fn is_done_by_some(&self, no: NeedNo) -> bool {
        let crew = self.life.need(no).into_iter().flat_map(qise_lifecycle::Need::crew);
        crew.into_iter().any(|member| member.state == AssignmentState::Done)
    }
}

/// Whether somebody who is only expected later is so much later that people are told.
fn is_worth_telling(before: &[SeatAt], after: &[SeatAt]) -> bool {
    let first = |seats: &[SeatAt]| seats.iter().map(|seat| seat.start).min();
    first(after).zip(first(before)).is_none_or(|(after, before)| after - before >= SOON_ENOUGH)
}

/// Who is told what: that a visit starts at another time, or that they need not come.
fn told(life: &Lifecycle, moves: &Moves) -> Vec<Event> {
    let (mut leaving, mut staying) = (Vec::new(), Vec::new());
    for &(no, ref seats) in moves {
        for member in life.need(no).into_iter().flat_map(qise_lifecycle::Need::crew) {
            let may = |event| member.state.after(event).is_some();
            let seat = seats.iter().filter(|seat| seat.who == member.who).min_by_key(|seat| seat.stop);
            match seat {
                Some(seat) if seat.start != member.start.0 && may(EventKind::Retimed) => {
                    staying.push(Event::Retimed { need: no, who: member.who, start: Moment(seat.start) });
                }
                None if may(EventKind::Released) => {
                    let reason = ReleaseReason::NoLongerFits;
                    leaving.push(Event::Released { need: no, who: member.who, reason });
                }
                _ => {}
            }
        }
    }
    leaving.extend(staying);
    leaving
}

/// Whether somebody has arrived at a stop of a need, now or before.
pub(crate) fn has_begun(life: &Lifecycle, no: NeedNo) -> bool {
    life.need(no).is_some_and(|need| need.members.iter().any(|member| member.state.has_begun()))
}
