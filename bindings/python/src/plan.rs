//! `qise.Plan`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use qise::Lang;
use qise::bound::{Bounds, quick};
use qise::explain::Reason;
use qise::model::{NeedId, Term, VolunteerId};
use qise::plan::{Evaluation, LeftOut, Score, evaluate};
use qise::query::{Offer, PlanQuery};
use qise::solve::{Solved, Statistics};
use qise_io::figures::figures;
use qise_io::{PlanDocument, PlanNotes, Scenario};
use serde_json::Value;

use crate::argument;
use crate::error::{invalid, unknown_need, unknown_volunteer};

use crate::problem::{Problem, Reduced, loads, read_file, write_file};
use crate::reasons::{Ask, Wanted, python_fields, reasons};
use crate::search::Search;
use crate::solve::finished;
use crate::workers::{beside, on_threads};

/// Seconds for reasons where a plan is shown to people and nothing is said.
const SHOWN_SECONDS: f64 = 3.0;

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
    /// The same as Python has it. Whoever takes something of it makes a copy.
    parts: OnceLock<Py<PyAny>>,
}

impl Plan {
    /// What a search has found.
    pub fn of_solved(problem: Py<Problem>, solved: Solved) -> Self {
        let Solved { plan, evaluation, statistics } = solved;
        let statistics = BTreeMap::from([
            ("iterations".into(), statistics.iterations.into()),
            ("candidates".into(), statistics.candidates.into()),
            ("complete".into(), statistics.complete.into()),
        ]);
        let stated = PlanDocument { plan, ..PlanDocument::default() };
        Self::new(problem, stated, evaluation, statistics, None)
    }

    fn new(
        problem: Py<Problem>,
        stated: PlanDocument,
        evaluation: Evaluation,
        statistics: BTreeMap<String, Value>,
        source: Option<String>,
    ) -> Self {
        let (reasons, bounds) = (OnceLock::new(), OnceLock::new());
        let (bare, parts) = (OnceLock::new(), OnceLock::new());
        Self { problem, stated, evaluation, statistics, source, reasons, bounds, bare, parts }
    }

    /// The same plan, which tells what was left out of the one it started from.
    pub fn without(mut self, left_out: &Value) -> Self {
        if left_out.as_object().is_some_and(|lists| !lists.is_empty()) {
            self.statistics.insert("warm_left_out".into(), left_out.clone());
        }
        self
    }

    /// The plan as far as it makes sense for another problem, and the ids of what was left out.
    pub fn carried_to(&self, py: Python<'_>, to: &Problem) -> (qise::plan::Plan, Value) {
        let (from, to) = (&self.problem.get().scenario.problem, &to.scenario.problem);
        beside(py, || {
            let (plan, lost) = self.stated.plan.carried(from, to);
            (plan, told(from, &lost))
        })
    }

    fn read(problem: &Bound<'_, Problem>, bytes: &[u8], name: &str, is_table: bool) -> PyResult<Self> {
        let py = problem.py();
        let Scenario { problem: known, zone, .. } = &problem.get().scenario;
        let reader = if is_table { qise_io::read_plan_table } else { qise_io::read_plan };
        let read = beside(py, || {
            let stated = reader(known, zone, bytes)?;
            let evaluation = evaluate(known, &stated.plan);
            Ok((stated, evaluation))
        });
        let (stated, evaluation) = read.map_err(|faults| invalid(py, &faults, name))?;
        let source = String::from_utf8(bytes.to_vec()).ok().filter(|_| !is_table);
        Ok(Self::new(problem.clone().unbind(), stated, evaluation, statistics_of(bytes), source))
    }

