//! Laws of the solver. In these builds every accepted move is also held against the judge (`solve::check`).

use qise::model::{NeedId, Objective, Term, Time, UnitId, Weighted};
use qise::plan::{Plan, Rest, Route, Score, Visit, evaluate};
use qise::solve::{Options, Solved, solve, solve_with};
use qise::{Problem, Stop};

use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links, with_parties};
use crate::support::{Mix, problem};

/// What as many steps find.
pub(crate) fn run(problem: &Problem, iterations: u64) -> Solved {
    run_with(problem, &Options::default(), iterations)
}

pub(crate) fn run_with(problem: &Problem, options: &Options, iterations: u64) -> Solved {
    solve(problem, options, &Stop::iterations(iterations))
}

/// The same problem; where the seed is odd with a last level of all terms that its objective does not count.
pub(crate) fn counting_all(seed: u64, problem: Problem) -> Problem {
    if seed.is_multiple_of(2) {
        return problem;
    }
    let counted = problem.replace(|data| {
        let others = Term::ALL.iter().filter(|&&term| !data.objective.uses(term));
        let level = others.map(|&term| Weighted { term, weight: 1 }).collect::<Vec<_>>();
        data.objective.levels.push(level);
    });
    counted.expect("more terms are as valid")
}

/// What the search has reckoned, step by step, is what the judge finds, term by term of those that count.
pub(crate) fn same_score(problem: &Problem, judged: &Score, reckoned: &Score, what: &str) {
    assert_eq!(judged.levels, reckoned.levels, "{what}");
    for &term in Term::ALL.iter().filter(|&&term| problem.objective().uses(term)) {
        assert_eq!(judged.terms.get(term), reckoned.terms.get(term), "{what}: {term}");
    }
}

pub(crate) fn mixes() -> impl Iterator<Item = (u64, Mix)> {
    (0..120).map(|seed| {
        let (needs, volunteers) = [(12, 4), (25, 6), (6, 2), (40, 5)][seed as usize % 4];
        let mix = Mix {
            breaks: seed % 3 != 0,
            shifts: seed % 5 < 3,
            soft: seed % 7 < 5,
            tight: seed % 2 == 0,
            windows: seed % 11 < 7,
            odd_travel: seed % 13 == 0,
            loads: seed % 3 == 1,
            ..Mix::all(needs, volunteers)
        };
        (seed, mix)
    })
}

#[test]
fn nobody_goes_out_for_what_does_not_pay() {
    for seed in 0..40 {
        let mix = Mix { odd_travel: false, ..Mix::all(20, 4) };
        let problem = problem(seed, mix).replace(|data| {
            data.needs.iter_mut().for_each(|need| need.mandatory = false);
            data.needs.iter_mut().for_each(|need| need.roles[0].pin = None);
            let weigh = |term, weight| Weighted { term, weight };
            data.objective = Objective {
                levels: vec![vec![weigh(Term::UnservedPriority, 700), weigh(Term::TravelTime, 1)]],
            };
        });
        let problem = problem.expect("another objective is as valid");
        let idle = evaluate(&problem, &Plan::empty(&problem)).score.levels;
        for iterations in [0, 1, 2000] {
            let found = run(&problem, iterations).evaluation.score.levels;
            assert!(found <= idle, "seed {seed}, {iterations} steps: {found:?}, nobody out {idle:?}");
        }
    }
}

#[test]
fn plans_are_valid_and_scored_as_the_judge_scores() {
    for (seed, mix) in mixes() {
        let problem = counting_all(seed, problem(seed, mix));
        let mut reports = 0;
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(300), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            same_score(&problem, &judged.score, progress.score, &format!("seed {seed}"));
            assert_eq!(progress.plan().unserved.len(), progress.unserved(), "seed {seed}");
            reports += 1;
        });
        assert!(reports > 0, "seed {seed}");
        let judged = evaluate(&problem, &solved.plan);
        assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
        assert_eq!(judged, solved.evaluation, "seed {seed}");
    }
}

