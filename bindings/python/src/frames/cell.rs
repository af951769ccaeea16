//! A value of Python as a cell of a ledger: numbers, text, dates and times as what they are, lists as lists.

// Parts of dates and times, and seconds since 1970, are far below the limits of these types.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_possible_wrap)]

use jiff::civil;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyInt, PyList,
    PyString, PyTime, PyTimeAccess, PyTuple, PyTzInfoAccess,
};
use qise::model::Time;
use qise_ledger::Cell;

/// Whole numbers beyond this are no longer told apart as floats.
const MOST_EXACT: i64 = 1 << 53;

/// Lists lie in each other so deep at most: an array of lists of pairs. A list may hold itself.
const DEEPEST: u8 = 4;

/// The cell of a value. What stands for nothing (None, NaN, NaT, NA) is an empty one; what is no value of a table is told by the reader.
pub(super) fn of(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    within(value, DEEPEST)
}

/// The same, where lists may lie in each other so deep.
fn within(value: &Bound<'_, PyAny>, depth: u8) -> PyResult<Cell> {
    if let Ok(words) = value.cast_exact::<PyString>() {
        return Ok(text(words.to_str()?));
    }
    if value.is_none() {
        return Ok(Cell::Empty);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        let number = number.extract::<f64>()?;
        return Ok(match number {
            _ if number.is_nan() => Cell::Empty,
            _ if number.is_infinite() => Cell::Broken(number.to_string()),
            _ => Cell::Number(number),
        });
    }
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Cell::Flag(flag.is_true()));
    }
    if value.cast::<PyInt>().is_ok() {
        let exact = value.extract::<i64>().ok().filter(|number| number.abs() <= MOST_EXACT);
        return Ok(match exact {
            Some(number) => Cell::Number(number as f64),
            None => Cell::Text(value.str()?.to_string()),
        });
    }
    if let Ok(words) = value.cast::<PyString>() {
        return Ok(text(words.to_str()?));
    }
    let kind = value.get_type();
    match kind.name()?.to_str()? {
        "NaTType" | "NAType" => return Ok(Cell::Empty),
        "MonthDayNano" => return interval(value),
        _ => {}
    }
    if let Ok(moment) = value.cast::<PyDateTime>() {
        return moment_of(moment);
    }
    if let Ok(date) = value.cast::<PyDate>() {
        let date = civil::Date::new(date.get_year() as i16, date.get_month() as i8, date.get_day() as i8);
        return Ok(date.map_or_else(|_| broken(value), |date| Cell::Moment(date.at(0, 0, 0, 0))));
    }
    if let Ok(time) = value.cast::<PyTime>() {
        let seconds = i64::from(time.get_hour()) * 3600
            + i64::from(time.get_minute()) * 60
            + i64::from(time.get_second());
        return Ok(if time.get_microsecond() == 0 { Cell::Clock(seconds) } else { broken(value) });
    }
    if let Ok(length) = value.cast::<PyDelta>() {
        let seconds = i64::from(length.get_days()) * 86_400 + i64::from(length.get_seconds());
        return Ok(if length.get_microseconds() == 0 { Cell::Clock(seconds) } else { broken(value) });
    }
    let Some(depth) = depth.checked_sub(1) else { return Ok(broken(value)) };
    if let Ok(fields) = value.cast::<PyDict>() {
        return of_dict(fields, depth);
    }
    several(value, depth)
}

/// An interval of DuckDB, as pyarrow has it: months, days and nanoseconds. Months have no length.
fn interval(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    let part = |name: &str| value.getattr(name)?.extract::<i64>();
    let (months, days, nanoseconds) = (part("months")?, part("days")?, part("nanoseconds")?);
    let is_whole = months == 0 && nanoseconds % 1_000_000_000 == 0;
    Ok(if is_whole { Cell::Clock(days * 86_400 + nanoseconds / 1_000_000_000) } else { broken(value) })
}

