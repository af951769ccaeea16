//! Why a need is not served, and why those serve it who do.

use std::time::Instant;

use pyo3::prelude::*;
use qise::explain::{Reason, choice, reason};
use qise_io::Scenario;
use serde_json::Value;

use crate::argument::need;
use crate::error::unknown_need;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::reasons::python_reason;
use crate::search::Search;
use crate::solve::finished;
use crate::value::python;
use crate::workers::on_threads;

/// What is told of a need.
enum Told {
    /// Why those serve it who do, as a report.
    Choice(Value),
    /// Why nobody does.
    Reason(Option<Box<Reason>>),
}

/// `choice` or `reason`, and its fields. Without a plan, of the plan in which nobody goes out.
#[pyfunction]
pub fn explain<'py>(
    problem: &Bound<'py, Problem>,
    need_id: &str,
    plan: Option<Bound<'py, Plan>>,
) -> PyResult<(&'static str, Bound<'py, PyAny>)> {
    let py = problem.py();
    let scenario = &problem.get().scenario;
    let Scenario { problem: known, zone } = scenario;
    let need = need(py, need_id, known)?;
    let stands = match plan {
        None => qise::plan::Plan::empty(known),
        Some(plan) => plan.get().stated_for(problem)?.plan.clone(),
    };
    let begun = Instant::now();
    let (theirs, zone) = (known.clone(), zone.clone());
    let search = Search::start(begun, None, move |stop, _| {
        on_threads(|| match choice(&theirs, &stands, need) {
            Some(choice) => Told::Choice(qise_io::report::choice(&theirs, &zone, &choice)),
            None => Told::Reason(reason(&theirs, &stands, need, stop).map(Box::new)),
        })
    })?;
    match finished(py, &search, None, begun)? {
        Told::Choice(report) => Ok(("choice", python(py, &report)?)),
        Told::Reason(Some(reason)) => Ok(("reason", python_reason(py, scenario, &reason)?.into_any())),
        Told::Reason(None) => Err(unknown_need(py, need_id, known)),
    }
}
