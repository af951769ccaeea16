//! Arguments: what a caller may hand over, and clear words where it is something else.

use std::ops::RangeInclusive;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::plan::Plan;

/// The text of a document: `str`, `bytes`, or a `dict` as `json.loads` makes them.
pub fn document(given: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned().into_bytes());
    }
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if given.is_instance_of::<PyDict>() {
        let options = PyDict::new(given.py());
        options.set_item("ensure_ascii", false)?;
        let text = given.py().import("json")?.call_method("dumps", (given,), Some(&options))?;
        return Ok(text.cast::<PyString>()?.to_cow()?.into_owned().into_bytes());
    }
    Err(PyTypeError::new_err(format!("a document is str, bytes or dict, not {}", type_name(given))))
}

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

/// A number of seconds, 0 or more; infinity is one.
pub fn seconds(name: &str, given: &Bound<'_, PyAny>) -> PyResult<f64> {
    let wrong =
        |_| PyTypeError::new_err(format!("{name} must be a number of seconds, not {}", type_name(given)));
    let value = given.extract::<f64>().map_err(wrong)?;
    if value >= 0.0 {
        Ok(value)
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

/// A plan.
pub fn plan<'a, 'py>(name: &str, given: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, Plan>> {
    given.cast().map_err(|_| PyTypeError::new_err(format!("{name} must be a Plan, not {}", type_name(given))))
}

/// A function to call, if one is given.
pub fn function<'py>(name: &str, given: Option<Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
    match given {
        Some(given) if !given.is_callable() => {
            Err(PyTypeError::new_err(format!("{name} must be callable, not {}", type_name(&given))))
        }
        given => Ok(given),
    }
}

fn type_name(given: &Bound<'_, PyAny>) -> String {
    given.get_type().name().map_or_else(|_| "that".into(), |name| name.to_string())
}
