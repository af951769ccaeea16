//! End to end: the program, run in this process, on our own scenarios.

mod alxa_day;
mod determinism;
mod planted_documents;
mod program;
mod rough_edges;