#[test]
fn crews_come_together_or_not_at_all() {
    let mut crews = 0;
    for (seed, mix) in mixes() {
        let problem = counting_all(seed, with_crews(seed, &problem(seed, mix)));
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(400), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            same_score(&problem, &judged.score, progress.score, &format!("seed {seed}"));
        });
        assert_eq!(solved.evaluation.violations, [], "seed {seed}");
        let served = solved.plan.visits().filter(|(_, visit)| problem.need(visit.need).people() > 1);
        crews += served.count();
        // A plan with crews is taken up again whole.
        let warm = Options { warm: Some(solved.plan.clone()), ..Options::default() };
        let again = run_with(&problem, &warm, 0);
        assert!(!solved.evaluation.score.better_than(&again.evaluation.score), "seed {seed}");
        let threads = Options { threads: 2, ..Options::default() };
        assert_eq!(run_with(&problem, &threads, 400).plan, solved.plan, "seed {seed}");
    }
    assert!(crews > 300, "{crews}");
}

#[test]
fn rides_are_made_whole_in_order_by_one_person() {
    let (mut rides, mut apart) = (0, 0);
    for (seed, mix) in mixes() {
        let mut problem = with_rides(seed, &problem(seed, mix));
        if seed % 3 == 1 {
            problem = with_crews(seed, &problem);
        }
        if seed % 4 == 2 {
            problem = with_links(seed, &problem);
        }
        let problem = counting_all(seed, problem);
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(400), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            same_score(&problem, &judged.score, progress.score, &format!("seed {seed}"));
        });
        assert_eq!(solved.evaluation.violations, [], "seed {seed}");
        for route in &solved.plan.routes {
            let last = |need: NeedId| route.visits.iter().rposition(|visit| visit.need == need);
            for (v, visit) in route.visits.iter().enumerate().filter(|(_, visit)| visit.stop == 0) {
                let is_ride = problem.need(visit.need).is_ride();
                rides += usize::from(is_ride);
                // Something else is done on the way.
                let stops = problem.need(visit.need).stops.len();
                apart += usize::from(is_ride && last(visit.need).is_some_and(|last| last - v >= stops));
            }
        }
        let threads = Options { threads: 2, ..Options::default() };
        assert_eq!(run_with(&problem, &threads, 400).plan, solved.plan, "seed {seed}");
        let warm = Options { warm: Some(solved.plan.clone()), ..Options::default() };
        let again = run_with(&problem, &warm, 0);
        assert!(!solved.evaluation.score.better_than(&again.evaluation.score), "seed {seed}");
    }
    assert!(rides > 100 && apart > 30, "{rides} {apart}");
}

#[test]
fn parties_stay_together_and_bring_what_is_asked() {
    let (mut parties, mut outsourced) = (0, 0);
    for (seed, mix) in mixes() {
        let mut problem = problem(seed, mix);
        if seed % 4 == 1 {
            problem = with_crews(seed, &problem);
        }
        problem = with_parties(seed, &problem);
        if seed % 3 == 2 {
            problem = with_links(seed, &problem);
        }
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(400), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            for &level in &[Term::UnservedPriority, Term::Makespan] {
                assert_eq!(judged.score.terms.get(level), progress.score.terms.get(level), "seed {seed}");
            }
        });
        assert_eq!(solved.evaluation.violations, [], "seed {seed}");
        parties += solved.plan.routes.iter().filter(|route| !route.company.is_empty()).count();
        outsourced += solved.plan.outsourced.len();
        let threads = Options { threads: 2, ..Options::default() };
        assert_eq!(run_with(&problem, &threads, 400).plan, solved.plan, "seed {seed}");
        // A plan with parties is taken up again, and kept where the search finds no better.
        let warm = Options { warm: Some(solved.plan.clone()), ..Options::default() };
        let again = run_with(&problem, &warm, 30);
        assert_eq!(again.evaluation.violations, [], "seed {seed}");
        assert!(!solved.evaluation.score.better_than(&again.evaluation.score), "seed {seed}");
    }
    assert!(parties > 40 && outsourced > 100, "{parties} {outsourced}");
}

#[test]
fn links_hold_whatever_is_moved() {
    let mut linked = 0;
    for (seed, mix) in mixes() {
        let problem = problem(seed, mix);
        // With crews and without: a need for one person is linked as well.
        let problem = with_links(seed, &if seed % 2 == 0 { with_crews(seed, &problem) } else { problem });
        let problem = counting_all(seed, problem);
        let solved = solve_with(&problem, &Options::default(), &Stop::iterations(400), &mut |progress| {
            let judged = evaluate(&problem, &progress.plan());
            assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
            same_score(&problem, &judged.score, progress.score, &format!("seed {seed}"));
        });
        assert_eq!(solved.evaluation.violations, [], "seed {seed}");
        let served = |need| !solved.plan.unserved.contains(&need);
        linked += problem.links().iter().filter(|link| served(link.from) && served(link.to)).count();
        let warm = Options { warm: Some(solved.plan.clone()), ..Options::default() };
        let again = run_with(&problem, &warm, 0);
        assert_eq!(again.evaluation.violations, [], "seed {seed}");
        assert!(!solved.evaluation.score.better_than(&again.evaluation.score), "seed {seed}");
    }
    assert!(linked > 100, "{linked}");
}

