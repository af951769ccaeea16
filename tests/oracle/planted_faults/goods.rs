//! Faults of goods and depots.

use qise::ProblemData;
use qise::model::{
    Amount, Depot, DepotId, Good, GoodId, Handling, Limits, Metres, PlaceId, Restock, Seconds, Stock, Supply,
    Time, Window,
};
use qise::plan::{Call, Plan, Rest, Route};

use super::fixture::{ALTAN, BATH, BAYAR, CHECKUP, KG, NURSE, SEATS, TALK, clock, load};
use super::{Fault, in_both};

/// Used up; five kilograms.
const FODDER: GoodId = GoodId(0);
/// Comes back; one seat.
const CHAIR: GoodId = GoodId(1);
/// No load at all.
pub(super) const TOOL: GoodId = GoodId(2);
/// Where Altan lives.
const STORE: usize = 0;
/// Where Bayar lives.
const HUT: usize = 1;

pub(super) const FAULTS: &[Fault] = &[
    in_both(
        "a bale too few for the first who comes",
        |data, plan| {
            supplied(data, plan);
            data.depots[HUT].stocks[0].amount = Some(2);
        },
        &[("out_of_stock", "$.routes[1].calls[0].takes[0]")],
    ),
    in_both(
        "taken a second before more comes in",
        |data, plan| {
            supplied(data, plan);
            data.depots[HUT].stocks[0].restocks[0].at = clock(0, 11, 34, 1);
        },
        &[("out_of_stock", "$.routes[0].calls[1].takes[0]")],
    ),
    in_both(
        "taken a second before it is given back",
        |data, plan| handed_on(data, plan, clock(0, 11, 43, 59)),
        &[("out_of_stock", "$.routes[1].calls[1].takes[0]")],
    ),
    in_both(
        "no chair is kept that could be lent",
        |data, plan| {
            supplied(data, plan);
            data.depots[STORE].stocks[1].amount = Some(0);
        },
        &[("out_of_stock", "$.routes[0].calls[0].takes[1]")],
    ),
    in_both(
        "the tool is at home",
        |data, plan| {
            supplied(data, plan);
            data.volunteers[ALTAN].shifts[0].carries.clear();
        },
        &[("goods_missing", "$.routes[0].visits[0].need")],
    ),
    in_both(
        "a bale too few on board for the last need",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].takes[0].amount = 1;
        },
        &[("goods_missing", "$.routes[0].visits[3].need")],
    ),
    in_both(
        "the chair is not on board, and not brought back either",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[0].takes.pop();
        },
        &[("goods_missing", "$.routes[0].visits[2].need"), ("not_kept", "$.routes[0].calls[2].gives[0]")],
    ),
    in_both(
        "goods are taken after the need for them",
        |data, plan| {
            supplied(data, plan);
            let call = plan.routes[1].calls[0].clone();
            plan.routes[1].calls.clear();
            after_all(&mut plan.routes[1], Call { before: 2, ..call }, Seconds(1112), Seconds::ZERO);
        },
        &[("goods_missing", "$.routes[1].visits[1].need")],
    ),
    in_both(
        "home with all chairs",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls.pop();
        },
        &[("goods_kept", "$.routes[0].finish")],
    ),
    in_both(
        "home with one chair",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[2].gives[0].amount = 1;
        },
        &[("goods_kept", "$.routes[0].finish")],
    ),
    in_both(
        "gives what is not on board",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[2].gives.push(of(FODDER, 1));
        },
        &[("not_kept", "$.routes[0].calls[2].gives[1]")],
    ),
    in_both(
        "the hut keeps no chairs",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].takes.push(of(CHAIR, 1));
            plan.routes[0].calls[2].gives[0].amount = 3;
        },
        &[("not_kept", "$.routes[0].calls[1].takes[1]")],
    ),
    in_both(
        "gives less than nothing",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].gives.push(of(FODDER, -1));
        },
        &[("not_kept", "$.routes[0].calls[1].gives[0]")],
    ),
    in_both(
        "one kind twice at one call",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].takes = vec![of(FODDER, 1), of(FODDER, 1)];
        },
        &[("not_kept", "$.routes[0].calls[1].takes[1]")],
    ),
    in_both(
        "a depot that does not exist",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].depot = DepotId(9);
        },
        &[("unknown_id", "$.routes[0].calls[1].depot")],
    ),
    in_both(
        "a kind that does not exist",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].takes.push(of(GoodId(9), 1));
        },
        &[("unknown_id", "$.routes[0].calls[1].takes[1]")],
    ),
    in_both(
        "the store opens a second later",
        |data, plan| {
            supplied(data, plan);
            data.depots[STORE].windows = vec![Window { from: clock(0, 8, 30, 1), to: clock(0, 20, 0, 0) }];
        },
        &[("depot_closed", "$.routes[0].calls[0].start")],
    ),
    in_both(
        "closed at noon, between two windows",
        |data, plan| {
            supplied(data, plan);
            let window = |from, to| Window { from: clock(0, from, 0, 0), to: clock(0, to, 0, 0) };
            data.depots[HUT].windows = vec![window(9, 11), window(12, 18)];
        },
        &[("depot_closed", "$.routes[0].calls[1].start")],
    ),
    in_both(
        "calls are a second too short",
        |data, plan| {
            supplied(data, plan);
            data.depots[STORE].service = Seconds(601);
        },
        &[("wrong_service", "$.routes[0].calls[0].end"), ("wrong_service", "$.routes[0].calls[2].end")],
    ),
    in_both(
        "one call more than the shift allows",
        |data, plan| {
            supplied(data, plan);
            data.volunteers[ALTAN].shifts[0].most_calls = Some(2);
        },
        &[("too_many_calls", "$.routes[0].calls")],
    ),
    in_both(
        "at the depot sooner than one can travel",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[1].arrival = clock(0, 11, 33, 59);
        },
        &[("travel_too_short", "$.routes[0].calls[1].arrival")],
    ),
    in_both(
        "from the depot sooner than one can travel",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].visits[3].arrival = clock(0, 11, 47, 19);
        },
        &[("travel_too_short", "$.routes[0].visits[3].arrival")],
    ),
    in_both(
        "calls before arriving",
        |data, plan| {
            supplied(data, plan);
            let call = &mut plan.routes[0].calls[1];
            (call.start, call.end) = (clock(0, 11, 33, 59), clock(0, 11, 43, 59));
        },
        &[("early_start", "$.routes[0].calls[1].start")],
    ),
    in_both(
        "calls while still at the bath",
        |data, plan| {
            supplied(data, plan);
            let call = &mut plan.routes[0].calls[1];
            (call.arrival, call.start) = (clock(0, 11, 29, 0), clock(0, 11, 29, 0));
            call.end = clock(0, 11, 39, 0);
        },
        &[("overlap", "$.routes[0].calls[1].start"), ("travel_too_short", "$.routes[0].calls[1].arrival")],
    ),
    in_both(
        "a break during a call",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].breaks.insert(0, Rest::new(clock(0, 11, 40, 0), Seconds(60)));
        },
        &[("break_misplaced", "$.routes[0].breaks[0]")],
    ),
    in_both(
        "home before the last call is over",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].finish = clock(0, 13, 53, 59);
        },
        &[("travel_too_short", "$.routes[0].finish")],
    ),
    in_both(
        "a bale more than the car carries",
        |data, plan| {
            supplied(data, plan);
            data.volunteers[ALTAN].capacity = vec![load(SEATS, 9), load(KG, 89)];
        },
        &[("overload", "$.routes[0]")],
    ),
    in_both(
        "too much taken on the way",
        |data, plan| {
            supplied(data, plan);
            data.depots[HUT].stocks[0].amount = None;
            data.depots[HUT].stocks[0].restocks.clear();
            plan.routes[0].calls[1].takes[0].amount = 21;
        },
        &[("overload", "$.routes[0]")],
    ),
    in_both(
        "too much fetched",
        |data, plan| {
            supplied(data, plan);
            data.needs[TALK].goods[1].what.amount = 10;
            plan.routes[0].calls[2].gives[0].amount = 10;
        },
        &[("overload", "$.routes[0]")],
    ),
    in_both(
        "by way of the depots it is too far for a day",
        |data, plan| {
            supplied(data, plan);
            data.volunteers[ALTAN].per_day.distance = Some(Metres(36_399));
            data.volunteers[ALTAN].per_day.travel = Some(Seconds(3079));
        },
        &[("day_distance", "$.routes[0]"), ("day_travel", "$.routes[0]")],
    ),
];

