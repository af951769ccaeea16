//! What can be wrong with a problem or with the options of a solve.

use super::limits::MOST_COST;

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
    /// A cost outside ±[`MOST_COST`](super::AssignmentProblem::MOST_COST).
    #[error("pair {pair} of row {row} costs {cost}, beyond ±{}", MOST_COST)]
    CostRange {
        /// The row.
        row: usize,
        /// The position in the list of the row.
        pair: usize,
        /// Its cost.
        cost: i64,
    },
    /// An unserved price outside ±[`MOST_COST`](super::AssignmentProblem::MOST_COST).
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
