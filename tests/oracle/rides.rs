//! Every way to make up to three rides and other visits: none is better than what the solver finds.
//!
//! Every order of stops of every person is tried; starts are as early as the way and the windows allow, but where a ride may not take
//! long its first stop waits for the last, and the judge says whether that may be and what it is worth.

use qise::Problem;
use qise::model::{DayLimits, NeedId, Requirement, Seconds, Time, UnitId};
use qise::plan::{Objective, Plan, Route, Score, Term, Visit, evaluate};
use qise::solve::{Options, solve};

use crate::support::rides::with_rides;
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
            volunteer.per_day = DayLimits::default();
            volunteer.max_radius = None;
        }
        data.previous = None;
        let levels = [Term::UnservedMandatory, Term::UnservedPriority, Term::Tardiness, Term::TravelTime];
        data.objective = Objective::ordered(&levels);
    });
    replaced.expect("fewer rules and another objective are as valid")
}

/// The least starts of a route; nothing where that takes for ever.
fn timed(problem: &Problem, unit_id: UnitId, stops: &[(NeedId, u16)]) -> Option<Route> {
    let unit = problem.unit(unit_id);
    let mut least = vec![Time::MIN; stops.len()];
    loop {
        let (mut here, mut free) = (unit.from, unit.start);
        let mut visits: Vec<Visit> = Vec::new();
        for (v, &(need, stop)) in stops.iter().enumerate() {
            let given = &problem.need(need).stops[usize::from(stop)];
            let away = here != given.place;
            let travel =
                if away { problem.travel().seconds(unit.mode, here, given.place) } else { Seconds::ZERO };
            let setup = if away { problem.place(given.place).setup } else { Seconds::ZERO };
            let arrival = free + travel;
            let ready = (arrival + setup).max(least[v]);
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
        let mut moved = false;
        for v in 0..stops.len() {
            let need = problem.need(stops[v].0);
            let last =
                stops.iter().position(|&(n, s)| n == stops[v].0 && usize::from(s) + 1 == need.stops.len());
            let Some((longest, last)) = need.max_ride.zip(last).filter(|_| stops[v].1 == 0) else { continue };
            let soonest = visits[last].start - longest - (visits[v].end - visits[v].start);
            if soonest > visits[v].start {
                (least[v], moved) = (soonest, true);
            }
        }
        if !moved {
            let back = unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
            let departure = unit.start;
            let (company, breaks) = (Vec::new(), Vec::new());
            return Some(Route {
                unit: unit_id,
                company,
                departure,
                visits,
                calls: vec![],
                breaks,
                finish: free + back,
            });
        }
    }
}

/// Puts all stops of need number `n` and of all that follow into the routes, in every way.
fn explore(problem: &Problem, n: usize, routes: &mut [Vec<(NeedId, u16)>], best: &mut Score) {
    if n == problem.needs().len() {
        let mut plan = Plan::empty(problem);
        for (u, stops) in routes.iter().enumerate().filter(|(_, stops)| !stops.is_empty()) {
            let Some(route) = timed(problem, UnitId::new(u), stops) else { return };
            plan.routes.push(route);
        }
        plan.unserved.retain(|need| routes.iter().flatten().all(|(served, _)| served != need));
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
    routes: &mut [Vec<(NeedId, u16)>],
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
    let (mut left, mut rides) = (0, 0);
    for seed in 0..300 {
        let problem = case(seed);
        let mut best = evaluate(&problem, &Plan::empty(&problem)).score;
        explore(&problem, 0, &mut vec![Vec::new(); problem.units().len()], &mut best);
        let options = Options { iterations: Some(2000), ..Options::default() };
        let found = solve(&problem, &options, &|| 0.0, &mut |_| {});
        assert!(
            !best.better_than(&found.evaluation.score),
            "seed {seed}: {:?} found, {:?} is possible",
            found.evaluation.score.levels,
            best.levels
        );
        left += found.plan.unserved.len();
        rides += found.plan.visits().filter(|(_, visit)| visit.stop > 0).count();
    }
    assert!(left > 50 && rides > 100, "{left} left, {rides} further stops");
}
