//! A plan made by hand: who goes where in which order, with as many times as somebody cared to state.
//!
//! What is left out is filled in by the earliest timing ([`Draft::dated`]); the judge then judges the plan like any other. What is stated
//! stays as it is stated, even where it breaks a rule.
//!
//! Times are filled in by a forward pass over the routes, repeated until crews and links hold; it is given up if it finds no end. It shares
//! nothing with the timing of the search.

mod bonds;
mod dated;
mod records;
mod timing;

pub use records::{Draft, DraftCall, DraftRoute, DraftVisit};
