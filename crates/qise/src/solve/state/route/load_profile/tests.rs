use crate::model::{Amount, Handling, Seconds, SlotId, Stop, Time, UnitId};
use crate::model::{PlaceId, Term};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;
use crate::tests::{built, depot, good, instance, line, load, need, person, slots, supply, weighing, window};
use crate::{Problem, ProblemData};

const ME: UnitId = UnitId(0);

/// Two rides with passengers from place 1 to place 2 (stops 0, 1 and 2, 3), and a load of two for place 1 (stop 4).
fn rides() -> ProblemData {
    let mut data = line(&[0, 5, 10]);
    data.objective = weighing(&[(Term::TravelTime, 1)]);
    good(&mut data, false);
    person(&mut data, 0, (0, 1000)).capacity = load(5);
    for passengers in [2, 3] {
        let ride = need(&mut data, 1, (0, 900), 1);
        ride.stops.push(Stop { place: PlaceId(2), windows: vec![window(0, 900)], service: Seconds(1) });
        ride.roles[0].load = load(passengers);
    }
    need(&mut data, 1, (0, 900), 1).roles[0].load = load(2);
    data
}

/// The plan with this route, if it can be.
fn routed(instance: &Instance<'_>, visits: &[SlotId]) -> Option<WorkingPlan> {
    let mut plan = WorkingPlan::new(instance);
    plan.try_route(instance, ME, visits).then_some(plan)
}

fn on_board(problem: &Problem, visits: &[SlotId]) -> Option<Vec<i64>> {
    Some(routed(&instance(problem), visits)?.route(ME).loads.on_board.clone())
}

#[test]
fn passengers_are_on_board_from_stop_to_stop_and_loads_from_the_start() {
    let problem = built(&rides());
    assert_eq!(on_board(&problem, &slots([0, 1])), Some(vec![0, 2, 0]));
    assert_eq!(on_board(&problem, &slots([0, 2, 1, 3])), Some(vec![0, 2, 5, 3, 0]));
    assert_eq!(on_board(&problem, &slots([0, 1, 4])), Some(vec![2, 4, 2, 0]));
    assert_eq!(on_board(&problem, &slots([4, 2, 0, 1, 3])), Some(vec![2, 0, 3, 5, 3, 0]));
    assert_eq!(on_board(&problem, &slots([2, 0, 4, 1, 3])), None, "7 on board before the load is left");
}

#[test]
fn where_there_is_room_and_where_a_ride_is_under_way() {
    let problem = built(&rides());
    let instance = instance(&problem);
    let plan = routed(&instance, &slots([0, 2, 1, 3])).unwrap();
    let route = plan.route(ME);
    let fits = |at| route.fits_on_board(&instance, ME, at, SlotId(4));
    assert_eq!([0, 1, 2, 3, 4].map(fits), [true, true, false, true, true], "two beside 0, 2, 5, 3, 0");
    assert_eq!(route.room_until(&instance, ME, SlotId(4)), 1, "it is on board from the start");
    assert_eq!([0, 1, 2, 3, 4].map(|at| route.is_open(&instance, at)), [true, false, false, false, true]);
    let alone = routed(&instance, &slots([0, 1])).unwrap();
    assert_eq!(alone.route(ME).room_until(&instance, ME, SlotId(4)), usize::MAX);
    let idle = WorkingPlan::new(&instance);
    assert!(idle.route(ME).fits_on_board(&instance, ME, 0, SlotId(2)));
}

/// A depot at home with five of one kind; needs that bring three and two of it, and one that gives two away.
fn goods(own: i64) -> ProblemData {
    let mut data = line(&[0, 5]);
    data.objective = weighing(&[(Term::TravelTime, 1)]);
    let kind = good(&mut data, true);
    let somebody = person(&mut data, 0, (0, 1000));
    somebody.capacity = load(5);
    somebody.shifts[0].carries = vec![Amount { good: kind, amount: own }];
    for (amount, handling) in [(3, Handling::Deliver), (2, Handling::Deliver), (2, Handling::Collect)] {
        need(&mut data, 1, (0, 900), 1).goods = vec![supply(kind, amount, handling)];
    }
    depot(&mut data, 0, &[(kind, Some(5))]).service = Seconds(7);
    data
}

#[test]
fn goods_count_from_the_call_where_they_are_taken() {
    let problem = built(&goods(0));
    assert_eq!(on_board(&problem, &slots([3, 0, 1])), Some(vec![0, 5, 2, 0]));
    assert_eq!(on_board(&problem, &slots([2, 3, 0])), Some(vec![0, 2, 3, 0]));
    assert_eq!(
        on_board(&problem, &slots([3, 0, 2, 1])),
        Some(vec![0, 3, 0, 2, 0]),
        "what comes in goes out again"
    );
    let problem = built(&goods(4));
    assert_eq!(on_board(&problem, &slots([2, 3])), None, "4 and 2 are too many");
    assert_eq!(on_board(&problem, &slots([0, 2, 3])), Some(vec![4, 1, 3]), "no more than one had: no call");
}

#[test]
fn a_route_that_lacks_goods_tells_who_cannot_have_them() {
    let problem = built(&goods(0));
    let instance = instance(&problem);
    let unsupplied = |visits: &[SlotId]| {
        let mut route = WorkingPlan::new(&instance).route(ME).clone();
        route.visits = visits.to_vec();
        assert!(!route.plan_transfers(&instance, ME));
        route.goods.unsupplied
    };
    assert_eq!(unsupplied(&slots([0, 3])), Some(0));
    assert_eq!(unsupplied(&slots([3, 0, 2])), Some(2), "what it takes along is brought nowhere");
}

#[test]
fn what_is_taken_goes_at_the_start_of_a_call_and_what_is_given_is_there_at_its_end() {
    let problem = built(&goods(0));
    let instance = instance(&problem);
    let plan = routed(&instance, &slots([3, 0, 2, 3])).unwrap();
    let changes =
        plan.route(ME).goods.stock_changes.iter().map(|c| (c.stock, c.at, c.amount)).collect::<Vec<_>>();
    // Called from 0 to 7, served at 12 and 13, back at 19.
    assert_eq!(changes, [(0, Time(0), -3), (0, Time(19 + 7), 2)]);
}
