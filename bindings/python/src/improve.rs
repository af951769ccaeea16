//! What would help.

use std::time::Instant;

use pyo3::prelude::*;
use qise::improve::{ChangeLimits, Improver, Options, Outcome, Worth};
use qise::model::{Metres, Seconds};
use qise::plan::evaluate;
use qise::solve::{Solved, Statistics};
use qise_io::Scenario;

use crate::argument::{self, need, seconds, whole};
use crate::plan::Plan;
use crate::search::Search;
use crate::solve::finished;
use crate::value::python;

/// What was found: what helps each need, and what raises the whole plan.
type Found = (Vec<Outcome>, Option<Vec<Worth>>);

/// Reports with the plans that they speak of: what helps each need, what raises the whole plan.
type Told<'py> = (Bound<'py, PyAny>, Vec<Plan>, Option<Bound<'py, PyAny>>, Vec<Plan>);

/// What would help a need, or all that are left and the whole plan.
#[pyfunction]
pub fn improve<'py>(
    plan: &Bound<'py, Plan>,
    need_id: Option<&str>,
    best: Bound<'py, PyAny>,
    window_min: Bound<'py, PyAny>,
    radius_km: Bound<'py, PyAny>,
    people: Bound<'py, PyAny>,
    units: Bound<'py, PyAny>,
    steps: Bound<'py, PyAny>,
    time_limit: Option<Bound<'py, PyAny>>,
    seed: Bound<'py, PyAny>,
    threads: Option<Bound<'py, PyAny>>,
) -> PyResult<Told<'py>> {
    let begun = Instant::now();
    let py = plan.py();
    let problem = plan.get().problem.bind(py);
    let Scenario { problem: known, zone } = &problem.get().scenario;
    let asked = need_id.map(|id| need(py, id, known)).transpose()?;
    let number = |name: &str, given: Bound<'py, PyAny>, most: u32| whole(name, &given, 0..=most);
    let best = number("best", best, u32::MAX)? as usize;
    let window = Seconds(i64::from(number("window_min", window_min, 100_000)?) * 60);
    let farthest = ChangeLimits {
        sooner: window,
        later: window,
        radius: Metres(i64::from(number("radius_km", radius_km, 100_000)?) * 1000),
        people: number("people", people, 100)?,
        units: number("units", units, 1_000_000)?,
    };
    let options = Options {
        farthest,
        steps: whole("steps", &steps, 0..=u64::MAX)?,
        seed: argument::seed(&seed)?,
        threads: argument::threads(threads.as_ref())?,
        ..Options::default()
    };
    let limit = seconds("time_limit", time_limit.as_ref())?;
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
    let (outcomes, worths) = finished(py, &search, None, begun)?;
    let needs = python(py, &qise_io::report::remedies(known, zone, &outcomes))?;
    let whole = worths.as_ref().map(|worths| python(py, &qise_io::report::worths(known, zone, worths)));
    let whole = whole.transpose()?;
    let changed = |problem: qise::Problem, changed: qise::plan::Plan| {
        let evaluation = evaluate(&problem, &changed);
        let problem = Py::new(py, plan.get().problem.get().variant(problem))?;
        let solved = Solved { plan: changed, evaluation, statistics: Statistics::default() };
        Ok(Plan::of_solved(problem, solved))
    };
    let remedies = outcomes.into_iter().flat_map(|outcome| outcome.remedies);
    let plans = remedies.map(|remedy| changed(remedy.problem, remedy.plan)).collect::<PyResult<_>>()?;
    let worths = worths.into_iter().flatten().map(|worth| changed(worth.problem, worth.plan));
    Ok((needs, plans, whole, worths.collect::<PyResult<_>>()?))
}
