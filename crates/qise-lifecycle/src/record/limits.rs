//! How long things may take.

use crate::base::Seconds;

/// How long things may take. Fixed for the life of a journal: a fold under other limits may tell
/// other timers.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From fulfilment until a need counts as confirmed.
    pub confirm: Seconds,
    /// From confirmation until a need is closed.
    pub rate: Seconds,
    /// From the end of a need until it can no longer be reopened.
    pub reopen: Seconds,
    /// From the start told to a member until the visit is overdue.
    pub grace: Seconds,
    /// Up to this many stars, a call back is due.
    pub low_stars: u8,
}

impl Default for Limits {
    /// 48 hours, 7 days, 30 days, 15 minutes, 2 stars.
    fn default() -> Self {
        Self {
            confirm: Seconds::hours(48),
            rate: Seconds::days(7),
            reopen: Seconds::days(30),
            grace: Seconds::minutes(15),
            low_stars: 2,
        }
    }
}
