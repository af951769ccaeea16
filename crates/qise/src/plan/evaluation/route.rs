//! The rules of one route, visit by visit, and of one day of one person.

use std::collections::BTreeMap;

use super::judge::{Judge, Seen};
use super::rules::Part;
use crate::model::{PlaceId, Problem, Rule, Seconds, Time, Unit, VolunteerId};
use crate::plan::{Plan, Rest, Route, Step, Visit};
use crate::{Text, text};

impl Judge<'_> {
    pub(super) fn route(&mut self, r: usize, route: &Route) {
        let path = format!("$.routes[{r}]");
        let Some(unit) = self.problem.units().get(route.unit.index()) else {
            let number = route.unit.0;
            self.broken(
                format!("{path}.volunteer"),
                Rule::UnknownId,
                text!("unit number {number}", "路线主体序号 {number}"),
            );
            return;
        };
        let unit = unit.clone();
        if !in_range(route) {
            self.broken(path, Rule::TimeOutOfRange, text!("some time of this route", "此路线中的某个时刻"));
            return;
        }
        if route.visits.is_empty() {
            return;
        }
        if route.departure < unit.start {
            let late = unit.start - route.departure;
            self.broken(format!("{path}.departure"), Rule::EarlyDeparture, text!("by {late}", "早 {late}"));
        }
        self.rests(&path, route, &unit);

        let mut here = unit.from;
        let mut free = route.departure;
        for step in route.steps() {
            let (v, visit) = match step {
                Step::Visit(v, visit) => (v, visit),
                Step::Call(c, call) => {
                    let path = format!("{path}.calls[{c}]");
                    let Some(depot) = self.problem.depots().get(call.depot.index()) else {
                        let number = call.depot.0;
                        let detail = text!("depot number {number}", "仓储点序号 {number}");
                        self.broken(format!("{path}.depot"), Rule::UnknownId, detail);
                        continue;
                    };
                    self.way(&path, route, step, &unit, (here, depot.place), free);
                    self.by(Part::Goods, |judge| judge.call(&path, call, depot));
                    (here, free) = (depot.place, call.end);
                    continue;
                }
            };
            let path = format!("{path}.visits[{v}]");
            if !known(self.problem, visit) {
                let number = visit.need.0;
                let detail = text!(
                    "need number {number} with this role and stop",
                    "需求序号 {number} 及其角色和停靠点"
                );
                self.broken(format!("{path}.need"), Rule::UnknownId, detail);
                continue;
            }
            let of = &self.problem.need(visit.need).roles;
            let visits = &mut self.visits[visit.need.index()];
            let company = route.company.iter().copied();
            let company = company.filter(|unit| unit.index() < self.problem.units().len()).collect();
            visits.push(Seen { path: path.clone(), unit: route.unit, company, visit: *visit });
            let filled = self.filled.entry((visit.need, visit.role, visit.stop)).or_default();
            *filled += 1;
            if *filled > of[usize::from(visit.role)].count as usize {
                let key = Text::same(self.problem.need(visit.need).key.clone());
                self.broken(format!("{path}.need"), Rule::ServedTwice, key);
            }
            let place = self.problem.stop_place(visit.need, visit.stop);
            self.way(&path, route, step, &unit, (here, place), free);
            self.service(&path, visit, unit.volunteer);
            self.by(Part::Suits, |judge| judge.suits(&path, visit, &unit));
            (here, free) = (place, visit.end);
        }
        self.way_back(&path, route, &unit, here, free);
        self.by(Part::Loads, |judge| judge.loads(&path, route, &unit));
        self.by(Part::Goods, |judge| judge.goods(&path, route, &unit));
    }

    /// Arrival and start against what travel, setup and breaks leave possible.
    fn way(
        &mut self,
        path: &str,
        route: &Route,
        step: Step<'_>,
        unit: &Unit,
        (here, place): (PlaceId, PlaceId),
        free: Time,
    ) {
        let (arrival, start) = (step.arrival(), step.start());
        let travel = self.problem.travel().seconds(unit.mode, here, place);
        let soonest = free + travel + rest_between(route, free, arrival);
        if start < free {
            let by = free - start;
            self.broken(format!("{path}.start"), Rule::Overlap, text!("by {by}", "重叠 {by}"));
        }
        if arrival < soonest {
            let by = soonest - arrival;
            self.broken(format!("{path}.arrival"), Rule::TravelTooShort, text!("by {by}", "少 {by}"));
        }
        let setup = if here == place { Seconds::ZERO } else { self.problem.place(place).setup };
        let ready = arrival + setup + rest_between(route, arrival, start);
        if start < ready {
            let by = ready - start;
            self.broken(format!("{path}.start"), Rule::EarlyStart, text!("by {by}", "早 {by}"));
        }
    }

    /// Start and end against windows, promise, service time and pin.
    fn service(&mut self, path: &str, visit: &Visit, who: VolunteerId) {
        let need = self.problem.need(visit.need);
        let stop = &need.stops[usize::from(visit.stop)];
        let start = visit.start;
        if !stop.windows.iter().any(|w| w.contains(start)) {
            let at = start;
            self.broken(format!("{path}.start"), Rule::OutsideWindow, text!("start at {at}", "开始于 {at}"));
        }
        let takes = service_time(self.problem, visit, who);
        if visit.end - start != takes {
            let is = visit.end - start;
            let detail = text!("{is} instead of {takes}", "{is},应为 {takes}");
            self.broken(format!("{path}.end"), Rule::WrongService, detail);
        }
        if let Some(promise) = need.promise.filter(|p| p.hard) {
            let start_by = promise.start_by.filter(|_| Self::is_first_stop(visit));
            let finish_by = promise.finish_by.filter(|_| self.is_last_stop(visit.need, visit));
            for (field, limit, actual) in [("start", start_by, start), ("end", finish_by, visit.end)] {
                if let Some(limit) = limit
                    && actual > limit
                {
                    let by = actual - limit;
                    self.broken(
                        format!("{path}.{field}"),
                        Rule::PromiseBroken,
                        text!("late by {by}", "迟 {by}"),
                    );
                }
            }
        }
        if let Some(pin) = need.roles[usize::from(visit.role)].pin {
            if pin.volunteer != who {
                let key = Text::same(self.problem.volunteer(pin.volunteer).key.clone());
                self.broken(format!("{path}.need"), Rule::PinMoved, key);
            }
            if let Some(pinned) = pin.start.filter(|_| Self::is_first_stop(visit))
                && pinned != start
            {
                let by = Seconds((start - pinned).0.abs());
                self.broken(format!("{path}.start"), Rule::PinRetimed, text!("moved by {by}", "移动了 {by}"));
            }
        }
    }

    fn way_back(&mut self, path: &str, route: &Route, unit: &Unit, here: PlaceId, free: Time) {
        let travel = unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, here, to));
        let soonest = free + travel + rest_between(route, free, route.finish);
        if route.finish < soonest {
            let by = soonest - route.finish;
            self.broken(format!("{path}.finish"), Rule::TravelTooShort, text!("by {by}", "少 {by}"));
        }
        if route.finish > unit.end {
            let by = route.finish - unit.end;
            self.broken(format!("{path}.finish"), Rule::LateFinish, text!("by {by}", "晚 {by}"));
        }
    }

    /// Breaks taken where they may be, and breaks of the shift all taken.
    fn rests(&mut self, path: &str, route: &Route, unit: &Unit) {
        let mut before = route.departure;
        for (b, rest) in route.breaks.iter().enumerate() {
            let inside = rest.duration >= Seconds::ZERO && rest.start >= before && rest.end() <= route.finish;
            let free = route.steps().all(|step| {
                let apart = |from: Time, to: Time| rest.end() <= from || to <= rest.start;
                let arrives_within = rest.start < step.arrival() && step.arrival() < rest.end();
                apart(step.start(), step.end()) && !arrives_within
            });
            if !inside || !free {
                let at = rest.start;
                self.broken(format!("{path}.breaks[{b}]"), Rule::BreakMisplaced, text!("at {at}", "于 {at}"));
            }
            before = rest.end().max(before);
        }
        let shift = &self.problem.volunteer(unit.volunteer).shifts[unit.shift as usize];
        for (b, due) in shift.breaks.iter().enumerate() {
            let taken = |rest: &Rest| {
                due.earliest <= rest.start && rest.start <= due.latest && rest.duration >= due.duration
            };
            let at_home = due.earliest + due.duration <= route.departure || route.finish <= due.latest;
            if !at_home && !route.breaks.iter().any(taken) {
                let number = b + 1;
                self.broken(
                    format!("{path}.breaks"),
                    Rule::BreakMissing,
                    text!("break {number}", "第 {number} 次休息"),
                );
            }
        }
    }

    /// What one person does in one day, over all routes of that day.
    pub(super) fn day_limits(&mut self, plan: &Plan) {
        let mut days: BTreeMap<(VolunteerId, i32), (usize, Day)> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let Some(unit) = self.problem.units().get(route.unit.index()) else { continue };
            if route.visits.is_empty() || !in_range(route) {
                continue;
            }
            let day = self.problem.volunteer(unit.volunteer).shifts[unit.shift as usize].day;
            let (last, sum) = days.entry((unit.volunteer, day)).or_default();
            *last = r;
            sum.add(self.problem, unit, route);
        }
        for ((who, _), (r, sum)) in days {
            let limits = self.problem.volunteer(who).per_day;
            let path = format!("$.routes[{r}]");
            let over = [
                (Rule::DayTravel, sum.travel, limits.travel.map(|l| l.0)),
                (Rule::DayWork, sum.work, limits.work.map(|l| l.0)),
                (Rule::DayDistance, sum.distance, limits.distance.map(|l| l.0)),
                (Rule::DayVisits, sum.visits, limits.visits.map(i64::from)),
            ];
            for (rule, is, most) in over {
                if let Some(most) = most
                    && is > most
                {
                    self.broken(path.clone(), rule, text!("{is}, at most {most}", "{is},最多 {most}"));
                }
            }
        }
    }
}

