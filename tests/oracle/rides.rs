//! Every way to make up to three rides and other visits: none is better than what the solver finds.
//!
//! Every order of stops of every person is tried; starts are as early as the way and the windows allow, but where a ride may not take
//! long its first stop waits for the last, and needs that are linked wait for each other; the judge says whether that may be and what
//! it is worth.

use qise::model::{Limits, Link, LinkRule, NeedId, Objective, Requirement, Seconds, Term, Time, UnitId};
use qise::plan::{Plan, Route, Score, Visit, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};

use crate::support::rides::with_rides;
use crate::support::together::with_links;
use crate::support::{Mix, problem};

/// Small problems with rides; time at work does not count, so that leaving later than needed changes nothing.
fn case(seed: u64) -> Problem {
    let (needs, volunteers) = (2 + (seed % 2) as usize, 1 + (seed % 3 / 2) as usize);
    let mix = Mix {
        breaks: false,
        shifts: false,
        windows: false,
        soft: seed.is_multiple_of(2),
        loads: true,
        tight: seed.is_multiple_of(4),
        ..Mix::all(needs, volunteers)
    };
    let replaced = with_rides(seed, &problem(seed, mix)).replace(|data| {
        for role in data.needs.iter_mut().flat_map(|need| &mut need.roles) {
            role.requires = Requirement::default();
        }
        for volunteer in &mut data.volunteers {
            volunteer.per_day = Limits::default();
            volunteer.max_radius = None;
        }
        data.previous = None;
        let levels = [Term::UnservedMandatory, Term::UnservedPriority, Term::Tardiness, Term::TravelTime];
        data.objective = Objective::ordered(&levels);
    });
    replaced.expect("fewer rules and another objective are as valid")
}

/// The same with more time, so that most needs can be served.
fn roomy(seed: u64) -> Problem {
    let replaced = case(seed).replace(|data| {
        let hours = |hours: i64| Seconds(hours * 3600);
        for shift in data.volunteers.iter_mut().flat_map(|volunteer| &mut volunteer.shifts) {
            (shift.start, shift.end) = (shift.start - hours(2), shift.end + hours(8));
        }
        for stop in data.needs.iter_mut().flat_map(|need| &mut need.stops) {
            stop.windows.truncate(1);
            stop.windows[0].to += hours(6);
        }
    });
    replaced.expect("more time is as valid")
}

/// Who makes which stops, in order.
type Routes = Vec<Vec<(NeedId, u16)>>;

/// The least starts of a route, each no sooner than `least`; nothing where somebody is too late.
fn walk(problem: &Problem, unit_id: UnitId, stops: &[(NeedId, u16)], least: &[Time]) -> Option<Route> {
    let unit = problem.unit(unit_id);
    let (mut here, mut free) = (unit.from, unit.start);
    let mut visits: Vec<Visit> = Vec::new();
    for (&(need, stop), &least) in stops.iter().zip(least) {
        let given = &problem.need(need).stops[usize::from(stop)];
        let away = here != given.place;
        let travel =
            if away { problem.travel().seconds(unit.mode, here, given.place) } else { Seconds::ZERO };
        let setup = if away { problem.place(given.place).setup } else { Seconds::ZERO };
        let arrival = free + travel;
        let ready = (arrival + setup).max(least);
        let window = given.windows.iter().find(|window| window.to >= ready)?;
        let start = ready.max(window.from);
        let slot = problem.slots_of(need).nth(usize::from(stop)).expect("a known stop");
        let end = start + problem.service(slot, unit.volunteer);
        if end > unit.end {
            return None;
        }
        visits.push(Visit { need, role: 0, stop, arrival, start, end });
        (here, free) = (given.place, end);
    }
    let back = unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
    let (company, breaks, calls) = (Vec::new(), Vec::new(), Vec::new());
    let (departure, finish) = (unit.start, free + back);
    Some(Route { unit: unit_id, company, departure, visits, calls, breaks, finish })
}

/// The least starts of these routes; nothing where somebody waits for ever.
fn timed(problem: &Problem, routes: &Routes) -> Option<Plan> {
    let mut least = routes.iter().map(|stops| vec![Time::MIN; stops.len()]).collect::<Vec<_>>();
    let mut plan = Plan::empty(problem);
    let at = |need: NeedId, stop: usize| {
        routes.iter().enumerate().find_map(|(u, stops)| {
            Some((u, stops.iter().position(|&(n, s)| n == need && usize::from(s) == stop)?))
        })
    };
    let last = |need: NeedId| problem.need(need).stops.len() - 1;
    loop {
        let mut times = vec![Vec::new(); routes.len()];
        plan.routes.clear();
        for (u, stops) in routes.iter().enumerate().filter(|(_, stops)| !stops.is_empty()) {
            let route = walk(problem, UnitId::new(u), stops, &least[u])?;
            times[u] = route.visits.iter().map(|visit| (visit.start, visit.end)).collect();
            plan.routes.push(route);
        }
        let mut moved = false;
        let mut wait = |(u, v): (usize, usize), until: Time| {
            if times[u][v].0 < until {
                (least[u][v], moved) = (until, true);
            }
        };
        for need in problem.need_ids() {
            let ends = at(need, 0).zip(at(need, last(need)));
            if let Some(((first, end), longest)) = ends.zip(problem.need(need).max_ride) {
                let (from, to) = (times[first.0][first.1], times[end.0][end.1]);
                wait(first, to.0 - longest - (from.1 - from.0));
            }
        }
        for link in problem.links() {
            let LinkRule::After { min, max } = link.rule else { continue };
            let Some((from, to)) = at(link.from, last(link.from)).zip(at(link.to, 0)) else { continue };
            let ((start, end), then) = (times[from.0][from.1], times[to.0][to.1].0);
            wait(to, end + min);
            if let Some(max) = max {
                wait(from, then - max - (end - start));
            }
        }
        if !moved {
            break;
        }
    }
    let is_served = |need: &NeedId| routes.iter().flatten().any(|(served, _)| served == need);
    plan.unserved.retain(|need| !is_served(need) && !problem.ways(*need).iter().any(is_served));
    Some(plan)
}

