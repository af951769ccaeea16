//! Visits that wait for each other: a change of one route moves others too.
//!
//! Every visit starts as early as its route and the people who come with it allow: at the longest path to it in the graph of
//! all ways and gaps. A change resets what hangs on it and lets the starts grow again from below until nothing moves; where
//! they would grow for ever, people wait for each other in a circle, and the change is refused.

use super::{Before, Spot, WorkingPlan};
use crate::model::{Seconds, SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::links::TieKind;

/// No start grows in more passes over each route than this, and a few.
const PASSES: usize = 64;

/// The moments before which the people who come with somebody do not let them start; nothing where there are no crews.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub(super) until: Vec<Time>,
    /// What has changed since the trial began, oldest first.
    log: Vec<(SlotId, Time)>,
    /// For each unit the first visit that hangs on the present change.
    from: Vec<u32>,
    reached: Vec<UnitId>,
    stack: Vec<(UnitId, u32)>,
    /// What nobody holds any more, until it is known who does.
    loosened: Vec<SlotId>,
    waiting: Vec<UnitId>,
    is_waiting: Vec<bool>,
    befores: Vec<(UnitId, Before)>,
}

/// A visit to be put into a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::solve) struct Placing {
    pub(in crate::solve) slot: SlotId,
    pub(in crate::solve) unit: UnitId,
    pub(in crate::solve) at: usize,
}

impl Held {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        if instance.crews.is_empty() {
            return Self::default();
        }
        let units = instance.units.len();
        Self {
            until: vec![Time::MIN; instance.slots.len()],
            from: vec![u32::MAX; units],
            is_waiting: vec![false; units],
            ..Self::default()
        }
    }

    pub(super) fn begin(&mut self) {
        self.log.clear();
    }

    pub(super) fn undo(&mut self) {
        self.undo_to(0);
    }

    pub(super) fn take_log(&mut self) -> Vec<(SlotId, Time)> {
        std::mem::take(&mut self.log)
    }

    pub(super) fn put_log(&mut self, log: Vec<(SlotId, Time)>) {
        self.log = log;
    }

    fn undo_to(&mut self, mark: usize) {
        for (slot, until) in self.log.drain(mark..).rev() {
            self.until[slot.index()] = until;
        }
    }

    fn set(&mut self, slot: SlotId, until: Time) {
        let old = std::mem::replace(&mut self.until[slot.index()], until);
        if old != until {
            self.log.push((slot, old));
        }
    }

    /// Takes over what `other` holds of these visits.
    pub(super) fn follow(&mut self, other: &Self, visits: &[SlotId]) {
        if !self.until.is_empty() {
            for &slot in visits {
                self.until[slot.index()] = other.until[slot.index()];
            }
        }
    }

    fn wait(&mut self, unit: UnitId) {
        if !std::mem::replace(&mut self.is_waiting[unit.index()], true) {
            self.waiting.push(unit);
        }
    }
}

impl WorkingPlan {
    /// Puts visits into routes, all or none; false, and nothing has changed, when that cannot be timed. Two visits of one
    /// route come in the order of their places, each counted without the other.
    pub(in crate::solve) fn place(&mut self, instance: &Instance<'_>, placings: &[Placing]) -> bool {
        if instance.crews.is_empty() {
            return self.insert_ride(instance, placings);
        }
        let mark = self.held.log.len();
        let cuts = placings.iter().map(|p| (p.unit, p.at)).collect::<Vec<_>>();
        self.start_retiming(cuts.iter().map(|&(unit, _)| unit));
        let olds = if instance.calls.is_empty() { Vec::new() } else { self.visits_of(placings) };
        for p in placings.iter().rev() {
            self.routes[p.unit.index()].visits.insert(p.at, p.slot);
        }
        for p in placings {
            self.number_from(p.unit, p.at);
            self.held.set(p.slot, Time::MIN);
            self.held.loosened.push(p.slot);
        }
        let mut counted = false;
        let mut cuts = cuts;
        self.drop_all_idle_calls(instance, &mut cuts);
        if self.retime(instance, &cuts) {
            counted = true;
            if self.shelves.are_good() {
                for p in placings.iter().filter(|p| !instance.is_call(p.slot)) {
                    self.note_taken(instance, p.slot);
                }
                return true;
            }
            let befores = std::mem::take(&mut self.held.befores);
            self.held.befores =
                befores.into_iter().map(|(unit, _)| (unit, self.begin_change(unit))).collect();
        }
        // In their order: each stands where it was counted to once those before it are gone.
        for p in placings.iter().filter(|_| instance.calls.is_empty()) {
            self.routes[p.unit.index()].visits.remove(p.at);
        }
        for (unit, visits) in olds {
            self.routes[unit.index()].visits = visits;
        }
        for p in placings {
            self.spots[p.slot.index()] = Spot::NOWHERE;
            self.number_from(p.unit, if instance.calls.is_empty() { p.at } else { 0 });
        }
        self.held.undo_to(mark);
        self.abandon_retiming(instance);
        if counted {
            self.count_changes(instance);
        }
        false
    }

