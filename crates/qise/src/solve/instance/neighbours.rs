//! Which needs lie near each other: on the map, and in a plan.

use crate::base::Csr;
use crate::model::SlotId;

/// For each need the needs near it.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    pub(crate) by_distance: Csr<SlotId>,
    pub(crate) by_proximity: Csr<SlotId>,
}

impl Neighbours {
    /// The needs around one on the map, nearest first, itself at the front.
    pub(crate) fn by_distance(&self, slot: SlotId) -> &[SlotId] {
        self.by_distance.row(slot.index())
    }

    /// The needs that are good to visit just before or after one, best first.
    pub(crate) fn by_proximity(&self, slot: SlotId) -> &[SlotId] {
        self.by_proximity.row(slot.index())
    }
}
