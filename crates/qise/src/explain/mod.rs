//! Why a need is not served.

mod reason;

pub use reason::{Reason, Verdict, reason, reasons};
