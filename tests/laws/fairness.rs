//! Laws of the frontier of efficiency against fairness.

use qise::Stop;
use qise::fairness::{Mark, frontier, weighed};
use qise::model::{Objective, Term, Weighted};
use qise::plan::evaluate;
use qise::solve::{Options, solve_with};

use crate::solver::{mixes, run_with};
use crate::support::goods::with_goods;
use crate::support::together::{with_crews, with_parties};
use crate::support::{Mix, problem};

const WEIGHTS: [u32; 4] = [1000, 0, 3, 50];

#[test]
fn a_frontier_is_valid_and_grows_fairer_at_a_cost() {
    let (mut fairer, mut dominated, mut repeated) = (0, 0, 0);
    for seed in 0..24 {
        // Where hardly anything can be served there is nothing to share out.
        let mix = Mix { tight: seed % 8 == 7, odd_travel: false, ..Mix::all(24, 8) };
        let problem = problem(seed, mix);
        let term = [Term::Load, Term::Spread, Term::LoadRange, Term::LoadWorst][seed as usize % 4];
        let found = frontier(&problem, term, &WEIGHTS, &Options::default(), &Stop::iterations(150))
            .expect("light weights");
        assert_eq!(found.points.len(), WEIGHTS.len(), "seed {seed}");
        let with = |weight| {
            let objective = weighed(problem.objective(), term, weight).expect("other terms");
            problem.replace(|data| data.objective = objective).expect("valid")
        };
        for point in &found.points {
            let judged = evaluate(&problem, &point.plan);
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            assert_eq!(judged, point.evaluation, "seed {seed}");
            assert_eq!(point.unfairness, judged.score.terms.get(term), "seed {seed}");
            assert_eq!(point.efficiency, evaluate(&with(0), &point.plan).score.levels, "seed {seed}");
            // No point is worse for its weight than one that was found before it.
            let own = with(point.weight);
            let score = |plan| evaluate(&own, plan).score.levels;
            for sooner in found.points.iter().filter(|other| other.weight < point.weight) {
                assert!(score(&point.plan) <= score(&sooner.plan), "seed {seed}");
            }
            let better = |other: &qise::fairness::Point| {
                let (one, two) =
                    ((&other.efficiency, other.unfairness), (&point.efficiency, point.unfairness));
                one.0 <= two.0 && one.1 <= two.1 && one != two
            };
            let is_dominated = found.points.iter().any(better);
            assert_eq!(point.mark == Mark::Dominated, is_dominated, "seed {seed}");
            dominated += usize::from(is_dominated);
            repeated += usize::from(point.mark == Mark::Repeated);
        }
        let efficient = found.efficient().collect::<Vec<_>>();
        assert!(!efficient.is_empty(), "seed {seed}");
        for pair in efficient.windows(2) {
            assert!(pair[0].efficiency < pair[1].efficiency, "seed {seed}: efficiency falls");
            assert!(pair[0].unfairness > pair[1].unfairness, "seed {seed}: fairness grows");
        }
        let at = |weight| found.points.iter().find(|point| point.weight == weight).expect("a point each");
        fairer += usize::from(at(1000).unfairness < at(0).unfairness);
    }
    assert!(
        fairer >= 12,
        "{fairer} of 24 are fairer at the greatest weight; {dominated} dominated, {repeated} repeated"
    );
}

#[test]
fn a_weight_goes_where_the_term_stood() {
    let usual = Objective::default();
    let without = weighed(&usual, Term::Load, 0).expect("other terms");
    assert!(!without.uses(Term::Load) && without.levels.len() == 4);
    let with = weighed(&usual, Term::Load, 7).expect("other terms");
    assert!(with.levels[3].iter().any(|w| (w.term, w.weight) == (Term::Load, 7)));
    let first = Objective::ordered(&[Term::Spread, Term::UnservedPriority, Term::TravelTime]);
    let moved = weighed(&first, Term::Spread, 5).expect("other terms");
    assert_eq!(moved.levels.len(), 2, "a level of its own makes no frontier");
    assert_eq!(moved.levels[1][1].term, Term::Spread);
    assert!(weighed(&Objective::ordered(&[Term::Load]), Term::Load, 3).is_none());
}

#[test]
fn a_frontier_is_the_same_on_any_number_of_threads_and_refuses_what_cannot_be() {
    let problem = problem(5, Mix::all(15, 4));
    let find = |threads, weights: &[u32]| {
        let options = Options { threads, ..Options::default() };
        frontier(&problem, Term::Load, weights, &options, &Stop::iterations(100))
    };
    assert_eq!(find(1, &[0, 9]).expect("valid"), find(2, &[9, 0, 9]).expect("valid"));
    assert!(find(1, &[]).expect("valid").points.is_empty());
    let heavy = problem.replace(|data| {
        data.volunteers.iter_mut().for_each(|v| v.ledger.worked = qise::model::Seconds(1_000_000_000));
    });
    let faults = frontier(
        &heavy.expect("valid"),
        Term::Load,
        &[1_000_000_000],
        &Options::default(),
        &Stop::iterations(1),
    );
    assert!(faults.is_err_and(|faults| faults.0[0].code == qise::model::Code::ObjectiveOverflow));
}

#[test]
fn shares_of_offered_time_are_kept_as_the_judge_counts_them() {
    let mut out = 0;
    for (seed, mix) in mixes().take(60) {
        let plain = problem(seed, mix);
        let plain = match seed % 4 {
            0 => with_crews(seed, &plain),
            1 => with_parties(seed, &plain),
            2 => with_goods(seed, &plain),
            _ => plain,
        };
        let weigh = |term, weight| Weighted { term, weight };
        let fair = |range, worst| vec![weigh(Term::LoadRange, range), weigh(Term::LoadWorst, worst)];
        let effort = [weigh(Term::TravelTime, 3), weigh(Term::People, 100)];
        let problem = plain.replace(|data| {
            data.objective.levels = match seed % 3 {
                // Alone, and so the only reason to count time at work; in a level of its own; beside effort.
                0 => vec![vec![weigh(Term::UnservedPriority, 1)], fair(3, 1)],
                1 => vec![vec![weigh(Term::UnservedPriority, 1)], fair(1, 1), effort.to_vec()],
                _ => vec![vec![weigh(Term::UnservedPriority, 1)], [&fair(40, 7)[..], &effort].concat()],
            };
        });
        let problem = problem.expect("another objective is as valid");
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(250), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            assert_eq!(judged.score.levels, progress.score.levels, "seed {seed}");
            for term in [Term::LoadRange, Term::LoadWorst, Term::WorkTime] {
                assert_eq!(
                    judged.score.terms.get(term),
                    progress.score.terms.get(term),
                    "seed {seed}: {term:?}"
                );
            }
        });
        assert_eq!(solved.evaluation, evaluate(&problem, &solved.plan), "seed {seed}");
        let threads = Options { threads: 2, ..Options::default() };
        assert_eq!(run_with(&problem, &threads, 250).plan, solved.plan, "seed {seed}");
        out += solved.plan.routes.len();
    }
    assert!(out > 100, "{out}");
}
