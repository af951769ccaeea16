//! The plan under construction: routes, the needs that nobody serves yet, and the terms, kept up to date change by change.

pub(crate) mod blocked;
pub(crate) mod crews;
pub(crate) mod depot_stock;
pub(crate) mod depot_visits;
pub(crate) mod export;
pub(crate) mod handing_out;
pub(crate) mod independence;
pub(crate) mod limits;
pub(crate) mod outsourced;
pub(crate) mod party;
pub(crate) mod placing;
pub(crate) mod retiming;
pub(crate) mod rides;
pub(crate) mod route;
pub(crate) mod route_change;
pub(crate) mod routes;
pub(crate) mod schedule;
pub(crate) mod spot;
pub(crate) mod sync_starts;
pub(crate) mod tail_exchange;
pub(crate) mod terms;
pub(crate) mod transaction;
pub(crate) mod valuation;

use super::instance::Instance;
use crate::base::IdSet;
use crate::model::{NeedId, Problem, SlotId, Time, UnitId};
use depot_stock::DepotStock;
pub(crate) use depot_stock::StockChange;
pub(crate) use independence::meets_as_before;
use outsourced::Outsourced;
pub(crate) use placing::{CrewInsertion, Placing};
use route::Route;
use routes::Routes;
use schedule::timing::Timing;
use spot::{RouteBefore, Spot};
use sync_starts::SyncStarts;
pub(crate) use tail_exchange::TailCut;
use terms::PlanTerms;
use transaction::Transaction;

/// The plan under construction. Every state of it is valid.
#[derive(Clone, Debug)]
pub(crate) struct WorkingPlan {
    routes: Routes,
    spots: Vec<Spot>,
    unserved: IdSet<SlotId>,
    terms: PlanTerms,
    transaction: Transaction,
    /// For each representative a unit of its class before which all are out; `None` where all are.
    idle_from: Vec<Option<UnitId>>,
    timing: Timing,
    sync_starts: SyncStarts,
    outsourced: Outsourced,
    depot_stock: DepotStock,
}

