//! The plan that people were told already, and what it costs to change it.

use super::{NeedId, Seconds, Time, VolunteerId};

/// The plan that people were told already.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    /// Who was to serve what, and when; each need at most once for each person, and a need for one person once.
    pub assignments: Vec<PreviousVisit>,
    /// Price of another person, or of nobody, for a need of that plan. A need's own `change_price` goes before it.
    pub reassign_price: u32,
    /// Price of a start that moved by more than the tolerance.
    pub retime_price: u32,
    /// A start may move by this much for nothing.
    pub tolerance: Seconds,
}

/// One assignment of the previous plan.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousVisit {
    /// The need.
    pub need: NeedId,
    /// The person.
    pub volunteer: VolunteerId,
    /// When the service was to start.
    pub start: Time,
}

impl PreviousVisit {
    /// Who was to serve a need, and when.
    pub fn new(need: impl Into<NeedId>, volunteer: impl Into<VolunteerId>, start: Time) -> Self {
        Self { need: need.into(), volunteer: volunteer.into(), start }
    }
}