    /// Asks the plan as it stands.
    fn offers<'py>(
        &self,
        py: Python<'py>,
        ask: impl FnOnce(&mut PlanQuery<'_>) -> Vec<Offer> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        let report = beside(py, || {
            let mut standing = PlanQuery::new(problem, &self.stated.plan);
            qise_io::report::offers(problem, zone, &ask(&mut standing)).to_string()
        });
        py.import("qise.ranking")?.getattr("Ranking")?.call_method1("_of", (loads(py, &report)?, zone.name()))
    }

    /// What the judge says it is worth.
    pub fn worth(&self) -> &Score {
        &self.evaluation.score
    }

    /// The document it came from, with the score stated there; its own where a search has found it.
    pub fn source<'a>(&'a self, py: Python<'_>) -> &'a str {
        self.source.as_deref().unwrap_or_else(|| self.bare(py))
    }

    /// The document without reasons, which says what the plan is worth, whatever the one it came from says.
    pub fn bare(&self, py: Python<'_>) -> &str {
        beside(py, || self.bare.get_or_init(|| self.written(&[], self.statistics.clone())))
    }

    fn written(&self, reasons: &[Reason], statistics: BTreeMap<String, Value>) -> String {
        let Scenario { problem, zone, .. } = &self.problem.get().scenario;
        let figures = figures(problem, &self.stated.plan, &self.evaluation);
        let notes = PlanNotes { reasons, figures, statistics };
        qise_io::write_plan(problem, zone, &self.stated.plan, &self.evaluation, &notes)
    }

    /// The document with the reasons that are asked for, and with what is proven of all plans.
    fn document(&self, py: Python<'_>, ask: Ask) -> PyResult<String> {
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
    fn all_statistics(&self, py: Python<'_>) -> PyResult<BTreeMap<String, Value>> {
        let mut all = self.statistics.clone();
        if all.contains_key("iterations") && !all.contains_key("bound") {
            let bounds = self.bounds(py, None)?;
            all.insert("bound".into(), qise_io::bounds(&self.problem.get().scenario.problem, &bounds));
        }
        Ok(all)
    }

    /// The document without reasons, as Python has it; not to be changed.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if let Some(parts) = self.parts.get() {
            return Ok(parts.bind(py).clone());
        }
        let parts = loads(py, self.bare(py))?;
        let _ = self.parts.set(parts.clone().unbind());
        Ok(parts)
    }

    /// The entries of `unserved`.
    fn left<'py>(&self, py: Python<'py>, ask: Ask) -> PyResult<Bound<'py, PyList>> {
        let scenario = &self.problem.get().scenario;
        let problem = &scenario.problem;
        let reasons = self.reasons(py, ask)?;
        let known = |need: &&NeedId| need.index() < problem.needs().len();
        let needs = self.stated.plan.unserved.iter().filter(known);
        let entries = needs.zip(reasons.iter()).map(|(&need, reason)| {
            let fields = python_fields(py, scenario, reason)?;
            // Of several ways to do one thing the reason is that of the nearest; the plan lists the first.
            fields.set_item("need", &problem.need(need).key)?;
            Ok(fields)
        });
        PyList::new(py, entries.collect::<PyResult<Vec<_>>>()?)
    }

    /// Calls a function of the package's own modules with the document of the problem and others.
    fn show<'py>(
        &self,
        py: Python<'py>,
        module: &str,
        function: &str,
        more: impl IntoIterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut arguments = vec![loads(py, self.problem.get().document(py))?];
        arguments.extend(more);
        py.import(module)?.call_method1(function, PyTuple::new(py, arguments)?)
    }

    /// A list of plain values, made of the document.
    fn plain<'py>(&self, py: Python<'py>, function: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import("qise._plain")?.call_method1(function, (self.parts(py)?,))
    }

    /// The plan for people to read.
    fn text(&self, py: Python<'_>, lang: Lang, ask: Ask) -> PyResult<String> {
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
            let difference = qise::compare::diff(problem, &self.stated.plan, &new.plan);
            let [before, after] = [&self.stated, new].map(|plan| qise_io::check_plan(problem, plan));
            let report = qise_io::report::difference(problem, zone, &difference, [&before, &after]);
            Ok(report.to_string())
        });
        let report = report.map_err(|faults| invalid(py, &faults, "plan"))?;
        py.import("qise.compare")?
            .getattr("Difference")?
            .call_method1("_of", (loads(py, &report)?, zone.name()))
    }

    /// Who could serve a need now, the best first: at most one offer of each person or crew. A need that the plan serves is asked about as if
    /// it did not.
    ///
    /// Raises UnknownNeed for an id that the problem does not have.
    #[pyo3(signature = (need_id, /, best = None), text_signature = "($self, need_id, /, best=10)")]
    fn rank<'py>(
        &self,
        py: Python<'py>,
        need_id: &str,
        best: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let best = best_of(best)?;
        let problem = &self.problem.get().scenario.problem;
        let Some(index) = problem.needs().iter().position(|need| need.key == need_id) else {
            return Err(unknown_need(py, need_id, problem));
        };
        self.offers(py, |standing| standing.rank(NeedId::new(index), best).unwrap_or_default())
    }

    /// What somebody could serve beside what the plan has them do, the best first: needs of one person that nobody serves.
    ///
    /// Raises UnknownVolunteer for an id that the problem does not have.
    #[pyo3(signature = (volunteer_id, /, best = None), text_signature = "($self, volunteer_id, /, best=10)")]
    fn needs_for<'py>(
        &self,
        py: Python<'py>,
        volunteer_id: &str,
        best: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let best = best_of(best)?;
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

    /// The plan as far as it makes sense for another problem, or another version of this one, and what was left out: a pair of Plan and dict.
    ///
    /// Needs, people, vehicles, depots and goods are found again by their ids. Times stay, so that the plan may break rules of the other
    /// problem: see qise.check.
    #[pyo3(signature = (problem, /))]
    fn carried<'py>(&self, problem: &Bound<'py, Problem>) -> PyResult<(Self, Bound<'py, PyAny>)> {
        let py = problem.py();
        let (plan, left_out) = self.carried_to(py, problem.get());
        let known = &problem.get().scenario.problem;
        let evaluation = beside(py, || evaluate(known, &plan));
        let stated = PlanDocument { plan, ..PlanDocument::default() };
        let carried = Self::new(problem.clone().unbind(), stated, evaluation, BTreeMap::new(), None);
        let lists = ["needs", "volunteers", "depots", "goods"].map(|list| {
            let there = left_out.get(list).cloned().unwrap_or_else(|| Value::Array(Vec::new()));
            (list.to_owned(), there)
        });
        let lists = lists.into_iter().collect::<serde_json::Map<_, _>>();
        Ok((carried, loads(py, &Value::Object(lists).to_string())?))
    }

    /// The plan document, as text, with what the plan is worth and a reason for each unserved need. reasons and time_limit as for
    /// unserved.
    #[pyo3(signature = (*, reasons = "proven", time_limit = None))]
    fn to_json(
        &self,
        py: Python<'_>,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        self.document(py, Ask::new(reasons, time_limit.as_ref())?)
    }

    /// The plan document, as a new dict. reasons and time_limit as for unserved.
    #[pyo3(signature = (*, reasons = "proven", time_limit = None))]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        reasons: &str,
        time_limit: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.document(py, Ask::new(reasons, time_limit.as_ref())?)?)
    }

    /// Writes the plan document to a file. reasons and time_limit as for unserved: the plan is written before they are looked for, and once
    /// more with them.
    #[pyo3(signature = (path, *, reasons = "proven", time_limit = None))]
    fn save(
        &self,
        py: Python<'_>,
        path: PathBuf,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let ask = Ask::new(reasons, time_limit.as_ref())?;
        if self.reasons.get().is_none() && !self.stated.plan.unserved.is_empty() {
            write_file(py, &path, self.bare(py))?;
        }
        write_file(py, &path, &self.document(py, ask)?)
    }

    /// The plan as text for people: the routes with their times, who is left and why, key figures. lang is en or zh; reasons and
    /// time_limit as for unserved.
    #[pyo3(
        signature = (*, lang = "en", reasons = "proven", time_limit = None),
        text_signature = "($self, *, lang='en', reasons='proven', time_limit=3.0)"
    )]
    fn to_text(
        &self,
        py: Python<'_>,
        lang: &str,
        reasons: &str,
        time_limit: Option<Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let mut ask = Ask::new(reasons, time_limit.as_ref())?;
        ask.limit = ask.limit.or(Some(SHOWN_SECONDS));
        self.text(py, argument::lang(lang)?, ask)
    }

    /// The plan as a map in GeoJSON, as text: routes as lines, needs, calls and depots as points.
    fn to_geojson(&self, py: Python<'_>) -> String {
        let Scenario { problem, zone } = &self.problem.get().scenario;
        beside(py, || qise_io::geojson::plan(problem, zone, &self.stated.plan))
    }

    /// The plan as pandas frames: routes, assignments, calls, unserved; without reasons where none are asked for, as for unserved.
    ///
    /// Raises ImportError without pandas.
    #[pyo3(signature = (*, reasons = "none", time_limit = None))]
    fn to_frames<'py>(
        &self,
        py: Python<'py>,
        reasons: &str,
        time_limit: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        // What is missing is told before anything is looked for.
        py.import("qise._frames")?.call_method0("pandas")?;
        let left = self.left(py, Ask::new(reasons, time_limit.as_ref())?)?;
        self.show(py, "qise._frames", "frames", [self.parts(py)?, left.into_any()])
    }

    /// The plan as a piece of a page: a map and a timeline. lang is en or zh; reasons and time_limit as for unserved.
    #[pyo3(
        signature = (*, lang = "en", reasons = "proven", time_limit = None),
        text_signature = "($self, *, lang='en', reasons='proven', time_limit=3.0)"
    )]
    fn to_html<'py>(
        &self,
        py: Python<'py>,
        lang: &str,
        reasons: &str,
        time_limit: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut ask = Ask::new(reasons, time_limit.as_ref())?;
        ask.limit = ask.limit.or(Some(SHOWN_SECONDS));
        self.page(py, lang, ask)
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
    ///
    /// reasons: proven tells of each need whatever can be proven or tried, which takes long where thousands are left; quick only what the
    /// rules say of people who could come; none nothing. time_limit: seconds, those needs first that matter most; what was not looked into by
    /// then is unexamined. Other Python threads run meanwhile, and Ctrl-C ends it.
    #[pyo3(signature = (reasons = "proven", *, time_limit = None))]
    fn unserved<'py>(
        &self,
        py: Python<'py>,
        reasons: &str,
        time_limit: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        self.left(py, Ask::new(reasons, time_limit.as_ref())?)
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
        python_values(py, &self.all_statistics(py)?)
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

    /// What `print(plan)` prints, as to_text; in Chinese where the environment variable QISE_LANG is zh.
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.text(py, argument::lang(spoken())?, SHOWN)
    }

    /// A map and a timeline for notebooks; in Chinese where the environment variable QISE_LANG is zh.
    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.page(py, spoken(), SHOWN)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py, (Py<Problem>, &str)>> {
        let text = self.source(py);
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.problem(py), text)))
    }
}

