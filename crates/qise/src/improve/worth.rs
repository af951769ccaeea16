//! What more people, hours, skills and reach are worth to the whole plan: shadow prices say where to look, a solve says what comes of it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::change::{Change, with};
use super::newcomer::free_key;
use super::search::Improver;
use super::suggestion::{left, per_minute};
use crate::base::Threads;
use crate::bound::{self, Duals};
use crate::model::{
    Held, Metres, PlaceId, Problem, Seconds, SkillId, SkillLevel, UnitId, Volunteer, VolunteerId,
};
use crate::plan::{Plan, evaluate};

/// What is changed for the whole plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    /// One more person like somebody: as able, from the same place, with the same hours.
    Join,
    /// Somebody is on duty an hour sooner.
    Sooner,
    /// Somebody is on duty an hour longer.
    Later,
    /// Somebody goes 30 km farther from home.
    Radius,
    /// Somebody learns a skill.
    Skill,
}

impl Lever {
    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Sooner => "sooner",
            Self::Later => "later",
            Self::Radius => "radius",
            Self::Skill => "skill",
        }
    }
}

/// A change for the whole plan, with what it is worth.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Worth {
    /// Of which sort it is.
    pub lever: Lever,
    /// The change.
    pub change: Change,
    /// How many others are worth as much for the same change: all equally able, at the same place, with the same hours.
    pub alike: usize,
    /// Its shadow price: the priority that it could win at the prices of the bound.
    pub price: f64,
    /// What it costs, in minutes of somebody's time.
    pub cost: i64,
    /// How much more priority is served, as a solve confirmed; nothing where it did not serve more.
    pub gain: i64,
    /// The plan with it.
    pub plan: Plan,
    /// The problem with it.
    pub problem: Problem,
}

/// An hour.
const LONGER: Seconds = Seconds(3600);
/// So much farther.
const FARTHER: Metres = Metres(30_000);
/// Rounds of pricing.
const ROUNDS: u64 = 200;
/// Prices below this are taken for nothing.
const LEAST: f64 = 0.01;

/// What a lever is worth with somebody.
struct Candidate {
    lever: Lever,
    skill: Option<SkillLevel>,
    who: VolunteerId,
    alike: usize,
    price: f64,
    cost: i64,
}

