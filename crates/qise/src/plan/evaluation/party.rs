//! People who go as one party: all may, and all suit whatever need they come to.

use super::judge::{Judge, known};
use super::route::in_range;
use super::rules::Part;
use crate::model::Rule;
use crate::plan::{Detail, Location, Plan, RoutePart, VisitPart};

impl Judge<'_> {
    pub(super) fn parties(&mut self, plan: &Plan) {
        let problem = self.problem;
        for (r, route) in plan.routes.iter().enumerate() {
            let Some(lead) = problem.units().get(route.unit.index()) else { continue };
            for (c, &unit) in route.company.iter().enumerate() {
                let part = RoutePart::Company(c);
                let Some(other) = problem.units().get(unit.index()) else {
                    self.route_broken(r, part, Rule::UnknownId, Detail::Unit(unit));
                    continue;
                };
                if !alike(problem, lead, other) {
                    self.route_broken(r, part, Rule::PartyStranger, Detail::Volunteer(other.volunteer));
                }
                let visits = route.visits.iter().enumerate().filter(|(_, visit)| known(problem, visit));
                for (v, visit) in visits.filter(|_| in_range(route)) {
                    let at = Location::Visit { route: r, visit: v, part: VisitPart::Need };
                    self.by(Part::Suits, |judge| judge.suits(at, visit, other));
                }
            }
        }
    }
}

/// Whether both may go with others, on one day, from one place and to one place, at the same times.
fn alike(problem: &crate::Problem, one: &crate::model::Unit, other: &crate::model::Unit) -> bool {
    let shift = |unit: &crate::model::Unit| &problem.volunteer(unit.volunteer).shifts[unit.shift as usize];
    let (a, b) = (shift(one), shift(other));
    let ways = (one.from, one.to) == (other.from, other.to);
    a.party && b.party && (a.day, a.start, a.end) == (b.day, b.start, b.end) && ways
}
