//! A plan that lives: needs come, change and go, people come on duty and leave, somebody accepts and somebody withdraws, and every question
//! is answered as if all had been built anew.
//!
//! It owns its problem, and both change in place: a need takes the place of one in reserve, with room for as many visits, and a shift that
//! of another. Whatever hangs on them is brought up to date. What does not fit, or goes beyond what the problem has declared of itself, is answered
//! by building everything anew, which takes as long as at first. Ids of needs, people and places never move; those of units may when all is
//! built anew ([`LivePlan::rebuilds`] counts how often).

mod crew;
mod crews;
mod input;
mod kept;
mod needs;
mod people;
mod placing_again;
mod plan;
mod rebuild;
mod reserve;
mod seat;
mod seats;
mod state;
mod stock;
#[cfg(test)]
mod tests;
mod whole;

pub use input::NeedInput;
pub use kept::KeptRoutes;
pub use plan::LivePlan;
pub use seat::{NotCommitted, Seat};
pub use state::LiveState;
