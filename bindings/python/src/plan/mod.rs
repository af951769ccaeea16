//! The handle of a plan.

mod show;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use qise::bound::Bounds;
use qise::explain::Reason;
use qise::model::Term;
use qise::plan::{Evaluation, Score, evaluate};
use qise::solve::Solved;
use qise_io::figures::figures;
use qise_io::{PlanDocument, Scenario};
use serde_json::Value;

use crate::argument;
use crate::error::invalid;
use crate::files::write_file;
use crate::problem::Problem;
use crate::reasons::Ask;
use crate::value::python_dict;
use crate::workers::beside;

/// A plan, with what the judge says of it.
#[pyclass(frozen, module = "qise._core")]
pub struct Plan {
    pub problem: Py<Problem>,
    /// The plan, and what the document it came from says of its worth.
    pub stated: PlanDocument,
    /// What the judge says of it.
    pub evaluation: Evaluation,
    /// How it was found, without what is proven of all plans.
    statistics: BTreeMap<String, Value>,
    /// The document it came from.
    source: Option<String>,
    /// All reasons, once they have been looked for to the end.
    reasons: OnceLock<Arc<Vec<Reason>>>,
    /// What is proven of all plans, once somebody has asked.
    bounds: OnceLock<Arc<Bounds>>,
    /// The document without reasons.
    bare: OnceLock<String>,
}

impl Plan {
    /// A plan that stands in no document.
    pub fn unstated(
        problem: Py<Problem>,
        plan: qise::plan::Plan,
        evaluation: Evaluation,
        statistics: BTreeMap<String, Value>,
    ) -> Self {
        let stated = PlanDocument { plan, ..PlanDocument::default() };
        Self::new(problem, stated, evaluation, statistics, None)
    }

    /// What a search has found.
    pub fn of_solved(problem: Py<Problem>, solved: Solved) -> Self {
        let Solved { plan, evaluation, statistics } = solved;
        let statistics = BTreeMap::from([
            ("iterations".into(), statistics.iterations.into()),
            ("candidates".into(), statistics.candidates.into()),
            ("complete".into(), statistics.complete.into()),
        ]);
        Self::unstated(problem, plan, evaluation, statistics)
    }

    fn new(
        problem: Py<Problem>,
        stated: PlanDocument,
        evaluation: Evaluation,
        statistics: BTreeMap<String, Value>,
        source: Option<String>,
    ) -> Self {
        let (reasons, bounds, bare) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { problem, stated, evaluation, statistics, source, reasons, bounds, bare }
    }

    /// The same plan, with one more entry of how it was found.
    pub fn with_statistic(mut self, name: &str, value: Value) -> Self {
        self.statistics.insert(name.to_owned(), value);
        self
    }

    /// The plan as it is stated for a problem: its own, or another for which its document is read anew.
    ///
    /// # Errors
    /// Invalid where the document names what the other problem does not have.
    pub fn stated_for(&self, problem: &Bound<'_, Problem>) -> PyResult<Cow<'_, PlanDocument>> {
        if self.problem.is(problem) {
            return Ok(Cow::Borrowed(&self.stated));
        }
        let py = problem.py();
        let Scenario { problem: known, zone } = &problem.get().scenario;
        let document = self.source(py);
        let read = beside(py, || qise_io::read_plan(known, zone, document.as_bytes()));
        read.map(Cow::Owned).map_err(|faults| invalid(py, &faults, "plan"))
    }
}

#[pymethods]
impl Plan {
    /// Reads a plan for a problem from a document, or from a table. `name` is what faults call it.
    #[staticmethod]
    fn read(problem: &Bound<'_, Problem>, document: &[u8], name: &str, is_table: bool) -> PyResult<Self> {
        let py = problem.py();
        let Scenario { problem: known, zone, .. } = &problem.get().scenario;
        let reader = if is_table { qise_io::read_plan_table } else { qise_io::read_plan };
        let read = beside(py, || {
            let stated = reader(known, zone, document)?;
            let evaluation = evaluate(known, &stated.plan);
            Ok((stated, evaluation))
        });
        let (stated, evaluation) = read.map_err(|faults| invalid(py, &faults, name))?;
        let source = String::from_utf8(document.to_vec()).ok().filter(|_| !is_table);
        Ok(Self::new(problem.clone().unbind(), stated, evaluation, statistics_of(document), source))
    }

