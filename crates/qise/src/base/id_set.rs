//! A set of ids with constant-time changes, and a list of its members.

use std::marker::PhantomData;

/// A dense id: the position in the list of its kind.
pub(crate) trait Id: Copy {
    /// The position.
    fn position(self) -> usize;
}

/// Ids below a count, in no order that matters.
#[derive(Clone, Debug)]
pub(crate) struct IdSet<I> {
    list: Vec<I>,
    /// Where each stands in the list; [`Self::NOT`] for those that are no members.
    at: Vec<u32>,
    kind: PhantomData<I>,
}

impl<I> Default for IdSet<I> {
    fn default() -> Self {
        Self { list: Vec::new(), at: Vec::new(), kind: PhantomData }
    }
}

impl<I: Id> IdSet<I> {
    const NOT: u32 = u32::MAX;

    /// The empty set, for ids below `count`.
    pub(crate) fn new(count: usize) -> Self {
        Self { list: Vec::new(), at: vec![Self::NOT; count], kind: PhantomData }
    }

    /// The set of `members`, all below `count`.
    pub(crate) fn of(members: impl IntoIterator<Item = I>, count: usize) -> Self {
        let mut set = Self::new(count);
        set.add_all(members);
        set
    }

    /// Its members.
    #[inline]
    pub(crate) fn list(&self) -> &[I] {
        &self.list
    }

    /// Whether an id is a member.
    #[inline]
    pub(crate) fn contains(&self, id: I) -> bool {
        self.at[id.position()] != Self::NOT
    }

    /// Adds an id; whether it was not there before.
    #[inline]
    pub(crate) fn add(&mut self, id: I) -> bool {
        let at = &mut self.at[id.position()];
        let is_new = *at == Self::NOT;
        if is_new {
            *at = self.list.len() as u32;
            self.list.push(id);
        }
        is_new
    }

    /// Adds several.
    pub(crate) fn add_all(&mut self, ids: impl IntoIterator<Item = I>) {
        for id in ids {
            self.add(id);
        }
    }

    /// Removes an id; whether it was there.
    #[inline]
    pub(crate) fn remove(&mut self, id: I) -> bool {
        let at = std::mem::replace(&mut self.at[id.position()], Self::NOT);
        if at == Self::NOT {
            return false;
        }
        self.list.swap_remove(at as usize);
        if let Some(&moved) = self.list.get(at as usize) {
            self.at[moved.position()] = at;
        }
        true
    }

    /// Removes all, in the time of its members.
    pub(crate) fn clear(&mut self) {
        for id in self.list.drain(..) {
            self.at[id.position()] = Self::NOT;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, IdSet};

    impl Id for usize {
        fn position(self) -> usize {
            self
        }
    }

    #[test]
    fn members_come_and_go() {
        let mut set = IdSet::of([3, 1, 4, 1], 5);
        assert_eq!(set.list(), [3, 1, 4]);
        assert!(set.remove(3) && !set.remove(3) && set.add(0) && !set.add(4));
        let is_member = |id| set.contains(id);
        assert_eq!((0..5).map(is_member).collect::<Vec<_>>(), [true, true, false, false, true]);
        set.clear();
        assert!(set.list().is_empty() && !set.contains(4) && set.add(4));
    }
}
