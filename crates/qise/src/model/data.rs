//! The plain data of a problem, before it is checked.

use super::{
    Area, Calendar, Category, Depot, Dimension, Good, Link, Makespan, Need, NeedId, Objective, Place,
    Population, Previous, Profile, Project, Skill, Slowdown, Team, Vehicle, Volunteer, VolunteerId,
};

/// The plain data of a problem. Fill it, then build a [`Problem`](super::Problem) from it.
///
/// Ids are positions in these lists: `NeedId(3)` is `needs[3]`.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProblemData {
    /// Name for people.
    pub name: String,
    /// Places that anything else refers to.
    pub places: Vec<Place>,
    /// Parts of the land.
    pub areas: Vec<Area>,
    /// Ways of moving.
    pub profiles: Vec<Profile>,
    /// Spells of slow roads.
    pub slowdowns: Vec<Slowdown>,
    /// Skills, credentials and languages.
    pub skills: Vec<Skill>,
    /// In what loads are counted.
    pub dimensions: Vec<Dimension>,
    /// Kinds of things that are brought, lent and fetched.
    pub goods: Vec<Good>,
    /// Where they are kept.
    pub depots: Vec<Depot>,
    /// Vehicles that several people may take.
    pub vehicles: Vec<Vehicle>,
    /// Kinds of service.
    pub categories: Vec<Category>,
    /// Standing organisations.
    pub teams: Vec<Team>,
    /// People.
    pub volunteers: Vec<Volunteer>,
    /// Pairs of people who must not be in one crew.
    pub apart: Vec<(VolunteerId, VolunteerId)>,
    /// What needs are grouped by.
    pub projects: Vec<Project>,
    /// What is asked for.
    pub needs: Vec<Need>,
    /// How needs hang together.
    pub links: Vec<Link>,
    /// When days begin, where links count them.
    pub calendar: Calendar,
    /// Ways to do one thing: of each list one need at most is served, and together they count as one need, worth as much as the
    /// dearest of them. The first stands for all of them while none is served.
    pub choices: Vec<Vec<NeedId>>,
    /// Groups of needs of which it counts when the last is done.
    pub makespans: Vec<Makespan>,
    /// What may be spent on needs that are handed to others, in the currency of [`Need::outsource`].
    pub outsourcing: u32,
    /// Where residents live.
    pub population: Vec<Population>,
    /// What makes a plan good.
    pub objective: Objective,
    /// The plan that people were told already.
    pub previous: Option<Previous>,
}

impl ProblemData {
    /// Data with the seven categories built in and nothing else.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), categories: Category::seven_colours(), ..Self::default() }
    }
}
