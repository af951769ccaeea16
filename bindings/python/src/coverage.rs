//! `qise.coverage` and `qise.Coverage`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use qise::coverage::{Measure, Point, Region};
use qise_io::coverage::{
    BadOption, Candidates, Options, Placing, Report, Row, read_points, read_region, report,
};

use crate::argument::{document, whole};
use crate::problem::{Problem, Reduced, loads, read_file, write_file};
use crate::workers::{beside, interruptible};

/// Which share of needs, residents and land has a capable crew near by, where the gaps are, and where more would help.
///
/// Made by `qise.coverage`. In a notebook it shows itself as tables and a map.
#[pyclass(frozen, module = "qise")]
pub struct Coverage {
    problem: Py<Problem>,
    /// What was found; nothing where it was pickled, and both texts are there.
    report: Option<Report>,
    document: OnceLock<String>,
    map: OnceLock<String>,
}

impl Coverage {
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

    fn map(&self, py: Python<'_>) -> &str {
        let problem = &self.problem.get().scenario.problem;
        beside(py, || {
            self.map.get_or_init(|| {
                self.report.as_ref().map_or_else(String::new, |report| report.to_geojson(problem))
            })
        })
    }

    /// A list of plain values, made of the document.
    fn plain<'py>(&self, py: Python<'py>, function: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import("qise._coverage")?.call_method1(function, (loads(py, self.document(py))?,))
    }
}

#[pymethods]
impl Coverage {
    /// The report as a document, as text.
    fn to_json(&self, py: Python<'_>) -> &str {
        self.document(py)
    }

    /// The report as a document: a new dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, self.document(py))
    }

    /// Writes the document to a file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        write_file(py, &path, self.document(py))
    }

    /// The report as a map in GeoJSON, as text: needs, residents, gaps and new sites as points, land as strips.
    fn to_geojson(&self, py: Python<'_>) -> &str {
        self.map(py)
    }

    /// The report as pandas frames: shares, gaps, sites. Raises ImportError without pandas.
    fn to_frames<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "frames")
    }

    /// The report as a piece of a page: tables and a map. lang is en or zh.
    #[pyo3(signature = (*, lang = "en"))]
    fn to_html<'py>(&self, py: Python<'py>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let document = loads(py, self.document(py))?;
        let map = loads(py, self.map(py))?;
        py.import("qise._html.coverage")?.call_method1("page", (document, map, lang))
    }

    /// The problem that was asked about.
    #[getter]
    fn problem(&self, py: Python<'_>) -> Py<Problem> {
        self.problem.clone_ref(py)
    }

    /// The shares: a new flat list of dicts, one for each measure, category, hour and limit.
    #[getter]
    fn shares<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "shares")
    }

    /// The gaps, the worst first: a new flat list of dicts.
    #[getter]
    fn gaps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "gaps")
    }

    /// The new sites, the one that gains most first: a new list of dicts.
    #[getter]
    fn sites<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "sites")
    }

    /// What placing brings: a new dict, or None where nothing was placed.
    #[getter]
    fn placement<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.plain(py, "placement")
    }

    /// For pickle.
    #[staticmethod]
    fn _pickled(problem: Py<Problem>, document: String, map: String) -> Self {
        Self { problem, report: None, document: document.into(), map: map.into() }
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py, (Py<Problem>, &str, &str)>> {
        let parts = (self.problem(py), self.document(py), self.map(py));
        Ok((py.get_type::<Self>().getattr("_pickled")?, parts))
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

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.plain(py, "words")?.extract()
    }

    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_html(py, "en")
    }
}

/// Tells which share of needs, residents and land has a capable crew near by, by category and hour.
///
/// Raises ValueError for an option that cannot be, OSError for a file that cannot be read.
#[pyfunction]
#[pyo3(
    signature = (problem, *, minutes = None, within = None, day = None, hours = None, categories = None, requires = None, asks = None, region = None, cell_m = 1000.0, residents = None, gaps = None, gap_m = None, place = None, like = None, skills = None, people = None, profile = None, radius_m = None, lend = None, candidates = None, of = None, exact = false, steps = None),
    text_signature = "(problem, *, minutes=(15, 30, 60, 120), within=None, day=None, hours=None, categories=(), requires=(), asks=3, region=None, cell_m=1000.0, residents=None, gaps=10, gap_m=20000, place=0, like=None, skills=None, people=1, profile=None, radius_m=None, lend=None, candidates='places', of=None, exact=False, steps=2000)"
)]
pub fn coverage(
    problem: &Bound<'_, Problem>,
    minutes: Option<Vec<Bound<'_, PyAny>>>,
    within: Option<Bound<'_, PyAny>>,
    day: Option<String>,
    hours: Option<String>,
    categories: Option<Vec<String>>,
    requires: Option<Vec<String>>,
    asks: Option<Bound<'_, PyAny>>,
    region: Option<Bound<'_, PyAny>>,
    cell_m: f64,
    residents: Option<Vec<(f64, f64, u32)>>,
    gaps: Option<Bound<'_, PyAny>>,
    gap_m: Option<Bound<'_, PyAny>>,
    place: Option<Bound<'_, PyAny>>,
    like: Option<String>,
    skills: Option<Vec<String>>,
    people: Option<Bound<'_, PyAny>>,
    profile: Option<String>,
    radius_m: Option<Bound<'_, PyAny>>,
    lend: Option<String>,
    candidates: Option<Bound<'_, PyAny>>,
    of: Option<String>,
    exact: bool,
    steps: Option<Bound<'_, PyAny>>,
) -> PyResult<Coverage> {
    let py = problem.py();
    let usual = Options::default();
    let number = |name, given: Option<Bound<'_, PyAny>>, least: u32, usual: u32| {
        given.map_or(Ok(usual), |given| whole(name, &given, least..=u32::MAX))
    };
    let count = number("place", place, 0, 0)? as usize;
    let steps = steps.map_or(Ok(2000), |steps| whole("steps", &steps, 0..=u64::MAX))?;
    let placing = Placing {
        count,
        like,
        skills: skills.clone().unwrap_or_default(),
        people: number("people", people, 1, 1)?,
        profile,
        radius_m: radius_m.map(|radius| whole("radius_m", &radius, 0..=u32::MAX)).transpose()?,
        lend,
        candidates: candidates.map_or(Ok(Candidates::Places), |given| candidates_of(&given))?,
        of: of.as_deref().map(measure_of).transpose()?,
        exact: exact.then_some(steps),
    };
    if count > 0 && placing.like.is_none() && skills.is_none() && placing.lend.is_none() {
        return Err(PyValueError::new_err("say what to place: like, skills or lend"));
    }
    let minutes = minutes.map(|all| all.iter().map(|m| whole("minutes", m, 0..=u32::MAX)).collect());
    let options = Options {
        minutes: minutes.transpose()?.unwrap_or(usual.minutes),
        within: within.map(|within| whole("within", &within, 0..=u32::MAX)).transpose()?,
        day,
        hours,
        requires: requires.unwrap_or_default(),
        asks: number("asks", asks, 0, 3)? as usize,
        categories: categories.unwrap_or_default(),
        region: region.map(|region| region_of(&region)).transpose()?,
        cell_m,
        residents: residents.map(residents_of).transpose()?,
        gaps: number("gaps", gaps, 0, 10)? as usize,
        gap_m: number("gap_m", gap_m, 1, 20_000)?,
        placing: (count > 0).then_some(placing),
    };
    let scenario = &problem.get().scenario;
    let report = interruptible(py, None, |stop| report(scenario, &options, stop))?.map_err(bad)?;
    let (document, map) = (OnceLock::new(), OnceLock::new());
    Ok(Coverage { problem: problem.clone().unbind(), report: Some(report), document, map })
}

