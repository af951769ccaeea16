//! Visits go in and out, with all that comes and goes with them.

use super::route::Route;
use super::spot::RouteBefore;
use super::working::WorkingPlan;
use super::{Placing, crews, depot_visits, handing_out, rides};
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// Puts a visit into a route where it was found to fit; false where it does not after all, because somebody would wait for
    /// it who cannot.
    pub(crate) fn insert(&mut self, instance: &Instance<'_>, slot: SlotId, unit: UnitId, at: usize) -> bool {
        if instance.has_synchronisation() {
            return self.place(instance, &[Placing { slot, unit, at }]);
        }
        debug_assert!(!instance.is_ride(slot), "a ride is put in as a whole");
        let before = self.begin_change(unit);
        self.routes[unit.index()].visits.insert(at, slot);
        // Only what depots have can be found short once the change is made.
        let good = self.refresh(instance, unit);
        debug_assert!(
            good || !instance.depot_calls.is_empty(),
            "a change that was judged possible can be timed"
        );
        if !good {
            self.routes[unit.index()].visits.remove(at);
            self.refresh(instance, unit);
            return false;
        }
        self.end_change(instance, unit, &before);
        if !self.depot_stock.are_good() {
            let before = self.begin_change(unit);
            self.routes[unit.index()].visits.remove(at);
            self.refresh(instance, unit);
            self.end_change(instance, unit, &before);
            return false;
        }
        self.note_taken(instance, slot);
        self.number_from(unit, at);
        true
    }

    /// Takes the visits at `positions` (ascending) out of a route.
    ///
    /// Where roads or setups make the rest of the route impossible without them (a detour by way of them was quicker), the
    /// visits that follow are taken out too, until the rest is possible. Of a crew all visits go, in whichever route they are;
    /// `removed` grows by the slots that stand for the needs.
    pub(crate) fn take_out(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        positions: &[usize],
        removed: &mut Vec<SlotId>,
    ) {
        let Some(&first) = positions.first() else { return };
        if instance.has_synchronisation() {
            return crews::take_out_crews(self, instance, unit, positions, removed);
        }
        let before = self.begin_change(unit);
        let visits = &mut self.routes[unit.index()].visits;
        let mut gone = Vec::with_capacity(positions.len());
        for &at in positions.iter().rev() {
            gone.push(visits.remove(at));
        }
        rides::take_rest_of_rides(self, instance, unit, &mut gone);
        depot_visits::drop_idle_calls(self, instance, unit, &mut gone);
        while !(self.refresh(instance, unit) && self.routes.keeps_limits(instance, unit)) {
            let Route { visits, goods, .. } = &mut self.routes[unit.index()];
            let at = goods.unsupplied.unwrap_or(first).min(visits.len() - 1);
            gone.push(visits.remove(at));
            rides::take_rest_of_rides(self, instance, unit, &mut gone);
            depot_visits::drop_idle_calls(self, instance, unit, &mut gone);
        }
        self.end_change(instance, unit, &before);
        for &slot in &gone {
            self.note_unserved(instance, slot);
        }
        removed.extend(gone.into_iter().filter(|&slot| instance.slot(slot).leads));
        self.number_from(unit, 0);
        depot_visits::relieve_depot_stock(self, instance, removed);
    }

    /// Replaces the whole sequence of a route, if it can be timed and keeps the limits of the day.
    pub(crate) fn try_route(&mut self, instance: &Instance<'_>, unit: UnitId, visits: &[SlotId]) -> bool {
        if !visits.is_empty() && self.routes.is_blocked(instance, unit) {
            return false;
        }
        let before = self.begin_change(unit);
        let old = std::mem::replace(&mut self.routes[unit.index()].visits, visits.to_vec());
        depot_visits::drop_idle_calls(self, instance, unit, &mut Vec::new());
        if !(self.refresh(instance, unit) && self.routes.keeps_limits(instance, unit)) {
            self.routes[unit.index()].visits = old;
            let good = self.refresh(instance, unit);
            debug_assert!(good, "a route that was possible stays so");
            return false;
        }
        self.end_change(instance, unit, &before);
        if !self.depot_stock.are_good() {
            let before = self.begin_change(unit);
            self.routes[unit.index()].visits = old;
            let good = self.refresh(instance, unit);
            debug_assert!(good, "a route that was possible stays so");
            self.end_change(instance, unit, &before);
            return false;
        }
        for slot in old {
            self.note_unserved(instance, slot);
        }
        for &slot in visits {
            self.note_taken(instance, slot);
        }
        self.number_from(unit, 0);
        true
    }

    /// Takes over the routes of `units` from `other`, whose routes of all other units serve none of the same needs.
    pub(crate) fn follow(&mut self, instance: &Instance<'_>, other: &Self, units: &[UnitId]) {
        let mut befores = Vec::with_capacity(units.len());
        for &unit in units {
            let route = &mut self.routes[unit.index()];
            let entries = std::mem::take(&mut route.goods.stock_changes);
            befores.push(RouteBefore { totals: route.totals, out: route.out, stock_changes: entries });
            for slot in std::mem::take(&mut route.visits) {
                self.sync_starts.forget(slot);
                self.note_unserved(instance, slot);
            }
        }
        for (&unit, before) in units.iter().zip(befores) {
            self.routes[unit.index()].clone_from(other.route(unit));
            self.sync_starts.follow(&other.sync_starts, &other.route(unit).visits);
            for v in 0..self.routes[unit.index()].visits.len() {
                let slot = self.routes[unit.index()].visits[v];
                self.note_served(instance, slot);
            }
            self.end_change(instance, unit, &before);
            self.number_from(unit, 0);
        }
        handing_out::follow(self, instance, other);
    }
}
