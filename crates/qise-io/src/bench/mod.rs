//! The public benchmarks of vehicle routing, each as an ordinary [`Problem`](qise::Problem) with an ordinary objective.
//!
//! A vehicle is a volunteer with one shift, a depot the home of its vehicles, a customer a need, site dependency a skill, the
//! longest duration of a route a limit of the day. What is left of a family is its [`Convention`]: how distances become
//! integers, and which terms the objective has. The solver learns of no family.
//!
//! One file a format: `solomon`, `cordeau`, `vrplib`, `toptw`, and `neutral`, the JSON in which engines are compared.
//! Times and distances are scaled, so that "seconds" of such a problem are tenths, thousandths or millionths of its unit.

pub mod assign;
mod benchmark;
mod best_known;
mod build;
mod care;
mod convention;
mod cordeau;
mod family;
mod hhcrsp;
mod lilim;
pub mod neutral;
mod pillac;
mod roadef;
mod routing;
mod scan;
mod solomon;
mod solution;
mod synchronised;
#[cfg(test)]
mod tests;
mod toptw;
mod vrplib;

pub use benchmark::{Benchmark, Instance};
pub use best_known::BestKnown;
pub use convention::Convention;
pub use family::Family;
