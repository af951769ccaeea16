//! The present: nobody leaves for a visit before now, but for those that are settled.
//!
//! Whoever has agreed to a visit goes at a time that was right when they agreed; how they get there is not asked again. For every other
//! visit a person leaves where they are then, and not before now.

use super::Instance;
use crate::model::{NeedId, Seconds, SlotId, Time};
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::schedule::segment::Segment;
use rustc_hash::FxHashSet;

/// What time it is, and what is settled.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    /// [`Time::MIN`] where no time is told.
    pub(crate) now: Time,
    /// The needs whose visits are agreed, with people and times.
    pub(crate) settled: FxHashSet<NeedId>,
}

impl Default for Present {
    fn default() -> Self {
        Self { now: Time::MIN, settled: FxHashSet::default() }
    }
}

impl Instance<'_> {
    /// When somebody who is free then leaves for a visit, at the earliest.
    #[inline]
    pub(crate) fn leaves(&self, free: Time, slot: SlotId) -> Time {
        if free >= self.present.now || self.is_settled(slot) { free } else { self.present.now }
    }

    /// A stretch, up to when somebody can leave from its end for a visit.
    #[inline]
    pub(crate) fn left(&self, head: Segment, slot: SlotId, unit: &FlatUnit) -> Segment {
        if self.present.now == Time::MIN || self.is_settled(slot) {
            return head;
        }
        head.then(Seconds::ZERO, Segment::new(Seconds::ZERO, self.present.now, unit.end))
    }

    /// A call at a depot goes with what is fetched or brought back there.
    #[cold]
    fn is_settled(&self, slot: SlotId) -> bool {
        self.is_depot_visit(slot) || self.present.settled.contains(&self.problem.slot(slot).need)
    }
}
