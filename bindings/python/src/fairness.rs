//! How evenly load and service are shared out.

use pyo3::prelude::*;

use crate::plan::Plan;
use crate::value::python;
use crate::workers::beside;

/// The report of a plan.
#[pyfunction]
pub fn fairness<'py>(plan: &Bound<'py, Plan>) -> PyResult<Bound<'py, PyAny>> {
    let py = plan.py();
    let plan = plan.get();
    let problem = &plan.problem.get().scenario.problem;
    python(py, &beside(py, || qise_io::report::fairness(problem, &plan.stated.plan)))
}