/// What breaks no rule.
pub(super) const CHANGES: &[Fault] = &[
    in_both("everything is supplied", supplied, &[]),
    in_both("calls listed in another order", calls_in_another_order, &[]),
    in_both(
        "more comes in at the very moment when it is taken",
        |data, plan| {
            supplied(data, plan);
            data.depots[HUT].stocks[0].restocks[0].at = clock(0, 11, 34, 0);
        },
        &[],
    ),
    in_both(
        "taken at the very moment when it is given back",
        |data, plan| handed_on(data, plan, clock(0, 11, 44, 0)),
        &[],
    ),
    in_both(
        "the store is open just long enough, and as many calls as the shift allows",
        |data, plan| {
            supplied(data, plan);
            data.depots[STORE].windows = vec![Window { from: clock(0, 8, 30, 0), to: clock(0, 13, 44, 0) }];
            data.volunteers[ALTAN].shifts[0].most_calls = Some(3);
        },
        &[],
    ),
    in_both(
        "carries just as much, goes just as far",
        |data, plan| {
            supplied(data, plan);
            let altan = &mut data.volunteers[ALTAN];
            altan.capacity = vec![load(SEATS, 5), load(KG, 90)];
            (altan.per_day.distance, altan.per_day.travel) = (Some(Metres(36_400)), Some(Seconds(3080)));
        },
        &[],
    ),
    in_both(
        "fodder that is not needed stays on board",
        |data, plan| {
            supplied(data, plan);
            plan.routes[0].calls[0].takes[0].amount += 1;
        },
        &[],
    ),
    in_both(
        "of what has no amount there is always enough",
        |data, plan| {
            supplied(data, plan);
            data.depots[STORE].stocks[0].amount = None;
            data.goods[0].load.clear();
            plan.routes[0].calls[0].takes[0].amount = 1_000_000;
        },
        &[],
    ),
    in_both(
        "chairs of one's own need not be brought back",
        |data, plan| {
            supplied(data, plan);
            data.volunteers[ALTAN].shifts[0].carries.push(of(CHAIR, 2));
            plan.routes[0].calls[2].gives[0].amount = 2;
        },
        &[],
    ),
];

