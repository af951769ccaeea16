//! The one place where errors of the engine become exceptions. Their classes are Python: see `qise/errors.py`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use qise::model::Fault;
use qise::{Faults, Problem};
use qise_io::generate::GenerateError;

/// So many ids are compared with one that nobody knows.
const MOST_COMPARED: usize = 20_000;

/// `qise.InvalidDocument`. `document` says which document it is: a file, `scenario`, `plan`.
pub fn invalid(py: Python<'_>, faults: &Faults, document: &str) -> PyErr {
    raised(py, "InvalidDocument", |errors| {
        let fault = errors.getattr("Fault")?;
        let faults =
            faults.0.iter().map(|found| python_fault(&fault, found)).collect::<PyResult<Vec<_>>>()?;
        Ok((faults, document.to_owned()))
    })
}

/// `qise.UnknownNeed`, with the nearest id if one is near.
pub fn unknown_need(py: Python<'_>, id: &str, problem: &Problem) -> PyErr {
    raised(py, "UnknownNeed", |_| {
        let known = problem.needs().iter().take(MOST_COMPARED).map(|need| need.key.as_str()).collect();
        Ok((format!("the problem has no need {id:?}{}", like(py, id, known)?),))
    })
}

/// `qise.UnknownVolunteer`, with the nearest id if one is near.
pub fn unknown_volunteer(py: Python<'_>, id: &str, problem: &Problem) -> PyErr {
    raised(py, "UnknownVolunteer", |_| {
        let known = problem.volunteers().iter().take(MOST_COMPARED).map(|who| who.key.as_str()).collect();
        Ok((format!("the problem has no volunteer {id:?}{}", like(py, id, known)?),))
    })
}

/// The nearest id to one that nobody knows.
fn like(py: Python<'_>, id: &str, known: Vec<&str>) -> PyResult<String> {
    let near = py.import("difflib")?.call_method1("get_close_matches", (id, known, 1))?;
    let hint = near.extract::<Vec<String>>()?.pop().map(|near| format!("; did you mean {near:?}?"));
    Ok(hint.unwrap_or_default())
}

/// `ValueError` for options that the generator does not take.
pub fn bad_options(error: &GenerateError) -> PyErr {
    PyValueError::new_err(error.message().en)
}

/// An instance of a class of `qise.errors`, ready to be raised.
fn raised<'py, A>(
    py: Python<'py>,
    class: &str,
    arguments: impl FnOnce(&Bound<'py, PyModule>) -> PyResult<A>,
) -> PyErr
where
    A: pyo3::call::PyCallArgs<'py>,
{
    let made = py.import("qise.errors").and_then(|errors| {
        let arguments = arguments(&errors)?;
        errors.getattr(class)?.call1(arguments)
    });
    made.map_or_else(|error| error, PyErr::from_value)
}

fn python_fault<'py>(class: &Bound<'py, PyAny>, fault: &Fault) -> PyResult<Bound<'py, PyAny>> {
    let message = fault.message();
    class.call1((
        &fault.path,
        fault.code.as_str(),
        &fault.found.en,
        &fault.found.zh,
        &fault.expected.en,
        &fault.expected.zh,
        &fault.hint.en,
        &fault.hint.zh,
        message.en,
        message.zh,
    ))
}
