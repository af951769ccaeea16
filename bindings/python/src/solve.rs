//! `qise.solve`.

use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyBool;
use qise::Stop;
use qise::solve::Options;

use crate::argument::{self, function, seconds, whole};
use crate::plan::{Plan, python_score};
use crate::problem::Problem;
use crate::search::{Search, Seen};

/// Seconds of search when nothing is said.
const USUAL_SECONDS: f64 = 3.0;
/// How often signals are looked at.
const TICK: Duration = Duration::from_millis(40);
/// Between two calls of `on_progress`.
const REPORT: Duration = Duration::from_millis(100);

/// Searches for a good plan.
///
/// time_limit: seconds to search; 3 when neither it nor iterations is given, no limit when only iterations is. math.inf
/// searches until it is stopped.
/// iterations: steps to search. With steps and no time_limit, equal seeds give equal plans on any number of threads.
/// seed: of all random choices. threads: as many as the machine has when missing.
/// warm: a plan to start from, of this problem or of one much like it; needs, people and the rest are found again by their ids, and what this
/// problem does not have is told as `statistics["warm_left_out"]`.
/// on_progress: called with a Progress, in the calling thread, ten times a second at most. When it returns False the
/// search ends and its best plan is returned; when it raises, the search ends and the exception goes on to the caller.
///
/// Other Python threads run meanwhile. Ctrl-C ends the search with KeyboardInterrupt.
#[pyfunction]
#[pyo3(
    signature = (
        problem, *, time_limit = None, iterations = None, seed = None, threads = None, warm = None, on_progress = None
    ),
    text_signature = "(problem, *, time_limit=None, iterations=None, seed=1, threads=None, warm=None, on_progress=None)"
)]
pub fn solve(
    problem: &Bound<'_, Problem>,
    time_limit: Option<Bound<'_, PyAny>>,
    iterations: Option<Bound<'_, PyAny>>,
    seed: Option<Bound<'_, PyAny>>,
    threads: Option<Bound<'_, PyAny>>,
    warm: Option<Bound<'_, PyAny>>,
    on_progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Plan> {
    let begun = Instant::now();
    let py = problem.py();
    let limit = time_limit.map(|limit| seconds("time_limit", &limit)).transpose()?;
    let iterations = iterations.map(|steps| whole("iterations", &steps, 0..=u64::MAX)).transpose()?;
    let options = Options {
        seed: seed.map_or(Ok(1), |seed| whole("seed", &seed, 0..=u64::MAX))?,
        threads: threads.map_or_else(|| Ok(usual_threads()), |count| whole("threads", &count, 1..=1024))?,
        warm: None,
        complete_first: false,
    };
    let warm = warm.map(|plan| argument::plan("warm", &plan).cloned()).transpose()?;
    let carried = warm.map(|plan| plan.get().carried_to(py, problem.get()));
    let (warm, left_out) = carried.unzip();
    let options = Options { warm, ..options };
    let on_progress = function("on_progress", on_progress)?;
    let limit = usual_limit(limit, iterations);

    let known = problem.get().scenario.problem.clone();
    let search = Search::start(begun, limit, move |stop, listen| {
        qise::solve::solve_with(&known, &options, &within(stop, iterations), listen)
    })?;
    let solved = finished(py, &search, on_progress, begun)?;
    let plan = Plan::of_solved(problem.clone().unbind(), solved);
    Ok(match left_out {
        Some(left_out) => plan.without(&left_out),
        None => plan,
    })
}

/// Seconds of search when nothing is said, none where steps are.
pub fn usual_limit(limit: Option<f64>, iterations: Option<u64>) -> Option<f64> {
    limit.or(iterations.is_none().then_some(USUAL_SECONDS))
}

/// A limit, and one of steps beside it, if there is one.
pub fn within(stop: &Stop, iterations: Option<u64>) -> Stop {
    iterations.map(Stop::iterations).into_iter().fold(stop.clone(), Stop::or)
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
            reporter.last_report(py, search)?;
            return Ok(found);
        }
        py.check_signals()?;
        reporter.report(py, search)?;
    }
}

pub fn usual_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Calls `on_progress` now and then.
struct Reporter<'py> {
    on_progress: Option<Bound<'py, PyAny>>,
    begun: Instant,
    last: Option<Instant>,
}

impl Reporter<'_> {
    fn report<R: Send + 'static>(&mut self, py: Python<'_>, search: &Search<R>) -> PyResult<()> {
        if self.last.is_some_and(|last| last.elapsed() < REPORT) {
            return Ok(());
        }
        let Some((on_progress, seen)) = self.on_progress.as_ref().zip(search.news()) else { return Ok(()) };
        let answer = on_progress.call1((python_progress(py, &seen, self.begun)?,))?;
        self.last = Some(Instant::now());
        if answer.cast::<PyBool>().is_ok_and(|answer| !answer.is_true()) {
            search.stop();
            self.on_progress = None;
        }
        Ok(())
    }

    /// A search that was over before the first report still gives one.
    fn last_report<R: Send + 'static>(&mut self, py: Python<'_>, search: &Search<R>) -> PyResult<()> {
        if self.last.is_none() { self.report(py, search) } else { Ok(()) }
    }
}

fn python_progress<'py>(py: Python<'py>, seen: &Seen, begun: Instant) -> PyResult<Bound<'py, PyAny>> {
    let score = python_score(py, &seen.score)?;
    let progress = py.import("qise.results")?.getattr("Progress")?;
    progress.call1((seen.iterations, seen.unserved, score, begun.elapsed().as_secs_f64()))
}
