//! Faults of crews: somebody is missing, comes twice, or is not there in time for the others.

use qise::ProblemData;
use qise::model::{NeedId, Seconds, StartGap};
use qise::plan::{Plan, Visit};

use super::fixture::{AID, CHUNMEI, SEW, clock, visit};
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
];

/// Takes away what crews cannot have yet.
fn alone(data: &mut ProblemData, need: usize) {
    let told = data.previous.as_mut().expect("a previous plan");
    told.assignments.retain(|visit| visit.need != NeedId::new(need));
    (data.needs[need].pin, data.needs[need].change_price) = (None, None);
    data.needs[need].stops[0].load.clear();
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
