//! A plan in which times may be missing.

use crate::model::{Amount, DepotId, NeedId, Time, UnitId};
use crate::plan::plan::{Call, Plan, Rest, Route, Visit};

/// A plan in which times may be missing.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    pub(super) fn missing(&self) -> usize {
        let ends = [self.departure, self.finish];
        let visits = self.visits.iter().flat_map(|visit| [visit.arrival, visit.start, visit.end]);
        let calls = self.calls.iter().flat_map(|call| [call.arrival, call.start, call.end]);
        ends.into_iter().chain(visits).chain(calls).filter(Option::is_none).count()
    }
}

/// One person's part in one need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
