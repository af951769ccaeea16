//! `qise.Problem`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use qise::bound::Options;
use qise::model::{Category, Previous};
use qise_io::Scenario;
use serde_json::value::RawValue;

use crate::error::invalid;
use crate::plan::Plan;
use crate::workers::beside;
use crate::{argument, bound};

/// Seconds of a search for bounds when nothing is said.
const USUAL_SECONDS: f64 = 10.0;

/// Needs, people, and how a plan for them is judged: immutable, and valid once made.
///
/// Made by `Problem.from_json`, `Problem.from_file` or `qise.generate`. `len(problem)` is the number of needs, ways to do the same
/// counted once.
#[pyclass(frozen, module = "qise")]
pub struct Problem {
    pub scenario: Scenario,
    /// The document, once somebody has asked for it.
    document: OnceLock<String>,
}

impl Problem {
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, document: OnceLock::new() }
    }

    pub fn document(&self, py: Python<'_>) -> &str {
        let Scenario { problem, zone } = &self.scenario;
        beside(py, || self.document.get_or_init(|| qise_io::write_scenario(problem, zone)))
    }

    fn read(py: Python<'_>, bytes: &[u8], name: &str) -> PyResult<Self> {
        let read = beside(py, || qise_io::read_scenario(bytes));
        read.map(Self::new).map_err(|faults| invalid(py, &faults, name))
    }

    /// One list of the document; empty where it has none.
    fn list<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let document = self.document(py);
        let lists = beside(py, || serde_json::from_str::<BTreeMap<&str, &RawValue>>(document));
        match lists.ok().and_then(|lists| lists.get(name).map(|list| list.get())) {
            Some(list) => loads(py, list),
            None => Ok(PyList::empty(py).into_any()),
        }
    }

    /// Whether the data of both is the same. Documents would not do: they leave out notes and built-in values.
    fn is_same(&self, py: Python<'_>, other: &Self) -> bool {
        beside(py, || {
            let (mine, theirs) = (&self.scenario, &other.scenario);
            mine.zone == theirs.zone && mine.problem.to_data() == theirs.problem.to_data()
        })
    }

    /// All categories, as documents write them.
    pub fn categories<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.scenario.problem.categories().iter().map(|category| python_category(py, category)).collect()
    }
}

#[pymethods]
impl Problem {
    /// Reads a scenario document: str, bytes, or a dict as json.loads makes them.
    ///
    /// Raises InvalidDocument with everything that is wrong at once.
    #[staticmethod]
    #[pyo3(signature = (document, /))]
    fn from_json(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::read(py, &argument::document(document)?, "scenario")
    }

