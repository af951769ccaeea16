//! The first plan: needs that matter most for the time they take go first, and among equals those that would lose most by
//! waiting (regret).
//!
//! What only pays together is tried together: where effort is weighed against needs left, the first plan serves what it can at any effort; a
//! plan of needs that each pay alone is kept in case.

use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::list_search;
use crate::base::Spent;
use crate::eligibility::able_among;
use crate::model::{SlotId, UnitId};
use crate::solve::insertion::crew::CrewFinder;
use crate::solve::insertion::prerequisites::insert_with_prerequisites;
use crate::solve::insertion::single::{Insertion, PlaceFinder};
use crate::solve::instance::Instance;
use crate::solve::moves::outsourcing::hand_out_left;
use crate::solve::state::{CrewInsertion, WorkingPlan};

/// How many of the nearest units are asked for the regret of a need.
const REGRET_UNITS: usize = 24;

/// A need that waits to be inserted, with the cheapest place known for it. The greatest goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    /// What it is worth for what it takes, as ordered bits; the same for all where all are worth the same.
    density: u64,
    regret: i64,
    slot: std::cmp::Reverse<SlotId>,
    best: Insertion,
    /// State of the best route when this was reckoned.
    version: u32,
}

/// Inserts every absent need that fits somewhere. Returns early, with a valid plan, when the time is spent.
pub(crate) fn construct(instance: &Instance<'_>, plan: &mut WorkingPlan, spent: Spent<'_>) {
    if !instance.parties.is_empty() {
        return list_search::first(instance, plan, spent);
    }
    // What outweighs any number of others comes first, and everybody is asked for it before others take their time.
    for &class in instance.stakes.before_others() {
        let is_of = |slot: SlotId| instance.stakes.class(slot) <= class;
        insert_all(instance, plan, spent, is_of);
        complete_with(instance, plan, spent, is_of);
    }
    insert_all(instance, plan, spent, |_| true);
}

/// Inserts every absent need that is one of `wanted` and fits somewhere.
fn insert_all(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    spent: Spent<'_>,
    wanted: impl Fn(SlotId) -> bool,
) {
    let mut versions = vec![0_u32; instance.problem.units().len()];
    let absent = plan.unserved().iter().copied().filter(|&slot| wanted(slot)).collect::<Vec<_>>();
    let first = absent
        .par_iter()
        .map_init(PlaceFinder::default, |trial, &slot| {
            if spent() >= 1.0 { None } else { wait(instance, plan, trial, slot, &versions) }
        })
        .collect::<Vec<_>>();
    let mut queue: BinaryHeap<Waiting> = first.into_iter().flatten().collect();
    let mut trial = PlaceFinder::default();
    let mut crews = CrewFinder::default();
    let mut steps = 0_u32;
    while let Some(next) = queue.pop() {
        steps += 1;
        if steps.is_multiple_of(64) && spent() >= 1.0 {
            return;
        }
        let slot = next.slot.0;
        if instance.slot(slot).is_dependent {
            // Another that hangs on it may have brought it along.
            if plan.unit_of(slot).is_none() {
                insert_with_prerequisites(instance, plan, slot, |plan, lead| {
                    let of = |slot| instance.proximity.candidates.of(slot);
                    let crew = crew_among(instance, plan, &mut crews, lead, of)?;
                    for placing in &crew.placings {
                        outdate(instance, &mut versions, placing.unit);
                    }
                    Some(crew)
                });
            }
            continue;
        }
        if next.version == versions[next.best.unit.index()] {
            plan.insert(instance, slot, next.best.unit, next.best.at as usize);
            outdate(instance, &mut versions, next.best.unit);
        } else {
            queue.extend(wait(instance, plan, &mut trial, slot, &versions));
        }
    }
}

/// What was found for a unit, and for those that its change concerns, holds no longer.
fn outdate(instance: &Instance<'_>, versions: &mut [u32], unit: UnitId) {
    // The other shifts of the same person share limits and load with this one, and units that exclude this one stay at home.
    let own = instance.problem.units_of(instance.unit(unit).volunteer);
    for other in own.chain(instance.units.exclusive.of(unit).iter().copied()) {
        versions[other.index()] += 1;
    }
}

