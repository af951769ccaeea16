//! Who could serve what with nothing else to do: the rules that exclude a person from a need for good, and the people who remain.

mod candidates;
pub(crate) mod compatibility;
pub(crate) mod course;
mod crew;
pub(crate) mod exclusion;
mod funnel;
mod obstacles;
mod pins;
mod rest;
mod rules;
mod starts;

pub use candidates::{Candidates, able, candidates};
pub(crate) use candidates::{able_among, candidates_among};
pub(crate) use compatibility::Compatibility;
pub use crew::crew_compatible;
pub(crate) use exclusion::may_go;
pub use exclusion::{Exclusion, can_reach};
pub use funnel::{Funnel, funnel};
pub use obstacles::{ExclusionSet, obstacles, smallest_exclusion};
pub use rules::exclusions;
pub(crate) use starts::{earliest_start, latest_start, latest_start_by};
