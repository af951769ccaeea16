//! A visit has other times than were planned, and those after it move.
//!
//! A visit that is moved comes no earlier than its people were told; within the times of its need if that can be, else as late as it
//! must. One that cannot be made at all any more is lost.

use qise::model::{Seconds, Time, UnitId, Window};
use qise::query::KeptRoutes;
use qise_lifecycle::NeedNo;

use super::{Diverged, PlanSide};
use crate::rows::SeatAt;

/// How much later than a visit's people were told it can still come.
pub(crate) const MOST_DELAY: Seconds = Seconds::hours(24);

/// Of so many needs no more are added to those that are moved together.
const MOST_MOVED: usize = 100;

/// When a need is served from here on.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// At exactly these times: that is known.
    At(Vec<SeatAt>),
    /// Each stop in its window; whoever comes leaves no earlier than now, unless it is agreed whatever time it is.
    Within { windows: Vec<Window>, agreed: bool },
}

/// Visits that are at other times.
pub(crate) struct Moved {
    /// As they were.
    pub(crate) before: Moves,
    /// As they are.
    pub(crate) after: Moves,
    /// All routes as they were.
    pub(crate) kept: Option<KeptRoutes>,
}

/// Visits of needs, in the order in which they come into the plan; a need without seats is served by nobody.
pub(crate) type Moves = Vec<(NeedNo, Vec<SeatAt>)>;

impl PlanSide {
    /// The needs have these seats from here on: all are taken out first, then put back in this order. `has_begun` tells where somebody is,
    /// or was, at work.
    pub(crate) fn move_visits(
        &mut self,
        moves: &[(NeedNo, Vec<SeatAt>)],
        has_begun: impl Fn(NeedNo) -> bool,
    ) -> Result<(), Diverged> {
        for (no, _) in moves {
            self.unseat_all(*no)?;
        }
        moves.iter().try_for_each(|(no, seats)| self.seat_again(*no, seats, &has_begun))
    }

    /// Serves a need at other times, and moves what it must of the visits that may move, as few as it can. `None`, and all is as it was, if the
    /// need cannot be served so. The visits as they were, and as they are.
    pub(crate) fn moved(
        &mut self,
        no: NeedNo,
        wanted: &Wanted,
        may_move: impl Fn(&Self, NeedNo) -> bool,
    ) -> Option<Moved> {
        let kept = if self.live.problem().has_goods() { self.live.keep_routes() } else { None };
        let kept = kept.as_ref();
        let told = |(before, after)| Moved { before, after, kept: kept.cloned() };
        if let Some((before, after)) = self.moved_with(no, wanted, &[], (false, kept)) {
            if !self.overtakes(&before[0], &after[0]) {
                return Some(told((before, after)));
            }
            // What was to come after it does.
            if let Err(now) = self.put_back(&before, kept) {
                return Some(told((before, now)));
            }
        }
        let beside = self.within(&[no], &may_move);
        let around = self.around(no, &beside, &may_move);
        let is_widest = around.len() == beside.len();
        let moved = self.moved_with(no, wanted, &beside, (is_widest, kept));
        let moved = moved
            .or_else(|| if is_widest { None } else { self.moved_with(no, wanted, &around, (true, kept)) });
        moved.map(told)
    }

    /// The same where exactly these others are moved. `may_lose`: even if one of them cannot be made any more. `kept` are the routes to come
    /// back to.
    fn moved_with(
        &mut self,
        no: NeedNo,
        wanted: &Wanted,
        others: &[NeedNo],
        (may_lose, kept): (bool, Option<&KeptRoutes>),
    ) -> Option<(Moves, Moves)> {
        let all = [no].into_iter().chain(others.iter().copied());
        let before = all.map(|no| (no, self.rows.get(no).seats.clone())).collect::<Moves>();
        let mut after: Moves = Vec::new();
        let mut is_good = before.iter().all(|(no, _)| self.unseat_all(*no).is_ok());
        for (other, told) in &before {
            let seats = if !is_good {
                None
            } else if *other == no {
                self.seat_wanted(no, told, wanted)
            } else {
                let follows = follows(&before[0].1, told);
                let not_before = after.first().filter(|_| follows).and_then(|(_, seats)| first_start(seats));
                self.seat_no_earlier(*other, told, not_before)
            };
            is_good &= seats.is_some() || *other != no && may_lose;
            after.push((*other, seats.unwrap_or_default()));
        }
        if is_good {
            return Some((before, after));
        }
        self.put_back(&before, kept).err().map(|now| (before, now))
    }