    /// Reads a scenario document from a file.
    ///
    /// Raises InvalidDocument with everything that is wrong at once, OSError when the file cannot be read.
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        Self::read(py, &read_file(py, &path)?, &path.display().to_string())
    }

    /// The scenario document, as text: coordinates in WGS-84, notes left out.
    fn to_json(&self, py: Python<'_>) -> &str {
        self.document(py)
    }

    /// The scenario document, as a new dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, self.document(py))
    }

    /// Writes the scenario document to a file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        write_file(py, &path, self.document(py))
    }

    /// The same problem with a plan that people were told already: changes against it cost.
    ///
    /// reassign_price is the penalty for reassigning or dropping a previously planned visit; retime_price that of another start. Visits whose
    /// need or person the problem no longer has are left out.
    #[pyo3(
        signature = (plan, reassign_price = None, retime_price = None),
        text_signature = "($self, plan, reassign_price=3600, retime_price=600)"
    )]
    fn with_previous(
        &self,
        plan: &Bound<'_, Plan>,
        reassign_price: Option<Bound<'_, PyAny>>,
        retime_price: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = plan.py();
        let price = |name, given: Option<Bound<'_, PyAny>>, otherwise| {
            given.map_or(Ok(otherwise), |given| argument::whole(name, &given, 0..=u32::MAX))
        };
        let prices = Previous {
            reassign_price: price("reassign_price", reassign_price, 3600)?,
            retime_price: price("retime_price", retime_price, 600)?,
            ..Previous::default()
        };
        let told = plan.get().bare(py);
        let Scenario { problem, zone } = &self.scenario;
        let changed = beside(py, || {
            let previous = qise_io::read_previous(problem, zone, told.as_bytes(), &prices)?.previous;
            problem.with_previous(Some(previous))
        });
        let problem = changed.map_err(|faults| invalid(py, &faults, "plan"))?;
        Ok(Self::new(Scenario { problem, zone: zone.clone() }))
    }

    /// The same problem with the hours of a plan booked in everybody's ledger, for the next plan.
    ///
    /// keep_permille: how many thousandths of what stood in the ledgers before are kept.
    #[pyo3(signature = (plan, keep_permille = None), text_signature = "($self, plan, keep_permille=1000)")]
    fn with_hours(&self, plan: &Bound<'_, Plan>, keep_permille: Option<Bound<'_, PyAny>>) -> PyResult<Self> {
        let py = plan.py();
        let keep =
            keep_permille.map_or(Ok(1000), |keep| argument::whole("keep_permille", &keep, 0..=1000))?;
        let told = plan.get().bare(py);
        let Scenario { problem, zone } = &self.scenario;
        let booked = beside(py, || {
            let plan = qise_io::read_plan(problem, zone, told.as_bytes())?.plan;
            let people = qise::fairness::load(problem, &plan).people;
            problem.replace(|data| {
                for person in &people {
                    data.volunteers[person.volunteer.index()].ledger = person.ledger(keep);
                }
            })
        });
        let problem = booked.map_err(|faults| invalid(py, &faults, "plan"))?;
        Ok(Self::new(Scenario { problem, zone: zone.clone() }))
    }

    /// Proves how good any plan could be: the most priority served, and the least effort on every level of the objective that counts
    /// some.
    ///
    /// plan: what to compare with; the least effort is that of any plan that serves as much. Without one, of any that serves all.
    /// time_limit: seconds; 10 when neither it nor rounds is given. rounds: of pricing for each question; with rounds and no time_limit
    /// the bound is the same on any machine. threads: as many as the machine has when missing.
    #[pyo3(signature = (plan = None, *, time_limit = None, rounds = None, threads = None))]
    fn bound<'py>(
        &self,
        py: Python<'py>,
        plan: Option<Bound<'py, PyAny>>,
        time_limit: Option<Bound<'py, PyAny>>,
        rounds: Option<Bound<'py, PyAny>>,
        threads: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let problem = &self.scenario.problem;
        let score = plan.map(|plan| {
            let plan = argument::plan("plan", &plan)?.get();
            if plan.problem.get().scenario.problem.to_data() != problem.to_data() {
                return Err(PyValueError::new_err("plan must be a plan of this problem"));
            }
            Ok(plan.worth().clone())
        });
        let limit = time_limit.map(|limit| argument::seconds("time_limit", &limit)).transpose()?;
        let rounds = rounds.map(|rounds| argument::whole("rounds", &rounds, 0..=u64::MAX)).transpose()?;
        let threads = threads.map(|threads| argument::whole("threads", &threads, 1..=1024)).transpose()?;
        let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let options = Options { threads, rounds, ..Options::default() };
        let limit = limit.or(rounds.is_none().then_some(USUAL_SECONDS));
        let found = bound::search(py, problem, score.transpose()?, options, limit)?;
        loads(py, &qise_io::report::bound(problem, &found).to_string())
    }

    /// Name for people.
    #[getter]
    fn name(&self) -> &str {
        self.scenario.problem.name()
    }

    /// The zone in which times are shown: a name such as Asia/Shanghai, or an offset.
    #[getter]
    fn time_zone(&self) -> &str {
        self.scenario.zone.name()
    }

    /// The needs as the document has them, every way to do one thing an entry of its own: a new list of dicts.
    #[getter]
    fn needs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py, "needs")
    }

    /// The volunteers as the document has them: a new list of dicts.
    #[getter]
    fn volunteers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py, "volunteers")
    }

    /// The teams as the document has them: a new list of dicts. Who is a member stands at the volunteers.
    #[getter]
    fn teams<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py, "teams")
    }

    /// The depots as the document has them: a new list of dicts.
    #[getter]
    fn depots<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py, "depots")
    }

    /// The vehicles that several people may take, as the document has them: a new list of dicts.
    #[getter]
    fn vehicles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py, "vehicles")
    }

    /// A number for what the ids of the problem mean: a plan of a problem with the same one is a plan of this problem. What is asked of the needs and
    /// when does not count.
    #[getter]
    fn fingerprint(&self) -> String {
        self.scenario.problem.fingerprint().to_string()
    }

    /// How many there are of each, ways to do the same counted once: needs, volunteers, shifts, goods, depots, vehicles, teams, places.
    #[getter]
    fn sizes(&self) -> BTreeMap<&'static str, usize> {
        let problem = &self.scenario.problem;
        BTreeMap::from([
            ("needs", problem.asked()),
            ("volunteers", problem.volunteers().len()),
            ("shifts", problem.volunteers().iter().map(|volunteer| volunteer.shifts.len()).sum()),
            ("goods", problem.goods().len()),
            ("depots", problem.depots().len()),
            ("vehicles", problem.vehicles().len()),
            ("teams", problem.teams().len()),
            ("places", problem.places().len()),
        ])
    }

    /// What is legal in it and surely wrong: a new list of Oddity.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let found = beside(py, || self.scenario.warnings());
        let class = py.import("qise.results")?.getattr("Oddity")?;
        let python = |warning: qise_io::Warning| {
            let message = warning.message();
            class.call1((warning.path, warning.key, warning.name, warning.code, message.en, message.zh))
        };
        found.into_iter().map(python).collect()
    }

    fn __len__(&self) -> usize {
        self.scenario.problem.asked()
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.is_same(py, other.get()))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.name(), self.sizes()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let problem = &self.scenario.problem;
        let (needs, people, teams) = (problem.asked(), problem.volunteers().len(), problem.teams().len());
        format!("<Problem {:?}: {needs} needs, {people} volunteers, {teams} teams>", problem.name())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py, (&str,)>> {
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.document(py),)))
    }
}

