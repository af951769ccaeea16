//! Changes that break nothing: every limit is reached, none is passed.

use qise::model::{LeastPeople, LinkRule, Metres, Seconds, Time, UnitId};
use qise::plan::{Rest, Route};

use super::crews::{link, red_team, translate_together};
use super::fixture::{
    AID, ALTAN, BATH, BAYAR, CHECKUP, CHUNMEI, DRIVE, KG, NURSE, REPAIR, SEATS, clock, load,
};
use super::times::{altan_is_home_early, dawa_leaves_late, rest};
use super::{Fault, in_both, in_plan, in_problem};

/// Changes of which nothing may be reported.
pub(super) const CHANGES: &[Fault] = &[
    in_both("two translate together", translate_together, &[]),
    in_problem(
        "as many of the red team go out as must",
        |data| red_team(data, LeastPeople { count: 4, price: None }),
        &[],
    ),
    in_problem(
        "one of the red team is missing, at a price",
        |data| red_team(data, LeastPeople { count: 5, price: Some(50) }),
        &[],
    ),
    in_problem(
        "every link that the plan keeps",
        |data| {
            let min = Seconds(2700);
            link(data, (NURSE, CHECKUP), LinkRule::After { min, max: Some(min) });
            link(data, (NURSE, DRIVE), LinkRule::SamePerson { price: None });
            link(data, (NURSE, AID), LinkRule::DifferentPerson);
            link(data, (NURSE, AID), LinkRule::SameDay);
            link(data, (BATH, REPAIR), LinkRule::Together);
            link(data, (NURSE, REPAIR), LinkRule::DaysApart { min: 1, max: 1, weeks: false });
            link(data, (AID, CHECKUP), LinkRule::DaysApart { min: -3, max: 3, weeks: true });
        },
        &[],
    ),
    in_problem(
        "skill and credential run out as the visits end",
        |data| {
            data.volunteers[ALTAN].holds[0].expires = Some(clock(0, 9, 30, 0));
            data.volunteers[ALTAN].holds[1].expires = Some(clock(0, 10, 41, 40));
        },
        &[],
    ),
    in_plan("the routes in another order", |plan| plan.routes.reverse(), &[]),
    in_plan("the day starts with the shift", |plan| plan.routes[0].departure = clock(0, 8, 0, 0), &[]),
    in_plan("the day ends with the shift", |plan| plan.routes[1].finish = clock(0, 15, 0, 0), &[]),
    in_plan(
        "who does not go out may write any times",
        |plan| {
            let (departure, finish) = (Time(Time::LIMIT), Time(-Time::LIMIT));
            let breaks = vec![Rest::new(Time(0), Seconds(-1))];
            plan.routes.push(Route {
                unit: UnitId(1),
                company: vec![],
                departure,
                visits: vec![],
                calls: vec![],
                breaks,
                finish,
            });
        },
        &[],
    ),
    in_plan("a break up to the next service", |plan| plan.routes[0].breaks[0].duration = Seconds(3600), &[]),
    in_plan("a break at the last moment", |plan| plan.routes[0].breaks[0].start = clock(0, 12, 30, 0), &[]),
    in_plan("a break that is not due", |plan| plan.routes[1].breaks.push(rest(9, 58, 48, 972)), &[]),
    in_plan(
        "a break right at the departure, and another right after it",
        |plan| {
            plan.routes[0].departure = clock(0, 8, 20, 0);
            plan.routes[0].breaks.splice(0..0, [rest(8, 20, 0, 300), rest(8, 25, 0, 300)]);
        },
        &[],
    ),
    in_plan(
        "a break on the way home, and home so much later",
        |plan| {
            plan.routes[2].breaks.push(rest(9, 5, 0, 60));
            plan.routes[2].finish += Seconds(60);
        },
        &[],
    ),
    in_plan("home just in time for the break", |plan| altan_is_home_early(plan, 0), &[]),
    in_plan("away just after the break", |plan| dawa_leaves_late(plan, 0), &[]),
    in_plan(
        "arrives and starts later within what is left",
        |plan| {
            let checkup = &mut plan.routes[1].visits[1];
            checkup.arrival = clock(0, 10, 20, 0);
            (checkup.start, checkup.end) = (clock(0, 10, 20, 0), clock(0, 10, 40, 0));
            plan.routes[1].finish = clock(0, 10, 40, 0);
        },
        &[],
    ),
    in_problem(
        "the promise falls on the very start",
        |data| data.needs[DRIVE].promise.as_mut().expect("one").start_by = Some(clock(0, 9, 41, 40)),
        &[],
    ),
    in_problem(
        "the window is no longer than the very start",
        |data| data.needs[REPAIR].stops[0].windows[0].to = clock(1, 11, 0, 0),
        &[],
    ),
    in_problem(
        "lives just far enough away",
        |data| data.needs[BATH].roles[0].min_home_distance = Metres(13_344),
        &[],
    ),
    in_problem(
        "carries just as much",
        |data| data.volunteers[ALTAN].capacity = vec![load(KG, 70), load(SEATS, 4)],
        &[],
    ),
    in_problem(
        "of nothing anybody can carry nothing",
        |data| data.needs[REPAIR].roles[0].load = vec![load(KG, 0)],
        &[],
    ),
    in_problem("goes just as far", |data| data.volunteers[BAYAR].max_radius = Some(Metres(4448)), &[]),
    in_problem(
        "works just as long as given",
        |data| data.volunteers[CHUNMEI].per_day.work = Some(Seconds(9156)),
        &[],
    ),
];
