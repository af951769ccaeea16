use super::*;
use crate::Problem;
use crate::tests::random::{self, Mix};
use crate::tests::{instance, planned};

/// A problem for people who come alone.
fn problem(seed: u64) -> Problem {
    let chance = |bit: u32| seed >> bit & 1 == 1;
    let mix = Mix {
        breaks: chance(0),
        shifts: chance(1),
        windows: chance(2),
        loads: chance(3),
        odd_travel: chance(4),
        tight: false,
        ..Mix::all(8, 3)
    };
    random::problem(seed, mix)
}

/// What the plan costs more where a visit stands there, without what the need left costs; nothing where it cannot.
fn tried(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId, at: usize) -> Option<i64> {
    let mut after = plan.clone();
    let mut visits = plan.route(unit).visits.clone();
    visits.insert(at, slot);
    let good = instance.is_compatible(slot, unit) && after.try_route(instance, unit, &visits);
    let worth = i128::from(instance.slot(slot).prize);
    good.then(|| i64::try_from(after.cost(instance) - plan.cost(instance) + worth).unwrap())
}

#[test]
fn the_cheapest_place_is_the_cheapest_of_all_that_are_tried() {
    let (mut found, mut nowhere) = (0, 0);
    for seed in 0..96 {
        let problem = problem(seed);
        let instance = instance(&problem);
        let mut plan = planned(&instance);
        let mut trial = PlaceFinder::keeping();
        for slot in problem.slot_ids() {
            plan.begin();
            if let Some(unit) = plan.unit_of(slot) {
                let at = plan.position(slot);
                plan.take_out(&instance, unit, &[at], &mut Vec::new());
            }
            for unit in problem.unit_ids().filter(|&unit| instance.is_compatible(slot, unit)) {
                let places = 0..=plan.route(unit).visits.len();
                let least = places.filter_map(|at| tried(&instance, &plan, slot, unit, at)).min();
                trial.know(None, &[]);
                let best = trial.best_in_route(&instance, &plan, slot, unit, i64::MAX, &mut || false);
                assert_eq!(best.map(|best| best.cost), least, "seed {seed}: {slot:?} {unit:?}");
                if let Some(best) = best {
                    let there = tried(&instance, &plan, slot, unit, best.at as usize);
                    assert_eq!(there, Some(best.cost), "seed {seed}: {slot:?} {unit:?}");
                    let below = trial.best_in_route(&instance, &plan, slot, unit, best.cost, &mut || false);
                    assert!(below.is_none(), "seed {seed}: nothing costs less");
                }
                found += usize::from(least.is_some());
                nowhere += usize::from(least.is_none());
            }
            plan.undo(&instance);
        }
    }
    assert!(found > 300 && nowhere > 50, "{found} {nowhere}");
}
