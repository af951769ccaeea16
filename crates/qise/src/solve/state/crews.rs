//! Visits of whole crews go in and out, in however many routes they are.

use super::WorkingPlan;
use super::placing::Placing;
use super::spot::Spot;
use crate::model::{SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;

impl WorkingPlan {
    /// Puts visits into routes, all or none; false, and nothing has changed, when that cannot be timed. Two visits of one
    /// route come in the order of their places, each counted without the other.
    pub(crate) fn place(&mut self, instance: &Instance<'_>, placings: &[Placing]) -> bool {
        if instance.precedence.is_empty() {
            return self.insert_ride(instance, placings);
        }
        let mark = self.sync_starts.log.len();
        let cuts = placings.iter().map(|p| (p.unit, p.at)).collect::<Vec<_>>();
        self.start_retiming(cuts.iter().map(|&(unit, _)| unit));
        let olds = if instance.depot_calls.is_empty() { Vec::new() } else { self.visits_of(placings) };
        for p in placings.iter().rev() {
            self.routes[p.unit.index()].visits.insert(p.at, p.slot);
        }
        for p in placings {
            self.number_from(p.unit, p.at);
            self.sync_starts.set(p.slot, Time::MIN);
            self.sync_starts.reset.push(p.slot);
        }
        let mut counted = false;
        let mut cuts = cuts;
        self.drop_all_idle_calls(instance, &mut cuts);
        if self.retime(instance, &cuts) {
            counted = true;
            if self.depot_stock.are_good() {
                for p in placings.iter().filter(|p| !instance.is_depot_visit(p.slot)) {
                    self.note_taken(instance, p.slot);
                }
                return true;
            }
            let befores = std::mem::take(&mut self.sync_starts.befores);
            self.sync_starts.befores =
                befores.into_iter().map(|(unit, _)| (unit, self.begin_change(unit))).collect();
        }
        // In their order: each stands where it was counted to once those before it are gone.
        for p in placings.iter().filter(|_| instance.depot_calls.is_empty()) {
            self.routes[p.unit.index()].visits.remove(p.at);
        }
        for (unit, visits) in olds {
            self.routes[unit.index()].visits = visits;
        }
        for p in placings {
            self.spots[p.slot.index()] = Spot::NOWHERE;
            self.number_from(p.unit, if instance.depot_calls.is_empty() { p.at } else { 0 });
        }
        self.sync_starts.undo_to(mark);
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
    pub(crate) fn reset_release(&mut self, visits: &[SlotId]) {
        for &slot in visits {
            self.sync_starts.set(slot, Time::MIN);
            self.sync_starts.reset.push(slot);
        }
    }

    /// Takes out whole crews: the visits at `positions` (ascending) of a route, those of the people who come with them, and the
    /// needs that are not served without them. `removed` grows by the leading slot of each.
    pub(crate) fn take_out_crews(
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
        going.retain(|&slot| !instance.is_depot_visit(slot));
        for &at in positions.iter().rev().filter(|_| !instance.depot_calls.is_empty()) {
            if instance.is_depot_visit(self.routes[unit.index()].visits[at]) {
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
                    self.note_unserved(instance, slot);
                }
            }
            self.drop_all_idle_calls(instance, &mut cuts);
            if !instance.parties.is_empty() {
                for k in 0..cuts.len() {
                    self.release(instance, cuts[k].0, &mut cuts);
                }
            }
            let marks = self.sync_starts.log.len();
            if self.retime(instance, &cuts) {
                return self.relieve_depot_stock(instance, removed);
            }
            // A detour by way of somebody was quicker: whoever follows goes too.
            self.sync_starts.undo_to(marks);
            let lacking = self.sync_starts.befores.iter().find_map(|(unit, _)| {
                let route = &self.routes[unit.index()];
                route.unsupplied.and_then(|v| route.visits.get(v)).copied()
            });
            let next = lacking.or_else(|| {
                cuts.iter().find_map(|&(unit, at)| {
                    let visits = &self.routes[unit.index()].visits;
                    let is_visit = |slot: &&SlotId| !instance.is_depot_visit(**slot);
                    visits.iter().skip(at).find(is_visit).or(visits.iter().rfind(is_visit)).copied()
                })
            });
            let others = || {
                let last = |unit: UnitId| {
                    self.routes[unit.index()].visits.iter().rfind(|&&s| !instance.is_depot_visit(s))
                };
                self.sync_starts.befores.iter().find_map(|&(unit, _)| last(unit).copied())
            };
            match next.or_else(others) {
                Some(slot) => going.push(slot),
                None => unreachable!("people without visits wait for nobody"),
            }
        }
    }
}
