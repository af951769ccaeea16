//! What can be wrong with a problem or with the options of a solve.

use super::limits::MOST_COST;
use super::{AssignmentProblem, Warm};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssignmentError {
    /// More rows, columns or pairs than the solver takes.
    #[error("{count} {what}, but at most {most} are possible")]
    TooMany {
        /// `rows`, `columns` or `pairs`.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// A list whose length does not fit the others.
    #[error("{what} has {found} entries, expected {expected}")]
    Length {
        /// Which list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// What its length should be.
        expected: usize,
    },
    /// Bounds of rows that do not begin at 0, or go backwards.
    #[error("row {row} ends at pair {end}, before it starts at pair {start}")]
    RowReversed {
        /// The row.
        row: usize,
        /// Its first pair.
        start: usize,
        /// The pair after its last.
        end: usize,
    },
    /// A pair with a column that does not exist.
    #[error("pair {pair} of row {row} names column {column}, but there are {columns} columns")]
    NoSuchColumn {
        /// The row.
        row: usize,
        /// The position in the list of the row.
        pair: usize,
        /// The column it names.
        column: u32,
        /// How many columns there are.
        columns: usize,
    },
    /// A cost outside ±[`AssignmentProblem::MOST_COST`].
    #[error("pair {pair} of row {row} costs {cost}, beyond ±{}", MOST_COST)]
    CostRange {
        /// The row.
        row: usize,
        /// The position in the list of the row.
        pair: usize,
        /// Its cost.
        cost: i64,
    },
    /// An unserved price outside ±[`AssignmentProblem::MOST_COST`].
    #[error("row {row} costs {price} when unserved, beyond ±{}", MOST_COST)]
    PriceRange {
        /// The row.
        row: usize,
        /// Its price.
        price: i64,
    },
    /// A forbidden pair outside the problem.
    #[error("forbidden pair {index} is ({row}, {column}), but there are {rows} rows and {columns} columns")]
    Forbidden {
        /// The position in the list of forbidden pairs.
        index: usize,
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
        /// How many rows there are.
        rows: usize,
        /// How many columns there are.
        columns: usize,
    },
}

/// The forbidden pairs in ascending order.
pub(crate) fn sorted_forbidden(
    problem: &AssignmentProblem,
    pairs: &[(u32, u32)],
) -> Result<Vec<(u32, u32)>, AssignmentError> {
    let (rows, columns) = (problem.rows(), problem.columns());
    for (index, &(row, column)) in pairs.iter().enumerate() {
        if row as usize >= rows || column as usize >= columns {
            return Err(AssignmentError::Forbidden { index, row, column, rows, columns });
        }
    }
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    Ok(sorted)
}

/// Whether the lists of a warm start are empty or as long as the problem's.
pub(crate) fn check_warm(problem: &AssignmentProblem, warm: &Warm<'_>) -> Result<(), AssignmentError> {
    let lists = [
        ("warm.prices", warm.prices.len(), problem.columns()),
        ("warm.columns", warm.columns.len(), problem.rows()),
    ];
    for (what, found, expected) in lists {
        if found != 0 && found != expected {
            return Err(AssignmentError::Length { what, found, expected });
        }
    }
    Ok(())
}
