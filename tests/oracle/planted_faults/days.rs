//! Faults of what one person does in a day and a week, and of the rest between days.

use qise::ProblemData;
use qise::model::{Limits, Metres, NeedId, Seconds, Window};
use qise::plan::{Plan, Route};

use super::fixture::{ALTAN, ALTAN_NEXT_DAY, CALL, CHUNMEI, clock, visit};
use super::{Fault, in_both};

pub(super) const FAULTS: &[Fault] = &[
    in_both(
        "a second more than all the overtime there may be",
        |data, plan| {
            let shift = &mut data.volunteers[CHUNMEI].shifts[1];
            (shift.end, shift.overtime) = (clock(0, 15, 0, 0), Seconds(544));
            plan.routes[3].finish = clock(0, 15, 9, 5);
        },
        &[("late_finish", "$.routes[3].finish")],
    ),
    in_both(
        "a second too much in the week",
        |data, plan| {
            altan_goes_out_again(data, plan);
            data.volunteers[ALTAN].per_week.work = Some(Seconds(18_840 + 2850 - 1));
        },
        &[("week_work", "$.routes[5]")],
    ),
    in_both(
        "a second and a metre too far in the week, and a visit too many",
        |data, plan| {
            altan_goes_out_again(data, plan);
            data.volunteers[ALTAN].per_week = Limits {
                travel: Some(Seconds(4289)),
                work: None,
                distance: Some(Metres(44_199)),
                visits: Some(4),
            };
        },
        &[("week_travel", "$.routes[5]"), ("week_distance", "$.routes[5]"), ("week_visits", "$.routes[5]")],
    ),
    in_both(
        "a second too little rest",
        |data, plan| {
            altan_goes_out_again(data, plan);
            data.volunteers[ALTAN].rest = Seconds(65_761);
        },
        &[("rest_too_short", "$.routes[5].departure")],
    ),
    in_both(
        "off duty at noon, and still a second too much in the day",
        |data, _| {
            data.volunteers[ALTAN].shifts[0].breaks[0].off_duty = true;
            data.volunteers[ALTAN].per_day.work = Some(Seconds(18_840 - 1800 - 1));
        },
        &[("day_work", "$.routes[0]")],
    ),
];

/// What breaks no rule.
pub(super) const CHANGES: &[Fault] = &[
    in_both(
        "as much overtime as may be",
        |data, _| {
            let shift = &mut data.volunteers[CHUNMEI].shifts[1];
            (shift.end, shift.overtime) = (clock(0, 15, 0, 0), Seconds(544));
        },
        &[],
    ),
    in_both(
        "as much in the week, and as little rest, as may be",
        |data, plan| {
            altan_goes_out_again(data, plan);
            data.volunteers[ALTAN].per_week.work = Some(Seconds(18_840 + 2850));
            data.volunteers[ALTAN].rest = Seconds(65_760);
        },
        &[],
    ),
    in_both(
        "as far in the week, and as many visits, as may be",
        |data, plan| {
            altan_goes_out_again(data, plan);
            data.volunteers[ALTAN].per_week = Limits {
                travel: Some(Seconds(4290)),
                work: Some(Seconds(18_840 + 2850)),
                distance: Some(Metres(44_200)),
                visits: Some(5),
            };
        },
        &[],
    ),
    in_both(
        "off duty at noon is no work",
        |data, _| {
            data.volunteers[ALTAN].shifts[0].breaks[0].off_duty = true;
            data.volunteers[ALTAN].per_day.work = Some(Seconds(18_840 - 1800));
        },
        &[],
    ),
    in_both(
        "the next day is another week",
        |data, plan| {
            altan_goes_out_again(data, plan);
            // Day 3 is a Sunday, day 4 a Monday.
            for (shift, day) in data.volunteers[ALTAN].shifts.iter_mut().zip(3..) {
                shift.day = day;
            }
            data.volunteers[ALTAN].per_week.work = Some(Seconds(18_840));
        },
        &[],
    ),
];

/// Somebody calls on the second day.
pub(super) fn call_next_day(data: &mut ProblemData, plan: &mut Plan) {
    data.needs[CALL].stops[0].windows = vec![Window { from: clock(1, 8, 0, 0), to: clock(1, 12, 0, 0) }];
    plan.unserved.retain(|&need| need != NeedId::new(CALL));
}

fn altan_goes_out_again(data: &mut ProblemData, plan: &mut Plan) {
    call_next_day(data, plan);
    let visits = vec![visit(CALL, clock(1, 8, 12, 30), clock(1, 8, 12, 30), clock(1, 8, 32, 30))];
    let (departure, finish) = (clock(1, 8, 0, 0), clock(1, 8, 47, 30));
    let unit = ALTAN_NEXT_DAY;
    plan.routes.push(Route { unit, departure, visits, breaks: vec![], finish, ..plan.routes[3].clone() });
}