/// Lists, tuples and arrays; what numpy has one of; else what is no value of a table, as sets, which have no order.
fn several(value: &Bound<'_, PyAny>, depth: u8) -> PyResult<Cell> {
    if let Ok(plain) = value.call_method0("tolist") {
        // a value of numpy, or an array of them
        return if plain.get_type().is(value.get_type()) { Ok(broken(value)) } else { within(&plain, depth) };
    }
    if let Ok(number) = value.extract::<f64>() {
        return Ok(Cell::Number(number)); // Decimal, Fraction
    }
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Ok(broken(value));
    }
    let cells = value.try_iter()?.map(|value| within(&value?, depth)).collect::<PyResult<Vec<_>>>()?;
    if cells.iter().any(|cell| matches!(cell, Cell::Broken(_))) {
        return Ok(broken(value));
    }
    Ok(match &cells[..] {
        // a pair of times is a span; of more it cannot be said what they mean
        [from, to] if is_time(from) && is_time(to) => span(from, to),
        [_, _, ..] if cells.iter().all(is_time) => broken(value),
        _ => Cell::List(cells),
    })
}

/// A span (`from` and `to`, or `start` and `end`), a skill with its level, an amount of a good, or names with numbers. What says more
/// than that is no value of a table: nothing is left out.
fn of_dict(fields: &Bound<'_, PyDict>, depth: u8) -> PyResult<Cell> {
    let get = |name: &str| fields.get_item(name)?.as_ref().map(|value| within(value, depth)).transpose();
    for [from, to] in [["from", "to"], ["start", "end"]] {
        if let (Some(from), Some(to)) = (get(from)?, get(to)?) {
            return Ok(if fields.len() == 2 { span(&from, &to) } else { broken(fields) });
        }
    }
    for [name, number] in [["skill", "level"], ["good", "amount"], ["dimension", "amount"]] {
        if let Some(name) = get(name)? {
            let number = get(number)?;
            let is_all = fields.len() == 1 + usize::from(number.is_some());
            return Ok(if is_all { numbered(&name, &number.unwrap_or_default()) } else { broken(fields) });
        }
    }
    let entries =
        fields.iter().map(|(name, number)| Ok(numbered(&within(&name, depth)?, &within(&number, depth)?)));
    Ok(Cell::List(entries.collect::<PyResult<_>>()?))
}

fn numbered(name: &Cell, number: &Cell) -> Cell {
    Cell::Text([name, number].map(Cell::words).join(" ").trim_end().to_owned())
}

/// From one time to another: with strokes as documents write them where the times have their days, else as people write them.
fn span(from: &Cell, to: &Cell) -> Cell {
    if let (Cell::Instant(from), Cell::Instant(to)) = (from, to) {
        return Cell::Span(*from, *to);
    }
    let words = [from, to].map(|cell| match cell {
        Cell::Moment(moment) => moment.to_string(),
        other => other.words(),
    });
    let sign = if words.iter().all(|words| words.contains('T')) { "/" } else { "-" };
    Cell::Text(words.join(sign))
}

fn is_time(cell: &Cell) -> bool {
    matches!(cell, Cell::Instant(_) | Cell::Moment(_) | Cell::Clock(_))
}

fn moment_of(moment: &Bound<'_, PyDateTime>) -> PyResult<Cell> {
    if moment.get_microsecond() != 0 {
        return Ok(broken(moment));
    }
    if moment.get_tzinfo().is_some() {
        let seconds = moment.call_method0("timestamp")?.extract::<f64>()?;
        return Ok(Cell::Instant(Time(seconds as i64)));
    }
    let date = (moment.get_year() as i16, moment.get_month() as i8, moment.get_day() as i8);
    let clock = (moment.get_hour() as i8, moment.get_minute() as i8, moment.get_second() as i8);
    let moment = civil::DateTime::new(date.0, date.1, date.2, clock.0, clock.1, clock.2, 0);
    Ok(moment.map_or_else(|error| Cell::Broken(error.to_string()), Cell::Moment))
}

fn text(words: &str) -> Cell {
    if words.is_empty() { Cell::Empty } else { Cell::Text(words.to_owned()) }
}

fn broken(value: &Bound<'_, PyAny>) -> Cell {
    Cell::Broken(value.repr().map_or_else(|_| "?".to_owned(), |words| words.to_string()))
}
