//! What was found while a ledger was read: faults with their cells, and what was passed over.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use qise::model::{Code, Fault};
use qise::{Faults, Text};
use rustc_hash::FxHashMap;

use super::sheets::{Found, is_settings};
use crate::book::{Book, cell_name};

/// A cell of a book; without a row the whole sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) sheet: usize,
    pub(crate) row: Option<usize>,
    pub(crate) column: usize,
}

impl At {
    pub(crate) fn sheet(sheet: usize) -> Self {
        Self { sheet, row: None, column: 0 }
    }

    pub(crate) fn cell(sheet: usize, row: usize, column: usize) -> Self {
        Self { sheet, row: Some(row), column }
    }

    /// Its name as spreadsheet programs have it: `需求!C17`.
    pub(crate) fn in_file(self, book: &Book) -> Option<String> {
        let sheet = &book.sheets.get(self.sheet)?.name;
        Some(match self.row {
            Some(row) => format!("{sheet}!{}", cell_name(row, self.column)),
            None => sheet.clone(),
        })
    }

    /// Its name as programs have it, with the id and the name of the row: `needs[17, "time"] (n-17 送水)`.
    pub(crate) fn in_frames(self, book: &Book, found: &[Found]) -> Option<String> {
        let sheet = book.sheets.get(self.sheet)?;
        let name = &sheet.name;
        let heading = sheet.cell(0, self.column).words();
        let Some(row) = self.row else { return Some(name.clone()) };
        if is_settings(name) {
            return Some(format!("{name}[{:?}]", sheet.cell(row, 0).words()));
        }
        let Some(entry) = row.checked_sub(1) else { return Some(format!("{name}[{heading:?}]")) };
        let found = found.iter().find(|found| found.sheet == self.sheet);
        let who = ["id", "name"].into_iter().filter_map(|field| {
            let words = sheet.cell(row, found?.place(field)?).words();
            (!words.is_empty()).then_some(words)
        });
        let who = who.collect::<Vec<_>>().join(" ");
        let who = if who.is_empty() { who } else { format!(" ({who})") };
        Some(format!("{name}[{entry}, {heading:?}]{who}"))
    }
}

/// Faults of cells, and where in the ledger every part of the document comes from.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    faults: Vec<(At, Fault)>,
    /// What is legal and may be meant otherwise.
    pub(crate) told: Vec<Text>,
    /// Whether it is kept where parts come from. What is right needs no such thing, and it takes half the time.
    traces: bool,
    origins: FxHashMap<String, At>,
    /// Parts of the document that faults name in their words, longer ones before those that they lie in.
    named: BTreeMap<Reverse<String>, At>,
    /// Parts of the document that lack something because a cell is at fault.
    failed: Vec<String>,
}

impl Findings {
    /// Findings that keep where every part of the document comes from.
    pub(crate) fn tracing() -> Self {
        Self { traces: true, ..Self::default() }
    }

    pub(crate) fn fault(&mut self, at: At, code: Code, found: impl Into<Text>, expected: Text, hint: Text) {
        if self.faults.len() < Faults::MOST {
            self.faults.push((at, Fault::new("", code, found, expected).hint(hint)));
        }
    }

    /// A part of the document comes from a cell.
    pub(crate) fn comes_from(&mut self, path: fmt::Arguments<'_>, at: At) {
        if self.traces {
            self.origins.entry(path.to_string()).or_insert(at);
        }
    }

    /// What was at one path, and within it, is at another.
    pub(crate) fn moves(&mut self, from: &str, to: &str) {
        let inner = self.origins.keys().filter(|path| is_within(path, from)).cloned().collect::<Vec<_>>();
        for path in inner {
            if let Some(at) = self.origins.remove(&path) {
                self.origins.insert(format!("{to}{}", &path[from.len()..]), at);
            }
        }
    }

