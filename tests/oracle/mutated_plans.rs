//! Plans of the solver, changed at random: the judge and the plain rules must say the same of each of them.

use std::collections::BTreeMap;

use qise::model::{NeedId, Rule, Seconds, UnitId};
use qise::plan::{Evaluation, Plan, Rest, Route, Violation, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::plain_rules::{carries, keeps_every_rule, keeps_time, suits};
use crate::support::{Mix, loaded, problem};

/// How many problems are drawn, and how many plans are made of the solver's plan for each.
const PROBLEMS: u64 = 250;
const PLANS: usize = 120;

/// The rules that [`keeps_time`] checks anew.
const TIMES: [Rule; 12] = [
    Rule::EarlyDeparture,
    Rule::LateFinish,
    Rule::TravelTooShort,
    Rule::Overlap,
    Rule::EarlyStart,
    Rule::OutsideWindow,
    Rule::WrongService,
    Rule::PromiseBroken,
    Rule::BreakMissing,
    Rule::BreakMisplaced,
    Rule::PinRetimed,
    Rule::TimeOutOfRange,
];

/// The rules of the lists and of the day, which no single route breaks.
const WHOLE: [Rule; 8] = [
    Rule::DuplicateRoute,
    Rule::ServedTwice,
    Rule::NotListed,
    Rule::WronglyListed,
    Rule::DayTravel,
    Rule::DayWork,
    Rule::DayDistance,
    Rule::DayVisits,
];

/// A problem and the solver's plan for it. In two of three problems things are to be carried, which the plan knows nothing
/// of: some of its routes are too heavy as they stand.
fn solved(seed: u64) -> (Problem, Plan) {
    let odd_travel = seed % 9 == 8;
    let mix = Mix { odd_travel, ..Mix::all(6 + (seed % 12) as usize, 2 + (seed % 4) as usize) };
    let problem = problem(30_000 + seed, mix);
    let options = Options { seed, ..Options::default() };
    let plan = solve(&problem, &options, &Stop::iterations(50)).plan;
    (if seed.is_multiple_of(3) { problem } else { loaded(seed, &problem) }, plan)
}

/// A random problem with the solver's plan, and many changed plans, each after one to three changes.
fn for_each_plan(mut visit: impl FnMut(&Problem, &Plan, &str)) {
    for seed in 0..PROBLEMS {
        let (problem, good) = solved(seed);
        visit(&problem, &good, &format!("seed {seed}, unchanged"));
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        for number in 0..PLANS {
            let mut plan = good.clone();
            let changes = (0..random.random_range(1..=3))
                .map(|_| change(&mut random, &problem, &mut plan))
                .collect::<Vec<_>>();
            visit(&problem, &plan, &format!("seed {seed}, plan {number}: {}", changes.join(", ")));
        }
    }
}

#[test]
fn the_judge_agrees_with_the_plain_rules() {
    let (mut valid, mut seen) = (0, BTreeMap::<Rule, usize>::new());
    for_each_plan(|problem, plan, what| {
        let judged = evaluate(problem, plan);
        assert_eq!(keeps_every_rule(problem, plan), judged.is_valid(), "{what}: {:#?}", judged.violations);
        for (r, route) in plan.routes.iter().enumerate() {
            let mut broken = broken_in_route(&judged, r);
            let mut kept = [keeps_time(problem, route), suits(problem, route), carries(problem, route)];
            let unit = problem.unit(route.unit);
            // The tables of a problem tell what somebody holds in a shift, not before and after it.
            if !route.visits.iter().all(|visit| unit.start <= visit.end && visit.end <= unit.end) {
                (kept[1], broken[1]) = (true, false);
            }
            assert_eq!(kept, broken.map(|broken| !broken), "{what}, route {r}: {:#?}", judged.violations);
        }
        valid += usize::from(judged.is_valid());
        for violation in judged.violations {
            *seen.entry(violation.rule).or_default() += 1;
        }
    });
    let plans = PROBLEMS as usize * PLANS;
    assert!(valid * 8 > plans, "only {valid} of {plans} are valid");
    let drawn =
        TIMES.iter().chain(&WHOLE).chain(&[Rule::Overload]).filter(|&&rule| rule != Rule::TimeOutOfRange);
    for rule in drawn {
        let times = seen.get(rule).copied().unwrap_or(0);
        assert!(times >= 30, "{rule} was broken {times} times only");
    }
}

/// Whether the judge finds a rule of time, of the person, or of loads broken in a route.
fn broken_in_route(judged: &Evaluation, route: usize) -> [bool; 3] {
    let is_here = |v: &&Violation| v.at.route() == Some(route) && !WHOLE.contains(&v.rule);
    let here = judged.violations.iter().filter(is_here);
    let mut broken = [false; 3];
    for violation in here {
        let group = match violation.rule {
            Rule::Overload => 2,
            rule => usize::from(!TIMES.contains(&rule)),
        };
        broken[group] = true;
    }
    broken
}

#[test]
fn the_order_of_the_routes_changes_nothing() {
    for_each_plan(|problem, plan, what| {
        let judged = evaluate(problem, plan);
        let mut turned = plan.clone();
        let half = turned.routes.len() / 2;
        turned.routes.rotate_left(half);
        turned.routes.reverse();
        turned.unserved.reverse();
        let again = evaluate(problem, &turned);
        let rules = |judged: &Evaluation| {
            let mut rules = judged.violations.iter().map(|v| v.rule).collect::<Vec<_>>();
            rules.sort();
            rules
        };
        assert_eq!(rules(&judged), rules(&again), "{what}");
        assert_eq!(judged.score, again.score, "{what}");
    });
}

/// A step in time: often the smallest, sometimes hours.
fn step(random: &mut impl Rng) -> Seconds {
    let size = [1, 1, 60, 600, random.random_range(1..7200)][random.random_range(0..5)];
    Seconds(if random.random_bool(0.5) { size } else { -size })
}

/// One second before, at, or one second after.
fn around(random: &mut impl Rng) -> Seconds {
    Seconds(random.random_range(-1..=1))
}

/// One random change; says which.
fn change(random: &mut impl Rng, problem: &Problem, plan: &mut Plan) -> &'static str {
    let busy = (0..plan.routes.len()).filter(|&r| !plan.routes[r].visits.is_empty()).collect::<Vec<_>>();
    if busy.is_empty() {
        return "nothing to change";
    }
    let r = busy[random.random_range(0..busy.len())];
    let v = random.random_range(0..plan.routes[r].visits.len());
    let kind = random.random_range(0..20);
    match kind {
        0 => {
            let visit = plan.routes[r].visits.remove(v);
            let to = &mut plan.routes[busy[random.random_range(0..busy.len())]].visits;
            to.insert(random.random_range(0..=to.len()), visit);
            "a visit moved to another route"
        }
        1 => {
            let other = busy[random.random_range(0..busy.len())];
            let w = random.random_range(0..plan.routes[other].visits.len());
            let visit = plan.routes[r].visits[v];
            plan.routes[r].visits[v] = std::mem::replace(&mut plan.routes[other].visits[w], visit);
            "two visits swapped"
        }
        2 => {
            let other = busy[random.random_range(0..busy.len())];
            let w = random.random_range(0..plan.routes[other].visits.len());
            let need = plan.routes[r].visits[v].need;
            plan.routes[r].visits[v].need = std::mem::replace(&mut plan.routes[other].visits[w].need, need);
            "two needs swapped"
        }
        3 => {
            plan.routes[r].visits.remove(v);
            "a visit dropped"
        }
        4 | 5 => {
            let need = plan.routes[r].visits.remove(v).need;
            plan.unserved.push(need);
            "a visit given up"
        }
        6 => {
            let visit = plan.routes[r].visits[v];
            plan.routes[r].visits.insert(v, visit);
            "a visit doubled"
        }
        7 => {
            plan.unserved.push(NeedId::new(random.random_range(0..problem.needs().len())));
            "a need listed"
        }
        8 => {
            plan.routes[r].unit = UnitId(random.random_range(0..problem.units().len() as u32));
            "a route handed on"
        }
        9.. => retime(random, problem, &mut plan.routes[r], v, kind),
    }
}

