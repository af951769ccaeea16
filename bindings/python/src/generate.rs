//! `qise.generate` and `qise.schema`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use qise_io::Scenario;
use qise_io::generate::{GenerateError, GenerateOptions, Region};
use qise_io::time::Zone;

use crate::argument::whole;
use crate::error::{bad_options, invalid};
use crate::problem::{Problem, loads};
use crate::workers::beside;

/// The zone of generated scenarios, whose shifts and windows keep to hours at this offset.
const ZONE: &str = "Asia/Shanghai";

/// Makes up a scenario of any size, the same for the same arguments on every machine.
///
/// region is alxa, or a box of four numbers: west, south, east, north in degrees. Raises ValueError for what is out of
/// range.
#[pyfunction]
#[pyo3(
    signature = (*, needs = None, crews_percent = None, rides_percent = None, deliveries_percent = None, loans_percent = None, depots = None, vehicles = None, volunteers = None, teams = None, days = None, seed = None, region = None),
    text_signature = "(*, needs=100, crews_percent=0, rides_percent=0, deliveries_percent=0, loans_percent=0, depots=0, vehicles=0, volunteers=1000, teams=30, days=1, seed=1, region='alxa')"
)]
pub fn generate(
    py: Python<'_>,
    needs: Option<Bound<'_, PyAny>>,
    crews_percent: Option<Bound<'_, PyAny>>,
    rides_percent: Option<Bound<'_, PyAny>>,
    deliveries_percent: Option<Bound<'_, PyAny>>,
    loans_percent: Option<Bound<'_, PyAny>>,
    depots: Option<Bound<'_, PyAny>>,
    vehicles: Option<Bound<'_, PyAny>>,
    volunteers: Option<Bound<'_, PyAny>>,
    teams: Option<Bound<'_, PyAny>>,
    days: Option<Bound<'_, PyAny>>,
    seed: Option<Bound<'_, PyAny>>,
    region: Option<Bound<'_, PyAny>>,
) -> PyResult<Problem> {
    let usual = GenerateOptions::default();
    let count = |name, given: Option<Bound<'_, PyAny>>, usual| {
        given.map_or(Ok(usual), |given| whole(name, &given, 0..=GenerateOptions::MOST))
    };
    let percent = |name, given: Option<Bound<'_, PyAny>>, usual| {
        given.map_or(Ok(usual), |given| whole(name, &given, 0..=100))
    };
    let options = GenerateOptions {
        needs: count("needs", needs, usual.needs)?,
        crews_percent: percent("crews_percent", crews_percent, usual.crews_percent)?,
        rides_percent: percent("rides_percent", rides_percent, usual.rides_percent)?,
        deliveries_percent: percent("deliveries_percent", deliveries_percent, usual.deliveries_percent)?,
        loans_percent: percent("loans_percent", loans_percent, usual.loans_percent)?,
        depots: count("depots", depots, usual.depots)?,
        vehicles: count("vehicles", vehicles, usual.vehicles)?,
        volunteers: count("volunteers", volunteers, usual.volunteers)?,
        teams: count("teams", teams, usual.teams)?,
        days: days.map_or(Ok(usual.days), |days| whole("days", &days, 0..=u32::MAX))?,
        seed: seed.map_or(Ok(usual.seed), |seed| whole("seed", &seed, 0..=u64::MAX))?,
        region: region.map_or(Ok(usual.region), |region| region_of(&region))?,
        ..usual
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

/// The JSON Schema of a document format: scenario or plan.
#[pyfunction]
#[pyo3(signature = (format, /))]
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
    loads(py, &schema.to_string())
}
