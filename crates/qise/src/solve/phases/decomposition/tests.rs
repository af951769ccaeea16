use super::*;
use crate::solve::state::WorkingPlan;
use crate::tests::{built, instance, line, need, person, planned, varied};

/// Every person is of one part, every need is of one part, and needs are where they are served.
#[test]
fn parts_are_apart_and_leave_nobody_out() {
    for seed in 0..64 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let plan = planned(&instance);
        for count in [1, 2, 3, 5] {
            let parts = divide(&instance, &plan, count, &mut Random::new(seed, count as u64));
            assert_eq!(parts.len(), count);
            let part_of = |unit| parts.iter().position(|part| part.contains(unit));
            for unit in problem.unit_ids() {
                assert_eq!(parts.iter().filter(|part| part.contains(unit)).count(), 1, "seed {seed}");
                let mut own = problem.units_of(problem.unit(unit).volunteer);
                assert!(own.all(|other| part_of(other) == part_of(unit)), "people are not torn apart");
            }
            for slot in instance.leaders() {
                let parts = parts.iter().filter(|part| part.contains_slot(slot)).collect::<Vec<_>>();
                assert_eq!(parts.len(), 1, "seed {seed}");
                assert!(parts[0].slots().contains(&slot));
                assert!(plan.unit_of(slot).is_none_or(|unit| parts[0].contains(unit)), "seed {seed}");
            }
        }
    }
}

#[test]
fn two_halves_lie_apart_and_have_about_as_many_visits() {
    let mut data = line(&[0, 1, 2, 3, 1000, 1001, 1002, 1003]);
    for home in [0, 1, 4, 5] {
        person(&mut data, home, (0, 900));
    }
    for place in 0..8 {
        need(&mut data, place, (0, 800), 5);
    }
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    for (unit, visits) in [(0, [0, 1]), (1, [2, 3]), (2, [4, 5]), (3, [6, 7])] {
        assert!(plan.try_route(&instance, UnitId(unit), &visits.map(SlotId)));
    }
    let mut apart = 0;
    for seed in 0..20 {
        let parts = divide(&instance, &plan, 2, &mut Random::new(seed, 0));
        let mut slots = parts.iter().map(|part| part.slots().iter().map(|s| s.0).collect::<Vec<_>>());
        let (one, other) = (slots.next().unwrap(), slots.next().unwrap());
        assert_eq!((one.len(), other.len()), (4, 4));
        apart += u32::from(one == [0, 1, 2, 3] || other == [0, 1, 2, 3]);
    }
    // Of six pairs drawn hardly ever all are on one side.
    assert!(apart >= 18, "{apart}");
}

#[test]
fn idle_people_go_where_they_live_and_needs_left_where_they_are() {
    let mut data = line(&[5, 0, 1005, 1000]);
    for home in 0..4 {
        person(&mut data, home, (0, 900));
    }
    for place in 0..4 {
        need(&mut data, place, (0, 800), 5);
    }
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.try_route(&instance, UnitId(0), &[SlotId(0)]));
    assert!(plan.try_route(&instance, UnitId(3), &[SlotId(3)]));
    let random = (0..20).map(|seed| Random::new(seed, 0));
    let halves = random.map(|mut random| divide(&instance, &plan, 2, &mut random)).collect::<Vec<_>>();
    let good = halves.iter().filter(|parts| {
        let near = parts.iter().find(|part| part.contains(UnitId(0))).unwrap();
        near.contains(UnitId(1))
            && !near.contains(UnitId(2))
            && near.contains_slot(SlotId(1))
            && !near.contains_slot(SlotId(2))
    });
    assert!(good.count() >= 18);
}
