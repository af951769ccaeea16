//! What counts of a plan beyond single routes: one file a term.

pub(crate) mod completion_times;
pub(crate) mod continuity;
pub(crate) mod load_share;
pub(crate) mod makespan;
pub(crate) mod spread;
