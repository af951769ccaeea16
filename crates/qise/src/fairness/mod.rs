//! How evenly the load is shared among those who offered time, and how evenly service reaches areas and kinds of need; and what more
//! fairness costs.
//!
//! Shares are integers; means and measures of inequality are floating point, which nothing but people reads.

mod evenness;
mod frontier;
mod load;
mod service;

pub use evenness::{Evenness, Share};
pub use frontier::{Frontier, Mark, Point, frontier, frontier_with, weighed};
pub use load::{Load, PersonLoad, load};
pub use service::{Group, GroupOf, by_area, by_category, by_project, evenness};
