//! What is asked for, whoever asks: the roles of a crew, and how they become questions of counting.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::CoverageError;
use super::duty_location::Roster;
use crate::model::signature::CompiledRequirement;
use crate::model::{CategoryId, Need, NeedId, Problem, Quality, Requirement};

/// A crew that may be asked for: of each role so many people who meet its requirement, all different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementProfile {
    /// The kind of service.
    pub category: Option<CategoryId>,
    /// What each role requires, and how many people.
    pub roles: Vec<(Requirement, u32)>,
    /// How often it is asked for, against other asks: how many needs of the scenario ask for it.
    pub weight: u32,
}

impl RequirementProfile {
    /// Anybody at all.
    pub fn anybody() -> Self {
        Self::of_one(Requirement::default())
    }

    /// One person who meets a requirement.
    pub fn of_one(requirement: Requirement) -> Self {
        Self { category: None, roles: vec![(requirement, 1)], weight: 1 }
    }

    /// What a need asks for.
    pub fn of_need(need: &Need) -> Self {
        let roles = need.roles.iter().map(|role| (role.requires.clone(), role.count)).collect();
        Self { category: need.category, roles, weight: 1 }
    }

    /// What the needs of a problem ask for, each crew and category once, weighed by the number of needs that ask for it; of ways to do
    /// one thing the first asks. Anybody, where there are no needs.
    pub fn of_problem(problem: &Problem) -> Vec<Self> {
        let mut known = FxHashMap::<_, usize>::default();
        let mut asks: Vec<Self> = Vec::new();
        let mut requirements = Requirements::default();
        for need in problem.standing() {
            let ask = Self::of_need(problem.need(need));
            let key = (ask.category, requirements.crew(problem, &ask));
            if let Some(&n) = known.get(&key) {
                asks[n].weight = asks[n].weight.saturating_add(1);
            } else {
                known.insert(key, asks.len());
                asks.push(ask);
            }
        }
        if asks.is_empty() { vec![Self::anybody()] } else { asks }
    }

    /// Of each category the asks that are most frequent, so many of them; of equals the first. All of them where `most` is 0.
    pub fn most_frequent(asks: &[Self], most: usize) -> Vec<Self> {
        let rank = |(n, ask): (usize, &Self)| {
            let before = |(other, a): &(usize, &Self)| {
                a.category == ask.category && (a.weight, n) > (ask.weight, *other)
            };
            asks.iter().enumerate().filter(before).count()
        };
        let kept = asks.iter().enumerate().filter(|&ask| most == 0 || rank(ask) < most);
        kept.map(|(_, ask)| ask.clone()).collect()
    }

    /// Whether its ids, levels and counts are known to the problem.
    pub(super) fn check(&self, problem: &Problem) -> Result<(), CoverageError> {
        let known = |quality: &Quality| match *quality {
            Quality::Skill(what) => {
                let skill = problem.skills().get(what.skill.index());
                skill.is_some_and(|skill| (1..=skill.levels).contains(&what.level))
            }
            Quality::Gender(_) => true,
            Quality::Team(team) => team.index() < problem.teams().len(),
            Quality::Category(category) => category.index() < problem.categories().len(),
            Quality::Volunteer(volunteer) => volunteer.index() < problem.volunteers().len(),
        };
        let whole = |requirement: &Requirement| {
            let any = requirement.any.iter().flatten();
            requirement.all.iter().chain(any).chain(&requirement.none).all(known)
        };
        let category = self.category.is_none_or(|category| category.index() < problem.categories().len());
        if category && self.roles.iter().all(|(requirement, _)| whole(requirement)) {
            Ok(())
        } else {
            Err(CoverageError::UnknownId)
        }
    }
}

/// Distinct requirements, by number.
#[derive(Debug, Default)]
pub(super) struct Requirements {
    numbers: FxHashMap<CompiledRequirement, u32>,
    list: Vec<CompiledRequirement>,
}

impl Requirements {
    /// The distinct requirements of a crew and how many people each asks for, in order.
    pub(super) fn crew(&mut self, problem: &Problem, ask: &RequirementProfile) -> Vec<(u32, u32)> {
        let mut crew = BTreeMap::new();
        for (requirement, count) in &ask.roles {
            let compiled = problem.compile(requirement);
            let next = self.list.len() as u32;
            let number = *self.numbers.entry(compiled).or_insert_with_key(|compiled| {
                self.list.push(compiled.clone());
                next
            });
            let sum: &mut u32 = crew.entry(number).or_default();
            *sum = sum.saturating_add(*count);
        }
        crew.into_iter().filter(|&(_, count)| count > 0).collect()
    }
}

/// A question of counting: are there so many of these posts?
#[derive(Debug)]
pub(super) struct Query {
    /// The posts of the roster that would do, in order.
    pub(super) who: Vec<u32>,
    /// How many are asked for.
    pub(super) least: u16,
}

