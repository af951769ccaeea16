use super::*;
use crate::base::Random;
use crate::model::{SlotId, Term, Terms, Time, UnitId};
use crate::plan::evaluate;
use crate::solve::instance::Instance;
use crate::tests::{instance, planned, varied};

/// What the plan counts, and what the judge counts of it.
fn agree(instance: &Instance<'_>, plan: &WorkingPlan, seed: u64) {
    let judged = evaluate(instance.problem, &export::to_plan(plan, instance));
    assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
    let kept = plan.all_terms(instance.problem);
    for (term, value) in judged.score.terms.iter() {
        assert_eq!(kept.get(term), value, "seed {seed}: {term}");
    }
}

/// Takes a few visits out of a random route.
fn ruin(instance: &Instance<'_>, plan: &mut WorkingPlan, random: &mut Random) -> Vec<SlotId> {
    let out = |unit: &UnitId| !plan.route(*unit).visits.is_empty();
    let units = instance.problem.unit_ids().filter(out).collect::<Vec<_>>();
    let mut removed = Vec::new();
    if units.is_empty() {
        return removed;
    }
    let unit = units[random.below(units.len() as u32) as usize];
    let count = plan.route(unit).visits.len();
    let first = random.below(count as u32) as usize;
    let positions = (first..count.min(first + 2)).collect::<Vec<_>>();
    plan.take_out(instance, unit, &positions, &mut removed);
    removed
}

/// Everything that a plan knows and shows.
fn state(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
) -> (Terms, crate::plan::Plan, Vec<SlotId>, Vec<Time>, i64, i64) {
    let mut unserved = plan.unserved().to_vec();
    unserved.sort_unstable();
    (
        plan.all_terms(instance.problem),
        export::to_plan(plan, instance),
        unserved,
        plan.releases().to_vec(),
        plan.terms.last_ends.guidance,
        plan.terms.spread_growth(instance, UnitId(0), crate::model::Seconds(0)),
    )
}

#[test]
fn a_plan_counts_what_the_judge_counts_after_every_change() {
    for seed in 0..128 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let mut random = Random::new(seed, 1);
        let mut plan = planned(&instance);
        agree(&instance, &plan, seed);
        for _ in 0..4 {
            let removed = ruin(&instance, &mut plan, &mut random);
            assert!(removed.iter().all(|&slot| plan.is_unserved(slot)), "seed {seed}");
            agree(&instance, &plan, seed);
        }
    }
}

#[test]
fn what_is_undone_was_never_done() {
    let mut changed = 0;
    for seed in 0..128 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let mut random = Random::new(seed, 2);
        let mut plan = planned(&instance);
        let before = state(&instance, &plan);
        plan.begin();
        ruin(&instance, &mut plan, &mut random);
        let middle = state(&instance, &plan);
        let outer = plan.begin_inner();
        ruin(&instance, &mut plan, &mut random);
        plan.undo_inner(&instance, outer);
        assert_eq!(state(&instance, &plan), middle, "seed {seed}: the inner trial");
        plan.undo(&instance);
        assert_eq!(state(&instance, &plan), before, "seed {seed}");
        changed += usize::from(middle != before);
        // What is kept beside the terms is right too: the next changes count on it.
        ruin(&instance, &mut plan, &mut random);
        agree(&instance, &plan, seed);
    }
    assert!(changed > 100, "{changed}");
}

#[test]
fn a_plan_that_follows_another_becomes_it() {
    for seed in 0..128 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let mut random = Random::new(seed, 3);
        let full = planned(&instance);
        let mut other = full.clone();
        for _ in 0..3 {
            ruin(&instance, &mut other, &mut random);
        }
        let mut plan = full;
        let units = problem.unit_ids().collect::<Vec<_>>();
        plan.follow(&instance, &other, &units);
        assert_eq!(
            crate::solve::state::export::to_plan(&plan, &instance),
            crate::solve::state::export::to_plan(&other, &instance),
            "seed {seed}"
        );
        agree(&instance, &plan, seed);
    }
}

#[test]
fn growth_tells_every_term_of_an_insertion() {
    let mut compared = 0;
    for seed in 0..128 {
        let problem = varied(seed);
        let instance = instance(&problem);
        if !instance.precedence.is_empty() || !instance.depot_calls.is_empty() {
            continue;
        }
        let mut plan = planned(&instance);
        let mut random = Random::new(seed, 4);
        for slot in ruin(&instance, &mut plan, &mut random) {
            let fits = problem.unit_ids().find_map(|unit| {
                let mut visits = plan.route(unit).visits.clone();
                visits.push(slot);
                let mut other = plan.clone();
                let may = instance.is_compatible(slot, unit) && !instance.is_ride(slot);
                (may && other.try_route(&instance, unit, &visits)).then_some((unit, other))
            });
            let Some((unit, other)) = fits else { continue };
            compared += 1;
            let growth = plan.terms.growth(
                &instance,
                &plan.routes,
                (unit, &other.route(unit).totals),
                instance.slot(slot),
            );
            for (term, before) in plan.all_terms(&problem).iter() {
                if ![Term::Makespan, Term::Spread, Term::LoadRange, Term::LoadWorst].contains(&term) {
                    let after = other.all_terms(&problem).get(term);
                    assert_eq!(growth.get(term), after - before, "seed {seed}: {term}");
                }
            }
        }
    }
    assert!(compared > 5, "{compared}");
}
