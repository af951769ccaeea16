use super::*;
use crate::base::Random;
use crate::bound::shift_classes::ShiftClasses;
use crate::bound::tests::{cheapest, drawn, drawn_prices};

/// A knapsack never tells more than the cheapest route costs.
#[test]
fn no_route_is_below_the_knapsack() {
    let (mut loose, mut tight) = (0, 0);
    for seed in 0..400 {
        let mut random = Random::new(seed, 2);
        let problem = drawn(&mut random);
        let prices = drawn_prices(&problem, &mut random);
        let question = BoundTarget::level(&problem, 0, None);
        let staff = ShiftClasses::new(&problem).unwrap();
        let Some(shift) = staff.shifts.first() else { continue };
        let costs = Costs { problem: &problem, question: &question, calls: false };
        let value = |ways| {
            let sack = Sack::new(&costs, &shift.units[0], ways, 1);
            let mut used = Vec::new();
            let value = sack.value(&prices, Some(&mut used));
            assert_eq!(value, sack.value(&prices, None));
            assert!(used.iter().all(|&(_, share)| (0.0..=1.0).contains(&share)));
            assert_eq!(value == 0, used.is_empty(), "seed {seed}: what is filled is what wins");
            value
        };
        let least = i128::from(cheapest(&problem, &prices));
        let (with_ways, without) = (value(true), value(false));
        assert!(without <= with_ways && with_ways <= least, "seed {seed}: {without} {with_ways} {least}");
        loose += usize::from(with_ways < least);
        tight += usize::from(least < 0 && with_ways * 2 > least * 3);
    }
    assert!(loose > 50 && tight > 50, "{loose} {tight}");
}

#[test]
fn a_knapsack_wins_no_less_than_whole_things_do() {
    let mut random = Random::new(4, 0);
    for _ in 0..500 {
        let mut things = (0..6)
            .map(|slot| {
                let (won, uses) = (1 + i64::from(random.below(50)), i64::from(random.below(9)));
                let worth =
                    if uses == 0 { u64::MAX } else { (won.unsigned_abs() << 20) / uses.unsigned_abs() };
                Packed { worth, won, uses, ring: random.below(3) as usize, slot }
            })
            .collect::<Vec<_>>();
        things.sort_by_key(|thing| (Reverse(thing.worth), thing.slot));
        let room = i64::from(random.below(25));
        for ring in 0..3 {
            let of =
                |set: u32| things.iter().enumerate().filter(move |(k, _)| set >> k & 1 == 1).map(|(_, t)| t);
            let fits = |&set: &u32| {
                of(set).all(|thing| thing.ring <= ring)
                    && of(set).map(|thing| thing.uses).sum::<i64>() <= room
            };
            let most = (0..64).filter(fits).map(|set| of(set).map(|t| t.won).sum::<i64>()).max().unwrap();
            let packed = pack(&things, ring, room, None);
            assert!(packed >= i128::from(most), "{things:?} {room}");
            let dearest = things.iter().map(|thing| thing.won).max().unwrap();
            assert!(packed <= i128::from(most + dearest) + 3, "{things:?} {room}");
        }
    }
}

/// A service of no time at a place where one is anyway.
#[test]
fn what_takes_no_time_is_served_beside_what_fills_the_shift() {
    let mut data = crate::tests::line(&[0]);
    crate::tests::person(&mut data, 0, (0, 10));
    for (service, priority) in [(10, 50), (8, 24), (0, 1)] {
        crate::tests::need(&mut data, 0, (0, 10), service).priority = priority;
    }
    let problem = crate::tests::built(&data);
    let question = BoundTarget::priority();
    let staff = ShiftClasses::new(&problem).unwrap();
    let costs = Costs { problem: &problem, question: &question, calls: false };
    let sack = Sack::new(&costs, &staff.shifts[0].units[0], true, 1 << 20);
    let prices = [50, 24, 1].map(|priority| priority << 20);
    assert!(sack.value(&prices, None) <= -(51 << 20), "the first and the last are served");
    let found = crate::bound::quick(&problem, None, &crate::Stop::never()).priority;
    assert!(found.value >= 51, "{found:?}");
}

#[test]
fn costs_of_a_step_are_way_setup_service_and_wishes() {
    let mut data = crate::tests::line(&[0, 10]);
    data.objective = crate::tests::weighing(&[
        (Term::TravelTime, 3),
        (Term::WorkTime, 2),
        (Term::Distance, 1),
        (Term::People, 9),
        (Term::Tardiness, 1),
        (Term::Late, 50),
    ]);
    data.places[1].setup = Seconds(4);
    crate::tests::person(&mut data, 0, (0, 100));
    data.volunteers[0].shifts.push(crate::model::Shift::new(
        crate::model::Time(200),
        crate::model::Time(300),
        0,
    ));
    let asked = crate::tests::need(&mut data, 1, (0, 90), 5);
    asked.promise = Some(crate::model::Promise {
        start_by: Some(crate::model::Time(30)),
        finish_by: Some(crate::model::Time(33)),
        hard: false,
    });
    let problem = crate::tests::built(&data);
    let question = BoundTarget::level(&problem, 0, None);
    let costs = Costs { problem: &problem, question: &question, calls: false };
    let unit = problem.unit(crate::model::UnitId(0));
    assert_eq!(costs.way(unit, PlaceId(0), PlaceId(1)), Some((3 * 10 + 2 * 14 + 100, 14)));
    assert_eq!(costs.way(unit, PlaceId(1), PlaceId(1)), Some((0, 0)));
    assert_eq!(costs.home(unit, PlaceId(1)), Some((3 * 10 + 2 * 10 + 100, 10)));
    assert_eq!(costs.going_out(unit), 4, "half of it in each of two shifts, rounded down");
    let staff = ShiftClasses::new(&problem).unwrap();
    let able = &staff.shifts[0].units[0];
    assert_eq!(costs.serving(able, &able.nodes[0]), 2 * 5);
    assert_eq!(costs.promised(&able.nodes[0]), Some(28), "to end by 33");
    assert_eq!([28, 29, 40].map(|start| costs.lateness(&able.nodes[0], start)), [0, 51, 62]);
}
