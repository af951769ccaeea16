//! A revision is merged into what has happened meanwhile, component by component.

use qise_lifecycle::{Event, Moment, PersonNo, ReleaseReason};

use super::Revision;
use super::component::{Component, Fate, Move};
use super::view::View;
use crate::engine::{Done, Engine};
use crate::events::{Happened, PlanEvent};
use crate::outcome::{Change, Changes, Outcome};
use crate::rows::SeatAt;

impl Engine {
    /// Takes over each component that still stands and makes the plan better, up to so many changes.
    pub(super) fn take_over(&mut self, at: Moment, revision: &Revision, most: u32) -> Done {
        let now = View::of(&self.side, &self.life);
        let (mut changes, mut happened) = (Changes::default(), Vec::new());
        for component in &revision.components {
            if changes.told.saturating_add(component.changes()) > most {
                changes.beyond += 1;
            } else if component.stands(&revision.view, &now, &self.life, at)
                && self.place(at, component, &mut happened)
            {
                changes.told += component.changes();
                changes.merged += 1;
                self.tell(at, component, &mut changes, &mut happened);
            } else {
                changes.dropped += 1;
            }
        }
        changes.visits.sort_by(|a, b| (&a.need, &a.who, &a.what).cmp(&(&b.need, &b.who, &b.what)));
        Done { outcome: Outcome::Changes { changes }, events: happened }
    }

    /// Makes the visits of a component the plan's; false, and all is as it was, if the plan does not take them or gets no better.
    fn place(&mut self, at: Moment, component: &Component, happened: &mut Vec<Happened>) -> bool {
        let before = self.side.live.score();
        let moves = || component.moves.iter();
        let (mut out, mut new) = (Vec::new(), Vec::new());
        let mut is_good = true;
        for one in moves().filter(|one| !one.gone.is_empty()) {
            is_good = is_good && self.side.unseat(one.no, &people(&one.gone)).is_ok();
            out.push(one);
        }
        for one in moves().filter(|one| !one.come.is_empty()) {
            if is_good && self.can_come(one) && self.side.seat(one.no, &one.come).is_ok() {
                new.push(one);
            } else {
                is_good = false;
            }
        }
        // What others lost by it they have again, or it is not worth it.
        let (_, back) = self.side.put_back_lost(|_| false);
        is_good &= back.iter().all(|(_, seats)| !seats.is_empty());
        let after = component.with_price(self.side.live.score(), self.side.live.problem().objective());
        if is_good && after.better_than(&before) {
            happened.extend(out.iter().map(|one| self.unseated(one)));
            happened.extend(new.iter().map(|one| self.seated(one)));
            if !back.is_empty() {
                happened.push(self.moved(&back));
            }
            return true;
        }
        for one in new {
            let _ = self.side.unseat(one.no, &people(&one.come));
        }
        // As they were: the plan had these visits, at these times.
        for one in out {
            if self.side.seat_as(one.no, &one.gone).is_err() {
                self.lose(at, one, happened);
            }
        }
        false
    }

    /// The plan does not take again what it had: whoever had a place is told so.
    fn lose(&mut self, at: Moment, one: &Move, happened: &mut Vec<Happened>) {
        debug_assert!(false, "the plan takes again what it had");
        happened.push(self.unseated(one));
        let (need, reason) = (one.no, ReleaseReason::NoLongerFits);
        let released = one.told().map(|seat| Event::Released { need, who: seat.who, reason }).collect();
        self.apply(at, released, happened);
    }

    /// Whether these people are there in time if nobody leaves before now. The others of a crew of which some have their places come at
    /// a time that is fixed.
    fn can_come(&mut self, one: &Move) -> bool {
        if !self.side.row(one.no).seats.is_empty() {
            return true;
        }
        let Some(units) = self.side.units(&one.come) else { return false };
        let windows = self.side.windows_of(one.no, &one.come);
        if self.side.set_windows(one.no, Some(&windows)).is_err() {
            return false;
        }
        let is_in_time = self.side.try_crew(one.no, &units, false).as_ref() == Some(&one.come);
        is_in_time || {
            let _ = self.side.set_windows(one.no, None);
            false
        }
    }

    fn unseated(&self, one: &Move) -> Happened {
        let need = self.side.row(one.no).key.clone();
        let who = people(&one.gone).into_iter().map(|who| self.side.key_of(who).to_owned()).collect();
        Happened::Plan(PlanEvent::Unseated { need, who })
    }

    fn seated(&self, one: &Move) -> Happened {
        let seats = crate::events::written(&self.side, &one.come);
        Happened::Plan(PlanEvent::Seated { need: self.side.row(one.no).key.clone(), seats })
    }

    /// The machines follow: first whoever leaves, then whoever comes.
    fn tell(
        &mut self,
        at: Moment,
        component: &Component,
        changes: &mut Changes,
        happened: &mut Vec<Happened>,
    ) {
        let (mut leaving, mut coming) = (Vec::new(), Vec::new());
        for one in &component.moves {
            let need = one.no;
            for seat in one.told() {
                match one.fate(seat) {
                    Fate::Stays => {}
                    Fate::Retimed(new) => {
                        coming.push(Event::Retimed { need, who: seat.who, start: Moment(new.start) });
                    }
                    Fate::Leaves => {
                        let reason = ReleaseReason::Replanned;
                        leaving.push(Event::Released { need, who: seat.who, reason });
                    }
                }
            }
            coming.extend(one.newcomers().map(|seat| Event::Committed {
                need,
                who: seat.who,
                role: seat.role,
                start: Moment(seat.start),
            }));
        }
        leaving.extend(coming);
        changes.visits.extend(leaving.iter().filter_map(|event| self.change(event)));
        self.apply(at, leaving, happened);
    }

    /// What an event changes for whoever was told, in words of ids.
    pub(crate) fn change(&self, event: &Event) -> Option<Change> {
        let (need, who, start) = match *event {
            Event::Committed { need, who, start, .. } | Event::Retimed { need, who, start } => {
                (need, who, Some(start))
            }
            Event::Released { need, who, .. } => (need, who, None),
            _ => return None,
        };
        Some(Change {
            need: self.side.row(need).key.clone(),
            who: self.side.key_of(who).to_owned(),
            what: event.code().to_owned(),
            start: start.map(|start| self.reader.zone().format(qise::model::Time(start.0))),
        })
    }
}

/// Who has these seats, each once.
fn people(seats: &[SeatAt]) -> Vec<PersonNo> {
    let mut people = seats.iter().map(|seat| seat.who).collect::<Vec<_>>();
    people.sort_unstable();
    people.dedup();
    people
}
