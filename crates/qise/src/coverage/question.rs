//! What is asked: what is to be covered, when, within what time, and for what.

use super::error::CoverageError;
use super::point::Point;
use super::requirement_profile::RequirementProfile;
use crate::base::Spent;
use crate::model::{Problem, Seconds, Time};

/// What is to be covered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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

    pub(crate) fn check(&self, problem: &Problem) -> Result<(), CoverageError> {
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

    pub(crate) fn counts(&self, category: Option<crate::model::CategoryId>) -> bool {
        self.categories.is_empty() || category.is_some_and(|category| self.categories.contains(&category))
    }
}

/// Goes on only while the budget lasts.
pub(crate) fn go_on(spent: Spent<'_>) -> Result<(), CoverageError> {
    if spent() >= 1.0 { Err(CoverageError::Stopped) } else { Ok(()) }
}