impl WorkingPlan {
    /// The plan in which nobody moves.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let slots = instance.slots.len();
        let units = instance.problem.units().len();
        Self {
            routes: Routes::new(instance),
            spots: vec![Spot::NOWHERE; slots],
            unserved: IdSet::of(instance.leaders(), slots),
            terms: PlanTerms::new(instance),
            transaction: Transaction::new(units),
            idle_from: instance.problem.unit_ids().map(Some).collect(),
            timing: Timing::default(),
            sync_starts: SyncStarts::new(instance),
            outsourced: Outsourced::new(instance),
            depot_stock: DepotStock::new(instance),
        }
    }

    pub(crate) fn routes(&self) -> &Routes {
        &self.routes
    }

    /// What counts of the plan.
    pub(crate) fn terms(&self) -> &PlanTerms {
        &self.terms
    }

    #[inline]
    pub(crate) fn route(&self, unit: UnitId) -> &Route {
        &self.routes[unit.index()]
    }

    #[inline]
    pub(crate) fn unit_of(&self, slot: SlotId) -> Option<UnitId> {
        let unit = self.spots[slot.index()].unit;
        (unit != Spot::NOWHERE.unit).then_some(unit)
    }

    /// Where in its route a need is served; 0 when it is not.
    #[inline]
    pub(crate) fn position(&self, slot: SlotId) -> usize {
        self.spots[slot.index()].at as usize
    }

    /// When a slot that is filled starts at the earliest.
    #[inline]
    pub(crate) fn start(&self, instance: &Instance<'_>, slot: SlotId) -> Time {
        let Spot { unit, at } = self.spots[slot.index()];
        let service = instance.service(slot, instance.unit(unit));
        self.route(unit).nodes[at as usize].end - service
    }

    /// The needs that nobody serves.
    pub(crate) fn unserved(&self) -> &[SlotId] {
        self.unserved.list()
    }

    /// The needs that somebody should serve: of the ways to do one thing the first, where none is taken.
    pub(crate) fn unserved_needs(&self, problem: &Problem) -> impl Iterator<Item = SlotId> {
        self.unserved().iter().copied().filter(|&lead| {
            let ways = problem.ways(problem.slot(lead).need);
            let taken = |&way: &NeedId| self.unit_of(problem.first_slot(way)).is_some();
            ways.is_empty() || problem.first_slot(ways[0]) == lead && !ways.iter().any(taken)
        })
    }

    /// The first idle unit of a class.
    #[inline]
    pub(crate) fn idle_of_class(&self, instance: &Instance<'_>, representative: UnitId) -> Option<UnitId> {
        let from = self.idle_from[representative.index()]?;
        instance.units.identical.class_from(from).find(|&unit| !self.route(unit).out)
    }

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

    fn refresh(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if let Some(lead) = self.route(unit).with {
            party::follow_lead(&mut self.routes, unit, lead);
            return true;
        }
        let route = &mut self.routes[unit.index()];
        let good = route.refresh(instance, unit, &mut self.timing, &self.sync_starts.release);
        if !instance.parties.is_empty() {
            let people = std::iter::once(unit).chain(route.company.iter().copied());
            let worth = people.map(|unit| instance.parties.value(unit)).sum::<f64>();
            let labour = (worth * route.totals.service as f64 * instance.parties.wage) as i64;
            route.totals.completion_guidance = route.totals.completion_guidance.wrapping_add(labour);
        }
        good
    }

    fn begin_change(&mut self, unit: UnitId) -> RouteBefore {
        self.save(unit);
        let route = &mut self.routes[unit.index()];
        RouteBefore {
            totals: route.totals,
            out: route.out,
            stock_changes: std::mem::take(&mut route.goods.stock_changes),
        }
    }

    /// Brings the terms up to date with a route that has changed.
    fn end_change(&mut self, instance: &Instance<'_>, unit: UnitId, before: &RouteBefore) {
        let Self { routes, terms, depot_stock, .. } = self;
        let route = &routes[unit.index()];
        depot_stock.set(instance, unit, &before.stock_changes, &route.goods.stock_changes);
        let load = |work| routes.load_with(instance, unit, work);
        terms.replace_route(instance, unit, (&before.totals, &route.totals), load);
        if before.out != route.out {
            let volunteer = instance.unit(unit).volunteer;
            if instance.features.counts_people && !routes.goes_out_besides(instance, volunteer, unit) {
                terms.count_person(if route.out { 1 } else { -1 });
            }
            let is_idle = !route.out;
            self.note_idle(instance, unit, is_idle);
        }
    }

    /// Takes note that a unit stays at home, or does so no more.
    fn note_idle(&mut self, instance: &Instance<'_>, unit: UnitId, idle: bool) {
        let identical = &instance.units.identical;
        let from = &mut self.idle_from[identical.representative(unit).index()];
        if idle {
            *from = Some(from.map_or(unit, |from| from.min(unit)));
        } else if *from == Some(unit) {
            *from = identical.class_from(unit).nth(1);
        }
    }

    fn note_served(&mut self, instance: &Instance<'_>, slot: SlotId) {
        if self.unserved.remove(slot) {
            self.terms.count_unserved(instance.slot(slot), -1);
        }
    }

    fn note_unserved(&mut self, instance: &Instance<'_>, slot: SlotId) {
        self.spots[slot.index()] = Spot::NOWHERE;
        if instance.slot(slot).leads && self.unserved.add(slot) {
            self.terms.count_unserved(instance.slot(slot), 1);
        }
    }

    fn number_from(&mut self, unit: UnitId, first: usize) {
        for (at, &slot) in self.routes[unit.index()].visits.iter().enumerate().skip(first) {
            self.spots[slot.index()] = Spot { unit, at: at as u32 };
        }
    }

    /// Takes over the routes of `units` from `other`, whose routes of all other units serve none of the same needs.
    pub(crate) fn follow(&mut self, instance: &Instance<'_>, other: &Self, units: &[UnitId]) {
        let mut befores = Vec::with_capacity(units.len());
        for &unit in units {
            let route = &mut self.routes[unit.index()];
            let entries = std::mem::take(&mut route.goods.stock_changes);
            befores.push(RouteBefore { totals: route.totals, out: route.out, stock_changes: entries });
            for slot in std::mem::take(&mut route.visits) {
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

#[cfg(test)]
mod tests;
