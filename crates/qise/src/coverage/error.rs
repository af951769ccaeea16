//! What is wrong with a question about coverage.

use crate::model::{Fault, Faults};

/// Why a question about coverage cannot be answered.
// Not `non_exhaustive`: whoever adds a variant must learn from the compiler where it is put into words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoverageError {
    /// Limits out of order, out of range, too many or none.
    #[error("limits must be 1 to 100 different times of 0 or more, in order")]
    Limits,
    /// Moments out of order, out of range, too many or none.
    #[error("moments must be 1 to 10000 different times, in order")]
    Moments,
    /// Nothing is asked for, or the weights of asks are too large.
    #[error("nothing is asked for: give asks whose weights sum to 1 or more, below 2^32")]
    Asks,
    /// An id or a level that the problem does not have.
    #[error("a skill, level, team, category, person or place that the problem does not have")]
    UnknownId,
    /// A crew of more roles or people than can be counted.
    #[error("a crew asks for more than 10 different roles or 65535 people")]
    CrewTooLarge,
    /// More points or pairs than fit, or weights whose sum is too large.
    #[error("too many points or candidates, or weights too large: take longer cells or fewer candidates")]
    TooLarge,
    /// A region that encloses nothing, or a cell length out of its range.
    #[error(
        "a region must enclose some land, and a cell be 10 m to 1000 km long, with 4 million cells at most"
    )]
    Region,
    /// No candidates, or nobody in the new team.
    #[error("there is nothing to place: give candidates and people who are on duty at some moment")]
    NothingToPlace,
    /// People of the new team who move in too many ways.
    #[error("the people of the new team move in more than 64 ways: give fewer people, profiles or radii")]
    TooVaried,
    /// The problem with the new team has faults.
    #[error("{}", messages(.0))]
    Faults(Faults),
    /// The budget was spent before there was an answer.
    #[error("stopped before there was an answer")]
    Stopped,
}

fn messages(faults: &Faults) -> String {
    let messages = faults.0.iter().map(|fault| Fault::message(fault).en);
    messages.collect::<Vec<_>>().join("; ")
}

impl From<Faults> for CoverageError {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}
