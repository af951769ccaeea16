//! Answers as pieces of pages: what `qise_view` makes of the reports that Python has.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use qise::Lang;
use qise_view::{BadReport, fairness_piece, frontier_piece, remedies_piece};
use serde_json::Value;

use crate::argument;
use crate::workers::beside;

/// Makes a piece beside other Python threads.
pub fn piece(
    py: Python<'_>,
    lang: &str,
    make: impl FnOnce(Lang) -> Result<String, BadReport> + Send,
) -> PyResult<String> {
    let lang = argument::lang(lang)?;
    beside(py, || make(lang)).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A report from its text.
pub fn report(text: &str) -> PyResult<Value> {
    serde_json::from_str(text).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Shares of load and service.
#[pyfunction]
pub fn fairness_html(py: Python<'_>, fairness: &str, lang: &str) -> PyResult<String> {
    let fairness = report(fairness)?;
    piece(py, lang, |lang| fairness_piece(&fairness, lang))
}

/// Efficiency against fairness.
#[pyfunction]
pub fn frontier_html(py: Python<'_>, frontier: &str, lang: &str) -> PyResult<String> {
    let frontier = report(frontier)?;
    piece(py, lang, |lang| frontier_piece(&frontier, lang))
}

/// What would help needs, and the whole plan.
#[pyfunction]
pub fn improvement_html(py: Python<'_>, needs: &str, plan: Option<&str>, lang: &str) -> PyResult<String> {
    let (needs, plan) = (report(needs)?, plan.map(report).transpose()?);
    piece(py, lang, |lang| remedies_piece(&needs, plan.as_ref(), lang))
}
