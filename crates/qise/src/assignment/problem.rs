//! The lists of an assignment problem, valid once built.

use std::ops::Range;

use super::{AssignmentError, limits};

/// Rows with the columns they could take, in one flat list; a row that takes none pays its unserved price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentProblem {
    columns: usize,
    /// Where the pairs of each row begin, and where those of the last one end.
    first: Vec<u32>,
    column: Vec<u32>,
    cost: Vec<i64>,
    unserved: Vec<i64>,
    most_saving: i64,
}

impl AssignmentProblem {
    /// Costs and unserved prices lie within plus and minus this, so that no sum leaves 64 bits.
    pub const MOST_COST: i64 = limits::MOST_COST;
    /// The largest number of rows, and of columns.
    pub const MOST_LINES: usize = limits::MOST_LINES;

    /// No rows yet, and so many columns.
    ///
    /// # Errors
    /// More columns than [`Self::MOST_LINES`].
    pub fn new(columns: usize) -> Result<Self, AssignmentError> {
        at_most("columns", columns, Self::MOST_LINES)?;
        let (column, cost, unserved) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { columns, first: vec![0], column, cost, unserved, most_saving: 0 })
    }

    /// The whole problem at once: row `r` could take `column[first[r]..first[r + 1]]` at the same entries of `cost`.
    ///
    /// # Errors
    /// The first thing that is wrong, in this order: numbers of rows, columns or pairs; lengths of lists; bounds of rows;
    /// and row by row its price, columns and costs.
    pub fn from_lists(
        columns: usize,
        first: &[usize],
        column: Vec<u32>,
        cost: Vec<i64>,
        unserved: Vec<i64>,
    ) -> Result<Self, AssignmentError> {
        at_most("columns", columns, Self::MOST_LINES)?;
        at_most("rows", unserved.len(), Self::MOST_LINES)?;
        at_most("pairs", column.len(), u32::MAX as usize)?;
        let same = |what, found, expected| {
            if found == expected { Ok(()) } else { Err(AssignmentError::Length { what, found, expected }) }
        };
        same("first", first.len(), unserved.len() + 1)?;
        same("cost", cost.len(), column.len())?;
        same("the list of pairs up to the start of the first row", first[0], 0)?;
        for (row, bounds) in first.windows(2).enumerate() {
            if bounds[0] > bounds[1] {
                return Err(AssignmentError::RowReversed { row, start: bounds[0], end: bounds[1] });
            }
        }
        same("column", column.len(), first[unserved.len()])?;
        let first = first.iter().map(|&at| at as u32).collect();
        let mut problem = Self { columns, first, column, cost, unserved, most_saving: 0 };
        for row in 0..problem.rows() {
            let range = problem.range(row);
            let saving = best_saving(
                columns,
                row,
                problem.unserved[row],
                &problem.column[range.clone()],
                &problem.cost[range],
            )?;
            problem.most_saving = problem.most_saving.max(saving);
        }
        Ok(problem)
    }

    /// Adds a row: its price when unserved, and the columns it could take with their costs. Of a column that it lists twice, the
    /// lower cost counts.
    ///
    /// # Errors
    /// One row or pair too many; a price, column or cost out of range. The problem is then as it was before.
    pub fn push_row(
        &mut self,
        unserved: i64,
        pairs: impl IntoIterator<Item = (u32, i64)>,
    ) -> Result<(), AssignmentError> {
        let row = self.rows();
        at_most("rows", row + 1, Self::MOST_LINES)?;
        let start = self.column.len();
        for (column, cost) in pairs {
            self.column.push(column);
            self.cost.push(cost);
        }
        let end = self.column.len();
        let saving = at_most("pairs", end, u32::MAX as usize).and_then(|()| {
            best_saving(self.columns, row, unserved, &self.column[start..], &self.cost[start..])
        });
        match saving {
            Ok(saving) => {
                self.most_saving = self.most_saving.max(saving);
                self.unserved.push(unserved);
                self.first.push(end as u32);
                Ok(())
            }
            Err(error) => {
                self.column.truncate(start);
                self.cost.truncate(start);
                Err(error)
            }
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.unserved.len()
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Number of pairs.
    pub fn pairs(&self) -> usize {
        self.column.len()
    }

    /// What it costs to leave the row unserved.
    pub fn unserved(&self, row: usize) -> i64 {
        self.unserved[row]
    }

    /// The columns that the row could take, with their costs.
    pub fn of(&self, row: usize) -> impl Iterator<Item = (u32, i64)> + '_ {
        let range = self.range(row);
        self.column[range.clone()].iter().copied().zip(self.cost[range].iter().copied())
    }

    /// The largest saving of any pair, 0 if none saves anything.
    pub(crate) fn most_saving(&self) -> i64 {
        self.most_saving
    }

    fn range(&self, row: usize) -> Range<usize> {
        self.first[row] as usize..self.first[row + 1] as usize
    }
}

fn at_most(what: &'static str, count: usize, most: usize) -> Result<(), AssignmentError> {
    if count <= most { Ok(()) } else { Err(AssignmentError::TooMany { what, count, most }) }
}

/// Checks a row and tells the largest saving of its pairs, 0 if none saves anything.
fn best_saving(
    columns: usize,
    row: usize,
    price: i64,
    column: &[u32],
    cost: &[i64],
) -> Result<i64, AssignmentError> {
    let possible = -AssignmentProblem::MOST_COST..=AssignmentProblem::MOST_COST;
    if !possible.contains(&price) {
        return Err(AssignmentError::PriceRange { row, price });
    }
    let mut least = price;
    for (pair, (&column, &cost)) in column.iter().zip(cost).enumerate() {
        if column as usize >= columns {
            return Err(AssignmentError::NoSuchColumn { row, pair, column, columns });
        }
        if !possible.contains(&cost) {
            return Err(AssignmentError::CostRange { row, pair, cost });
        }
        least = least.min(cost);
    }
    Ok(price - least)
}