#[test]
fn no_idle_person_could_serve_what_is_left() {
    for (seed, mix) in mixes() {
        let problem = problem(seed, mix);
        let solved = run(&problem, 100);
        let busy = solved.plan.routes.iter().map(|r| problem.unit(r.unit).volunteer).collect::<Vec<_>>();
        for &need in &solved.plan.unserved {
            for unit in problem.unit_ids().filter(|&u| !busy.contains(&problem.unit(u).volunteer)) {
                if let Some(route) = alone(&problem, need, unit) {
                    let mut plan = solved.plan.clone();
                    plan.routes.push(route);
                    plan.unserved.retain(|&n| n != need);
                    assert!(
                        !evaluate(&problem, &plan).is_valid(),
                        "seed {seed}: {need:?} could go to {unit:?}"
                    );
                }
            }
        }
    }
}

/// The plainest route for one need: there as early as the shift allows, back at once. The judge says whether it may be.
fn alone(problem: &Problem, need: NeedId, id: UnitId) -> Option<Route> {
    let unit = problem.unit(id);
    let place = problem.need_place(need);
    let travel = problem.travel().seconds(unit.mode, unit.from, place);
    let setup = if unit.from == place { qise::model::Seconds::ZERO } else { problem.place(place).setup };
    let ready = unit.start + travel + setup;
    let pin = problem.need(need).roles[0].pin.and_then(|p| p.start);
    let windows = &problem.need(need).stops[0].windows;
    let start: Time = pin.or_else(|| windows.iter().find(|w| w.to >= ready).map(|w| w.from.max(ready)))?;
    let end = start + problem.service(problem.first_slot(need), unit.volunteer);
    let back =
        unit.to.map_or(qise::model::Seconds::ZERO, |to| problem.travel().seconds(unit.mode, place, to));
    let departure = start - setup - travel;
    let breaks: Vec<Rest> = Vec::new();
    let visit = Visit { need, role: 0, stop: 0, arrival: start - setup, start, end };
    Some(Route {
        unit: id,
        company: vec![],
        departure,
        visits: vec![visit],
        calls: vec![],
        breaks,
        finish: end + back,
    })
}

#[test]
fn the_same_answer_on_any_number_of_threads() {
    for (seed, mix) in mixes().take(24) {
        let problem = problem(seed, mix);
        let one = run(&problem, 200);
        let two = run_with(&problem, &Options { threads: 2, ..Options::default() }, 200);
        let again = run_with(&problem, &Options { threads: 3, ..Options::default() }, 200);
        assert_eq!(one.plan, two.plan, "seed {seed}");
        assert_eq!(one.plan, again.plan, "seed {seed}");
        assert_eq!(one.statistics, two.statistics);
    }
}

#[test]
fn feeding_a_plan_back_never_worsens_it() {
    for (seed, mix) in mixes().take(60) {
        let problem = problem(seed, mix);
        let mut last: Option<(Plan, qise::plan::Score)> = None;
        for round in 0..3 {
            let warm = last.as_ref().map(|(plan, _)| plan.clone());
            let solved = run_with(&problem, &Options { warm, seed: round, ..Options::default() }, 30);
            if let Some((_, score)) = &last {
                assert!(!score.better_than(&solved.evaluation.score), "seed {seed} round {round}");
            }
            assert!(
                solved.evaluation.is_valid(),
                "seed {seed} round {round}: {:?}",
                solved.evaluation.violations
            );
            last = Some((solved.plan, solved.evaluation.score));
        }
    }
}

#[test]
fn a_cancelled_search_returns_a_valid_plan() {
    for (seed, mix) in mixes().take(40) {
        let problem = problem(seed, mix);
        for stop in [Stop::after(0.0), Stop::when(|| true)] {
            let solved = solve(&problem, &Options::default(), &stop);
            assert!(solved.evaluation.is_valid(), "seed {seed}: {:?}", solved.evaluation.violations);
        }
    }
}
