//! Reasons for the needs that a plan leaves: looked for when they are asked about, in a thread of their own, so that Ctrl-C ends it and
//! other Python threads run meanwhile.

use std::time::Instant;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use qise::Problem;
use qise::explain::{Depth, Reason, Verdict};
use qise::plan::Plan;
use qise_io::{Scenario, words};

use crate::argument::seconds;
use crate::search::Search;
use crate::solve::finished;
use crate::value::python;
use crate::workers::on_threads;

/// Which reasons somebody asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// None: every need is told not to be examined.
    None,
    /// What the rules alone say.
    Quick,
    /// Whatever can be proven or tried.
    Proven,
}

/// Which reasons are asked for, and how many seconds they may take.
#[derive(Clone, Copy)]
pub struct Ask {
    pub wanted: Wanted,
    pub limit: Option<f64>,
}

impl Ask {
    /// What a caller asks for.
    pub fn new(word: &str, time_limit: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let wanted = match word {
            "none" => Wanted::None,
            "quick" => Wanted::Quick,
            "proven" => Wanted::Proven,
            _ => {
                let words = format!("reasons must be 'none', 'quick' or 'proven', not {word:?}");
                return Err(PyValueError::new_err(words));
            }
        };
        let limit = seconds("time_limit", time_limit)?;
        Ok(Self { wanted, limit })
    }

    /// Whether no others would be found in more time.
    pub fn is_answered(self, reasons: &[Reason]) -> bool {
        self.wanted == Wanted::Proven && reasons.iter().all(|reason| reason.verdict != Verdict::Unexamined)
    }
}

/// Looks for the reasons of a plan.
pub fn reasons(py: Python<'_>, problem: &Problem, plan: &Plan, ask: Ask) -> PyResult<Vec<Reason>> {
    let depth = if ask.wanted == Wanted::Proven { Depth::Proven } else { Depth::Quick };
    let limit = if ask.wanted == Wanted::None { Some(0.0) } else { ask.limit };
    let begun = Instant::now();
    let (problem, plan) = (problem.clone(), plan.clone());
    let search = Search::start(begun, limit, move |stop, _| {
        on_threads(|| qise::explain::reasons(&problem, &plan, depth, stop))
    })?;
    finished(py, &search, None, begun)
}

/// The fields of a reason.
pub fn python_reason<'py>(
    py: Python<'py>,
    scenario: &Scenario,
    reason: &Reason,
) -> PyResult<Bound<'py, PyDict>> {
    let problem = &scenario.problem;
    let (told, public) = (scenario.zone.tell(&words::reason(problem, reason)), words::public_reason(reason));
    let cut = |(rule, people): (qise::eligibility::Exclusion, u32)| {
        let entry = PyDict::new(py);
        entry.set_item("rule", rule.as_str())?;
        entry.set_item("people", people)?;
        Ok(entry)
    };
    let funnel = reason.funnel.as_ref();
    let cuts = funnel.into_iter().flat_map(qise::eligibility::Funnel::cuts);
    let cuts = cuts.map(cut).collect::<PyResult<Vec<_>>>()?;
    let keys = |people: &[qise::model::VolunteerId]| {
        people.iter().map(|&who| problem.volunteer(who).key.as_str()).collect::<Vec<_>>()
    };
    let fields = PyDict::new(py);
    fields.set_item("need", &problem.need(reason.need).key)?;
    fields.set_item("verdict", reason.verdict.as_str())?;
    fields.set_item("text", told.en)?;
    fields.set_item("text_zh", told.zh)?;
    fields.set_item("public_text", public.en)?;
    fields.set_item("public_text_zh", public.zh)?;
    fields.set_item("people", problem.volunteers().len())?;
    fields.set_item("cuts", cuts)?;
    fields.set_item("left", funnel.map(|funnel| funnel.left))?;
    fields.set_item(
        "rules",
        reason.rules.iter().map(qise::eligibility::Exclusion::as_str).collect::<Vec<_>>(),
    )?;
    fields.set_item("able", keys(&reason.able))?;
    fields.set_item("comes", keys(&reason.comes(problem)))?;
    fields.set_item(
        "gives_up",
        reason.gives_up().iter().map(|&need| problem.need(need).key.as_str()).collect::<Vec<_>>(),
    )?;
    let bound = reason.bound.as_ref().map(|bound| python(py, &qise_io::priority_bound(bound)));
    fields.set_item("bound", bound.transpose()?)?;
    Ok(fields)
}