    /// A part of the document is missing, or half there, because a cell is at fault: what the reader says of it is left out.
    pub(crate) fn has_failed(&mut self, path: String) {
        self.failed.push(path);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// Takes over the faults of the document, each at its cell. `elsewhere` finds the cell of a path that no cell has written.
    pub(crate) fn take_over(&mut self, faults: Faults, elsewhere: impl Fn(&str) -> Option<At>) {
        let is_told = |fault: &Fault| self.failed.iter().any(|failed| is_within(&fault.path, failed));
        let (told, new): (Vec<_>, Vec<_>) = faults.0.into_iter().partition(is_told);
        // What is told already is left out, but something is told in any case.
        let new = if new.is_empty() && self.faults.is_empty() { told } else { new };
        for fault in new {
            let at = self.cell(&fault.path, &elsewhere).unwrap_or(At::sheet(usize::MAX));
            for words in [&fault.found, &fault.expected, &fault.hint] {
                let named = paths(&words.en)
                    .filter_map(|path| Some((Reverse(path.to_owned()), self.cell(path, &elsewhere)?)));
                let named = named.collect::<Vec<_>>();
                self.named.extend(named);
            }
            self.faults.push((at, fault));
        }
    }

    /// The cell that a part of the document comes from, or what it lies in.
    pub(crate) fn cell(&self, path: &str, elsewhere: impl Fn(&str) -> Option<At>) -> Option<At> {
        let mut path = path;
        let mut at = None;
        while at.is_none() && !path.is_empty() {
            at = self.origins.get(path).copied().or_else(|| elsewhere(path));
            path = parent(path);
        }
        at
    }

    /// All faults in the order of the book, each with the name of its cell.
    pub(crate) fn into_faults(mut self, name: impl Fn(At) -> Option<String>) -> Faults {
        self.faults.sort_by_key(|(a, _)| *a);
        let names = self.named.iter().filter_map(|(path, at)| Some((path, name(*at)?))).collect::<Vec<_>>();
        let named = self.faults.into_iter().map(|(at, mut fault)| {
            if let Some(name) = name(at) {
                fault.path = name;
            } else if fault.path.is_empty() {
                fault.path = "$".into();
            }
            for (path, name) in &names {
                for words in [&mut fault.found, &mut fault.expected, &mut fault.hint] {
                    words.en = words.en.replace(path.0.as_str(), name);
                    words.zh = words.zh.replace(path.0.as_str(), name);
                }
            }
            fault
        });
        let mut named = named.collect::<Vec<_>>();
        named.dedup();
        Faults(named)
    }
}

/// The paths of entries of the document that some words name: `$.needs[3]`.
fn paths(words: &str) -> impl Iterator<Item = &str> {
    words.match_indices("$.").filter_map(|(at, _)| {
        let rest = &words[at..];
        let is_of_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '$' | '.' | '_' | '[' | ']');
        let path = &rest[..rest.find(|c| !is_of_path(c)).unwrap_or(rest.len())];
        path.contains('[').then(|| path.trim_end_matches('.'))
    })
}

/// Whether a path is another or lies within it.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The path that a path lies in; empty at the root.
fn parent(path: &str) -> &str {
    path.rfind(['.', '[']).map_or("", |at| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Sheet;
    use qise::text;

    #[test]
    fn faults_are_told_by_cell() {
        let mut findings = Findings::tracing();
        findings.comes_from(format_args!("$.needs[0].windows"), At::cell(0, 4, 2));
        findings.has_failed("$.needs[0].service".into());
        let fault = |path: &str| Fault::new(path, Code::BadTime, "x", text!("y", "y"));
        let faults = ["$.needs[0].windows[0].from", "$.needs[0].service", "$.needs[0].id"].map(fault);
        findings
            .take_over(Faults(faults.to_vec()), |path| (path == "$.needs[0]").then_some(At::cell(0, 4, 0)));
        let book = Book { sheets: vec![Sheet { name: "需求".into(), ..Sheet::default() }] };
        let told = findings
            .into_faults(|at| at.in_file(&book))
            .0
            .into_iter()
            .map(|fault| fault.path)
            .collect::<Vec<_>>();
        assert_eq!(told, ["需求!A5", "需求!C5"]);
    }
}
