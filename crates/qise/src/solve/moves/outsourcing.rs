//! Which needs are handed to others.

use crate::base::Random;
use crate::model::SlotId;
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;
use crate::solve::state::WorkingPlan;

/// Changes that take a need back from others, one in so many; the rest hands one to them.
const TAKEN_BACK: u32 = 3;

/// Hands to others, as far as the budget allows, what spares most labour for its price, each with all that hangs on it. `counts` says
/// how much the labour of a need counts.
pub(crate) fn hand_out(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    needs: &[SlotId],
    mut counts: impl FnMut(SlotId) -> f64,
) {
    let mut choices = Vec::with_capacity(needs.len());
    for &lead in needs {
        if instance.problem.need_of(lead).outsource.is_none() || !plan.is_unserved(lead) {
            continue;
        }
        let chain = with_followers(instance, lead);
        let prices = chain.iter().map(|&slot| instance.problem.need_of(slot).outsource);
        if let Some(price) = prices.map(|price| price.map(i64::from)).sum::<Option<i64>>() {
            let spared = chain
                .iter()
                .map(|&slot| {
                    instance.parties.labour(instance.problem.slot(slot).need, instance.slot(slot).service)
                        as f64
                        * counts(slot)
                })
                .sum::<f64>();
            choices.push((spared / price.max(1) as f64, chain));
        }
    }
    choices.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (_, mut chain) in choices {
        chain.retain(|&slot| plan.is_unserved(slot));
        let prices = chain.iter().filter_map(|&slot| instance.problem.need_of(slot).outsource);
        if prices.map(i64::from).sum::<i64>() <= plan.outsourced().budget(instance) {
            for slot in chain {
                plan.hand_out(instance, slot);
            }
        }
    }
}

/// Hands what is left to others as far as the budget allows, first what is worth most for its price, and instead of what is worth
/// less. Whatever hangs on it may stay left, or go the same way.
pub(crate) fn hand_out_left(instance: &Instance<'_>, plan: &mut WorkingPlan) {
    let leads = instance.problem.outsourceable().iter().map(|&need| instance.problem.first_slot(need));
    let left = leads.filter(|&slot| plan.is_unserved(slot));
    let mut left = left.collect::<Vec<_>>();
    let value = |slot: SlotId| instance.slot(slot).prize as f64 / price(instance, slot).max(1) as f64;
    left.sort_by(|&a, &b| {
        let class = |slot| instance.stakes.class(slot);
        class(a).cmp(&class(b)).then_with(|| value(b).total_cmp(&value(a))).then(a.cmp(&b))
    });
    for slot in left {
        let short = price(instance, slot) - plan.outsourced().budget(instance);
        if short > 0 {
            let lesser = lesser(instance, plan, slot, short);
            for other in lesser {
                plan.take_back(instance, other);
            }
        }
        if price(instance, slot) <= plan.outsourced().budget(instance) {
            plan.hand_out(instance, slot);
        }
    }
}

/// Needs that are with others and worth less than this one, whose prices are enough for what it is `short` of; none if there are not.
fn lesser(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, short: i64) -> Vec<SlotId> {
    let (class, worth) = (|slot| instance.stakes.class(slot), |slot| instance.slot(slot).prize);
    let outside = plan.outsourced().list.iter().map(|&need| instance.problem.first_slot(need));
    let mut outside = outside.filter(|&other| class(other) >= class(slot)).collect::<Vec<_>>();
    let value = |other| worth(other) as f64 / price(instance, other).max(1) as f64;
    outside.sort_by(|&a, &b| {
        class(b).cmp(&class(a)).then_with(|| value(a).total_cmp(&value(b))).then(a.cmp(&b))
    });
    let (mut freed, mut lost, mut lesser) = (0, 0_i64, Vec::new());
    for other in outside {
        if freed >= short {
            break;
        }
        freed += price(instance, other);
        lost = lost.saturating_add(if class(other) == class(slot) { worth(other) } else { 0 });
        lesser.push(other);
    }
    if freed < short || lost >= worth(slot) {
        lesser.clear();
    }
    lesser
}

/// Takes a need back from others, or hands one to them and takes others back until the budget allows it. `removed` grows by what is
/// to be served again.
pub(crate) fn exchange(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    random: &mut Random,
    removed: &mut Vec<SlotId>,
) {
    if !plan.outsourced().list.is_empty() && random.once_in(TAKEN_BACK) {
        return take_one_back(instance, plan, random, removed);
    }
    let may = instance.problem.outsourceable();
    let given = instance.problem.first_slot(may[random.below(may.len() as u32) as usize]);
    if let Some(unit) = plan.unit_of(given) {
        plan.take_out(instance, unit, &[plan.position(given)], removed);
    }
    if !plan.is_unserved(given) {
        // It is with others already.
        return;
    }
    while price(instance, given) > plan.outsourced().budget(instance) {
        take_one_back(instance, plan, random, removed);
    }
    plan.hand_out(instance, given);
    removed.retain(|&slot| slot != given);
}

fn take_one_back(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    random: &mut Random,
    removed: &mut Vec<SlotId>,
) {
    let outside = &plan.outsourced().list;
    let need = outside[random.below(outside.len() as u32) as usize];
    let lead = instance.problem.first_slot(need);
    plan.take_back(instance, lead);
    removed.push(lead);
}

fn price(instance: &Instance<'_>, slot: SlotId) -> i64 {
    instance.problem.need_of(slot).outsource.map_or(0, i64::from)
}

/// A need and all that is not served without it.
fn with_followers(instance: &Instance<'_>, lead: SlotId) -> Vec<SlotId> {
    let mut chain = vec![lead];
    let mut next = 0;
    while let Some(&slot) = chain.get(next) {
        for other in instance.links.others(instance.problem.slot(slot).need, TieKind::NeededBy) {
            let other = instance.problem.first_slot(other);
            if !chain.contains(&other) {
                chain.push(other);
            }
        }
        next += 1;
    }
    chain
}
