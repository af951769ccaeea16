//! qise (七色): sends the right volunteers to the people who need them.
//!
//! A problem is put together entry by entry, a search finds a plan for it, and an independent judge says what the plan is worth:
//!
//! ```
//! use qise::model::{Seconds, Time, TravelRule, Window};
//! use qise::solve::Options;
//! use qise::{Problem, Stop, solve};
//!
//! let nine = Time(1_795_482_000); // 2026-11-24T09:00+08:00
//! let morning = Window::new(nine, nine + Seconds::hours(2));
//!
//! let mut b = Problem::builder("two doors in Bayanhot");
//! let car = b.profile("car", TravelRule::great_circle(35_000, 1300)); // 35 km/h on roads, 30 % longer than straight
//! let (centre, east) = (b.place("centre", 38.833, 105.665), b.place("east", 38.835, 105.700));
//! let care = b.skill("care", 3);
//! b.volunteer("bat", centre, car).skill(care, 2).shift(nine, nine + Seconds::hours(4));
//! b.need("bandage", east, morning, Seconds::minutes(20)).skill(care, 2).priority(5);
//! b.need("tap", centre, morning, Seconds::minutes(30));
//! let problem = b.build()?; // or every fault at once
//!
//! let solved = solve(&problem, &Options::default(), &Stop::iterations(500));
//! for route in &solved.plan.routes {
//!     let who = problem.volunteer(problem.unit(route.unit).volunteer);
//!     for visit in &route.visits {
//!         println!("{} serves {} at {}", who.key, problem.need(visit.need).key, visit.start);
//!     }
//! }
//! assert!(solved.evaluation.is_valid());
//! assert_eq!(solved.plan.served(), 2);
//! # Ok::<(), qise::Faults>(())
//! ```
//!
//! Programs to start from are in `examples/`: `solve`, `rank` (who could go now), `embed` (a search beside a service, watched and
//! cancelled), `own_travel` (travel times of one's own).
//!
//! | module | what it does |
//! | --- | --- |
//! | [`model`] | what the world looks like: needs, people, places, vehicles, goods, an objective |
//! | [`plan`] | what an answer looks like, and how it is judged |
//! | [`eligibility`] | who could serve what with nothing else to do, and which rule excludes the others |
//! | [`assignment`] | the cheapest assignment of rows to columns, exact |
//! | [`solve`](mod@solve) | finds a plan |
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
#[cfg(test)]
mod tests;

#[cfg(test)]
extern crate self as qise;

pub use base::{Cancel, Lang, Stop, Text};
pub use model::{Faults, Problem, ProblemBuilder, ProblemData};
pub use plan::{Evaluation, Plan, Score, evaluate};
pub use query::PlanQuery;
pub use solve::{solve, spawn};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
