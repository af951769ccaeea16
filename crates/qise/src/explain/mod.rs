//! Why a need is not served.

mod reason;
mod shortage;

pub use reason::{Reason, Verdict, reason, reasons};
pub use shortage::Shortage;
