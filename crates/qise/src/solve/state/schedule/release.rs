//! Before which moments visits are releases by others.

use crate::model::{SlotId, Time};

/// The moment before which somebody is releases at a slot, by a list that is empty where there are no crews.
#[inline]
pub(crate) fn release_of(until: &[Time], slot: SlotId) -> Time {
    until.get(slot.index()).copied().unwrap_or(Time::MIN)
}
