//! The faults of a document as its meaning is worked out, and what had to be left out of the data because of them.

use std::collections::{BTreeMap, BTreeSet};

use qise::model::{Code, Fault, Time};
use qise::{Text, text};

use super::Index;
use super::gaps::Gaps;
use crate::path::Path;
use crate::read::{List, MOST_FAULTS, Str, When, quoted};
use crate::suggest::Suggest;
use crate::time::{BadTime, Zone, parse_time, parse_time_or_end_of_day};

/// The number of something that could not be found. No list is that long, so the core finds fault with it in turn; that
/// fault stands at the same path and is left out in favour of the one noted here.
pub(crate) const LOST: u32 = u32::MAX;

/// Faults found so far, and what the data lacks because of them.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<Fault>,
    /// Where faults of the structure stand: what follows from a value that was not there is not a fault of its own.
    structure: BTreeSet<String>,
    /// Where something is lost although nothing there is at fault.
    pub(super) silent: BTreeSet<String>,
    /// The needs that list their roles.
    pub(super) crews: BTreeSet<String>,
    /// Where in the document stands what an element of the data was made of, where it is no element of the document.
    pub(super) derived: BTreeMap<String, String>,
    /// Where in the data's terms a list of the data stands, where it is made of another list of the document.
    pub(super) relocated: BTreeMap<String, String>,
    /// Whether there was more to find fault with than is noted.
    pub(crate) is_cut: bool,
    /// Elements of the document's lists that are not in the data.
    dropped: BTreeMap<String, Vec<usize>>,
    pub(crate) suggest: Suggest,
}

impl Findings {
    /// Begins with the faults of the structure.
    pub(crate) fn new(structure: Vec<Fault>) -> Self {
        let paths = structure.iter().map(|fault| fault.path.clone()).collect();
        Self { faults: structure, structure: paths, ..Self::default() }
    }

    /// Notes a fault, unless a fault of the structure stands at the same path.
    pub(crate) fn fault(
        &mut self,
        path: &Path<'_>,
        code: Code,
        found: impl Into<Text>,
        expected: Text,
        hint: Text,
    ) {
        let path = path.to_string();
        if self.structure.contains(&path) {
            // Nor has the core anything to add, as where a field stands twice and the first of the two leads nowhere.
            self.silent.insert(path);
        } else if self.faults.len() >= MOST_FAULTS {
            self.is_cut = true;
        } else {
            self.faults.push(Fault::new(path, code, found, expected).hint(hint));
        }
    }

    /// Whether a fault of the structure stands at this path or beneath.
    pub(crate) fn broken(&self, path: &Path<'_>) -> bool {
        !self.structure.is_empty() && stands_at_or_beneath(&self.structure, &path.to_string())
    }

    /// Whether a fault of the structure stands at this very path.
    pub(super) fn broken_itself(&self, path: &Path<'_>) -> bool {
        !self.structure.is_empty() && self.structure.contains(&path.to_string())
    }

