//! Bringing in again what was taken out, and what was left before wherever something has changed.

use super::finder::Finder;
use super::site::Site;
use crate::model::SlotId;
use crate::solve::insertion::prerequisites::insert_with_prerequisites;
use crate::solve::instance::Instance;

/// Needs left near the removal that are tried again, at most.
const TRIED_AGAIN: usize = 40;

/// What is to be brought in again, and the buffers for it.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    pub(super) finder: Finder,
    /// What was taken out.
    pub(super) removed: Vec<SlotId>,
    order: Vec<(u64, SlotId)>,
}

impl Repair {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        Self { finder: Finder::new(instance), removed: Vec::new(), order: Vec::new() }
    }
}

/// Brings in what `repair.removed` holds, and what is left near `seed`, each where that costs least.
pub(super) fn recreate(site: &mut Site<'_>, repair: &mut Repair, seed: SlotId) {
    let instance = site.instance;
    repair.finder.begin(site.subproblem, site.random);
    list(site, repair, seed);
    let mut order = std::mem::take(&mut repair.order);
    instance.proximity.recreate_keys.sort(instance, &mut order, site.random);
    for &(_, slot) in &order {
        if instance.slot(slot).is_dependent {
            // What another hangs on may be there already.
            if site.plan.unit_of(slot).is_none() {
                insert_dependent(site, repair, slot);
            }
            continue;
        }
        let Site { plan, subproblem, random, .. } = site;
        let finder = &mut repair.finder;
        // What was just removed may go anywhere near; what was left before only where something has changed.
        let best = if repair.removed.contains(&slot) || slot == seed {
            let near = finder.near(instance, plan, subproblem, slot, instance.slot(slot).prize, random);
            if near.is_none() && instance.slot(slot).comes_first {
                finder.anywhere(instance, plan, subproblem, slot, random)
            } else {
                near
            }
        } else {
            finder.among_changed(instance, plan, slot, random)
        };
        if let Some(best) = best {
            plan.insert(instance, slot, best.unit, best.at as usize);
        }
    }
    repair.order = order;
}

/// What was removed, and what is left near the seed and may be served by somebody whose route has changed, into `repair.order`.
fn list(site: &Site<'_>, repair: &mut Repair, seed: SlotId) {
    let Site { instance, plan, subproblem, .. } = site;
    let Repair { removed, order, .. } = repair;
    order.clear();
    order.extend(removed.iter().map(|&slot| (0, slot)));
    let may_come = |slot: SlotId| {
        let may = |unit| instance.crew(slot).any(|slot| instance.is_compatible(slot, unit));
        slot == seed || plan.trial().changed().any(may)
    };
    let left = instance.proximity.neighbours.by_distance(seed).iter().copied().filter(|&slot| {
        instance.slot(slot).leads
            && plan.is_unserved(slot)
            && subproblem.contains_slot(slot)
            && !removed.contains(&slot)
            && may_come(slot)
    });
    order.extend(left.take(TRIED_AGAIN).map(|slot| (0, slot)));
}

/// Serves a need that hangs together with others, at no higher price than leaving it costs.
fn insert_dependent(site: &mut Site<'_>, repair: &mut Repair, lead: SlotId) {
    let Site { instance, plan, subproblem, random, .. } = site;
    let instance: &Instance<'_> = instance;
    insert_with_prerequisites(instance, plan, lead, |plan, lead| {
        let (prize, first) = (instance.slot(lead).prize, instance.slot(lead).comes_first);
        let mut find = |all| repair.finder.crew(instance, plan, subproblem, (lead, prize), all, random);
        find(false).or_else(|| if first { find(true) } else { None })
    });
}

/// Serves a need whatever it costs: those around it may make up for it.
pub(super) fn force_insert(site: &mut Site<'_>, repair: &mut Repair, lead: SlotId) {
    let Site { instance, plan, subproblem, random, .. } = site;
    let (instance, finder): (&Instance<'_>, _) = (instance, &mut repair.finder);
    if instance.slot(lead).is_dependent {
        insert_with_prerequisites(instance, plan, lead, |plan, lead| {
            finder.crew(instance, plan, subproblem, (lead, i64::MAX), false, random)
        });
    } else if let Some(best) = finder.near(instance, plan, subproblem, lead, i64::MAX, random) {
        plan.insert(instance, lead, best.unit, best.at as usize);
    }
}
