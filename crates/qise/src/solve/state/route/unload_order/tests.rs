use crate::ProblemData;
use crate::model::{PlaceId, Seconds, SlotId, Stop, Term, UnitId, Unload};
use crate::solve::state::WorkingPlan;
use crate::tests::{built, good, instance, line, load, need, person, slots, weighing, window};

/// Two rides in two stops each (slots 0 and 1, 2 and 3), and a load that is brought to a single stop (slot 4).
fn problem(unload: Unload) -> crate::Problem {
    let mut data: ProblemData = line(&[0, 10, 20]);
    data.objective = weighing(&[(Term::TravelTime, 1)]);
    good(&mut data, false);
    let somebody = person(&mut data, 0, (0, 1000));
    (somebody.capacity, somebody.unload) = (load(9), unload);
    for _ in 0..2 {
        let ride = need(&mut data, 1, (0, 900), 1);
        ride.stops.push(Stop { place: PlaceId(2), windows: vec![window(0, 900)], service: Seconds(1) });
    }
    need(&mut data, 1, (0, 900), 1).roles[0].load = load(1);
    built(&data)
}

#[test]
fn what_was_loaded_last_comes_first() {
    let me = UnitId(0);
    let may = |unload, order: &[u32]| {
        let problem = problem(unload);
        let instance = instance(&problem);
        WorkingPlan::new(&instance).try_route(
            &instance,
            me,
            &order.iter().map(|&s| SlotId(s)).collect::<Vec<_>>(),
        )
    };
    let orders: [(&[u32], bool); 7] = [
        (&[0, 2, 3, 1], true),
        (&[0, 2, 1, 3], false),
        (&[0, 1, 2, 3], true),
        (&[4, 0, 1], true),
        (&[0, 4, 1], false),
        (&[0, 2, 3, 4, 1], false),
        (&[0, 2, 3, 1, 4], true),
    ];
    for (order, in_order) in orders {
        assert_eq!(may(Unload::LastInFirstOut, order), in_order, "{order:?}");
        assert!(may(Unload::AnyOrder, order), "{order:?}");
    }
}

#[test]
fn a_load_from_the_start_is_within_reach_where_no_ride_is_under_way() {
    let problem = problem(Unload::LastInFirstOut);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.try_route(&instance, UnitId(0), &slots([0, 1])));
    let reach = [0, 1, 2].map(|at| plan.route(UnitId(0)).is_in_reach(&instance, UnitId(0), SlotId(4), at));
    assert_eq!(reach, [true, false, true]);
    assert!(
        plan.route(UnitId(0)).is_in_reach(&instance, UnitId(0), SlotId(2), 1),
        "it is asked of loads from the start"
    );
}
