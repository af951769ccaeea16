//! What is said of plans, as data: the same for the command line and for other languages.

mod compare;
mod fairness;
mod rank;

pub use compare::difference;
pub use fairness::{fairness, frontier};
pub use rank::offers;
