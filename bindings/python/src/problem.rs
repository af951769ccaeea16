//! The handle of a problem.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use pyo3::prelude::*;
use qise_io::Scenario;

use crate::error::invalid;
use crate::workers::beside;

/// A problem with its zone: immutable, and valid once made.
#[pyclass(frozen, module = "qise._core")]
pub struct Problem {
    pub scenario: Scenario,
    /// The document, once somebody has asked for it.
    document: OnceLock<String>,
}

impl Problem {
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, document: OnceLock::new() }
    }

    /// The same people at the same time, in another problem.
    pub fn variant(&self, problem: qise::Problem) -> Self {
        Self::new(Scenario { problem, zone: self.scenario.zone.clone() })
    }
}

#[pymethods]
impl Problem {
    /// Reads a scenario document. `name` is what faults call it.
    #[staticmethod]
    fn read(py: Python<'_>, document: &[u8], name: &str) -> PyResult<Self> {
        let read = beside(py, || qise_io::read_scenario(document));
        read.map(Self::new).map_err(|faults| invalid(py, &faults, name))
    }

    /// The scenario document.
    fn document(&self, py: Python<'_>) -> &str {
        let Scenario { problem, zone } = &self.scenario;
        beside(py, || self.document.get_or_init(|| qise_io::write_scenario(problem, zone)))
    }

    #[getter]
    fn name(&self) -> &str {
        self.scenario.problem.name()
    }

    #[getter]
    fn time_zone(&self) -> &str {
        self.scenario.zone.name()
    }

    #[getter]
    fn fingerprint(&self) -> String {
        self.scenario.problem.fingerprint().to_string()
    }

    /// Number of entries by kind; alternatives of one need are counted once.
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

    /// Tuples of path, id, name, code, and the message in English and in Chinese.
    #[allow(clippy::type_complexity)] // a plain tuple
    fn warnings(&self, py: Python<'_>) -> Vec<(String, String, Option<String>, String, String, String)> {
        let python = |warning: qise_io::Warning| {
            let message = warning.message();
            (warning.path, warning.key, warning.name, warning.code.to_owned(), message.en, message.zh)
        };
        beside(py, || self.scenario.warnings()).into_iter().map(python).collect()
    }

    /// Whether the data of both is the same. Documents would not do: they leave out notes and built-in values.
    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Self>() else { return false };
        let (mine, theirs) = (&self.scenario, &other.get().scenario);
        beside(py, || mine.zone == theirs.zone && mine.problem.to_data() == theirs.problem.to_data())
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
}
