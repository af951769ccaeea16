//! Scenarios as data frames: what stands in the columns of a caller goes to the reader of ledgers, and comes back as plain values.

mod cell;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use qise::model::{NeedId, VolunteerId};
use qise_ledger::{Book, Cell, Frame, FrameColumn, FrameKind, OneMore, Sheet};

use crate::argument::{lang, need, volunteer};
use crate::error::invalid;
use crate::problem::Problem;
use crate::workers::beside;

/// A table as its name and its columns, each with its name and its values.
type Table<'py> = (String, Vec<(String, Bound<'py, PyList>)>);

/// Reads tables with the columns of ledgers. Returns the problem, and what is legal in the tables and may be meant otherwise, each in
/// English and in Chinese.
#[pyfunction]
pub fn read_frames(
    py: Python<'_>,
    tables: Vec<Table<'_>>,
    name: &str,
) -> PyResult<(Problem, Vec<(String, String)>)> {
    let mut book = Book::default();
    for (name, columns) in tables {
        let column = |(name, values): (String, Bound<'_, PyList>)| {
            let cells = values.iter().map(|value| cell::of(&value)).collect::<PyResult<Vec<_>>>();
            cells.map(|cells| (name, cells))
        };
        let columns = columns.into_iter().map(column).collect::<PyResult<Vec<_>>>()?;
        book.sheets.push(Sheet::of_columns(name, columns));
    }
    let read = beside(py, || qise_ledger::read_frames(&book, name));
    let ledger = read.map_err(|faults| invalid(py, &faults, "frames"))?;
    let told = ledger.told.into_iter().map(|told| (told.en, told.zh)).collect();
    Ok((Problem::new(ledger.scenario), told))
}

/// The problem with one more need or volunteer: like another, with what is said in columns, and with fields of documents as JSON.
#[pyfunction]
pub fn with_one_more(
    py: Python<'_>,
    problem: &Bound<'_, Problem>,
    table: &str,
    like: Option<&str>,
    columns: Vec<(String, Bound<'_, PyAny>)>,
    fields: &str,
) -> PyResult<Problem> {
    let scenario = &problem.get().scenario;
    let number = |id: &str| match table {
        "needs" => need(py, id, &scenario.problem).map(NeedId::index),
        _ => volunteer(py, id, &scenario.problem).map(VolunteerId::index),
    };
    let cells = columns.into_iter().map(|(name, value)| Ok((name, cell::of(&value)?)));
    let more = OneMore {
        like: like.map(number).transpose()?,
        cells: cells.collect::<PyResult<_>>()?,
        fields: serde_json::from_str(fields).map_err(|error| PyValueError::new_err(error.to_string()))?,
    };
    let made = beside(py, || qise_ledger::with_one_more(scenario, table, more));
    made.map(Problem::new).map_err(|faults| invalid(py, &faults, "one more"))
}

/// A column as its name, the kind of its values, and the values.
type Column<'py> = (String, &'static str, Vec<Option<Bound<'py, PyAny>>>);

/// A problem as tables with the columns of ledgers. Points in time are seconds since 1970, spans pairs of them, lengths seconds.
#[pyfunction]
pub fn frames<'py>(
    py: Python<'py>,
    problem: &Bound<'py, Problem>,
    lang: &str,
) -> PyResult<Vec<(&'static str, Vec<Column<'py>>)>> {
    let lang = self::lang(lang)?;
    let scenario = &problem.get().scenario;
    let frames = beside(py, || qise_ledger::write_frames(scenario, lang));
    let frames = frames.into_iter().map(|Frame { name, columns }| {
        let columns = columns.into_iter().map(|FrameColumn { name, kind, cells }| {
            let values = cells.iter().map(|cell| python(py, cell, kind)).collect::<PyResult<Vec<_>>>()?;
            Ok((name, kind_name(kind), values))
        });
        Ok((name, columns.collect::<PyResult<Vec<_>>>()?))
    });
    frames.collect()
}

/// The name of a kind of columns, as the package knows it.
fn kind_name(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Text => "text",
        FrameKind::Category => "category",
        FrameKind::Flag => "flag",
        FrameKind::Whole => "whole",
        FrameKind::Decimal => "decimal",
        FrameKind::Instant => "time",
        FrameKind::Length => "length",
        FrameKind::Texts => "texts",
        FrameKind::Spans => "spans",
    }
}

#[allow(clippy::cast_possible_truncation, reason = "whole numbers of cells are below 2^53")]
fn python<'py>(py: Python<'py>, cell: &Cell, kind: FrameKind) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(Some(match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) if kind == FrameKind::Whole => (*number as i64).into_pyobject(py)?.into_any(),
        Cell::Number(number) => number.into_pyobject(py)?.into_any(),
        Cell::Flag(flag) => flag.into_pyobject(py)?.to_owned().into_any(),
        Cell::Clock(seconds) => seconds.into_pyobject(py)?.into_any(),
        Cell::Instant(at) => at.0.into_pyobject(py)?.into_any(),
        Cell::Span(from, to) => (from.0, to.0).into_pyobject(py)?.into_any(),
        Cell::List(values) => {
            let values = values.iter().map(|value| python(py, value, kind)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, values)?.into_any()
        }
        Cell::Text(words) | Cell::Broken(words) => PyString::new(py, words).into_any(),
        Cell::Moment(moment) => PyString::new(py, &moment.to_string()).into_any(),
    }))
}
