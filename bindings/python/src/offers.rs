//! What is asked of a plan as it stands: who could serve a need, and what somebody could serve.

use pyo3::prelude::*;
use qise::query::{Offer, PlanQuery};
use qise_io::Scenario;

use crate::argument::{need, volunteer, whole};
use crate::plan::Plan;
use crate::value::python;
use crate::workers::beside;

/// Who could serve a need, the best first.
#[pyfunction]
pub fn rank<'py>(
    plan: &Bound<'py, Plan>,
    need_id: &str,
    best: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = plan.py();
    let best = best_of(&best)?;
    let need = need(py, need_id, &plan.get().problem.get().scenario.problem)?;
    offers(py, plan.get(), |query| query.rank(need, best).unwrap_or_default())
}

/// What somebody could serve, the best first.
#[pyfunction]
pub fn needs_for<'py>(
    plan: &Bound<'py, Plan>,
    volunteer_id: &str,
    best: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = plan.py();
    let best = best_of(&best)?;
    let problem = &plan.get().problem.get().scenario.problem;
    let units = problem.units_of(volunteer(py, volunteer_id, problem)?).collect::<Vec<_>>();
    offers(py, plan.get(), |query| query.needs_for(&units, best).unwrap_or_default())
}

fn offers<'py>(
    py: Python<'py>,
    plan: &Plan,
    ask: impl FnOnce(&mut PlanQuery<'_>) -> Vec<Offer> + Send,
) -> PyResult<Bound<'py, PyAny>> {
    let Scenario { problem, zone } = &plan.problem.get().scenario;
    let report = beside(py, || {
        let mut query = PlanQuery::new(problem, &plan.stated.plan);
        qise_io::report::offers(problem, zone, &ask(&mut query))
    });
    python(py, &report)
}

fn best_of(given: &Bound<'_, PyAny>) -> PyResult<usize> {
    let best = whole("best", given, 0..=u64::from(u32::MAX))?;
    Ok(usize::try_from(best).unwrap_or(usize::MAX))
}