    /// The visits of the routes that something is put into.
    fn visits_of(&self, placings: &[Placing]) -> Vec<(UnitId, Vec<SlotId>)> {
        let mut olds: Vec<(UnitId, Vec<SlotId>)> = Vec::new();
        for p in placings {
            if olds.iter().all(|(unit, _)| *unit != p.unit) {
                olds.push((p.unit, self.route(p.unit).visits.clone()));
            }
        }
        olds
    }

    /// Lets go of visits that somebody else is to make.
    pub(super) fn hold_anew(&mut self, visits: &[SlotId]) {
        for &slot in visits {
            self.held.set(slot, Time::MIN);
            self.held.loosened.push(slot);
        }
    }

    /// Takes out whole crews: the visits at `positions` (ascending) of a route, those of the people who come with them, and the
    /// needs that are not served without them. `removed` grows by the leading slot of each.
    pub(super) fn take_out_crews(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        positions: &[usize],
        removed: &mut Vec<SlotId>,
    ) {
        let visits = &self.routes[unit.index()].visits;
        let mut going = positions.iter().rev().map(|&at| visits[at]).collect::<Vec<_>>();
        self.start_retiming(std::iter::empty());
        let mut cuts = Vec::new();
        going.retain(|&slot| !instance.is_call(slot));
        for &at in positions.iter().rev().filter(|_| !instance.calls.is_empty()) {
            if instance.is_call(self.routes[unit.index()].visits[at]) {
                self.retimes(unit);
                self.routes[unit.index()].visits.remove(at);
                self.number_from(unit, at);
                cuts.push((unit, at));
            }
        }
        loop {
            while let Some(slot) = going.pop() {
                // Needs that stand for each other meet again.
                if self.unit_of(slot).is_none() {
                    continue;
                }
                let needed_by = instance.links.others(instance.problem.slot(slot).need, TieKind::NeededBy);
                going.extend(needed_by.map(|need| instance.problem.first_slot(need)));
                for slot in instance.crew(slot) {
                    let Some(unit) = self.unit_of(slot) else { continue };
                    let at = self.position(slot);
                    self.retimes(unit);
                    self.routes[unit.index()].visits.remove(at);
                    self.spots[slot.index()] = Spot::NOWHERE;
                    self.number_from(unit, at);
                    cuts.push((unit, at));
                    if instance.slot(slot).leads {
                        removed.push(slot);
                    }
                    self.note_absent(instance, slot);
                }
            }
            self.drop_all_idle_calls(instance, &mut cuts);
            if !instance.parties.is_empty() {
                for k in 0..cuts.len() {
                    self.release(instance, cuts[k].0, &mut cuts);
                }
            }
            let marks = self.held.log.len();
            if self.retime(instance, &cuts) {
                return self.relieve_shelves(instance, removed);
            }
            // A detour by way of somebody was quicker: whoever follows goes too.
            self.held.undo_to(marks);
            let lacking = self.held.befores.iter().find_map(|(unit, _)| {
                let route = &self.routes[unit.index()];
                route.unsupplied.and_then(|v| route.visits.get(v)).copied()
            });
            let next = lacking.or_else(|| {
                cuts.iter().find_map(|&(unit, at)| {
                    let visits = &self.routes[unit.index()].visits;
                    let is_visit = |slot: &&SlotId| !instance.is_call(**slot);
                    visits.iter().skip(at).find(is_visit).or(visits.iter().rfind(is_visit)).copied()
                })
            });
            let others = || {
                let last =
                    |unit: UnitId| self.routes[unit.index()].visits.iter().rfind(|&&s| !instance.is_call(s));
                self.held.befores.iter().find_map(|&(unit, _)| last(unit).copied())
            };
            match next.or_else(others) {
                Some(slot) => going.push(slot),
                None => unreachable!("people without visits wait for nobody"),
            }
        }
    }

    /// Begins a change of the routes of `units`.
    pub(super) fn start_retiming(&mut self, units: impl Iterator<Item = UnitId>) {
        self.held.befores.clear();
        for unit in units {
            self.retimes(unit);
        }
    }

    fn retimes(&mut self, unit: UnitId) {
        if self.held.befores.iter().all(|(known, ..)| *known != unit) {
            let before = self.begin_change(unit);
            self.held.befores.push((unit, before));
            for k in 0..self.route(unit).company.len() {
                self.retimes(self.route(unit).company[k]);
            }
        }
    }

