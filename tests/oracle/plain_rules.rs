//! The rules of a plan once more, as a child would check them: every second of a route is written down, and counted.
//!
//! Nothing here comes from the judge. Where it reads the lists of a problem, this asks the problem's own compiled
//! tables, so that the two are held against each other as well. Breaks of no length are not known here.

use std::collections::{BTreeMap, BTreeSet};

use qise::Problem;
use qise::model::{DimensionId, Metres, PlaceId, Seconds, Time, Unit};
use qise::plan::{Plan, Rest, Route};

/// Whether a plan keeps every rule.
pub(crate) fn keeps_every_rule(problem: &Problem, plan: &Plan) -> bool {
    plan.routes
        .iter()
        .all(|route| keeps_time(problem, route) && suits(problem, route) && carries(problem, route))
        && one_route_each(plan)
        && every_need_once(problem, plan)
        && keeps_day_limits(problem, plan)
}

/// What a person does in one second.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// Travelling, setting up or waiting.
    Nothing,
    Serving,
    /// The break of this number.
    Resting(usize),
}

/// The seconds of a route from departure to finish.
struct Diary {
    departure: Time,
    seconds: Vec<Doing>,
}

impl Diary {
    fn position(&self, time: Time) -> Option<usize> {
        usize::try_from((time - self.departure).0).ok().filter(|&second| second <= self.seconds.len())
    }

    /// Writes something down; nothing when it lies outside or something stands there already.
    fn write(&mut self, from: Time, to: Time, what: Doing) -> Option<()> {
        let (from, to) = (self.position(from)?, self.position(to)?);
        let span = self.seconds.get_mut(from..to)?;
        if span.iter().any(|&second| second != Doing::Nothing) {
            return None;
        }
        span.fill(what);
        Some(())
    }

    /// The seconds left over between two moments; nothing when they lie outside or come in the other order.
    fn left_over(&self, from: Time, to: Time) -> Option<Seconds> {
        let span = self.seconds.get(self.position(from)?..self.position(to)?)?;
        Some(Seconds(span.iter().filter(|&&second| second == Doing::Nothing).count() as i64))
    }

    /// Whether a break has begun before this moment and goes on after it.
    fn asleep(&self, time: Time) -> bool {
        let Some(second) = self.position(time) else { return false };
        let before = second.checked_sub(1).and_then(|s| self.seconds.get(s));
        matches!((before, self.seconds.get(second)), (Some(Doing::Resting(a)), Some(Doing::Resting(b))) if a == b)
    }
}

/// Whether the times of one route are possible and allowed.
pub(crate) fn keeps_time(problem: &Problem, route: &Route) -> bool {
    route.visits.is_empty() || fits(problem, route).is_some()
}

/// `Some` when everything fits.
fn fits(problem: &Problem, route: &Route) -> Option<()> {
    let must = |good: bool| good.then_some(());
    let unit = problem.unit(route.unit);
    must(unit.start <= route.departure && route.departure <= route.finish && route.finish <= unit.end)?;

    let length = (route.finish - route.departure).0 as usize;
    let mut diary = Diary { departure: route.departure, seconds: vec![Doing::Nothing; length] };
    for visit in &route.visits {
        diary.write(visit.start, visit.end, Doing::Serving)?;
    }
    for (b, rest) in route.breaks.iter().enumerate() {
        diary.write(rest.start, rest.end(), Doing::Resting(b))?;
    }
    must(route.breaks.is_sorted_by_key(|rest| rest.start))?;
    must(due_breaks_are_taken(problem, route, unit))?;

    let (mut here, mut since) = (unit.from, route.departure);
    for visit in &route.visits {
        let need = problem.need(visit.need);
        let place = problem.need_place(visit.need);
        must(diary.left_over(since, visit.arrival)? >= problem.travel().seconds(unit.mode, here, place))?;
        must(!diary.asleep(visit.arrival))?;
        let inside = diary.left_over(visit.arrival, visit.start)?;
        must(here == place || inside >= problem.place(place).setup)?;
        // These windows end where a hard promise to start does.
        must(problem.windows(visit.need).iter().any(|window| window.contains(visit.start)))?;
        must(visit.end == visit.start + problem.service(problem.first_slot(visit.need), unit.volunteer))?;
        let promise = need.promise.filter(|promise| promise.hard);
        must(promise.and_then(|p| p.finish_by).is_none_or(|limit| visit.end <= limit))?;
        must(need.roles[0].pin.and_then(|pin| pin.start).is_none_or(|agreed| agreed == visit.start))?;
        (here, since) = (place, visit.end);
    }
    let home = unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
    must(diary.left_over(since, route.finish)? >= home)
}

