//! Faults of the people: what the role asks of them, what they give in a day, who was agreed to come.

use qise::model::{CategoryId, Gender, Metres, NeedId, Pin, Quality, Seconds, TeamId, VolunteerId};
use qise::plan::{Plan, Visit};

use super::fixture::{
    AID, ALTAN, ALTAN_NEXT_DAY, BATH, BAYAR, BAYAR_TODAY, CALL, CHECKUP, CHUNMEI, DAWA, ESCORT, KG, NURSE,
    REPAIR, SEATS, TALK, TRANSLATE, WHITE_TEAM, clock, load, person, visit,
};
use super::{Fault, in_plan, in_problem};

/// The call is served after all, as the last visit of a route.
fn serve_call(plan: &mut Plan, route: usize, call: Visit) {
    plan.unserved.clear();
    plan.routes[route].visits.push(call);
}

pub(super) const FAULTS: &[Fault] = &[
    // Loads: too much in one dimension, in two, or for somebody who carries nothing.
    in_problem(
        "a kilogram too much on board, though each load alone is light enough",
        |data| data.volunteers[ALTAN].capacity = vec![load(KG, 69), load(SEATS, 4)],
        &[("overload", "$.routes[0]")],
    ),
    in_problem(
        "too many kilograms and too many seats",
        |data| data.volunteers[ALTAN].capacity = vec![load(KG, 69), load(SEATS, 3)],
        &[("overload", "$.routes[0]"), ("overload", "$.routes[0]")],
    ),
    in_problem(
        "who says nothing of seats has none",
        |data| {
            data.volunteers[ALTAN].capacity.remove(0);
        },
        &[("overload", "$.routes[0]")],
    ),
    in_problem(
        "one kilogram is too much for empty hands",
        |data| data.needs[REPAIR].roles[0].load = vec![load(KG, 1)],
        &[("overload", "$.routes[4]")],
    ),
    // Skills, credentials and languages: not held, too low, expired.
    in_problem(
        "lacks the skill",
        |data| {
            data.volunteers[ALTAN].holds.remove(0);
        },
        &[("skill_missing", "$.routes[0].visits[0].need")],
    ),
    in_problem(
        "holds the skill a level too low",
        |data| data.volunteers[ALTAN].holds[0].what.level = 1,
        &[("skill_level", "$.routes[0].visits[0].need")],
    ),
    in_problem(
        "the skill expires a second before the end of the visit",
        |data| data.volunteers[ALTAN].holds[0].expires = Some(clock(0, 9, 29, 59)),
        &[("skill_expired", "$.routes[0].visits[0].need")],
    ),
    in_problem(
        "lacks the credential",
        |data| {
            data.volunteers[DAWA].holds.remove(0);
        },
        &[("credential_missing", "$.routes[4].visits[1].need")],
    ),
    in_problem(
        "holds the credential a level too low",
        |data| data.volunteers[DAWA].holds[0].what.level = 1,
        &[("credential_level", "$.routes[4].visits[1].need")],
    ),
    in_problem(
        "the credential expires a second before the end of the visit",
        |data| data.volunteers[ALTAN].holds[1].expires = Some(clock(0, 10, 41, 39)),
        &[("credential_expired", "$.routes[0].visits[1].need")],
    ),
    in_plan(
        "in the afternoon the credential has expired",
        |plan| {
            plan.routes[2].visits.clear();
            let escort = visit(ESCORT, clock(0, 15, 27, 36), clock(0, 15, 30, 0), clock(0, 16, 15, 0));
            plan.routes[3].visits.push(escort);
            plan.routes[3].finish = clock(0, 16, 33, 32);
        },
        &[("credential_expired", "$.routes[3].visits[1].need")],
    ),
    in_problem(
        "does not speak the language",
        |data| {
            data.volunteers[DAWA].holds.pop();
        },
        &[("language_missing", "$.routes[4].visits[0].need")],
    ),
    in_problem(
        "speaks the language a level too low",
        |data| data.volunteers[ALTAN].holds[2].what.level = 1,
        &[("language_level", "$.routes[0].visits[1].need")],
    ),
    in_problem(
        "the language certificate has expired long ago",
        |data| data.volunteers[DAWA].holds[1].expires = Some(clock(-400, 0, 0, 0)),
        &[("language_expired", "$.routes[4].visits[0].need")],
    ),
    // What people are: gender, team, name, alternatives, exclusions.
    in_problem(
        "is of the other gender",
        |data| data.volunteers[ALTAN].gender = Some(Gender::Male),
        &[("wrong_gender", "$.routes[0].visits[2].need")],
    ),
    in_problem(
        "is of no known gender",
        |data| data.volunteers[ALTAN].gender = None,
        &[("wrong_gender", "$.routes[0].visits[2].need")],
    ),
    in_problem(
        "changes to a team that may not serve",
        |data| {
            data.needs[TALK].roles[0].pin = None;
            data.volunteers[ALTAN].teams = vec![TeamId::new(WHITE_TEAM)];
        },
        &[("wrong_team", "$.routes[0].visits[3].need")],
    ),
    in_problem(
        "the team stands for another category, which only who asks for the category minds",
        |data| data.teams[WHITE_TEAM].category = Some(CategoryId(5)),
        &[("wrong_team", "$.routes[1].visits[1].need")],
    ),
    in_problem(
        "leaves the team, and with it the last alternative",
        |data| data.volunteers[BAYAR].teams.clear(),
        &[("no_alternative", "$.routes[1].visits[0].need"), ("wrong_team", "$.routes[1].visits[1].need")],
    ),
    in_problem(
        "another person is asked for by name",
        |data| data.needs[ESCORT].roles[0].requires.all.push(person(DAWA)),
        &[("wrong_person", "$.routes[2].visits[0].need")],
    ),
    in_plan(
        "a person who is excluded by name",
        |plan| {
            let call = visit(CALL, clock(0, 10, 39, 38), clock(0, 10, 40, 0), clock(0, 11, 4, 0));
            serve_call(plan, 1, call);
            plan.routes[1].finish = call.end;
        },
        &[("forbidden", "$.routes[1].visits[2].need")],
    ),
    in_problem(
        "two qualities of the person are excluded",
        |data| {
            data.needs[AID].roles[0].requires.none.extend([Quality::Gender(Gender::Male), person(BAYAR)]);
        },
        &[("forbidden", "$.routes[1].visits[0].need"), ("forbidden", "$.routes[1].visits[0].need")],
    ),
    // How far from home.
    in_plan(
        "a neighbour where none is wanted, at one visit too many",
        |plan| {
            let call = visit(CALL, clock(0, 15, 9, 4), clock(0, 15, 9, 4), clock(0, 15, 29, 4));
            serve_call(plan, 3, call);
            plan.routes[3].finish = call.end;
        },
        &[("too_near", "$.routes[3].visits[1].need"), ("day_visits", "$.routes[3]")],
    ),
    in_problem(
        "lives a metre too near",
        |data| data.needs[BATH].roles[0].min_home_distance = Metres(13_345),
        &[("too_near", "$.routes[0].visits[2].need")],
    ),
    in_problem(
        "goes a metre too far",
        |data| data.volunteers[BAYAR].max_radius = Some(Metres(4447)),
        &[("beyond_radius", "$.routes[1].visits[1].need")],
    ),
    // What they give in a day, over both shifts of it.
    in_problem(
        "a second of travel too much",
        |data| data.volunteers[CHUNMEI].per_day.travel = Some(Seconds(4447)),
        &[("day_travel", "$.routes[3]")],
    ),
    in_problem(
        "a second of work too much",
        |data| data.volunteers[CHUNMEI].per_day.work = Some(Seconds(9155)),
        &[("day_work", "$.routes[3]")],
    ),
    in_problem(
        "a metre too much",
        |data| data.volunteers[CHUNMEI].per_day.distance = Some(Metres(4447)),
        &[("day_distance", "$.routes[3]")],
    ),
    in_problem(
        "a visit too many",
        |data| data.volunteers[CHUNMEI].per_day.visits = Some(1),
        &[("day_visits", "$.routes[3]")],
    ),
    in_plan(
        "comes home a second too late for a day's work",
        |plan| plan.routes[0].finish = clock(0, 14, 30, 1),
        &[("day_work", "$.routes[0]")],
    ),
    in_plan(
        "stays out after the shift, and works too long with it",
        |plan| plan.routes[3].finish = clock(0, 18, 0, 1),
        &[("late_finish", "$.routes[3].finish"), ("day_work", "$.routes[3]")],
    ),
    // Who was agreed to come.
    in_problem(
        "pinned to another who could come as well",
        |data| {
            data.needs[TRANSLATE].roles[0].pin =
                Some(Pin { volunteer: VolunteerId::new(ALTAN), start: None });
        },
        &[("pin_moved", "$.routes[4].visits[0].need")],
    ),
    in_plan(
        "a pinned visit by another, who was not asked for and has enough to do",
        |plan| {
            let mut sew = plan.routes[3].visits.pop().expect("the sewing");
            sew.arrival = clock(0, 13, 36, 0);
            plan.routes[0].visits.push(sew);
            plan.routes[0].finish = clock(0, 14, 58, 32);
        },
        &[
            ("wrong_person", "$.routes[0].visits[4].need"),
            ("pin_moved", "$.routes[0].visits[4].need"),
            ("day_work", "$.routes[0]"),
            ("day_visits", "$.routes[0]"),
        ],
    ),
    // Whole routes and pairs of visits in other hands.
    in_plan(
        "a morning's route handed to a slower person who comes later and has a route already",
        |plan| plan.routes[2].unit = BAYAR_TODAY,
        &[
            ("duplicate_route", "$.routes[2].volunteer"),
            ("early_departure", "$.routes[2].departure"),
            ("credential_missing", "$.routes[2].visits[0].need"),
            ("wrong_service", "$.routes[2].visits[0].end"),
        ],
    ),
    in_plan(
        "a route handed to somebody who starts and ends elsewhere",
        |plan| plan.routes[4].unit = ALTAN_NEXT_DAY,
        &[
            ("travel_too_short", "$.routes[4].visits[0].arrival"),
            ("early_start", "$.routes[4].visits[0].start"),
            ("credential_level", "$.routes[4].visits[1].need"),
            ("travel_too_short", "$.routes[4].finish"),
            ("day_travel", "$.routes[4]"),
        ],
    ),
    in_plan(
        "two people change needs and keep their times",
        |plan| {
            plan.routes[0].visits[0].need = NeedId::new(ESCORT);
            plan.routes[2].visits[0].need = NeedId::new(NURSE);
        },
        &[
            ("travel_too_short", "$.routes[0].visits[0].arrival"),
            ("wrong_service", "$.routes[0].visits[0].end"),
            ("credential_missing", "$.routes[0].visits[0].need"),
            ("early_start", "$.routes[2].visits[0].start"),
            ("outside_window", "$.routes[2].visits[0].start"),
            ("wrong_service", "$.routes[2].visits[0].end"),
            ("overload", "$.routes[2]"),
            ("skill_missing", "$.routes[2].visits[0].need"),
        ],
    ),
    in_plan(
        "the other way round: two visits of one person at each other's times",
        |plan| {
            plan.routes[1].visits[0].need = NeedId::new(CHECKUP);
            plan.routes[1].visits[1].need = NeedId::new(AID);
        },
        &[
            ("travel_too_short", "$.routes[1].visits[0].arrival"),
            ("outside_window", "$.routes[1].visits[0].start"),
            ("wrong_service", "$.routes[1].visits[0].end"),
            ("wrong_service", "$.routes[1].visits[1].end"),
        ],
    ),
];
