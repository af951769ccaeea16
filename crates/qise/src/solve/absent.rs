//! A set of needs with constant-time changes, and a list of its members.

use crate::model::SlotId;

/// The needs that nobody serves, in no order that matters.
#[derive(Clone, Debug, Default)]
pub(super) struct Absent {
    list: Vec<SlotId>,
    at: Vec<u32>,
}

impl Absent {
    const NOT: u32 = u32::MAX;

    /// The set of `members`, all below `count`.
    pub(super) fn of(members: impl Iterator<Item = SlotId>, count: usize) -> Self {
        let mut set = Self { list: Vec::new(), at: vec![Self::NOT; count] };
        for slot in members {
            set.add(slot);
        }
        set
    }

    /// Its members.
    #[inline]
    pub(super) fn list(&self) -> &[SlotId] {
        &self.list
    }

    /// Whether a need is a member.
    #[inline]
    pub(super) fn holds(&self, slot: SlotId) -> bool {
        self.at[slot.index()] != Self::NOT
    }

    /// Adds a need; whether it was not there before.
    #[inline]
    pub(super) fn add(&mut self, slot: SlotId) -> bool {
        let at = &mut self.at[slot.index()];
        let is_new = *at == Self::NOT;
        if is_new {
            *at = self.list.len() as u32;
            self.list.push(slot);
        }
        is_new
    }

    /// Removes a need; whether it was there.
    #[inline]
    pub(super) fn remove(&mut self, slot: SlotId) -> bool {
        let at = std::mem::replace(&mut self.at[slot.index()], Self::NOT);
        if at == Self::NOT {
            return false;
        }
        self.list.swap_remove(at as usize);
        if let Some(&moved) = self.list.get(at as usize) {
            self.at[moved.index()] = at;
        }
        true
    }
}
