//! Faults of rides: a stop is missing or out of order, the ride takes too long, and too much is on board at once.

use qise::ProblemData;
use qise::model::{Break, Limits, Seconds, Stop, Time, Unload, Window};
use qise::plan::{Plan, Rest, Visit};

use super::fixture::{AID, BAYAR, CHECKUP, SEATS, load};
use super::{Fault, in_both};

pub(super) const FAULTS: &[Fault] = &[
    in_both(
        "nobody gets off",
        |data, plan| {
            ride(data, plan, AID, 0);
            plan.routes[1].visits.remove(1);
        },
        &[("ride_broken", "$.routes[1].visits[0].need")],
    ),
    in_both(
        "off before on",
        |data, plan| {
            ride(data, plan, AID, 0);
            let visits = &mut plan.routes[1].visits;
            (visits[0].stop, visits[1].stop) = (1, 0);
            let service = visits[0].end - visits[0].start;
            data.needs[AID].stops[1].service = service;
            data.needs[AID].stops[0].service = Seconds::ZERO;
            (data.needs[AID].stops[0].windows, data.needs[AID].promise) = (vec![ANY_TIME], None);
        },
        &[("ride_broken", "$.routes[1].visits[0].need")],
    ),
    in_both(
        "with a checkup on the way it takes too long",
        |data, plan| {
            checkup_on_the_way(data, plan);
            let visits = &plan.routes[1].visits;
            let took = visits[2].start - visits[0].end;
            data.needs[AID].max_ride = Some(Seconds(took.0 - 1));
        },
        &[("ride_too_long", "$.routes[1].visits[0].need")],
    ),
    in_both(
        "what is brought to the checkup takes the seats",
        |data, plan| {
            ride(data, plan, AID, 0);
            seats(data, AID);
            seats(data, CHECKUP);
        },
        &[("overload", "$.routes[1]")],
    ),
    in_both(
        "the first who got in gets off first, from below the other",
        |data, plan| crossed(data, plan, Unload::LastInFirstOut),
        &[("unload_order", "$.routes[1].visits[2].need")],
    ),
    in_both(
        "what is brought to the checkup lies below the ride",
        |data, plan| {
            checkup_on_the_way(data, plan);
            seats(data, CHECKUP);
            data.volunteers[BAYAR].unload = Unload::LastInFirstOut;
        },
        &[("unload_order", "$.routes[1].visits[1].need")],
    ),
    in_both(
        "a break with somebody on board",
        |data, plan| rested(data, plan, true),
        &[("break_laden", "$.routes[1].breaks[0]")],
    ),
    in_both(
        "two rides at once, with seats for one",
        |data, plan| {
            ride(data, plan, CHECKUP, 1);
            checkup_on_the_way(data, plan);
            seats(data, AID);
            seats(data, CHECKUP);
        },
        &[("overload", "$.routes[1]")],
    ),
];

/// What breaks no rule.
pub(super) const CHANGES: &[Fault] = &[
    in_both(
        "the first who got in gets off first, by another door",
        |data, plan| crossed(data, plan, Unload::AnyOrder),
        &[],
    ),
    in_both(
        "the second ride within the first",
        |data, plan| {
            crossed(data, plan, Unload::LastInFirstOut);
            plan.routes[1].visits.swap(2, 3);
        },
        &[],
    ),
    in_both("a break when the last has got off", |data, plan| rested(data, plan, false), &[]),
    in_both(
        "one ride after the other, in the same seats",
        |data, plan| {
            ride(data, plan, CHECKUP, 1);
            ride(data, plan, AID, 0);
            seats(data, AID);
            seats(data, CHECKUP);
        },
        &[],
    ),
    in_both(
        "with a checkup on the way, in just the time it may take",
        |data, plan| {
            checkup_on_the_way(data, plan);
            let visits = &plan.routes[1].visits;
            data.needs[AID].max_ride = Some(visits[2].start - visits[0].end);
        },
        &[],
    ),
];

const ANY_TIME: Window = Window { from: Time(0), to: Time(Time::LIMIT) };

/// Makes a ride of a need that Bayar serves as visit number `at`: to where it is now, with one more stop at its place at once.
fn ride(data: &mut ProblemData, plan: &mut Plan, need: usize, at: usize) {
    let place = data.needs[need].stops[0].place;
    data.needs[need].stops.push(Stop { place, windows: vec![ANY_TIME], service: Seconds::ZERO });
    let bayar = &mut data.volunteers[BAYAR];
    (bayar.per_day, bayar.pace_permille) = (Limits::default(), 1000);
    let visits = &mut plan.routes[1].visits;
    // Everybody takes as long as he did, at his pace and by his own times.
    for visit in visits.iter().filter(|visit| visit.stop == 0) {
        let need = &mut data.needs[visit.need.index()];
        need.stops[0].service = visit.end - visit.start;
        need.roles[0].service_by.clear();
    }
    let Visit { need, end, .. } = visits[at];
    visits.insert(at + 1, Visit { need, role: 0, stop: 1, arrival: end, start: end, end });
}

/// The first aid is a ride that ends where the checkup is done, as soon as it is done.
fn checkup_on_the_way(data: &mut ProblemData, plan: &mut Plan) {
    ride(data, plan, AID, 0);
    data.needs[AID].stops[1].place = data.needs[CHECKUP].stops[0].place;
    let visits = &mut plan.routes[1].visits;
    visits.swap(1, 2);
    let end = visits[1].end;
    (visits[2].arrival, visits[2].start, visits[2].end) = (end, end, end);
}

/// The first aid and the checkup as rides that end at the same place: the first in, the second in, the first off, the second off.
fn crossed(data: &mut ProblemData, plan: &mut Plan, unload: Unload) {
    ride(data, plan, CHECKUP, 1);
    checkup_on_the_way(data, plan);
    data.volunteers[BAYAR].unload = unload;
    // The checkup ends where it began, as soon as the first aid is over there.
    let visits = &plan.routes[1].visits;
    debug_assert!(visits.iter().map(|visit| visit.stop).eq([0, 0, 1, 1]));
}

/// Bayar has a break of a minute after the first aid, a ride that ends where it began: behind the break, or before it.
fn rested(data: &mut ProblemData, plan: &mut Plan, on_board: bool) {
    ride(data, plan, AID, 0);
    let visits = &mut plan.routes[1].visits;
    let start = visits[0].end;
    let (minute, off) = (Seconds(60), if on_board { start + Seconds(60) } else { start });
    (visits[1].start, visits[1].end) = (off, off);
    visits[2].arrival += minute;
    let rest = Break { only_when_empty: true, ..Break::new(start, start, minute) };
    data.volunteers[BAYAR].shifts[0].breaks = vec![rest];
    plan.routes[1].breaks = vec![Rest::new(start, minute)];
}

/// A need for all seats that Bayar has.
fn seats(data: &mut ProblemData, need: usize) {
    data.volunteers[BAYAR].capacity = vec![load(SEATS, 3)];
    data.needs[need].roles[0].load = vec![load(SEATS, 3)];
}
