//! What would help: the cheapest changes that would let a need be served, each tried out by solving again, and what more people, hours and
//! skills would be worth to the whole plan.
//!
//! The rooms: `change` (one change, and a problem with it), `extent` (how far changes of each kind go), `newcomer` (people who could
//! join), `remedy` (changes that were tried out), `search` (the fewest and least of them), `worth` (the whole plan), `words`.

mod change;
mod changes;
mod extent;
mod newcomer;
mod remedy;
mod search;
mod words;
mod worth;

pub use change::Change;
pub use extent::Extent;
pub use remedy::{Prices, Remedy};
pub use search::{Improver, Options, Outcome, Status};
pub use worth::{Lever, Worth};
