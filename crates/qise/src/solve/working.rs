//! The plan under construction: routes, the needs that nobody serves yet, and the terms, kept up to date change by change.

use std::collections::BTreeMap;

use super::instance::Instance;
use super::route::{Route, Sums};
use super::timing::Timing;
use crate::model::{NeedId, UnitId, VolunteerId};
use crate::plan::{Plan, Route as PlanRoute, Score, Term, Terms, Visit};

/// The plan under construction. Every state of it is valid.
#[derive(Clone, Debug)]
pub(super) struct WorkingPlan {
    routes: Vec<Route>,
    unit_of: Vec<Option<UnitId>>,
    absent: Absent,
    terms: Terms,
    /// Number of routes for each worst lateness above zero.
    worst: BTreeMap<i64, u32>,
    /// Routes as they were when the current trial began.
    saved: Vec<(UnitId, Route)>,
    is_saved: Vec<bool>,
    saved_terms: Terms,
    timing: Timing,
    /// The last version that each route has had.
    versions: Vec<u32>,
}

/// The needs that nobody serves, in no order that matters, with constant-time changes.
#[derive(Clone, Debug, Default)]
struct Absent {
    list: Vec<NeedId>,
    at: Vec<u32>,
}

impl Absent {
    const NOT: u32 = u32::MAX;

    fn set(&mut self, need: NeedId, absent: bool) {
        let at = self.at[need.index()];
        if absent && at == Self::NOT {
            self.at[need.index()] = self.list.len() as u32;
            self.list.push(need);
        } else if !absent && at != Self::NOT {
            self.list.swap_remove(at as usize);
            if let Some(&moved) = self.list.get(at as usize) {
                self.at[moved.index()] = at;
            }
            self.at[need.index()] = Self::NOT;
        }
    }
}