    /// As they were: the plan had these visits, at these times.
    ///
    /// # Errors
    /// The visits as they are, where the plan does not take all of them again.
    pub(crate) fn put_back(&mut self, before: &Moves, kept: Option<&KeptRoutes>) -> Result<(), Moves> {
        if let Some(kept) = kept {
            let is_free = before.iter().all(|(no, _)| self.unseat_all(*no).is_ok());
            let lost = self.lost().into_iter().filter(|lost| before.iter().all(|(no, _)| no != lost));
            let lost = lost.collect::<Vec<_>>();
            let told = lost.into_iter().map(|lost| (lost, self.rows.get(lost).seats.clone()));
            let visits = before.iter().cloned().chain(told).collect();
            if is_free && self.come_back(kept, &visits).is_ok() {
                return Ok(());
            }
        }
        let again = self.move_visits(before, |_| false);
        debug_assert!(again.is_ok(), "the plan takes again what it had");
        again
            .map_err(|Diverged| before.iter().map(|&(no, _)| (no, self.rows.get(no).seats.clone())).collect())
    }

    fn seat_wanted(&mut self, no: NeedNo, told: &[SeatAt], wanted: &Wanted) -> Option<Vec<SeatAt>> {
        match wanted {
            Wanted::At(seats) => self.seat_as(no, seats).ok().map(|()| seats.clone()),
            Wanted::Within { windows, agreed } => {
                let at_once = windows.iter().map(|&Window { from, .. }| Window { from, to: from });
                let at_once = at_once.collect::<Vec<_>>();
                self.seat_within(no, told, &at_once, (*agreed, false))
                    .or_else(|| self.seat_within(no, told, windows, (*agreed, false)))
            }
        }
    }

    /// As they were told if that can be and is not before a moment, else later.
    fn seat_no_earlier(
        &mut self,
        no: NeedNo,
        told: &[SeatAt],
        not_before: Option<i64>,
    ) -> Option<Vec<SeatAt>> {
        let not_before = not_before.unwrap_or(i64::MIN);
        if told.iter().all(|seat| seat.start >= not_before) && self.seat_as(no, told).is_ok() {
            return Some(told.to_vec());
        }
        let from = self.windows_of(no, told).into_iter();
        let from = from.map(|window| window.map(|window| window.from.max(Time(not_before))));
        let from = from.collect::<Option<Vec<Time>>>()?;
        let asked = &self.rows.get(no).input.need.stops;
        let within = asked.iter().zip(&from).map(|(stop, &from)| {
            let ahead = stop.windows.iter().find(|window| window.to >= from)?;
            Some(Window { from: ahead.from.max(from), to: ahead.to })
        });
        let within = within.collect::<Option<Vec<_>>>();
        let beyond = from.iter().map(|&from| Window { from, to: from + MOST_DELAY }).collect::<Vec<_>>();
        within
            .and_then(|windows| self.seat_within(no, told, &windows, (true, true)))
            .or_else(|| self.seat_within(no, told, &beyond, (true, false)))
    }

    /// The same people serve a need that nobody serves now, each stop in its window.
    fn seat_within(
        &mut self,
        no: NeedNo,
        told: &[SeatAt],
        windows: &[Window],
        (agreed, keeps_promise): (bool, bool),
    ) -> Option<Vec<SeatAt>> {
        let all = windows.iter().copied().map(Some).collect::<Vec<_>>();
        self.set_visits(no, &all, told, keeps_promise).ok()?;
        let units = self.units(told)?;
        let people = told.iter().filter(|seat| seat.stop == 0).count();
        let found = if people < self.rows.get(no).input.need.people() {
            self.try_places(no, told, agreed)
        } else {
            self.try_crew(no, &units, agreed)
        };
        let found = found.filter(|seats| {
            let role =
                |seats: &[SeatAt]| seats.iter().map(|seat| (seat.order(), seat.shift)).collect::<Vec<_>>();
            role(seats) == role(told)
        });
        let seats = found.and_then(|seats| self.seat_as(no, &seats).ok().map(|()| seats));
        if seats.is_none() {
            let _ = self.set_windows(no, None);
        }
        seats
    }