/// No crew asks for more distinct requirements than this, or for more people than counts can hold.
const MOST_ROLES: usize = 10;

/// The questions that decide about crews.
///
/// There are different people for all roles of a crew exactly when for every set of roles there are as many people who would do for
/// one of them as the set asks for (Hall 1935). Sets that fall apart into parts for which nobody would do in both say no
/// more than their parts.
#[derive(Debug)]
pub(super) struct Queries {
    pub(super) list: Vec<Query>,
    /// The queries of each crew: it is there where all say so.
    pub(super) of: Vec<Vec<u32>>,
}

impl Queries {
    /// The queries of crews, as [`Requirements::crew`] tells them.
    pub(super) fn new(
        problem: &Problem,
        roster: &Roster,
        requirements: &Requirements,
        crews: &[Vec<(u32, u32)>],
    ) -> Result<Self, CoverageError> {
        let meeting = Self::meeting(problem, roster, requirements);
        let overlaps = |a: &[u32], b: &[u32]| a.iter().any(|post| b.binary_search(post).is_ok());
        let mut keys = Vec::new();
        let mut known = FxHashMap::default();
        let mut touching = FxHashMap::default();
        let mut of = Vec::with_capacity(crews.len());
        for crew in crews {
            let people = crew.iter().fold(0_u32, |sum, (_, count)| sum.saturating_add(*count));
            if crew.len() > MOST_ROLES || people > u32::from(u16::MAX) {
                return Err(CoverageError::CrewTooLarge);
            }
            let mut touch = |a: usize, b: usize| {
                let (one, other) = (crew[a].0.min(crew[b].0), crew[a].0.max(crew[b].0));
                let asked = || overlaps(&meeting[one as usize], &meeting[other as usize]);
                a != b && *touching.entry((one, other)).or_insert_with(asked)
            };
            let mut of_role = |a| (0..crew.len()).filter(|&b| touch(a, b)).fold(0_u32, |set, b| set | 1 << b);
            let touches = (0..crew.len()).map(&mut of_role).collect::<Vec<_>>();
            let mut own = Vec::new();
            for set in (1..1_u32 << crew.len()).filter(|&set| hangs_together(set, &touches)) {
                let roles = (0..crew.len()).filter(|role| set >> role & 1 == 1);
                let least = roles.clone().map(|role| crew[role].1).sum::<u32>() as u16;
                let numbers = roles.map(|role| crew[role].0).collect::<Vec<_>>();
                let next = keys.len() as u32;
                own.push(*known.entry((numbers, least)).or_insert_with_key(|key| {
                    keys.push(key.clone());
                    next
                }));
            }
            of.push(own);
        }
        let query = |(numbers, least): &(Vec<u32>, u16)| {
            let lists = numbers.iter().map(|&number| &meeting[number as usize]);
            let everybody = lists.clone().find(|list| list.len() == roster.posts.len());
            let who = everybody.cloned().unwrap_or_else(|| {
                let mut who = lists.flatten().copied().collect::<Vec<_>>();
                who.sort_unstable();
                who.dedup();
                who
            });
            Query { who, least: *least }
        };
        Ok(Self { list: keys.par_iter().map(query).collect(), of })
    }

    /// For each requirement the posts whose people meet it.
    fn meeting(problem: &Problem, roster: &Roster, requirements: &Requirements) -> Vec<Vec<u32>> {
        let signatures = problem.signature_count() as u32;
        let meeting = |requirement: &CompiledRequirement| {
            let may = (0..signatures).map(|row| requirement.may_suit(problem.signature(row)));
            let may = may.collect::<Vec<_>>();
            let exact = requirement.names_ids();
            let suits = |post: &super::duty_location::DutyLocation| {
                may[problem.unit(post.unit).lasting as usize]
                    && (!exact || problem.meets(post.unit, requirement))
            };
            (0..).zip(&roster.posts).filter(|(_, post)| suits(post)).map(|(n, _)| n).collect()
        };
        requirements.list.par_iter().map(meeting).collect()
    }
}

/// Whether the roles of a set hang together, directly or by others of the set, because somebody would do for both.
fn hangs_together(set: u32, touches: &[u32]) -> bool {
    let mut reached = set & set.wrapping_neg();
    loop {
        let next = (0..touches.len())
            .filter(|role| reached >> role & 1 == 1)
            .fold(reached, |all, r| all | touches[r]);
        let next = next & set;
        if next == reached {
            return reached == set;
        }
        reached = next;
    }
}

/// What a need is measured by: each way to do it, with where and what it asks.
pub(super) fn ways(problem: &Problem, need: NeedId) -> Vec<NeedId> {
    let ways = problem.ways(need);
    if ways.is_empty() { vec![need] } else { ways.to_vec() }
}
