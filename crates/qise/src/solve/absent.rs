//! A set of needs with constant-time changes, and a list of its members.

use crate::model::NeedId;

/// The needs that nobody serves, in no order that matters.
#[derive(Clone, Debug, Default)]
pub(super) struct Absent {
    list: Vec<NeedId>,
    at: Vec<u32>,
}

impl Absent {
    const NOT: u32 = u32::MAX;

    /// The set of all of `count` needs.
    pub(super) fn all(count: usize) -> Self {
        Self { list: (0..count).map(NeedId::new).collect(), at: (0..count as u32).collect() }
    }

    /// Its members.
    #[inline]
    pub(super) fn list(&self) -> &[NeedId] {
        &self.list
    }

    /// Adds a need; whether it was not there before.
    #[inline]
    pub(super) fn add(&mut self, need: NeedId) -> bool {
        let at = &mut self.at[need.index()];
        let is_new = *at == Self::NOT;
        if is_new {
            *at = self.list.len() as u32;
            self.list.push(need);
        }
        is_new
    }

    /// Removes a need; whether it was there.
    #[inline]
    pub(super) fn remove(&mut self, need: NeedId) -> bool {
        let at = std::mem::replace(&mut self.at[need.index()], Self::NOT);
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