    /// The places of some of a crew, all at the same time. Nothing has changed afterwards.
    fn try_places(&mut self, no: NeedNo, told: &[SeatAt], agreed: bool) -> Option<Vec<SeatAt>> {
        let unit = |side: &Self, seat: &SeatAt| -> Option<UnitId> { Some(side.units(&[*seat])?[0]) };
        let mut latest = None;
        for seat in told {
            let unit = unit(self, seat)?;
            let own = self.try_seat(no, seat.role, unit, None, agreed)?;
            latest = latest.max(Some(own.start));
        }
        let start = latest?;
        let seats = told.iter().map(|seat| {
            let served = seat.end - seat.start;
            SeatAt { start, end: start + served, ..*seat }
        });
        Some(seats.collect())
    }

    pub(super) fn unseat_all(&mut self, no: NeedNo) -> Result<(), Diverged> {
        let who = self.rows.get(no).seats.iter().map(|seat| seat.who).collect::<Vec<_>>();
        if who.is_empty() { Ok(()) } else { self.unseat(no, &who) }
    }

    /// All needs that may move and hang together with one, beside which these are served, by the people who come.
    fn around(
        &self,
        no: NeedNo,
        beside: &[NeedNo],
        may_move: &impl Fn(&Self, NeedNo) -> bool,
    ) -> Vec<NeedNo> {
        let mut known = [&[no], beside].concat();
        loop {
            let more = self.within(&known, may_move);
            if more.is_empty() || known.len() > MOST_MOVED {
                known.remove(0);
                known.sort_unstable_by_key(|&no| self.first_start(no));
                return known;
            }
            known.extend(more);
        }
    }

    /// The needs besides that somebody serves in one of the shifts in which these are served.
    fn within(&self, known: &[NeedNo], may_move: &impl Fn(&Self, NeedNo) -> bool) -> Vec<NeedNo> {
        let shifts = known.iter().flat_map(|&no| &self.rows.get(no).seats);
        let shifts = shifts.map(|seat| (seat.who, seat.shift)).collect::<Vec<_>>();
        let is_in = |seat: &SeatAt| shifts.contains(&(seat.who, seat.shift));
        let others = self.rows.iter().filter(|(_, row)| row.seats.iter().any(is_in)).map(|(no, _)| no);
        let mut others = others.filter(|no| !known.contains(no) && may_move(self, *no)).collect::<Vec<_>>();
        others.sort_unstable_by_key(|&no| self.first_start(no));
        others
    }

    fn first_start(&self, no: NeedNo) -> (Option<i64>, NeedNo) {
        (first_start(&self.rows.get(no).seats), no)
    }

    /// Whether a visit that comes later now comes after one of the same shift that was to follow it.
    fn overtakes(&self, (no, before): &(NeedNo, Vec<SeatAt>), (_, after): &(NeedNo, Vec<SeatAt>)) -> bool {
        let Some(start) = first_start(after).filter(|&start| Some(start) > first_start(before)) else {
            return false;
        };
        let is_overtaken =
            |seats: &[SeatAt]| follows(before, seats) && first_start(seats).is_some_and(|own| own < start);
        self.rows.iter().any(|(other, row)| other != *no && is_overtaken(&row.seats))
    }
}

fn first_start(seats: &[SeatAt]) -> Option<i64> {
    seats.iter().map(|seat| seat.start).min()
}

/// Whether some visits come after others of the same shift.
fn follows(first: &[SeatAt], then: &[SeatAt]) -> bool {
    let comes_after = |one: &SeatAt, other: &SeatAt| {
        (one.who, one.shift) == (other.who, other.shift) && other.start >= one.start
    };
    first_start(then) >= first_start(first)
        && first.iter().any(|one| then.iter().any(|other| comes_after(one, other)))
}
