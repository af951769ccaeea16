//! qise (七色): sends the right volunteers to the people who need them.
//!
//! [`model`] says what the world looks like, [`plan`] what an answer looks like and how it is judged, [`matching`] who can
//! serve what at all, [`solve`] finds a plan, [`bound`] says how good any plan could be, [`explain`] says why it is as it is, [`improve`] what would make it better,
//! [`compare`] holds two plans side by side, [`fairness`] says how evenly load and service are shared out, [`coverage`] who is near
//! enough at which hour, and where others should be.

#![forbid(unsafe_code)]

mod base;
pub mod bound;
pub mod compare;
pub mod coverage;
pub mod explain;
pub mod fairness;
pub mod improve;
pub mod matching;
pub mod model;
pub mod plan;
pub mod solve;

pub use base::{Lang, Spent, Text};
pub use model::{Faults, Problem, ProblemData};