fn wait(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    trial: &mut PlaceFinder,
    slot: SlotId,
    versions: &[u32],
) -> Option<Waiting> {
    let (mut best, mut second) = (None::<Insertion>, i64::MAX);
    let worth = instance.slot(slot).prize;
    for (asked, unit) in open_units(instance, plan, instance.proximity.candidates.of(slot)).enumerate() {
        if asked >= REGRET_UNITS && best.is_some() {
            break;
        }
        let Some(found) = trial.best_in_route(instance, plan, slot, unit, worth, &mut || false) else {
            continue;
        };
        match best {
            Some(b) if b <= found => second = second.min(found.cost),
            _ => {
                second = best.map_or(second, |b| second.min(b.cost));
                best = Some(found);
            }
        }
    }
    let best = best?;
    let regret = second.min(worth).saturating_sub(best.cost);
    let version = versions[best.unit.index()];
    let density =
        if instance.stakes.all_prizes_equal { 0 } else { instance.density(slot, best.cost).to_bits() };
    Some(Waiting { density, regret, slot: std::cmp::Reverse(slot), best, version })
}

/// The units to ask for some representatives of classes: everybody who is out, and the first who is idle.
fn open_units<'a>(
    instance: &'a Instance<'_>,
    plan: &'a WorkingPlan,
    leaders: &'a [UnitId],
) -> impl Iterator<Item = UnitId> + 'a {
    leaders.iter().flat_map(move |&leader| {
        let idle = plan.idle_of_class(instance, leader);
        instance.units.identical.class(leader).filter(move |&unit| plan.route(unit).out || Some(unit) == idle)
    })
}

/// The cheapest places for the crew that `lead` stands for, among the units that `of` names for each of its slots.
fn crew_among<'u>(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    crews: &mut CrewFinder,
    lead: SlotId,
    of: impl Fn(SlotId) -> &'u [UnitId],
) -> Option<CrewInsertion> {
    let worth = instance.slot(lead).prize;
    crews.find(instance, plan, lead, worth, &mut || false, |slot, units| {
        units.extend(open_units(instance, plan, of(slot)));
    })
}

/// Inserts every absent need that still fits anywhere, asking everybody who could serve it: afterwards no need is left
/// that an idle person, or one with room, could serve. What is left then is handed to others where that may be.
pub(crate) fn complete(instance: &Instance<'_>, plan: &mut WorkingPlan, spent: Spent<'_>) {
    complete_with(instance, plan, spent, |_| true);
    hand_out_left(instance, plan);
}

/// The same for the needs that are wanted.
fn complete_with(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    spent: Spent<'_>,
    wanted: impl Fn(SlotId) -> bool,
) {
    if spent() >= 1.0 {
        return;
    }
    let mut order = plan.unserved().iter().copied().filter(|&slot| wanted(slot)).collect::<Vec<_>>();
    let class = |slot| instance.stakes.class(slot);
    order.sort_by_key(|&slot| (class(slot), std::cmp::Reverse(instance.slot(slot).prize), slot));
    // Nobody but the able can take a need: their lists are made once, however often they are asked.
    let slots = order.iter().flat_map(|&lead| instance.crew(lead)).collect::<Vec<_>>();
    let leads = |unit| instance.units.identical.is_representative(unit);
    let able = able_among(instance.problem, &slots, usize::MAX, leads, &|| spent() >= 1.0);
    let lists = slots.into_iter().zip(able).collect::<FxHashMap<_, _>>();
    // What was taken out since, because somebody else made way, waits for the next search.
    let list = |slot: SlotId| lists.get(&slot).map_or(&[][..], Vec::as_slice);
    let mut trial = PlaceFinder::default();
    let mut crews = CrewFinder::default();
    // Each is brought in once: what had to make way for another would come and go for ever.
    let mut waits = vec![true; order.len()];
    loop {
        let mut inserted = false;
        for (&slot, waits) in order.iter().zip(&mut waits) {
            if !plan.is_unserved(slot) || !*waits {
                continue;
            }
            if spent() >= 1.0 {
                return;
            }
            if instance.slot(slot).is_dependent {
                let brought = insert_with_prerequisites(instance, plan, slot, |plan, lead| {
                    crew_among(instance, plan, &mut crews, lead, list)
                });
                *waits = !brought;
                inserted |= brought;
                continue;
            }
            let mut best: Option<Insertion> = None;
            for unit in open_units(instance, plan, list(slot)) {
                let below = best.map_or(instance.slot(slot).prize, |b| b.cost);
                best = trial.best_in_route(instance, plan, slot, unit, below, &mut || false).or(best);
            }
            if let Some(best) = best {
                inserted |= plan.insert(instance, slot, best.unit, best.at as usize);
            }
        }
        // Where a detour is quicker than the straight way, an insertion can make room for another.
        if !inserted {
            return;
        }
    }
}