    /// The elements of a list that could be read, with their numbers in the document; the others are not in the data.
    pub(crate) fn present<'d, T>(
        &mut self,
        path: &Path<'_>,
        list: Option<&'d List<T>>,
    ) -> impl Iterator<Item = (usize, &'d T)> + use<'d, T> {
        for (index, item) in list.map_or(&[][..], |list| &list.0).iter().enumerate() {
            if item.is_none() {
                self.drop_element(path, index);
            }
        }
        present(list)
    }

    /// Notes that the core may find fault with what stands at `path`, though the cause lies elsewhere.
    pub(super) fn silence(&mut self, path: &Path<'_>) {
        self.silent.insert(path.to_string());
    }

    /// Notes that an element of a list is left out of the data.
    pub(crate) fn drop_element(&mut self, list: &Path<'_>, index: usize) {
        self.dropped.entry(list.to_string()).or_default().push(index);
        self.silence(&list.index(index));
    }

    /// The number of what `key` names; nothing when there is no such thing, which is a fault.
    pub(crate) fn refer(&mut self, index: &Index<'_>, path: &Path<'_>, key: Option<&Str<'_>>) -> Option<u32> {
        let key = key?.0.as_ref();
        let found = index.get(key);
        if found.is_none() && index.is_incomplete() {
            // What could not be read of the list may well have held the key.
            self.silence(path);
        } else if found.is_none() {
            let list = index.list();
            let expected = text!("the id of an entry of $.{list}", "$.{list} 中某项的编号");
            let hint = self.suggest.hint(key, index.keys());
            self.fault(path, Code::UnknownReference, quoted(key), expected, hint);
        }
        found
    }

    /// The time that stands at `path`; nothing when there is none, or none that can be read, which is a fault.
    pub(crate) fn time(
        &mut self,
        zone: Option<&Zone>,
        path: &Path<'_>,
        when: Option<&When<'_>>,
    ) -> Option<Time> {
        let words = when?.0.as_ref();
        parse_time(words, zone).map_err(|bad| self.bad_time(path, words, &bad, "")).ok()
    }

    /// As [`Findings::time`]; a date means the end of that day.
    pub(crate) fn time_or_date(
        &mut self,
        zone: Option<&Zone>,
        path: &Path<'_>,
        when: Option<&When<'_>>,
    ) -> Option<Time> {
        let words = when?.0.as_ref();
        let date = ", or a date";
        parse_time_or_end_of_day(words, zone).map_err(|bad| self.bad_time(path, words, &bad, date)).ok()
    }

    fn bad_time(&mut self, path: &Path<'_>, words: &str, bad: &BadTime, or_date: &str) {
        let or_date_zh = if or_date.is_empty() { "" } else { "，或日期" };
        let expected = text!(
            "a time such as \"2026-11-24T09:00:00+08:00\"{or_date}",
            "\"2026-11-24T09:00:00+08:00\" 之类的时刻{or_date_zh}"
        );
        self.fault(path, Code::BadTime, quoted(words), expected, bad.hint());
    }

    /// Notes that an element of the data was made of what stands at `document`.
    pub(super) fn derive(&mut self, data: String, document: String) {
        self.derived.insert(data, document);
    }

    /// Notes that a list of the data was made of the list that stands at `place`, numbered as the data is.
    pub(super) fn relocate(&mut self, list: String, place: String) {
        self.relocated.insert(list, place);
    }

    /// What the data lacks of the document's lists.
    pub(super) fn gaps(&mut self) -> Gaps {
        Gaps::new(std::mem::take(&mut self.dropped))
    }
}

/// The elements of a list that could be read, with their numbers in the document.
pub(super) fn present<T>(list: Option<&List<T>>) -> impl Iterator<Item = (usize, &T)> {
    let items = list.map_or(&[][..], |list| &list.0);
    items.iter().enumerate().filter_map(|(index, item)| Some((index, item.as_ref()?)))
}

/// Whether one of `paths` is `path` or lies beneath it.
pub(super) fn stands_at_or_beneath(paths: &BTreeSet<String>, path: &str) -> bool {
    paths.contains(path)
        || ['.', '['].into_iter().any(|next| {
            let beneath = format!("{path}{next}");
            paths.range(beneath.clone()..).next().is_some_and(|first| first.starts_with(&beneath))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_what_stands_beneath() {
        let paths = BTreeSet::from(["$.needs-x".to_owned(), "$.needs[3].windows[0].to".to_owned()]);
        assert!(stands_at_or_beneath(&paths, "$.needs[3].windows"));
        assert!(stands_at_or_beneath(&paths, "$.needs"));
        assert!(stands_at_or_beneath(&paths, "$.needs[3].windows[0].to"));
        assert!(!stands_at_or_beneath(&paths, "$.needs[3].windows[0].t"));
        assert!(!stands_at_or_beneath(&paths, "$.need"));
    }
}
