//! A plan: who goes where, when; and who is left.
//!
//! A call at a depot is no visit: a route lists calls apart, with what is taken and given; its steps are both in order.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Amount, DepotId, Fingerprint, NeedId, PlaceId, Problem, Seconds, Time, UnitId};

/// Who goes where, when; and which needs nobody serves.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::plan::{Plan, Route, Visit, evaluate};
///
/// // A plan made by hand: who lets the search make it need not know how it is built.
/// let unit = problem.units_of(*bat).next().expect("one shift");
/// let mut plan = Plan::empty(&problem);
/// let (arrival, end) = (Time(1200), Time(1200) + Seconds::minutes(30));
/// plan.unserved.clear();
/// plan.routes.push(Route {
///     unit,
///     company: Vec::new(),
///     departure: Time(0),
///     visits: vec![Visit { need: *visit, role: 0, stop: 0, arrival, start: arrival, end }],
///     calls: Vec::new(),
///     breaks: Vec::new(),
///     finish: end + Seconds(1200),
/// });
/// assert!(evaluate(&problem, &plan).is_valid());
/// // The judge finds what does not hold: nobody is there so soon.
/// plan.routes[0].visits[0].arrival = Time(1);
/// assert!(!evaluate(&problem, &plan).is_valid());
/// # Ok::<(), qise::Faults>(())
/// ```
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One route for each unit that is sent out.
    pub routes: Vec<Route>,
    /// The needs that nobody serves; of the ways to do one thing the first, where none is taken.
    pub unserved: Vec<NeedId>,
    /// The needs that are handed to others.
    pub outsourced: Vec<NeedId>,
    /// The fingerprint of the problem whose ids these are. Without one the ids are taken at their word.
    pub fingerprint: Option<Fingerprint>,
}

/// The visits of one unit, in order.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose route it is.
    pub unit: UnitId,
    /// Who goes with them from start to end, as one party.
    pub company: Vec<UnitId>,
    /// When the unit leaves its start.
    pub departure: Time,
    /// The visits, in order.
    pub visits: Vec<Visit>,
    /// The calls at depots between them, in order.
    pub calls: Vec<Call>,
    /// The breaks taken between departure and finish.
    pub breaks: Vec<Rest>,
    /// When the unit is back, or done with the last visit where no end place is set.
    pub finish: Time,
}

/// One person's part in one need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The need.
    pub need: NeedId,
    /// Which of its roles.
    pub role: u16,
    /// Which of its stops.
    pub stop: u16,
    /// Arrival at the place.
    pub arrival: Time,
    /// Start of the service.
    pub start: Time,
    /// End of the service.
    pub end: Time,
}

/// A call at a depot, to take goods on board or to give them back.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The depot.
    pub depot: DepotId,
    /// It is made before the visit with this number, counted from 0; after the last where there is none.
    pub before: u32,
    /// Arrival at the place.
    pub arrival: Time,
    /// Its start.
    pub start: Time,
    /// Its end.
    pub end: Time,
    /// What is taken on board.
    pub takes: Vec<Amount>,
    /// What is given back.
    pub gives: Vec<Amount>,
}

/// What is done on a route, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'r> {
    /// A visit, with its number.
    Visit(usize, &'r Visit),
    /// A call, with its number.
    Call(usize, &'r Call),
}

impl Step<'_> {
    /// Its arrival.
    pub fn arrival(&self) -> Time {
        match self {
            Self::Visit(_, visit) => visit.arrival,
            Self::Call(_, call) => call.arrival,
        }
    }

    /// Its start.
    pub fn start(&self) -> Time {
        match self {
            Self::Visit(_, visit) => visit.start,
            Self::Call(_, call) => call.start,
        }
    }

    /// Its end.
    pub fn end(&self) -> Time {
        match self {
            Self::Visit(_, visit) => visit.end,
            Self::Call(_, call) => call.end,
        }
    }
}

impl Route {
    /// Visits and calls in the order in which they are made. Calls that name no place between the visits come last.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let count = self.visits.len();
        let mut calls = self.calls.iter().enumerate().collect::<Vec<_>>();
        calls.sort_by_key(|(_, call)| (call.before as usize).min(count));
        let mut calls = calls.into_iter().map(|(c, call)| Step::Call(c, call)).peekable();
        let mut visits = self.visits.iter().enumerate().peekable();
        std::iter::from_fn(move || {
            let next = visits.peek().map(|(v, _)| *v);
            let call = calls.next_if(|step| match (step, next) {
                (Step::Call(_, call), Some(next)) => call.before as usize <= next,
                _ => true,
            });
            call.or_else(|| visits.next().map(|(v, visit)| Step::Visit(v, visit)))
        })
    }
}

/// A break taken.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Its start.
    pub start: Time,
    /// Its length.
    pub duration: Seconds,
    /// Where it is taken, of a break that asks for a place.
    pub place: Option<PlaceId>,
}

impl Rest {
    /// A break on the way.
    pub fn new(start: Time, duration: Seconds) -> Self {
        Self { start, duration, place: None }
    }

    /// Its end.
    pub fn end(self) -> Time {
        self.start + self.duration
    }
}

impl Plan {
    /// The plan in which nobody moves.
    pub fn empty(problem: &Problem) -> Self {
        let stands = |need: &NeedId| problem.stands_for(*need) == *need;
        let unserved = problem.need_ids().filter(stands).collect();
        Self { unserved, fingerprint: Some(problem.fingerprint()), ..Self::default() }
    }

    /// All visits with the unit that makes them.
    pub fn visits(&self) -> impl Iterator<Item = (UnitId, &Visit)> {
        self.routes.iter().flat_map(|route| route.visits.iter().map(|visit| (route.unit, visit)))
    }

    /// Who comes to each need that more than one person serves, parties included, in the order of the routes.
    pub fn crews(&self) -> BTreeMap<NeedId, Vec<UnitId>> {
        let mut crews = BTreeMap::<_, Vec<_>>::new();
        for route in &self.routes {
            for visit in route.visits.iter().filter(|visit| visit.stop == 0) {
                let crew = crews.entry(visit.need).or_default();
                crew.push(route.unit);
                crew.extend(&route.company);
            }
        }
        crews.retain(|_, units| units.len() > 1);
        crews
    }

    /// The needs served.
    pub fn served_needs(&self) -> BTreeSet<NeedId> {
        self.visits().map(|(_, visit)| visit.need).collect()
    }

    /// Number of needs served.
    pub fn served(&self) -> usize {
        self.served_needs().len()
    }

    /// Number of promises that everybody keeps who comes; of needs that are not served none is kept.
    pub fn promises_kept(&self, problem: &Problem) -> usize {
        let promised =
            |need: &NeedId| problem.needs().get(need.index()).is_some_and(|need| need.promise.is_some());
        let mut kept = self.served_needs();
        kept.retain(promised);
        for (_, visit) in self.visits().filter(|(_, visit)| promised(&visit.need)) {
            let keeps = problem.need(visit.need).promise.is_some_and(|promise| {
                promise.start_by.is_none_or(|by| visit.start <= by)
                    && promise.finish_by.is_none_or(|by| visit.end <= by)
            });
            if !keeps {
                kept.remove(&visit.need);
            }
        }
        kept.len()
    }
}
