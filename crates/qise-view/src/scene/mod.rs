//! What there is to draw: gathered from a scenario and its plan once, with every name, place, colour and time looked up.
//! Whoever draws knows nothing of the engine.

mod about;
mod gather;
mod local;

use qise::Lang;
use qise::model::{NeedId, VolunteerId};

use crate::ink::Colour;

pub(crate) use gather::gather;
pub(crate) use local::{Local, date, short_date};

/// Longitude and latitude in degrees.
pub(crate) type Point = (f64, f64);

/// How much is drawn at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Routes.
    pub(crate) routes: usize,
    /// Needs that no drawn route serves: so many unserved ones, and so many others.
    pub(crate) needs: usize,
    /// People on duty who have nothing to do.
    pub(crate) idle: usize,
}

/// What a filter may go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tags {
    /// Number of the category.
    pub(crate) category: Option<usize>,
    /// Number of the area.
    pub(crate) area: Option<usize>,
}

/// A need at one of its stops.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// The need.
    pub(crate) need: NeedId,
    /// Its name for people.
    pub(crate) name: String,
    /// The colour of its category.
    pub(crate) colour: Colour,
    /// Where it is, if that is known.
    pub(crate) at: Option<Point>,
    /// The name of the place.
    pub(crate) place: String,
    /// What the pointer tells.
    pub(crate) about: String,
    /// What a filter may go by.
    pub(crate) tags: Tags,
}

/// From one moment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its begin.
    pub(crate) from: Local,
    /// Its end.
    pub(crate) to: Local,
}

/// What is done at a stop.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// A need is served.
    Visit(Visit),
    /// Goods are taken or given at a depot.
    Call {
        /// The depot's name.
        name: String,
        /// What the pointer tells.
        about: String,
    },
}

/// A visit.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// The need that is served.
    pub(crate) spot: Spot,
    /// When it may start: of several windows that in which it does.
    pub(crate) window: Option<Span>,
    /// By how many seconds a promise is missed.
    pub(crate) late: i64,
}

/// A stop of a route.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    /// What is done there.
    pub(crate) what: What,
    /// When one leaves for it and arrives.
    pub(crate) way: Span,
    /// When it is done.
    pub(crate) done: Span,
}

/// A route: one outing of one person.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// Its number in the plan.
    pub(crate) number: usize,
    /// Whether it is somebody else's, with whom this person goes.
    pub(crate) follows: bool,
    /// Where it starts, if that is known.
    pub(crate) begin: Option<Point>,
    /// All points that it passes and that are known.
    pub(crate) way: Vec<Point>,
    /// From departure to finish.
    pub(crate) out: Span,
    /// The visits and calls, in order.
    pub(crate) stops: Vec<Stop>,
    /// The breaks.
    pub(crate) breaks: Vec<Span>,
    /// Metres on the road.
    pub(crate) metres: i64,
    /// Seconds on the road.
    pub(crate) travel: i64,
    /// What the pointer tells.
    pub(crate) about: String,
}

/// A person on duty.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Who it is.
    pub(crate) who: VolunteerId,
    /// Their name.
    pub(crate) name: String,
    /// The number of their first team.
    pub(crate) team: Option<usize>,
    /// Its name.
    pub(crate) team_name: String,
    /// The colour of its category.
    pub(crate) colour: Colour,
    /// Where they live.
    pub(crate) home: Option<Point>,
    /// Their shifts.
    pub(crate) shifts: Vec<Span>,
    /// Their routes, in the order of the plan; none of who is idle.
    pub(crate) routes: Vec<Route>,
}

impl Person {
    /// Their visits.
    pub(crate) fn visits(&self) -> impl Iterator<Item = (&Stop, &Visit)> {
        self.routes.iter().flat_map(|route| &route.stops).filter_map(|stop| match &stop.what {
            What::Visit(visit) => Some((stop, visit)),
            What::Call { .. } => None,
        })
    }
}

/// A need that nobody serves.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    /// The need.
    pub(crate) spot: Spot,
    /// Why nobody serves it.
    pub(crate) reason: String,
    /// What would help, the cheapest first; with its cost.
    pub(crate) remedies: Vec<String>,
    /// How much it matters.
    pub(crate) rank: String,
}

/// A place that has a mark of its own: a base or a depot.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// Where it is.
    pub(crate) at: Point,
    /// What stands beside it.
    pub(crate) name: String,
    /// What the pointer tells.
    pub(crate) about: String,
}

/// Everything that is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// The language of all words.
    pub(crate) lang: Lang,
    /// The name of the scenario.
    pub(crate) name: String,
    /// Who goes out, team by team.
    pub(crate) people: Vec<Person>,
    /// Who is on duty and has nothing to do; not all of them.
    pub(crate) idle: Vec<Person>,
    /// How many these are.
    pub(crate) all_idle: usize,
    /// How many routes the plan has, and how many of them are drawn.
    pub(crate) routes: (usize, usize),
    /// Needs that are served by a route that is not drawn.
    pub(crate) elsewhere: Vec<Spot>,
    /// Needs that are handed to others.
    pub(crate) outsourced: Vec<Spot>,
    /// Needs that nobody serves, the most important first; not all of them.
    pub(crate) left: Vec<Left>,
    /// How many these are.
    pub(crate) all_left: usize,
    /// How many needs there are; the ways to do one thing count once.
    pub(crate) asked: usize,
    /// Bases of teams, those of most teams first.
    pub(crate) bases: Vec<Mark>,
    /// Depots.
    pub(crate) depots: Vec<Mark>,
    /// Areas with their outlines.
    pub(crate) areas: Vec<(String, Vec<Point>)>,
    /// Places that have a name, and how many people live there.
    pub(crate) places: Vec<(Point, String, u64)>,
    /// Colour, number and name of each category that a need asks for.
    pub(crate) legend: Vec<(Colour, usize, String)>,
}

impl Scene {
    /// Needs served by a drawn route, each once a visit.
    pub(crate) fn served(&self) -> impl Iterator<Item = &Spot> {
        let visits = self.people.iter().flat_map(Person::visits);
        visits.map(|(_, visit)| &visit.spot)
    }

    /// Every route that is drawn on the map: those that are not somebody else's.
    pub(crate) fn routes(&self) -> impl Iterator<Item = (&Person, &Route)> {
        let routes = self.people.iter().flat_map(|person| person.routes.iter().map(move |r| (person, r)));
        routes.filter(|(_, route)| !route.follows)
    }

    /// Every need that is drawn.
    pub(crate) fn spots(&self) -> impl Iterator<Item = &Spot> {
        let left = self.left.iter().map(|left| &left.spot);
        self.served().chain(left).chain(&self.elsewhere).chain(&self.outsourced)
    }

    /// How many needs are drawn.
    pub(crate) fn drawn(&self) -> usize {
        let needs = self.spots().map(|spot| spot.need).collect::<std::collections::BTreeSet<_>>();
        needs.len()
    }
}
