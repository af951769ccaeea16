//! Every way to send people to up to four needs that ask for crews: none is better than what the solver finds.
//!
//! Nothing here knows how the solver keeps time: starts are the least that satisfy every way and every gap, found by letting
//! them grow from nothing, and the judge says whether they may be and what they are worth.

use qise::model::{Limits, LinkRule, NeedId, Objective, Requirement, Seconds, Term, Time, UnitId};
use qise::plan::{Plan, Route, Score, Visit, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};

use crate::support::together::{with_crews, with_links};
use crate::support::{Mix, problem};

/// Who goes, in order: need and role.
type Routes = Vec<Vec<(NeedId, u16)>>;

/// Small problems with crews, where leaving no later than needed changes nothing: time at work does not count.
fn case(seed: u64) -> Problem {
    let (needs, volunteers) = (2 + (seed % 3) as usize, 3 + (seed % 4 / 2) as usize);
    let mix = Mix {
        breaks: false,
        shifts: false,
        windows: false,
        soft: false,
        loads: false,
        tight: seed.is_multiple_of(4),
        ..Mix::all(needs, volunteers)
    };
    let problem = with_crews(seed, &problem(seed, mix));
    let replaced = problem.replace(|data| {
        for promise in data.needs.iter_mut().filter_map(|need| need.promise.as_mut()) {
            promise.hard = seed.is_multiple_of(3);
        }
        for role in data.needs.iter_mut().flat_map(|need| &mut need.roles).filter(|_| !seed.is_multiple_of(3))
        {
            role.requires = Requirement::default();
        }
        for volunteer in &mut data.volunteers {
            volunteer.per_day = Limits::default();
            volunteer.max_radius = None;
        }
        let levels = [Term::UnservedMandatory, Term::UnservedPriority, Term::Tardiness, Term::TravelTime];
        data.objective = Objective::ordered(&levels);
    });
    replaced.expect("looser promises and another objective are as valid")
}

