//! Picking the best plan from a pool of routes: set packing by Lagrangian relaxation, and a search within the gap it leaves.
//!
//! A route is worth what its needs would cost if they were left, less what it costs itself. At most one route for each need,
//! at most as many as there are units in each class. Prices for the needs and the leaders turn that into a bound: the sum of
//! the prices, and of what routes bring beyond them. Whatever a choice loses against the bound is counted, and no more may be
//! lost than the gap to the best plan known.
//!
//! Source of the scheme: A. Caprara, M. Fischetti, P. Toth (1999), A heuristic method for the set covering problem, Operations
//! Research 47(5); of routes as columns: Y. Rochat, É. D. Taillard (1995), Probabilistic diversification and intensification in
//! local search for vehicle routing, Journal of Heuristics 1.

use super::construct::construct;
use crate::base::Spent;
use crate::model::SlotId;
use crate::solve::instance::Instance;
use crate::solve::moves::route_pool::{Column, RoutePool};
use crate::solve::state::WorkingPlan;

/// Steps of the subgradient method.
const PRICING_STEPS: usize = 250;
/// Steps without a better bound before they become smaller.
const PATIENCE: usize = 12;
/// Choices tried within the gap.
const MOST_CHOICES: u32 = 8_000;

/// A problem of set packing over the columns of a pool.
struct Packing<'c> {
    columns: &'c [Column],
    /// What each column brings.
    profit: Vec<f64>,
    /// Prices of needs and of leaders.
    need_price: Vec<f64>,
    leader_price: Vec<f64>,
    /// How many columns each leader may have.
    supply: Vec<u32>,
    worth: Vec<f64>,
}

/// A plan of routes of the pool that may be better than `best`; nothing when there is none.
pub(crate) fn recombined(
    instance: &Instance<'_>,
    pool: &mut RoutePool,
    best: &WorkingPlan,
    spent: Spent<'_>,
) -> Option<WorkingPlan> {
    let known = instance.problem.unit_ids().filter_map(|u| pool.add(instance, best, u)).collect::<Vec<_>>();
    let picked = recombine(instance, pool.columns(), &known, spent)?;
    let mut plan = WorkingPlan::new(instance);
    for column in picked.into_iter().map(|c| &pool.columns()[c]) {
        if let Some(unit) = plan.idle_of_class(instance, column.leader) {
            plan.try_route(instance, unit, &column.visits);
        }
    }
    construct(instance, &mut plan, spent);
    Some(plan)
}

/// The columns of the best plan found, better than the one whose columns `known` names; nothing when there is none.
fn recombine(
    instance: &Instance<'_>,
    columns: &[Column],
    known: &[usize],
    spent: Spent<'_>,
) -> Option<Vec<usize>> {
    let mut packing = Packing::new(instance, columns, known);
    let floor: f64 = known.iter().map(|&c| packing.profit[c]).sum();
    let bound = packing.price(floor, spent);
    if bound - floor < 0.5 {
        return None;
    }
    packing.pick(bound - floor, floor, spent)
}

impl<'c> Packing<'c> {
    fn new(instance: &Instance<'_>, columns: &'c [Column], known: &[usize]) -> Self {
        let worth = instance.slots.iter().map(|n| n.prize as f64).collect::<Vec<_>>();
        let of = |column: &Column| {
            column.needs().iter().map(|n| worth[n.index()]).sum::<f64>() - column.cost as f64
        };
        let profit = columns.iter().map(of).collect();
        // Prices at which the known plan's routes bring just what they cost, shared evenly among their needs.
        let mut need_price = vec![0.0; worth.len()];
        for &c in known {
            let share = columns[c].cost as f64 / columns[c].needs().len().max(1) as f64;
            for slot in columns[c].needs() {
                need_price[slot.index()] = (worth[slot.index()] - share).max(0.0);
            }
        }
        let supply =
            instance.problem.unit_ids().map(|unit| instance.units.identical.class_from(unit).len() as u32);
        Self {
            columns,
            profit,
            need_price,
            leader_price: vec![0.0; instance.units.len()],
            supply: supply.collect(),
            worth,
        }
    }

    /// What a column brings beyond the prices.
    fn surplus(&self, c: usize) -> f64 {
        let column = &self.columns[c];
        let prices: f64 = column.needs().iter().map(|n| self.need_price[n.index()]).sum();
        self.profit[c] - prices - self.leader_price[column.leader.index()]
    }

