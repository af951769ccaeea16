//! What is shown of a plan: its document, a text, the needs that are left and why.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use pyo3::prelude::*;
use pyo3::types::PyList;
use qise::Lang;
use qise::bound::{Bounds, quick};
use qise::explain::Reason;
use qise::model::NeedId;
use qise::solve::{Solved, Statistics};
use qise_io::figures::figures;
use qise_io::{PlanNotes, Scenario};
use serde_json::Value;

use super::Plan;
use crate::reasons::{Ask, Wanted, python_reason, reasons};
use crate::search::Search;
use crate::solve::finished;
use crate::workers::{beside, on_threads};

impl Plan {
    pub(super) fn written(&self, reasons: &[Reason], statistics: BTreeMap<String, Value>) -> String {
        let Scenario { problem, zone, .. } = &self.problem.get().scenario;
        let figures = figures(problem, &self.stated.plan, &self.evaluation);
        let notes = PlanNotes { reasons, figures, statistics };
        qise_io::write_plan(problem, zone, &self.stated.plan, &self.evaluation, &notes)
    }

    /// The document with the reasons that are asked for.
    pub(super) fn with_reasons(&self, py: Python<'_>, ask: Ask) -> PyResult<String> {
        let reasons = self.reasons(py, ask)?;
        let statistics = self.all_statistics(py)?;
        let reasons: &[Reason] = if ask.wanted == Wanted::None { &[] } else { &reasons };
        Ok(beside(py, || self.written(reasons, statistics)))
    }

    /// Why needs are left, in the order of the plan's list.
    fn reasons(&self, py: Python<'_>, ask: Ask) -> PyResult<Arc<Vec<Reason>>> {
        if let Some(known) = self.reasons.get().filter(|_| ask.wanted == Wanted::Proven) {
            return Ok(Arc::clone(known));
        }
        let problem = &self.problem.get().scenario.problem;
        let found = Arc::new(reasons(py, problem, &self.stated.plan, ask)?);
        if ask.is_answered(&found) {
            let _ = self.reasons.set(Arc::clone(&found));
        }
        Ok(found)
    }

    /// What is quickly proven of all plans; what is cut off by a limit of seconds is not kept.
    fn bounds(&self, py: Python<'_>, limit: Option<f64>) -> PyResult<Arc<Bounds>> {
        if let Some(known) = self.bounds.get() {
            return Ok(Arc::clone(known));
        }
        let (begun, problem) = (Instant::now(), self.problem.get().scenario.problem.clone());
        let score = self.evaluation.score.clone();
        let search = Search::start(begun, limit, move |stop, _| {
            let found = on_threads(|| quick(&problem, Some(&score), stop));
            (found, !stop.is_over())
        })?;
        let (found, whole) = finished(py, &search, None, begun)?;
        let found = Arc::new(found);
        if whole {
            let _ = self.bounds.set(Arc::clone(&found));
        }
        Ok(found)
    }

    /// How the plan was found, with what is proven of all plans where a search has found it.
    pub(super) fn all_statistics(&self, py: Python<'_>) -> PyResult<BTreeMap<String, Value>> {
        let mut all = self.statistics.clone();
        if all.contains_key("iterations") && !all.contains_key("bound") {
            let bounds = self.bounds(py, None)?;
            all.insert("bound".into(), qise_io::bounds(&self.problem.get().scenario.problem, &bounds));
        }
        Ok(all)
    }

    /// The needs that nobody serves, each with its reason.
    pub(super) fn unserved_for<'py>(&self, py: Python<'py>, ask: Ask) -> PyResult<Bound<'py, PyList>> {
        let scenario = &self.problem.get().scenario;
        let problem = &scenario.problem;
        let reasons = self.reasons(py, ask)?;
        let known = |need: &&NeedId| need.index() < problem.needs().len();
        let needs = self.stated.plan.unserved.iter().filter(known);
        let entries = needs.zip(reasons.iter()).map(|(&need, reason)| {
            let fields = python_reason(py, scenario, reason)?;
            // Of several ways to do one thing the reason is that of the nearest; the plan lists the first.
            fields.set_item("need", &problem.need(need).key)?;
            Ok(fields)
        });
        PyList::new(py, entries.collect::<PyResult<Vec<_>>>()?)
    }

    /// The plan as a piece of a page.
    pub(super) fn drawn(&self, py: Python<'_>, lang: Lang, ask: Ask) -> PyResult<String> {
        let reasons = self.reasons(py, ask)?;
        let (scenario, plan) = (&self.problem.get().scenario, &self.stated.plan);
        Ok(beside(py, || qise_view::plan_piece(scenario, plan, &self.evaluation, &reasons, lang)))
    }

    /// The plan for people to read.
    pub(super) fn read_by_people(&self, py: Python<'_>, lang: Lang, ask: Ask) -> PyResult<String> {
        let begun = Instant::now();
        let reasons = self.reasons(py, ask)?;
        let left = ask.limit.map(|limit| (limit - begun.elapsed().as_secs_f64()).max(0.0));
        let bounds = self.bounds(py, left)?;
        let count = |name: &str| self.statistics.get(name).and_then(Value::as_u64).unwrap_or(0);
        let statistics = Statistics {
            iterations: count("iterations"),
            candidates: usize::try_from(count("candidates")).unwrap_or(usize::MAX),
            // Of a plan that no search has made it cannot be said.
            complete: self.statistics.get("complete").and_then(Value::as_bool).unwrap_or(true),
            ..Statistics::default()
        };
        let (plan, evaluation) = (self.stated.plan.clone(), self.evaluation.clone());
        let solved = Solved { plan, evaluation, statistics };
        let scenario = &self.problem.get().scenario;
        Ok(beside(py, || qise_io::text::plan(scenario, &solved, &reasons, &bounds, lang)))
    }
}
