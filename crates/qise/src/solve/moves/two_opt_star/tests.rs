use super::*;
use crate::base::Random;
use crate::solve::moves::site::{Outcome, Site};
use crate::tests::{built, instance, line, need, person, slots, weighing};

/// Two people at one end of a road, with two doors near it and two far away.
fn problem() -> crate::Problem {
    let mut data = line(&[0, 10, 20, 80, 90]);
    data.objective = weighing(&[(Term::TravelTime, 1)]);
    for _ in 0..2 {
        person(&mut data, 0, (0, 1000));
    }
    for place in 1..5 {
        need(&mut data, place, (0, 900), 5);
    }
    built(&data)
}

/// The routes in which both go all the way.
fn crossed(instance: &Instance<'_>) -> WorkingPlan {
    let mut plan = WorkingPlan::new(instance);
    assert!(plan.try_route(instance, UnitId(0), &slots([0, 3])));
    assert!(plan.try_route(instance, UnitId(1), &slots([2, 1])));
    plan
}

#[test]
fn tails_change_hands_so_that_one_goes_far_and_one_stays_near() {
    let problem = problem();
    let instance = instance(&problem);
    let mut plan = crossed(&instance);
    let whole = Subproblem::whole(&instance);
    let before = plan.cost(&instance);
    let found = best_exchange(&instance, &plan, &whole, SlotId(0), f64::INFINITY);
    let (a, b) = found.expect("behind the first door both go on to the second near it");
    assert_eq!((a, b), (TailCut { unit: UnitId(0), at: 1 }, TailCut { unit: UnitId(1), at: 1 }));
    let growth = cost(&instance, &plan, a, b, f64::INFINITY).unwrap();
    plan.begin();
    assert!(tail_exchange::exchange(&mut plan, &instance, a, b));
    assert_eq!(plan.route(UnitId(0)).visits, slots([0, 1]));
    assert_eq!(plan.route(UnitId(1)).visits, slots([2, 3]));
    // What was told beforehand is what it came to, in units of the weighted cost.
    assert_eq!(plan.cost(&instance) - before, i128::from(growth));
}

#[test]
fn the_move_is_made_where_it_costs_no_more_than_the_margin() {
    let problem = problem();
    let instance = instance(&problem);
    let (subproblem, mut random) = (Subproblem::whole(&instance), Random::new(1, 0));
    let mut plan = crossed(&instance);
    let before = plan.cost(&instance);
    let made = (0..40).any(|_| {
        plan.begin();
        let (instance, subproblem, random) = (&instance, &subproblem, &mut random);
        let mut site = Site { instance, plan: &mut plan, subproblem, random, margin: 0.0 };
        exchange(&mut site) == Outcome::Changed
    });
    assert!(made && plan.cost(&instance) < before);
}

#[test]
fn nobody_gets_what_they_may_not_serve_or_not_carry() {
    let mut data = problem().to_data();
    data.needs[1].roles[0].requires.none.push(crate::model::Quality::Volunteer(crate::model::VolunteerId(0)));
    let problem = built(&data);
    let instance = instance(&problem);
    let plan = crossed(&instance);
    let whole = Subproblem::whole(&instance);
    let to_others = best_exchange(&instance, &plan, &whole, SlotId(0), f64::INFINITY);
    assert!(to_others.is_none_or(|(_, b)| b.at != 1), "the second door is not for the first person");
}
