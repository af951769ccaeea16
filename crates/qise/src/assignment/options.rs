//! What may be said about an assignment problem besides its lists.

use super::{AssignmentError, AssignmentProblem};

/// What may be said about a problem besides its lists.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssignOptions<'a> {
    /// Pairs (row, column) that must not be used, in any order, repeated or not; those that no list holds do nothing.
    pub forbidden: &'a [(u32, u32)],
    /// An answer to a similar problem, to start from.
    pub warm: Option<Warm<'a>>,
}

/// Where to start. It changes how long the answer takes, and which of several cheapest assignments is found, but never its cost:
/// whatever no longer fits is noticed and mended. It pays when a few rows in a hundred changed; a useless one can take about twice the
/// time of none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Warm<'a> {
    /// The price of each column in the earlier answer; values outside the possible range are moved into it. Empty: none.
    pub prices: &'a [i64],
    /// The column of each row in the earlier answer. Empty: none.
    pub columns: &'a [Option<u32>],
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
