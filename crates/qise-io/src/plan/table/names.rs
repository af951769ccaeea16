//! Ids and names, and what they stand for.

use std::collections::HashMap;

/// What ids and names stand for.
pub(super) struct Names<'p> {
    keys: HashMap<&'p str, usize>,
    /// Nothing where several have the name.
    named: HashMap<&'p str, Option<usize>>,
    order: Vec<&'p str>,
}

impl<'p> Names<'p> {
    pub(super) fn of(items: impl Iterator<Item = (&'p String, Option<&'p String>)>) -> Self {
        let mut names = Self { keys: HashMap::new(), named: HashMap::new(), order: Vec::new() };
        for (number, (key, name)) in items.enumerate() {
            names.keys.insert(key, number);
            names.order.push(key);
            if let Some(name) = name {
                names.named.entry(name).and_modify(|other| *other = None).or_insert(Some(number));
            }
        }
        names
    }

    /// The number, and whether several have this name.
    pub(super) fn find(&self, words: &str) -> (Option<usize>, bool) {
        let named = self.named.get(words);
        (self.keys.get(words).copied().or(named.copied().flatten()), named == Some(&None))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'p str> + '_ {
        self.order.iter().copied()
    }
}
