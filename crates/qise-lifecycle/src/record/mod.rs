//! What is kept of a need, its members and its offers, and of a person.

mod facts;
mod limits;
mod member;
mod need;
mod offer;
mod person;

pub use facts::{Facts, FactsFault, Lending};
pub use limits::Limits;
pub use member::Member;
pub use need::{Asked, Hold, Loan, Need, Raised};
pub use offer::Offer;
pub(crate) use person::{NOBODY, put, take};
pub use person::{Person, PersonState};
