//! Faults of the lists: things that do not exist, times beyond all limits, needs and routes too often or not at all.

use qise::model::{NeedId, Seconds, Time, UnitId};
use qise::plan::{Rest, Route};

use super::fixture::{CALL, NURSE, clock};
use super::{Fault, in_plan};

pub(super) const FAULTS: &[Fault] = &[
    in_plan(
        "a plan of another problem",
        |plan| plan.fingerprint = "0123456789abcdef".parse().ok(),
        &[("other_problem", "$.fingerprint")],
    ),
    // What does not exist. Nothing else is asked of it, and what it should have served is missing.
    in_plan(
        "a route of nobody",
        |plan| plan.routes[4].unit = UnitId(99),
        &[
            ("unknown_id", "$.routes[4].volunteer"),
            ("not_listed", "$.unserved"),
            ("not_listed", "$.unserved"),
        ],
    ),
    in_plan(
        "a visit to no need",
        |plan| plan.routes[1].visits[1].need = NeedId(11),
        &[("unknown_id", "$.routes[1].visits[1].need"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "a role that the need does not have",
        |plan| plan.routes[1].visits[1].role = 1,
        &[("unknown_id", "$.routes[1].visits[1].need"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "a stop that the need does not have",
        |plan| plan.routes[1].visits[1].stop = 1,
        &[("unknown_id", "$.routes[1].visits[1].need"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "no such need among the unserved",
        |plan| plan.unserved.push(NeedId(u32::MAX)),
        &[("unknown_id", "$.unserved[1].need")],
    ),
    // Times that cannot be reckoned with: the route is not read any further.
    in_plan(
        "a start at the end of time",
        |plan| plan.routes[1].visits[0].start = Time::MAX,
        &[("time_out_of_range", "$.routes[1]"), ("not_listed", "$.unserved"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "a finish just beyond the limit",
        |plan| plan.routes[2].finish = Time(Time::LIMIT + 1),
        &[("time_out_of_range", "$.routes[2]"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "a break just longer than the limit",
        |plan| {
            plan.routes[2].breaks = vec![Rest::new(clock(0, 9, 10, 0), Seconds::LIMIT + Seconds(1))];
        },
        &[("time_out_of_range", "$.routes[2]"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "an impossible departure of an empty route",
        |plan| {
            let departure = Time::MIN;
            let finish = clock(1, 9, 0, 0);
            plan.routes.push(Route {
                unit: UnitId(1),
                company: vec![],
                departure,
                visits: vec![],
                calls: vec![],
                breaks: vec![],
                finish,
            });
        },
        &[("time_out_of_range", "$.routes[5]")],
    ),
    // Too often, or not at all.
    in_plan(
        "a second, empty route of one shift",
        |plan| {
            let empty = Route { visits: vec![], breaks: vec![], ..plan.routes[0].clone() };
            plan.routes.push(empty);
        },
        &[("duplicate_route", "$.routes[5].volunteer")],
    ),
    in_plan(
        "the second visit of a route as a route of its own",
        |plan| {
            let checkup = plan.routes[1].visits.pop().expect("the checkup");
            let finish = std::mem::replace(&mut plan.routes[1].finish, clock(0, 9, 35, 38));
            let departure = plan.routes[1].finish;
            let visits = vec![checkup];
            plan.routes.push(Route { departure, visits, finish, ..plan.routes[1].clone() });
        },
        &[("duplicate_route", "$.routes[5].volunteer")],
    ),
    in_plan(
        "the same visit twice in a row",
        |plan| {
            let again = plan.routes[1].visits[1];
            plan.routes[1].visits.push(again);
        },
        &[
            ("served_twice", "$.routes[1].visits[2].need"),
            ("travel_too_short", "$.routes[1].visits[2].arrival"),
            ("overlap", "$.routes[1].visits[2].start"),
        ],
    ),
    in_plan(
        "a need served again later, with all the time it takes",
        |plan| {
            let mut again = plan.routes[1].visits[0];
            again.arrival = clock(0, 10, 58, 10);
            (again.start, again.end) = (clock(0, 11, 0, 0), clock(0, 11, 30, 0));
            plan.routes[1].visits.push(again);
            plan.routes[1].finish = again.end;
        },
        &[("served_twice", "$.routes[1].visits[2].need")],
    ),
    in_plan("an unserved need forgotten", |plan| plan.unserved.clear(), &[("not_listed", "$.unserved")]),
    in_plan(
        "a visit dropped and not listed",
        |plan| {
            plan.routes[4].visits.pop();
        },
        &[("not_listed", "$.unserved")],
    ),
    in_plan(
        "a route dropped and not listed",
        |plan| {
            plan.routes.remove(1);
        },
        &[("not_listed", "$.unserved"), ("not_listed", "$.unserved")],
    ),
    in_plan(
        "listed as unserved although served",
        |plan| plan.unserved.insert(0, NeedId::new(NURSE)),
        &[("wrongly_listed", "$.unserved[0].need")],
    ),
    in_plan(
        "listed as unserved twice",
        |plan| plan.unserved.push(NeedId::new(CALL)),
        &[("wrongly_listed", "$.unserved[1].need")],
    ),
];
