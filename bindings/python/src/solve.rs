//! The search for plans, and the wait for whatever takes long.

use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use qise::Stop;
use qise::solve::Options;

use crate::argument::{self, seconds, whole};
use crate::carried::carried_to;
use crate::plan::{Plan, python_score};
use crate::problem::Problem;
use crate::search::{Search, Seen};

/// Seconds of search when nothing is said.
const USUAL_SECONDS: f64 = 3.0;
/// How often signals are looked at.
const TICK: Duration = Duration::from_millis(40);
/// Between two calls of `on_progress`.
const REPORT: Duration = Duration::from_millis(100);

/// Searches for a good plan. `on_progress` is called in the calling thread with iterations, unserved needs, the score of the
/// best plan (levels, terms) and seconds; the search ends where it returns `False`.
#[pyfunction]
pub fn solve(
    problem: &Bound<'_, Problem>,
    time_limit: Option<Bound<'_, PyAny>>,
    iterations: Option<Bound<'_, PyAny>>,
    seed: Bound<'_, PyAny>,
    threads: Option<Bound<'_, PyAny>>,
    warm: Option<Bound<'_, Plan>>,
    on_progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Plan> {
    let begun = Instant::now();
    let py = problem.py();
    let limit = seconds("time_limit", time_limit.as_ref())?;
    let iterations = steps(iterations)?;
    let options = options(&seed, threads.as_ref())?;
    let carried = warm.map(|plan| carried_to(py, plan.get(), problem.get()));
    let (warm, left_out) = carried.unzip();
    let options = Options { warm, ..options };
    let limit = usual_limit(limit, iterations);

    let known = problem.get().scenario.problem.clone();
    let search = Search::start(begun, limit, move |stop, listen| {
        qise::solve::solve_with(&known, &options, &within(stop, iterations), listen)
    })?;
    let solved = finished(py, &search, on_progress, begun)?;
    let plan = Plan::of_solved(problem.clone().unbind(), solved);
    let mut left_out = left_out.unwrap_or_default();
    left_out.retain(|_, keys| keys.as_array().is_some_and(|keys| !keys.is_empty()));
    Ok(if left_out.is_empty() { plan } else { plan.with_statistic("warm_left_out", left_out.into()) })
}

/// Options of a search without a plan to start from.
pub fn options(seed: &Bound<'_, PyAny>, threads: Option<&Bound<'_, PyAny>>) -> PyResult<Options> {
    Ok(Options {
        seed: argument::seed(seed)?,
        threads: argument::threads(threads)?,
        warm: None,
        complete_first: false,
    })
}

/// A limit of steps, if there is one.
pub fn steps(iterations: Option<Bound<'_, PyAny>>) -> PyResult<Option<u64>> {
    iterations.map(|steps| whole("iterations", &steps, 0..=u64::MAX)).transpose()
}

/// A limit, and one of steps beside it, if there is one.
pub fn within(stop: &Stop, iterations: Option<u64>) -> Stop {
    iterations.map(Stop::iterations).into_iter().fold(stop.clone(), Stop::or)
}

/// Seconds of search when nothing is said, none where steps are.
pub fn usual_limit(limit: Option<f64>, iterations: Option<u64>) -> Option<f64> {
    limit.or(iterations.is_none().then_some(USUAL_SECONDS))
}

/// Waits for a search while signals are looked at and progress is reported.
pub fn finished<R: Send + 'static>(
    py: Python<'_>,
    search: &Search<R>,
    on_progress: Option<Bound<'_, PyAny>>,
    begun: Instant,
) -> PyResult<R> {
    let mut reporter = Reporter { on_progress, begun, last: None };
    loop {
        // Leaving by an error drops the search, which then stops; nobody waits for that.
        if let Some(found) = py.detach(|| search.wait(TICK)) {
            reporter.last_report(search)?;
            return Ok(found);
        }
        py.check_signals()?;
        reporter.report(search)?;
    }
}

/// Calls `on_progress` now and then.
struct Reporter<'py> {
    on_progress: Option<Bound<'py, PyAny>>,
    begun: Instant,
    last: Option<Instant>,
}

impl Reporter<'_> {
    fn report<R: Send + 'static>(&mut self, search: &Search<R>) -> PyResult<()> {
        if self.last.is_some_and(|last| last.elapsed() < REPORT) {
            return Ok(());
        }
        let Some((on_progress, seen)) = self.on_progress.as_ref().zip(search.news()) else { return Ok(()) };
        let Seen { iterations, unserved, score } = seen;
        let seconds = self.begun.elapsed().as_secs_f64();
        let answer = on_progress.call1((iterations, unserved, python_score(&score), seconds))?;
        self.last = Some(Instant::now());
        if answer.cast::<PyBool>().is_ok_and(|answer| !answer.is_true()) {
            search.stop();
            self.on_progress = None;
        }
        Ok(())
    }

    /// A search that was over before the first report still gives one.
    fn last_report<R: Send + 'static>(&mut self, search: &Search<R>) -> PyResult<()> {
        if self.last.is_none() { self.report(search) } else { Ok(()) }
    }
}
