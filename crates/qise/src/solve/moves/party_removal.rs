//! Removals where people go as parties: what frees people is to empty whole routes.

use super::outsourcing::hand_out;
use super::site::Site;
use super::string_removal::Ruin;
use crate::base::Random;
use crate::model::SlotId;
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;
use crate::solve::state::WorkingPlan;

/// Removals where people go as parties that take single visits out anywhere, and those that take needs back from others, one in so
/// many each.
const SCATTERED: u32 = 4;
const TAKEN_BACK: u32 = 4;
/// Removals that begin with the visits that end last of a group, one in so many, and where these are no more than so many.
const CRITICAL: u32 = 3;
const MOST_LAST: usize = 8;
/// No more needs are taken out at once, but for the first party.
const MOST_REMOVED: usize = 14;
/// At most so many.
const SINGLE_VISITS: u32 = 8;
/// Of the others those that look at two days.
const TWO_DAYS: u32 = 2;
/// Fewer parties than that are broken up on each, beside the first.
const PARTIES_A_DAY: u32 = 4;

impl Ruin {
    /// Empties the routes of some parties of one day or two, or takes single visits out anywhere; and takes needs back from others.
    pub(crate) fn remove_parties(&mut self, site: &mut Site<'_>, seed: SlotId, removed: &mut Vec<SlotId>) {
        let Site { instance, plan, random, .. } = site;
        let mut takes_back = plan.outsourced().budget(instance) > 0 && random.once_in(TAKEN_BACK);
        if !plan.outsourced().list.is_empty() && random.once_in(TAKEN_BACK) {
            takes_back = true;
            for _ in 0..=random.below(3) {
                let outside = &plan.outsourced().list;
                if outside.is_empty() {
                    break;
                }
                let need = outside[random.below(outside.len() as u32) as usize];
                let lead = instance.problem.first_slot(need);
                plan.take_back(instance, lead);
                removed.push(lead);
            }
        }
        if !instance.makespans.is_empty() && random.once_in(CRITICAL) {
            take_last(instance, plan, random, removed);
        }
        self.break_up(site, seed, removed);
        if takes_back {
            let Site { instance, plan, random, .. } = site;
            // Whom to spare is weighed anew, by what waits for it.
            let ends = plan.terms().last_ends.times().0;
            let weight = |slot: SlotId| {
                let groups = instance.slot(slot).groups;
                let own = (0..ends.len()).filter(|g| groups & (1 << g) != 0).map(|g| ends[g]).min();
                let later = instance.makespans.counted.iter().zip(ends).filter(|(_, end)| Some(*end) >= own);
                later.map(|((_, weight), _)| *weight).sum::<i64>().max(1) as f64
            };
            hand_out(instance, plan, removed, |slot| weight(slot) * (0.5 + random.unit()));
            removed.retain(|&slot| plan.is_unserved(slot));
        }
    }

    fn break_up(&mut self, site: &mut Site<'_>, seed: SlotId, removed: &mut Vec<SlotId>) {
        let Site { instance, plan, subproblem, random, .. } = site;
        let slots = subproblem.slots();
        let draw = |random: &mut Random| slots[random.below(slots.len() as u32) as usize];
        let anchor = if plan.unit_of(seed).is_some() { seed } else { draw(random) };
        if random.once_in(SCATTERED) {
            for _ in 0..=random.below(SINGLE_VISITS) {
                let slot = draw(random);
                if let Some(unit) = plan.unit_of(slot) {
                    plan.take_out(instance, unit, &[plan.position(slot)], removed);
                }
            }
            return;
        }
        let other = if random.once_in(TWO_DAYS) { Some(draw(random)) } else { None };
        for slot in std::iter::once(anchor).chain(other) {
            let Some(unit) = plan.unit_of(slot) else { continue };
            self.empty(instance, plan, unit, removed);
            let Some(pool) = instance.parties.pool_of(unit) else { continue };
            for _ in 0..random.below(PARTIES_A_DAY) {
                let unit = pool.units[random.below(pool.units.len() as u32) as usize];
                let lead = plan.route(unit).with.unwrap_or(unit);
                if removed.len() + plan.route(lead).visits.len() > MOST_REMOVED {
                    continue;
                }
                self.empty(instance, plan, lead, removed);
            }
        }
    }
}

/// Takes out the visits that end last of a group of which that counts.
fn take_last(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    random: &mut Random,
    removed: &mut Vec<SlotId>,
) {
    let g = random.below(instance.makespans.counted.len() as u32) as usize;
    let last = plan.terms().last_ends.times().0[g];
    let need = &instance.problem.makespans()[g].needs;
    let ends = need.iter().flat_map(|&need| instance.problem.slots_of(need)).filter_map(|slot| {
        let unit = plan.unit_of(slot)?;
        let end = plan.start(instance, slot) + instance.service(slot, instance.unit(unit));
        Some((end, slot))
    });
    let late = ends.filter(|(end, _)| end.0 >= last).map(|(_, slot)| slot).collect::<Vec<_>>();
    if late.len() > MOST_LAST {
        return;
    }
    for mut slot in late {
        // Perhaps what it waited for came too late.
        while random.once_in(2) {
            let need = instance.problem.slot(slot).need;
            let before =
                instance.links.others(need, TieKind::Needs).map(|need| instance.problem.first_slot(need));
            let last = before.filter(|&slot| plan.unit_of(slot).is_some());
            let Some(last) = last.max_by_key(|&slot| (plan.start(instance, slot), slot)) else { break };
            slot = last;
        }
        if let Some(unit) = plan.unit_of(slot) {
            plan.take_out(instance, unit, &[plan.position(slot)], removed);
        }
    }
}