    /// Brings the times of everything behind `cuts` up to date, in their routes and in those that wait for them; false when that
    /// cannot be, and then the change must be taken back.
    pub(super) fn retime(&mut self, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) -> bool {
        self.reach(instance, cuts);
        self.hold_loosened(instance);
        self.held.loosened.clear();
        let good = self.grow(instance) && self.refresh_reached(instance);
        if !good {
            // What the terms count of these routes is still what they were.
            for (unit, before) in &self.held.befores {
                let route = &mut self.routes[unit.index()];
                (route.sums, route.out) = (before.sums, before.out);
            }
        }
        for unit in self.held.waiting.drain(..) {
            self.held.is_waiting[unit.index()] = false;
        }
        for &unit in &self.held.reached {
            self.held.from[unit.index()] = u32::MAX;
        }
        good
    }

    /// Everything that hangs on the visits behind `cuts`; nobody holds it any more.
    fn reach(&mut self, instance: &Instance<'_>, cuts: &[(UnitId, usize)]) {
        self.held.reached.clear();
        self.held.stack.clear();
        self.held.stack.extend(cuts.iter().map(|&(unit, at)| (unit, at as u32)));
        while let Some((unit, from)) = self.held.stack.pop() {
            // A choice made behind may move what lies before.
            let from = if self.chooses(instance, unit) { 0 } else { from };
            let until = self.held.from[unit.index()];
            if from >= until {
                continue;
            }
            self.held.from[unit.index()] = from;
            if until == u32::MAX {
                self.held.reached.push(unit);
                self.retimes(unit);
            }
            let count = self.routes[unit.index()].visits.len().min(until as usize);
            for at in from as usize..count {
                let slot = self.routes[unit.index()].visits[at];
                for mate in instance.crews.mates(slot) {
                    if let Some(unit) = self.unit_of(mate.slot) {
                        let binds = self.binds(instance, cuts, mate.slot, unit);
                        self.held.set(mate.slot, Time::MIN);
                        self.held.loosened.push(mate.slot);
                        if binds {
                            self.held.stack.push((unit, self.position(mate.slot) as u32));
                        }
                    }
                }
            }
        }
    }

    /// Whether a visit may start sooner once nobody holds it: what holds it binds, or its own route has changed.
    fn binds(&self, instance: &Instance<'_>, cuts: &[(UnitId, usize)], slot: SlotId, unit: UnitId) -> bool {
        let until = self.held.until[slot.index()];
        self.chooses(instance, unit)
            || cuts.iter().any(|&(cut, _)| cut == unit)
            // Between two windows it starts later than it is held.
            || until > Time::MIN
                && (until >= self.start(instance, slot) || instance.slot(slot).several_windows())
    }

    /// Lets the starts of what was reached grow until nothing moves.
    fn grow(&mut self, instance: &Instance<'_>) -> bool {
        for r in 0..self.held.reached.len() {
            self.held.wait(self.held.reached[r]);
        }
        let most = PASSES * self.held.reached.len() + PASSES;
        let mut next = 0;
        while next < self.held.waiting.len() {
            let unit = self.held.waiting[next];
            next += 1;
            self.held.is_waiting[unit.index()] = false;
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
            let Some(start) = instance.earliest(slot, ready.max(self.held.until[slot.index()]), service)
            else {
                return false;
            };
            self.hold_mates(instance, slot, (start, service));
            (here, free) = (instance.slot(slot).place, start + service);
        }
        true
    }

    /// Whether a visit of this route can be done in more ways than one: in several windows, near the start told before or not,
    /// before or after a break.
    pub(in crate::solve) fn chooses(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let owner = instance.unit(unit);
        let may = instance.timed || instance.compress;
        let odd = |&slot: &SlotId| instance.slot(slot).is_odd(owner.volunteer);
        owner.breaks || may && self.routes[unit.index()].visits.iter().any(odd)
    }

    fn pass_with_choices(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if !self.timing.set(instance, unit, &self.routes[unit.index()].visits, &self.held.until) {
            return false;
        }
        for at in 0..self.routes[unit.index()].visits.len() {
            let slot = self.routes[unit.index()].visits[at];
            let service = instance.service(slot, instance.unit(unit));
            self.hold_mates(instance, slot, (self.timing.starts[at], service));
        }
        true
    }

    fn hold_mates(&mut self, instance: &Instance<'_>, slot: SlotId, (start, service): (Time, Seconds)) {
        for mate in instance.crews.mates(slot) {
            let Some(unit) = self.unit_of(mate.slot) else { continue };
            let waiting = || instance.service(mate.slot, instance.unit(unit));
            let until = mate.until(instance.problem.calendar(), start, || service, waiting);
            if until <= self.held.until[mate.slot.index()] {
                continue;
            }
            self.held.set(mate.slot, until);
            if self.held.from[unit.index()] == u32::MAX {
                // Not reached, so its times are still known: it waits only where this binds.
                if !self.chooses(instance, unit) && until <= self.start(instance, mate.slot) {
                    continue;
                }
                self.held.from[unit.index()] = 0;
                self.held.reached.push(unit);
                self.retimes(unit);
            }
            self.held.wait(unit);
        }
    }

