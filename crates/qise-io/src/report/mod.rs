//! What is said of plans, as data: the same for the command line and for other languages.

mod bound;
mod choice;
mod compare;
mod explain;
mod fairness;
mod improve;
mod rank;
mod rules;

pub use bound::bound;
pub use choice::choice;
pub use compare::difference;
pub use explain::{served, unserved};
pub use fairness::{fairness, frontier};
pub use improve::{remedies, worths};
pub use rank::offers;
pub use rules::rules;
