//! Makes an instance of a problem.

pub(crate) mod neighbours;
pub(crate) mod recreate_keys;

use super::depot_calls::DepotCalls;
use super::features::Features;
use super::links::Links;
use super::loads::Loads;
use super::makespans::Makespans;
use super::neighbours::Neighbours;
use super::party_pools::Parties;
use super::precedence::Precedence;
use super::present::Present;
use super::proximity::Proximity;
use super::recreate_keys::RecreateKeys;
use super::slot::{FlatSlot, counted_makespans};
use super::stakes::Stakes;
use super::units::Units;
use super::weights::Weights;
use super::{Flat, Instance};
use crate::eligibility::{Compatibility, candidates_among};
use crate::model::{Problem, SlotId, Term};

/// Units remembered as near each need.
const NEAREST_UNITS: usize = 96;

impl<'p> Instance<'p> {
    /// `None` if `stop` says that there is no more time before all is told that a search asks.
    pub(crate) fn new(problem: &'p Problem, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let mut instance = Self::without_candidates(problem);
        let leads = |unit| instance.units.identical.is_representative(unit);
        instance.proximity.candidates = candidates_among(problem, NEAREST_UNITS, leads, stop);
        if !stop() {
            instance.proximity.neighbours = Neighbours::new(&instance, stop);
        }
        if stop() {
            return None;
        }
        instance.proximity.recreate_keys = RecreateKeys::new(&instance);
        Some(instance)
    }

    /// For questions about single pairs.
    pub(crate) fn without_candidates(problem: &'p Problem) -> Self {
        let weights = Weights::new(problem);
        let depot_calls = DepotCalls::new(problem);
        let links = Links::new(problem);
        let parties = Parties::new(problem);
        let precedence = Precedence::new(problem);
        let mut slots = problem.slot_ids().map(|id| FlatSlot::new(problem, &weights, id)).collect::<Vec<_>>();
        let all_stay = (!parties.is_empty(), ends_outweigh_work(problem, &weights));
        for (flat, id) in slots.iter_mut().zip(problem.slot_ids()) {
            bind(flat, problem, id, (&links, &precedence), all_stay);
        }
        slots.extend(depot_calls.list().iter().map(|call| FlatSlot::call(problem, call)));
        let travel_or_work = weights.of(Term::TravelTime) + weights.of(Term::WorkTime);
        let flat = Flat {
            features: Features::new(problem, &weights),
            units: Units::new(problem),
            loads: Loads::new(problem, depot_calls.list().len()),
            compatibility: Compatibility::new(problem),
            proximity: Proximity::default(),
            makespans: Makespans::new(problem),
            stakes: Stakes::new(&weights, &slots),
            present: Present::default(),
            second_cost: travel_or_work.max(weights.of(Term::Distance)).max(1),
            slots,
            depot_calls,
            precedence,
            links,
            parties,
            weights,
        };
        Self { problem, flat }
    }
}

/// Whether the visit of a slot depends on others: on those of its own crew, of linked needs, or on what is on board.
/// `all_stay`: whether people go in parties, and whether last ends outweigh work.
pub(super) fn bind(
    flat: &mut FlatSlot,
    problem: &Problem,
    id: SlotId,
    (links, precedence): (&Links, &Precedence),
    (parties, ends_outweigh): (bool, bool),
) {
    let need_id = problem.slot(id).need;
    let need = problem.need(need_id);
    let waits = !precedence.successors(id).is_empty() || !precedence.predecessors(id).is_empty();
    flat.stays = need.people() > 1
        || !need.crew.is_empty()
        || need.max_ride.is_some()
        || waits
        || parties
        || flat.groups != 0 && ends_outweigh;
    flat.is_synchronised = flat.stays || flat.groups != 0 || !links.of(need_id).is_empty();
    flat.is_dependent = flat.is_synchronised || need.is_ride() || !need.goods.is_empty();
}

/// Whether a second by which last ends come sooner is worth more than a second at work.
pub(super) fn ends_outweigh_work(problem: &Problem, weights: &Weights) -> bool {
    let of_work = [Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst];
    let work = of_work.iter().map(|&term| weights.of(term)).fold(0, i64::saturating_add);
    let groups = counted_makespans(problem).iter().map(|group| i64::from(group.weight)).sum::<i64>();
    weights.of(Term::Makespan).saturating_mul(groups) >= work
}
