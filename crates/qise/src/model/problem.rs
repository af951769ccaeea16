//! A problem: immutable, and valid once built.

mod build;
mod by_key;
mod demand;
pub(crate) mod edit;
mod identity;
mod keys;
mod pairs;
pub(crate) mod regime;
pub(crate) mod restored;
mod restricted;
mod supply;
mod term_range;
pub(crate) mod vacant;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar::Calendar;
use super::outlines::Outlines;
use super::place::Place;
use super::regime::Regime;
use super::signature::{CompiledRequirement, Signatures};
use super::slot::Spans;
use super::travel_table::Travel;
use super::{
    Area, AreaId, Category, Depot, Dimension, Fingerprint, Good, Link, Makespan, Need, NeedId, Objective,
    Population, Previous, PreviousVisit, ProblemBuilder, ProblemData, Profile, Project, Seconds, Skill, Slot,
    Slowdown, Team, Unit, Vehicle, Volunteer, VolunteerId, Window,
};
use by_key::ByKey;
pub use restricted::Restriction;

/// Needs, people, and how a plan for them is judged: immutable, and valid once built.
///
/// Cloning is cheap: the parts are shared. A variant is made by [`Problem::replace`].
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// let need = problem.need_id("visit").expect("there is such a need");
/// assert_eq!(problem.need(need).priority, 1);
/// let urgent = problem.replace(|data| data.needs[need.index()].priority = 5)?;
/// assert_eq!((urgent.need(need).priority, problem.need(need).priority), (5, 1));
/// # Ok::<(), qise::Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct Problem {
    name: Arc<str>,
    supply: Arc<Supply>,
    demand: Arc<Demand>,
    objective: Arc<Objective>,
    previous: Option<Arc<PreviousPlan>>,
    fingerprint: OnceLock<Fingerprint>,
    regime: OnceLock<Arc<Regime>>,
}

/// The people, the land between them, and what follows from both.
#[derive(Clone, Debug)]
struct Supply {
    places: Vec<Place>,
    areas: Vec<Area>,
    area_of: Vec<Option<AreaId>>,
    outlines: Outlines,
    profiles: Vec<Profile>,
    slowdowns: Vec<Slowdown>,
    skills: Vec<Skill>,
    dimensions: Vec<Dimension>,
    goods: Vec<Good>,
    depots: Vec<Depot>,
    /// How much of each kind of goods all depots together have to give, some of it in time; nothing where none keeps it.
    kept: Vec<Option<i64>>,
    vehicles: Vec<Vehicle>,
    categories: Vec<Category>,
    teams: Vec<Team>,
    volunteers: Vec<Volunteer>,
    apart: Vec<(VolunteerId, VolunteerId)>,
    /// The same pairs, the lower id first.
    are_apart: FxHashSet<(VolunteerId, VolunteerId)>,
    population: Vec<Population>,
    units: Vec<Unit>,
    units_of: Vec<Range<u32>>,
    places_by_key: ByKey,
    volunteers_by_key: ByKey,
    /// Squared chord around each home beyond which the person's radius surely ends.
    radius_chord2: Vec<f64>,
    signatures: Signatures,
    travel: Travel,
}

/// The needs, and what follows from them.
#[derive(Clone, Debug)]
struct Demand {
    projects: Vec<Project>,
    needs: Vec<Need>,
    by_key: ByKey,
    links: Vec<Link>,
    calendar: Calendar,
    /// The links that ask for the same people at a price.
    acquaintances: Vec<(NeedId, NeedId, u32)>,
    choices: Vec<Vec<NeedId>>,
    /// In which of the choices a need is.
    choice_of: FxHashMap<NeedId, u32>,
    makespans: Vec<Makespan>,
    outsourcing: u32,
    /// The needs that the budget allows to hand to others.
    outsourceable: Vec<NeedId>,
    has_rides: bool,
    has_goods: bool,
    /// How much of each kind of goods needs give away.
    collected: Vec<i64>,
    /// How much of each kind of goods needs take.
    delivered: Vec<i64>,
    slots: Vec<Slot>,
    spans: Spans,
    /// What each slot asks of a person.
    requirements: Vec<CompiledRequirement>,
    /// Start gaps between the roles of each need that asks for a crew, in the order of the needs.
    start_gaps: FxHashMap<NeedId, Vec<Vec<Option<Seconds>>>>,
    /// Whether each need's starts are bound by a hard promise, and the windows that remain.
    windows: Vec<Vec<Window>>,
}

#[derive(Debug)]
struct PreviousPlan {
    data: Previous,
    by_need: Vec<PreviousVisit>,
}

impl Problem {
    /// Puts a problem together, one entry at a time.
    pub fn builder(name: impl Into<String>) -> ProblemBuilder {
        ProblemBuilder::new(name)
    }

    /// A copy of the data this problem was built from.
    pub fn to_data(&self) -> ProblemData {
        let supply = &*self.supply;
        ProblemData {
            name: self.name.to_string(),
            places: supply.places.clone(),
            areas: supply.areas.clone(),
            profiles: supply.profiles.clone(),
            slowdowns: supply.slowdowns.clone(),
            skills: supply.skills.clone(),
            dimensions: supply.dimensions.clone(),
            goods: supply.goods.clone(),
            depots: supply.depots.clone(),
            vehicles: supply.vehicles.clone(),
            categories: supply.categories.clone(),
            teams: supply.teams.clone(),
            volunteers: supply.volunteers.clone(),
            apart: supply.apart.clone(),
            projects: self.demand.projects.clone(),
            needs: self.demand.needs.clone(),
            links: self.demand.links.clone(),
            calendar: self.demand.calendar.clone(),
            choices: self.demand.choices.clone(),
            makespans: self.demand.makespans.clone(),
            outsourcing: self.demand.outsourcing,
            population: supply.population.clone(),
            objective: (*self.objective).clone(),
            previous: self.previous.as_ref().map(|p| p.data.clone()),
        }
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What makes a plan good.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The plan that people were told already.
    pub fn previous(&self) -> Option<&Previous> {
        self.previous.as_ref().map(|p| &p.data)
    }
}
