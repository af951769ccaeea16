//! Which share of needs, residents and land has a capable crew near by, where the gaps are, and where more would help.

mod options;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use pyo3::prelude::*;
use qise_io::coverage::{Options, Report, report};

use self::options::{Placed, bad, region_of, residents_of};
use crate::argument::whole;
use crate::problem::Problem;
use crate::view;
use crate::workers::{beside, interruptible};

/// What was found, as a document and as a map.
#[pyclass(frozen, module = "qise._core")]
pub struct Coverage {
    problem: Py<Problem>,
    /// What was found; `None` if it was stored, and both texts are there.
    report: Option<Report>,
    document: OnceLock<String>,
    map: OnceLock<String>,
}

#[pymethods]
impl Coverage {
    /// What was stored as a document and a map.
    #[staticmethod]
    fn stored(problem: Py<Problem>, document: String, map: String) -> Self {
        Self { problem, report: None, document: document.into(), map: map.into() }
    }

    /// The report as a document.
    fn document(&self, py: Python<'_>) -> &str {
        let scenario = &self.problem.get().scenario;
        beside(py, || {
            self.document.get_or_init(|| {
                self.report
                    .as_ref()
                    .map_or_else(String::new, |report| format!("{:#}\n", report.to_json(scenario)))
            })
        })
    }

    /// The report as a map in GeoJSON.
    fn map(&self, py: Python<'_>) -> &str {
        let problem = &self.problem.get().scenario.problem;
        beside(py, || {
            self.map.get_or_init(|| {
                self.report.as_ref().map_or_else(String::new, |report| report.to_geojson(problem))
            })
        })
    }

    /// The report as a piece of a page.
    fn html(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let (document, map) = (view::report(self.document(py))?, view::report(self.map(py))?);
        view::piece(py, lang, |lang| qise_view::coverage_piece(&document, &map, lang))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let other = other.get();
        Ok(self.document(py) == other.document(py) && self.problem.bind(py).eq(&other.problem)?)
    }

    fn __hash__(&self, py: Python<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.document(py).hash(&mut hasher);
        hasher.finish()
    }
}

/// Answers a question about coverage.
#[pyfunction]
#[pyo3(signature = (
    problem, *, minutes, within, day, hours, categories, requires, asks, region, cell_m, residents, gaps, gap_m, place,
    like, skills, people, profile, radius_m, lend, candidates, of, exact, steps
))]
pub fn coverage<'py>(
    problem: &Bound<'py, Problem>,
    minutes: Vec<Bound<'py, PyAny>>,
    within: Option<Bound<'py, PyAny>>,
    day: Option<String>,
    hours: Option<String>,
    categories: Vec<String>,
    requires: Vec<String>,
    asks: Bound<'py, PyAny>,
    region: Option<Bound<'py, PyAny>>,
    cell_m: f64,
    residents: Option<Vec<(f64, f64, u32)>>,
    gaps: Bound<'py, PyAny>,
    gap_m: Bound<'py, PyAny>,
    place: Bound<'py, PyAny>,
    like: Option<String>,
    skills: Option<Vec<String>>,
    people: Bound<'py, PyAny>,
    profile: Option<String>,
    radius_m: Option<Bound<'py, PyAny>>,
    lend: Option<String>,
    candidates: Bound<'py, PyAny>,
    of: Option<String>,
    exact: bool,
    steps: Bound<'py, PyAny>,
) -> PyResult<Coverage> {
    let py = problem.py();
    let placed =
        Placed { place, like, skills, people, profile, radius_m, lend, candidates, of, exact, steps };
    let placing = placed.read()?;
    let minutes = minutes.iter().map(|limit| whole("minutes", limit, 0..=u32::MAX));
    let options = Options {
        minutes: minutes.collect::<PyResult<_>>()?,
        within: within.map(|within| whole("within", &within, 0..=u32::MAX)).transpose()?,
        day,
        hours,
        requires,
        asks: whole("asks", &asks, 0..=u32::MAX)? as usize,
        categories,
        region: region.map(|region| region_of(&region)).transpose()?,
        cell_m,
        residents: residents.map(residents_of).transpose()?,
        gaps: whole("gaps", &gaps, 0..=u32::MAX)? as usize,
        gap_m: whole("gap_m", &gap_m, 1..=u32::MAX)?,
        placing,
    };
    let scenario = &problem.get().scenario;
    let report = interruptible(py, None, |stop| report(scenario, &options, stop))?.map_err(bad)?;
    let (document, map) = (OnceLock::new(), OnceLock::new());
    Ok(Coverage { problem: problem.clone().unbind(), report: Some(report), document, map })
}
