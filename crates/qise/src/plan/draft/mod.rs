//! A plan made by hand: who goes where in which order, with as many times as somebody cared to state.
//!
//! What is left out is filled in by the earliest timing ([`Draft::dated`]); the judge then judges the plan like any other. What is stated
//! stays as it is stated, even where it breaks a rule.

mod bonds;
mod timing;

use super::{Call, Plan, Rest, Route, Visit};
use crate::model::{Amount, DepotId, NeedId, Problem, Time, UnitId};
use bonds::Bonds;
use timing::{Timed, time};

/// A plan in which times may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// One route for each unit that is sent out.
    pub routes: Vec<DraftRoute>,
    /// The needs that nobody serves.
    pub unserved: Vec<NeedId>,
    /// The needs that are handed to others.
    pub outsourced: Vec<NeedId>,
}

/// The visits of one unit, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRoute {
    /// Whose route it is.
    pub unit: UnitId,
    /// Who goes with them from start to end, as one party.
    pub company: Vec<UnitId>,
    /// When the unit leaves its start.
    pub departure: Option<Time>,
    /// The visits, in order.
    pub visits: Vec<DraftVisit>,
    /// The calls at depots between them, in order.
    pub calls: Vec<DraftCall>,
    /// The breaks taken. Where they and some time are missing, those that the shift asks for; else none.
    pub breaks: Option<Vec<Rest>>,
    /// When the unit is back.
    pub finish: Option<Time>,
}

impl DraftRoute {
    /// A route of which nothing is stated yet.
    pub fn new(unit: UnitId) -> Self {
        let (visits, calls, company) = (Vec::new(), Vec::new(), Vec::new());
        Self { unit, company, departure: None, visits, calls, breaks: None, finish: None }
    }

    /// How many times are left out.
    fn missing(&self) -> usize {
        let ends = [self.departure, self.finish];
        let visits = self.visits.iter().flat_map(|visit| [visit.arrival, visit.start, visit.end]);
        let calls = self.calls.iter().flat_map(|call| [call.arrival, call.start, call.end]);
        ends.into_iter().chain(visits).chain(calls).filter(Option::is_none).count()
    }
}

/// One person's part in one need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftVisit {
    /// The need.
    pub need: NeedId,
    /// Which of its roles.
    pub role: u16,
    /// Which of its stops.
    pub stop: u16,
    /// Arrival at the place.
    pub arrival: Option<Time>,
    /// Start of the service.
    pub start: Option<Time>,
    /// End of the service.
    pub end: Option<Time>,
}

/// A call at a depot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftCall {
    /// The depot.
    pub depot: DepotId,
    /// It is made before the visit with this number, counted from 0; after the last where there is none.
    pub before: u32,
    /// Arrival at the place.
    pub arrival: Option<Time>,
    /// Its start.
    pub start: Option<Time>,
    /// Its end.
    pub end: Option<Time>,
    /// What is taken on board.
    pub takes: Vec<Amount>,
    /// What is given back.
    pub gives: Vec<Amount>,
}

impl Draft {
    /// How many times are left out.
    pub fn missing(&self) -> usize {
        self.routes.iter().map(DraftRoute::missing).sum()
    }

    /// The plan, with every time that is left out filled in.
    ///
    /// Every visit and call starts as early as the way there, its windows and a pinned start allow, and no sooner than the crew and the
    /// links between needs ask; a unit leaves just in time for its first. Breaks of the shift are taken where they cost nothing, and
    /// else as late as they may be. Where the order or the stated times leave no room, later times are filled in than rules allow: it
    /// is for the judge to say so. A draft in which nothing is left out comes back as it is.
    pub fn dated(&self, problem: &Problem) -> Plan {
        let timed = if self.missing() == 0 {
            self.routes.iter().map(|route| time(problem, route, &[])).collect()
        } else {
            self.together(problem)
        };
        let routes = self.routes.iter().zip(timed).map(|(route, timed)| route.with(timed)).collect();
        let (unserved, outsourced) = (self.unserved.clone(), self.outsourced.clone());
        Plan { routes, unserved, outsourced, fingerprint: Some(problem.fingerprint()) }
    }

    /// All routes as early as they can be, in step with each other: starts are pushed until every bond holds. Where pushing finds no end,
    /// since some wait for each other in a circle, each route is timed alone.
    fn together(&self, problem: &Problem) -> Vec<Timed> {
        let alone = self.routes.iter().map(|route| time(problem, route, &[])).collect::<Vec<_>>();
        let mut bonds = Bonds::of(problem, self);
        let mut timed = alone.clone();
        for _ in 0..=bonds.visits() {
            let late = bonds.push(problem.calendar(), &timed);
            if late.is_empty() {
                return timed;
            }
            for r in late {
                timed[r] = time(problem, &self.routes[r], bonds.floors(r));
            }
        }
        alone
    }
}

impl DraftRoute {
    fn with(&self, timed: Timed) -> Route {
        let visit = |(visit, times): (&DraftVisit, [Time; 3])| {
            let [arrival, start, end] = times;
            Visit { need: visit.need, role: visit.role, stop: visit.stop, arrival, start, end }
        };
        let call = |(call, times): (&DraftCall, [Time; 3])| {
            let [arrival, start, end] = times;
            let (takes, gives) = (call.takes.clone(), call.gives.clone());
            Call { depot: call.depot, before: call.before, arrival, start, end, takes, gives }
        };
        Route {
            unit: self.unit,
            company: self.company.clone(),
            departure: timed.departure,
            visits: self.visits.iter().zip(timed.visits).map(visit).collect(),
            calls: self.calls.iter().zip(timed.calls).map(call).collect(),
            breaks: timed.breaks,
            finish: timed.finish,
        }
    }
}

impl From<&Plan> for Draft {
    /// The draft in which every time of a plan is stated.
    fn from(plan: &Plan) -> Self {
        let visit = |v: &Visit| DraftVisit {
            need: v.need,
            role: v.role,
            stop: v.stop,
            arrival: Some(v.arrival),
            start: Some(v.start),
            end: Some(v.end),
        };
        let call = |c: &Call| DraftCall {
            depot: c.depot,
            before: c.before,
            arrival: Some(c.arrival),
            start: Some(c.start),
            end: Some(c.end),
            takes: c.takes.clone(),
            gives: c.gives.clone(),
        };
        let route = |route: &Route| DraftRoute {
            unit: route.unit,
            company: route.company.clone(),
            departure: Some(route.departure),
            visits: route.visits.iter().map(visit).collect(),
            calls: route.calls.iter().map(call).collect(),
            breaks: Some(route.breaks.clone()),
            finish: Some(route.finish),
        };
        let (unserved, outsourced) = (plan.unserved.clone(), plan.outsourced.clone());
        Self { routes: plan.routes.iter().map(route).collect(), unserved, outsourced }
    }
}
