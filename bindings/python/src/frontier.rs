//! What more fairness costs.

use std::time::Instant;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use qise::fairness::Point;
use qise::model::Term;
use qise::solve::Solved;

use crate::argument::{seconds, whole};
use crate::error::invalid;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::search::Search;
use crate::solve::{finished, options, steps, usual_limit, within};
use crate::value::python;

/// The report of the frontier, and the plan of each of its points.
#[pyfunction]
pub fn frontier<'py>(
    problem: &Bound<'py, Problem>,
    term: &str,
    weights: Bound<'py, PyAny>,
    time_limit: Option<Bound<'py, PyAny>>,
    iterations: Option<Bound<'py, PyAny>>,
    seed: Bound<'py, PyAny>,
    threads: Option<Bound<'py, PyAny>>,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyAny>, Vec<Plan>)> {
    let begun = Instant::now();
    let py = problem.py();
    let measure = Term::from_name(term).ok_or_else(|| no_such_term(term))?;
    let weights = weights_of(&weights)?;
    let limit = seconds("time_limit", time_limit.as_ref())?;
    let iterations = steps(iterations)?;
    let options = options(&seed, threads.as_ref())?;
    let known = problem.get().scenario.problem.clone();
    let search = Search::start(begun, usual_limit(limit, iterations), move |stop, listen| {
        let stop = within(stop, iterations);
        qise::fairness::frontier_with(&known, measure, &weights, &options, &stop, listen)
    })?;
    let found = finished(py, &search, on_progress, begun)?;
    let found = found.map_err(|faults| invalid(py, &faults, "objective"))?;
    let report = python(py, &qise_io::report::frontier(&found))?;
    let plan = |point: Point| {
        let solved = Solved { plan: point.plan, evaluation: point.evaluation, statistics: point.statistics };
        Plan::of_solved(problem.clone().unbind(), solved)
    };
    Ok((report, found.points.into_iter().map(plan).collect()))
}

fn weights_of(given: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
    let wrong = |_| PyTypeError::new_err("weights must be a list of int");
    let weights = given.try_iter().map_err(wrong)?;
    weights.map(|weight| whole("a weight", &weight?, 0..=1_000_000_000)).collect()
}

fn no_such_term(word: &str) -> PyErr {
    let known = Term::ALL.iter().map(|term| term.as_str()).collect::<Vec<_>>().join(", ");
    PyValueError::new_err(format!("no term {word:?}; there are {known}"))
}
