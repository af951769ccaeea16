//! Plans taken to another problem.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use qise::plan::{LeftOut, evaluate};
use serde_json::{Map, Value};

use crate::plan::Plan;
use crate::problem::Problem;
use crate::value::python_dict;
use crate::workers::beside;

/// The plan as far as it makes sense for another problem, and lists of the ids that were left out.
#[pyfunction]
pub fn carried<'py>(
    plan: &Bound<'py, Plan>,
    problem: &Bound<'py, Problem>,
) -> PyResult<(Plan, Bound<'py, PyDict>)> {
    let py = problem.py();
    let (carried, left_out) = carried_to(py, plan.get(), problem.get());
    let known = &problem.get().scenario.problem;
    let evaluation = beside(py, || evaluate(known, &carried));
    let carried = Plan::unstated(problem.clone().unbind(), carried, evaluation, BTreeMap::new());
    Ok((carried, python_dict(py, &left_out)?))
}

/// The plan as far as it makes sense for another problem, and lists of the ids that were left out.
pub fn carried_to(py: Python<'_>, plan: &Plan, to: &Problem) -> (qise::plan::Plan, Map<String, Value>) {
    let (from, to) = (&plan.problem.get().scenario.problem, &to.scenario.problem);
    beside(py, || {
        let (carried, lost) = plan.stated.plan.carried(from, to);
        (carried, keys(from, &lost))
    })
}

fn keys(from: &qise::Problem, lost: &LeftOut) -> Map<String, Value> {
    let mut people = lost.units.iter().map(|&unit| from.unit(unit).volunteer).collect::<Vec<_>>();
    people.dedup();
    let lists = [
        ("needs", lost.needs.iter().map(|&need| from.need(need).key.clone()).collect::<Vec<_>>()),
        ("volunteers", people.iter().map(|&who| from.volunteer(who).key.clone()).collect()),
        ("depots", lost.depots.iter().map(|&depot| from.depot(depot).key.clone()).collect()),
        ("goods", lost.goods.iter().map(|&good| from.good(good).key.clone()).collect()),
    ];
    lists.into_iter().map(|(name, keys)| (name.to_owned(), keys.into())).collect()
}
