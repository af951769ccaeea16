//! What one person does in one day and in one week, over all routes of it, against what they give.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::route::{in_range, worked};
use crate::model::{Effort, Measure, Metres, Problem, Rule, Seconds, Span, Unit, VolunteerId};
use crate::plan::{Detail, Plan, Quantity, Route, RoutePart, legs};

/// What somebody does in a day or a week: told of the last route of its last day.
#[derive(Default)]
struct Done {
    last: Option<(i32, usize)>,
    effort: Effort,
}

impl Judge<'_> {
    pub(super) fn limits(&mut self, plan: &Plan) {
        let problem = self.problem;
        for &span in Span::ALL {
            let mut all: BTreeMap<(VolunteerId, i64), Done> = BTreeMap::new();
            for (r, route) in plan.routes.iter().enumerate() {
                let Some(unit) = self.starts.unit(route.unit) else { continue };
                let volunteer = problem.volunteer(unit.volunteer);
                if !volunteer.limits(span).are_set() || route.visits.is_empty() || !in_range(route) {
                    continue;
                }
                let day = volunteer.shifts[unit.shift as usize].day;
                let done = all.entry((unit.volunteer, span.number(day))).or_default();
                done.last = done.last.max(Some((day, r)));
                done.effort = done.effort.plus(effort(problem, &unit, route));
            }
            for ((who, _), Done { last, effort }) in all {
                let Some((_, r)) = last else { continue };
                let limits = problem.volunteer(who).limits(span);
                for what in limits.exceeded_by(effort) {
                    let limit = limits.most(what).map_or(Quantity::Count(0), |most| quantity(what, most));
                    let detail = Detail::AtMost { is: quantity(what, effort.of(what)), limit };
                    self.route_broken(r, RoutePart::Whole, Rule::of_limit(span, what), detail);
                }
            }
        }
    }
}

fn quantity(what: Measure, value: i64) -> Quantity {
    match what {
        Measure::Travel | Measure::Work => Quantity::Time(Seconds(value)),
        Measure::Distance => Quantity::Distance(Metres(value)),
        Measure::Visits => Quantity::Count(value),
    }
}

/// What one route takes.
fn effort(problem: &Problem, unit: &Unit, route: &Route) -> Effort {
    let work = worked(problem, unit, route).0;
    let own = Effort { work, visits: route.visits.len() as i64, ..Effort::default() };
    legs(problem, unit, route).into_iter().fold(own, |sum, (from, to)| {
        let travel = problem.travel().seconds(unit.mode, from, to).0;
        let distance = problem.travel().metres(unit.mode, from, to).0;
        sum.plus(Effort { travel, distance, ..Effort::default() })
    })
}
