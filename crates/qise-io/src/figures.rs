//! Key figures of plans that go through depots and vehicles.

use std::collections::{BTreeMap, BTreeSet};

use qise::Problem;
use qise::model::{GoodId, Handling, Term, VehicleId};
use qise::plan::{Evaluation, Plan};
use serde_json::Value;

/// The key figures of a plan by name, as documents have them.
pub fn figures(problem: &Problem, plan: &Plan, evaluation: &Evaluation) -> BTreeMap<String, Value> {
    let terms = &evaluation.score.terms;
    let priority = problem.asked_priority();
    let delivered = delivered(problem, plan);
    let delivered =
        delivered.into_iter().map(|(good, amount)| (problem.good(good).key.clone(), amount.into()));
    BTreeMap::from([
        ("needs".into(), problem.asked().into()),
        ("served".into(), plan.served().into()),
        ("outsourced".into(), plan.outsourced.len().into()),
        ("priority".into(), priority.into()),
        ("priority_served".into(), (priority - terms.get(Term::UnservedPriority)).into()),
        ("promises".into(), problem.promised().into()),
        ("promises_kept".into(), plan.promises_kept(problem).into()),
        ("volunteers".into(), problem.volunteers().len().into()),
        ("people".into(), terms.get(Term::People).into()),
        ("routes".into(), plan.routes.len().into()),
        ("calls".into(), calls(plan).into()),
        ("vehicles".into(), vehicles_out(problem, plan).len().into()),
        ("delivered".into(), Value::Object(delivered.collect())),
        ("travel_s".into(), terms.get(Term::TravelTime).into()),
        ("work_s".into(), terms.get(Term::WorkTime).into()),
        ("distance_m".into(), terms.get(Term::Distance).into()),
    ])
}

/// How much of each kind of goods a plan leaves with needs, of the kinds of which it leaves any.
pub fn delivered(problem: &Problem, plan: &Plan) -> BTreeMap<GoodId, i64> {
    let mut sums = BTreeMap::new();
    let served = plan.served_needs().into_iter().filter_map(|need| problem.needs().get(need.index()));
    for supply in served.flat_map(|need| &need.goods).filter(|supply| supply.handling == Handling::Deliver) {
        *sums.entry(supply.what.good).or_default() += supply.what.amount;
    }
    sums
}

/// How many calls at depots a plan makes.
pub fn calls(plan: &Plan) -> usize {
    plan.routes.iter().map(|route| route.calls.len()).sum()
}

/// The vehicles that a plan sends out.
pub fn vehicles_out(problem: &Problem, plan: &Plan) -> BTreeSet<VehicleId> {
    let units = plan.routes.iter().filter_map(|route| problem.units().get(route.unit.index()));
    units.filter_map(|unit| unit.vehicle).collect()
}