pub(super) fn of(good: GoodId, amount: i64) -> Amount {
    Amount { good, amount }
}

/// The goods of all changes.
pub(super) fn goods(data: &mut ProblemData) {
    let good =
        |key: &str, load, comes_back| Good { key: key.into(), name: None, unit: None, load, comes_back };
    data.goods = vec![
        good("fodder", vec![load(KG, 5)], false),
        good("chair", vec![load(SEATS, 1)], true),
        good("tool", vec![], false),
    ];
}

/// Altan brings fodder and a chair from the store, more fodder from the hut, and two chairs back; Bayar brings fodder from the hut.
fn supplied(data: &mut ProblemData, plan: &mut Plan) {
    goods(data);
    let stock = |good, amount| Stock { good, amount: Some(amount), restocks: vec![] };
    let depot = |key: &str, place, stocks| Depot {
        key: key.into(),
        name: None,
        place: PlaceId::new(place),
        windows: vec![],
        service: Seconds(600),
        stocks,
    };
    let more = Restock { at: clock(0, 10, 0, 0), amount: 2 };
    data.depots = vec![
        depot("store", ALTAN, vec![stock(FODDER, 10), stock(CHAIR, 1)]),
        depot("hut", BAYAR, vec![Stock { restocks: vec![more], ..stock(FODDER, 3) }]),
    ];
    let supply = |handling, good, amount| Supply { what: of(good, amount), handling };
    data.needs[NURSE].goods = vec![supply(Handling::Deliver, FODDER, 4), supply(Handling::Carry, TOOL, 1)];
    data.needs[BATH].goods = vec![supply(Handling::Deliver, CHAIR, 1)];
    data.needs[TALK].goods = vec![supply(Handling::Deliver, FODDER, 2), supply(Handling::Collect, CHAIR, 2)];
    data.needs[CHECKUP].goods = vec![supply(Handling::Deliver, FODDER, 3)];
    data.volunteers[ALTAN].shifts[0].carries = vec![of(TOOL, 1)];
    data.volunteers[ALTAN].per_day = Limits::default();
    data.volunteers[BAYAR].capacity = vec![load(KG, 15)];

    let call = |depot, before, start: Time, takes, gives| Call {
        depot: DepotId::new(depot),
        before,
        arrival: start,
        start,
        end: start + Seconds(600),
        takes,
        gives,
    };
    let altan = &mut plan.routes[0];
    altan.visits[0].arrival += Seconds(600);
    altan.visits[3].arrival = clock(0, 11, 47, 20);
    altan.calls = vec![
        call(STORE, 0, clock(0, 8, 30, 0), vec![of(FODDER, 4), of(CHAIR, 1)], vec![]),
        call(HUT, 3, clock(0, 11, 34, 0), vec![of(FODDER, 2)], vec![]),
    ];
    let last = call(STORE, 4, Time(0), vec![], vec![of(CHAIR, 2)]);
    after_all(altan, last, Seconds(1440), Seconds::ZERO);
    let bayar = &mut plan.routes[1];
    bayar.visits[1].arrival = clock(0, 10, 8, 48);
    bayar.calls = vec![call(HUT, 1, clock(0, 9, 40, 16), vec![of(FODDER, 3)], vec![])];
}

/// A call after the last visit, so far away from it, and so far from where the route ends.
fn after_all(route: &mut Route, call: Call, there: Seconds, back: Seconds) {
    let start = route.visits.last().expect("one").end + there;
    let end = start + Seconds(600);
    route.calls.push(Call { arrival: start, start, end, ..call });
    route.finish = end + back;
}

fn calls_in_another_order(data: &mut ProblemData, plan: &mut Plan) {
    supplied(data, plan);
    plan.routes[0].calls.reverse();
    plan.routes[0].calls[0].before = u32::MAX;
}

/// Altan leaves two bales at the hut until 11:44, and Bayar fetches them in a call that starts at a moment.
fn handed_on(data: &mut ProblemData, plan: &mut Plan, at: Time) {
    supplied(data, plan);
    data.needs[TALK].goods.remove(0);
    data.depots[HUT].stocks[0].restocks.clear();
    let calls = &mut plan.routes[0].calls;
    calls[0].takes[0].amount = 6;
    (calls[1].takes, calls[1].gives) = (vec![], vec![of(FODDER, 2)]);
    let bayar = &mut plan.routes[1];
    let (takes, end) = (vec![of(FODDER, 2)], at + Seconds(600));
    let arrival = clock(0, 10, 53, 32);
    bayar.calls.push(Call { before: 2, arrival, start: at, end, takes, ..bayar.calls[0].clone() });
    bayar.finish = end;
}
