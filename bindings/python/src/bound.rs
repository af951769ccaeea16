//! `Problem.bound`.

use pyo3::prelude::*;
use qise::Problem;
use qise::bound::{Bounds, Options, bound};
use qise::plan::Score;

use crate::workers::interruptible;

/// Bounds, until a limit in seconds or Ctrl-C ends the search for them.
pub fn search(
    py: Python<'_>,
    problem: &Problem,
    score: Option<Score>,
    options: Options,
    limit: Option<f64>,
) -> PyResult<Bounds> {
    interruptible(py, limit, |stop| bound(problem, score.as_ref(), &options, stop))
}