/// What pickle needs: a function, and what to call it with.
pub type Reduced<'py, A> = (Bound<'py, PyAny>, A);

/// Python's values for a piece of JSON.
pub fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// Reads a file as Python does, so that errors are Python's own.
pub fn read_file(py: Python<'_>, path: &Path) -> PyResult<Vec<u8>> {
    py.import("pathlib")?.call_method1("Path", (path,))?.call_method0("read_bytes")?.extract()
}

/// Writes a file whole or not at all; errors are as Python's own.
pub fn write_file(py: Python<'_>, path: &Path, text: &str) -> PyResult<()> {
    let Err(error) = beside(py, || qise_io::files::replace(path, text.as_bytes())) else { return Ok(()) };
    let Some(number) = error.raw_os_error() else { return Err(error.into()) };
    let words = py.import("os")?.call_method1("strerror", (number,))?.unbind();
    Err(PyOSError::new_err((number, words, path.to_path_buf())))
}

fn python_category<'py>(py: Python<'py>, category: &Category) -> PyResult<Bound<'py, PyDict>> {
    let entry = PyDict::new(py);
    entry.set_item("id", &category.key)?;
    entry.set_item("name", &category.name.en)?;
    entry.set_item("name_zh", &category.name.zh)?;
    entry.set_item("colour", &category.colour)?;
    Ok(entry)
}
