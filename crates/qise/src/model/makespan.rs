//! When a group of needs is done.

use super::{NeedId, Time};

/// A group of needs whose last end counts, as [`Term::Makespan`](super::Term::Makespan) says.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Makespan {
    /// The needs; those that nobody serves do not count.
    pub needs: Vec<NeedId>,
    /// From when on time is counted.
    pub from: Time,
    /// How much a second counts.
    pub weight: u32,
}

impl Makespan {
    /// The most groups: every route keeps an end for each of them.
    pub(crate) const MOST: usize = 8;
}

impl Makespan {
    /// Counts from a moment to the last end of these needs, each second once.
    pub fn new(needs: impl IntoIterator<Item = impl Into<NeedId>>, from: Time) -> Self {
        Self { needs: needs.into_iter().map(Into::into).collect(), from, weight: 1 }
    }
}
