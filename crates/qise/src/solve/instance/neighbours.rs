//! Which needs lie near each other: on the map, and in a plan.

use crate::base::Csr;
use crate::model::SlotId;

/// For each need the needs near it.
#[derive(Debug, Default)]
pub(crate) struct Near {
    pub(crate) around: Csr<SlotId>,
    pub(crate) linked: Csr<SlotId>,
}

impl Near {
    /// The needs around one on the map, nearest first, itself at the front.
    pub(crate) fn around(&self, slot: SlotId) -> &[SlotId] {
        self.around.row(slot.index())
    }

    /// The needs that are good to visit just before or after one, best first.
    pub(crate) fn linked(&self, slot: SlotId) -> &[SlotId] {
        self.linked.row(slot.index())
    }
}
