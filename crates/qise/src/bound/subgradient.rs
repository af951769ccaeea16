//! Better prices step by step: a slot that is asked for more than it is filled grows dearer, one that is filled too often cheaper.
//!
//! Subgradient steps of Polyak's length, each turned a little towards the one before (P. M. Camerini, L. Fratta, F. Maffioli 1975, On
//! improving relaxation methods by modified gradient techniques, Mathematical Programming Study 3).

use super::lagrangian::LagrangianProblem;
use crate::model::SlotId;

/// Steps without a better bound before they become smaller.
const PATIENCE: u32 = 7;
/// How much of the last direction is kept.
const MOMENTUM: f64 = 0.6;

/// The best prices known, and the scaled bound that they prove.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) prices: Vec<f64>,
    pub(super) value: i128,
}

/// Prices to begin with: what the time of a service is worth, `second` for each, but no more than leaving it costs.
pub(super) fn first_prices(ground: &LagrangianProblem<'_>, second: f64) -> Vec<f64> {
    let mut prices = vec![0.0; ground.problem.slots().len()];
    let scale = ground.asked.scale as f64;
    for group in &ground.asked.groups {
        for way in &group.ways {
            let share = group.leave.unwrap_or(0) as f64 / f64::from(way.end - way.first).max(1.0);
            for slot in way.first..way.end {
                let service = ground.problem.ordinary_service(SlotId(slot)).0 as f64;
                prices[slot as usize] = share.min(second * service * scale);
            }
        }
    }
    prices
}

/// Improves prices by knapsacks until `stop`, or `steps` are made, or `target` is proven. Returns the steps made.
pub(super) fn ascend(
    ground: &LagrangianProblem<'_>,
    best: &mut Priced,
    target: Option<i64>,
    steps: u64,
    stop: &dyn Fn() -> bool,
) -> u64 {
    let mut prices = best.prices.clone();
    let mut slack = vec![0.0; prices.len()];
    let mut direction = vec![0.0; prices.len()];
    let (mut pace, mut stale) = (1.0, 0);
    let mut last = best.value;
    let scale = ground.asked.scale as f64;
    let all = ground.asked.groups.iter().map(|group| group.leave.unwrap_or(0) as f64).sum::<f64>();
    for step in 0..steps {
        if stop() || target.is_some_and(|target| ground.proven(best.value) >= target) {
            return step;
        }
        let value = ground.by_sacks(&LagrangianProblem::whole(&prices), &mut slack);
        if value > best.value {
            let gained = value - best.value;
            *best = Priced { prices: prices.clone(), value };
            stale = if gained * 10_000 > value.abs() { 0 } else { stale + 1 };
        } else {
            stale += 1;
        }
        if stale >= PATIENCE {
            stale = 0;
            pace *= 0.75;
            if pace < 5e-3 {
                // Once more from the best prices, as long as that gains something.
                let gained = best.value - last;
                if gained * 2_000 <= best.value.abs() {
                    return step + 1;
                }
                (pace, last) = (0.3, best.value);
                prices.clone_from(&best.prices);
                direction.fill(0.0);
                continue;
            }
        }
        let mut square = 0.0;
        for ((way, slack), price) in direction.iter_mut().zip(&slack).zip(&prices) {
            // A price that is nothing already cannot fall.
            let slack = if *slack < 0.0 && *price <= 0.0 { 0.0 } else { *slack };
            *way = MOMENTUM * *way + (1.0 - MOMENTUM) * slack;
            square += *way * *way;
        }
        if square < 1e-12 {
            return step + 1;
        }
        let best = best.value as f64;
        let hoped = best + 0.05 * best.abs() + 0.005 * all + scale;
        let aim = target.map_or(hoped, |target| hoped.min(target as f64 * scale).max(best + scale));
        let length = pace * (aim - value as f64).max(scale) / square;
        for (price, way) in prices.iter_mut().zip(&direction) {
            *price = (*price + length * way).max(0.0);
        }
    }
    steps
}
