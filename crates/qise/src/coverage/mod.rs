//! Coverage (15分钟志愿服务圈): which share of needs, residents and land has a capable team within so many minutes, by category and
//! hour; where the gaps are; and where the next teams would help most.
//!
//! A crew is *there* at a moment when for each of its roles there are as many people who meet the requirement, are on duty at
//! that moment, and get there within the limit and their own radius: all different people, each by their own means from where the
//! shift starts, on the direct way as the judge counts it (slow-downs of the day included). What only a plan decides is not asked:
//! other work, service and the way back, loads, goods, vehicles, and what holds for a crew together.
//!
//! Needs are asked about by what they ask themselves, at the moments at which they may start. Points with residents, and cells of land, are
//! asked about by every [`RequirementProfile`] of the question, each as heavy as it is frequent.

mod count;
pub(crate) mod duty_location;
mod error;
mod gaps;
mod layer;
mod measure;
mod nearest;
mod point;
mod region;
pub(crate) mod requirement_profile;
mod sites;
mod tree;

use crate::base::Spent;
use crate::model::{Problem, Seconds, Time};

pub use error::CoverageError;
pub use gaps::{Gap, gaps};
pub use layer::{Layer, Measure, Row, Share};
pub use nearest::nearest_crew;
pub use point::{Point, Where};
pub use region::{Cell, Grid, Region};
pub use requirement_profile::RequirementProfile;
pub use sites::{Chosen, Method, Placement, Sites, Team, place};

/// What is to be covered.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// The needs of the problem, each once; of ways to do one thing one is enough.
    Needs,
    /// Points by their residents.
    Residents(Vec<Point>),
    /// Points by the land that they stand for.
    Land(Vec<Point>),
}

/// When, within what time, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// At which moments somebody calls; in order.
    pub moments: Vec<Time>,
    /// How long each moment stands for: a need is asked about at the moments whose span meets one of its windows.
    pub span: Seconds,
    /// Within which times somebody must be there; in order.
    pub limits: Vec<Seconds>,
    /// What may be asked for at points; needs ask for themselves.
    pub asks: Vec<RequirementProfile>,
    /// Only needs of these categories count; all where the list is empty.
    pub categories: Vec<crate::model::CategoryId>,
}

impl Question {
    /// The most moments.
    pub const MOST_MOMENTS: usize = 10_000;
    /// The most limits.
    pub const MOST_LIMITS: usize = 100;

    fn check(&self, problem: &Problem) -> Result<(), CoverageError> {
        let ordered = |limits: &[Seconds]| limits.windows(2).all(|pair| pair[0] < pair[1]);
        let in_range = |limit: &Seconds| (Seconds::ZERO..=Seconds::LIMIT).contains(limit);
        if self.limits.is_empty() || self.limits.len() > Self::MOST_LIMITS {
            return Err(CoverageError::Limits);
        }
        if !ordered(&self.limits) || !self.limits.iter().chain([&self.span]).all(in_range) {
            return Err(CoverageError::Limits);
        }
        let moments = &self.moments;
        if moments.is_empty() || moments.len() > Self::MOST_MOMENTS {
            return Err(CoverageError::Moments);
        }
        if !moments.windows(2).all(|pair| pair[0] < pair[1]) || !moments.iter().all(|m| m.in_limits()) {
            return Err(CoverageError::Moments);
        }
        if self.asks.is_empty() {
            return Err(CoverageError::Asks);
        }
        let weights = self.asks.iter().map(|ask| u64::from(ask.weight)).sum::<u64>();
        if weights == 0 || weights > u64::from(u32::MAX) {
            return Err(CoverageError::Asks);
        }
        if self.categories.iter().any(|category| category.index() >= problem.categories().len()) {
            return Err(CoverageError::UnknownId);
        }
        self.asks.iter().try_for_each(|ask| ask.check(problem))
    }

    fn counts(&self, category: Option<crate::model::CategoryId>) -> bool {
        self.categories.is_empty() || category.is_some_and(|category| self.categories.contains(&category))
    }
}

/// How well the people of a problem cover a demand.
///
/// # Errors
/// What is wrong with the question or the points, or that the budget was `spent` before there was an answer.
pub fn coverage(
    problem: &Problem,
    demand: &Demand,
    question: &Question,
    spent: Spent<'_>,
) -> Result<Layer, CoverageError> {
    question.check(problem)?;
    measure::measure(problem, demand, question, spent)
}

/// Goes on only while the budget lasts.
fn go_on(spent: Spent<'_>) -> Result<(), CoverageError> {
    if spent() >= 1.0 { Err(CoverageError::Stopped) } else { Ok(()) }
}
