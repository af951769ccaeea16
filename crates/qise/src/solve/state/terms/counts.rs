//! A multiset of figures, of which the least and the greatest are asked for.

use std::collections::BTreeMap;

/// How often each figure occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts(BTreeMap<i64, u32>);

impl Counts {
    pub(crate) fn add(&mut self, value: i64, times: u32) {
        if times > 0 {
            *self.0.entry(value).or_default() += times;
        }
    }

    /// Takes a figure out once; nothing happens where it is not there.
    pub(crate) fn remove(&mut self, value: i64) {
        if let Some(count) = self.0.get_mut(&value) {
            *count -= 1;
            if *count == 0 {
                self.0.remove(&value);
            }
        }
    }

    pub(crate) fn replace(&mut self, from: i64, to: i64) {
        self.remove(from);
        self.add(to, 1);
    }

    pub(crate) fn least(&self) -> Option<i64> {
        self.0.first_key_value().map(|(&value, _)| value)
    }

    pub(crate) fn greatest(&self) -> Option<i64> {
        self.0.last_key_value().map(|(&value, _)| value)
    }

    /// The least and the greatest if `from` became `to` once.
    pub(crate) fn ends_with(&self, from: i64, to: i64) -> (i64, i64) {
        let alone = self.0.get(&from) == Some(&1);
        let others = || self.0.keys().copied().filter(|&value| !alone || value != from);
        let least = others().next().unwrap_or(to).min(to);
        let greatest = others().next_back().unwrap_or(to).max(to);
        (least, greatest)
    }

    /// The least figure where it occurs once, and the next; `None` for the next if there is none.
    pub(crate) fn least_alone(&self) -> Option<(i64, Option<i64>)> {
        let mut values = self.0.iter();
        match values.next() {
            Some((&least, 1)) => Some((least, values.next().map(|(&next, _)| next))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_follow_every_change() {
        let mut counts = Counts::default();
        assert_eq!((counts.least(), counts.greatest()), (None, None));
        counts.add(5, 2);
        counts.add(9, 1);
        assert_eq!((counts.least(), counts.greatest()), (Some(5), Some(9)));
        // One of two stays where it was.
        assert_eq!(counts.ends_with(5, 20), (5, 20));
        assert_eq!(counts.ends_with(9, 6), (5, 6));
        assert_eq!(counts.least_alone(), None);
        counts.replace(5, 12);
        assert_eq!(counts.least_alone(), Some((5, Some(9))));
        counts.remove(5);
        counts.remove(5);
        assert_eq!((counts.least(), counts.greatest()), (Some(9), Some(12)));
    }

    #[test]
    fn who_is_alone_moves_both_ends() {
        let mut counts = Counts::default();
        counts.add(3, 1);
        assert_eq!(counts.ends_with(3, 8), (8, 8));
        assert_eq!(counts.least_alone(), Some((3, None)));
    }
}
