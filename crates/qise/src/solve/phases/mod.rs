//! What a search does one after the other: the first plan, lists of parties, fewer people, annealing by parts, set partitioning.

pub(crate) mod annealing;
pub(crate) mod construct;
pub(crate) mod decomposition;
pub(crate) mod fleet_minimisation;
pub(crate) mod list_search;
pub(crate) mod set_partitioning;
pub(crate) mod warm_start;
