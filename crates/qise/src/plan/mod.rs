//! What an answer looks like, and how it is judged.

mod carried;
mod draft;
mod evaluation;
mod objective;
#[allow(clippy::module_inception)] // the file that holds `Plan`
mod plan;
mod violation;

pub use carried::LeftOut;
pub use draft::{Draft, DraftCall, DraftRoute, DraftVisit};
pub use evaluation::{Evaluation, evaluate};
pub(crate) use evaluation::{legs, worked};
pub use objective::{Objective, Score, Term, Terms, Weighted};
pub use plan::{Call, Plan, Rest, Route, Step, Visit};
pub use violation::{Rule, Violation};
