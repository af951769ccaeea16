//! What an answer looks like, and how it is judged.

mod evaluation;
mod objective;
#[allow(clippy::module_inception)] // the file that holds `Plan`
mod plan;
mod violation;

pub use evaluation::{Evaluation, evaluate};
pub use objective::{Objective, Score, Term, Terms, Weighted};
pub use plan::{Call, Plan, Rest, Route, Step, Visit};
pub use violation::{Rule, Violation};
