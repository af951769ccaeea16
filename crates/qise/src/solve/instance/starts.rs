//! When a visit may start.
//!
//! What runs out in a shift ends visits, not the shift: a unit has what its person holds when the shift begins. By when a visit must be over
//! is asked only of units in whose shift something runs out; these are timed as a whole, as with breaks.

use super::Instance;
use super::depot_calls::DepotVisitSlot;
use crate::eligibility::{earliest_start, latest_start_by};
use crate::model::{Seconds, SlotId, Term, Time, UnitId, Window};

impl Instance<'_> {
    /// When the service of a slot may start.
    pub(crate) fn windows_of(&self, slot: SlotId) -> &[Window] {
        self.depot_calls.of(slot).map_or_else(|| self.problem.windows_of(slot), DepotVisitSlot::windows)
    }

    /// No earlier than when `second` starts, done by one person, where `first`, done by another, starts at `start`; nothing where it does
    /// not wait.
    pub(crate) fn waits_until(
        &self,
        (first, one): (SlotId, UnitId),
        start: Time,
        (second, other): (SlotId, UnitId),
    ) -> Option<Time> {
        let partners = self.precedence.successors(first).iter().filter(|partner| partner.slot == second);
        let service = |slot, unit| self.service(slot, self.unit(unit));
        let calendar = self.problem.calendar();
        partners
            .map(|partner| partner.until(calendar, start, || service(first, one), || service(second, other)))
            .max()
    }

    /// When somebody who is free then leaves for a visit, at the earliest: not before now, unless the visit is settled.
    #[inline]
    pub(crate) fn leaves(&self, free: Time, slot: SlotId) -> Time {
        if free >= self.present.now { free } else { self.leaves_from(slot).unwrap_or(free) }
    }

    /// The moment before which nobody leaves for a visit, if there is one. A call at a depot may have been made for what is settled: it is
    /// not bound.
    #[inline]
    pub(crate) fn leaves_from(&self, slot: SlotId) -> Option<Time> {
        if self.present.now == Time::MIN { None } else { self.leaves_from_now(slot) }
    }

    #[cold]
    fn leaves_from_now(&self, slot: SlotId) -> Option<Time> {
        let is_settled =
            self.is_depot_visit(slot) || self.present.settled.contains(&self.problem.slot(slot).need);
        if is_settled { None } else { Some(self.present.now) }
    }

    /// The earliest start of a visit that takes `service`, at or after `ready`.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked at every step of every walk
    pub(crate) fn earliest(&self, slot: SlotId, ready: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let latest = flat.finish_by - service;
        if flat.several_windows() {
            return earliest_start(self.windows_of(slot), ready, latest, self.pinned_start(slot));
        }
        let start = ready.max(flat.window.from);
        (start <= flat.window.to && start <= latest).then_some(start)
    }

    /// The latest start of a visit that takes `service`, at or before `limit`.
    #[inline]
    pub(crate) fn latest(&self, slot: SlotId, limit: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let limit = limit.min(flat.finish_by - service);
        if flat.several_windows() {
            return latest_start_by(self.windows_of(slot), limit, self.pinned_start(slot));
        }
        let start = limit.min(flat.window.to);
        (start >= flat.window.from).then_some(start)
    }

    /// Whether nothing is lost where visits move, as long as nobody comes late: neither time at work nor an end has a price.
    #[inline]
    pub(crate) fn may_move(&self) -> bool {
        let priced = [Term::WorkTime, Term::Load, Term::LoadRange, Term::LoadWorst];
        priced.iter().all(|&term| self.weights.of(term) == 0) && self.makespans.is_empty()
    }

    /// The latest start that keeps every soft promise, where promises count.
    #[inline]
    pub(crate) fn in_time(&self, slot: SlotId, service: Seconds) -> Time {
        if self.features.timed { self.slot(slot).in_time(service) } else { Time::MAX }
    }

    fn pinned_start(&self, slot: SlotId) -> Option<Time> {
        if self.is_depot_visit(slot) { None } else { self.problem.pinned_start(slot) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::{LinkRule, Promise, VolunteerId};
    use crate::tests::{built, instance, line, link, need, person, weighing, window};

    fn open(windows: &[(i64, i64)], promise: Option<Promise>) -> ProblemData {
        let mut data = line(&[0, 10]);
        data.objective = weighing(&[(Term::TravelTime, 1), (Term::Tardiness, 1)]);
        person(&mut data, 0, (0, 1000));
        let need = need(&mut data, 1, (0, 900), 10);
        need.stops[0].windows = windows.iter().map(|&(from, to)| window(from, to)).collect();
        need.promise = promise;
        data
    }

    /// The earliest start from a moment on and the latest up to one, against every moment, one after the other.
    #[test]
    fn starts_lie_in_a_window_and_end_as_promised() {
        let promises = [None, Some(Promise { start_by: None, finish_by: Some(Time(34)), hard: true })];
        for windows in [&[(10, 30)][..], &[(10, 12), (20, 28)], &[(5, 6), (9, 9), (22, 31)]] {
            for promise in promises {
                let problem = built(&open(windows, promise));
                let instance = instance(&problem);
                let good = |start: i64, service: i64| {
                    windows.iter().any(|&(from, to)| from <= start && start <= to)
                        && (promise.is_none() || start + service <= 34)
                };
                for service in [0, 3, 9] {
                    for moment in -2..40 {
                        let ask = |start: Option<Time>| start.map(|start| start.0);
                        let slot = SlotId(0);
                        let earliest = (moment..50).find(|&start| good(start, service));
                        let latest = (-9..=moment).rev().find(|&start| good(start, service));
                        let found = ask(instance.earliest(slot, Time(moment), Seconds(service)));
                        assert_eq!(found, earliest, "{windows:?} {promise:?} {service} from {moment}");
                        let found = ask(instance.latest(slot, Time(moment), Seconds(service)));
                        assert_eq!(found, latest, "{windows:?} {promise:?} {service} until {moment}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_promise_keeps_a_start_only_where_promises_count() {
        let promise = Some(Promise { start_by: Some(Time(17)), finish_by: None, hard: false });
        let mut data = open(&[(0, 90)], promise);
        let in_time = |data: &ProblemData| {
            let problem = built(data);
            instance(&problem).in_time(SlotId(0), Seconds(10))
        };
        assert_eq!(in_time(&data), Time(17));
        data.objective = weighing(&[(Term::TravelTime, 1)]);
        assert_eq!(in_time(&data), Time::MAX);
    }

    #[test]
    fn visits_may_move_where_neither_work_nor_an_end_has_a_price() {
        let may = |term| {
            let mut data = open(&[(0, 90)], None);
            data.objective = weighing(&[(term, 1)]);
            instance(&built(&data)).may_move()
        };
        assert!(may(Term::TravelTime) && may(Term::Waiting) && may(Term::Tardiness));
        assert!(!may(Term::WorkTime) && !may(Term::Load) && !may(Term::LoadRange) && !may(Term::LoadWorst));
    }

    #[test]
    fn one_waits_for_another_by_the_services_of_those_who_come() {
        let mut data = open(&[(0, 900)], None);
        person(&mut data, 0, (0, 1000)).pace_permille = 2000;
        need(&mut data, 1, (0, 900), 10);
        data.needs[0].roles[0].service_by = vec![(VolunteerId(0), Seconds(3))];
        data.links = vec![link(0, 1, LinkRule::After { min: Seconds(5), max: None })];
        let problem = built(&data);
        let instance = instance(&problem);
        let [a, b] = [SlotId(0), SlotId(1)];
        let until = |first, second| instance.waits_until(first, Time(100), second);
        assert_eq!(until((a, UnitId(0)), (b, UnitId(1))), Some(Time(108)));
        assert_eq!(until((a, UnitId(1)), (b, UnitId(0))), Some(Time(125)), "at half the pace");
        assert_eq!(until((b, UnitId(1)), (a, UnitId(0))), None);
    }
}
