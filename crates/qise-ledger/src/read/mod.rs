//! From a book to a scenario.
//!
//! Each row becomes an entry of the document, and for each value it is kept which cell it came from. The reader of documents then finds
//! what is wrong, and every fault is told at its cell. What the document cannot know (a word for several things, a time that nobody can read) is found
//! here.

mod bad;
mod cell;
mod declared;
mod entry;
mod findings;
mod named;
pub(crate) mod names;
mod plain;
mod row;
mod settings;
mod sheets;

use std::collections::BTreeMap;

use qise::{Faults, Text, text};
use qise_io::datum::Datum;
use qise_io::suggest::Suggest;
use qise_io::{Scenario, Warning, read_scenario, scenario_datum};
use serde_json::{Map, Value, json};

use crate::book::Book;
use crate::say::when::Days;
use crate::table::List;
use findings::At;
pub(crate) use findings::Findings;
use names::Names;
pub use row::{OneMore, with_one_more};
use sheets::Found;

/// A scenario that was read from a ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What it says.
    pub scenario: Scenario,
    /// What is legal in it and may be meant otherwise: sheets and columns that are not read, a datum that is not stated.
    pub told: Vec<Text>,
    /// The datum of its coordinates; those of the scenario are in WGS-84.
    pub datum: Datum,
}

impl Ledger {
    /// What is legal in its scenario and surely wrong, each with its cell as its path: `需求!C17`.
    pub fn warnings(&self, book: &Book) -> Vec<Warning> {
        let mut warnings = self.scenario.warnings();
        if !warnings.is_empty() {
            let Draft { findings, found, settings, .. } =
                draft(book, Source::File, Findings::tracing(), &mut |_, _, _| {});
            for warning in &mut warnings {
                let at = findings.cell(&warning.path, |path| elsewhere(&found, settings, path));
                warning.path = at.and_then(|at| at.in_file(book)).unwrap_or_else(|| warning.path.clone());
            }
        }
        warnings
    }
}

/// What is known while a book is read.
pub(crate) struct Reading<'b> {
    book: &'b Book,
    days: Days,
    names: Names,
    suggest: Suggest,
    findings: Findings,
}

/// What was found in a book, but for the entries of its rows.
pub(crate) struct Draft {
    /// Settings, and entries that the rows use without a row of their own.
    document: Map<String, Value>,
    findings: Findings,
    found: Vec<Found>,
    settings: Option<usize>,
}

/// Reads a ledger. `name`: what the scenario is called where no setting says so.
///
/// # Errors
/// Everything that is wrong at once, in the order of the book, each fault with its cell as its path: `需求!C17`.
pub fn read_ledger(book: &Book, name: &str) -> Result<Ledger, Faults> {
    read(book, Source::File, name)
}

/// Reads a ledger of data frames: sheets of which the first row has the names of the columns, and every other row is an entry.
///
/// # Errors
/// Everything that is wrong at once, each fault with its table, row and column as its path, and with the id and the name of the row:
/// `needs[17, "time"] (n-17 送水)`. Rows count from 0.
pub fn read_frames(book: &Book, name: &str) -> Result<Ledger, Faults> {
    read(book, Source::Frames, name)
}

fn read(book: &Book, source: Source, name: &str) -> Result<Ledger, Faults> {
    let mut lists = Lists::default();
    let Draft { document, findings, .. } =
        draft(book, source, Findings::default(), &mut |list, _, entry| lists.push(list, &entry));
    let document = lists.within(document, name);
    let faults = match read_scenario(&document) {
        Ok(scenario) if findings.is_empty() => {
            return Ok(Ledger { scenario, told: findings.told, datum: scenario_datum(&document) });
        }
        read => read.err(),
    };
    // Something is wrong: once more, keeping where everything comes from.
    let Draft { mut findings, found, settings, .. } =
        draft(book, source, Findings::tracing(), &mut |_, _, _| {});
    if let Some(faults) = faults {
        findings.take_over(faults, |path| elsewhere(&found, settings, path));
    }
    Err(findings.into_faults(|at| match source {
        Source::File => at.in_file(book),
        Source::Frames | Source::Row => at.in_frames(book, &found),
    }))
}