impl Plan {
    fn page<'py>(&self, py: Python<'py>, lang: &str, ask: Ask) -> PyResult<Bound<'py, PyAny>> {
        let reasons = self.reasons(py, ask)?;
        let document = beside(py, || self.written(&reasons, self.statistics.clone()));
        let categories = self.problem.get().categories(py)?.into_pyobject(py)?;
        let lang = lang.into_pyobject(py)?.into_any();
        self.show(py, "qise._html", "page", [loads(py, &document)?, categories, lang])
    }
}

/// Reasons as they are shown to people.
const SHOWN: Ask = Ask { wanted: Wanted::Proven, limit: Some(SHOWN_SECONDS) };

/// The language of who reads what notebooks and `print` show.
fn spoken() -> &'static str {
    if std::env::var("QISE_LANG").is_ok_and(|lang| lang == "zh") { "zh" } else { "en" }
}

/// How many offers are asked for.
fn best_of(given: Option<Bound<'_, PyAny>>) -> PyResult<usize> {
    given
        .map_or(Ok(10), |best| argument::whole("best", &best, 0..=u64::from(u32::MAX)))
        .map(|best| usize::try_from(best).unwrap_or(usize::MAX))
}

/// The ids of what was left out, the lists that are not empty.
fn told(from: &qise::Problem, lost: &LeftOut) -> Value {
    let mut people = lost.units.iter().map(|&unit| from.unit(unit).volunteer).collect::<Vec<_>>();
    people.dedup();
    let lists = [
        ("needs", lost.needs.iter().map(|&need| from.need(need).key.clone()).collect::<Vec<_>>()),
        ("volunteers", people.iter().map(|&who| from.volunteer(who).key.clone()).collect()),
        ("depots", lost.depots.iter().map(|&depot| from.depot(depot).key.clone()).collect()),
        ("goods", lost.goods.iter().map(|&good| from.good(good).key.clone()).collect()),
    ];
    let lists = lists.into_iter().filter(|(_, keys)| !keys.is_empty());
    Value::Object(lists.map(|(name, keys)| (name.to_owned(), keys.into())).collect())
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
