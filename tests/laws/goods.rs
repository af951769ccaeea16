//! Laws of goods, depots and vehicles: nothing is ever short, no unit is in two places, nobody has a vehicle that another has.
//!
//! The judge looks at every plan on the way, and in these builds at every accepted move.

use std::sync::atomic::{AtomicU64, Ordering};

use qise::plan::{Plan, evaluate};
use qise::solve::{Options, solve, solve_with};
use qise::{Problem, Stop};

use crate::solver::{counting_all, mixes, run, run_with, same_score};
use crate::support::goods::{with_goods, with_vehicles};
use crate::support::problem;
use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links};

/// Problems with goods, of which a part has crews, rides, links or vehicles too.
fn problems() -> impl Iterator<Item = (u64, Problem)> {
    mixes().map(|(seed, mix)| {
        let mut problem = problem(seed, mix);
        if seed % 6 == 1 {
            problem = with_rides(seed, &problem);
        }
        if seed % 5 == 1 {
            problem = with_crews(seed, &problem);
        }
        if seed % 7 == 2 {
            problem = with_links(seed, &problem);
        }
        if !seed.is_multiple_of(8) {
            problem = with_goods(seed, &problem);
        }
        if seed.is_multiple_of(2) {
            problem = with_vehicles(seed, &problem);
        }
        (seed, problem)
    })
}

fn judge(problem: &Problem, plan: &Plan, what: &str) {
    let judged = evaluate(problem, plan);
    assert!(judged.is_valid(), "{what}: {:?}", judged.violations);
}

#[test]
fn nothing_is_ever_short_and_no_vehicle_is_taken_twice() {
    let (mut calls, mut gives, mut vehicles) = (0, 0, 0);
    for (seed, problem) in problems() {
        let problem = counting_all(seed, problem);
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(400), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            same_score(&problem, &judged.score, progress.score, &format!("seed {seed}"));
        });
        assert_eq!(solved.evaluation.violations, [], "seed {seed}");
        for route in &solved.plan.routes {
            calls += route.calls.len();
            gives += route.calls.iter().filter(|call| !call.gives.is_empty()).count();
            vehicles += usize::from(problem.unit(route.unit).vehicle.is_some());
        }
        let threads = Options { threads: 2, ..Options::default() };
        assert_eq!(run_with(&problem, &threads, 400).plan, solved.plan, "seed {seed}");
    }
    assert!(calls > 150 && gives > 30 && vehicles > 10, "{calls} calls, {gives} gives, {vehicles} vehicles");
}

#[test]
fn nothing_is_short_after_a_warm_start_a_cancelled_search_or_a_change_of_stock() {
    for (seed, problem) in problems().filter(|(seed, _)| seed.is_multiple_of(3)) {
        let solved = run(&problem, 200);
        let warm = Options { warm: Some(solved.plan.clone()), ..Options::default() };
        let again = run_with(&problem, &warm, 0);
        judge(&problem, &again.plan, "warm");
        assert!(!solved.evaluation.score.better_than(&again.evaluation.score), "seed {seed}");
        // Cut off at any moment.
        for steps in [0, 1, 3, 17] {
            let asked = AtomicU64::new(0);
            let spent = move || if asked.fetch_add(1, Ordering::Relaxed) >= steps { 1.0 } else { 0.0 };
            let stop = Stop::iterations(200) | Stop::measured(spent);
            judge(&problem, &solve(&problem, &Options::default(), &stop).plan, "cancelled");
        }
        // Half of everything is gone: the old plan is taken up as far as it goes.
        let less = problem.replace(|data| {
            for stock in data.depots.iter_mut().flat_map(|depot| &mut depot.stocks) {
                stock.amount = stock.amount.map(|amount| amount / 2);
            }
        });
        let less = less.expect("less of everything is as valid");
        let warm = Options { warm: Some(solved.plan), ..Options::default() };
        judge(&less, &run_with(&less, &warm, 50).plan, "less stock");
    }
}
