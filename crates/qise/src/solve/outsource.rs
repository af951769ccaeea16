//! Which needs are handed to others.

use super::instance::Instance;
use super::links::TieKind;
use super::working::WorkingPlan;
use crate::model::SlotId;

/// Hands to others, as far as the budget allows, what spares most labour for its price, each with all that hangs on it. `counts` says
/// how much the labour of a need counts.
pub(super) fn hand_out(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    needs: &[SlotId],
    mut counts: impl FnMut(SlotId) -> f64,
) {
    let mut choices = Vec::with_capacity(needs.len());
    for &lead in needs {
        if instance.problem.need_of(lead).outsource.is_none() || !plan.is_left(lead) {
            continue;
        }
        let chain = with_followers(instance, lead);
        let prices = chain.iter().map(|&slot| instance.problem.need_of(slot).outsource);
        if let Some(price) = prices.map(|price| price.map(i64::from)).sum::<Option<i64>>() {
            let spared = chain.iter().map(|&slot| instance.labour(slot) as f64 * counts(slot)).sum::<f64>();
            choices.push((spared / price.max(1) as f64, chain));
        }
    }
    choices.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (_, mut chain) in choices {
        chain.retain(|&slot| plan.is_left(slot));
        let prices = chain.iter().filter_map(|&slot| instance.problem.need_of(slot).outsource);
        if prices.map(i64::from).sum::<i64>() <= plan.budget(instance) {
            for slot in chain {
                plan.hand_out(instance, slot);
            }
        }
    }
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
