//! `qise.improve`.

use std::time::Instant;

use pyo3::prelude::*;
use qise::improve::{ChangeLimits, Improver, Options, Outcome, Worth};
use qise::model::{Metres, NeedId, Seconds};
use qise::plan::evaluate;
use qise::solve::{Solved, Statistics};
use qise_io::Scenario;

use crate::argument::{function, seconds, whole};
use crate::error::unknown_need;
use crate::plan::Plan;
use crate::problem::{Problem, loads};
use crate::search::Search;
use crate::solve::{finished, usual_threads};

/// What was found: what helps each need, and what raises the whole plan.
type Found = (Vec<Outcome>, Option<Vec<Worth>>);

/// What would help: the cheapest changes that let a need be served, and what would raise the whole plan; each is tried out by a solve.
///
/// plan: the plan to improve. need_id: the need to be helped; without one all that the plan leaves, and the whole plan. best: how many
/// remedies of each need, and how many changes of each sort for the whole plan. window_min, radius_km, people, units: how far
/// changes go. steps: of search, with which each change is tried out. time_limit: seconds after which no further change is tried out. Raises
/// UnknownNeed for an id that the problem does not have.
#[pyfunction]
#[pyo3(
    signature = (
        plan, need_id = None, *, best = None, window_min = None, radius_km = None, people = None, units = None,
        steps = None, time_limit = None, seed = None, threads = None
    ),
    text_signature = "(plan, need_id=None, *, best=3, window_min=240, radius_km=200, people=2, units=1, steps=500, time_limit=None, seed=1, threads=None)"
)]
pub fn improve<'py>(
    plan: &Bound<'py, Plan>,
    need_id: Option<&str>,
    best: Option<Bound<'py, PyAny>>,
    window_min: Option<Bound<'py, PyAny>>,
    radius_km: Option<Bound<'py, PyAny>>,
    people: Option<Bound<'py, PyAny>>,
    units: Option<Bound<'py, PyAny>>,
    steps: Option<Bound<'py, PyAny>>,
    time_limit: Option<Bound<'py, PyAny>>,
    seed: Option<Bound<'py, PyAny>>,
    threads: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let begun = Instant::now();
    let py = plan.py();
    let problem = plan.get().problem.bind(py);
    let Scenario { problem: known, zone } = &problem.get().scenario;
    let position = |id: &str| {
        let index = known.needs().iter().position(|need| need.key == id);
        index.map(NeedId::new).ok_or_else(|| unknown_need(py, id, known))
    };
    let asked = need_id.map(position).transpose()?;
    let number = |name: &str, given: Option<Bound<'py, PyAny>>, usual: u32, most: u32| {
        given.map_or(Ok(usual), |given| whole(name, &given, 0..=most))
    };
    let best = number("best", best, 3, u32::MAX)? as usize;
    let window = Seconds(i64::from(number("window_min", window_min, 240, 100_000)?) * 60);
    let farthest = ChangeLimits {
        sooner: window,
        later: window,
        radius: Metres(i64::from(number("radius_km", radius_km, 200, 100_000)?) * 1000),
        people: number("people", people, 2, 100)?,
        units: number("units", units, 1, 1_000_000)?,
    };
    let options = Options {
        farthest,
        steps: steps.map_or(Ok(500), |steps| whole("steps", &steps, 0..=u64::MAX))?,
        seed: seed.map_or(Ok(1), |seed| whole("seed", &seed, 0..=u64::MAX))?,
        threads: threads.map_or_else(|| Ok(usual_threads()), |count| whole("threads", &count, 1..=1024))?,
        ..Options::default()
    };
    let limit = time_limit.map(|limit| seconds("time_limit", &limit)).transpose()?;
    let (theirs, stated) = (known.clone(), plan.get().stated.plan.clone());
    let search = Search::start(begun, limit, move |stop, _| -> Found {
        let improver = Improver::new(&theirs, &stated, options, stop);
        let needs = asked.map_or_else(|| improver.left(), |need| vec![need]);
        let mut outcomes = improver.remedies(&needs);
        for outcome in &mut outcomes {
            outcome.remedies.truncate(best);
        }
        let worths = if asked.is_some() { None } else { improver.worths(best) };
        (outcomes, worths)
    })?;
    let (outcomes, worths) = finished(py, &search, function("on_progress", None)?, begun)?;
    let needs = loads(py, &qise_io::report::remedies(known, zone, &outcomes).to_string())?;
    let whole = worths.as_ref().map(|worths| qise_io::report::worths(known, zone, worths).to_string());
    let whole = whole.map(|report| loads(py, &report)).transpose()?;
    let changed = |problem: qise::Problem, plan: qise::plan::Plan| {
        let evaluation = evaluate(&problem, &plan);
        let problem = Py::new(py, Problem::new(Scenario { problem, zone: zone.clone() }))?;
        let solved = Solved { plan, evaluation, statistics: Statistics::default() };
        Py::new(py, Plan::of_solved(problem, solved))
    };
    let remedies = outcomes.into_iter().flat_map(|outcome| outcome.remedies);
    let plans = remedies.map(|remedy| changed(remedy.problem, remedy.plan));
    let plans = plans.collect::<PyResult<Vec<_>>>()?;
    let whole_plans = worths.into_iter().flatten().map(|worth| changed(worth.problem, worth.plan));
    let whole_plans = whole_plans.collect::<PyResult<Vec<_>>>()?;
    py.import("qise.improvement")?
        .getattr("Improvement")?
        .call_method1("_of", (needs, plans, whole, whole_plans))
}
