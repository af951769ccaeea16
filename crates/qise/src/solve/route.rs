//! One route of the working plan, with what is needed to judge a change of it quickly.

use super::instance::Instance;
use super::timing::Timing;
use crate::matching::latest_start_by;
use crate::model::{NeedId, Seconds, Time, UnitId};
use crate::plan::{Term, Terms};

/// The visits of one unit and their slack.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) visits: Vec<NeedId>,
    /// Earliest end of each visit.
    pub(super) ends: Vec<Time>,
    /// Latest start of each visit that leaves the rest of the route possible.
    pub(super) latest: Vec<Time>,
    pub(super) sums: Sums,
    /// Whether there is anything to do, as of the last update of the sums.
    pub(super) out: bool,
    /// Changes whenever anything does that bears on what fits into this route.
    pub(super) version: u32,
}

/// What one route adds to the terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) travel: i64,
    pub(super) metres: i64,
    pub(super) work: i64,
    pub(super) waiting: i64,
    pub(super) tardiness: i64,
    pub(super) worst: i64,
    pub(super) late: i64,
    pub(super) wishes: i64,
    /// Against a plan in which every need of the previous plan has changed hands.
    pub(super) disruption: i64,
}

impl Sums {
    /// Measures a timed sequence.
    pub(super) fn of(instance: &Instance<'_>, unit_id: UnitId, visits: &[NeedId], timing: &Timing) -> Self {
        let mut sums = Self::default();
        if visits.is_empty() {
            return sums;
        }
        let unit = instance.unit(unit_id);
        let travel = instance.problem.travel();
        let (mut here, mut free) = (unit.from, timing.departure);
        for (&need, &start) in visits.iter().zip(&timing.starts) {
            let flat = instance.need(need);
            let service = instance.service(need, unit);
            let arc = instance.arc(unit, here, need);
            if here != flat.place {
                sums.travel += travel.seconds(unit.mode, here, flat.place).0;
                if instance.metres {
                    sums.metres += travel.metres(unit.mode, here, flat.place).0;
                }
            }
            sums.waiting += (start - free - arc).0;
            let tardiness = flat.tardiness(start, service);
            sums.tardiness += tardiness;
            sums.worst = sums.worst.max(tardiness);
            sums.late += i64::from(tardiness > 0);
            sums.wishes += instance.wishes(need, unit_id);
            if let Some(before) = flat.previous.filter(|b| b.volunteer == unit.volunteer) {
                let tolerance = instance.problem.previous().map_or(0, |p| p.tolerance.0);
                let moved = (start - before.start).0.abs() > tolerance;
                sums.disruption += if moved { before.retime } else { 0 } - before.reassign;
            }
            (here, free) = (flat.place, start + service);
        }
        if let Some(to) = unit.to {
            sums.travel += travel.seconds(unit.mode, here, to).0;
            if instance.metres {
                sums.metres += travel.metres(unit.mode, here, to).0;
            }
        }
        let last = timing.starts.last().copied().unwrap_or(timing.departure);
        let before_last = timing.rests.iter().filter(|rest| rest.start < last);
        sums.waiting -= before_last.map(|rest| rest.duration.0).sum::<i64>();
        sums.work = (timing.finish - timing.departure).0;
        sums
    }

    /// Cost in the guide's currency, but for people, load and the worst lateness, which are not of one route alone.
    pub(super) fn cost(&self, instance: &Instance<'_>) -> i64 {
        let guide = &instance.guide;
        guide.of(Term::TravelTime) * self.travel
            + guide.of(Term::Distance) * self.metres
            + guide.of(Term::WorkTime) * self.work
            + guide.of(Term::Waiting) * self.waiting
            + guide.of(Term::Tardiness) * self.tardiness
            + guide.of(Term::Late) * self.late
            + guide.of(Term::Preferences) * self.wishes
            + guide.of(Term::Disruption) * self.disruption
    }

    /// Adds these sums to `terms`, `sign` times. The worst lateness is left out.
    pub(super) fn add_to(&self, terms: &mut Terms, sign: i64) {
        terms.add(Term::TravelTime, sign * self.travel);
        terms.add(Term::Distance, sign * self.metres);
        terms.add(Term::WorkTime, sign * self.work);
        terms.add(Term::Waiting, sign * self.waiting);
        terms.add(Term::Tardiness, sign * self.tardiness);
        terms.add(Term::Late, sign * self.late);
        terms.add(Term::Preferences, sign * self.wishes);
        terms.add(Term::Disruption, sign * self.disruption);
    }
}

impl Route {
    /// Takes over a timed sequence.
    pub(super) fn set(&mut self, instance: &Instance<'_>, unit_id: UnitId, timing: &Timing) {
        self.sums = Sums::of(instance, unit_id, &self.visits, timing);
        self.out = !self.visits.is_empty();
        self.ends.clear();
        self.latest.clear();
        if instance.special[unit_id.index()] {
            return;
        }
        let unit = instance.unit(unit_id);
        let (mut here, mut free) = (unit.from, unit.start);
        for &need in &self.visits {
            let service = instance.service(need, unit);
            let ready = free + instance.arc(unit, here, need);
            let windows = instance.windows(need);
            let pinned = instance.need(need).pinned;
            let start =
                crate::matching::earliest_start(windows, ready, instance.latest(need, service), pinned);
            let start = start.expect("a sequence that was timed can be timed again");
            free = start + service;
            here = instance.need(need).place;
            self.ends.push(free);
        }
        let mut limit = unit.end - instance.back(unit, here);
        self.latest.resize(self.visits.len(), Time::MIN);
        for v in (0..self.visits.len()).rev() {
            let need = self.visits[v];
            let service: Seconds = instance.service(need, unit);
            let late = (limit - service).min(instance.latest(need, service));
            let late = latest_start_by(instance.windows(need), late, instance.need(need).pinned);
            self.latest[v] = late.expect("a sequence that was timed can be timed again");
            let from = if v == 0 { unit.from } else { instance.need(self.visits[v - 1]).place };
            limit = self.latest[v] - instance.arc(unit, from, need);
        }
    }
}
