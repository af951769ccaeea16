//! Arguments: what a caller may hand over, and clear words where it is something else.

use std::ops::RangeInclusive;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use qise::Problem;
use qise::model::{NeedId, VolunteerId};
use qise_io::meant;

use crate::error::{unknown_need, unknown_volunteer};

/// A whole number within its range.
pub fn whole<T>(name: &str, given: &Bound<'_, PyAny>, range: RangeInclusive<T>) -> PyResult<T>
where
    T: for<'a, 'py> FromPyObject<'a, 'py, Error = PyErr> + PartialOrd + std::fmt::Display,
{
    let index = given.py().import("operator")?.getattr("index")?;
    let number = index
        .call1((given,))
        .map_err(|_| PyTypeError::new_err(format!("{name} must be an int, not {}", type_name(given))))?;
    // What does not fit into the type is out of range all the more.
    match number.extract::<T>() {
        Ok(value) if range.contains(&value) => Ok(value),
        _ => {
            let (least, most) = (range.start(), range.end());
            Err(PyValueError::new_err(format!("{name} must be from {least} to {most}, not {number}")))
        }
    }
}

/// A seed of random choices.
pub fn seed(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    whole("seed", given, 0..=u64::MAX)
}

/// A number of threads; as many as the machine has if missing.
pub fn threads(given: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    match given {
        Some(given) => whole("threads", given, 1..=1024),
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}

/// A number of seconds, 0 or more; infinity is one. `None` if missing.
pub fn seconds(name: &str, given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<f64>> {
    let Some(given) = given else { return Ok(None) };
    let wrong =
        |_| PyTypeError::new_err(format!("{name} must be a number of seconds, not {}", type_name(given)));
    let value = given.extract::<f64>().map_err(wrong)?;
    if value >= 0.0 {
        Ok(Some(value))
    } else {
        Err(PyValueError::new_err(format!("{name} must be 0 or more seconds, not {value}")))
    }
}

/// A language by its word.
pub fn lang(given: &str) -> PyResult<qise::Lang> {
    match given {
        "en" => Ok(qise::Lang::En),
        "zh" => Ok(qise::Lang::Zh),
        _ => Err(PyValueError::new_err(format!("lang must be 'en' or 'zh', not {given:?}"))),
    }
}

/// A need by its id, or by a name that no other has.
///
/// # Errors
/// What is registered for unknown needs.
pub fn need(py: Python<'_>, id: &str, problem: &Problem) -> PyResult<NeedId> {
    meant::need(problem, id).ok_or_else(|| unknown_need(py, id, problem))
}

/// A volunteer by the id, or by a name that no other has.
///
/// # Errors
/// What is registered for unknown volunteers.
pub fn volunteer(py: Python<'_>, id: &str, problem: &Problem) -> PyResult<VolunteerId> {
    meant::volunteer(problem, id).ok_or_else(|| unknown_volunteer(py, id, problem))
}

fn type_name(given: &Bound<'_, PyAny>) -> String {
    given.get_type().name().map_or_else(|_| "that".into(), |name| name.to_string())
}