/// The lists of a document as text: entries are written down one by one, so that they need not all be kept.
#[derive(Debug, Default)]
struct Lists(BTreeMap<&'static str, Vec<u8>>);

impl Lists {
    fn push(&mut self, list: List, entry: &Map<String, Value>) {
        let text = self.0.entry(list.field()).or_default();
        if !text.is_empty() {
            text.push(b',');
        }
        // writing to memory never fails
        let _ = serde_json::to_writer(text, entry);
    }

    /// The whole document: these lists, each before what it has of the list. `name`: where it has no name of its own.
    fn within(mut self, mut document: Map<String, Value>, name: &str) -> Vec<u8> {
        document.entry("name").or_insert_with(|| json!(name));
        for (field, text) in &mut self.0 {
            // what the rows use without a row of its own comes behind them
            let declared = document.remove(*field).map(|list| list.to_string()).unwrap_or_default();
            let declared = declared.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
            if let Some(declared) = declared.filter(|declared| !declared.is_empty()) {
                text.push(b',');
                text.extend(declared.as_bytes());
            }
        }
        let mut all = Value::Object(document).to_string().into_bytes();
        all.pop();
        for (field, text) in self.0 {
            all.extend(format!(",\"{field}\":[").as_bytes());
            all.extend(text);
            all.push(b']');
        }
        all.push(b'}');
        all
    }
}

/// Where the sheets of a book come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file that people have typed.
    File,
    /// Data frames: nothing stands above the headings or below the entries.
    Frames,
    /// One row of a data frame, which need not have every column.
    Row,
}

/// Reads a book, whatever is wrong with it. `each` gets the entries of the rows: of which list, which of it, and what it says.
pub(crate) fn draft(
    book: &Book,
    source: Source,
    mut findings: Findings,
    each: &mut dyn FnMut(List, usize, Map<String, Value>),
) -> Draft {
    let mut suggest = Suggest::default();
    let (found, settings) = sheets::find(book, source, &mut findings, &mut suggest);
    let mut document = Map::new();
    let mut days = settings::read(book, settings, &mut document, &mut findings, &mut suggest);
    days.first = days.first.or_else(|| settings::first_day(book, &found, &days));
    let mut reading = Reading { book, days, names: Names::default(), suggest, findings };
    reading.declare(&found, &mut document);
    let mut has_coordinates = false;
    for found in &found {
        for (number, &row) in found.rows.iter().enumerate() {
            let entry = reading.entry(found, row, number);
            has_coordinates |= entry.contains_key("lon")
                || ["at", "home", "base"].iter().any(|field| entry.get(*field).is_some_and(Value::is_object));
            each(found.spec.list, number, entry);
        }
    }
    reading.complete(&mut document, has_coordinates);
    Draft { document, findings: reading.findings, found, settings }
}

impl Reading<'_> {
    /// What a document has and a ledger need not say.
    fn complete(&mut self, document: &mut Map<String, Value>, has_coordinates: bool) {
        document.insert("format".into(), json!("qise/scenario"));
        document.insert("version".into(), json!(1));
        document.entry("time_zone").or_insert_with(|| json!(self.days.zone.name()));
        for list in ["needs", "volunteers"] {
            document.entry(list).or_insert_with(|| json!([]));
        }
        if !document.contains_key("datum") {
            document.insert("datum".into(), json!("WGS-84"));
            if has_coordinates {
                self.findings.told.push(text!(
                    "coordinates are taken as WGS-84: state 坐标系 (datum) on the sheet 设置 (settings), such as GCJ-02 for those of AMap or Tencent",
                    "坐标按 WGS-84 读取：若取自高德、腾讯地图，请在“设置”表填写坐标系 GCJ-02"
                ));
            }
        }
    }
}

/// The cell of a path that no cell has written: that in which it would stand.
fn elsewhere(found: &[Found], settings: Option<usize>, path: &str) -> Option<At> {
    let rest = path.strip_prefix("$.")?;
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (list, rest) = rest.split_at(end);
    let Some(found) = found.iter().find(|found| found.spec.list.field() == list) else {
        return settings.filter(|_| rest.is_empty()).map(At::sheet);
    };
    let Some((number, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return Some(At::sheet(found.sheet));
    };
    let row = *found.rows.get(number.parse::<usize>().ok()?)?;
    let columns = found.spec.columns;
    if rest.is_empty() {
        return Some(found.at(row, columns.iter().position(|column| column.field == "id")?));
    }
    let field = rest.strip_prefix('.')?;
    let column = columns.iter().position(|column| column.field == field)?;
    Some(found.at(row, column))
}
