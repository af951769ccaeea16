//! The rules of one route, visit by visit.

use super::breaks::{rest_between, setup_at};
use super::judge::{Judge, Seen, known};
use super::rules::Part;
use crate::model::{PlaceId, Problem, Rule, Seconds, Time, Unit, VolunteerId};
use crate::plan::{CallPart, Detail, Location, Rest, Route, RoutePart, Step, Visit, VisitPart};

/// Where arrival and start of a step stand.
#[derive(Clone, Copy)]
struct Times {
    arrival: Location,
    start: Location,
}

impl Judge<'_> {
    pub(super) fn route(&mut self, r: usize, route: &Route) {
        let Some(unit) = self.starts.unit(route.unit) else {
            self.route_broken(r, RoutePart::Unit, Rule::UnknownId, Detail::Unit(route.unit));
            return;
        };
        if !in_range(route) {
            self.route_broken(r, RoutePart::Whole, Rule::TimeOutOfRange, Detail::Nothing);
            return;
        }
        if route.visits.is_empty() {
            return;
        }
        if route.departure < unit.start {
            let by = Detail::By(unit.start - route.departure);
            self.route_broken(r, RoutePart::Departure, Rule::EarlyDeparture, by);
        }
        self.rests(r, route, &unit);

        let mut here = unit.from;
        let mut free = route.departure;
        for step in route.steps() {
            let (v, visit) = match step {
                Step::Visit(v, visit) => (v, visit),
                Step::Call(c, call) => {
                    let at = |part| Location::Call { route: r, call: c, part };
                    let Some(depot) = self.problem.depots().get(call.depot.index()) else {
                        self.broken(at(CallPart::Depot), Rule::UnknownId, Detail::Depot(call.depot));
                        continue;
                    };
                    let times = Times { arrival: at(CallPart::Arrival), start: at(CallPart::Start) };
                    self.way(times, (r, route), step, &unit, (here, depot.place), free);
                    self.by(Part::Goods, |judge| judge.call(at, call));
                    (here, free) = (depot.place, call.end);
                    continue;
                }
            };
            let at = |part| Location::Visit { route: r, visit: v, part };
            if !known(self.problem, visit) {
                let Visit { need, role, stop, .. } = *visit;
                self.broken(at(VisitPart::Need), Rule::UnknownId, Detail::Part { need, role, stop });
                continue;
            }
            let of = &self.problem.need(visit.need).roles;
            let visits = &mut self.visits[visit.need.index()];
            let company = route.company.iter().copied();
            let company = company.filter(|unit| unit.index() < self.problem.units().len()).collect();
            visits.push(Seen { at: (r, v), unit: route.unit, company, visit: *visit });
            let filled = self.filled.entry((visit.need, visit.role, visit.stop)).or_default();
            *filled += 1;
            if *filled > of[usize::from(visit.role)].count as usize {
                self.broken(at(VisitPart::Need), Rule::ServedTwice, Detail::Need(visit.need));
            }
            let place = self.problem.stop_place(visit.need, visit.stop);
            let times = Times { arrival: at(VisitPart::Arrival), start: at(VisitPart::Start) };
            self.way(times, (r, route), step, &unit, (here, place), free);
            self.service(at, visit, unit.volunteer);
            self.by(Part::Suits, |judge| judge.suits(at(VisitPart::Need), visit, &unit));
            (here, free) = (place, visit.end);
        }
        self.way_back(r, route, &unit, here, free);
        self.by(Part::Loads, |judge| judge.loads(r, route, &unit));
        self.by(Part::Loads, |judge| judge.unload_order(r, route, &unit));
        self.by(Part::Goods, |judge| judge.goods(r, route, &unit));
    }

    /// Arrival and start against what travel, setup and breaks leave possible.
    fn way(
        &mut self,
        times: Times,
        (r, route): (usize, &Route),
        step: Step<'_>,
        unit: &Unit,
        (here, place): (PlaceId, PlaceId),
        free: Time,
    ) {
        let (arrival, start) = (step.arrival(), step.start());
        let (last, left) = self.by_breaks((r, route), unit, here, (free, arrival));
        let travel = self.problem.travel().seconds(unit.mode, last, place);
        let soonest = left + travel + rest_between(route, left, arrival);
        if start < free {
            self.broken(times.start, Rule::Overlap, Detail::By(free - start));
        }
        if arrival < soonest {
            self.broken(times.arrival, Rule::TravelTooShort, Detail::By(soonest - arrival));
        }
        let setup = setup_at(self.problem, place, here, last);
        let ready = arrival + setup + rest_between(route, arrival, start);
        if start < ready {
            self.broken(times.start, Rule::EarlyStart, Detail::By(ready - start));
        }
        self.rests_at_stop((r, route), place, (arrival, start));
    }

    /// Start and end against windows, promise, service time and pin.
    fn service(&mut self, at: impl Fn(VisitPart) -> Location, visit: &Visit, who: VolunteerId) {
        let need = self.problem.need(visit.need);
        let stop = &need.stops[usize::from(visit.stop)];
        let start = visit.start;
        if !stop.windows.iter().any(|w| w.contains(start)) {
            self.broken(at(VisitPart::Start), Rule::OutsideWindow, Detail::At(start));
        }
        let takes = service_time(self.problem, visit, who);
        if visit.end - start != takes {
            let detail = Detail::Length { is: visit.end - start, due: takes };
            self.broken(at(VisitPart::End), Rule::WrongService, detail);
        }
        if let Some(promise) = need.promise.filter(|p| p.hard) {
            let start_by = promise.start_by.filter(|_| Self::is_first_stop(visit));
            let finish_by = promise.finish_by.filter(|_| self.is_last_stop(visit.need, visit));
            let limits = [(VisitPart::Start, start_by, start), (VisitPart::End, finish_by, visit.end)];
            for (part, limit, actual) in limits {
                if let Some(limit) = limit
                    && actual > limit
                {
                    self.broken(at(part), Rule::PromiseBroken, Detail::By(actual - limit));
                }
            }
        }
        if let Some(pin) = need.roles[usize::from(visit.role)].pin {
            if pin.volunteer != who {
                self.broken(at(VisitPart::Need), Rule::PinMoved, Detail::Volunteer(pin.volunteer));
            }
            if let Some(pinned) = pin.start.filter(|_| Self::is_first_stop(visit))
                && pinned != start
            {
                let by = Seconds((start - pinned).0.abs());
                self.broken(at(VisitPart::Start), Rule::PinRetimed, Detail::By(by));
            }
        }
    }

    fn way_back(&mut self, r: usize, route: &Route, unit: &Unit, here: PlaceId, free: Time) {
        let (here, free) = self.by_breaks((r, route), unit, here, (free, route.finish));
        let travel = unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, here, to));
        let soonest = free + travel + rest_between(route, free, route.finish);
        if route.finish < soonest {
            let by = Detail::By(soonest - route.finish);
            self.route_broken(r, RoutePart::Finish, Rule::TravelTooShort, by);
        }
        if route.finish > unit.end {
            let by = Detail::By(route.finish - unit.end);
            self.route_broken(r, RoutePart::Finish, Rule::LateFinish, by);
        }
    }
}

