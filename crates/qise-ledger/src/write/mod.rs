//! From a scenario to a book.
//!
//! Every field of an entry goes into its column. Then the book is read back: what does not come back just as it was goes into the column
//! `more` instead, so that nothing is lost.

mod cells;
mod frames;

use std::collections::BTreeSet;

use qise::Lang;
use qise_io::{Scenario, write_scenario};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::book::{Book, Cell, Looks, MOST_CHARACTERS, Sheet};
use crate::read::names::Names;
use crate::read::{Findings, Source, draft};
use crate::table::{Column, Kind, List, SETTINGS, SETTINGS_SHEET, SHEETS, SettingKind, SheetSpec};
use cells::{Style, Writer};

pub use frames::{Frame, FrameColumn, FrameKind, write_frames};

/// Books are read back so many times: what differs the last time has gone into `more` before.
const ROUNDS: usize = 4;

/// Fields that columns do not tell: of the entry of a list with a number.
type Hidden = FxHashMap<(List, usize), BTreeSet<String>>;

/// Writes a scenario as a ledger whose headings are in a language. Reading it back gives the same scenario.
pub fn write_ledger(scenario: &Scenario, lang: Lang) -> Book {
    written(scenario, lang, Style::Words).0
}

/// Writes a book in a style; the names of what it names.
fn written(scenario: &Scenario, lang: Lang, style: Style) -> (Book, Names) {
    let words = write_scenario(&scenario.problem, &scenario.zone);
    let document = serde_json::from_str::<Map<String, Value>>(&words).unwrap_or_default();
    let mut names = Names::default();
    names.learn(&document);
    let writer = Writer { zone: &scenario.zone, names: &names, lang, style };
    let source = if style == Style::Values { Source::Frames } else { Source::File };
    let mut hidden = Hidden::default();
    let mut book = self::book(&document, &writer, &hidden);
    for _ in 1..ROUNDS {
        let more = differing(&document, &book, source, &hidden);
        if more.is_empty() {
            break;
        }
        for (entry, fields) in more {
            hidden.entry(entry).or_default().extend(fields);
        }
        book = self::book(&document, &writer, &hidden);
    }
    (book, names)
}

/// What of the entries does not come back as it was.
fn differing(document: &Map<String, Value>, book: &Book, source: Source, hidden: &Hidden) -> Hidden {
    let mut differing = Hidden::default();
    draft(book, source, Findings::default(), &mut |list, n, back| {
        let entries = document.get(list.field()).and_then(Value::as_array);
        let Some(entry) = entries.and_then(|all| all.get(n)?.as_object()).filter(|entry| **entry != back)
        else {
            return;
        };
        let fields = entry.keys().chain(back.keys()).filter(|field| entry.get(*field) != back.get(*field));
        let told = hidden.get(&(list, n));
        let new = |field: &&str| told.is_none_or(|told| !told.contains(*field));
        let fields = fields.flat_map(|field| together(field)).filter(new).map(str::to_owned);
        let fields = fields.collect::<BTreeSet<_>>();
        if !fields.is_empty() {
            differing.insert((list, n), fields);
        }
    });
    differing
}

fn entries_of<'d>(document: &'d Map<String, Value>, spec: &SheetSpec) -> &'d [Value] {
    document.get(spec.list.field()).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The fields that stand in the same columns as one.
fn together(field: &str) -> Vec<&str> {
    match field {
        "requires" | "roles" | "prefers" => vec!["requires", "roles", "prefers"],
        _ => vec![field],
    }
}

fn book(document: &Map<String, Value>, writer: &Writer<'_>, hidden: &Hidden) -> Book {
    let mut sheets = Vec::new();
    for spec in SHEETS {
        let entries = entries_of(document, spec);
        if !entries.is_empty() || spec.is_required {
            sheets.push(sheet(spec, entries, writer, hidden));
        }
    }
    sheets.push(settings(document, writer.lang));
    Book { sheets }
}

/// The name in a language: Chinese first.
pub(crate) fn in_lang(lang: Lang, [zh, en]: [&str; 2]) -> &str {
    if lang == Lang::Zh { zh } else { en }
}

