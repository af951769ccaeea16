//! `Problem.bound`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use qise::Problem;
use qise::bound::{Bounds, Options, bound};
use qise::plan::Score;

/// How often signals are looked at.
const TICK: Duration = Duration::from_millis(5);

/// Bounds in a thread of its own, so that Ctrl-C ends it and other Python threads run meanwhile.
pub fn search(
    py: Python<'_>,
    problem: &Problem,
    score: Option<Score>,
    options: Options,
    limit: Option<f64>,
) -> PyResult<Bounds> {
    let begun = Instant::now();
    let cancelled = Arc::new(AtomicBool::new(false));
    let (theirs, problem) = (Arc::clone(&cancelled), problem.clone());
    let work = move || {
        let spent = || {
            if theirs.load(Ordering::Relaxed) {
                return f64::INFINITY;
            }
            limit.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit.max(1e-9))
        };
        bound(&problem, score.as_ref(), &options, &spent)
    };
    let thread = std::thread::Builder::new().name("qise-bound".into()).spawn(work)?;
    while !thread.is_finished() {
        py.detach(|| std::thread::sleep(TICK));
        if let Err(stop) = py.check_signals() {
            cancelled.store(true, Ordering::Relaxed);
            return Err(stop);
        }
    }
    thread.join().map_err(|_| PyRuntimeError::new_err("the search for bounds has broken off"))
}