/// Time at work on a route: from departure to finish, but for breaks off duty.
pub(crate) fn worked(problem: &Problem, unit: &Unit, route: &Route) -> Seconds {
    let shift = &problem.volunteer(unit.volunteer).shifts[unit.shift as usize];
    let is_off = |rest: &&Rest| {
        shift.breaks.iter().any(|due| {
            let taken = due.earliest <= rest.start && rest.start <= due.latest;
            due.off_duty && taken && rest.duration >= due.duration
        })
    };
    let off = route.breaks.iter().filter(is_off).fold(0_i64, |sum, rest| sum.saturating_add(rest.duration.0));
    Seconds((route.finish - route.departure).0.saturating_sub(off))
}

/// How long the service of a visit takes this person.
fn service_time(problem: &Problem, visit: &Visit, who: VolunteerId) -> Seconds {
    let need = problem.need(visit.need);
    let role = &need.roles[usize::from(visit.role)];
    let named = role.service_by.iter().find(|(v, _)| *v == who);
    let pace = i64::from(problem.volunteer(who).pace_permille);
    let ordinary = role.service.unwrap_or(need.stops[usize::from(visit.stop)].service);
    named.map_or_else(|| Seconds((ordinary.0 * pace + 999) / 1000), |&(_, own)| own)
}

/// Whether every time of the route can be reckoned with.
pub(super) fn in_range(route: &Route) -> bool {
    let visits = route.steps().flat_map(|step| [step.arrival(), step.start(), step.end()]);
    let ends = [route.departure, route.finish];
    visits.chain(ends).chain(route.breaks.iter().map(|b| b.start)).all(Time::in_limits)
        && route.breaks.iter().all(|b| (-Seconds::LIMIT.0..=Seconds::LIMIT.0).contains(&b.duration.0))
}
