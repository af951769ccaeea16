//! What people can do and are: skills with levels, credentials, languages, and what a role asks of them.

use super::{CategoryId, SkillId, TeamId, Time, VolunteerId};

/// The kind of a [`Skill`]; it changes nothing but the words of an explanation.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SkillKind {
    /// Something a person can do.
    #[default]
    Skill,
    /// A paper that allows it: a licence, a check of conduct, a training record.
    Credential,
    /// A language spoken.
    Language,
}

/// A skill, credential or language that people hold at a level.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// What kind of thing it is.
    pub kind: SkillKind,
    /// Levels run from 1 to this number.
    pub levels: u8,
}

/// A skill at a level.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillLevel {
    /// The skill.
    pub skill: SkillId,
    /// 1 or more; who asks for a level accepts every higher one.
    pub level: u8,
}

/// A skill that a person holds.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The skill and its level.
    pub what: SkillLevel,
    /// From this moment on it no longer counts: a visit that asks for it ends by then, whatever the shift. Wishes, and what a crew asks of
    /// its people together, ask for it to the end of the shift; what is excluded is so for the whole shift in which it runs out.
    pub expires: Option<Time>,
}

/// As far as wishes of residents ask for it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// 女.
    Female,
    /// 男.
    Male,
}

/// Something that is true of a person or not.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Holds the skill at this level or higher.
    Skill(SkillLevel),
    /// Is of this gender.
    Gender(Gender),
    /// Is a member of this team.
    Team(TeamId),
    /// Is a member of a team of this category.
    Category(CategoryId),
    /// Is this person.
    Volunteer(VolunteerId),
}

/// What a role asks of the person who fills it. The empty requirement suits everybody.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// All of these must be true.
    pub all: Vec<Quality>,
    /// Of each of these lists at least one must be true.
    pub any: Vec<Vec<Quality>>,
    /// None of these may be true.
    pub none: Vec<Quality>,
}

/// A wish that may be broken at a price.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preference {
    /// What is wished, or not.
    pub quality: Quality,
    /// True: wished. False: better not.
    pub wanted: bool,
    /// The price of breaking it, in the units of the objective term `preferences`.
    pub price: u32,
}

impl Skill {
    /// Something that a person can do, with levels from 1 to `levels`.
    pub fn new(key: impl Into<String>, levels: u8) -> Self {
        Self { key: key.into(), name: None, kind: SkillKind::Skill, levels }
    }
}

impl SkillLevel {
    /// A skill at a level.
    pub fn new(skill: impl Into<SkillId>, level: u8) -> Self {
        Self { skill: skill.into(), level }
    }
}

impl Held {
    /// Held for good.
    pub fn new(skill: impl Into<SkillId>, level: u8) -> Self {
        Self { what: SkillLevel::new(skill, level), expires: None }
    }
}

impl Quality {
    /// Holds the skill at this level or higher.
    pub fn skill(skill: impl Into<SkillId>, level: u8) -> Self {
        Self::Skill(SkillLevel::new(skill, level))
    }
}

impl Requirement {
    /// Nothing: everybody suits.
    pub fn none() -> Self {
        Self::default()
    }

    /// A skill at a level or higher.
    pub fn skill(skill: impl Into<SkillId>, level: u8) -> Self {
        Self::none().and(Quality::skill(skill, level))
    }

    /// A member of a team.
    pub fn team(team: impl Into<TeamId>) -> Self {
        Self::none().and(Quality::Team(team.into()))
    }

    /// This is true as well.
    #[must_use]
    pub fn and(mut self, quality: Quality) -> Self {
        self.all.push(quality);
        self
    }

    /// At least one of these is true as well.
    #[must_use]
    pub fn and_any(mut self, qualities: impl IntoIterator<Item = Quality>) -> Self {
        self.any.push(qualities.into_iter().collect());
        self
    }

    /// This is not true.
    #[must_use]
    pub fn and_not(mut self, quality: Quality) -> Self {
        self.none.push(quality);
        self
    }
}

impl Preference {
    /// Rather somebody of whom this is true.
    pub fn wanted(quality: Quality, price: u32) -> Self {
        Self { quality, wanted: true, price }
    }

    /// Rather nobody of whom this is true.
    pub fn unwanted(quality: Quality, price: u32) -> Self {
        Self { quality, wanted: false, price }
    }
}
