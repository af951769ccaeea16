//! Lists of different lengths in one vector, each of which can be replaced.

use std::ops::Range;

/// Row `r` is `items[spans[r]]`. A row that was never set is empty.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T> {
    spans: Vec<Range<u32>>,
    items: Vec<T>,
    /// Items that belong to no row any more.
    unused: usize,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { spans: Vec::new(), items: Vec::new(), unused: 0 }
    }
}

impl<T: Copy> Rows<T> {
    /// `rows` rows of these items, each with the number of its row; items of one row keep their order.
    pub(crate) fn of_pairs(rows: usize, mut pairs: Vec<(usize, T)>) -> Self {
        pairs.sort_by_key(|&(row, _)| row);
        let mut spans = vec![0..0; rows];
        for (at, &(row, _)) in pairs.iter().enumerate() {
            let span = &mut spans[row];
            let first = if span.end == 0 { at as u32 } else { span.start };
            *span = first..at as u32 + 1;
        }
        Self { spans, items: pairs.into_iter().map(|(_, item)| item).collect(), unused: 0 }
    }

    /// One row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[T] {
        match self.spans.get(row) {
            Some(span) => &self.items[span.start as usize..span.end as usize],
            None => &[],
        }
    }

    /// Replaces a row.
    ///
    /// # Panics
    /// If there is no such row.
    pub(crate) fn set(&mut self, row: usize, items: &[T]) {
        let old = self.spans[row].clone();
        if items.len() <= old.len() {
            let first = old.start as usize;
            self.items[first..first + items.len()].copy_from_slice(items);
            self.spans[row] = old.start..old.start + items.len() as u32;
            self.unused += old.len() - items.len();
        } else {
            self.spans[row] = self.items.len() as u32..(self.items.len() + items.len()) as u32;
            self.items.extend_from_slice(items);
            self.unused += old.len();
        }
        if self.unused > 64 && self.unused > self.items.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut items = Vec::with_capacity(self.items.len() - self.unused);
        for span in &mut self.spans {
            let first = items.len() as u32;
            items.extend_from_slice(&self.items[span.start as usize..span.end as usize]);
            *span = first..items.len() as u32;
        }
        (self.items, self.unused) = (items, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_replaced_and_nothing_else_changes() {
        let mut rows = Rows::of_pairs(4, vec![(2, 5), (0, 1), (0, 2)]);
        assert_eq!(
            (rows.row(0), rows.row(1), rows.row(2), rows.row(9)),
            (&[1, 2][..], &[][..], &[5][..], &[][..])
        );
        for round in 0..200 {
            let longer = (0..round % 7).collect::<Vec<_>>();
            rows.set(1, &longer);
            rows.set(3, &[round]);
            assert_eq!((rows.row(0), rows.row(2), rows.row(3)), (&[1, 2][..], &[5][..], &[round][..]));
            assert_eq!(rows.row(1), longer);
            assert!(rows.items.len() < 200, "what is used no more is given back");
        }
    }
}
