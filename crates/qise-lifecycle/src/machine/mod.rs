//! The four machines as tables: a state and the kind of an event give the next state, or nothing.
//!
//! Nothing is an error ([`Conflict`](crate::Conflict)) that names the state and the kind. The
//! tables are written out, pair by pair, in `docs/transitions.md`; a test keeps that page true.

mod assignment;
mod loan;
mod need;
mod offer;

pub use assignment::AssignmentState;
pub use loan::LoanState;
pub use need::{NeedState, Step};
pub use offer::OfferState;
