//! The cheapest assignment of needs to people, one each, where a need may stay unserved at its own price. Exact, in integers.
//!
//! Rows are needs, columns are people. Every row lists the columns it could take, with costs; a row that takes none pays its
//! `unserved` price. Costs and prices may be negative; what counts is the **saving** of a pair, price minus cost. Pairs that
//! save nothing are never used, so a row whose price equals its only cost stays unserved.
//!
//! With savings `s`, the dual is: minimise `Σ gain + Σ value` where both are at least 0 and `gain[row] + value[column] >= s` for
//! every pair. Rows and columns play the same part in it, so every routine here is written once and used from both sides.
//! Matched pairs are tight, unmatched rows and columns stand at 0: this complementary slackness is the proof of every answer
//! ([`Assigned::verify`]).
//!
//! Two methods, chosen by effort spent (`method`):
//! 1. shortest augmenting paths, the row with most to gain first (`search`); enough wherever people are plentiful;
//! 2. when these grow long, values from auctions with shrinking increments (`auction`), made exact by the same paths.
//!
//! Equal input gives the equal answer: there is one thread, and no random draw. Which of several cheapest assignments that is
//! follows from the order of rows and pairs, by no rule that is worth stating.

mod answer;
mod auction;
mod error;
mod graph;
mod limits;
mod method;
mod options;
mod problem;
mod search;
mod side;
#[cfg(test)]
mod tests;

pub use answer::{Assigned, Disproof};
pub use error::AssignmentError;
pub use options::{AssignOptions, Warm};
pub use problem::AssignmentProblem;

use options::{check_warm, sorted_forbidden};

/// Finds a cheapest assignment and the dual prices that prove it: each row takes one column or pays its unserved price, each
/// column is taken once at most.
///
/// Costs and prices may be negative, up to [`AssignmentProblem::MOST_COST`]. A pair that saves nothing against the unserved price
/// of its row is never used. Equal input, warm start included, gives the equal answer, on one thread; among equally cheap
/// assignments none is preferred by rule.
///
/// # Errors
/// A forbidden pair outside the problem; warm lists that are neither empty nor as long as the problem's.
///
/// # Example
/// ```
/// use qise::assignment::{AssignOptions, AssignmentProblem, assign};
///
/// let mut problem = AssignmentProblem::new(2)?;
/// problem.push_row(100, [(0, 5), (1, 9)])?; // two people could come, one for 5, one for 9
/// problem.push_row(100, [(0, 7)])?;
/// problem.push_row(3, [(1, 8)])?; // not worth it
/// let assigned = assign(&problem, &AssignOptions::default())?;
/// assert_eq!(assigned.columns, [Some(1), Some(0), None]);
/// assert_eq!(assigned.objective, 9 + 7 + 3);
/// # Ok::<(), qise::assignment::AssignmentError>(())
/// ```
pub fn assign(problem: &AssignmentProblem, options: &AssignOptions<'_>) -> Result<Assigned, AssignmentError> {
    let forbidden = sorted_forbidden(problem, options.forbidden)?;
    if let Some(warm) = &options.warm {
        check_warm(problem, warm)?;
    }
    // Half the memory to walk through, where savings are small enough for it.
    let (rows, columns) = if problem.most_saving() <= i64::from(u32::MAX) {
        method::solve::<u32>(problem, &forbidden, options.warm)
    } else {
        method::solve::<i64>(problem, &forbidden, options.warm)
    };
    Ok(Assigned::new(problem, &forbidden, &rows, columns))
}