impl Improver<'_> {
    /// What would make the whole plan serve more: for each sort of change the `most` with the highest shadow price for their cost,
    /// each tried out by a solve, the most gain for its cost first. Nothing where the problem is too large for shadow prices.
    pub fn worths(&self, most: usize) -> Option<Vec<Worth>> {
        let options = bound::Options { rounds: Some(ROUNDS), ..bound::Options::default() };
        let work = || {
            let duals = Duals::new(self.problem, &options, &self.stop)?;
            let now = duals.of_shifts(self.problem)?;
            let mut candidates = Vec::new();
            for lever in self.levers() {
                if !self.is_over() {
                    candidates.extend(self.candidates(lever, &duals, &now).unwrap_or_default());
                }
            }
            candidates.sort_by(|one, other| one.cost_of_point().total_cmp(&other.cost_of_point()));
            let mut of_lever = BTreeMap::<Lever, usize>::new();
            candidates.retain(|candidate| {
                let count = of_lever.entry(candidate.lever).or_default();
                *count += 1;
                *count <= most
            });
            let mut tried =
                candidates.par_iter().filter_map(|candidate| self.worth(candidate)).collect::<Vec<_>>();
            tried.sort_by_key(|worth| (per_minute(worth.gain, worth.cost), worth.cost));
            Some(tried)
        };
        Threads::new(self.options.threads).install(work)
    }

    /// Everything that may be changed for anybody.
    fn levers(&self) -> Vec<(Lever, Option<SkillLevel>)> {
        let skills = self.problem.skills().iter().enumerate();
        let skills = skills.map(|(s, skill)| SkillLevel { skill: SkillId::new(s), level: skill.levels });
        [Lever::Join, Lever::Sooner, Lever::Later, Lever::Radius]
            .into_iter()
            .map(|lever| (lever, None))
            .chain(skills.map(|what| (Lever::Skill, Some(what))))
            .collect()
    }

    /// The change of a lever for one person; nothing where there is nothing to change.
    fn change(&self, lever: Lever, skill: Option<SkillLevel>, who: VolunteerId) -> Option<Change> {
        let volunteer = self.problem.volunteer(who);
        match lever {
            Lever::Join => Some(Change::Newcomer(Box::new(Volunteer { name: None, ..volunteer.clone() }))),
            Lever::Sooner => Some(Change::Hours { who, sooner: LONGER, later: Seconds::ZERO }),
            Lever::Later => Some(Change::Hours { who, sooner: Seconds::ZERO, later: LONGER }),
            Lever::Radius => volunteer.max_radius.map(|_| Change::Radius { who, by: FARTHER }),
            Lever::Skill => {
                let what = skill?;
                let enough = |held: &Held| held.what.skill == what.skill && held.what.level >= what.level;
                (!volunteer.holds.iter().any(enough)).then_some(Change::Skill { who, what })
            }
        }
    }

    /// What a lever is worth with each person, by shadow prices; those who are alike stand for each other.
    fn candidates(
        &self,
        (lever, skill): (Lever, Option<SkillLevel>),
        duals: &Duals,
        now: &[(UnitId, f64)],
    ) -> Option<Vec<Candidate>> {
        let problem = self.problem;
        let people = (0..problem.volunteers().len()).map(VolunteerId::new);
        let mut gains = vec![0.0; problem.volunteers().len()];
        let mut count = |problem: &Problem, of: &[(UnitId, f64)], sign: f64| {
            for &(unit, worth) in of {
                gains[problem.unit(unit).volunteer.index()] += sign * worth;
            }
        };
        if lever == Lever::Join {
            count(problem, now, 1.0);
        } else {
            let all = people.clone().filter_map(|who| self.change(lever, skill, who)).collect::<Vec<_>>();
            let changed = with(problem, &all)?;
            count(&changed, &duals.of_shifts(&changed)?, 1.0);
            count(problem, now, -1.0);
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut known = FxHashMap::<(u64, PlaceId), Vec<usize>>::default();
        for who in people.filter(|who| gains[who.index()] > LEAST) {
            let (volunteer, price) = (problem.volunteer(who), gains[who.index()]);
            let same = known.entry((price.to_bits(), volunteer.home)).or_default();
            let alike = |&at: &usize| {
                let other = problem.volunteer(candidates[at].who);
                other.holds == volunteer.holds && other.shifts == volunteer.shifts
            };
            if let Some(at) = same.iter().copied().find(alike) {
                candidates[at].alike += 1;
            } else if let Some(change) = self.change(lever, skill, who) {
                same.push(candidates.len());
                let cost = self.options.prices.of(&[change]);
                candidates.push(Candidate { lever, skill, who, alike: 0, price, cost });
            }
        }
        Some(candidates)
    }

    /// What comes of a candidate once the change is made.
    fn worth(&self, candidate: &Candidate) -> Option<Worth> {
        if self.is_over() {
            return None;
        }
        let &Candidate { lever, skill, who, alike, price, cost } = candidate;
        let mut change = self.change(lever, skill, who)?;
        if let Change::Newcomer(newcomer) = &mut change {
            newcomer.key = free_key(self.problem, 0);
        }
        let problem = with(self.problem, std::slice::from_ref(&change))?;
        let plan = self.solved(&problem, &self.plan);
        let gain = (self.left - left(&problem, &plan)).max(0);
        let valid = evaluate(&problem, &plan).is_valid();
        valid.then_some(Worth { lever, change, alike, price, cost, gain, plan, problem })
    }
}

impl Candidate {
    /// Minutes for each point of priority.
    fn cost_of_point(&self) -> f64 {
        self.cost.max(1) as f64 / self.price
    }
}
