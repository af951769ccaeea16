use super::*;
use crate::tests::{built, instance, line, need, person, slots};

/// Three people alike, one at another home, and a crew of two (slots 0 and 1) beside two needs.
fn problem() -> crate::Problem {
    let mut data = line(&[0, 10]);
    for home in [0, 0, 0, 1] {
        person(&mut data, home, (0, 1000));
    }
    need(&mut data, 1, (0, 900), 5).roles[0].count = 2;
    need(&mut data, 1, (0, 900), 5);
    need(&mut data, 1, (0, 900), 5);
    built(&data)
}

#[test]
fn a_subproblem_holds_its_units_and_the_first_slots_of_its_needs() {
    let problem = problem();
    let instance = instance(&problem);
    let units =
        |part: &Subproblem| problem.unit_ids().filter(|&u| part.contains(u)).map(|u| u.0).collect::<Vec<_>>();
    let who = |unit| problem.unit(UnitId(unit)).volunteer;
    let whole = Subproblem::whole(&instance);
    assert_eq!((units(&whole), whole.slots()), (vec![0, 1, 2, 3], &slots([0, 2, 3])[..]));
    let part = Subproblem::of_people(&instance, &[0, 1, 3].map(who), slots([2]).into());
    assert_eq!((units(&part), part.slots()), (vec![0, 1, 3], &slots([2])[..]));
    assert!(part.contains_slot(SlotId(2)) && !part.contains_slot(SlotId(3)));
    let some = Subproblem::of_units(&instance, |unit| unit.0 == 2);
    assert_eq!((units(&some), some.slots().len()), (vec![2], 3));
}

#[test]
fn of_equals_the_first_idle_one_of_the_subproblem_starts() {
    let problem = problem();
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    let starter =
        |part: &Subproblem, plan: &WorkingPlan, leader| part.starter(&instance, plan, UnitId(leader));
    let who = |unit| problem.unit(UnitId(unit)).volunteer;
    let whole = Subproblem::whole(&instance);
    let part = Subproblem::of_people(&instance, &[2, 3].map(who), Vec::new());
    assert_eq!(starter(&whole, &plan, 0), Some(UnitId(0)));
    assert_eq!(starter(&part, &plan, 0), Some(UnitId(2)), "the others are not of it");
    assert!(plan.insert(&instance, SlotId(2), UnitId(0), 0));
    assert_eq!(starter(&whole, &plan, 0), Some(UnitId(1)));
    assert!(plan.insert(&instance, SlotId(3), UnitId(2), 0));
    assert_eq!(starter(&part, &plan, 0), None);
    assert_eq!(starter(&part, &plan, 3), Some(UnitId(3)), "who has no equals, out or not");
}
