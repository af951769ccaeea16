//! Numbers of needs, people and offers, moments, and enums whose variants have a stable code.

mod coded_enum;
mod number;

pub(crate) use coded_enum::coded_enum;
pub use number::{Moment, NeedNo, OfferNo, PersonNo, Seconds};
