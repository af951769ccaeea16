//! The law of bounds: no plan is beyond them, whatever the problem, the relaxation and the plan they are asked for.

use std::sync::atomic::{AtomicUsize, Ordering};

use qise::bound::{Bounds, Options, Relaxation, bound, quick};
use qise::model::{Objective, Term, Weighted};
use qise::plan::{Plan, Score, evaluate};
use qise::solve::{self, solve_with};
use qise::{Problem, Stop};

use crate::solver::{mixes, run};
use crate::support::goods::{with_goods, with_vehicles};
use crate::support::problem;
use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links, with_parties};

/// Problems of all features, alone and together.
fn problems() -> impl Iterator<Item = (u64, Problem)> {
    mixes().map(|(seed, mix)| {
        let mut problem = problem(seed, mix);
        if seed % 5 == 1 {
            problem = with_crews(seed, &problem);
        }
        if seed % 7 == 2 {
            problem = with_links(seed, &problem);
        }
        if seed % 8 == 3 {
            // Parties go without rides, goods and vehicles.
            problem = with_parties(seed, &problem);
        } else {
            if seed % 6 == 1 {
                problem = with_rides(seed, &problem);
            }
            if seed % 4 == 1 {
                problem = with_goods(seed, &problem);
            }
            if seed % 8 == 2 || seed % 8 == 1 {
                problem = with_vehicles(seed, &problem);
            }
        }
        let weigh = |term, weight| Weighted { term, weight };
        let problem = problem.replace(|data| match seed % 5 {
            1 => {
                let levels = [Term::UnservedPriority, Term::People, Term::Distance, Term::WorkTime];
                data.objective = Objective::ordered(&levels);
            }
            2 => {
                let weighed = vec![
                    weigh(Term::UnservedPriority, 900),
                    weigh(Term::TravelTime, 1),
                    weigh(Term::Late, 50),
                ];
                data.objective = Objective { levels: vec![weighed] };
            }
            3 => {
                let late =
                    vec![weigh(Term::Tardiness, 3), weigh(Term::Distance, 1), weigh(Term::Preferences, 2)];
                data.objective = Objective { levels: vec![vec![weigh(Term::Unserved, 1)], late] };
            }
            _ => {}
        });
        (seed, problem.expect("another objective is as valid"))
    })
}

/// The scores of plans that a search passes through, of the empty plan and of the last.
fn scores(problem: &Problem) -> Vec<Score> {
    let mut scores = vec![evaluate(problem, &Plan::empty(problem)).score];
    let mut seen = 0_u32;
    let solved = solve_with(problem, &solve::Options::default(), &Stop::iterations(150), &mut |progress| {
        seen += 1;
        if seen.is_power_of_two() {
            let judged = evaluate(problem, &progress.plan());
            assert!(judged.is_valid());
            scores.push(judged.score);
        }
    });
    scores.push(solved.evaluation.score);
    scores
}

/// Holds every plan against a bound that was asked for with one of them in mind.
fn holds(problem: &Problem, asked: Option<&Score>, found: &Bounds, scores: &[Score], what: &str) {
    for score in scores {
        let served = problem.asked_priority() - score.terms.get(Term::UnservedPriority);
        assert!(served <= found.priority.value, "{what}: {served} served, {:?}", found.priority);
        for level in &found.levels {
            let no_worse = match asked {
                Some(asked) => (0..level.level).all(|l| score.levels[l] <= asked.levels[l]),
                None => score.terms.get(Term::Unserved) == 0,
            };
            if no_worse {
                let value = score.levels[level.level];
                assert!(value >= level.bound.value, "{what}: {value} on a level, {:?}", level.bound);
            }
        }
    }
}

#[test]
fn no_plan_is_beyond_a_bound() {
    let (mut closed, mut served) = (0, 0);
    let mut by = vec![0; Relaxation::ALL.len()];
    for (seed, problem) in problems().take(48) {
        let scores = scores(&problem);
        let last = scores.last();
        for closest in [Relaxation::Hours, Relaxation::Knapsack, Relaxation::Routes] {
            let search = Options { rounds: Some(12), closest, ..Options::default() };
            // Plan, worse plan or none, by turns; the last plan always with the closest relaxation.
            let other = [last, scores.get(1), None][(seed as usize + closest as usize) % 3];
            let closely = if closest == Relaxation::Routes { vec![last, other] } else { vec![other] };
            for asked in closely {
                let found = bound(&problem, asked, &search, &Stop::never());
                by[found.priority.relaxation as usize] += 1;
                holds(&problem, asked, &found, &scores, &format!("seed {seed}, {closest:?}"));
                if closest == Relaxation::Routes && asked == last && found.priority.value > 0 {
                    closed += usize::from(found.priority.gap_percent() == Some(0.0));
                    served += 1;
                }
            }
        }
        holds(
            &problem,
            last,
            &quick(&problem, last, &Stop::never()),
            &scores,
            &format!("seed {seed}, quick"),
        );
    }
    // A bound that proves nothing would hold as well.
    assert!(closed * 7 > served, "{closed} of {served} priorities are proven to be the most: {by:?}");
    assert!(by[Relaxation::Routes as usize] > 0 && by[Relaxation::Knapsack as usize] > 0, "{by:?}");
}

#[test]
fn a_closer_relaxation_is_never_looser() {
    for (seed, problem) in problems().take(6) {
        let score = run(&problem, 100).evaluation.score;
        let mut before: Option<Bounds> = None;
        for &closest in Relaxation::ALL {
            let search = Options { rounds: Some(12), closest, ..Options::default() };
            let found = bound(&problem, Some(&score), &search, &Stop::never());
            if let Some(before) = before {
                assert!(found.priority.value <= before.priority.value, "seed {seed}, {closest:?}");
                for (closer, looser) in found.levels.iter().zip(&before.levels) {
                    assert!(closer.bound.value >= looser.bound.value, "seed {seed}, {closest:?}");
                }
            }
            before = Some(found);
        }
    }
}

#[test]
fn rounds_give_the_same_bound_on_any_number_of_threads() {
    for (seed, problem) in problems().take(12) {
        let score = run(&problem, 100).evaluation.score;
        let of = |threads| {
            let search = Options { rounds: Some(8), threads, ..Options::default() };
            bound(&problem, Some(&score), &search, &Stop::never())
        };
        let one = of(1);
        assert_eq!(one, of(2), "seed {seed}");
        assert_eq!(one, of(3), "seed {seed}");
    }
}

#[test]
fn a_search_that_is_stopped_at_any_moment_proves_what_it_says() {
    for (seed, problem) in problems().take(12) {
        let scores = scores(&problem);
        for most in [0, 1, 2, 5, 20, 60] {
            let calls = AtomicUsize::new(0);
            let stop = Stop::when(move || calls.fetch_add(1, Ordering::Relaxed) >= most);
            let found = bound(&problem, scores.last(), &Options::default(), &stop);
            holds(&problem, scores.last(), &found, &scores, &format!("seed {seed}, stop {most}"));
        }
    }
}
