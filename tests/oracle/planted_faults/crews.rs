//! Faults of crews: somebody is missing, comes twice, or is not there in time for the others.

use qise::ProblemData;
use qise::model::{
    LeastPeople, Link, LinkRule, NeedId, Overlap, Quality, Seconds, StartGap, Tally, TeamId, VolunteerId,
};
use qise::plan::{Plan, Route, Visit};

use super::fixture::{
    AID, ALTAN, ALTAN_NEXT_DAY, CALL, CHECKUP, CHUNMEI, DAWA, DRIVE, NURSE, RED_TEAM, REPAIR, SEW, TRANSLATE,
    clock, visit,
};
use super::{Fault, in_both, in_problem};

pub(super) const FAULTS: &[Fault] = &[
    in_problem(
        "a second helper who never comes",
        |data| {
            data.needs[AID].roles[0].count = 2;
            alone(data, AID);
        },
        &[("crew_incomplete", "$.routes[1].visits[0].need")],
    ),
    in_both(
        "the same person sews twice over",
        |data, plan| sew_again(data, plan, Seconds(1800)),
        &[("crew_same_person", "$.routes[3].visits[1].need")],
    ),
    in_both(
        "the second sewing begins too late",
        |data, plan| sew_again(data, plan, Seconds(1799)),
        &[("crew_same_person", "$.routes[3].visits[1].need"), ("crew_apart", "$.routes[3].visits[1].start")],
    ),
    in_problem(
        "one of the red team stays at home, and all must go out",
        |data| red_team(data, LeastPeople { count: 5, price: None }),
        &[("too_few_people", "$.routes")],
    ),
    in_both(
        "two translate, who are of no team together",
        |data, plan| {
            translate_together(data, plan);
            data.needs[TRANSLATE].crew.same_team = true;
        },
        &[("crew_team", "$.routes[4].visits[0].need")],
    ),
    in_both(
        "two translate, and only one is of the red team",
        |data, plan| {
            translate_together(data, plan);
            let tally = Tally { quality: Quality::Team(TeamId::new(RED_TEAM)), min: 2, max: None };
            data.needs[TRANSLATE].crew.tallies.push(tally);
        },
        &[("crew_tally", "$.routes[4].visits[0].need")],
    ),
    in_both(
        "two translate, and one of the red team is too many",
        |data, plan| {
            translate_together(data, plan);
            let tally = Tally { quality: Quality::Team(TeamId::new(RED_TEAM)), min: 0, max: Some(0) };
            data.needs[TRANSLATE].crew.tallies.push(tally);
        },
        &[("crew_tally", "$.routes[4].visits[0].need")],
    ),
    in_both(
        "two translate who must not meet",
        |data, plan| {
            translate_together(data, plan);
            data.apart.push((VolunteerId::new(DAWA), VolunteerId::new(ALTAN)));
        },
        &[("crew_meets", "$.routes[5].visits[0].need")],
    ),
    in_both(
        "Altan goes along, who goes with nobody",
        |_, plan| plan.routes[4].company.push(ALTAN_NEXT_DAY),
        &[("party_stranger", "$.routes[4].company[0]"), ("credential_level", "$.routes[4].visits[1].need")],
    ),
    in_both(
        "Altan goes along twice over",
        |data, plan| {
            translate_together(data, plan);
            data.needs[TRANSLATE].roles[0].count = 1;
            plan.routes.pop();
            plan.routes[4].company.extend([ALTAN_NEXT_DAY, ALTAN_NEXT_DAY]);
        },
        &[
            ("party_stranger", "$.routes[4].company[0]"),
            ("party_stranger", "$.routes[4].company[1]"),
            ("duplicate_route", "$.routes[4].company[1]"),
            ("credential_level", "$.routes[4].visits[1].need"),
            ("credential_level", "$.routes[4].visits[1].need"),
        ],
    ),
    in_both(
        "a need is handed to others that may not be",
        |_, plan| plan.outsourced = std::mem::take(&mut plan.unserved),
        &[("not_outsourced", "$.outsourced[0]")],
    ),
    in_both(
        "needs handed to others cost more than may be spent",
        |data, plan| {
            plan.outsourced = std::mem::take(&mut plan.unserved);
            (data.needs[CALL].outsource, data.outsourcing) = (Some(5), 4);
        },
        &[("over_budget", "$.outsourced")],
    ),
    in_both(
        "a need is handed to others, and left as well",
        |data, plan| {
            plan.outsourced = plan.unserved.clone();
            (data.needs[CALL].outsource, data.outsourcing) = (Some(5), 5);
        },
        &[("wrongly_listed", "$.outsourced[0]")],
    ),
    in_problem(
        "nobody calls, and the repair hangs on the call",
        |data| link(data, (CALL, REPAIR), LinkRule::Together),
        &[("link_missing", "$.routes[4].visits[1].need")],
    ),
    in_problem(
        "the checkup comes sooner after the nurse than it may",
        |data| link(data, (NURSE, CHECKUP), LinkRule::After { min: Seconds(2701), max: None }),
        &[("link_time", "$.routes[1].visits[1].start")],
    ),
    in_problem(
        "the checkup comes later after the nurse than it may",
        |data| link(data, (NURSE, CHECKUP), LinkRule::After { min: Seconds::ZERO, max: Some(Seconds(2699)) }),
        &[("link_time", "$.routes[1].visits[1].start")],
    ),
    in_problem(
        "the nurse does not drive",
        |data| link(data, (NURSE, DRIVE), LinkRule::DifferentPerson),
        &[("link_person", "$.routes[0].visits[1].need")],
    ),
    in_problem(
        "the nurse gives first aid herself",
        |data| link(data, (NURSE, AID), LinkRule::SamePerson { price: None }),
        &[("link_person", "$.routes[1].visits[0].need")],
    ),
    in_problem(
        "nurse and checkup are two ways to do one thing",
        |data| data.choices.push(vec![NeedId::new(NURSE), NeedId::new(CHECKUP)]),
        &[("second_way", "$.routes[1].visits[1].need")],
    ),
    in_both(
        "the second way is listed although the first stands for both",
        |data, plan| {
            let both = [NeedId::new(NURSE), NeedId::new(CALL)];
            data.choices.push(both.to_vec());
            plan.unserved.clear();
            plan.unserved.push(both[1]);
        },
        &[("wrongly_listed", "$.unserved[0].need")],
    ),
    in_both(
        "two translate, not together for as long as they should",
        |data, plan| {
            translate_together(data, plan);
            let translate = &mut data.needs[TRANSLATE];
            (translate.roles[0].count, translate.roles[0].service) = (1, None);
            translate.roles.push(translate.roles[0].clone());
            translate.overlaps = vec![Overlap { one: 0, other: 1, least: Seconds(1200) }];
            let route = plan.routes.last_mut().expect("a route");
            let visit = &mut route.visits[0];
            (visit.role, visit.start, visit.end) = (1, visit.start + Seconds(1), visit.end + Seconds(1));
            route.finish += Seconds(1);
        },
        &[("crew_apart", "$.routes[5].visits[0].start")],
    ),
    in_problem(
        "the repair comes a day sooner after the nurse than it may",
        |data| link(data, (NURSE, REPAIR), LinkRule::DaysApart { min: 2, max: 9, weeks: false }),
        &[("link_days", "$.routes[4].visits[1].start")],
    ),
    in_problem(
        "the repair comes on another weekday than the nurse",
        |data| link(data, (NURSE, REPAIR), LinkRule::DaysApart { min: 0, max: 9, weeks: true }),
        &[("link_days", "$.routes[4].visits[1].start")],
    ),
    in_problem(
        "nurse and translator come on one day",
        |data| link(data, (NURSE, TRANSLATE), LinkRule::SameDay),
        &[("link_day", "$.routes[4].visits[0].need")],
    ),
];