/// The least starts of these routes; nothing when somebody waits for ever.
fn timed(problem: &Problem, routes: &Routes) -> Option<Plan> {
    let mut starts = routes.iter().map(|route| vec![Time::MIN; route.len()]).collect::<Vec<_>>();
    let service = |(need, role): (NeedId, u16), unit: UnitId| {
        let slot = problem.slots_of(need).find(|&s| problem.slot(s).role == role).expect("a known role");
        problem.service(slot, problem.unit(unit).volunteer)
    };
    let mut plan = Plan::empty(problem);
    for pass in 0.. {
        if pass > 200 {
            return None;
        }
        let mut moved = false;
        plan.routes.clear();
        for (u, route) in routes.iter().enumerate().filter(|(_, route)| !route.is_empty()) {
            let unit_id = UnitId::new(u);
            let unit = problem.unit(unit_id);
            let (mut here, mut free) = (unit.from, unit.start);
            let mut visits = Vec::new();
            for (v, &(need, role)) in route.iter().enumerate() {
                let place = problem.need_place(need);
                let away = here != place;
                let travel =
                    if away { problem.travel().seconds(unit.mode, here, place) } else { Seconds::ZERO };
                let setup = if away { problem.place(place).setup } else { Seconds::ZERO };
                let arrival = free + travel;
                let start = (arrival + setup).max(starts[u][v]).max(problem.windows(need)[0].from);
                if start > unit.end {
                    return None;
                }
                moved |= start > starts[u][v];
                starts[u][v] = start;
                free = start + service((need, role), unit_id);
                visits.push(Visit { need, role, stop: 0, arrival, start, end: free });
                here = place;
            }
            let back = unit.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(unit.mode, here, to));
            let finish = free + back;
            plan.routes.push(Route {
                unit: unit_id,
                company: Vec::new(),
                departure: unit.start,
                visits,
                calls: vec![],
                breaks: Vec::new(),
                finish,
            });
        }
        // Whoever must not start so soon after somebody else waits.
        let all = routes.iter().enumerate().flat_map(|(u, r)| (0..r.len()).map(move |v| (u, v)));
        let all = all.collect::<Vec<_>>();
        for &(a, b) in &all {
            for &(c, d) in all.iter().filter(|&&(c, d)| routes[c][d].0 == routes[a][b].0 && (c, d) != (a, b))
            {
                let service = service(routes[c][d], UnitId::new(c));
                let least = least_gap(problem, routes[a][b], routes[c][d], service);
                if let Some(least) = least.map(|gap| starts[a][b] + gap).filter(|&least| least > starts[c][d])
                {
                    (starts[c][d], moved) = (least, true);
                }
            }
            for link in problem.links() {
                let LinkRule::After { min, max } = link.rule else { continue };
                let pairs = all.iter().filter(|&&(c, d)| routes[c][d].0 == link.to);
                for &(c, d) in pairs.filter(|_| routes[a][b].0 == link.from) {
                    let end = |start: Time| start + service(routes[a][b], UnitId::new(a));
                    if end(starts[a][b]) + min > starts[c][d] {
                        (starts[c][d], moved) = (end(starts[a][b]) + min, true);
                    }
                    if let Some(max) = max.filter(|&max| end(starts[a][b]) + max < starts[c][d]) {
                        let service = end(starts[a][b]) - starts[a][b];
                        (starts[a][b], moved) = (starts[c][d] - max - service, true);
                    }
                }
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

/// How much later one role starts than another, which serves so long, at least, as the need says it.
fn least_gap(
    problem: &Problem,
    (need, from): (NeedId, u16),
    (_, to): (NeedId, u16),
    service: Seconds,
) -> Option<Seconds> {
    let (gaps, overlaps) = (&problem.need(need).gaps, &problem.need(need).overlaps);
    let stated = gaps.iter().filter_map(|gap| match (gap.from, gap.to) {
        (f, t) if (f, t) == (from, to) => Some(gap.min),
        (f, t) if (t, f) == (from, to) => Some(Seconds(-gap.max.0)),
        _ => None,
    });
    let free = |role: u16| overlaps.iter().any(|overlap| overlap.other == role);
    let with_first = |role: u16| role > 0 && gaps.iter().all(|gap| gap.to != role) && !free(role);
    let overlapping = overlaps.iter().filter(|o| [(o.one, o.other), (o.other, o.one)].contains(&(from, to)));
    let stated = stated.chain(overlapping.map(|overlap| overlap.least - service));
    let together = from == to || from == 0 && with_first(to) || to == 0 && with_first(from);
    stated.chain(together.then_some(Seconds::ZERO)).max()
}

/// Puts the people of need number `n` and all that follow into the routes, in every way.
fn explore(problem: &Problem, n: usize, routes: &mut Routes, best: &mut Score, tried: &mut u32) {
    if n == problem.needs().len() {
        *tried += 1;
        if let Some(plan) = timed(problem, routes) {
            let judged = evaluate(problem, &plan);
            if judged.is_valid() && judged.score.better_than(best) {
                *best = judged.score;
            }
        }
        return;
    }
    explore(problem, n + 1, routes, best, tried);
    let need = NeedId::new(n);
    let done = |way: &NeedId| routes.iter().flatten().any(|(served, _)| served == way);
    if problem.ways(need).iter().any(done) {
        return;
    }
    let roles = problem.slots_of(need).map(|slot| problem.slot(slot).role).collect::<Vec<_>>();
    fill(problem, n, &roles, routes, best, tried);
}

/// Puts one person for the first of `roles` into the routes, in every way, and then the others.
fn fill(problem: &Problem, n: usize, roles: &[u16], routes: &mut Routes, best: &mut Score, tried: &mut u32) {
    let need = NeedId::new(n);
    let Some((&role, rest)) = roles.split_first() else {
        return explore(problem, n + 1, routes, best, tried);
    };
    let slot = problem.slots_of(need).find(|&s| problem.slot(s).role == role).expect("a known role");
    for u in 0..routes.len() {
        let comes_already = routes[u].iter().any(|&(other, _)| other == need);
        if comes_already || problem.suits(slot, UnitId::new(u)).is_err() {
            continue;
        }
        for at in 0..=routes[u].len() {
            routes[u].insert(at, (need, role));
            fill(problem, n, rest, routes, best, tried);
            routes[u].remove(at);
        }
    }
}

#[test]
fn no_crew_plan_is_better_than_the_one_found() {
    none_is_better(case);
}

#[test]
fn no_linked_plan_is_better_than_the_one_found() {
    none_is_better(|seed| with_links(seed, &case(seed)));
}

fn none_is_better(case: impl Fn(u64) -> Problem) {
    let (mut left, mut crews, mut longer) = (0, 0, 0);
    for seed in 0..300 {
        let problem = case(seed);
        let mut best = evaluate(&problem, &Plan::empty(&problem)).score;
        let mut tried = 0;
        explore(&problem, 0, &mut vec![Vec::new(); problem.units().len()], &mut best, &mut tried);
        let found = solve(&problem, &Options::default(), &Stop::iterations(3000));
        if best.better_than(&found.evaluation.score) {
            let (found, best) = (&found.evaluation.score.levels, &best.levels);
            let last = best.len() - 1;
            assert_eq!(
                found[..last],
                best[..last],
                "seed {seed}, {tried} ways: {found:?} found, {best:?} is possible"
            );
            longer += 1;
        }
        left += found.plan.unserved.len();
        crews += found.plan.visits().filter(|(_, visit)| problem.need(visit.need).people() > 1).count();
    }
    // The way there may rarely be longer than it must.
    assert!(longer <= 1, "{longer} plans of 300 take more effort than they must");
    assert!(left > 100 && crews > 200, "{left} left, {crews} visits of crews");
}