/// Whether each break of the shift starts at one of its moments: before the departure, after the finish, or as stated.
fn due_breaks_are_taken(problem: &Problem, route: &Route, unit: &Unit) -> bool {
    let shift = &problem.volunteer(unit.volunteer).shifts[unit.shift as usize];
    shift.breaks.iter().all(|due| {
        let stated = |start: Time, rest: &Rest| rest.start == start && rest.duration >= due.duration;
        (due.earliest.0..=due.latest.0).map(Time).any(|start| {
            start + due.duration <= route.departure
                || route.finish <= start
                || route.breaks.iter().any(|rest| stated(start, rest))
        })
    })
}

/// Whether the person of a route may serve all of its needs, whenever that is.
pub(crate) fn suits(problem: &Problem, route: &Route) -> bool {
    let unit = problem.unit(route.unit);
    let volunteer = problem.volunteer(unit.volunteer);
    route.visits.iter().all(|visit| {
        let need = problem.need(visit.need);
        let place = problem.need_place(visit.need);
        let way = problem.travel().profile_metres(volunteer.profile, volunteer.home, place);
        let slot = problem.first_slot(visit.need);
        problem.suits(slot, route.unit).is_ok()
            && visit.end <= problem.suits_until(slot, route.unit)
            && problem.from_home(unit.volunteer, place) >= need.roles[0].min_home_distance
            && volunteer.max_radius.is_none_or(|radius| way <= radius)
            && need.roles[0].pin.is_none_or(|pin| pin.volunteer == unit.volunteer)
    })
}

/// Whether the person of a route can carry all that it brings.
pub(crate) fn carries(problem: &Problem, route: &Route) -> bool {
    let unit = problem.unit(route.unit);
    (0..problem.dimensions().len()).map(DimensionId::new).all(|dimension| {
        let loads = route.visits.iter().map(|visit| problem.load(problem.first_slot(visit.need), dimension));
        loads.sum::<i64>() <= problem.capacity(unit, dimension)
    })
}

fn one_route_each(plan: &Plan) -> bool {
    plan.routes.iter().map(|route| route.unit).collect::<BTreeSet<_>>().len() == plan.routes.len()
}

/// Whether served and unserved together are all needs, each once.
fn every_need_once(problem: &Problem, plan: &Plan) -> bool {
    let served = plan.visits().map(|(_, visit)| visit.need);
    let mut all = served.chain(plan.unserved.iter().copied()).collect::<Vec<_>>();
    all.sort();
    all.into_iter().eq(problem.need_ids())
}

/// Whether nobody does more in a day than given.
fn keeps_day_limits(problem: &Problem, plan: &Plan) -> bool {
    let mut days: BTreeMap<_, Vec<&Route>> = BTreeMap::new();
    for route in plan.routes.iter().filter(|route| !route.visits.is_empty()) {
        let unit = problem.unit(route.unit);
        let day = problem.volunteer(unit.volunteer).shifts[unit.shift as usize].day;
        days.entry((unit.volunteer, day)).or_default().push(route);
    }
    days.iter().all(|((who, _), routes)| {
        let most = problem.volunteer(*who).per_day;
        let travel: Seconds = routes.iter().map(|route| way(problem, route).0).sum();
        let distance: Metres = routes.iter().map(|route| way(problem, route).1).sum();
        let work: Seconds = routes.iter().map(|route| route.finish - route.departure).sum();
        let visits = routes.iter().map(|route| route.visits.len()).sum::<usize>();
        most.travel.is_none_or(|most| travel <= most)
            && most.distance.is_none_or(|most| distance <= most)
            && most.work.is_none_or(|most| work <= most)
            && most.visits.is_none_or(|most| visits <= most as usize)
    })
}

/// Time and distance on the way of a whole route.
fn way(problem: &Problem, route: &Route) -> (Seconds, Metres) {
    let unit = problem.unit(route.unit);
    let (mut seconds, mut metres) = (Seconds::ZERO, Metres::ZERO);
    let mut here = unit.from;
    let mut go = |to: PlaceId| {
        seconds += problem.travel().seconds(unit.mode, here, to);
        metres += problem.travel().metres(unit.mode, here, to);
        here = to;
    };
    route.visits.iter().for_each(|visit| go(problem.need_place(visit.need)));
    unit.to.into_iter().for_each(&mut go);
    (seconds, metres)
}
