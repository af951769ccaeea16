//! When everything on a route happens.

pub(crate) mod breaks;
mod empty;
pub(crate) mod label;
pub(crate) mod labels;
pub(crate) mod release;
pub(crate) mod segment;
pub(crate) mod timing;
