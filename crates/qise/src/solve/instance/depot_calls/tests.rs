use super::*;
use crate::ProblemData;
use crate::model::Restock;
use crate::tests::{built, depot, good, line, load, need, person, slots, supply, window};

/// Two kinds, of which the second comes back; depots at 10 (both), 20 (the first), 30 (the second); needs at 0 that ask for the first,
/// for both, to be rid of the second, and for nothing.
fn stocked() -> ProblemData {
    let mut data = line(&[0, 10, 20, 30]);
    let (used, lent) = (good(&mut data, false), good(&mut data, true));
    let somebody = person(&mut data, 0, (0, 1000));
    somebody.capacity = load(9);
    somebody.shifts[0].carries = vec![Amount { good: used, amount: 2 }, Amount { good: lent, amount: 1 }];
    depot(&mut data, 1, &[(used, None), (lent, None)]);
    depot(&mut data, 2, &[(used, Some(4))]);
    depot(&mut data, 3, &[(lent, Some(3))]);
    need(&mut data, 0, (0, 900), 1).goods = vec![supply(used, 3, Handling::Deliver)];
    need(&mut data, 0, (0, 900), 1).goods =
        vec![supply(used, 1, Handling::Deliver), supply(lent, 2, Handling::Carry)];
    need(&mut data, 0, (0, 900), 1).goods = vec![supply(lent, 1, Handling::Collect)];
    need(&mut data, 0, (0, 900), 1);
    data
}

const CALL_1: SlotId = SlotId(4);
const CALL_2: SlotId = SlotId(5);
const CALL_3: SlotId = SlotId(6);

#[test]
fn calls_are_numbered_behind_the_needs() {
    let calls = DepotCalls::new(&built(&stocked()));
    assert_eq!(calls.list().iter().map(|call| call.depot.0).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(calls.of(SlotId(3)).is_none() && calls.of(SlotId(7)).is_none());
    let second = calls.of(CALL_2).unwrap();
    assert_eq!((second.depot, second.keeps(GoodId(0)), second.keeps(GoodId(1))), (DepotId(1), true, false));
    assert!(DepotCalls::new(&built(&line(&[0]))).is_empty());
}

#[test]
fn what_may_run_out_is_kept_as_a_stock() {
    let problem = built(&stocked());
    let calls = DepotCalls::new(&problem);
    let of = |call, good| calls.of(call).unwrap().stock(GoodId(good));
    assert_eq!([of(CALL_1, 0), of(CALL_2, 0), of(CALL_3, 1), of(CALL_3, 0)], [None, Some(0), Some(1), None]);
    let stocks = calls.stocks.iter().map(|stock| (stock.amount, stock.timed)).collect::<Vec<_>>();
    assert_eq!(stocks, [(4, false), (3, true)], "it matters when, of what comes back");
    assert!(calls.run_out());
}

#[test]
fn ways_to_come_by_goods_go_to_depots_that_have_them() {
    let problem = built(&stocked());
    let calls = DepotCalls::new(&problem);
    let [first, both, gives, nothing] = slots([0, 1, 2, 3]);
    assert_eq!(calls.before(first), [vec![CALL_1], vec![CALL_2]], "the nearest first");
    let ways = calls.before(both);
    assert_eq!(ways[..3], [vec![CALL_1], vec![CALL_2], vec![CALL_3]], "all of it, then some");
    for way in &ways[3..] {
        assert_eq!(way.len(), 2);
        for good in [GoodId(0), GoodId(1)] {
            assert!(way.iter().any(|&call| calls.of(call).unwrap().keeps(good)), "{way:?}");
        }
    }
    assert!(ways.contains(&vec![CALL_3, CALL_2]) && ways.contains(&vec![CALL_2, CALL_3]));
    assert!(calls.before(gives).is_empty() && calls.before(nothing).is_empty());
    assert_eq!((calls.after(gives), calls.after(both)), (&[CALL_1, CALL_3][..], &[CALL_1, CALL_3][..]));
    assert!(calls.after(first).is_empty() && calls.after(nothing).is_empty());
}

#[test]
fn what_is_on_board_already_asks_for_no_call() {
    let mut data = stocked();
    let wants = |data: &ProblemData| {
        let calls = DepotCalls::new(&built(data));
        slots([0, 1, 2, 3]).map(|slot| calls.wants(slot, UnitId(0))).map(|wants| (wants.before, wants.after))
    };
    // Two of the first and one of the second are there: three, and two, are asked for.
    assert_eq!(wants(&data), [(true, false), (true, true), (false, true), (false, false)]);
    data.volunteers[0].shifts[0].carries =
        [(0, 3), (1, 2)].map(|(good, amount)| Amount { good: GoodId(good), amount }).into();
    assert_eq!(wants(&data), [(false, false), (false, false), (false, true), (false, false)]);
    let calls = DepotCalls::new(&built(&data));
    assert_eq!((calls.own(UnitId(0), GoodId(0)), calls.own_weight(UnitId(0), 0)), (3, 5));
}

#[test]
fn a_depot_that_awaits_goods_has_a_call_from_each_moment_on() {
    let mut data = stocked();
    data.depots[1].windows = vec![window(0, 40), window(60, 90)];
    let restock = |at| Restock { at: Time(at), amount: 1 };
    data.depots[1].stocks[0].restocks = vec![restock(20), restock(70), restock(95)];
    let calls = DepotCalls::new(&built(&data));
    let windows = |depot: u32| {
        let of = calls.list().iter().filter(|call| call.depot.0 == depot);
        of.map(|call| call.windows().iter().map(|w| (w.from.0, w.to.0)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    assert_eq!(windows(1), [vec![(0, 40), (60, 90)], vec![(20, 40), (60, 90)], vec![(70, 90)]]);
    let open_at = |at| calls.open_at(DepotId(1), Time(at)).map(|slot| slot.0 - 4);
    assert_eq!([-1, 0, 20, 69, 70].map(open_at), [None, Some(1), Some(2), Some(2), Some(3)]);
    assert!(calls.stocks[0].timed);
}

#[test]
fn the_nearest_depots_alone_are_asked() {
    let mut data = stocked();
    for place in [2, 3, 3, 2, 1] {
        depot(&mut data, place, &[(GoodId(0), None)]);
    }
    let calls = DepotCalls::new(&built(&data));
    let asked = calls.before(SlotId(0)).iter().map(|way| calls.of(way[0]).unwrap().depot.0);
    assert_eq!(asked.collect::<Vec<_>>(), [0, 7, 1, 3], "two at 10, two at 20");
}
