//! Crews: the roles of a need, when they start, and what must be true of the people together.

use super::{Load, Metres, Preference, Quality, Requirement, Seconds, Time, VolunteerId};

/// One place in the crew of a need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Who may fill it.
    pub requires: Requirement,
    /// Who should rather fill it.
    pub prefers: Vec<Preference>,
    /// How many people; they start together.
    pub count: u32,
    /// How long the service takes a person of ordinary pace, where that differs from the stop's.
    pub service: Option<Seconds>,
    /// Dignity: nobody who lives nearer than this: as the crow flies, or by the person's own matrix without coordinates.
    pub min_home_distance: Metres,
    /// Service times of certain people, instead of the stop's.
    pub service_by: Vec<(VolunteerId, Seconds)>,
    /// What each person brings from the start of the route; each dimension at most once.
    pub load: Vec<Load>,
    /// Who fills it is settled already; only where one person does.
    pub pin: Option<Pin>,
}

/// An assignment that is settled.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The person who goes.
    pub volunteer: VolunteerId,
    /// The start that was agreed, when one was.
    pub start: Option<Time>,
}

/// When one role starts after another. A role that no gap names as `to`, and no overlap as `other`, starts together with the first
/// role.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartGap {
    /// The role that starts first, by its place in the list.
    pub from: u16,
    /// The role that follows.
    pub to: u16,
    /// It starts no sooner after the first.
    pub min: Seconds,
    /// It starts no later after the first.
    pub max: Seconds,
}

impl StartGap {
    /// Gaps that hold roles to just these starts, one for each role.
    pub fn exact(starts: &[Time]) -> Vec<Self> {
        let Some((&first, others)) = starts.split_first() else { return Vec::new() };
        let gap = |(role, &start): (usize, &Time)| {
            let after = start - first;
            Self { from: 0, to: role as u16 + 1, min: after, max: after }
        };
        others.iter().enumerate().map(gap).collect()
    }
}

/// Two roles whose people are at work together for a while. The second need not start with the first role.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// One role, by its place in the list.
    pub one: u16,
    /// The other.
    pub other: u16,
    /// From the later start to the sooner end at least.
    pub least: Seconds,
}

/// What must be true of the people of a crew together.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrewRules {
    /// All are members of one team.
    pub same_team: bool,
    /// How many of them hold what.
    pub tallies: Vec<Tally>,
}

/// How many people of a crew hold a quality: at least one from a team, at most two newcomers.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The quality.
    pub quality: Quality,
    /// No fewer people hold it.
    pub min: u32,
    /// No more people hold it.
    pub max: Option<u32>,
}

impl Role {
    /// A role for one person who meets `requires`.
    pub fn new(requires: Requirement) -> Self {
        Self {
            requires,
            prefers: Vec::new(),
            count: 1,
            service: None,
            min_home_distance: Metres::ZERO,
            service_by: Vec::new(),
            load: Vec::new(),
            pin: None,
        }
    }
}

impl CrewRules {
    /// Whether nothing is asked of the people together.
    pub fn is_empty(&self) -> bool {
        !self.same_team && self.tallies.is_empty()
    }
}

impl Pin {
    /// This person goes, at whatever time.
    pub fn new(volunteer: impl Into<VolunteerId>) -> Self {
        Self { volunteer: volunteer.into(), start: None }
    }
}

impl StartGap {
    /// One role starts so long after another.
    pub fn new(from: u16, to: u16, min: Seconds, max: Seconds) -> Self {
        Self { from, to, min, max }
    }
}

impl Overlap {
    /// The people of two roles are at work together for so long at least.
    pub fn new(one: u16, other: u16, least: Seconds) -> Self {
        Self { one, other, least }
    }
}

impl Tally {
    /// At least so many hold the quality.
    pub fn at_least(min: u32, quality: Quality) -> Self {
        Self { quality, min, max: None }
    }

    /// No more than so many hold the quality.
    pub fn at_most(max: u32, quality: Quality) -> Self {
        Self { quality, min: 0, max: Some(max) }
    }
}
