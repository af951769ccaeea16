//! Generated problems, and the schemas of documents.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use qise_io::Scenario;
use qise_io::generate::{GenerateError, GenerateOptions, Region};
use qise_io::time::Zone;

use crate::argument::{self, whole};
use crate::error::{bad_options, invalid};
use crate::problem::Problem;
use crate::value::python;
use crate::workers::beside;

/// The zone of generated scenarios, whose shifts and windows keep to hours at this offset.
const ZONE: &str = "Asia/Shanghai";

/// A generated problem.
#[pyfunction]
pub fn generate(
    py: Python<'_>,
    needs: Bound<'_, PyAny>,
    crews_percent: Bound<'_, PyAny>,
    rides_percent: Bound<'_, PyAny>,
    deliveries_percent: Bound<'_, PyAny>,
    loans_percent: Bound<'_, PyAny>,
    depots: Bound<'_, PyAny>,
    vehicles: Bound<'_, PyAny>,
    extras_percent: Bound<'_, PyAny>,
    volunteers: Bound<'_, PyAny>,
    teams: Bound<'_, PyAny>,
    days: Bound<'_, PyAny>,
    seed: Bound<'_, PyAny>,
    region: Bound<'_, PyAny>,
) -> PyResult<Problem> {
    let count = |name, given: Bound<'_, PyAny>| whole(name, &given, 0..=GenerateOptions::MOST);
    let percent = |name, given: Bound<'_, PyAny>| whole(name, &given, 0..=100);
    let options = GenerateOptions {
        needs: count("needs", needs)?,
        crews_percent: percent("crews_percent", crews_percent)?,
        rides_percent: percent("rides_percent", rides_percent)?,
        deliveries_percent: percent("deliveries_percent", deliveries_percent)?,
        loans_percent: percent("loans_percent", loans_percent)?,
        depots: count("depots", depots)?,
        vehicles: count("vehicles", vehicles)?,
        extras_percent: percent("extras_percent", extras_percent)?,
        volunteers: count("volunteers", volunteers)?,
        teams: count("teams", teams)?,
        days: whole("days", &days, 0..=u32::MAX)?,
        seed: argument::seed(&seed)?,
        region: region_of(&region)?,
        ..GenerateOptions::default()
    };
    let made = beside(py, || qise_io::generate::generate(&options).map(qise::Problem::new));
    let problem =
        made.map_err(|error| bad_options(&error))?.map_err(|faults| invalid(py, &faults, "generated"))?;
    let zone = Zone::parse(ZONE).unwrap_or_default();
    Ok(Problem::new(Scenario { problem, zone }))
}

/// A region by its name, or a box by four numbers.
fn region_of(given: &Bound<'_, PyAny>) -> PyResult<Region> {
    let read = |words: &str| words.parse().map_err(|error: GenerateError| bad_options(&error));
    if let Ok(name) = given.extract::<String>() {
        return read(&name);
    }
    let edges = given.extract::<Vec<f64>>().map_err(|_| {
        PyTypeError::new_err("region must be a name or four numbers: west, south, east, north in degrees")
    })?;
    let edges = edges.iter().map(f64::to_string).collect::<Vec<_>>();
    read(&edges.join(","))
}

/// The JSON Schema of a document format.
#[pyfunction]
pub fn schema<'py>(py: Python<'py>, format: &str) -> PyResult<Bound<'py, PyAny>> {
    let schema = match format {
        "scenario" => qise_io::schema::scenario(),
        "plan" => qise_io::schema::plan(),
        _ => {
            return Err(PyValueError::new_err(format!(
                "format must be 'scenario' or 'plan', not {format:?}"
            )));
        }
    };
    python(py, &schema)
}
