//! What plans break, and how two of them differ.

use pyo3::prelude::*;
use qise_io::Scenario;

use crate::plan::Plan;
use crate::problem::Problem;
use crate::value::python;
use crate::workers::beside;

/// What a plan breaks: tuples of path, rule, and the message in English and in Chinese.
#[pyfunction]
pub fn check(
    problem: &Bound<'_, Problem>,
    plan: &Bound<'_, Plan>,
) -> PyResult<Vec<(String, &'static str, String, String)>> {
    let py = problem.py();
    let scenario = &problem.get().scenario;
    let stated = plan.get().stated_for(problem)?;
    let checked = beside(py, || qise_io::check_plan(&scenario.problem, &stated));
    let python = |violation: &qise_io::words::Finding| {
        let message = scenario.zone.tell(&violation.message());
        (violation.path.clone(), violation.rule.as_str(), message.en, message.zh)
    };
    Ok(checked.findings.iter().map(python).collect())
}

/// How a new plan differs from an old one, for the problem of the old one.
#[pyfunction]
pub fn diff<'py>(old: &Bound<'py, Plan>, new: &Bound<'py, Plan>) -> PyResult<Bound<'py, PyAny>> {
    let py = old.py();
    let old = old.get();
    let Scenario { problem, zone } = &old.problem.get().scenario;
    let new = new.get().stated_for(old.problem.bind(py))?;
    let report = beside(py, || {
        let difference = qise::compare::diff(problem, &old.stated.plan, &new.plan);
        let [before, after] = [&old.stated, &*new].map(|plan| qise_io::check_plan(problem, plan));
        qise_io::report::difference(problem, zone, &difference, [&before, &after])
    });
    python(py, &report)
}