/// Puts all stops of need number `n` and of all that follow into the routes, in every way.
fn explore(problem: &Problem, n: usize, routes: &mut Routes, best: &mut Score) {
    if n == problem.needs().len() {
        let Some(plan) = timed(problem, routes) else { return };
        let judged = evaluate(problem, &plan);
        if judged.is_valid() && judged.score.better_than(best) {
            *best = judged.score;
        }
        return;
    }
    explore(problem, n + 1, routes, best);
    let need = NeedId::new(n);
    let stops = problem.need(need).stops.len() as u16;
    for u in 0..routes.len() {
        insert(problem, n, u, (0, stops), 0, routes, best);
    }
}

/// Puts the stops from `stop` on into route `u`, behind position `from`, in every way.
fn insert(
    problem: &Problem,
    n: usize,
    u: usize,
    (stop, stops): (u16, u16),
    from: usize,
    routes: &mut Routes,
    best: &mut Score,
) {
    if stop == stops {
        return explore(problem, n + 1, routes, best);
    }
    for at in from..=routes[u].len() {
        routes[u].insert(at, (NeedId::new(n), stop));
        insert(problem, n, u, (stop + 1, stops), at + 1, routes, best);
        routes[u].remove(at);
    }
}

#[test]
fn no_ride_plan_is_better_than_the_one_found() {
    let (left, rides, _) = none_is_better(300, 0, case);
    assert!(left > 50 && rides > 100, "{left} left, {rides} further stops");
}

/// A link is reckoned from the last stop of a ride and to the first stop of one.
#[test]
fn no_linked_ride_plan_is_better_than_the_one_found() {
    let (left, rides, linked) = none_is_better(400, 0, |seed| with_links(seed, &roomy(seed)));
    assert!(left > 100 && rides > 200, "{left} left, {rides} further stops");
    assert!(linked[0] > 4 && linked[1] > 4, "{linked:?} rides go before a need in time, and after one");
    let (_, _, linked) = none_is_better(240, 0, |seed| in_time(seed, &roomy(seed)));
    assert!(linked[0] > 20 && linked[1] > 20, "{linked:?} rides go before a need in time, and after one");
}

/// The same problem, in which another need follows each ride within some hours, or the ride follows the other.
fn in_time(seed: u64, problem: &Problem) -> Problem {
    let needs = problem.need_ids().collect::<Vec<_>>();
    let (rides, others): (Vec<NeedId>, Vec<_>) =
        needs.iter().partition(|&&need| problem.need(need).is_ride());
    let pairs = rides.into_iter().zip(others).map(|(ride, other)| {
        let rule = LinkRule::After { min: Seconds::ZERO, max: Some(Seconds(4 * 3600)) };
        let (from, to) = if seed.is_multiple_of(2) { (ride, other) } else { (other, ride) };
        Link { from, to, rule }
    });
    problem.replace(|data| data.links.extend(pairs)).expect("no needs are linked twice")
}

/// How many needs were left, further stops made, and links with a ride kept as the first need, and as the second.
fn none_is_better(
    cases: u64,
    most_longer: usize,
    case: impl Fn(u64) -> Problem,
) -> (usize, usize, [usize; 2]) {
    let (mut left, mut rides, mut linked, mut longer) = (0, 0, [0; 2], 0);
    for seed in 0..cases {
        let problem = case(seed);
        let mut best = evaluate(&problem, &Plan::empty(&problem)).score;
        explore(&problem, 0, &mut vec![Vec::new(); problem.units().len()], &mut best);
        let found = solve(&problem, &Options::default(), &Stop::iterations(2000));
        let (levels, possible) = (&found.evaluation.score.levels, &best.levels);
        let ways = levels.len() - 1;
        assert!(
            levels[..ways] <= possible[..ways],
            "seed {seed}: {levels:?} found, {possible:?} is possible"
        );
        longer += usize::from(best.better_than(&found.evaluation.score));
        left += found.plan.unserved.len();
        rides += found.plan.visits().filter(|(_, visit)| visit.stop > 0).count();
        let served = |need: NeedId| found.plan.visits().any(|(_, visit)| visit.need == need);
        for link in problem.links().iter().filter(|link| served(link.from) && served(link.to)) {
            if matches!(link.rule, LinkRule::After { max: Some(_), .. }) {
                linked[0] += usize::from(problem.need(link.from).is_ride());
                linked[1] += usize::from(problem.need(link.to).is_ride());
            }
        }
    }
    // Nobody is left who could be served; of the ways, that of a linked need may rarely be longer than it must.
    assert!(longer <= most_longer, "{longer} of {cases} plans have longer ways");
    (left, rides, linked)
}
