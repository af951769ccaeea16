use super::*;
use crate::solve::insertion::single::PlaceFinder;
use crate::tests::random::{self, Mix};
use crate::tests::{built, instance, line, person, planned, weighing};

#[test]
fn no_place_costs_less_than_the_bound() {
    let (mut compared, mut close) = (0, 0);
    for seed in 0..96 {
        let chance = |bit: u32| seed >> bit & 1 == 1;
        let mix = Mix {
            breaks: chance(0),
            shifts: chance(1),
            windows: chance(2),
            odd_travel: chance(3),
            tight: false,
            ..Mix::all(8, 3)
        };
        let problem = random::problem(seed, mix);
        let instance = instance(&problem);
        assert!(has_lower_bound(&instance));
        let mut plan = planned(&instance);
        let (mut trial, mut stretches) = (PlaceFinder::keeping(), Stretches::default());
        for slot in problem.slot_ids() {
            plan.begin();
            if let Some(unit) = plan.unit_of(slot) {
                let at = plan.position(slot);
                plan.take_out(&instance, unit, &[at], &mut Vec::new());
            }
            for unit in problem.unit_ids().filter(|&unit| instance.is_compatible(slot, unit)) {
                trial.know(None, &[]);
                let best = trial.best_in_route(&instance, &plan, slot, unit, i64::MAX, &mut || false);
                let Some(best) = best else { continue };
                let slack = RouteSlack::new(&instance, &plan, unit);
                let nothing = |_| Gain::default();
                let least =
                    stretches.lower_bound_in_route(&instance, &plan, (slot, unit), &slack, &[], nothing);
                assert!(least.is_some_and(|least| least <= best.cost), "seed {seed}: {slot:?} {unit:?}");
                compared += 1;
                close += usize::from(least == Some(best.cost));
            }
            plan.undo(&instance);
        }
    }
    assert!(compared > 300 && close > 50, "{compared} {close}");
}

#[test]
fn time_at_work_costs_what_it_adds_to_hours_and_load() {
    let mut data = line(&[0]);
    data.objective = weighing(&[(Term::WorkTime, 3), (Term::Load, 2)]);
    person(&mut data, 0, (0, 1000)).ledger.worked = Seconds(500);
    let problem = built(&data);
    let instance = instance(&problem);
    let cost = WorkCost::new(&instance, &WorkingPlan::new(&instance), UnitId(0));
    // (600² − 500²) / 1000 = 110, and back, rounded down.
    assert_eq!((cost.of(0), cost.of(100)), (0, 3 * 100 + 2 * 110));
    assert_eq!(cost.of(-100), -3 * 100 - 2 * 90);
}

#[test]
fn a_meeting_lies_ahead_unless_every_moment_will_do() {
    let by = [Time(5), Time::MAX - Seconds(9)];
    assert!(is_before_meeting(&by, 0) && !is_before_meeting(&by, 1) && !is_before_meeting(&by, 2));
    assert!(is_before_meeting(&[], 7), "where nothing is known");
}
