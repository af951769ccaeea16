//! Where an element of the data stands in the document, when elements before it were left out.

use std::collections::BTreeMap;

/// The elements of the document's lists that are not in the data, by the path of their list.
#[derive(Debug, Default)]
pub(super) struct Gaps(BTreeMap<String, Vec<usize>>);

impl Gaps {
    pub(super) fn new(mut dropped: BTreeMap<String, Vec<usize>>) -> Self {
        for indices in dropped.values_mut() {
            indices.sort_unstable();
            indices.dedup();
        }
        Self(dropped)
    }

    /// The path in the document of a path in the data.
    ///
    /// ```text
    /// data      $.needs[3].windows[0].to      (window 0 of the document could not be read)
    /// document  $.needs[3].windows[1].to
    /// ```
    pub(super) fn in_document(&self, path: &str) -> String {
        let mut here = String::with_capacity(path.len());
        let mut rest = path;
        while let Some((before, after)) = rest.split_once('[') {
            here.push_str(before);
            let (index, after) = after.split_once(']').unwrap_or((after, ""));
            let moved = index.parse().ok().map(|index| self.element(&here, index).to_string());
            here.push('[');
            here.push_str(moved.as_deref().unwrap_or(index));
            here.push(']');
            rest = after;
        }
        here.push_str(rest);
        here
    }

    /// The number in the document of the `index`-th element that is in the data.
    fn element(&self, list: &str, index: usize) -> usize {
        let gone = self.0.get(list).map_or(&[][..], Vec::as_slice);
        // Before the i-th that is gone stand as many that are there as its number less i: a count that never falls.
        let (mut low, mut high) = (0, gone.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if gone[middle] - middle <= index { low = middle + 1 } else { high = middle }
        }
        index + low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_element_of_the_document() {
        let dropped =
            [("$.needs", vec![1]), ("$.needs[2].windows", vec![1, 0]), ("$.places", vec![0, 2, 3, 7])];
        let gaps = Gaps::new(dropped.into_iter().map(|(list, gone)| (list.to_owned(), gone)).collect());
        assert_eq!(gaps.in_document("$.needs[0].at"), "$.needs[0].at");
        assert_eq!(gaps.in_document("$.needs[1].windows[0].to"), "$.needs[2].windows[2].to");
        assert_eq!(gaps.in_document("$.needs[2]"), "$.needs[3]");
        assert_eq!(gaps.in_document("$.needs"), "$.needs");
        let places = (0..5).map(|index| gaps.element("$.places", index)).collect::<Vec<_>>();
        assert_eq!(places, [1, 4, 5, 6, 8]);
    }
}
