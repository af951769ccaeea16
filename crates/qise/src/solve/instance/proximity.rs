//! Who and what lies near each slot, found once.

use super::neighbours::Neighbours;
use super::recreate_keys::RecreateKeys;
use crate::eligibility::Candidates;

/// Who and what lies near each slot.
#[derive(Default)]
pub(crate) struct Proximity {
    /// The representatives of the classes of units near each slot.
    pub(crate) candidates: Candidates,
    /// Other slots.
    pub(crate) neighbours: Neighbours,
    /// In which orders needs are brought in again.
    pub(crate) recreate_keys: RecreateKeys,
}
