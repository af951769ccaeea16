//! What would help, against every plan there is of the changed problem.

use qise::improve::{Change, ChangeLimits, Improver, Options, Outcome, Status};
use qise::model::{Metres, NeedId, Seconds, Term};
use qise::plan::{Plan, evaluate};
use qise::{Problem, Stop, solve};

use super::brute_force::{additive, mix};
use super::verdicts::{bit, servable, set_of};
use crate::support::problem;

/// Makes a change by hand.
fn changed(problem: &Problem, changes: &[Change]) -> Problem {
    let make = |data: &mut qise::ProblemData| {
        for change in changes {
            match change {
                Change::Window { need, sooner, later } => {
                    let need = &mut data.needs[need.index()];
                    for window in need.stops.iter_mut().flat_map(|stop| &mut stop.windows) {
                        window.from = window.from - *sooner;
                        window.to += *later;
                    }
                    for stop in &mut need.stops {
                        stop.windows.dedup_by(|later, first| {
                            let meets = later.from <= first.to;
                            if meets {
                                first.to = first.to.max(later.to);
                            }
                            meets
                        });
                    }
                    if let Some(promise) = need.promise.as_mut().filter(|promise| promise.hard) {
                        promise.start_by = promise.start_by.map(|by| by + *later);
                        promise.finish_by = promise.finish_by.map(|by| by + *later);
                    }
                }
                Change::Radius { who, by } => {
                    let radius = &mut data.volunteers[who.index()].max_radius;
                    *radius = radius.map(|radius| radius + *by);
                }
                Change::Newcomer(newcomer) => data.volunteers.push((**newcomer).clone()),
                Change::Stock { .. } | Change::Hours { .. } | Change::Skill { .. } => {
                    panic!("{change:?} is of no use here")
                }
            }
        }
    };
    problem.replace(make).expect("changes leave a problem valid")
}

/// How much priority a plan leaves.
fn left(problem: &Problem, plan: &Plan) -> i64 {
    evaluate(problem, plan).score.terms.get(Term::UnservedPriority)
}

fn asked(problem: &Problem, farthest: ChangeLimits) -> (Plan, Vec<Outcome>) {
    let plan = solve::solve(problem, &solve::Options::default(), &Stop::iterations(100)).plan;
    let options = Options { farthest, steps: 100, ..Options::default() };
    let never = Stop::never();
    let improver = Improver::new(problem, &plan, options, &never);
    (improver.plan().clone(), improver.remedies(&plan.unserved))
}

#[test]
fn every_remedy_serves_its_need_and_no_proof_is_wrong() {
    let (mut remedies, mut proofs, mut kinds) = (0, 0, [0; 3]);
    for seed in 0..200 {
        let problem = additive(&problem(seed, mix(seed)));
        let farthest = match seed % 4 {
            0 => ChangeLimits::FARTHEST,
            1 => ChangeLimits { people: 0, ..ChangeLimits::FARTHEST },
            2 => ChangeLimits {
                sooner: Seconds(3600),
                later: Seconds(1200),
                people: 0,
                ..ChangeLimits::FARTHEST
            },
            _ => ChangeLimits {
                radius: Metres(5000),
                people: 0,
                sooner: Seconds(600),
                ..ChangeLimits::default()
            },
        };
        let (plan, outcomes) = asked(&problem, farthest);
        for outcome in &outcomes {
            for remedy in &outcome.remedies {
                let problem_then = changed(&problem, &remedy.changes);
                assert_eq!(problem_then.to_data(), remedy.problem.to_data(), "seed {seed}");
                let judged = evaluate(&problem_then, &remedy.plan);
                assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
                assert!(remedy.plan.served_needs().contains(&outcome.need), "seed {seed}");
                assert_eq!(outcome.status, Status::Helped, "seed {seed}");
                let levels = evaluate(&problem, &plan).score.levels;
                let grown = judged.score.levels.iter().zip(&levels).map(|(then, now)| then - now);
                let grown = grown.collect::<Vec<_>>();
                if plan.served_needs().contains(&outcome.need) {
                    assert_eq!((&remedy.plan, remedy.cost), (&plan, 0), "seed {seed}");
                    continue;
                }
                assert_eq!(grown, remedy.levels, "seed {seed}");
                assert_eq!(remedy.pays(), judged.score.levels <= levels, "seed {seed}");
                assert_eq!(remedy.gain, left(&problem, &plan) - left(&problem_then, &remedy.plan));
                assert!(remedy.gain > 0 && (remedy.cost > 0) != remedy.changes.is_empty(), "seed {seed}");
                for change in &remedy.changes {
                    within(&problem, &farthest, outcome.need, change);
                    kinds[match change {
                        Change::Window { .. } => 0,
                        Change::Radius { .. } => 1,
                        _ => 2,
                    }] += 1;
                }
                remedies += 1;
            }
            let per_minute = |r: &qise::improve::Suggestion| r.gain as f64 / r.cost.max(1) as f64;
            assert!(outcome.remedies.is_sorted_by(|a, b| per_minute(a) >= per_minute(b) - 1e-6));
            assert_ne!(outcome.status, Status::Untried, "seed {seed}: there is time");
            assert_eq!(outcome.proof.is_some(), outcome.status == Status::Proven, "seed {seed}");
            if outcome.proof.is_some() {
                assert!(outcome.remedies.is_empty());
                proofs += usize::from(farthest.people == 0);
                // Nobody joins, so that all there is can be tried.
                if farthest.people == 0 {
                    let all = loosest(&problem, &farthest, outcome.need);
                    let can = servable(&all);
                    let served =
                        can.iter().enumerate().any(|(set, &can)| can && set & bit(outcome.need) != 0);
                    assert!(!served, "seed {seed}: {:?}", outcome.need);
                }
            }
        }
    }
    assert!(
        remedies > 200 && proofs > 100 && kinds.iter().all(|&count| count > 15),
        "{remedies} {proofs} {kinds:?}"
    );
}

