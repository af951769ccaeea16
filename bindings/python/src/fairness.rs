//! `qise.frontier`.

use std::time::Instant;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use qise::model::Term;
use qise::solve::{Options, Solved};

use crate::argument::{function, seconds, whole};
use crate::error::invalid;
use crate::plan::Plan;
use crate::problem::{Problem, loads};
use crate::search::Search;
use crate::solve::{finished, usual_limit, usual_threads, within};

/// The weights that are tried when nothing is said.
const USUAL_WEIGHTS: [u32; 8] = [0, 1, 2, 5, 10, 20, 50, 100];

/// Solves a problem once for each weight of a term that measures unfairness: what more fairness costs.
///
/// term: its name, such as load or spread. weights: whole numbers, 0 leaves the term out. time_limit: seconds for all
/// weights together; 3 when neither it nor iterations is given. iterations: steps for each weight, and as many again for
/// the plan that all start from. seed, threads and on_progress as for solve. Raises ValueError for a word that is no term, InvalidDocument for weights that are too large.
#[pyfunction]
#[pyo3(
    signature = (
        problem, *, term = "load", weights = None, time_limit = None, iterations = None, seed = None, threads = None,
        on_progress = None
    ),
    text_signature = "(problem, *, term='load', weights=(0, 1, 2, 5, 10, 20, 50, 100), time_limit=None, iterations=None, seed=1, threads=None, on_progress=None)"
)]
pub fn frontier<'py>(
    problem: &Bound<'py, Problem>,
    term: &str,
    weights: Option<Bound<'py, PyAny>>,
    time_limit: Option<Bound<'py, PyAny>>,
    iterations: Option<Bound<'py, PyAny>>,
    seed: Option<Bound<'py, PyAny>>,
    threads: Option<Bound<'py, PyAny>>,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let begun = Instant::now();
    let py = problem.py();
    let measure = Term::from_name(term).ok_or_else(|| no_such_term(term))?;
    let weights = weights.map_or_else(|| Ok(USUAL_WEIGHTS.to_vec()), |weights| weights_of(&weights))?;
    let limit = time_limit.map(|limit| seconds("time_limit", &limit)).transpose()?;
    let iterations = iterations.map(|steps| whole("iterations", &steps, 0..=u64::MAX)).transpose()?;
    let options = Options {
        seed: seed.map_or(Ok(1), |seed| whole("seed", &seed, 0..=u64::MAX))?,
        threads: threads.map_or_else(|| Ok(usual_threads()), |count| whole("threads", &count, 1..=1024))?,
        warm: None,
        complete_first: false,
    };
    let on_progress = function("on_progress", on_progress)?;
    let known = problem.get().scenario.problem.clone();
    let search = Search::start(begun, usual_limit(limit, iterations), move |stop, listen| {
        let stop = within(stop, iterations);
        qise::fairness::frontier_with(&known, measure, &weights, &options, &stop, listen)
    })?;
    let found =
        finished(py, &search, on_progress, begun)?.map_err(|faults| invalid(py, &faults, "objective"))?;
    let data = loads(py, &qise_io::report::frontier(&found).to_string())?;
    let plan = |point: qise::fairness::Point| {
        let solved = Solved { plan: point.plan, evaluation: point.evaluation, statistics: point.statistics };
        Py::new(py, Plan::of_solved(problem.clone().unbind(), solved))
    };
    let plans = found.points.into_iter().map(plan).collect::<PyResult<Vec<_>>>()?;
    py.import("qise.fairness")?.getattr("Frontier")?.call_method1("_of", (data, plans))
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