    /// The document it came from, with the score stated there; its own where a search has found it.
    pub fn source<'a>(&'a self, py: Python<'_>) -> &'a str {
        self.source.as_deref().unwrap_or_else(|| self.bare(py))
    }

    /// The document without reasons, which says what the plan is worth, whatever the one it came from says.
    pub fn bare(&self, py: Python<'_>) -> &str {
        beside(py, || self.bare.get_or_init(|| self.written(&[], self.statistics.clone())))
    }

    /// The document with the reasons that are asked for.
    fn document(
        &self,
        py: Python<'_>,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        self.with_reasons(py, Ask::new(reasons, time_limit.as_ref())?)
    }

    /// Writes the document to a file: without reasons before they are looked for, and once more with them.
    fn save(
        &self,
        py: Python<'_>,
        path: PathBuf,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let ask = Ask::new(reasons, time_limit.as_ref())?;
        if self.reasons.get().is_none() && !self.stated.plan.unserved.is_empty() {
            write_file(py, path.clone(), self.bare(py))?;
        }
        write_file(py, path, &self.with_reasons(py, ask)?)
    }

    /// The plan for people to read.
    fn text(
        &self,
        py: Python<'_>,
        lang: &str,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let ask = Ask::new(reasons, time_limit.as_ref())?;
        self.read_by_people(py, argument::lang(lang)?, ask)
    }

    /// The plan as a piece of a page.
    fn html(
        &self,
        py: Python<'_>,
        lang: &str,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let ask = Ask::new(reasons, time_limit.as_ref())?;
        self.drawn(py, argument::lang(lang)?, ask)
    }

    /// The plan as a map.
    fn geojson(&self, py: Python<'_>) -> String {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        beside(py, || qise_io::geojson::plan(problem, zone, &self.stated.plan))
    }

    /// The needs that nobody serves, each with its reason.
    fn unserved<'py>(
        &self,
        py: Python<'py>,
        reasons: &str,
        time_limit: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        self.unserved_for(py, Ask::new(reasons, time_limit.as_ref())?)
    }

    /// How the plan was found, with what is proven of all plans where a search has found it.
    #[getter]
    fn statistics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        python_dict(py, &self.all_statistics(py)?.into_iter().collect())
    }

    /// Key figures by name.
    #[getter]
    fn figures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let problem = &self.problem.get().scenario.problem;
        let figures = beside(py, || figures(problem, &self.stated.plan, &self.evaluation));
        python_dict(py, &figures.into_iter().collect())
    }

    #[getter]
    fn problem(&self, py: Python<'_>) -> Py<Problem> {
        self.problem.clone_ref(py)
    }

    /// Times that its document left out.
    #[getter]
    fn filled(&self) -> usize {
        self.stated.filled
    }

    /// Values of the levels, and of every term by name.
    #[getter]
    fn score(&self) -> (Vec<i64>, Vec<(&'static str, i64)>) {
        python_score(&self.evaluation.score)
    }

    /// The same plan for the same problem: equal routes, equal unserved needs.
    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let other = other.get();
        Ok(self.stated.plan == other.stated.plan && self.problem.bind(py).eq(&other.problem)?)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let plan = &self.stated.plan;
        (plan.routes.len(), plan.served(), &self.evaluation.score.levels).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let (plan, terms) = (&self.stated.plan, &self.evaluation.score.terms);
        let (needs, routes) = (self.problem.get().scenario.problem.asked(), plan.routes.len());
        let (served, people) = (plan.served(), terms.get(Term::People));
        let km = terms.get(Term::Distance) / 1000;
        format!("<Plan: {served} of {needs} needs served by {people} people on {routes} routes, {km} km>")
    }
}

/// Values of the levels, and of every term by name.
pub fn python_score(score: &Score) -> (Vec<i64>, Vec<(&'static str, i64)>) {
    (score.levels.clone(), score.terms.iter().map(|(term, value)| (term.as_str(), value)).collect())
}

/// What a document says of how its plan was found. The reader of plans passes over it.
fn statistics_of(document: &[u8]) -> BTreeMap<String, Value> {
    let statistics = serde_json::from_slice::<Value>(document).ok().and_then(|mut document| {
        let statistics = document.get_mut("statistics")?.take();
        serde_json::from_value(statistics).ok()
    });
    statistics.unwrap_or_default()
}
