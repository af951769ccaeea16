//! Files, with errors as they are Python's own.

use std::path::{Path, PathBuf};

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

use crate::workers::beside;

/// Reads a file.
pub fn read_file(py: Python<'_>, path: &Path) -> PyResult<Vec<u8>> {
    py.import("pathlib")?.call_method1("Path", (path,))?.call_method0("read_bytes")?.extract()
}

/// Writes a file whole or not at all.
#[pyfunction]
pub fn write_file(py: Python<'_>, path: PathBuf, text: &str) -> PyResult<()> {
    let Err(error) = beside(py, || qise_io::files::replace(&path, text.as_bytes())) else { return Ok(()) };
    let Some(number) = error.raw_os_error() else { return Err(error.into()) };
    let words = py.import("os")?.call_method1("strerror", (number,))?.unbind();
    Err(PyOSError::new_err((number, words, path)))
}
