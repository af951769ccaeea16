//! How long people rest from one day to the next.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::route::in_range;
use crate::model::{Rule, Seconds, Time, VolunteerId};
use crate::plan::{Detail, Plan, Quantity, RoutePart};

/// The routes of one person on one day together.
struct Day {
    /// The last of its routes in the plan.
    route: usize,
    departure: Time,
    finish: Time,
}

impl Judge<'_> {
    pub(super) fn rest(&mut self, plan: &Plan) {
        let problem = self.problem;
        let mut people: BTreeMap<VolunteerId, BTreeMap<i32, Day>> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let Some(unit) = problem.units().get(route.unit.index()) else { continue };
            let volunteer = problem.volunteer(unit.volunteer);
            if volunteer.rest == Seconds::ZERO || route.visits.is_empty() || !in_range(route) {
                continue;
            }
            let (departure, finish) = (route.departure, route.finish);
            let days = people.entry(unit.volunteer).or_default();
            let day = days.entry(volunteer.shifts[unit.shift as usize].day);
            let day = day.or_insert(Day { route: r, departure, finish });
            *day = Day { route: r, departure: day.departure.min(departure), finish: day.finish.max(finish) };
        }
        for (who, days) in people {
            let least = problem.volunteer(who).rest;
            for (before, after) in days.values().zip(days.values().skip(1)) {
                let rest = after.departure - before.finish;
                if rest < least {
                    let (is, limit) = (Quantity::Time(rest), Quantity::Time(least));
                    let detail = Detail::AtLeast { is, limit };
                    self.route_broken(after.route, RoutePart::Departure, Rule::RestTooShort, detail);
                }
            }
        }
    }
}
