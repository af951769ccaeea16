//! What is said of plans, as data: the same for the command line and for other languages.

mod choice;
mod compare;
mod fairness;
mod improve;
mod rank;

pub use choice::choice;
pub use compare::difference;
pub use fairness::{fairness, frontier};
pub use improve::{remedies, worths};
pub use rank::offers;
