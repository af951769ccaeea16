//! What is to be placed, and where it was placed.

use crate::coverage::{Measure, Where};
use crate::model::{GoodId, Problem, ProfileId, Seconds, TeamId, Volunteer};

/// What is placed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Team {
    /// People with the skills, profiles, radii and shifts given here. Where they live is not asked: they wait at the site.
    People(Vec<Volunteer>),
    /// A point that lends a good: what asks for it is covered when the way there takes no longer than the limit. Depots that keep
    /// the good are there already, at the moments at which a call may start. Only needs that ask to be brought the good, or to have it at hand, count.
    Lending {
        /// The good.
        good: GoodId,
        /// How the way is travelled.
        profile: ProfileId,
    },
}

impl Team {
    /// People like the members of a team.
    pub fn like(problem: &Problem, team: TeamId) -> Self {
        let members = problem.volunteers().iter().filter(|volunteer| volunteer.teams.contains(&team));
        Self::People(members.cloned().collect())
    }
}

/// How sites are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Greedy: the site that gains most, until all are placed; of equals the first.
    Greedy,
    /// The best choice, by branch and bound, or the best known after so many steps, with a bound on what any choice may gain.
    Exact {
        /// So many choices are looked at, at most.
        steps: u64,
    },
}

/// What is to be placed, where, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Sites {
    /// Where a team may be placed.
    pub candidates: Vec<Where>,
    /// How many teams.
    pub count: usize,
    /// Within which time somebody must be there.
    pub limit: Seconds,
    /// What each of them is.
    pub team: Team,
    /// How sites are chosen.
    pub method: Method,
}

/// A site that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its number among the candidates.
    pub candidate: usize,
    /// What it gains after those chosen before it: mass × weight.
    pub gain: u128,
}

/// Where teams are placed, and what that covers: all amounts are mass × weight, summed over moments and asks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placement {
    /// In what the demand is counted.
    pub measure: Measure,
    /// All that was asked.
    pub asked: u128,
    /// What was covered before.
    pub before: u128,
    /// The sites, the one that gains most first; fewer than asked for where no further one gains anything.
    pub chosen: Vec<Chosen>,
    /// What is covered with them.
    pub after: u128,
    /// What is covered with the sites that are chosen one after the other.
    pub greedy: u128,
    /// No choice of so many sites covers more than this.
    pub bound: u128,
    /// Choices looked at by branch and bound.
    pub steps: u64,
}

impl Placement {
    /// Whether no choice covers more.
    pub fn is_proven(&self) -> bool {
        self.after == self.bound
    }
}
