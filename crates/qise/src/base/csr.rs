//! Lists of different lengths, one after the other in one vector.

use std::ops::Range;

/// Compressed sparse rows: row `r` is `items[first[r]..first[r + 1]]`. A row that was never added is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Csr<T> {
    first: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Csr<T> {
    fn default() -> Self {
        Self { first: Vec::new(), items: Vec::new() }
    }
}

impl<T> Csr<T> {
    /// `rows` rows of these items, each with the number of its row; items of one row keep their order.
    pub(crate) fn of_pairs(rows: usize, mut pairs: Vec<(usize, T)>) -> Self {
        pairs.sort_by_key(|&(row, _)| row);
        let mut first = vec![0; rows + 1];
        for &(row, _) in &pairs {
            first[row + 1] += 1;
        }
        for row in 0..rows {
            first[row + 1] += first[row];
        }
        Self { first, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        if self.first.is_empty() {
            self.first.push(0);
        }
        self.items.extend(row);
        self.first.push(self.items.len() as u32);
    }

    /// Whether no row was added.
    #[inline]
    pub(crate) fn has_no_rows(&self) -> bool {
        self.first.is_empty()
    }

    /// One row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[T] {
        &self.items[self.range(row)]
    }

    /// Where the items of a row stand among all.
    #[inline]
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        match self.first.get(row..row + 2) {
            Some(span) => span[0] as usize..span[1] as usize,
            None => 0..0,
        }
    }

    /// The items of all rows.
    #[inline]
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }
}

#[cfg(test)]
mod tests {
    use super::Csr;

    #[test]
    fn rows_keep_their_items_in_order() {
        let mut pushed = Csr::default();
        for row in [vec!['a', 'b'], vec![], vec!['c']] {
            pushed.push(row);
        }
        let sorted = Csr::of_pairs(3, vec![(2, 'c'), (0, 'a'), (0, 'b')]);
        assert_eq!(pushed, sorted);
        assert_eq!((pushed.row(0), pushed.row(1), pushed.row(2)), (&['a', 'b'][..], &[][..], &['c'][..]));
        assert_eq!((pushed.range(2), pushed.items().len()), (2..3, 3));
    }

    #[test]
    fn rows_that_were_never_added_are_empty() {
        let none = Csr::<u8>::default();
        assert!(none.has_no_rows() && none.row(7).is_empty());
    }
}