/// One random change of a time of a route, often to the very edge of what is allowed.
fn retime(random: &mut impl Rng, problem: &Problem, route: &mut Route, v: usize, kind: u32) -> &'static str {
    let unit = problem.unit(route.unit);
    let need = problem.need(route.visits[v].need);
    let service = problem.service(problem.first_slot(route.visits[v].need), unit.volunteer);
    let due = &problem.volunteer(unit.volunteer).shifts[unit.shift as usize].breaks;
    let visit = &mut route.visits[v];
    match kind {
        9 => {
            visit.start += step(random);
            "a start moved"
        }
        10 => {
            let by = step(random);
            visit.start += by;
            visit.end += by;
            "a service moved"
        }
        11 | 12 => {
            let mut edges = need.stops[0].windows.iter().flat_map(|w| [w.from, w.to]).collect::<Vec<_>>();
            edges.extend(need.promise.and_then(|p| p.start_by));
            edges.extend(need.promise.and_then(|p| p.finish_by).map(|finish| finish - service));
            edges.push(visit.arrival + problem.place(need.stops[0].place).setup);
            visit.start = edges[random.random_range(0..edges.len())] + around(random);
            visit.end = visit.start + service;
            "a service moved to an edge"
        }
        13 => {
            visit.end += step(random);
            "an end moved"
        }
        14 => {
            visit.arrival += step(random);
            "an arrival moved"
        }
        15 => {
            route.departure += step(random);
            "the departure moved"
        }
        16 => {
            route.finish += step(random);
            "the finish moved"
        }
        17 => {
            if random.random_bool(0.5) {
                route.departure = unit.start + around(random);
            } else {
                route.finish = unit.end + around(random);
            }
            "a route stretched to its shift"
        }
        18 => {
            let start = route.visits[v].arrival + step(random);
            let duration = Seconds(random.random_range(1..1800));
            route.breaks.push(Rest::new(start, duration));
            route.breaks.sort_by_key(|rest| rest.start);
            "a break added"
        }
        _ => match route.breaks.len() {
            0 => "no break to change",
            count => {
                let b = random.random_range(0..count);
                match random.random_range(0..4) {
                    0 => {
                        route.breaks.remove(b);
                    }
                    1 => route.breaks[b].start += step(random),
                    2 => route.breaks[b].duration = (route.breaks[b].duration + step(random)).max(Seconds(1)),
                    _ => {
                        let edges = due.iter().flat_map(|d| [d.earliest, d.latest]).collect::<Vec<_>>();
                        if !edges.is_empty() {
                            route.breaks[b].start =
                                edges[random.random_range(0..edges.len())] + around(random);
                        }
                    }
                }
                "a break changed"
            }
        },
    }
}
