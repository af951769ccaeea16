//! Why a need is not served; and of one that is, why by those who serve it.

mod choice;
mod crowd;
mod reason;
mod shortage;
mod words;

pub use choice::{Choice, Decision, RunnerUp, choice};
pub use crowd::Crowd;
pub use reason::{Reason, Verdict, reason, reasons};
pub use shortage::Shortage;