    /// Holds what was let go of as long as those want for whom it waits and whom the change does not reach.
    fn hold_loosened(&mut self, instance: &Instance<'_>) {
        for k in 0..self.held.loosened.len() {
            let slot = self.held.loosened[k];
            let Some(here) = self.unit_of(slot) else { continue };
            for mate in instance.crews.awaited(slot) {
                let Some(unit) = self.unit_of(mate.slot) else { continue };
                if self.held.from[unit.index()] != u32::MAX {
                    continue;
                }
                if self.chooses(instance, unit) {
                    // Its choices are told only by timing it.
                    self.held.from[unit.index()] = 0;
                    self.held.reached.push(unit);
                    self.retimes(unit);
                } else {
                    let service = |slot, unit| instance.service(slot, instance.unit(unit));
                    let (calendar, start) = (instance.problem.calendar(), self.start(instance, mate.slot));
                    let awaited = || service(mate.slot, unit);
                    let until = mate.until(calendar, start, awaited, || service(slot, here));
                    if until > self.held.until[slot.index()] {
                        self.held.set(slot, until);
                    }
                }
            }
        }
    }

    fn refresh_reached(&mut self, instance: &Instance<'_>) -> bool {
        // Who goes along is timed after whoever leads.
        for goes_along in [false, true] {
            for r in 0..self.held.befores.len() {
                let unit = self.held.befores[r].0;
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
        for r in 0..self.held.befores.len() {
            let unit = self.held.befores[r].0;
            self.calm(instance, unit);
        }
        true
    }

    /// Whether needs of one weekday are still served on one, where their routes have changed. Times alone do not lead there: a visit
    /// on a wrong weekday is not put off to the right one.
    fn keeps_weekdays(&self, instance: &Instance<'_>) -> bool {
        let problem = instance.problem;
        let day = |slot: SlotId| problem.calendar().day(self.start(instance, slot));
        let visits = self.held.befores.iter().flat_map(|(unit, _)| &self.routes[unit.index()].visits);
        let first = visits.filter(|&&slot| !instance.is_call(slot) && problem.slot(slot).stop == 0);
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
    fn count_changes(&mut self, instance: &Instance<'_>) {
        // Sums of one person's other routes enter the load: they change one after the other.
        let befores = std::mem::take(&mut self.held.befores);
        let afters = befores.iter().map(|(unit, before)| {
            let route = &mut self.routes[unit.index()];
            (std::mem::replace(&mut route.sums, before.sums), std::mem::replace(&mut route.out, before.out))
        });
        let afters = afters.collect::<Vec<_>>();
        for ((unit, before), after) in befores.iter().zip(afters) {
            let route = &mut self.routes[unit.index()];
            (route.sums, route.out) = after;
            self.end_change(instance, *unit, before);
        }
        self.held.befores = befores;
    }

    /// How late everything on a route can be for nothing, those who wait for it told.
    fn calm(&mut self, instance: &Instance<'_>, unit: UnitId) {
        if !self.route(unit).flows {
            return;
        }
        let mut route = std::mem::take(&mut self.routes[unit.index()]);
        route.find_calm(instance, instance.unit(unit), |slot, service| {
            let mates = instance.crews.mates(slot).iter().filter_map(|mate| {
                let other = self.unit_of(mate.slot).filter(|&other| other != unit)?;
                let calm = self.routes[other.index()].calm.get(self.position(mate.slot))?;
                let waiting = || instance.service(mate.slot, instance.unit(other));
                Some(mate.latest(instance.problem.calendar(), calm.alone, || service, waiting))
            });
            mates.min().unwrap_or(Time::MAX)
        });
        self.routes[unit.index()] = route;
    }

    /// Times the routes of a change that was taken back.
    fn abandon_retiming(&mut self, instance: &Instance<'_>) {
        for goes_along in [false, true] {
            for r in 0..self.held.befores.len() {
                let unit = self.held.befores[r].0;
                if self.route(unit).with.is_some() == goes_along {
                    let good = self.refresh(instance, unit);
                    debug_assert!(good, "a route that was possible stays so");
                }
            }
        }
    }

    /// The moments before which the people who come with somebody do not let them start; empty where there are no crews.
    pub(in crate::solve) fn held_list(&self) -> &[Time] {
        &self.held.until
    }
}

/// The moment before which somebody is held at a slot, by a list that is empty where there are no crews.
#[inline]
pub(in crate::solve) fn held_at(until: &[Time], slot: SlotId) -> Time {
    until.get(slot.index()).copied().unwrap_or(Time::MIN)
}