pub(super) fn link(data: &mut ProblemData, (from, to): (usize, usize), rule: LinkRule) {
    data.links.push(Link { from: NeedId::new(from), to: NeedId::new(to), rule });
}

/// Altan comes to translate on the second day, together with Dawa; which breaks no rule.
pub(super) fn translate_together(data: &mut ProblemData, plan: &mut Plan) {
    data.needs[TRANSLATE].roles[0].count = 2;
    let next = |minutes, seconds| clock(1, 9, minutes, seconds);
    let visits = vec![visit(TRANSLATE, next(50, 0), next(60, 0), next(80, 0))];
    let (departure, finish) = (next(45, 0), next(86, 0));
    plan.routes.push(Route {
        unit: ALTAN_NEXT_DAY,
        company: vec![],
        departure,
        visits,
        calls: vec![],
        breaks: vec![],
        finish,
    });
}

/// Takes away what crews cannot have yet.
fn alone(data: &mut ProblemData, need: usize) {
    let told = data.previous.as_mut().expect("a previous plan");
    told.assignments.retain(|visit| visit.need != NeedId::new(need));
    (data.needs[need].roles[0].pin, data.needs[need].change_price) = (None, None);
    data.needs[need].roles[0].load.clear();
}

/// A second role of the sewing follows the first by at most `gap`; the same person takes it, when the first is done.
fn sew_again(data: &mut ProblemData, plan: &mut Plan, gap: Seconds) {
    alone(data, SEW);
    let sew = &mut data.needs[SEW];
    sew.roles.push(sew.roles[0].clone());
    sew.gaps = vec![StartGap { from: 0, to: 1, min: Seconds::ZERO, max: gap }];
    let limits = &mut data.volunteers[CHUNMEI].per_day;
    (limits.work, limits.visits) = (None, None);
    let afternoon = &mut plan.routes[3];
    let (arrival, end) = (clock(0, 14, 50, 32), clock(0, 15, 20, 32));
    afternoon.visits.push(Visit { role: 1, ..visit(SEW, arrival, arrival, end) });
    afternoon.finish = clock(0, 15, 39, 4);
}

/// Everybody is of the red team, and somebody more with a shift, who stays at home.
pub(super) fn red_team(data: &mut ProblemData, least: LeastPeople) {
    let mut more = data.volunteers[DAWA].clone();
    more.key = "erden".into();
    data.volunteers.push(more);
    for volunteer in &mut data.volunteers {
        if !volunteer.teams.contains(&TeamId::new(RED_TEAM)) {
            volunteer.teams.push(TeamId::new(RED_TEAM));
        }
    }
    data.teams[RED_TEAM].least_people = Some(least);
}
