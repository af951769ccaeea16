//! What would help: the cheapest changes that would let a need be served, each tried out by solving again, and what more people, hours and
//! skills would be worth to the whole plan.
//!
//! Its files: `change` (one change, and a problem with it), `limits` (how far changes of each kind go), `newcomer` (people who could
//! join), `suggestion` (changes that were tried out), `search` (the fewest and least of them), `worth` (the whole plan).

mod change;
mod changes;
pub(crate) mod limits;
mod newcomer;
mod search;
pub(crate) mod suggestion;
mod worth;

pub use change::Change;
pub use limits::ChangeLimits;
pub use search::{Improver, Options, Outcome, Status};
pub use suggestion::{Prices, Suggestion};
pub use worth::{Lever, Worth};