impl WorkingPlan {
    /// The plan in which nobody moves.
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        let problem = instance.problem;
        let needs = problem.needs().len();
        let mut terms = Terms::default();
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            terms.add(Term::Unserved, 1);
            terms.add(Term::UnservedPriority, i64::from(need.priority));
            terms.add(Term::UnservedMandatory, i64::from(problem.comes_first(id)));
            terms.add(Term::Disruption, instance.need(id).previous.map_or(0, |before| before.reassign));
        }
        Self {
            routes: vec![Route::default(); problem.units().len()],
            unit_of: vec![None; needs],
            absent: Absent { list: problem.need_ids().collect(), at: (0..needs as u32).collect() },
            terms,
            worst: BTreeMap::new(),
            saved: Vec::new(),
            is_saved: vec![false; problem.units().len()],
            saved_terms: terms,
            timing: Timing::default(),
            versions: vec![0; problem.units().len()],
        }
    }

    pub(super) fn route(&self, unit: UnitId) -> &Route {
        &self.routes[unit.index()]
    }

    pub(super) fn unit_of(&self, need: NeedId) -> Option<UnitId> {
        self.unit_of[need.index()]
    }

    /// The needs that nobody serves.
    pub(super) fn absent(&self) -> &[NeedId] {
        &self.absent.list
    }

    /// Cost in the guide's currency.
    pub(super) fn cost(&self, instance: &Instance<'_>) -> i64 {
        instance.guide.cost(&self.terms)
    }

    pub(super) fn score(&self, instance: &Instance<'_>) -> Score {
        instance.problem.objective().score(&self.terms)
    }

    /// The worst lateness of all routes.
    pub(super) fn worst(&self) -> i64 {
        self.terms.get(Term::WorstTardiness)
    }

    /// Whether `volunteer` has a route besides that of `unit`.
    pub(super) fn goes_out_besides(
        &self,
        instance: &Instance<'_>,
        volunteer: VolunteerId,
        unit: UnitId,
    ) -> bool {
        instance.problem.units_of(volunteer).any(|u| u != unit && self.route(u).out)
    }

    /// Working time of `volunteer` on all routes but that of `unit`.
    fn work_besides(&self, instance: &Instance<'_>, volunteer: VolunteerId, unit: UnitId) -> i64 {
        instance.problem.units_of(volunteer).filter(|&u| u != unit).map(|u| self.route(u).sums.work).sum()
    }

    /// Load of `volunteer` when the route of `unit` takes `work`.
    pub(super) fn load_with(&self, instance: &Instance<'_>, unit: UnitId, work: i64) -> i64 {
        let problem = instance.problem;
        let volunteer = instance.unit(unit).volunteer;
        let units = problem.units_of(volunteer);
        let ledger = problem.volunteer(volunteer).ledger;
        let offered: i64 = units.map(|u| problem.unit(u).length().0).sum::<i64>() + ledger.offered.0;
        let past = i128::from(ledger.worked.0);
        let now = past + i128::from(self.work_besides(instance, volunteer, unit) + work);
        i64::try_from((now * now - past * past) / i128::from(offered.max(1))).unwrap_or(i64::MAX)
    }

    /// Whether the limits of the day leave room for a route of `unit` with these sums.
    pub(super) fn within_day(
        &self,
        instance: &Instance<'_>,
        unit_id: UnitId,
        visits: usize,
        sums: &Sums,
    ) -> bool {
        let unit = instance.unit(unit_id);
        let limits = instance.problem.volunteer(unit.volunteer).per_day;
        let others = || unit.same_day().filter(|&u| u != unit_id).map(|u| self.route(u));
        let travel: i64 = sums.travel + others().map(|r| r.sums.travel).sum::<i64>();
        let work: i64 = sums.work + others().map(|r| r.sums.work).sum::<i64>();
        let metres: i64 = sums.metres + others().map(|r| r.sums.metres).sum::<i64>();
        let visits = visits + others().map(|r| r.visits.len()).sum::<usize>();
        limits.travel.is_none_or(|l| travel <= l.0)
            && limits.work.is_none_or(|l| work <= l.0)
            && limits.distance.is_none_or(|l| metres <= l.0)
            && limits.visits.is_none_or(|l| visits <= l as usize)
    }

    /// Puts a need into a route. The caller has made sure that it fits.
    pub(super) fn insert(&mut self, instance: &Instance<'_>, need: NeedId, unit: UnitId, at: usize) {
        self.change(instance, unit, |visits| visits.insert(at, need));
        self.mark(instance, need, Some(unit));
    }

    /// Takes a need out of its route.
    ///
    /// Where roads or setups make the rest of the route impossible without it (a detour by way of it was quicker), the
    /// visits that follow are taken out too, until the rest is possible.
    pub(super) fn remove(&mut self, instance: &Instance<'_>, need: NeedId, removed: &mut Vec<NeedId>) {
        let Some(unit) = self.unit_of(need) else { return };
        let Some(at) = self.route(unit).visits.iter().position(|&n| n == need) else { return };
        let mut gone = 0;
        self.save(unit);
        let mut timing = std::mem::take(&mut self.timing);
        let mut visits = std::mem::take(&mut self.routes[unit.index()].visits);
        loop {
            let next = visits.remove(at.min(visits.len() - 1));
            removed.push(next);
            gone += 1;
            if timing.set(instance, unit, &visits) && self.keeps_day(instance, unit, &visits, &timing) {
                break;
            }
        }
        self.timing = timing;
        self.routes[unit.index()].visits = visits;
        self.take_over(instance, unit);
        for &need in &removed[removed.len() - gone..] {
            self.mark(instance, need, None);
        }
    }

    fn keeps_day(&self, instance: &Instance<'_>, unit: UnitId, visits: &[NeedId], timing: &Timing) -> bool {
        !instance.special[unit.index()]
            || self.within_day(instance, unit, visits.len(), &Sums::of(instance, unit, visits, timing))
    }

    /// Replaces the whole sequence of a route, if it can be timed and keeps the limits of the day.
    pub(super) fn try_route(&mut self, instance: &Instance<'_>, unit: UnitId, visits: &[NeedId]) -> bool {
        let mut timing = std::mem::take(&mut self.timing);
        let good = timing.set(instance, unit, visits) && self.keeps_day(instance, unit, visits, &timing);
        self.timing = timing;
        if good {
            self.save(unit);
            let before = std::mem::replace(&mut self.routes[unit.index()].visits, visits.to_vec());
            self.take_over(instance, unit);
            for need in before {
                self.mark(instance, need, None);
            }
            for &need in visits {
                self.mark(instance, need, Some(unit));
            }
        }
        good
    }

    fn change(&mut self, instance: &Instance<'_>, unit: UnitId, change: impl FnOnce(&mut Vec<NeedId>)) {
        self.save(unit);
        change(&mut self.routes[unit.index()].visits);
        let mut timing = std::mem::take(&mut self.timing);
        let good = timing.set(instance, unit, &self.routes[unit.index()].visits);
        debug_assert!(good, "a change that was judged possible can be timed");
        self.timing = timing;
        self.take_over(instance, unit);
    }

    /// Brings a route and the terms up to date with `self.timing`.
    fn take_over(&mut self, instance: &Instance<'_>, unit: UnitId) {
        let volunteer = instance.unit(unit).volunteer;
        let (before, was_out) = (self.route(unit).sums, self.route(unit).out);
        let load_before = self.load_with(instance, unit, before.work);
        self.routes[unit.index()].set(instance, unit, &self.timing);
        let (after, is_out) = (self.route(unit).sums, self.route(unit).out);

        before.add_to(&mut self.terms, -1);
        after.add_to(&mut self.terms, 1);
        self.terms.add(Term::Load, self.load_with(instance, unit, after.work) - load_before);
        if was_out != is_out && !self.goes_out_besides(instance, volunteer, unit) {
            self.terms.add(Term::People, if is_out { 1 } else { -1 });
        }
        self.move_worst(before.worst, after.worst);
        // The other shifts of the same person share load, and the limits of the day.
        for unit in instance.problem.units_of(volunteer) {
            self.renew(unit);
        }
    }

    fn renew(&mut self, unit: UnitId) {
        let last = &mut self.versions[unit.index()];
        *last = last.wrapping_add(1);
        self.routes[unit.index()].version = *last;
    }

    fn move_worst(&mut self, from: i64, to: i64) {
        if from > 0
            && let Some(count) = self.worst.get_mut(&from)
        {
            *count -= 1;
            if *count == 0 {
                self.worst.remove(&from);
            }
        }
        if to > 0 {
            *self.worst.entry(to).or_default() += 1;
        }
        self.terms.set(Term::WorstTardiness, self.worst.last_key_value().map_or(0, |(&worst, _)| worst));
    }

    fn mark(&mut self, instance: &Instance<'_>, id: NeedId, unit: Option<UnitId>) {
        let was_absent = self.unit_of(id).is_none();
        self.unit_of[id.index()] = unit;
        if was_absent != unit.is_none() {
            let sign = if was_absent { -1 } else { 1 };
            self.terms.add(Term::Unserved, sign);
            self.terms.add(Term::UnservedPriority, sign * i64::from(instance.problem.need(id).priority));
            self.terms.add(Term::UnservedMandatory, sign * i64::from(instance.problem.comes_first(id)));
            self.absent.set(id, unit.is_none());
        }
    }

    /// Begins a trial: all changes from here on can be undone together.
    pub(super) fn begin(&mut self) {
        for (unit, _) in self.saved.drain(..) {
            self.is_saved[unit.index()] = false;
        }
        self.saved_terms = self.terms;
    }

    /// The units whose routes changed since the trial began.
    pub(super) fn changed(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.saved.iter().map(|(unit, _)| *unit)
    }

    fn save(&mut self, unit: UnitId) {
        if !std::mem::replace(&mut self.is_saved[unit.index()], true) {
            self.saved.push((unit, self.routes[unit.index()].clone()));
        }
    }

    /// Undoes every change since the trial began.
    pub(super) fn undo(&mut self, instance: &Instance<'_>) {
        let saved = std::mem::take(&mut self.saved);
        for (unit, _) in &saved {
            for need in std::mem::take(&mut self.routes[unit.index()].visits) {
                self.unit_of[need.index()] = None;
                self.absent.set(need, true);
            }
        }
        for (unit, route) in saved {
            self.is_saved[unit.index()] = false;
            self.move_worst(self.route(unit).sums.worst, route.sums.worst);
            for &need in &route.visits {
                self.unit_of[need.index()] = Some(unit);
                self.absent.set(need, false);
            }
            self.routes[unit.index()] = route;
            // A route that comes back has its old version, at which all that is known of it still holds; but not where it
            // shares load or limits with other shifts, which changed in between.
            let shifts = instance.problem.units_of(instance.unit(unit).volunteer);
            if shifts.len() > 1 {
                shifts.for_each(|other| self.renew(other));
            }
        }
        self.terms = self.saved_terms;
    }

    /// Makes this plan equal to `other`, given the units whose routes may differ.
    pub(super) fn follow(&mut self, other: &Self, units: &[UnitId]) {
        for &unit in units {
            for need in std::mem::take(&mut self.routes[unit.index()].visits) {
                self.unit_of[need.index()] = None;
                self.absent.set(need, true);
            }
        }
        for &unit in units {
            self.routes[unit.index()].clone_from(other.route(unit));
            self.versions[unit.index()] = self.versions[unit.index()].max(other.versions[unit.index()]);
            for &need in &other.route(unit).visits {
                self.unit_of[need.index()] = Some(unit);
                self.absent.set(need, false);
            }
        }
        self.terms = other.terms;
        self.worst.clone_from(&other.worst);
    }

    /// The plan as others see it.
    pub(super) fn to_plan(&self, instance: &Instance<'_>) -> Plan {
        let mut timing = Timing::default();
        let mut routes = Vec::new();
        for unit in instance.problem.unit_ids() {
            let visits = &self.route(unit).visits;
            if visits.is_empty() {
                continue;
            }
            let good = timing.set(instance, unit, visits);
            debug_assert!(good, "every route of a working plan can be timed");
            let owner = instance.unit(unit);
            let arrivals = timing.arrivals(instance, owner, visits);
            let times = visits.iter().zip(arrivals).zip(&timing.starts);
            let visits = times.map(|((&need, arrival), &start)| Visit {
                need,
                role: 0,
                stop: 0,
                arrival,
                start,
                end: start + instance.service(need, owner),
            });
            routes.push(PlanRoute {
                unit,
                departure: timing.departure,
                visits: visits.collect(),
                breaks: timing.rests.clone(),
                finish: timing.finish,
            });
        }
        let mut unserved = self.absent().to_vec();
        unserved.sort_unstable();
        Plan { routes, unserved }
    }
}
