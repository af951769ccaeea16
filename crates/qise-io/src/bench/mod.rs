//! The formats of benchmark problems, one file a format.

pub mod assign;
