//! Why a need is not served; and of one that is, why by those who serve it.

mod blame;
mod choice;
pub(crate) mod conflict_proof;
mod linked;
mod reason;
mod rules;
mod shortage;

pub use choice::{Choice, Decision, RunnerUp, choice};
pub use conflict_proof::Crowd;
pub use linked::Clash;
pub(crate) use reason::importance;
pub use reason::{Depth, Reason, Verdict, reason, reasons};
pub use rules::{Account, accounts};
pub use shortage::Shortage;
