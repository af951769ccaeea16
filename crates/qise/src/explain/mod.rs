//! Why a need is not served.

mod crowd;
mod reason;
mod shortage;
mod words;

pub use crowd::Crowd;
pub use reason::{Reason, Verdict, reason, reasons};
pub use shortage::Shortage;
