//! `qise.Plan`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::OnceLock;

use pyo3::prelude::*;
use qise::bound::quick;
use qise::explain::{Depth, Reason, reasons};
use qise::model::{NeedId, VolunteerId};
use qise::plan::{Evaluation, Score, Term, evaluate};
use qise::solve::{Offer, Solved, Standing};
use qise_io::figures::figures;
use qise_io::{PlanDocument, PlanNotes, Scenario};
use serde_json::Value;

use crate::argument;
use crate::error::{invalid, unknown_need, unknown_volunteer};

use crate::problem::{Problem, Reduced, loads, read_file, write_file};
use crate::workers::beside;

/// Who goes where, when; and which needs nobody serves, and why.
///
/// Made by `qise.solve`, `Plan.from_json` or `Plan.from_file`. In a notebook it shows itself as a map and a timeline.
#[pyclass(frozen, module = "qise")]
pub struct Plan {
    pub problem: Py<Problem>,
    /// The plan, and what the document it came from says of its worth.
    pub stated: PlanDocument,
    /// What the judge says of it.
    evaluation: Evaluation,
    statistics: BTreeMap<String, Value>,
    /// The document it came from.
    source: Option<String>,
    reasons: OnceLock<Vec<Reason>>,
    document: OnceLock<String>,
}

impl Plan {
    /// What a search has found.
    pub fn of_solved(py: Python<'_>, problem: Py<Problem>, solved: Solved) -> Self {
        let Solved { plan, evaluation, statistics } = solved;
        let known = &problem.get().scenario.problem;
        let bounds = beside(py, || qise_io::bounds(known, &quick(known, Some(&evaluation.score), &|| 0.0)));
        let statistics = BTreeMap::from([
            ("bound".into(), bounds),
            ("iterations".into(), statistics.iterations.into()),
            ("candidates".into(), statistics.candidates.into()),
        ]);
        let stated = PlanDocument { plan, ..PlanDocument::default() };
        let (source, document) = (None, OnceLock::new());
        Self { problem, stated, evaluation, statistics, source, reasons: OnceLock::new(), document }
    }

    fn read(problem: &Bound<'_, Problem>, bytes: &[u8], name: &str, is_table: bool) -> PyResult<Self> {
        let py = problem.py();
        let Scenario { problem: known, zone } = &problem.get().scenario;
        let reader = if is_table { qise_io::read_plan_table } else { qise_io::read_plan };
        let read = beside(py, || {
            let stated = reader(known, zone, bytes)?;
            let evaluation = evaluate(known, &stated.plan);
            Ok((stated, evaluation))
        });
        let (stated, evaluation) = read.map_err(|faults| invalid(py, &faults, name))?;
        Ok(Self {
            problem: problem.clone().unbind(),
            stated,
            evaluation,
            statistics: statistics_of(bytes),
            source: String::from_utf8(bytes.to_vec()).ok().filter(|_| !is_table),
            reasons: OnceLock::new(),
            document: OnceLock::new(),
        })
    }

    /// Asks the plan as it stands.
    fn offers<'py>(
        &self,
        py: Python<'py>,
        ask: impl FnOnce(&mut Standing<'_>) -> Vec<Offer> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        let report = beside(py, || {
            let mut standing = Standing::new(problem, &self.stated.plan);
            qise_io::report::offers(problem, zone, &ask(&mut standing)).to_string()
        });
        py.import("qise.ranking")?.getattr("Ranking")?.call_method1("_of", (loads(py, &report)?,))
    }

    /// What the judge says it is worth.
    pub fn worth(&self) -> &Score {
        &self.evaluation.score
    }

    /// The document it came from, with the score stated there; its own where a search has found it.
    pub fn source<'a>(&'a self, py: Python<'_>) -> &'a str {
        self.source.as_deref().unwrap_or_else(|| self.document(py))
    }

    /// The document, which says what the plan is worth, whatever the one it came from says.
    pub fn document(&self, py: Python<'_>) -> &str {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        let Self { stated, evaluation, statistics, .. } = self;
        beside(py, || {
            self.document.get_or_init(|| {
                let reasons =
                    self.reasons.get_or_init(|| reasons(problem, &stated.plan, Depth::Proven, &|| 0.0));
                let figures = figures(problem, &stated.plan, evaluation);
                let notes = PlanNotes { reasons, figures, statistics: statistics.clone() };
                qise_io::write_plan(problem, zone, &stated.plan, evaluation, &notes)
            })
        })
    }

    /// Calls a function of the package's own modules with the two documents.
    fn show<'py, A>(
        &self,
        py: Python<'py>,
        module: &str,
        function: &str,
        more: A,
    ) -> PyResult<Bound<'py, PyAny>>
    where
        A: IntoIterator<Item = Bound<'py, PyAny>>,
    {
        let mut arguments = vec![loads(py, self.problem.get().document(py))?, loads(py, self.document(py))?];
        arguments.extend(more);
        py.import(module)?.call_method1(function, pyo3::types::PyTuple::new(py, arguments)?)
    }

    /// A list of plain values, made of the document.
    fn plain<'py>(&self, py: Python<'py>, function: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import("qise._plain")?.call_method1(function, (loads(py, self.document(py))?,))
    }
}

