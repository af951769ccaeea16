//! A set of units that is cleared in the time of its members.

use crate::model::UnitId;

#[derive(Clone, Debug, Default)]
pub(super) struct UnitSet {
    list: Vec<UnitId>,
    has: Vec<bool>,
}

impl UnitSet {
    /// The empty set, for units below `count`.
    pub(super) fn new(count: usize) -> Self {
        Self { list: Vec::new(), has: vec![false; count] }
    }

    #[inline]
    pub(super) fn add(&mut self, unit: UnitId) {
        if !std::mem::replace(&mut self.has[unit.index()], true) {
            self.list.push(unit);
        }
    }

    pub(super) fn add_all(&mut self, units: &[UnitId]) {
        for &unit in units {
            self.add(unit);
        }
    }

    pub(super) fn list(&self) -> &[UnitId] {
        &self.list
    }

    pub(super) fn clear(&mut self) {
        for unit in self.list.drain(..) {
            self.has[unit.index()] = false;
        }
    }
}
