//! The judge at work: what it has seen of a plan, and what it has found; and that every need is served or listed, once.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Part, parts};
use crate::model::{NeedId, Problem, Rule, UnitId, VolunteerId};
use crate::plan::{Detail, Location, Plan, RoutePart, RouteStarts, Violation, Visit, VisitPart};

/// What the judge has seen of a plan, and what it has found.
pub(super) struct Judge<'a> {
    pub(super) problem: &'a Problem,
    /// Where and when the units of the plan start.
    pub(super) starts: RouteStarts<'a>,
    pub(super) violations: Vec<Violation>,
    /// The visits of each need, in the order of the plan.
    pub(super) visits: Vec<Vec<Seen>>,
    /// How many visits each role of a need has at each of its stops.
    pub(super) filled: BTreeMap<(NeedId, u16, u16), usize>,
    /// The part that is at work.
    pub(super) part: Part,
}

/// A visit, whose it is, and where in the plan.
#[derive(Clone)]
pub(super) struct Seen {
    /// The numbers of its route and of itself.
    pub(super) at: (usize, usize),
    pub(super) unit: UnitId,
    /// Who comes along.
    pub(super) company: Vec<UnitId>,
    pub(super) visit: Visit,
}

impl Seen {
    /// Where its need stands.
    pub(super) fn need(&self) -> Location {
        let (route, visit) = self.at;
        Location::Visit { route, visit, part: VisitPart::Need }
    }

    /// Where its start stands.
    pub(super) fn start(&self) -> Location {
        let (route, visit) = self.at;
        Location::Visit { route, visit, part: VisitPart::Start }
    }

    /// Everybody who comes.
    pub(super) fn people<'p>(&self, problem: &'p Problem) -> impl Iterator<Item = VolunteerId> + use<'_, 'p> {
        let units = std::iter::once(&self.unit).chain(&self.company);
        units.map(|&unit| problem.unit(unit).volunteer)
    }
}

impl Judge<'_> {
    /// Lets a part of the judge look at the plan.
    pub(super) fn by(&mut self, part: Part, look: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.part, part);
        look(self);
        self.part = before;
    }

    pub(super) fn broken(&mut self, at: Location, rule: Rule, detail: Detail) {
        debug_assert!(parts(rule).contains(&self.part), "{:?} does not decide {rule}", self.part);
        self.violations.push(Violation { at, rule, detail });
    }

    /// A rule that a route breaks.
    pub(super) fn route_broken(&mut self, route: usize, part: RoutePart, rule: Rule, detail: Detail) {
        self.broken(Location::Route { route, part }, rule, detail);
    }

    pub(super) fn knows_need(&self, need: NeedId) -> bool {
        need.index() < self.problem.needs().len()
    }

    /// Every need is either served once or listed once; of the ways to do one thing one is served, or the first is listed.
    pub(super) fn listed(&mut self, plan: &Plan) {
        let mut listed = vec![0_u32; self.problem.needs().len()];
        let unserved = plan.unserved.iter().enumerate().map(|(u, need)| (Location::Unserved(u), need));
        let outside = plan.outsourced.iter().enumerate().map(|(o, need)| (Location::Outsourced(o), need));
        for (at, &need) in unserved.chain(outside) {
            if !self.knows_need(need) {
                self.broken(at, Rule::UnknownId, Detail::Need(need));
                continue;
            }
            listed[need.index()] += 1;
            let stands = self.problem.stands_for(need) == need;
            if listed[need.index()] > 1 || !stands || self.is_served(need) {
                self.broken(at, Rule::WronglyListed, Detail::Need(need));
            }
        }
        for need in self.problem.need_ids() {
            let stands = self.problem.stands_for(need) == need;
            if stands
                && !self.problem.need(need).is_vacant()
                && listed[need.index()] == 0
                && !self.is_served(need)
            {
                self.broken(Location::UnservedList, Rule::NotListed, Detail::Need(need));
            }
        }
    }

    /// Whether a need is served, in whichever way.
    pub(super) fn is_served(&self, need: NeedId) -> bool {
        let served = |need: &NeedId| !self.visits[need.index()].is_empty();
        served(&need) || self.problem.ways(need).iter().any(served)
    }

    pub(super) fn duplicate_routes(&mut self, plan: &Plan) {
        let mut seen = BTreeSet::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let company = route.company.iter().enumerate();
            let company = company.map(|(c, &unit)| (RoutePart::Company(c), unit));
            for (part, unit) in std::iter::once((RoutePart::Unit, route.unit)).chain(company) {
                let Some(unit) = self.problem.units().get(unit.index()) else { continue };
                if !seen.insert((unit.volunteer, unit.shift)) {
                    self.route_broken(r, part, Rule::DuplicateRoute, Detail::Volunteer(unit.volunteer));
                }
            }
        }
    }
}

/// Whether the need of a visit exists, and its role and stop.
pub(super) fn known(problem: &Problem, visit: &Visit) -> bool {
    let need = problem.needs().get(visit.need.index());
    need.is_some_and(|need| {
        usize::from(visit.role) < need.roles.len() && usize::from(visit.stop) < need.stops.len()
    })
}