#[pymethods]
impl Plan {
    /// Reads a plan document for a problem: str, bytes, or a dict as json.loads makes them.
    ///
    /// The plan may break rules: see qise.check. Raises InvalidDocument when the document itself is wrong.
    #[staticmethod]
    #[pyo3(signature = (problem, document, /))]
    fn from_json(problem: &Bound<'_, Problem>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read(problem, &argument::document(document)?, "plan", false)
    }

    /// Reads a plan made by hand in a table: text or bytes with a row of headings in English or Chinese, need 需求 and
    /// volunteer 志愿者, and if need be start 开始, role 角色, stop 停靠点, shift 班次, vehicle 车辆, note 备注.
    ///
    /// Times that are not stated are filled in as early as can be. Raises InvalidDocument when the table itself is wrong.
    #[staticmethod]
    #[pyo3(signature = (problem, table, /))]
    fn from_csv(problem: &Bound<'_, Problem>, table: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read(problem, &argument::document(table)?, "table", true)
    }

    /// Reads a plan for a problem from a file: a table where its name ends with .csv or .tsv, else a document.
    ///
    /// Raises InvalidDocument when the document is wrong, OSError when the file cannot be read.
    #[staticmethod]
    fn from_file(problem: &Bound<'_, Problem>, path: PathBuf) -> PyResult<Self> {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let is_table = ending.is_some_and(|ending| ending == "csv" || ending == "tsv");
        Self::read(problem, &read_file(problem.py(), &path)?, &path.display().to_string(), is_table)
    }

