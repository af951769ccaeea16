//! Who could serve what with nothing else to do: the rules that exclude a person from a need for good, and the people who remain.

mod admission;
mod candidates;
mod company;
mod funnel;
mod obstacles;
mod pins;
mod reach;

pub(crate) use admission::Admission;
pub use candidates::{Candidates, able, candidates};
pub(crate) use candidates::{able_among, candidates_among};
pub use company::keeps_company;
pub use funnel::{Funnel, funnel};
pub use obstacles::{Cuts, fewest, obstacles};
pub use reach::{Cut, reach};
pub(crate) use reach::{earliest_start, latest_start, latest_start_by, may_go};
