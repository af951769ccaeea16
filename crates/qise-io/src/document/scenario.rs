//! The scenario as a whole.

use qise::model::Term;

use super::{
    Alternatives, Apart, Area, Depot, Dimension, Good, Link, Makespan, Need, Pair, Place, Population,
    Previous, Profile, Project, Skill, Slowdown, Team, Vehicle, Volunteer,
};
use crate::datum::Datum;
use crate::read::{Choice, Count, List, Str, Whole};

record! {
    /// Needs, people, and how a plan for them is judged.
    ///
    /// Ids are texts, any that are not empty. Times are ISO 8601 with an offset. Optional fields may be null.
    Scenario<'a> {
        /// Always "qise/scenario".
        #[schemars(extend("const" = "qise/scenario"))]
        required format: Str<'a>,
        /// Always 1.
        #[schemars(extend("const" = 1))]
        required version: Whole,
        /// Name for people.
        required name: Str<'a>,
        /// Anything worth saying; not kept when the scenario is written again.
        default note: Str<'a>,
        /// The zone of times without offset, of dates, and of the days of shifts: an IANA name or an offset such as +08:00. Times are written back in it. UTC when missing, and then every time needs its offset.
        default time_zone: Str<'a>,
        /// The datum of all coordinates of this document; must be stated where there is any.
        default datum: Choice<Datum>,
        /// Kinds of service beside the seven colours red, orange, yellow, green, white, blue and purple, which are always there; an entry with one of these ids changes its name or colour.
        default categories: List<Category<'a>>,
        /// Skills, credentials and languages.
        default skills: List<Skill<'a>>,
        /// In what loads are counted.
        default dimensions: List<Dimension<'a>>,
        /// Parts of the land.
        default areas: List<Area<'a>>,
        /// Ways of moving. When missing: one named "car", 60 km/h, detour 1.3.
        default profiles: List<Profile<'a>>,
        /// Spells of slow roads.
        default slowdowns: List<Slowdown<'a>>,
        /// Places that others refer to by id.
        default places: List<Place<'a>>,
        /// Kinds of things that are brought, lent and fetched.
        default goods: List<Good<'a>>,
        /// Where goods are kept.
        default depots: List<Depot<'a>>,
        /// Vehicles that several people may take, one at a time.
        default vehicles: List<Vehicle<'a>>,
        /// Standing organisations of volunteers.
        default teams: List<Team<'a>>,
        /// People.
        required volunteers: List<Volunteer<'a>>,
        /// What the office groups needs by, for reports.
        default projects: List<Project<'a>>,
        /// What residents ask for.
        required needs: List<Need<'a>>,
        /// People or teams that must not, should rather or should rather not serve a need; the same as in the need itself.
        default pairs: List<Pair<'a>>,
        /// How needs hang together.
        default links: List<Link<'a>>,
        /// Ways to do one thing: needs of which one is served at most.
        default choices: List<Alternatives<'a>>,
        /// Pairs of people who must not be in one crew.
        default apart: List<Apart<'a>>,
        /// Groups of needs of which it counts when the last is done, for the term "makespan".
        default makespans: List<Makespan<'a>>,
        /// What may be spent on needs that are handed to others; 0 when missing.
        default outsourcing: Count<0, { u32::MAX as i64 }>,
        /// Where residents live, for coverage and equity.
        default population: List<Population<'a>>,
        /// What makes a plan good: levels of weighted terms, the first level before all others. Less is better.
        default objective: List<List<Weighted>>,
        /// The plan that people were told already, and the prices of changing it.
        default previous: Previous<'a>,
    }
}

impl Scenario<'_> {
    /// The value of `format`.
    pub(crate) const FORMAT: &'static str = "qise/scenario";
}

record! {
    /// A kind of service.
    Category<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// English name.
        default name: Str<'a>,
        /// Chinese name.
        default name_zh: Str<'a>,
        /// Colour for maps and tables, as #rrggbb.
        #[schemars(extend("pattern" = "^#[0-9A-Fa-f]{6}$"))]
        default colour: Str<'a>,
    }
}

record! {
    /// A term of the objective with its weight.
    Weighted {
        /// The term.
        required term: Choice<Term>,
        /// Its weight within its level; 1 when missing.
        default weight: Count<1, 1_000_000_000>,
    }
}