    /// How another plan differs from this one: people, needs, score, validity.
    ///
    /// A plan for another problem is read anew for this one, which raises InvalidDocument where it names what this problem does
    /// not have.
    #[pyo3(signature = (other, /))]
    fn diff<'py>(&self, other: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let (py, new) = (other.py(), other.get());
        let Scenario { problem, zone } = &self.problem.get().scenario;
        let is_same = new.problem.is(&self.problem);
        let document = if is_same { "" } else { new.source(py) };
        let report = beside(py, || {
            let read;
            let new = if is_same {
                &new.stated
            } else {
                read = qise_io::read_plan(problem, zone, document.as_bytes())?;
                &read
            };
            let mut difference = qise::compare::diff(problem, &self.stated.plan, &new.plan);
            difference.old = qise_io::check_plan(problem, &self.stated);
            difference.new = qise_io::check_plan(problem, new);
            Ok(qise_io::report::difference(problem, zone, &difference).to_string())
        });
        let report = report.map_err(|faults| invalid(py, &faults, "plan"))?;
        py.import("qise.compare")?.getattr("Difference")?.call_method1("_of", (loads(py, &report)?,))
    }

    /// Who could serve a need now, the best first: at most one offer of each person or crew. A need that the plan serves is asked about as if
    /// it did not.
    ///
    /// Raises UnknownNeed for an id that the problem does not have.
    #[pyo3(signature = (need_id, /, best = 10))]
    fn rank<'py>(&self, py: Python<'py>, need_id: &str, best: usize) -> PyResult<Bound<'py, PyAny>> {
        let problem = &self.problem.get().scenario.problem;
        let Some(index) = problem.needs().iter().position(|need| need.key == need_id) else {
            return Err(unknown_need(py, need_id, problem));
        };
        self.offers(py, |standing| standing.rank(NeedId::new(index), best).unwrap_or_default())
    }

    /// What somebody could serve beside what the plan has them do, the best first: needs of one person that nobody serves.
    ///
    /// Raises UnknownVolunteer for an id that the problem does not have.
    #[pyo3(signature = (volunteer_id, /, best = 10))]
    fn needs_for<'py>(
        &self,
        py: Python<'py>,
        volunteer_id: &str,
        best: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let problem = &self.problem.get().scenario.problem;
        let Some(index) = problem.volunteers().iter().position(|who| who.key == volunteer_id) else {
            return Err(unknown_volunteer(py, volunteer_id, problem));
        };
        let units = problem.units_of(VolunteerId::new(index)).collect::<Vec<_>>();
        self.offers(py, |standing| standing.needs_for(&units, best).unwrap_or_default())
    }

    /// How evenly load is shared out among people, and service among areas and categories.
    fn fairness<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let problem = &self.problem.get().scenario.problem;
        let report = beside(py, || qise_io::report::fairness(problem, &self.stated.plan).to_string());
        py.import("qise.fairness")?.getattr("Fairness")?.call_method1("_of", (loads(py, &report)?,))
    }

    /// The plan document, as text, with what the plan is worth and a reason for each unserved need.
    fn to_json(&self, py: Python<'_>) -> &str {
        self.document(py)
    }

    /// The plan document, as a new dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, self.document(py))
    }

    /// Writes the plan document to a file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        write_file(py, &path, self.document(py))
    }

    /// The plan as a map in GeoJSON, as text: routes as lines, needs, calls and depots as points.
    fn to_geojson(&self, py: Python<'_>) -> String {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        beside(py, || qise_io::geojson::plan(problem, zone, &self.stated.plan))
    }

    /// The plan as pandas frames: routes, assignments, calls, unserved. Raises ImportError without pandas.
    fn to_frames<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.show(py, "qise._frames", "frames", [])
    }

    /// The plan as a piece of a page: a map and a timeline. lang is en or zh.
    #[pyo3(signature = (*, lang = "en"))]
    fn to_html<'py>(&self, py: Python<'py>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let categories = self.problem.get().categories(py)?.into_pyobject(py)?;
        let lang = lang.into_pyobject(py)?.into_any();
        self.show(py, "qise._html", "page", [categories, lang])
    }

    /// The problem that the plan is for.
    #[getter]
    fn problem(&self, py: Python<'_>) -> Py<Problem> {
        self.problem.clone_ref(py)
    }

    /// The routes: a new list of dicts, times as datetime in the zone of the scenario.
    #[getter]
    fn routes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "routes")
    }

    /// Who serves what, and when: a new flat list of dicts.
    #[getter]
    fn assignments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "assignments")
    }

    /// Who calls at which depot, when, and what for: a new flat list of dicts.
    #[getter]
    fn calls<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "calls")
    }

    /// The needs that nobody serves, and why: a new list of dicts.
    #[getter]
    fn unserved<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "unserved")
    }

    /// Ids of the needs that are handed to others: a new list.
    #[getter]
    fn outsourced<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "outsourced")
    }

    /// How many times its document left out, which were filled in as early as can be.
    #[getter]
    fn filled(&self) -> usize {
        self.stated.filled
    }

    /// What the plan is worth, whatever the document it came from says of it.
    #[getter]
    fn score<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python_score(py, &self.evaluation.score)
    }

    /// Key figures by name.
    #[getter]
    fn figures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Scenario { problem, .. } = &self.problem.get().scenario;
        python_values(py, &figures(problem, &self.stated.plan, &self.evaluation))
    }

    /// How the plan was found, by name; empty when that is not known.
    #[getter]
    fn statistics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python_values(py, &self.statistics)
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

    /// A map and a timeline for notebooks; in Chinese where the environment variable QISE_LANG is zh.
    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let chinese = std::env::var("QISE_LANG").is_ok_and(|lang| lang == "zh");
        self.to_html(py, if chinese { "zh" } else { "en" })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py, (Py<Problem>, &str)>> {
        let text = self.source(py);
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.problem(py), text)))
    }
}

/// `qise.Score`.
pub fn python_score<'py>(py: Python<'py>, score: &Score) -> PyResult<Bound<'py, PyAny>> {
    let levels = pyo3::types::PyTuple::new(py, &score.levels)?;
    let terms = pyo3::types::PyDict::new(py);
    for (term, value) in score.terms.iter() {
        terms.set_item(term.as_str(), value)?;
    }
    py.import("qise.results")?.getattr("Score")?.call1((levels, terms))
}

fn python_values<'py>(py: Python<'py>, values: &BTreeMap<String, Value>) -> PyResult<Bound<'py, PyAny>> {
    loads(py, &serde_json::json!(values).to_string())
}

/// What a document says of how its plan was found. The reader of plans passes over it.
fn statistics_of(bytes: &[u8]) -> BTreeMap<String, Value> {
    let statistics = serde_json::from_slice::<Value>(bytes).ok().and_then(|mut document| {
        let statistics = document.get_mut("statistics")?.take();
        serde_json::from_value(statistics).ok()
    });
    statistics.unwrap_or_default()
}
