//! End to end: the program, run in this process, on our own scenarios.

mod alxa_day;
mod answers;
mod bench_assign;
mod bench_routing;
mod compare;
mod coverage;
mod determinism;
mod field_rules;
mod fodder_and_lending;
mod goods;
mod hostile;
mod improve;
mod planted_documents;
mod previous;
mod program;
mod readme;
mod report;
mod rough_edges;
mod rules;
mod shifts_and_breaks;
mod small;
mod verdicts;
mod wishes;
