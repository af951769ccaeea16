//! Faults of time: the shift, the way, setup, windows, service, promises, pins with a time, breaks.

use qise::ProblemData;
use qise::model::{PlaceId, Promise, Seconds, Time, TravelMatrix, TravelRule};
use qise::plan::{Plan, Rest, Visit};

use super::fixture::{AID, BASE, BAYAR, CHECKUP, CLINIC, DAWA, DRIVE, REPAIR, TALK, YURT, clock};
use super::{Fault, in_both, in_plan, in_problem};

/// Moves a service, and nothing else.
pub(super) fn retime(visit: &mut Visit, by: i64) {
    visit.start += Seconds(by);
    visit.end += Seconds(by);
}

/// Dawa's break is to be taken at the base.
fn asks_for_base(data: &mut ProblemData) {
    data.volunteers[DAWA].shifts[0].breaks[0].at = vec![PlaceId::new(BASE)];
}

/// Dawa takes the break there and then.
fn rests_at(plan: &mut Plan, place: usize, start: Time) {
    let rest = &mut plan.routes[4].breaks[0];
    (rest.start, rest.place) = (start, Some(PlaceId::new(place)));
}

/// A break on the first day.
pub(super) fn rest(hours: i64, minutes: i64, seconds: i64, duration: i64) -> Rest {
    Rest::new(clock(0, hours, minutes, seconds), Seconds(duration))
}

/// Altan goes home without the talk and without a break.
pub(super) fn altan_is_home_early(plan: &mut Plan, seconds_after_half_past_twelve: i64) {
    let talk = plan.routes[0].visits.pop().expect("the talk");
    plan.unserved.push(talk.need);
    plan.routes[0].breaks.clear();
    plan.routes[0].finish = clock(0, 12, 30, seconds_after_half_past_twelve);
}

/// Dawa takes his break before he leaves, if there is time for it.
pub(super) fn dawa_leaves_late(plan: &mut Plan, seconds_after_25_to_eleven: i64) {
    let route = &mut plan.routes[4];
    route.breaks.clear();
    route.departure = clock(1, 10, 35, seconds_after_25_to_eleven);
    route.visits[0].arrival = clock(1, 10, 35, 0);
    retime(&mut route.visits[0], 35 * 60);
    route.visits[1].arrival += Seconds(20 * 60);
    retime(&mut route.visits[1], 20 * 60);
    route.finish += Seconds(20 * 60);
}

