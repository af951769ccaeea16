//! What changes for a person: out or at home, which needs, how long, how far.

use std::collections::BTreeSet;

use crate::model::{Metres, NeedId, Problem, Seconds, Time, VolunteerId};
use crate::plan::{Plan, Route, RouteStarts, legs, worked};

/// What one person does in a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// How many routes the person owns or goes along with.
    pub routes: usize,
    /// How many visits the person makes.
    pub visits: usize,
    /// Time between departure and return, breaks off duty apart.
    pub work: Seconds,
    /// Time on the way.
    pub travel: Seconds,
    /// Distance on the way.
    pub distance: Metres,
    /// The first departure.
    pub departure: Option<Time>,
    /// The last return.
    pub finish: Option<Time>,
}

/// What changes for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChange {
    /// The person.
    pub volunteer: VolunteerId,
    /// What the person does in the old plan.
    pub old: Duty,
    /// What the person does in the new plan.
    pub new: Duty,
    /// The needs that the person serves in the new plan only, in the order of the problem.
    pub takes_on: Vec<NeedId>,
    /// The needs that the person serves in the old plan only.
    pub gives_up: Vec<NeedId>,
}

impl PersonChange {
    /// Whether the person goes out in the new plan only.
    pub fn joins(&self) -> bool {
        self.old.visits == 0 && self.new.visits > 0
    }

    /// Whether the person goes out in the old plan only.
    pub fn stays_home(&self) -> bool {
        self.old.visits > 0 && self.new.visits == 0
    }
}

/// The people whose routes are not the same in both plans.
pub(super) fn person_changes(problem: &Problem, old: &Plan, new: &Plan) -> Vec<PersonChange> {
    let (before, after) = (routes(problem, old), routes(problem, new));
    let (started, starts) = (RouteStarts::of(problem, old), RouteStarts::of(problem, new));
    let changes = before.iter().zip(&after).enumerate().filter(|(_, (old, new))| old != new);
    let changes = changes.map(|(v, (old, new))| {
        let (served, serves) = (needs(problem, old), needs(problem, new));
        PersonChange {
            volunteer: VolunteerId::new(v),
            old: duty(&started, problem, old),
            new: duty(&starts, problem, new),
            takes_on: serves.difference(&served).copied().collect(),
            gives_up: served.difference(&serves).copied().collect(),
        }
    });
    changes.collect()
}

/// The routes of each person, those that the person leads and those that the person goes along with, by departure.
fn routes<'p>(problem: &Problem, plan: &'p Plan) -> Vec<Vec<&'p Route>> {
    let mut routes = vec![Vec::new(); problem.volunteers().len()];
    for route in &plan.routes {
        let people = std::iter::once(&route.unit).chain(&route.company);
        let people = people.filter_map(|unit| problem.units().get(unit.index()));
        for who in people.map(|unit| unit.volunteer).collect::<BTreeSet<_>>() {
            routes[who.index()].push(route);
        }
    }
    for routes in &mut routes {
        routes.sort_by_key(|route| (route.departure, route.unit));
    }
    routes
}

fn needs(problem: &Problem, routes: &[&Route]) -> BTreeSet<NeedId> {
    let needs = routes.iter().flat_map(|route| &route.visits).map(|visit| visit.need);
    needs.filter(|need| need.index() < problem.needs().len()).collect()
}

/// What the routes of one person come to. Times beyond all limits count as the limit.
fn duty(starts: &RouteStarts<'_>, problem: &Problem, routes: &[&Route]) -> Duty {
    let mut duty = Duty::default();
    for route in routes.iter().filter(|route| !route.visits.is_empty()) {
        duty.routes += 1;
        duty.visits += route.visits.len();
        duty.departure = Some(duty.departure.map_or(route.departure, |first| first.min(route.departure)));
        duty.finish = duty.finish.max(Some(route.finish));
        // A route of an unknown lead has been passed over where the judge counts, too.
        let Some(unit) = starts.unit(route.unit) else { continue };
        if route.departure.in_limits() && route.finish.in_limits() {
            duty.work = Seconds(duty.work.0.saturating_add(worked(problem, &unit, route).0));
        }
        for (from, to) in legs(problem, &unit, route) {
            duty.travel += problem.travel().seconds(unit.mode, from, to);
            duty.distance += problem.travel().metres(unit.mode, from, to);
        }
    }
    duty
}
