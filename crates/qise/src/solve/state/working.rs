//! The plan under construction, and the steps that every change of it is made of.

use super::depot_stock::DepotStock;
use super::outsourced::Outsourced;
use super::route::Route;
use super::routes::Routes;
use super::saved::Saved;
use super::schedule::timing::Timing;
use super::spot::{RouteBefore, Spot};
use super::sync_starts::SyncStarts;
use super::terms::PlanTerms;
use crate::base::IdSet;
use crate::model::{NeedId, Problem, SlotId, Time, UnitId};
use crate::solve::instance::Instance;

/// The plan under construction. Every state of it is valid, but that fewer people may go out than must.
#[derive(Clone, Debug)]
pub(crate) struct WorkingPlan {
    pub(super) routes: Routes,
    pub(super) spots: Vec<Spot>,
    pub(super) unserved: IdSet<SlotId>,
    pub(super) terms: PlanTerms,
    pub(super) saved: Saved,
    /// For each representative a unit of its class before which all are out; `None` where all are.
    pub(super) idle_from: Vec<Option<UnitId>>,
    pub(super) timing: Timing,
    pub(super) sync_starts: SyncStarts,
    pub(super) outsourced: Outsourced,
    pub(super) depot_stock: DepotStock,
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
            saved: Saved::new(units),
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

    pub(super) fn refresh(&mut self, instance: &Instance<'_>, unit: UnitId) -> bool {
        if let Some(lead) = self.route(unit).with {
            self.routes.follow_lead(unit, lead);
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

    pub(super) fn begin_change(&mut self, unit: UnitId) -> RouteBefore {
        self.saved.save(&self.routes, unit);
        let route = &mut self.routes[unit.index()];
        RouteBefore {
            totals: route.totals,
            out: route.out,
            stock_changes: std::mem::take(&mut route.goods.stock_changes),
        }
    }

    /// Brings the terms up to date with a route that has changed.
    pub(super) fn end_change(&mut self, instance: &Instance<'_>, unit: UnitId, before: &RouteBefore) {
        let Self { routes, terms, depot_stock, .. } = self;
        let route = &routes[unit.index()];
        depot_stock.set(instance, unit, &before.stock_changes, &route.goods.stock_changes);
        let load = |work| routes.load_with(instance, unit, work);
        terms.replace_route(instance, unit, (&before.totals, &route.totals), load);
        if before.out != route.out {
            let volunteer = instance.unit(unit).volunteer;
            terms.note_out(instance, unit, route.out, || routes.goes_out_besides(instance, volunteer, unit));
            let is_idle = !route.out;
            self.note_idle(instance, unit, is_idle);
        }
    }

    /// Takes note that a unit stays at home, or does so no more.
    pub(super) fn note_idle(&mut self, instance: &Instance<'_>, unit: UnitId, idle: bool) {
        let identical = &instance.units.identical;
        let from = &mut self.idle_from[identical.representative(unit).index()];
        if idle {
            *from = Some(from.map_or(unit, |from| from.min(unit)));
        } else if *from == Some(unit) {
            *from = identical.class_from(unit).nth(1);
        }
    }

    pub(super) fn note_served(&mut self, instance: &Instance<'_>, slot: SlotId) {
        if self.unserved.remove(slot) {
            self.terms.count_unserved(instance.slot(slot), -1);
        }
    }

    pub(super) fn note_unserved(&mut self, instance: &Instance<'_>, slot: SlotId) {
        self.spots[slot.index()] = Spot::NOWHERE;
        if instance.slot(slot).leads && self.unserved.add(slot) {
            self.terms.count_unserved(instance.slot(slot), 1);
        }
    }

    pub(super) fn number_from(&mut self, unit: UnitId, first: usize) {
        for (at, &slot) in self.routes[unit.index()].visits.iter().enumerate().skip(first) {
            self.spots[slot.index()] = Spot { unit, at: at as u32 };
        }
    }
}
