//! One more row for a scenario that is there: it names what the scenario has, and says what it wants to say.

use jiff::civil::Date;
use qise::Faults;
use qise::model::Time;
use qise_io::suggest::Suggest;
use qise_io::{Scenario, read_scenario, write_scenario};
use serde_json::{Map, Value, json};

use super::plain::shortest;
use super::{Findings, Names, Reading, Source, sheets};
use crate::book::{Book, Cell, Sheet};
use crate::say::when::Days;
use crate::table::{SheetSpec, sheet_of};

/// One more entry of a scenario.
#[derive(Clone, Debug, Default)]
pub struct OneMore {
    /// The number of the entry that it is like, where nothing else is said; the new one is called after it.
    pub like: Option<usize>,
    /// What it says in the columns of the sheet. What no column is called is a field of documents.
    pub cells: Vec<(String, Cell)>,
    /// What it says as documents do.
    pub fields: Map<String, Value>,
}

/// A scenario with one more entry, as a row of a sheet has it: `needs`, `volunteers`.
///
/// # Errors
/// Everything that is wrong with it, with its column as its path: `volunteers[0, "shifts"]`.
pub fn with_one_more(scenario: &Scenario, sheet: &str, more: OneMore) -> Result<Scenario, Faults> {
    let Some(spec) = sheet_of(sheet) else { return Ok(scenario.clone()) };
    let words = write_scenario(&scenario.problem, &scenario.zone);
    let mut document = serde_json::from_str::<Map<String, Value>>(&words).unwrap_or_default();
    let list = spec.list.field();
    let entries = document.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let number = entries.len();
    let mut entry = more.like.and_then(|like| entries.get(like)?.as_object()).map_or_else(Map::new, |like| {
        let mut entry = like.clone();
        entry.insert("id".into(), json!(free_id(entries, like)));
        entry.remove("name");
        entry
    });

    let is_column = |name: &str| spec.column(name).is_some() || spec.is_name_beside(name);
    let (columns, others): (Vec<_>, Vec<_>) = more.cells.into_iter().partition(|(name, _)| is_column(name));
    let columns = columns.into_iter().map(|(name, cell)| (name, vec![cell])).collect();
    let book = Book { sheets: vec![Sheet::of_columns(spec.en, columns)] };
    let (mut findings, mut suggest) = (Findings::tracing(), Suggest::default());
    let found = sheets::headings(&book.sheets[0], 0, Source::Row, spec, &mut findings, &mut suggest);
    let mut names = Names::default();
    names.learn(&document);
    let mut reading = Reading { book: &book, days: days(scenario), names, suggest, findings };
    if let Some((found, &row)) = found.as_ref().and_then(|found| Some((found, found.rows.first()?))) {
        let mut said = reading.entry(found, row, number);
        if entry.contains_key("id") && found.place("id").is_none() {
            // the name alone is no id beside that which it is called after
            let name = said.remove("id");
            said.extend(name.map(|name| ("name".to_owned(), name)));
        }
        entry.extend(said);
    }
    entry.extend(others.into_iter().map(|(name, cell)| (name, plainly(cell))));
    entry.extend(more.fields);

    let mut findings = reading.findings;
    push(&mut document, spec, entry);
    let faults = match read_scenario(Value::Object(document).to_string().as_bytes()) {
        Ok(scenario) if findings.is_empty() => return Ok(scenario),
        read => read.err(),
    };
    let found = found.into_iter().collect::<Vec<_>>();
    if let Some(faults) = faults {
        // what stands in no column of the row is told by the path of the document
        findings.take_over(faults, |_| None);
    }
    Err(findings.into_faults(|at| at.in_frames(&book, &found)))
}

fn push(document: &mut Map<String, Value>, spec: &SheetSpec, entry: Map<String, Value>) {
    let list = document.entry(spec.list.field()).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.push(Value::Object(entry));
    }
}

/// The id of an entry with the first number from 2 on that makes another of it: `v-siqin-2`.
fn free_id(entries: &[Value], like: &Map<String, Value>) -> String {
    let id = like.get("id").and_then(Value::as_str).unwrap_or_default();
    let taken = |id: &str| entries.iter().any(|entry| entry.get("id").and_then(Value::as_str) == Some(id));
    // one of so many is free
    (2..entries.len() + 3).map(|number| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or_default()
}

/// The days from the first shift or window of a scenario to the last.
fn days(scenario: &Scenario) -> Days {
    let (problem, zone) = (&scenario.problem, &scenario.zone);
    let shifts = problem.volunteers().iter().flat_map(|volunteer| &volunteer.shifts).map(|shift| shift.start);
    let stops = problem.needs().iter().flat_map(|need| &need.stops);
    let times = shifts.chain(stops.flat_map(|stop| &stop.windows).map(|window| window.from));
    let ends = times.fold(None, |ends: Option<(Time, Time)>, time| {
        Some(ends.map_or((time, time), |(first, last)| (first.min(time), last.max(time))))
    });
    let date = |time: Time| zone.date(time).parse::<Date>().ok();
    let count = ends.and_then(|(first, last)| u32::try_from(zone.day(last) - zone.day(first) + 1).ok());
    Days { zone: zone.clone(), first: ends.and_then(|(first, _)| date(first)), count }
}

/// A cell as a field of documents.
fn plainly(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Number(number) => shortest(number),
        Cell::Flag(flag) => json!(flag),
        Cell::List(cells) => cells.into_iter().map(plainly).collect(),
        other => json!(other.words()),
    }
}
