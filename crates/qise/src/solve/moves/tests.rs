use super::*;
use crate::base::Random;
use crate::solve::state::WorkingPlan;
use crate::tests::{built, instance, line, need, person, planned, varied};

use super::subproblem::Subproblem;

/// The routes of a plan, and what is left.
fn shown(instance: &Instance<'_>, plan: &WorkingPlan) -> (Vec<Vec<SlotId>>, Vec<SlotId>) {
    let routes = instance.problem.unit_ids().map(|unit| plan.route(unit).visits.clone()).collect();
    let mut unserved = plan.unserved().to_vec();
    unserved.sort_unstable();
    (routes, unserved)
}

/// Three needs of which one may go to others.
fn for_others() -> crate::Problem {
    let mut data = line(&[0, 10, 20]);
    data.outsourcing = 5;
    person(&mut data, 0, (0, 200));
    for place in [0, 1, 2] {
        need(&mut data, place, (0, 100), 10).outsource = Some(5);
    }
    built(&data)
}

/// Whatever a move does, the plan is what the judge says; and what is not kept is undone without a trace.
#[test]
fn every_move_leaves_a_valid_plan_and_can_be_undone() {
    let mut made = [0; Move::COUNT];
    let problems = (0..60).map(|seed| (seed, varied(seed))).chain([(60, for_others())]);
    for (seed, problem) in problems {
        let instance = instance(&problem);
        let mut plan = planned(&instance);
        let mut tools = Tools::new(&instance);
        let mut random = Random::new(seed, 7);
        let subproblem = Subproblem::whole(&instance);
        if subproblem.slots().is_empty() || instance.units.is_empty() {
            continue;
        }
        for step in 0..60 {
            let which = Move::ALL[random.below(Move::COUNT as u32) as usize];
            let lead = subproblem.slots()[random.below(subproblem.slots().len() as u32) as usize];
            let before = (shown(&instance, &plan), plan.measure(&instance));
            plan.begin();
            let mut site = Site {
                instance: &instance,
                plan: &mut plan,
                subproblem: &subproblem,
                random: &mut random,
                margin: 1e9,
            };
            if !which.is_due(&mut site, lead) {
                continue;
            }
            let outcome = which.make(&mut site, &mut tools, lead);
            match outcome {
                Outcome::Changed => {
                    made[which as usize] += 1;
                    crate::solve::check::agree(&instance, &plan);
                }
                Outcome::Failed => {}
                Outcome::NotPossible => assert_eq!(
                    before.0,
                    shown(&instance, &plan),
                    "{which} of seed {seed} changed something after all"
                ),
            }
            if outcome == Outcome::Failed || step % 2 == 0 {
                plan.undo(&instance);
                assert_eq!(
                    before,
                    (shown(&instance, &plan), plan.measure(&instance)),
                    "{which}, seed {seed}"
                );
            }
        }
    }
    for (&which, count) in Move::ALL.iter().zip(made) {
        assert!(count > 0, "{which} was never made");
    }
}
