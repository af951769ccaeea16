//! The moments before which visits must not start, since others of their crew, or needs they follow, are not ready.
//!
//! Start times are longest paths in the precedence graph, whose arcs are the gaps of crews, the links between needs and the longest rides;
//! they are kept up move by move. Insertions that would create a cycle are rejected.

use super::spot::RouteBefore;
use crate::model::{SlotId, Time, UnitId};
use crate::solve::instance::Instance;

/// The moments before which the people who come with somebody do not let them start; nothing where there are no crews.
#[derive(Clone, Debug, Default)]
pub(crate) struct SyncStarts {
    pub(crate) release: Vec<Time>,
    /// What has changed since the trial began, oldest first.
    pub(crate) log: Vec<(SlotId, Time)>,
    /// For each unit the first visit that hangs on the present change.
    pub(crate) from: Vec<u32>,
    pub(crate) reached: Vec<UnitId>,
    pub(crate) stack: Vec<(UnitId, u32)>,
    /// What nobody holds any more, until it is known who does.
    pub(crate) reset: Vec<SlotId>,
    pub(crate) waiting: Vec<UnitId>,
    pub(crate) is_waiting: Vec<bool>,
    pub(crate) befores: Vec<(UnitId, RouteBefore)>,
}

impl SyncStarts {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        if instance.precedence.is_empty() {
            return Self::default();
        }
        let units = instance.units.len();
        Self {
            release: vec![Time::MIN; instance.slots.len()],
            from: vec![u32::MAX; units],
            is_waiting: vec![false; units],
            ..Self::default()
        }
    }

    pub(crate) fn begin(&mut self) {
        self.log.clear();
    }

    pub(crate) fn undo(&mut self) {
        self.undo_to(0);
    }

    pub(crate) fn take_log(&mut self) -> Vec<(SlotId, Time)> {
        std::mem::take(&mut self.log)
    }

    pub(crate) fn put_log(&mut self, log: Vec<(SlotId, Time)>) {
        self.log = log;
    }

    pub(crate) fn undo_to(&mut self, mark: usize) {
        for (slot, until) in self.log.drain(mark..).rev() {
            self.release[slot.index()] = until;
        }
    }

    pub(crate) fn set(&mut self, slot: SlotId, until: Time) {
        let old = std::mem::replace(&mut self.release[slot.index()], until);
        if old != until {
            self.log.push((slot, old));
        }
    }

    /// Takes over what `other` holds of these visits.
    pub(crate) fn follow(&mut self, other: &Self, visits: &[SlotId]) {
        if !self.release.is_empty() {
            for &slot in visits {
                self.release[slot.index()] = other.release[slot.index()];
            }
        }
    }

    pub(crate) fn wait(&mut self, unit: UnitId) {
        if !std::mem::replace(&mut self.is_waiting[unit.index()], true) {
            self.waiting.push(unit);
        }
    }
}