fn bad(BadOption(words): BadOption) -> PyErr {
    PyValueError::new_err(words.en)
}

/// What went wrong with a region: its words, or its file.
struct Failed(PyErr);

impl From<BadOption> for Failed {
    fn from(option: BadOption) -> Self {
        Self(bad(option))
    }
}

/// A name, a box by four numbers, a dict of GeoJSON, or the path of such a file.
fn region_of(given: &Bound<'_, PyAny>) -> PyResult<Region> {
    let read = |words: &str, open: &dyn Fn() -> PyResult<Vec<u8>>| {
        read_region::<Failed>(words, || open().map_err(Failed)).map_err(|failed| failed.0)
    };
    if given.is_instance_of::<PyDict>() {
        return read("region", &|| document(given));
    }
    if !given.is_instance_of::<PyString>()
        && let Ok(edges) = given.extract::<Vec<f64>>()
    {
        let edges = edges.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        return read(&edges, &|| Err(PyValueError::new_err("region must have four numbers")));
    }
    let path = given.extract::<PathBuf>().map_err(|_| {
        PyTypeError::new_err("region must be a name, four numbers, a dict of GeoJSON or the path of a file")
    })?;
    read(&path.display().to_string(), &|| read_file(given.py(), &path))
}

fn at(lon: f64, lat: f64) -> PyResult<qise::model::LatLon> {
    let wrong = || PyValueError::new_err(format!("({lon}, {lat}) is not longitude and latitude in degrees"));
    qise::model::LatLon::new(lat, lon).ok_or_else(wrong)
}

fn residents_of(given: Vec<(f64, f64, u32)>) -> PyResult<Vec<Point>> {
    let point = |(lon, lat, residents): (f64, f64, u32)| {
        Ok(Point { at: qise::coverage::Where::At(at(lon, lat)?), mass: residents.into() })
    };
    given.into_iter().map(point).collect()
}

/// A word, the path of a table, or points.
fn candidates_of(given: &Bound<'_, PyAny>) -> PyResult<Candidates> {
    let row = |lon, lat, last| Ok::<_, PyErr>(Row { at: at(lon, lat)?, last });
    if let Ok(word) = given.extract::<String>() {
        return Ok(match word.as_str() {
            "places" => Candidates::Places,
            "bases" => Candidates::Bases,
            "needs" => Candidates::Needs,
            "cells" => Candidates::Cells,
            path => {
                let bytes = read_file(given.py(), Path::new(path))?;
                Candidates::Rows(read_points(path, &bytes).map_err(bad)?)
            }
        });
    }
    if let Ok(rows) = given.extract::<Vec<(f64, f64)>>() {
        let rows = rows.into_iter().map(|(lon, lat)| row(lon, lat, None));
        return Ok(Candidates::Rows(rows.collect::<PyResult<_>>()?));
    }
    if let Ok(rows) = given.extract::<Vec<(f64, f64, String)>>() {
        let rows = rows.into_iter().map(|(lon, lat, name)| row(lon, lat, Some(name)));
        return Ok(Candidates::Rows(rows.collect::<PyResult<_>>()?));
    }
    Err(PyTypeError::new_err(
        "candidates must be 'places', 'bases', 'needs', 'cells', the path of a table, or (lon, lat) or (lon, lat, name) tuples",
    ))
}

fn measure_of(word: &str) -> PyResult<Measure> {
    let all = [Measure::Needs, Measure::Residents, Measure::Land];
    all.into_iter().find(|measure| measure.as_str() == word).ok_or_else(|| {
        PyValueError::new_err(format!("of must be 'needs', 'residents' or 'area', not {word:?}"))
    })
}
