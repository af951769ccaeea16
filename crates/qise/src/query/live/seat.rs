//! A visit that somebody is committed to, and why nobody could be.

use crate::model::{Time, UnitId};

/// A visit that somebody is committed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seat {
    /// Whose route it is on.
    pub unit: UnitId,
    /// Which role of the need.
    pub role: u16,
    /// Which of its stops.
    pub stop: u16,
    /// When the service starts.
    pub start: Time,
    /// When it ends.
    pub end: Time,
}

/// Why nobody could be committed. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotCommitted {
    /// There is no such need, or no such unit.
    #[error("there is no such need or unit")]
    Unknown,
    /// Somebody serves the need already.
    #[error("somebody serves the need already")]
    Served,
    /// The need hangs on another that nobody serves.
    #[error("the need hangs on another that nobody serves")]
    Waits,
    /// All places of its crew are taken at once, not one by one.
    #[error("all places of the crew are taken at once")]
    Together,
    /// They cannot serve it together, as the plan is now.
    #[error("they cannot serve the need as the plan is now")]
    Impossible,
}
