//! Before which moments visits are releases by others.

use crate::model::{SlotId, Time};

/// The moment before which somebody is releases at a slot, by a list that is empty where there are no crews.
#[inline]
pub(crate) fn release_of(until: &[Time], slot: SlotId) -> Time {
    until.get(slot.index()).copied().unwrap_or(Time::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_is_waited_for_a_visit_may_start_at_any_time() {
        assert_eq!(release_of(&[Time(3), Time(5)], SlotId(1)), Time(5));
        assert_eq!(release_of(&[], SlotId(1)), Time::MIN);
    }
}
