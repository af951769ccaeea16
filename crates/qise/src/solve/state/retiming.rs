//! Visits that wait for each other: a change of one route moves others too.
//!
//! Every visit starts as early as its route and the people who come with it allow: at the longest path to it in the graph of
//! all ways and gaps. A change resets what hangs on it and lets the starts grow again from below until nothing moves; where
//! they would grow for ever, people wait for each other in a circle, and the change is refused.

use super::WorkingPlan;
use crate::model::{Seconds, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;

/// No start grows in more passes over each route than this, and a few.
const PASSES: usize = 64;

impl WorkingPlan {
    /// Begins a change of the routes of `units`.
    pub(crate) fn start_retiming(&mut self, units: impl Iterator<Item = UnitId>) {
        self.sync_starts.befores.clear();
        for unit in units {
            self.retimes(unit);
        }
    }

    pub(crate) fn retimes(&mut self, unit: UnitId) {
        if self.sync_starts.befores.iter().all(|(known, ..)| *known != unit) {
            let before = self.begin_change(unit);
            self.sync_starts.befores.push((unit, before));
            for k in 0..self.route(unit).company.len() {
                self.retimes(self.route(unit).company[k]);
            }
        }
    }

    /// Brings the times of everything behind `cuts` up to date, in their routes and in those that wait for them; false when that
    /// cannot be, and then the change must be taken back.
    pub(crate) fn retime(&mut self, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) -> bool {
        self.reach(instance, cuts);
        self.restore_releases(instance);
        self.sync_starts.reset.clear();
        let good = self.grow(instance) && self.refresh_reached(instance);
        if !good {
            // What the terms count of these routes is still what they were.
            for (unit, before) in &self.sync_starts.befores {
                let route = &mut self.routes[unit.index()];
                (route.totals, route.out) = (before.totals, before.out);
            }
        }
        for unit in self.sync_starts.waiting.drain(..) {
            self.sync_starts.is_waiting[unit.index()] = false;
        }
        for &unit in &self.sync_starts.reached {
            self.sync_starts.from[unit.index()] = u32::MAX;
        }
        good
    }

    /// Everything that hangs on the visits behind `cuts`; nobody holds it any more.
    fn reach(&mut self, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) {
        self.sync_starts.reached.clear();
        self.sync_starts.stack.clear();
        self.sync_starts.stack.extend(cuts.iter().map(|&(unit, at)| (unit, at as u32)));
        while let Some((unit, from)) = self.sync_starts.stack.pop() {
            // A choice made behind may move what lies before.
            let from = if self.chooses(instance, unit) { 0 } else { from };
            let until = self.sync_starts.from[unit.index()];
            if from >= until {
                continue;
            }
            self.sync_starts.from[unit.index()] = from;
            if until == u32::MAX {
                self.sync_starts.reached.push(unit);
                self.retimes(unit);
            }
            let count = self.routes[unit.index()].visits.len().min(until as usize);
            for at in from as usize..count {
                let slot = self.routes[unit.index()].visits[at];
                for partner in instance.precedence.successors(slot) {
                    if let Some(unit) = self.unit_of(partner.slot) {
                        let binds = self.binds(instance, cuts, partner.slot, unit);
                        self.sync_starts.set(partner.slot, Time::MIN);
                        self.sync_starts.reset.push(partner.slot);
                        if binds {
                            self.sync_starts.stack.push((unit, self.position(partner.slot) as u32));
                        }
                    }
                }
            }
        }
    }

    /// Whether a visit may start sooner once nobody holds it: what holds it binds, or its own route has changed.
    fn binds(&self, instance: &Instance<'_>, cuts: &[(UnitId, usize)], slot: SlotId, unit: UnitId) -> bool {
        let until = self.sync_starts.release[slot.index()];
        self.chooses(instance, unit)
            || cuts.iter().any(|&(cut, _)| cut == unit)
            // Between two windows it starts later than it is held.
            || until > Time::MIN
                && (until >= self.start(instance, slot) || instance.slot(slot).several_windows())
    }

    /// Lets the starts of what was reached grow until nothing moves.
    fn grow(&mut self, instance: &Instance<'_>) -> bool {
        for r in 0..self.sync_starts.reached.len() {
            self.sync_starts.wait(self.sync_starts.reached[r]);
        }
        let most = PASSES * self.sync_starts.reached.len() + PASSES;
        let mut next = 0;
        while next < self.sync_starts.waiting.len() {
            let unit = self.sync_starts.waiting[next];
            next += 1;
            self.sync_starts.is_waiting[unit.index()] = false;
            if next > most || !self.pass(instance, unit) {
                return false;
            }
        }
        true
    }

    /// Times one route, and makes those who wait for its people wait as long; false when it cannot be done in time.
    fn pass(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let owner = instance.unit(unit);
        if self.chooses(instance, unit) {
            return self.pass_with_choices(instance, unit);
        }
        let count = self.routes[unit.index()].visits.len();
        let (mut here, mut free) = (owner.from, owner.start);
        for at in 0..count {
            let slot = self.routes[unit.index()].visits[at];
            let service = instance.service(slot, owner);
            let ready = free + instance.arc(owner, here, slot);
            if ready > owner.end {
                return false;
            }
            let Some(start) =
                instance.earliest(slot, ready.max(self.sync_starts.release[slot.index()]), service)
            else {
                return false;
            };
            self.release_successors(instance, slot, (start, service));
            (here, free) = (instance.slot(slot).place, start + service);
        }
        true
    }

    /// Whether a visit of this route can be done in more ways than one: in several windows, near the start told before or not,
    /// before or after a break.
    pub(crate) fn chooses(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let owner = instance.unit(unit);
        let may = instance.timed || instance.compress;
        let odd = |&slot: &SlotId| instance.slot(slot).has_timing_choice(owner.volunteer);
        owner.breaks || may && self.routes[unit.index()].visits.iter().any(odd)
    }

    fn pass_with_choices(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if !self.timing.set(instance, unit, &self.routes[unit.index()].visits, &self.sync_starts.release) {
            return false;
        }
        for at in 0..self.routes[unit.index()].visits.len() {
            let slot = self.routes[unit.index()].visits[at];
            let service = instance.service(slot, instance.unit(unit));
            self.release_successors(instance, slot, (self.timing.starts[at], service));
        }
        true
    }

    fn release_successors(
        &mut self,
        instance: &Instance<'_>,
        slot: SlotId,
        (start, service): (Time, Seconds),
    ) {
        for partner in instance.precedence.successors(slot) {
            let Some(unit) = self.unit_of(partner.slot) else { continue };
            let waiting = || instance.service(partner.slot, instance.unit(unit));
            let until = partner.until(instance.problem.calendar(), start, || service, waiting);
            if until <= self.sync_starts.release[partner.slot.index()] {
                continue;
            }
            self.sync_starts.set(partner.slot, until);
            if self.sync_starts.from[unit.index()] == u32::MAX {
                // Not reached, so its times are still known: it waits only where this binds.
                if !self.chooses(instance, unit) && until <= self.start(instance, partner.slot) {
                    continue;
                }
                self.sync_starts.from[unit.index()] = 0;
                self.sync_starts.reached.push(unit);
                self.retimes(unit);
            }
            self.sync_starts.wait(unit);
        }
    }

    /// Holds what was let go of as long as those want for whom it waits and whom the change does not reach.
    fn restore_releases(&mut self, instance: &Instance<'_>) {
        for k in 0..self.sync_starts.reset.len() {
            let slot = self.sync_starts.reset[k];
            let Some(here) = self.unit_of(slot) else { continue };
            for partner in instance.precedence.predecessors(slot) {
                let Some(unit) = self.unit_of(partner.slot) else { continue };
                if self.sync_starts.from[unit.index()] != u32::MAX {
                    continue;
                }
                if self.chooses(instance, unit) {
                    // Its choices are told only by timing it.
                    self.sync_starts.from[unit.index()] = 0;
                    self.sync_starts.reached.push(unit);
                    self.retimes(unit);
                } else {
                    let service = |slot, unit| instance.service(slot, instance.unit(unit));
                    let (calendar, start) = (instance.problem.calendar(), self.start(instance, partner.slot));
                    let awaited = || service(partner.slot, unit);
                    let until = partner.until(calendar, start, awaited, || service(slot, here));
                    if until > self.sync_starts.release[slot.index()] {
                        self.sync_starts.set(slot, until);
                    }
                }
            }
        }
    }

    fn refresh_reached(&mut self, instance: &Instance<'_>) -> bool {
        // Who goes along is timed after whoever leads.
        for goes_along in [false, true] {
            for r in 0..self.sync_starts.befores.len() {
                let unit = self.sync_starts.befores[r].0;
                if self.route(unit).with.is_some() == goes_along
                    && !(self.refresh(instance, unit) && self.keeps_limits(instance, unit))
                {
                    return false;
                }
            }
        }
        if instance.links.weekly && !self.keeps_weekdays(instance) {
            return false;
        }
        self.count_changes(instance);
        for r in 0..self.sync_starts.befores.len() {
            let unit = self.sync_starts.befores[r].0;
            self.find_latest_without_delay(instance, unit);
        }
        true
    }

    /// Whether needs of one weekday are still served on one, where their routes have changed. Times alone do not lead there: a visit
    /// on a wrong weekday is not put off to the right one.
    fn keeps_weekdays(&self, instance: &Instance<'_>) -> bool {
        let problem = instance.problem;
        let day = |slot: SlotId| problem.calendar().day(self.start(instance, slot));
        let visits = self.sync_starts.befores.iter().flat_map(|(unit, _)| &self.routes[unit.index()].visits);
        let first = visits.filter(|&&slot| !instance.is_depot_visit(slot) && problem.slot(slot).stop == 0);
        first.copied().all(|slot| {
            let others = instance.links.others(problem.slot(slot).need, TieKind::Weeks);
            let mut others = others.flat_map(|need| problem.slots_of(need));
            others.all(|other| {
                let counts = problem.slot(other).stop == 0 && self.unit_of(other).is_some();
                !counts || (day(other) - day(slot)).rem_euclid(7) == 0
            })
        })
    }

    /// Brings the terms up to date with all routes that have changed.
    pub(crate) fn count_changes(&mut self, instance: &Instance<'_>) {
        // Totals of one person's other routes enter the load: they change one after the other.
        let befores = std::mem::take(&mut self.sync_starts.befores);
        let afters = befores.iter().map(|(unit, before)| {
            let route = &mut self.routes[unit.index()];
            (
                std::mem::replace(&mut route.totals, before.totals),
                std::mem::replace(&mut route.out, before.out),
            )
        });
        let afters = afters.collect::<Vec<_>>();
        for ((unit, before), after) in befores.iter().zip(afters) {
            let route = &mut self.routes[unit.index()];
            (route.totals, route.out) = after;
            self.end_change(instance, *unit, before);
        }
        self.sync_starts.befores = befores;
    }

    /// How late everything on a route can be for nothing, those who wait for it told.
    fn find_latest_without_delay(&mut self, instance: &Instance<'_>, unit: UnitId) {
        if !self.route(unit).needs_propagation {
            return;
        }
        let mut route = std::mem::take(&mut self.routes[unit.index()]);
        route.find_latest_without_delay(instance, instance.unit(unit), |slot, service| {
            let partners = instance.precedence.successors(slot).iter().filter_map(|partner| {
                let other = self.unit_of(partner.slot).filter(|&other| other != unit)?;
                let calm =
                    self.routes[other.index()].latest_without_delay.get(self.position(partner.slot))?;
                let waiting = || instance.service(partner.slot, instance.unit(other));
                Some(partner.latest(instance.problem.calendar(), calm.alone, || service, waiting))
            });
            partners.min().unwrap_or(Time::MAX)
        });
        self.routes[unit.index()] = route;
    }

    /// Times the routes of a change that was taken back.
    pub(crate) fn abandon_retiming(&mut self, instance: &Instance<'_>) {
        for goes_along in [false, true] {
            for r in 0..self.sync_starts.befores.len() {
                let unit = self.sync_starts.befores[r].0;
                if self.route(unit).with.is_some() == goes_along {
                    let good = self.refresh(instance, unit);
                    debug_assert!(good, "a route that was possible stays so");
                }
            }
        }
    }

    /// The moments before which the people who come with somebody do not let them start; empty where there are no crews.
    pub(crate) fn releases(&self) -> &[Time] {
        &self.sync_starts.release
    }
}
