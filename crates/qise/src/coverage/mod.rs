//! Coverage (15分钟志愿服务圈): which share of needs, residents and land has a capable team within so many minutes, by category and
//! hour; where the gaps are; and where the next teams would help most.
//!
//! A crew is *there* at a moment when for each of its roles there are as many people who meet the requirement, are on duty at
//! that moment, and get there within the limit and their own radius: all different people, each by their own means from where the
//! shift starts, on the direct way as the judge counts it (slow-downs of the day included). What only a plan decides is not asked:
//! other work, service and the way back, loads, goods, vehicles, and what holds for a crew together.
//!
//! A need is evaluated with its own requirements, at the moments at which it may start. Points with
//! residents, and cells of land, are evaluated with every [`RequirementProfile`] of the question,
//! weighted by its frequency.

mod count;
pub(crate) mod duty_location;
mod error;
mod gaps;
mod layer;
mod measure;
mod nearest;
mod point;
mod question;
mod region;
pub(crate) mod requirement_profile;
mod sites;
mod tree;

use crate::base::Stop;
use crate::model::Problem;

pub use error::CoverageError;
pub use gaps::{Gap, gaps};
pub use layer::{Layer, Measure, Row, Share};
pub use nearest::nearest_crew;
pub use point::{Point, Where};
pub use question::{Demand, Question};
pub use region::{Cell, Grid, Region};
pub use requirement_profile::RequirementProfile;
pub use sites::{Chosen, Method, Placement, Sites, Team, place};

/// How well the people of a problem cover a demand.
///
/// # Errors
/// What is wrong with the question or the points, or that `stop` was over before there was an answer.
pub fn coverage(
    problem: &Problem,
    demand: &Demand,
    question: &Question,
    stop: &Stop,
) -> Result<Layer, CoverageError> {
    question.check(problem)?;
    measure::measure(problem, demand, question, &|| stop.spent())
}
