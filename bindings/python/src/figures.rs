//! The key figures of a plan.

use qise::Problem;
use qise::plan::{Evaluation, Plan, Term};
use serde_json::Value;
use std::collections::BTreeMap;

/// Key figures by name.
pub fn figures(problem: &Problem, plan: &Plan, evaluation: &Evaluation) -> BTreeMap<String, Value> {
    let terms = &evaluation.score.terms;
    let priority = problem.asked_priority();
    let delivered = qise_io::figures::delivered(problem, plan);
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
        ("calls".into(), qise_io::figures::calls(plan).into()),
        ("vehicles".into(), qise_io::figures::vehicles_out(problem, plan).len().into()),
        ("delivered".into(), Value::Object(delivered.collect())),
        ("travel_s".into(), terms.get(Term::TravelTime).into()),
        ("work_s".into(), terms.get(Term::WorkTime).into()),
        ("distance_m".into(), terms.get(Term::Distance).into()),
    ])
}
