//! Before which moments visits are held by others.

use crate::model::{SlotId, Time};

/// The moment before which somebody is held at a slot, by a list that is empty where there are no crews.
#[inline]
pub(crate) fn held_at(until: &[Time], slot: SlotId) -> Time {
    until.get(slot.index()).copied().unwrap_or(Time::MIN)
}