pub(super) const FAULTS: &[Fault] = &[
    // The shift.
    in_plan(
        "leaves a second before the shift",
        |plan| plan.routes[1].departure += Seconds(-1),
        &[("early_departure", "$.routes[1].departure")],
    ),
    in_problem(
        "the shift starts a second after the departure",
        |data| data.volunteers[BAYAR].shifts[0].start += Seconds(1),
        &[("early_departure", "$.routes[1].departure")],
    ),
    in_plan(
        "is back a second after the shift",
        |plan| plan.routes[1].finish = clock(0, 15, 0, 1),
        &[("late_finish", "$.routes[1].finish")],
    ),
    in_problem(
        "the shift ends a second before the last visit",
        |data| data.volunteers[BAYAR].shifts[0].end = clock(0, 10, 34, 59),
        &[("late_finish", "$.routes[1].finish")],
    ),
    // The way.
    in_plan(
        "leaves a second too late to arrive as stated",
        |plan| plan.routes[2].departure += Seconds(1),
        &[("travel_too_short", "$.routes[2].visits[0].arrival")],
    ),
    in_plan(
        "arrives a second too soon",
        |plan| plan.routes[0].visits[1].arrival += Seconds(-1),
        &[("travel_too_short", "$.routes[0].visits[1].arrival")],
    ),
    in_plan(
        "arrives next door before the visit before has ended",
        |plan| plan.routes[0].visits[3].arrival += Seconds(-1),
        &[("travel_too_short", "$.routes[0].visits[3].arrival")],
    ),
    in_plan(
        "is home a second too soon",
        |plan| plan.routes[0].finish += Seconds(-1),
        &[("travel_too_short", "$.routes[0].finish")],
    ),
    in_plan(
        "ends the day, wherever it is, before the last visit ends",
        |plan| plan.routes[1].finish += Seconds(-1),
        &[("travel_too_short", "$.routes[1].finish")],
    ),
    in_plan(
        "rests a second longer on the way than the way allows",
        |plan| plan.routes[4].breaks[0].duration += Seconds(1),
        &[("travel_too_short", "$.routes[4].visits[1].arrival")],
    ),
    in_plan(
        "rests on the way home and is there no later for it",
        |plan| plan.routes[2].breaks.push(rest(9, 10, 0, 60)),
        &[("travel_too_short", "$.routes[2].finish")],
    ),
    in_problem(
        "the roads are a thousandth slower",
        |data| data.slowdowns[0].factor_permille += 1,
        &[("travel_too_short", "$.routes[4].visits[1].arrival"), ("travel_too_short", "$.routes[4].finish")],
    ),
    in_problem(
        "there is no way from one visit to the next",
        |data| {
            let TravelRule::Matrix(roads) = &mut data.profiles[0].rule else { panic!("a table") };
            roads.seconds[BASE * roads.places.len() + CLINIC] = TravelMatrix::NO_WAY;
        },
        &[("travel_too_short", "$.routes[4].visits[1].arrival")],
    ),
    // One service after the other, after setup, within a window.
    in_plan(
        "starts before the visit before has ended, and before arriving",
        |plan| retime(&mut plan.routes[0].visits[2], -(8 * 60 + 21)),
        &[("early_start", "$.routes[0].visits[2].start"), ("overlap", "$.routes[0].visits[2].start")],
    ),
    in_plan(
        "two visits in the other order, each at its own time",
        |plan| plan.routes[0].visits.swap(0, 1),
        &[
            ("travel_too_short", "$.routes[0].visits[1].arrival"),
            ("overlap", "$.routes[0].visits[1].start"),
            ("day_travel", "$.routes[0]"),
            ("day_distance", "$.routes[0]"),
        ],
    ),
    in_plan(
        "starts a second before setup is done",
        |plan| retime(&mut plan.routes[0].visits[1], -1),
        &[("early_start", "$.routes[0].visits[1].start")],
    ),
    in_problem(
        "setup takes a second more",
        |data| data.places[YURT].setup += Seconds(1),
        &[("early_start", "$.routes[0].visits[1].start")],
    ),
    in_plan(
        "rests at the door until it is too late for setup",
        |plan| plan.routes[4].breaks.push(Rest::new(clock(1, 10, 57, 30), Seconds(120))),
        &[("early_start", "$.routes[4].visits[1].start")],
    ),
    in_plan(
        "starts a second before the window",
        |plan| retime(&mut plan.routes[0].visits[0], -1),
        &[("outside_window", "$.routes[0].visits[0].start")],
    ),
    in_plan(
        "starts between two windows",
        |plan| retime(&mut plan.routes[1].visits[1], -1),
        &[("outside_window", "$.routes[1].visits[1].start")],
    ),
    in_problem(
        "the window closes a second before the start",
        |data| {
            let window = &mut data.needs[REPAIR].stops[0].windows[0];
            (window.from, window.to) = (clock(1, 10, 0, 0), clock(1, 10, 59, 59));
        },
        &[("outside_window", "$.routes[4].visits[1].start")],
    ),
    // How long it takes.
    in_plan(
        "stays a second less",
        |plan| plan.routes[0].visits[0].end += Seconds(-1),
        &[("wrong_service", "$.routes[0].visits[0].end")],
    ),
    in_plan(
        "stays a second more, which the way to the next visit lacks",
        |plan| plan.routes[0].visits[0].end += Seconds(1),
        &[
            ("wrong_service", "$.routes[0].visits[0].end"),
            ("travel_too_short", "$.routes[0].visits[1].arrival"),
        ],
    ),
    in_plan(
        "ends before it starts",
        |plan| plan.routes[0].visits[0].end = clock(0, 8, 59, 59),
        &[("wrong_service", "$.routes[0].visits[0].end")],
    ),
    in_problem(
        "the person is slower by a thousandth",
        |data| data.volunteers[BAYAR].pace_permille += 1,
        &[("wrong_service", "$.routes[1].visits[0].end")],
    ),
    in_problem(
        "the person has no service time of his own any more",
        |data| data.needs[CHECKUP].roles[0].service_by.clear(),
        &[("wrong_service", "$.routes[1].visits[1].end")],
    ),
    // Promises and agreed times.
    in_plan(
        "is done a second after a hard promise",
        |plan| {
            retime(&mut plan.routes[1].visits[1], 5 * 60 + 1);
            plan.routes[1].finish = plan.routes[1].visits[1].end;
        },
        &[("promise_broken", "$.routes[1].visits[1].end")],
    ),
    in_problem(
        "the start was promised a second earlier",
        |data| data.needs[DRIVE].promise.as_mut().expect("one").start_by = Some(clock(0, 9, 41, 39)),
        &[("promise_broken", "$.routes[0].visits[1].start")],
    ),
    in_problem(
        "start and end were both promised a second earlier",
        |data| {
            let (start_by, finish_by) = (Some(clock(0, 9, 5, 37)), Some(clock(0, 9, 35, 37)));
            data.needs[AID].promise = Some(Promise { start_by, finish_by, hard: true });
        },
        &[("promise_broken", "$.routes[1].visits[0].start"), ("promise_broken", "$.routes[1].visits[0].end")],
    ),
    in_problem(
        "a soft promise that is missed turns hard",
        |data| {
            data.needs[TALK].roles[0].pin = None;
            data.needs[TALK].promise.as_mut().expect("one").hard = true;
        },
        &[("promise_broken", "$.routes[0].visits[3].end")],
    ),
    in_plan(
        "a pinned start moves by a second",
        |plan| {
            retime(&mut plan.routes[0].visits[3], 1);
            plan.routes[0].finish += Seconds(1);
        },
        &[("pin_retimed", "$.routes[0].visits[3].start")],
    ),
    in_problem(
        "the pin itself moves by a second",
        |data| data.needs[TALK].roles[0].pin.as_mut().expect("one").start = Some(clock(0, 13, 0, 1)),
        &[("pin_retimed", "$.routes[0].visits[3].start")],
    ),
    // Breaks that are due.
    in_plan("no break", |plan| plan.routes[0].breaks.clear(), &[("break_missing", "$.routes[0].breaks")]),
    in_plan(
        "a break a second too early",
        |plan| plan.routes[0].breaks[0].start += Seconds(-1),
        &[("break_missing", "$.routes[0].breaks")],
    ),
    in_plan(
        "a break a second too late, and into the next service",
        |plan| plan.routes[0].breaks[0].start = clock(0, 12, 30, 1),
        &[("break_missing", "$.routes[0].breaks"), ("break_misplaced", "$.routes[0].breaks[0]")],
    ),
    in_plan(
        "a break a second too short",
        |plan| plan.routes[0].breaks[0].duration += Seconds(-1),
        &[("break_missing", "$.routes[0].breaks")],
    ),
    in_plan(
        "back a second too late to take the break at home",
        |plan| altan_is_home_early(plan, 1),
        &[("break_missing", "$.routes[0].breaks")],
    ),
    in_plan(
        "away a second too soon to have taken the break at home",
        |plan| dawa_leaves_late(plan, -1),
        &[("break_missing", "$.routes[4].breaks")],
    ),
    // Breaks at a place.
    in_problem(
        "a break on the way that asks for a place",
        asks_for_base,
        &[("break_elsewhere", "$.routes[4].breaks[0]")],
    ),
    in_both(
        "a break at its place, which is left a second too soon",
        |data, plan| {
            asks_for_base(data);
            rests_at(plan, BASE, clock(1, 10, 20, 1));
        },
        &[("travel_too_short", "$.routes[4].visits[1].arrival")],
    ),
    in_both(
        "a break at another place, which is too far",
        |data, plan| {
            asks_for_base(data);
            rests_at(plan, YURT, clock(1, 10, 20, 0));
        },
        &[("break_elsewhere", "$.routes[4].breaks[0]"), ("travel_too_short", "$.routes[4].breaks[0]")],
    ),
    in_plan(
        "a break at a place that does not exist",
        |plan| rests_at(plan, 99, clock(1, 10, 25, 0)),
        &[("unknown_id", "$.routes[4].breaks[0]")],
    ),
    // Breaks where none can be.
    in_plan(
        "a break during a service",
        |plan| plan.routes[1].breaks.push(rest(9, 10, 0, 600)),
        &[("break_misplaced", "$.routes[1].breaks[0]")],
    ),
    in_plan(
        "a break before the departure",
        |plan| plan.routes[1].breaks.push(rest(8, 50, 0, 300)),
        &[("break_misplaced", "$.routes[1].breaks[0]")],
    ),
    in_plan(
        "a break after the finish",
        |plan| plan.routes[1].breaks.push(rest(10, 35, 0, 60)),
        &[("break_misplaced", "$.routes[1].breaks[0]")],
    ),
    in_plan(
        "a break during which one arrives",
        |plan| {
            plan.routes[1].visits[1].arrival = clock(0, 10, 9, 0);
            plan.routes[1].breaks.push(rest(10, 0, 0, 600));
        },
        &[("break_misplaced", "$.routes[1].breaks[0]")],
    ),
    in_plan(
        "a break that overlaps another",
        |plan| plan.routes[0].breaks.push(rest(12, 15, 0, 1500)),
        &[("break_misplaced", "$.routes[0].breaks[1]")],
    ),
    in_plan(
        "breaks out of order",
        |plan| plan.routes[1].breaks = vec![rest(10, 10, 0, 60), rest(10, 5, 0, 60)],
        &[("break_misplaced", "$.routes[1].breaks[1]")],
    ),
    in_plan(
        "a break that gives time back",
        |plan| plan.routes[1].breaks.push(rest(10, 0, 0, -60)),
        &[("break_misplaced", "$.routes[1].breaks[0]")],
    ),
];