/// The problem with all changes within an extent that need nobody new.
fn loosest(problem: &Problem, farthest: &ChangeLimits, need: NeedId) -> Problem {
    let window = Change::Window { need, sooner: farthest.sooner, later: farthest.later };
    let people = (0..problem.volunteers().len()).map(qise::model::VolunteerId::new);
    let radii = people.map(|who| Change::Radius { who, by: farthest.radius });
    changed(problem, &std::iter::once(window).chain(radii).collect::<Vec<_>>())
}

fn within(problem: &Problem, farthest: &ChangeLimits, need: NeedId, change: &Change) {
    match change {
        Change::Window { need: of, sooner, later } => {
            assert_eq!(*of, need);
            assert!(*sooner <= farthest.sooner && *later <= farthest.later);
        }
        Change::Radius { who, by } => {
            assert!(*by <= farthest.radius && problem.volunteer(*who).max_radius.is_some());
        }
        Change::Newcomer(_) => assert!(farthest.people > 0),
        _ => panic!("{change:?}"),
    }
}

#[test]
fn a_window_is_no_wider_than_it_must_be() {
    let mut tight = 0;
    for seed in 0..120 {
        let problem = additive(&problem(seed, mix(seed)));
        let farthest =
            ChangeLimits { sooner: Seconds::ZERO, later: Seconds(4 * 3600), ..ChangeLimits::default() };
        let (plan, outcomes) = asked(&problem, farthest);
        for outcome in outcomes {
            for remedy in outcome.remedies.iter().filter(|remedy| !remedy.changes.is_empty()) {
                let [Change::Window { later, .. }] = remedy.changes[..] else {
                    panic!("{:?}", remedy.changes)
                };
                // Beside all that is served, no smaller step of those that are tried would do.
                let steps = [20, 40, 60, 90, 120, 180, 240].map(|minutes| Seconds(minutes * 60));
                let step = steps.into_iter().find(|&step| later <= step).expect("a step");
                let smaller = steps.into_iter().filter(|&smaller| smaller < step).max();
                let Some(smaller) = smaller else { continue };
                let change = Change::Window { need: outcome.need, sooner: Seconds::ZERO, later: smaller };
                let narrower = changed(&problem, &[change]);
                let offers = qise::query::PlanQuery::new(&narrower, &plan).rank(outcome.need, 1);
                assert!(
                    offers.is_some_and(|offers| offers.is_empty()),
                    "seed {seed}: {later:?} though {smaller:?} would do"
                );
                tight += 1;
            }
        }
    }
    assert!(tight > 10, "{tight}");
}

#[test]
fn what_is_said_to_raise_the_plan_does() {
    let (mut told, mut raised) = (0, 0);
    for seed in 0..60 {
        let problem = additive(&problem(seed, mix(seed)));
        let plan = solve::solve(&problem, &solve::Options::default(), &Stop::iterations(100)).plan;
        let options = Options { steps: 100, ..Options::default() };
        let never = Stop::never();
        let improver = Improver::new(&problem, &plan, options, &never);
        let worths = improver.worths(2).expect("small problems have shadow prices");
        for worth in &worths {
            assert!(evaluate(&worth.problem, &worth.plan).is_valid(), "seed {seed}");
            let gain = left(&problem, improver.plan()) - left(&worth.problem, &worth.plan);
            assert_eq!(worth.gain, gain.max(0), "seed {seed}");
            assert!(worth.price > 0.0 && worth.cost > 0, "seed {seed}");
            told += 1;
            raised += usize::from(worth.gain > 0);
        }
        // The same again, on two threads.
        let two = Improver::new(&problem, &plan, Options { threads: 2, ..options }, &never);
        let again = two.worths(2).expect("shadow prices");
        let key = |w: &qise::improve::Worth| (w.lever, w.change.clone(), w.gain, w.plan.clone());
        assert_eq!(worths.iter().map(key).collect::<Vec<_>>(), again.iter().map(key).collect::<Vec<_>>());
        assert_eq!(set_of(two.plan()), set_of(improver.plan()));
    }
    assert!(told > 60 && raised * 3 > told, "{raised} of {told}");
}
