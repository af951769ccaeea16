//! `qise.check` and `qise.explain`: what is wrong with a plan, why a need is not served, and why those serve it who do.

use std::time::Instant;

use pyo3::prelude::*;
use qise::explain::{Reason, choice, reason};
use qise::model::NeedId;

use crate::error::{invalid, unknown_need};
use crate::plan::Plan;
use crate::problem::{Problem, loads};
use crate::reasons::python_fields;
use crate::search::Search;
use crate::solve::finished;
use crate::workers::{beside, on_threads};

/// Judges a plan: every rule that it breaks, wherever it does; an empty list for a valid plan.
///
/// A score that the plan's document states and that is not the plan's is found too. A plan for another problem is read
/// anew for this one, which raises InvalidDocument where it names what this problem does not have.
#[pyfunction]
pub fn check<'py>(
    problem: &Bound<'py, Problem>,
    plan: &Bound<'py, Plan>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let py = problem.py();
    let scenario = &problem.get().scenario;
    let plan = plan.get();
    let judged = if plan.problem.is(problem) {
        beside(py, || Ok(qise_io::check_plan(&scenario.problem, &plan.stated)))
    } else {
        let document = plan.source(py);
        beside(py, || {
            let stated = qise_io::read_plan(&scenario.problem, &scenario.zone, document.as_bytes())?;
            Ok(qise_io::check_plan(&scenario.problem, &stated))
        })
    };
    let checked = judged.map_err(|faults| invalid(py, &faults, "plan"))?;
    let class = py.import("qise.results")?.getattr("Violation")?;
    let python = |violation: &qise_io::words::Finding| {
        let message = scenario.zone.tell(&violation.message());
        class.call1((&violation.path, violation.rule.as_str(), message.en, message.zh))
    };
    checked.findings.iter().map(python).collect()
}

/// Why a need is not served in a plan: a Reason; or why those serve it who do, or why it is handed to others: a Choice. Without a plan, who
/// could serve it with nothing else to do, and whom each rule excludes.
///
/// Raises UnknownNeed for an id that the problem does not have, and InvalidDocument where a plan for another problem names
/// what this one does not have.
#[pyfunction]
#[pyo3(signature = (problem, need_id, plan = None))]
pub fn explain<'py>(
    problem: &Bound<'py, Problem>,
    need_id: &str,
    plan: Option<&Bound<'py, Plan>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = problem.py();
    let qise_io::Scenario { problem: known, zone } = &problem.get().scenario;
    let Some(index) = known.needs().iter().position(|need| need.key == need_id) else {
        return Err(unknown_need(py, need_id, known));
    };
    let stands = match plan {
        None => qise::plan::Plan::empty(known),
        Some(plan) if plan.get().problem.is(problem) => plan.get().stated.plan.clone(),
        Some(plan) => {
            let document = plan.get().source(py);
            let stated = beside(py, || qise_io::read_plan(known, zone, document.as_bytes()));
            stated.map_err(|faults| invalid(py, &faults, "plan"))?.plan
        }
    };
    let need = NeedId::new(index);
    let begun = Instant::now();
    let (theirs, zone) = (known.clone(), zone.clone());
    let search = Search::start(begun, None, move |stop, _| {
        on_threads(|| match choice(&theirs, &stands, need) {
            Some(choice) => Told::Choice(qise_io::report::choice(&theirs, &zone, &choice).to_string()),
            None => Told::Reason(reason(&theirs, &stands, need, stop).map(Box::new)),
        })
    })?;
    match finished(py, &search, None, begun)? {
        Told::Choice(report) => {
            let class = py.import("qise.choice")?.getattr("Choice")?;
            class.call_method1("_of", (loads(py, &report)?, problem.get().scenario.zone.name()))
        }
        Told::Reason(Some(reason)) => {
            let fields = python_fields(py, &problem.get().scenario, &reason)?;
            py.import("qise.results")?.getattr("Reason")?.call((), Some(&fields))
        }
        Told::Reason(None) => Err(unknown_need(py, need_id, known)),
    }
}

/// What is told of a need.
enum Told {
    /// A report.
    Choice(String),
    Reason(Option<Box<Reason>>),
}