    /// Moves the prices towards the least bound, and leaves them there; that bound.
    fn price(&mut self, floor: f64, spent: Spent<'_>) -> f64 {
        let mut best = f64::INFINITY;
        let mut best_prices = (self.need_price.clone(), self.leader_price.clone());
        let mut need_slack = vec![0.0_f64; self.need_price.len()];
        let mut leader_slack = vec![0.0_f64; self.leader_price.len()];
        let mut leaders = self.columns.iter().map(|c| c.leader).collect::<Vec<_>>();
        leaders.sort_unstable();
        leaders.dedup();
        let (mut pace, mut stale) = (1.0, 0);
        for _ in 0..PRICING_STEPS {
            if spent() >= 1.0 {
                break;
            }
            need_slack.fill(1.0);
            for &leader in &leaders {
                leader_slack[leader.index()] = f64::from(self.supply[leader.index()]);
            }
            let mut bound: f64 = self.need_price.iter().sum();
            bound += leaders
                .iter()
                .map(|l| self.leader_price[l.index()] * f64::from(self.supply[l.index()]))
                .sum::<f64>();
            for (c, column) in self.columns.iter().enumerate() {
                let surplus = self.surplus(c);
                if surplus > 0.0 {
                    bound += surplus;
                    for slot in column.needs() {
                        need_slack[slot.index()] -= 1.0;
                    }
                    leader_slack[column.leader.index()] -= 1.0;
                }
            }
            if bound < best - 1e-9 * best.abs() {
                stale = 0;
                best = bound;
                best_prices.0.clone_from(&self.need_price);
                best_prices.1.clone_from(&self.leader_price);
            } else {
                stale += 1;
                if stale == PATIENCE {
                    stale = 0;
                    pace *= 0.5;
                    self.need_price.clone_from(&best_prices.0);
                    self.leader_price.clone_from(&best_prices.1);
                    if pace < 1e-3 {
                        break;
                    }
                    continue;
                }
            }
            // Slack where the price is zero already moves nothing.
            let moves = |slack: f64, price: f64| if slack > 0.0 && price <= 0.0 { 0.0 } else { slack };
            let mut square = 0.0;
            for (slack, price) in need_slack.iter_mut().zip(&self.need_price) {
                *slack = moves(*slack, *price);
                square += *slack * *slack;
            }
            for &leader in &leaders {
                let slack = &mut leader_slack[leader.index()];
                *slack = moves(*slack, self.leader_price[leader.index()]);
                square += *slack * *slack;
            }
            if square == 0.0 {
                break;
            }
            let step = pace * (bound - floor).max(1.0) / square;
            for (price, slack) in self.need_price.iter_mut().zip(&need_slack) {
                *price = (*price - step * slack).max(0.0);
            }
            for &leader in &leaders {
                let price = &mut self.leader_price[leader.index()];
                *price = (*price - step * leader_slack[leader.index()]).max(0.0);
            }
        }
        (self.need_price, self.leader_price) = best_prices;
        best
    }

    /// Searches for columns that lose less than `gap` against the bound.
    fn pick(&self, gap: f64, floor: f64, spent: Spent<'_>) -> Option<Vec<usize>> {
        let mut of_need: Vec<Vec<(f64, u32)>> = vec![Vec::new(); self.worth.len()];
        for (c, column) in self.columns.iter().enumerate() {
            let loss = (-self.surplus(c)).max(0.0);
            if loss < gap {
                for slot in column.needs() {
                    of_need[slot.index()].push((loss, c as u32));
                }
            }
        }
        for list in &mut of_need {
            list.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
        // Needs with few routes to choose from come first.
        let mut order = (0..self.worth.len()).filter(|&n| !of_need[n].is_empty()).collect::<Vec<_>>();
        order.sort_by_key(|&n| (of_need[n].len(), n));
        let lost_anyway: f64 =
            (0..self.worth.len()).filter(|&n| of_need[n].is_empty()).map(|n| self.need_price[n]).sum();
        let mut picker = Picker {
            packing: self,
            of_need: &of_need,
            order: &order,
            covered: vec![false; self.worth.len()],
            used: vec![0; self.supply.len()],
            chosen: Vec::new(),
            best: None,
            gap,
            floor,
            choices: if spent() >= 1.0 { 0 } else { MOST_CHOICES },
        };
        picker.descend(0, lost_anyway);
        picker.best
    }
}

/// A depth-first search over the needs, cheapest loss first.
struct Picker<'a, 'c> {
    packing: &'a Packing<'c>,
    of_need: &'a [Vec<(f64, u32)>],
    order: &'a [usize],
    covered: Vec<bool>,
    used: Vec<u32>,
    chosen: Vec<usize>,
    best: Option<Vec<usize>>,
    /// What may be lost, and what the best choice brings.
    gap: f64,
    floor: f64,
    choices: u32,
}

impl Picker<'_, '_> {
    fn descend(&mut self, from: usize, lost: f64) {
        let Some(at) = (from..self.order.len()).find(|&k| !self.covered[self.order[k]]) else {
            // What is lost by routes that bring something and were not chosen is not counted on the way.
            let profit = self.chosen.iter().map(|&c| self.packing.profit[c]).sum::<f64>();
            if profit > self.floor + 0.5 {
                self.gap -= profit - self.floor;
                self.floor = profit;
                self.best = Some(self.chosen.clone());
            }
            return;
        };
        let slot = self.order[at];
        let left = self.packing.need_price[slot];
        let mut left_tried = false;
        for k in 0..self.of_need[slot].len() {
            let (loss, c) = self.of_need[slot][k];
            if !left_tried && loss > left {
                left_tried = true;
                self.leave(at, slot, lost + left);
            }
            if lost + loss >= self.gap || self.choices == 0 {
                break;
            }
            if self.fits(c as usize) {
                self.choices -= 1;
                self.mark(c as usize, true);
                self.descend(at + 1, lost + loss);
                self.mark(c as usize, false);
            }
        }
        if !left_tried {
            self.leave(at, slot, lost + left);
        }
    }

    /// Goes on without serving a need.
    fn leave(&mut self, at: usize, slot: usize, lost: f64) {
        if lost < self.gap && self.choices > 0 {
            self.choices -= 1;
            self.covered[slot] = true;
            self.descend(at + 1, lost);
            self.covered[slot] = false;
        }
    }

    fn fits(&self, c: usize) -> bool {
        let column = &self.packing.columns[c];
        self.used[column.leader.index()] < self.packing.supply[column.leader.index()]
            && !column.needs().iter().any(|n: &SlotId| self.covered[n.index()])
    }

    fn mark(&mut self, c: usize, chosen: bool) {
        let column = &self.packing.columns[c];
        for slot in column.needs() {
            self.covered[slot.index()] = chosen;
        }
        if chosen {
            self.used[column.leader.index()] += 1;
            self.chosen.push(c);
        } else {
            self.used[column.leader.index()] -= 1;
            self.chosen.pop();
        }
    }
}