/// What one person does in one day. Sums stop at the end of the range, however many routes a plan lists.
#[derive(Default)]
struct Day {
    travel: i64,
    work: i64,
    distance: i64,
    visits: i64,
}

impl Day {
    fn add(&mut self, problem: &Problem, unit: &Unit, route: &Route) {
        let grow = |sum: &mut i64, by: i64| *sum = sum.saturating_add(by);
        grow(&mut self.work, worked(problem, unit, route).0);
        grow(&mut self.visits, route.visits.len() as i64);
        for (from, to) in legs(problem, unit, route) {
            grow(&mut self.travel, problem.travel().seconds(unit.mode, from, to).0);
            grow(&mut self.distance, problem.travel().metres(unit.mode, from, to).0);
        }
    }
}

/// From where to where a route goes, leg by leg. Visits of unknown needs are passed over.
pub(crate) fn legs(problem: &Problem, unit: &Unit, route: &Route) -> Vec<(PlaceId, PlaceId)> {
    let stops = route.steps().filter_map(|step| place_of(problem, step));
    let places = std::iter::once(unit.from).chain(stops).chain(unit.to).collect::<Vec<_>>();
    places.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Where something is done; nothing for what is unknown.
pub(super) fn place_of(problem: &Problem, step: Step<'_>) -> Option<PlaceId> {
    match step {
        Step::Visit(_, visit) => known(problem, visit).then(|| problem.stop_place(visit.need, visit.stop)),
        Step::Call(_, call) => problem.depots().get(call.depot.index()).map(|depot| depot.place),
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

/// Time of the breaks that start within `[from, to)`.
pub(super) fn rest_between(route: &Route, from: Time, to: Time) -> Seconds {
    let within = route.breaks.iter().filter(|rest| from <= rest.start && rest.start < to);
    Seconds(within.fold(0_i64, |sum, rest| sum.saturating_add(rest.duration.0)).min(Seconds::MAX.0))
}

/// Whether the need of a visit exists, and its role and stop.
pub(super) fn known(problem: &Problem, visit: &Visit) -> bool {
    let need = problem.needs().get(visit.need.index());
    need.is_some_and(|need| {
        usize::from(visit.role) < need.roles.len() && usize::from(visit.stop) < need.stops.len()
    })
}

/// Whether every time of the route can be reckoned with.
pub(super) fn in_range(route: &Route) -> bool {
    let visits = route.steps().flat_map(|step| [step.arrival(), step.start(), step.end()]);
    let ends = [route.departure, route.finish];
    visits.chain(ends).chain(route.breaks.iter().map(|b| b.start)).all(Time::in_limits)
        && route.breaks.iter().all(|b| (-Seconds::LIMIT.0..=Seconds::LIMIT.0).contains(&b.duration.0))
}
