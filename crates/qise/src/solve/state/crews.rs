//! Visits of whole crews go in and out, in however many routes they are.

use super::WorkingPlan;
use super::depot_visits;
use super::party;
use super::placing::Placing;
use super::retiming;
use super::rides;
use super::spot::Spot;
use crate::model::{SlotId, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;

impl WorkingPlan {
    /// Puts visits into routes, all or none; false, and nothing has changed, when that cannot be timed. Two visits of one
    /// route come in the order of their places, each counted without the other.
    pub(crate) fn place(&mut self, instance: &Instance<'_>, placings: &[Placing]) -> bool {
        self.place_company(instance, placings, &[])
    }

    /// The same, where the route of the first has just got this company, which parts again where nothing comes of it.
    pub(super) fn place_company(
        &mut self,
        instance: &Instance<'_>,
        placings: &[Placing],
        company: &[UnitId],
    ) -> bool {
        if !instance.has_synchronisation() {
            return rides::insert_ride(self, instance, placings);
        }
        let mark = self.sync_starts.log.len();
        let cuts = placings.iter().map(|p| (p.unit, p.at)).collect::<Vec<_>>();
        retiming::begin(self, cuts.iter().map(|&(unit, _)| unit));
        let olds = if instance.depot_calls.is_empty() { Vec::new() } else { visits_of(self, placings) };
        for p in placings.iter().rev() {
            self.routes[p.unit.index()].visits.insert(p.at, p.slot);
        }
        for p in placings {
            self.number_from(p.unit, p.at);
            self.sync_starts.let_go(p.slot);
        }
        let mut counted = false;
        let mut cuts = cuts;
        depot_visits::drop_all_idle_calls(self, instance, &mut cuts);
        if retiming::run(self, instance, &cuts) {
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
        if let Some(lead) = placings.first().filter(|_| !company.is_empty()) {
            party::part(self, lead.unit, company);
        }
        retiming::abandon(self, instance);
        if counted {
            retiming::count_changes(self, instance);
        }
        false
    }
}

/// The visits of the routes that something is put into.
fn visits_of(plan: &WorkingPlan, placings: &[Placing]) -> Vec<(UnitId, Vec<SlotId>)> {
    let mut olds: Vec<(UnitId, Vec<SlotId>)> = Vec::new();
    for p in placings {
        if olds.iter().all(|(unit, _)| *unit != p.unit) {
            olds.push((p.unit, plan.route(p.unit).visits.clone()));
        }
    }
    olds
}

/// Takes out whole crews: the visits at `positions` (ascending) of a route, those of the people who come with them, and the
/// needs that are not served without them. `removed` grows by the leading slot of each.
pub(crate) fn take_out_crews(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    positions: &[usize],
    removed: &mut Vec<SlotId>,
) {
    let visits = &plan.routes[unit.index()].visits;
    let mut going = positions.iter().rev().map(|&at| visits[at]).collect::<Vec<_>>();
    retiming::begin(plan, std::iter::empty());
    let mut cuts = Vec::new();
    going.retain(|&slot| !instance.is_depot_visit(slot));
    for &at in positions.iter().rev().filter(|_| !instance.depot_calls.is_empty()) {
        if instance.is_depot_visit(plan.routes[unit.index()].visits[at]) {
            retiming::add_route(plan, unit);
            plan.routes[unit.index()].visits.remove(at);
            plan.number_from(unit, at);
            cuts.push((unit, at));
        }
    }
    loop {
        while let Some(slot) = going.pop() {
            // Needs that stand for each other meet again.
            if plan.unit_of(slot).is_none() {
                continue;
            }
            let needed_by = instance.links.others(instance.problem.slot(slot).need, TieKind::NeededBy);
            going.extend(needed_by.map(|need| instance.problem.first_slot(need)));
            for slot in instance.crew(slot) {
                let Some(unit) = plan.unit_of(slot) else { continue };
                let at = plan.position(slot);
                retiming::add_route(plan, unit);
                plan.routes[unit.index()].visits.remove(at);
                plan.spots[slot.index()] = Spot::NOWHERE;
                // Whoever asks for a place for it is not held by what was.
                plan.sync_starts.set(slot, Time::MIN);
                plan.number_from(unit, at);
                cuts.push((unit, at));
                if instance.slot(slot).leads {
                    removed.push(slot);
                }
                plan.note_unserved(instance, slot);
            }
        }
        depot_visits::drop_all_idle_calls(plan, instance, &mut cuts);
        if !instance.parties.is_empty() {
            for k in 0..cuts.len() {
                party::release(plan, instance, cuts[k].0, &mut cuts);
            }
        }
        let marks = plan.sync_starts.log.len();
        if retiming::run(plan, instance, &cuts) {
            return depot_visits::relieve_depot_stock(plan, instance, removed);
        }
        // A detour by way of somebody was quicker: whoever follows goes too.
        plan.sync_starts.undo_to(marks);
        let lacking = plan.sync_starts.befores.iter().find_map(|(unit, _)| {
            let route = &plan.routes[unit.index()];
            route.goods.unsupplied.and_then(|v| route.visits.get(v)).copied()
        });
        let next = lacking.or_else(|| {
            cuts.iter().find_map(|&(unit, at)| {
                let visits = &plan.routes[unit.index()].visits;
                let is_visit = |slot: &&SlotId| !instance.is_depot_visit(**slot);
                visits.iter().skip(at).find(is_visit).or(visits.iter().rfind(is_visit)).copied()
            })
        });
        let others = || {
            let last = |unit: UnitId| {
                plan.routes[unit.index()].visits.iter().rfind(|&&s| !instance.is_depot_visit(s))
            };
            plan.sync_starts.befores.iter().find_map(|&(unit, _)| last(unit).copied())
        };
        match next.or_else(others) {
            Some(slot) => going.push(slot),
            None => unreachable!("people without visits wait for nobody"),
        }
    }
}
