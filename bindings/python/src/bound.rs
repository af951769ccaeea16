//! What is proven of all plans.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use qise::bound::Options;

use crate::argument::{self, seconds, whole};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::value::python;
use crate::workers::interruptible;

/// Seconds of a search for bounds when nothing is said.
const USUAL_SECONDS: f64 = 10.0;

/// Bounds, until a limit in seconds or Ctrl-C ends the search for them.
#[pyfunction]
pub fn bound<'py>(
    problem: &Bound<'py, Problem>,
    plan: Option<Bound<'py, Plan>>,
    time_limit: Option<Bound<'py, PyAny>>,
    rounds: Option<Bound<'py, PyAny>>,
    threads: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = problem.py();
    let known = &problem.get().scenario.problem;
    if let Some(plan) = &plan {
        let theirs = &plan.get().problem.get().scenario.problem;
        if theirs.to_data() != known.to_data() {
            return Err(PyValueError::new_err("plan must be a plan of this problem"));
        }
    }
    let limit = seconds("time_limit", time_limit.as_ref())?;
    let rounds = rounds.map(|rounds| whole("rounds", &rounds, 0..=u64::MAX)).transpose()?;
    let options = Options { threads: argument::threads(threads.as_ref())?, rounds, ..Options::default() };
    let limit = limit.or(rounds.is_none().then_some(USUAL_SECONDS));
    let score = plan.as_ref().map(|plan| &plan.get().evaluation.score);
    let found = interruptible(py, limit, |stop| qise::bound::bound(known, score, &options, stop))?;
    python(py, &qise_io::report::bound(known, &found))
}
