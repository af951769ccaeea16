//! `qise.check` and `qise.explain`: what is wrong with a plan, why a need is not served, and why those serve it who do.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use qise::explain::{Reason, choice, reason};
use qise::model::NeedId;

use crate::error::{invalid, unknown_need};
use crate::plan::Plan;
use crate::problem::{Problem, loads};
use crate::workers::beside;

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
    let evaluation = judged.map_err(|faults| invalid(py, &faults, "plan"))?;
    let class = py.import("qise.results")?.getattr("Violation")?;
    let python = |violation: &qise::plan::Violation| {
        let message = scenario.zone.tell(&violation.message());
        class.call1((&violation.path, violation.rule.as_str(), message.en, message.zh))
    };
    evaluation.violations.iter().map(python).collect()
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
    let chosen = beside(py, || {
        let choice = choice(known, &stands, need)?;
        Some(qise_io::report::choice(known, zone, &choice).to_string())
    });
    if let Some(report) = chosen {
        return py.import("qise.choice")?.getattr("Choice")?.call_method1("_of", (loads(py, &report)?,));
    }
    let Some(found) = beside(py, || reason(known, &stands, need, &|| 0.0)) else {
        return Err(unknown_need(py, need_id, known));
    };
    python_reason(py, &problem.get().scenario, &found)
}

fn python_reason<'py>(
    py: Python<'py>,
    scenario: &qise_io::Scenario,
    reason: &Reason,
) -> PyResult<Bound<'py, PyAny>> {
    let problem = &scenario.problem;
    let (words, public) = (scenario.zone.tell(&reason.text(problem)), reason.public_text());
    let cut = |(rule, people): (qise::matching::Cut, u32)| {
        let entry = PyDict::new(py);
        entry.set_item("rule", rule.as_str())?;
        entry.set_item("people", people)?;
        Ok(entry)
    };
    let funnel = reason.funnel.as_ref();
    let cuts = funnel.into_iter().flat_map(qise::matching::Funnel::cuts);
    let cuts = cuts.map(cut).collect::<PyResult<Vec<_>>>()?;
    let keys = |people: &[qise::model::VolunteerId]| {
        people.iter().map(|&who| problem.volunteer(who).key.as_str()).collect::<Vec<_>>()
    };
    let able = keys(&reason.able);
    let fields = PyDict::new(py);
    fields.set_item("need", &problem.need(reason.need).key)?;
    fields.set_item("verdict", reason.verdict.as_str())?;
    fields.set_item("text", words.en)?;
    fields.set_item("text_zh", words.zh)?;
    fields.set_item("public_text", public.en)?;
    fields.set_item("public_text_zh", public.zh)?;
    fields.set_item("people", problem.volunteers().len())?;
    fields.set_item("cuts", cuts)?;
    fields.set_item("left", funnel.map(|funnel| funnel.left))?;
    fields.set_item("rules", reason.rules.iter().map(qise::matching::Cut::as_str).collect::<Vec<_>>())?;
    fields.set_item("able", able)?;
    fields.set_item("comes", keys(&reason.comes(problem)))?;
    fields.set_item(
        "gives_up",
        reason.gives_up().iter().map(|&need| problem.need(need).key.as_str()).collect::<Vec<_>>(),
    )?;
    let bound = reason.bound.as_ref().map(|bound| loads(py, &qise_io::priority_bound(bound).to_string()));
    fields.set_item("bound", bound.transpose()?)?;
    py.import("qise.results")?.getattr("Reason")?.call((), Some(&fields))
}
