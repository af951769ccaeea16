//! The present: nobody leaves for a visit before now, but for those that are settled.
//!
//! Whoever has agreed to a visit goes at a time that was right when they agreed; how they get there is not asked again. For every other
//! visit a person leaves where they are then, and not before now.

use crate::model::{NeedId, Time};
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
