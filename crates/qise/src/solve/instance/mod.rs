//! The problem as the search sees it: flat arrays, and one number to go by.

pub(crate) mod build;
pub(crate) mod depot_calls;
pub(crate) mod exclusive_units;
pub(crate) mod features;
pub(crate) mod leg;
pub(crate) mod links;
pub(crate) mod loads;
pub(crate) mod makespans;
pub(crate) mod neighbours;
pub(crate) mod party_pools;
pub(crate) mod precedence;
pub(crate) mod present;
pub(crate) mod proximity;
pub(crate) mod recreate_keys;
pub(crate) mod refresh;
pub(crate) mod slot;
pub(crate) mod stakes;
pub(crate) mod starts;
pub(crate) mod together;
pub(crate) mod units;
pub(crate) mod ways;
pub(crate) mod weights;

use std::ops::{Deref, DerefMut};

use crate::eligibility::Compatibility;
use crate::model::{Problem, Seconds, SlotId, Time, UnitId};
use depot_calls::DepotCalls;
use features::Features;
use links::Links;
use loads::Loads;
use makespans::Makespans;
use party_pools::Parties;
use precedence::Precedence;
use present::Present;
use proximity::Proximity;
use slot::{FlatSlot, FlatUnit};
use stakes::Stakes;
use units::Units;
use weights::Weights;

/// A problem with what is derived from it for the search. The fields of [`Flat`] are reached through it.
pub(crate) struct Instance<'p> {
    pub(crate) problem: &'p Problem,
    pub(crate) flat: Flat,
}

/// What is derived from a problem for the search: flat arrays. It does not borrow the problem, so that both can be changed together.
pub(crate) struct Flat {
    pub(crate) features: Features,
    pub(crate) slots: Vec<FlatSlot>,
    pub(crate) units: Units,
    pub(crate) loads: Loads,
    compatibility: Compatibility,
    pub(crate) proximity: Proximity,
    pub(crate) depot_calls: DepotCalls,
    pub(crate) precedence: Precedence,
    pub(crate) links: Links,
    pub(crate) parties: Parties,
    pub(crate) makespans: Makespans,
    pub(crate) weights: Weights,
    pub(crate) stakes: Stakes,
    pub(crate) present: Present,
    /// What a second on duty costs at least, in units of the weighted cost.
    second_cost: i64,
}

impl Deref for Instance<'_> {
    type Target = Flat;

    #[inline]
    fn deref(&self) -> &Flat {
        &self.flat
    }
}

impl DerefMut for Instance<'_> {
    fn deref_mut(&mut self) -> &mut Flat {
        &mut self.flat
    }
}

impl Instance<'_> {
    /// Goes by other weights from here on.
    pub(crate) fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
        self.reprice();
    }

    /// Brings what needs are worth up to date with the weights and their priorities.
    pub(crate) fn reprice(&mut self) {
        let Flat { slots, weights, .. } = &mut self.flat;
        for slot in slots {
            slot.prize = if slot.leads { weights.prize(slot.priority, slot.comes_first) } else { 0 };
        }
    }

    #[inline]
    pub(crate) fn slot(&self, slot: SlotId) -> &FlatSlot {
        &self.slots[slot.index()]
    }

    #[inline]
    pub(crate) fn unit(&self, unit: UnitId) -> &FlatUnit {
        &self.units.flat[unit.index()]
    }

    /// Whether a change of one route may move another, or a visit stands for more than itself: crews, links, ways to do one thing,
    /// parties, shifts that start where another ended, or last ends that count. If not, nothing is kept of whom a visit waits for.
    #[inline]
    pub(crate) fn has_synchronisation(&self) -> bool {
        !self.precedence.is_empty()
    }

    /// Whether a slot is a call at a depot, not a visit.
    #[inline]
    pub(crate) fn is_depot_visit(&self, slot: SlotId) -> bool {
        self.depot_calls.of(slot).is_some()
    }

    /// All slots of the need of a slot.
    pub(crate) fn crew(&self, slot: SlotId) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        self.problem.slots_of(self.problem.slot(slot).need)
    }

    /// The slot that stands for the need of a slot.
    pub(crate) fn lead(&self, slot: SlotId) -> SlotId {
        self.problem.first_slot(self.problem.slot(slot).need)
    }

    /// The slots that stand for all needs.
    pub(crate) fn leaders(&self) -> impl Iterator<Item = SlotId> + '_ {
        self.problem.slot_ids().filter(|&slot| self.slot(slot).leads)
    }

    /// Whether `unit` may serve `need` at all, time and load apart.
    #[inline]
    pub(crate) fn is_compatible(&self, slot: SlotId, unit: UnitId) -> bool {
        self.is_depot_visit(slot) || self.compatibility.is_compatible(self.problem, slot, unit)
    }

    /// Whether the need of a slot has several stops.
    #[inline]
    pub(crate) fn is_ride(&self, slot: SlotId) -> bool {
        self.features.rides && self.slot(slot).stops > 1
    }

    /// Whether something is on board for a visit at a single stop from the start of the route.
    pub(crate) fn brings_load(&self, slot: SlotId) -> bool {
        !self.is_ride(slot) && !self.is_depot_visit(slot) && self.loads.of(slot).iter().any(|&load| load > 0)
    }

    /// By how much what is on board changes at a slot: a ride gets in at its first stop and off at its last, what goes to a single stop
    /// is left there.
    pub(crate) fn load_change(&self, slot: SlotId, dimension: usize) -> i64 {
        let (load, flat) = (self.loads.of(slot)[dimension], self.slot(slot));
        match (flat.stops, flat.stop) {
            (1, _) => -load,
            (_, 0) => load,
            (stops, stop) if stop + 1 == stops => -load,
            _ => 0,
        }
    }

    pub(crate) fn point(&self, slot: SlotId) -> [f64; 3] {
        self.problem.travel().point(self.slot(slot).place)
    }

    /// How long a visit takes.
    #[inline]
    pub(crate) fn service(&self, slot: SlotId, unit: &FlatUnit) -> Seconds {
        let flat = self.slot(slot);
        if flat.has_own_service {
            self.problem.service(slot, unit.volunteer)
        } else if unit.pace_permille == 1000 || self.is_depot_visit(slot) {
            flat.service
        } else {
            self.problem.volunteer(unit.volunteer).paced(flat.service)
        }
    }

    /// What a need is worth for what it takes: its service, and the growth of cost that it brings.
    pub(crate) fn density(&self, slot: SlotId, cost: i64) -> f64 {
        let flat = self.slot(slot);
        flat.prize as f64 / (flat.crew_service.0 as f64 * self.second_cost as f64 + cost.max(0) as f64 + 1.0)
    }

    /// By when a visit ends for which the person holds what it asks for.
    #[inline]
    pub(crate) fn suits_until(&self, unit: &FlatUnit, slot: SlotId) -> Time {
        match unit.expires {
            Some(unit) if !self.is_depot_visit(slot) => self.problem.suits_until(slot, unit),
            _ => Time::MAX,
        }
    }

    /// Price of the wishes that `unit` does not meet at `need`.
    #[inline]
    pub(crate) fn wishes(&self, slot: SlotId, unit: UnitId) -> i64 {
        if self.slot(slot).has_wishes { self.problem.preference_price(slot, unit) } else { 0 }
    }
}
