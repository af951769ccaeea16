//! What stands in a cell, as offices write it, and how it is written back.

pub(crate) mod amounts;
pub(crate) mod length;
pub(crate) mod when;
pub(crate) mod words;
