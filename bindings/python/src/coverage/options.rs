//! Options of coverage: what a caller may hand over, and clear words where it is something else.

use std::path::{Path, PathBuf};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use qise::coverage::{Measure, Point, Region};
use qise_io::coverage::{BadOption, Candidates, Placing, Row, read_points, read_region};

use crate::argument::whole;
use crate::files::read_file;

/// `ValueError` for an option that cannot be.
pub fn bad(BadOption(words): BadOption) -> PyErr {
    PyValueError::new_err(words.en)
}

/// What is to be placed, as a caller says it.
pub struct Placed<'py> {
    pub place: Bound<'py, PyAny>,
    pub like: Option<String>,
    pub skills: Option<Vec<String>>,
    pub people: Bound<'py, PyAny>,
    pub profile: Option<String>,
    pub radius_m: Option<Bound<'py, PyAny>>,
    pub lend: Option<String>,
    pub candidates: Bound<'py, PyAny>,
    pub of: Option<String>,
    pub exact: bool,
    pub steps: Bound<'py, PyAny>,
}

impl Placed<'_> {
    /// What is to be placed; `None` if nothing is.
    pub fn read(self) -> PyResult<Option<Placing>> {
        let count = whole("place", &self.place, 0..=u32::MAX)? as usize;
        let steps = whole("steps", &self.steps, 0..=u64::MAX)?;
        let placing = Placing {
            count,
            people: whole("people", &self.people, 1..=u32::MAX)?,
            radius_m: self.radius_m.map(|radius| whole("radius_m", &radius, 0..=u32::MAX)).transpose()?,
            candidates: candidates_of(&self.candidates)?,
            of: self.of.as_deref().map(measure_of).transpose()?,
            exact: self.exact.then_some(steps),
            like: self.like,
            profile: self.profile,
            lend: self.lend,
            skills: self.skills.clone().unwrap_or_default(),
        };
        if count > 0 && placing.like.is_none() && self.skills.is_none() && placing.lend.is_none() {
            return Err(PyValueError::new_err("say what to place: like, skills or lend"));
        }
        Ok((count > 0).then_some(placing))
    }
}

/// What went wrong with a region: its words, or its file.
struct Failed(PyErr);

impl From<BadOption> for Failed {
    fn from(option: BadOption) -> Self {
        Self(bad(option))
    }
}

/// A name, a box by four numbers, GeoJSON as bytes, or the path of such a file.
pub fn region_of(given: &Bound<'_, PyAny>) -> PyResult<Region> {
    let read = |words: &str, open: &dyn Fn() -> PyResult<Vec<u8>>| {
        read_region::<Failed>(words, || open().map_err(Failed)).map_err(|failed| failed.0)
    };
    if let Ok(document) = given.cast::<PyBytes>() {
        return read("region", &|| Ok(document.as_bytes().to_vec()));
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

/// Residents at longitudes and latitudes in degrees.
pub fn residents_of(given: Vec<(f64, f64, u32)>) -> PyResult<Vec<Point>> {
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
