//! What one person does in one week, and how long they rest from one day to the next.

use std::collections::BTreeMap;

use super::judge::Judge;
use super::route::{in_range, worked};
use crate::model::{Rule, Seconds, Time, VolunteerId};
use crate::plan::{Detail, Plan, Quantity, RoutePart};

/// The routes of one person on one day together.
struct Day {
    /// The last of its routes in the plan.
    route: usize,
    departure: Time,
    finish: Time,
    work: i64,
}

impl Judge<'_> {
    pub(super) fn weeks(&mut self, plan: &Plan) {
        let problem = self.problem;
        let mut people: BTreeMap<VolunteerId, BTreeMap<i32, Day>> = BTreeMap::new();
        for (r, route) in plan.routes.iter().enumerate() {
            let Some(unit) = problem.units().get(route.unit.index()) else { continue };
            let volunteer = problem.volunteer(unit.volunteer);
            let limited = volunteer.week_work.is_some() || volunteer.rest > Seconds::ZERO;
            if !limited || route.visits.is_empty() || !in_range(route) {
                continue;
            }
            let (departure, finish) = (route.departure, route.finish);
            let days = people.entry(unit.volunteer).or_default();
            let day = days.entry(volunteer.shifts[unit.shift as usize].day);
            let day = day.or_insert(Day { route: r, departure, finish, work: 0 });
            (day.route, day.departure, day.finish) =
                (r, day.departure.min(departure), day.finish.max(finish));
            day.work = day.work.saturating_add(worked(problem, unit, route).0);
        }
        for (who, days) in people {
            let volunteer = problem.volunteer(who);
            let mut weeks: BTreeMap<i64, (usize, i64)> = BTreeMap::new();
            for (&day, done) in &days {
                // Monday to Sunday: day 0 was a Thursday.
                let week = weeks.entry((i64::from(day) + 3).div_euclid(7)).or_default();
                *week = (done.route, week.1.saturating_add(done.work));
            }
            for (route, work) in weeks.into_values() {
                if let Some(most) = volunteer.week_work.filter(|most| work > most.0) {
                    let (is, limit) = (Quantity::Time(Seconds(work)), Quantity::Time(most));
                    let detail = Detail::AtMost { is, limit };
                    self.route_broken(route, RoutePart::Whole, Rule::WeekWork, detail);
                }
            }
            for (before, after) in days.values().zip(days.values().skip(1)) {
                let (rest, least) = (after.departure - before.finish, volunteer.rest);
                if rest < least {
                    let (is, limit) = (Quantity::Time(rest), Quantity::Time(least));
                    let detail = Detail::AtLeast { is, limit };
                    self.route_broken(after.route, RoutePart::Departure, Rule::RestTooShort, detail);
                }
            }
        }
    }
}
