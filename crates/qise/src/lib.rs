//! qise (七色): sends the right volunteers to the people who need them.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`model`] | what the world looks like: needs, people, places, vehicles, goods, an objective |
//! | [`plan`] | what an answer looks like, and how it is judged |
//! | [`eligibility`] | who could serve what with nothing else to do, and which rule excludes the others |
//! | [`assignment`] | the cheapest assignment of rows to columns, exact |
//! | [`solve`] | finds a plan |
//! | [`query`] | asks a plan as it stands: who could serve a need now |
//! | [`bound`] | how good any plan could be |
//! | [`explain`] | why a plan is as it is |
//! | [`improve`] | what would make it better |
//! | [`compare`] | two plans side by side |
//! | [`fairness`] | how evenly load and service are shared out |
//! | [`coverage`] | who is near enough at which hour, and where others should be |

#![forbid(unsafe_code)]

pub mod assignment;
mod base;
pub mod bound;
pub mod compare;
pub mod coverage;
pub mod eligibility;
pub mod explain;
pub mod fairness;
pub mod improve;
pub mod model;
pub mod plan;
pub mod query;
pub mod solve;

pub use base::{Cancel, Lang, Stop, Text};
pub use model::{Faults, Problem, ProblemData};