fn sheet(spec: &'static SheetSpec, entries: &[Value], writer: &Writer<'_>, hidden: &Hidden) -> Sheet {
    // The last column, of everything else, may go on in further ones.
    let own = spec.columns.len() - 1;
    let mut is_filled = spec.columns.iter().map(|column| column.is_required).collect::<Vec<_>>();
    let mut pieces = 0;
    let mut rows = Vec::with_capacity(entries.len() + 1);
    let nothing = Map::new();
    for (n, entry) in entries.iter().enumerate() {
        let entry = entry.as_object().unwrap_or(&nothing);
        let told = hidden.get(&(spec.list, n));
        let is_hidden = |field: &str| told.is_some_and(|told| told.contains(field));
        let mut row = Vec::with_capacity(own + 1);
        row.extend(spec.columns[..own].iter().map(|column| {
            let is_hidden = told.is_some() && keys(column).any(is_hidden);
            if is_hidden { Cell::Empty } else { writer.cell(column, entry) }
        }));
        for (is_filled, cell) in is_filled.iter_mut().zip(&row) {
            *is_filled |= !cell.is_empty();
        }
        let more = rest(spec, entry, is_hidden);
        match writer.style {
            Style::Values => row.push(Cell::of_text(more)),
            Style::Words => row.extend(in_pieces(&more)),
        }
        let filled = row[own..].iter().filter(|cell| !cell.is_empty()).count();
        pieces = pieces.max(filled);
        rows.push(row);
    }
    let name = |column: &Column| Cell::of_text(in_lang(writer.lang, [column.zh, column.en]));
    let mut headings = spec.columns[..own].iter().map(name).collect::<Vec<_>>();
    headings.extend(std::iter::repeat_n(name(&spec.columns[own]), pieces));
    rows.insert(0, headings);
    for row in &mut rows {
        row.resize(own + pieces, Cell::Empty);
        let mut is_filled = is_filled[..own].iter().copied().chain(std::iter::repeat(true));
        row.retain(|_| is_filled.next().unwrap_or(true));
    }
    let looks = Looks { headings: 1, is_wide: true, ..Looks::default() };
    Sheet { name: in_lang(writer.lang, [spec.zh, spec.en]).to_owned(), rows, looks }
}

/// The fields of an entry that a column tells, or has a part in.
fn keys(column: &Column) -> impl Iterator<Item = &'static str> + use<> {
    let asked = matches!(
        column.kind,
        Kind::AskedSkills
            | Kind::AskedGender
            | Kind::AskedOf(_)
            | Kind::AskedNot
            | Kind::Prefers
            | Kind::People
    );
    let own = if asked { "" } else { column.field.split('.').next().unwrap_or_default() };
    let people = if asked { &["requires", "roles", "prefers"][..] } else { &[] };
    people.iter().copied().chain((!own.is_empty()).then_some(own))
}

/// The fields of an entry that no column tells, as JSON; nothing where there are none.
fn rest(spec: &SheetSpec, entry: &Map<String, Value>, is_hidden: impl Fn(&str) -> bool) -> String {
    let is_told = |field: &str| spec.columns.iter().any(|column| keys(column).any(|key| key == field));
    let rest = entry.iter().filter(|(field, _)| is_hidden(field) || !is_told(field));
    let rest = rest.map(|(field, value)| (field.clone(), value.clone())).collect::<Map<_, _>>();
    if rest.is_empty() { String::new() } else { as_json(&Value::Object(rest)) }
}

/// JSON that a workbook holds as it is: underscores are told apart from the escapes of workbooks.
fn as_json(value: &Value) -> String {
    value.to_string().replace("_x", "\\u005fx")
}

/// A long text in several cells.
fn in_pieces(words: &str) -> Vec<Cell> {
    let mut pieces = Vec::new();
    let (mut piece, mut length) = (String::new(), 0);
    for c in words.chars() {
        // blanks at the ends of a cell would be lost
        if length + 8 > MOST_CHARACTERS && c != ' ' && !piece.ends_with(' ') {
            pieces.push(Cell::Text(std::mem::take(&mut piece)));
            length = 0;
        }
        length += c.len_utf16();
        piece.push(c);
    }
    if !piece.is_empty() {
        pieces.push(Cell::Text(piece));
    }
    pieces
}

/// The sheet of settings: one a row, and each entry of a list that has no sheet.
fn settings(document: &Map<String, Value>, lang: Lang) -> Sheet {
    let name = |names: [&'static str; 2]| in_lang(lang, names);
    let mut rows = vec![vec![Cell::of_text(name(SETTINGS_SHEET[1])), Cell::of_text(name(SETTINGS_SHEET[2]))]];
    let mut row = |setting: &'static str, cells: Vec<Cell>| {
        rows.push([vec![Cell::of_text(setting)], cells].concat());
    };
    let mut told = vec!["format", "version"];
    for setting in SETTINGS.iter().filter(|setting| !setting.field.is_empty()) {
        let Some(value) = document.get(setting.field) else { continue };
        let is_plain = |words: &str| cells::is_plain(words) && !words.is_empty();
        let heading = name([setting.zh, setting.en]);
        match (setting.kind, value) {
            (SettingKind::Words | SettingKind::Datum, Value::String(words)) if is_plain(words) => {
                row(heading, vec![Cell::of_text(words.clone())]);
            }
            (SettingKind::Words | SettingKind::Datum, _) => continue,
            (SettingKind::Entries, Value::Array(entries)) => {
                for entry in entries {
                    row(heading, in_pieces(&as_json(entry)));
                }
            }
            _ => row(heading, in_pieces(&as_json(value))),
        }
        told.push(setting.field);
    }
    let is_told = |field: &str| told.contains(&field) || SHEETS.iter().any(|spec| spec.list.field() == field);
    let rest = document
        .iter()
        .filter(|(field, _)| !is_told(field))
        .map(|(field, value)| (field.clone(), value.clone()));
    let rest = rest.collect::<Map<_, _>>();
    if !rest.is_empty() {
        row(name(["更多", "more"]), in_pieces(&as_json(&Value::Object(rest))));
    }
    let looks = Looks { headings: 1, ..Looks::default() };
    Sheet { name: name(SETTINGS_SHEET[0]).to_owned(), rows, looks }
}
