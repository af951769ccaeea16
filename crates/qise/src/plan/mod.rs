//! What an answer looks like, and how it is judged.

mod carried;
mod draft;
mod evaluation;
mod location;
mod on_board;
#[allow(clippy::module_inception)] // the file that holds `Plan`
mod plan;
mod previous;
mod route_starts;
mod score;
mod violation;

pub use carried::LeftOut;
pub use draft::{Draft, DraftCall, DraftRoute, DraftVisit};
pub(crate) use evaluation::worked;
pub use evaluation::{Evaluation, evaluate};
pub use location::{CallPart, Location, RoutePart, VisitPart};
pub use plan::{Call, Plan, Rest, Route, Step, Visit};
pub use route_starts::RouteStarts;
pub(crate) use route_starts::legs;
pub use score::Score;
pub use violation::{Detail, Quantity, Violation};
