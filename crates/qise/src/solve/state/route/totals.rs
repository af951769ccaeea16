//! What one route adds to the terms.

use crate::model::{Effort, Seconds, SlotId, Term, Terms, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::state::schedule::timing::Timing;
use crate::solve::state::terms::completion_times::CompletionTimes;

/// What one route adds to the terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RouteTotals {
    pub(crate) travel: i64,
    pub(crate) metres: i64,
    pub(crate) work: i64,
    pub(crate) overtime: i64,
    pub(crate) waiting: i64,
    pub(crate) service: i64,
    /// Visits, calls apart.
    pub(crate) visits: i64,
    /// When it leaves and is back, where that matters to the days before and after.
    pub(crate) span: Option<(Time, Time)>,
    pub(crate) tardiness: i64,
    pub(crate) worst: i64,
    pub(crate) late: i64,
    pub(crate) wishes: i64,
    /// The last end of each group of needs of which it counts.
    pub(crate) completion_times: CompletionTimes,
    /// How late the visits end of which last ends count, each by its share, and for a party what its labour counts. It only guides
    /// the search: with absurd weights it wraps, and so stays the sum of its parts.
    pub(crate) completion_guidance: i64,
    /// Against a plan in which every need of the previous plan has changed hands.
    pub(crate) disruption: i64,
}

impl RouteTotals {
    /// What limits of a person count.
    #[inline]
    pub(crate) fn effort(&self) -> Effort {
        Effort { travel: self.travel, work: self.work, distance: self.metres, visits: self.visits }
    }

    /// Measures a timed sequence.
    pub(crate) fn of(instance: &Instance<'_>, unit_id: UnitId, visits: &[SlotId], timing: &Timing) -> Self {
        let mut totals = Self::default();
        let Some(from) = timing.from.filter(|_| !visits.is_empty()) else { return totals };
        let unit = instance.unit(unit_id);
        let (mut here, mut free) = (from, timing.departure);
        let mut stations = timing.stations(visits.len()).peekable();
        for (v, (&slot, &start)) in visits.iter().zip(&timing.starts).enumerate() {
            let flat = instance.slot(slot);
            let service = instance.service(slot, unit);
            let before = here;
            while let Some((_, place)) = stations.next_if(|(leg, _)| *leg == v) {
                let way = instance.way(unit, here, place);
                totals.add_leg(way);
                totals.waiting -= way.seconds;
                here = place;
            }
            let setup = instance.setup_after(before, slot).max(instance.setup_after(here, slot));
            let way = instance.way(unit, here, flat.place);
            totals.add_leg(way);
            totals.waiting += (start - free - setup).0 - way.seconds;
            if !instance.is_depot_visit(slot) {
                totals.service += service.0;
                totals.visits += 1;
            }
            let tardiness = flat.tardiness(start, service);
            totals.tardiness += tardiness;
            totals.worst = totals.worst.max(tardiness);
            totals.late += i64::from(tardiness > 0);
            totals.completion_times.note(flat.groups, start + service);
            totals.completion_guidance = totals.completion_guidance.wrapping_add(
                flat.completion_guidance.wrapping_mul((start + service - instance.makespans.origin).0),
            );
            totals.wishes += instance.wishes(slot, unit_id);
            if let Some(before) = flat.previous_of(unit.volunteer) {
                let tolerance = instance.problem.previous().map_or(0, |p| p.tolerance.0);
                let moved = (start - before.start).0.abs() > tolerance;
                totals.disruption += if moved { before.retime } else { 0 } - before.reassign;
            }
            (here, free) = (flat.place, start + service);
        }
        for (_, place) in stations {
            totals.add_leg(instance.way(unit, here, place));
            here = place;
        }
        if let Some(to) = unit.to {
            totals.add_leg(instance.way(unit, here, to));
        }
        let last = timing.starts.last().copied().unwrap_or(timing.departure);
        let before_last = timing.rests.iter().filter(|rest| rest.start < last);
        totals.waiting -= before_last.map(|rest| rest.duration.0).sum::<i64>();
        totals.work = (timing.finish - timing.departure - timing.off_duty).0;
        totals.overtime = (timing.finish - unit.overtime_from).0.max(0);
        totals.span = (unit.rest > Seconds::ZERO).then_some((timing.departure, timing.finish));
        totals
    }

    pub(crate) fn add_leg(&mut self, leg: Leg) {
        self.travel += leg.seconds;
        self.metres += leg.metres;
    }

    /// The time at work that is neither travel nor service. Whatever is added to a route takes its own time at work, less that at most.
    pub(crate) fn non_service_time(&self) -> i64 {
        self.work - self.travel - self.service
    }

    /// Cost in units of the weighted cost, but for people, load and the worst lateness, which are not of one route alone.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> i64 {
        let weights = &instance.weights;
        weights.of(Term::TravelTime) * self.travel
            + weights.of(Term::Distance) * self.metres
            + weights.of(Term::WorkTime) * self.work
            + weights.of(Term::Overtime) * self.overtime
            + weights.of(Term::Waiting) * self.waiting
            + weights.of(Term::Tardiness) * self.tardiness
            + weights.of(Term::Late) * self.late
            + weights.of(Term::Preferences) * self.wishes
            + weights.of(Term::Disruption) * self.disruption
    }

    /// Adds these totals to `terms`, `sign` times. The worst lateness and the last ends are left out.
    pub(crate) fn add_to(&self, terms: &mut Terms, sign: i64) {
        terms.add(Term::TravelTime, sign * self.travel);
        terms.add(Term::Distance, sign * self.metres);
        terms.add(Term::WorkTime, sign * self.work);
        terms.add(Term::Overtime, sign * self.overtime);
        terms.add(Term::Waiting, sign * self.waiting);
        terms.add(Term::Tardiness, sign * self.tardiness);
        terms.add(Term::Late, sign * self.late);
        terms.add(Term::Preferences, sign * self.wishes);
        terms.add(Term::Disruption, sign * self.disruption);
    }
}

#[cfg(test)]
mod tests;
