//! Why a need is not served; and of one that is, why by those who serve it.
//!
//! A verdict is a proof or says that it is none. *Impossible* is what eligibility excludes, or what nobody can fit into an empty route
//! where no detour is quicker; which rules are to blame is found by dropping them one at a time. Who could serve a need alone is said
//! only of a plan that was judged. That something must be given up is proven on the quickest roads, for the few people who alone could
//! serve the need and some others; what could be given up is tried in the plan itself.

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
