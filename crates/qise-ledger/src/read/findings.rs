//! What was found while a ledger was read: faults with their cells, and what was passed over.

use qise::model::{Code, Fault};
use qise::{Faults, Text};
use rustc_hash::FxHashMap;

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
}

/// Faults of cells, and where in the ledger every part of the document comes from.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    faults: Vec<(At, Fault)>,
    /// What is legal and may be meant otherwise.
    pub(crate) told: Vec<Text>,
    origins: FxHashMap<String, At>,
    /// Parts of the document that lack something because a cell is at fault.
    failed: Vec<String>,
}

impl Findings {
    pub(crate) fn fault(&mut self, at: At, code: Code, found: impl Into<Text>, expected: Text, hint: Text) {
        if self.faults.len() < Faults::MOST {
            self.faults.push((at, Fault::new("", code, found, expected).hint(hint)));
        }
    }

    /// A part of the document comes from a cell.
    pub(crate) fn comes_from(&mut self, path: String, at: At) {
        self.origins.entry(path).or_insert(at);
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
        for fault in faults.0 {
            if self.failed.iter().any(|failed| is_within(&fault.path, failed)) {
                continue;
            }
            let mut at = None;
            let mut path = fault.path.as_str();
            while at.is_none() && !path.is_empty() {
                at = self.origins.get(path).copied().or_else(|| elsewhere(path));
                path = parent(path);
            }
            self.faults.push((at.unwrap_or(At::sheet(usize::MAX)), fault));
        }
    }

    /// All faults in the order of the book, each with the name of its cell: `需求!C17`.
    pub(crate) fn into_faults(mut self, book: &Book) -> Faults {
        self.faults.sort_by_key(|(a, _)| *a);
        let named = self.faults.into_iter().map(|(at, mut fault)| {
            if let Some(sheet) = book.sheets.get(at.sheet) {
                fault.path = match at.row {
                    Some(row) => format!("{}!{}", sheet.name, cell_name(row, at.column)),
                    None => sheet.name.clone(),
                };
            } else if fault.path.is_empty() {
                fault.path = "$".into();
            }
            fault
        });
        let mut named = named.collect::<Vec<_>>();
        named.dedup();
        Faults(named)
    }
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
        let mut findings = Findings::default();
        findings.comes_from("$.needs[0].windows".into(), At::cell(0, 4, 2));
        findings.has_failed("$.needs[0].service".into());
        let fault = |path: &str| Fault::new(path, Code::BadTime, "x", text!("y", "y"));
        let faults = ["$.needs[0].windows[0].from", "$.needs[0].service", "$.needs[0].id"].map(fault);
        findings
            .take_over(Faults(faults.to_vec()), |path| (path == "$.needs[0]").then_some(At::cell(0, 4, 0)));
        let book = Book { sheets: vec![Sheet { name: "需求".into(), ..Sheet::default() }] };
        let told = findings.into_faults(&book).0.into_iter().map(|fault| fault.path).collect::<Vec<_>>();
        assert_eq!(told, ["需求!A5", "需求!C5"]);
    }
}
