//! The plan of a draft: every time that is left out is filled in.

use super::bonds::Bonds;
use super::records::{Draft, DraftCall, DraftRoute, DraftVisit};
use super::timing::{Timed, time};
use crate::model::{PlaceId, Problem, Time};
use crate::plan::plan::{Call, Plan, Route, Visit};
use crate::plan::route_starts::{Outing, RouteStarts};

impl Draft {
    /// The plan, with every time that is left out filled in.
    ///
    /// Every visit and call starts as early as the way there, its windows and a pinned start allow, and no sooner than the crew and the
    /// links between needs ask; a unit leaves just in time for its first. Breaks of the shift are taken where they cost nothing, and
    /// else as late as they may be. Where the order or the stated times leave no room, later times are filled in than rules allow: it
    /// is for the judge to say so. A draft in which nothing is left out comes back as it is.
    pub fn dated(&self, problem: &Problem) -> Plan {
        let starts = self.starts(problem);
        let timed = if self.missing() == 0 {
            self.routes.iter().map(|route| time(&starts, problem, route, &[])).collect()
        } else {
            self.together(problem, &starts)
        };
        let routes = self.routes.iter().zip(timed).map(|(route, timed)| route.with(timed)).collect();
        let (unserved, outsourced) = (self.unserved.clone(), self.outsourced.clone());
        Plan { routes, unserved, outsourced, fingerprint: Some(problem.fingerprint()) }
    }

    /// Where and when its units start.
    fn starts<'p>(&self, problem: &'p Problem) -> RouteStarts<'p> {
        let outings = self.routes.iter().filter_map(|route| {
            let last = route.last_place(problem)?;
            Some(Outing { unit: route.unit, company: &route.company, last })
        });
        RouteStarts::of_outings(problem, self.routes.iter().map(|route| route.unit), outings)
    }

    /// All routes as early as they can be, in step with each other: starts are pushed until every bond holds. Where pushing finds no end,
    /// since some wait for each other in a circle, each route is timed alone.
    fn together(&self, problem: &Problem, starts: &RouteStarts<'_>) -> Vec<Timed> {
        let alone = self.routes.iter().map(|route| time(starts, problem, route, &[])).collect::<Vec<_>>();
        let mut bonds = Bonds::of(problem, self);
        let mut timed = alone.clone();
        for _ in 0..=bonds.visits() {
            let late = bonds.push(problem.calendar(), &timed);
            if late.is_empty() {
                return timed;
            }
            for r in late {
                timed[r] = time(starts, problem, &self.routes[r], bonds.floors(r));
            }
        }
        alone
    }
}

impl DraftRoute {
    /// The place of its last stop; nothing where it visits nobody.
    fn last_place(&self, problem: &Problem) -> Option<PlaceId> {
        let visit = self.visits.last()?;
        let behind = |call: &&DraftCall| call.before as usize >= self.visits.len();
        let call = self.calls.iter().rev().find(behind);
        let depot = call.and_then(|call| problem.depots().get(call.depot.index()));
        let stop = || {
            let need = problem.needs().get(visit.need.index())?;
            need.stops.get(usize::from(visit.stop)).map(|stop| stop.place)
        };
        depot.map(|depot| depot.place).or_else(stop)
    }

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
