//! What the orders in which needs are put back ask of every need.

use crate::model::{Makespan, SlotId};

/// What the orders ask of every need.
#[derive(Debug, Default)]
pub(crate) struct RecreateKeys {
    /// Seconds from where the nearest person starts.
    pub(crate) away: Vec<u32>,
    /// The largest share of the largest capacity that it takes, in millionths.
    pub(crate) share: Vec<u32>,
    /// Where people go as parties, what waits for it.
    pub(crate) follow: Vec<Follow>,
}

/// What a need holds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Follow {
    /// How much the last ends count that its end may move, or those of what follows it.
    pub(crate) counting: u64,
    /// Seconds from its start to the end of what follows it and counts as much, one after the other.
    pub(crate) tail: u64,
    /// The groups whose last ends it may move, or what follows it may.
    pub(crate) groups: u8,
    /// For each of these groups the seconds from its start to the end of what follows and is of the group, one after the other.
    pub(crate) tails: [u32; Makespan::MOST],
}

impl RecreateKeys {
    /// What a slot holds up.
    pub(crate) fn follow(&self, slot: SlotId) -> Follow {
        self.follow.get(slot.index()).copied().unwrap_or_default()
    }
}
