//! The one place where errors of the engine become exceptions. Which exceptions, whoever imports the extension registers once.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyLookupError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use qise::model::Fault;
use qise::{Faults, Problem};
use qise_dispatch::Refusal;
use qise_io::generate::GenerateError;

/// So many ids are compared with an unknown one.
const MOST_COMPARED: usize = 20_000;

/// What makes the exceptions.
struct Registered {
    invalid_document: Py<PyAny>,
    unknown_need: Py<PyAny>,
    unknown_volunteer: Py<PyAny>,
    refused: Py<PyAny>,
}

static REGISTERED: Mutex<Option<Registered>> = Mutex::new(None);

/// Registers what makes exceptions: `invalid_document(faults, document)`, where a fault is ten strings: path, code, then
/// found, expected, hint and the whole message, each in English and in Chinese; `unknown_need(id, known_ids)` and
/// `unknown_volunteer(id, known_ids)`; `refused(code, text, text_zh, faults, expected)` for what the live service refuses. Before that,
/// errors are ValueError, LookupError and RuntimeError.
#[pyfunction]
pub fn register_errors(
    invalid_document: Py<PyAny>,
    unknown_need: Py<PyAny>,
    unknown_volunteer: Py<PyAny>,
    refused: Py<PyAny>,
) {
    let registered = Registered { invalid_document, unknown_need, unknown_volunteer, refused };
    let before = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner).replace(registered);
    drop(before); // not while the lock is held: Python may run what it likes
}

/// A document that is wrong. `document` says which: a file, `scenario`, `plan`.
pub fn invalid(py: Python<'_>, faults: &Faults, document: &str) -> PyErr {
    match registered(py, |all| &all.invalid_document) {
        Some(make) => raised(py, &make, (faults.0.iter().map(parts).collect::<Vec<_>>(), document)),
        None => PyValueError::new_err(document.to_owned()),
    }
}

/// An id of a need that the problem does not have.
pub fn unknown_need(py: Python<'_>, id: &str, problem: &Problem) -> PyErr {
    let known = problem.needs().iter().take(MOST_COMPARED).map(|need| need.key.as_str());
    unknown(py, registered(py, |all| &all.unknown_need), id, known.collect())
}

/// An id of a volunteer whom the problem does not have.
pub fn unknown_volunteer(py: Python<'_>, id: &str, problem: &Problem) -> PyErr {
    let known = problem.volunteers().iter().take(MOST_COMPARED).map(|who| who.key.as_str());
    unknown(py, registered(py, |all| &all.unknown_volunteer), id, known.collect())
}

/// What the live service refuses.
pub fn refused(py: Python<'_>, refusal: &Refusal) -> PyErr {
    let Refusal { code, text, faults, expected } = refusal;
    match registered(py, |all| &all.refused) {
        Some(make) => {
            let faults = faults.iter().map(parts).collect::<Vec<_>>();
            raised(py, &make, (*code, &text.en, &text.zh, faults, expected.clone()))
        }
        None => PyRuntimeError::new_err(refusal.to_string()),
    }
}

/// `ValueError` for options that the generator does not take.
pub fn bad_options(error: &GenerateError) -> PyErr {
    PyValueError::new_err(error.message().en)
}

fn unknown(py: Python<'_>, make: Option<Py<PyAny>>, id: &str, known: Vec<&str>) -> PyErr {
    match make {
        Some(make) => raised(py, &make, (id, known)),
        None => PyLookupError::new_err(id.to_owned()),
    }
}

fn registered(py: Python<'_>, which: impl FnOnce(&Registered) -> &Py<PyAny>) -> Option<Py<PyAny>> {
    let registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
    registered.as_ref().map(|all| which(all).clone_ref(py))
}

/// The exception that a registered function makes, or what that raises.
fn raised<'py, A: pyo3::call::PyCallArgs<'py>>(py: Python<'py>, make: &Py<PyAny>, arguments: A) -> PyErr {
    make.bind(py).call1(arguments).map_or_else(|error| error, PyErr::from_value)
}

fn parts(fault: &Fault) -> [String; 10] {
    let message = fault.message();
    let Fault { path, code, found, expected, hint, .. } = fault.clone();
    let code = code.as_str().to_owned();
    [path, code, found.en, found.zh, expected.en, expected.zh, hint.en, hint.zh, message.en, message.zh]
}
