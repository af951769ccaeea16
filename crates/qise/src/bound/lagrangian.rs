//! A question about a problem, made ready to be priced: what is asked, and each shift as knapsacks and as graphs.
//!
//! Prices for slots turn it into a bound (Lagrangian relaxation): what the groups cost at least when every slot is filled at its price,
//! and what every shift wins at most by a route that is paid these prices. Any prices give a bound, since in any plan what is paid
//! for the slots is what the routes are paid. All of it is in whole numbers.

use rayon::prelude::*;

use super::graph::Graph;
use super::knapsack::{Costs, MOST_WAYS, Sack};
use super::labels::{Effort, Found, routes};
use super::shift_classes::{Shift, ShiftClasses};
use super::target::{Asked, BoundTarget};
use crate::model::Problem;

/// Graphs with no more arcs than this, over all units, are kept.
const MOST_ARCS: usize = 5_000_000;
/// Depots over which ways may lead in a graph.
const MOST_DEPOTS: usize = 12;
/// Prices stay below this.
const MOST_PRICE: f64 = (1_u64 << 43) as f64;

/// A question about a problem, made ready to be priced.
#[derive(Debug)]
pub(super) struct LagrangianProblem<'p> {
    pub(super) problem: &'p Problem,
    question: &'p BoundTarget,
    /// Whether calls at depots may lie between any two places.
    calls: bool,
    pub(super) shifts: &'p [Shift],
    pub(super) asked: Asked,
    sacks: Vec<Vec<Sack>>,
    pub(super) graphs: Vec<Vec<Graph>>,
}

impl<'p> LagrangianProblem<'p> {
    pub(super) fn new(problem: &'p Problem, staff: &'p ShiftClasses, question: &'p BoundTarget) -> Self {
        let calls = problem.has_goods() && !problem.depots().is_empty();
        let costs = Costs { problem, question, calls };
        let shifts = &staff.shifts[..];
        let units = || shifts.iter().flat_map(|shift| &shift.units);
        let asked = question.asked(problem, dearest_step(&costs, shifts), &staff.able);
        let scale = asked.scale;
        let ways = units().map(|able| pairs(able.nodes.len())).fold(0, usize::saturating_add) <= MOST_WAYS;
        let sacks = shifts.par_iter().map(|shift| {
            shift.units.iter().map(|able| Sack::new(&costs, able, ways, scale)).collect::<Vec<_>>()
        });
        let sacks = sacks.collect();
        Self { problem, question, calls, shifts, asked, sacks, graphs: Vec::new() }
    }

    /// Whether graphs are not too large to be made.
    pub(super) fn may_deepen(&self) -> bool {
        let units = || self.shifts.iter().flat_map(|shift| &shift.units);
        let arcs = units().map(|able| pairs(able.nodes.len() + 1)).fold(0, usize::saturating_add);
        arcs <= MOST_ARCS && !(self.calls && self.problem.depots().len() > MOST_DEPOTS)
    }

    /// Makes the graphs.
    pub(super) fn deepen(&mut self) {
        let costs = Costs { problem: self.problem, question: self.question, calls: self.calls };
        let graph = |shift: &Shift| {
            shift.units.iter().map(|able| Graph::new(&costs, able, self.asked.scale)).collect()
        };
        self.graphs = self.shifts.par_iter().map(graph).collect();
    }

    /// Prices in whole numbers.
    pub(super) fn whole(prices: &[f64]) -> Vec<i64> {
        prices.iter().map(|price| price.clamp(0.0, MOST_PRICE).round() as i64).collect()
    }

    /// The whole number, unscaled, that a scaled bound proves.
    pub(super) fn proven(&self, value: i128) -> i64 {
        let scale = i128::from(self.asked.scale);
        // Every plan's value is whole, so that a fraction more than a number proves the next.
        let up = value.div_euclid(scale) + i128::from(value.rem_euclid(scale) > 0);
        i64::try_from(up.max(0)).unwrap_or(i64::MAX)
    }

    /// What every shift wins at these prices as a knapsack: nothing or less, for one of its like.
    pub(super) fn sack_values(&self, prices: &[i64]) -> Vec<i128> {
        let value = |units: &Vec<Sack>| units.iter().map(|sack| sack.value(prices, None)).min().unwrap_or(0);
        self.sacks.par_iter().map(value).collect()
    }

    /// The bound of these prices by knapsacks. `slack` is set to how much each slot is asked for beyond what shifts fill.
    pub(super) fn by_sacks(&self, prices: &[i64], slack: &mut [f64]) -> i128 {
        let filled = self.sacks.par_iter().map(|units| {
            let of = |sack: &Sack| {
                let mut used = Vec::new();
                (sack.value(prices, Some(&mut used)), used)
            };
            units.iter().map(of).min_by_key(|(value, _)| *value).unwrap_or_default()
        });
        let filled = filled.collect::<Vec<_>>();
        let mut sum = self.asked_value(prices, slack);
        for ((value, used), shift) in filled.into_iter().zip(self.shifts) {
            sum += value * i128::from(shift.count);
            for (slot, share) in used {
                slack[slot as usize] -= share * shift.count as f64;
            }
        }
        sum
    }

    /// What the groups cost at least at these prices, and how much each slot is asked for.
    pub(super) fn asked_value(&self, prices: &[i64], slack: &mut [f64]) -> i128 {
        let mut left = vec![0.0; self.asked.groups.len()];
        let sum = self.asked.value(prices, Some(&mut left));
        slack.fill(0.0);
        for (group, left) in self.asked.groups.iter().zip(left) {
            if let Some((_, way)) = group.cheapest(prices) {
                let way = group.ways[way];
                slack[way.first as usize..way.end as usize].fill(1.0 - left);
            }
        }
        sum
    }

    /// The bound that follows from what each shift wins at most.
    pub(super) fn sum(&self, prices: &[i64], values: &[i128]) -> i128 {
        let shifts = values.iter().zip(self.shifts).map(|(value, shift)| value * i128::from(shift.count));
        self.asked.value(prices, None) + shifts.sum::<i128>()
    }

    /// The cheapest routes of every unit at these prices, by what each node remembers.
    pub(super) fn routes(
        &self,
        prices: &[i64],
        memory: &[Vec<Vec<Vec<u16>>>],
        effort: Effort,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Vec<Found>> {
        let of = |(graph, memory): (&Graph, &Vec<Vec<u16>>)| {
            let prizes = (0..graph.count).map(|node| prices[graph.slot(node).index()]).collect::<Vec<_>>();
            routes(self.problem, graph, &prizes, memory, effort, stop)
        };
        let shifts = self.graphs.par_iter().zip(memory);
        shifts.map(|(graphs, memory)| graphs.iter().zip(memory).map(of).collect()).collect()
    }
}

fn pairs(side: usize) -> usize {
    side.saturating_mul(side)
}

/// About the most that one step of a route costs.
fn dearest_step(costs: &Costs<'_>, shifts: &[Shift]) -> i64 {
    let units = shifts.iter().flat_map(|shift| &shift.units);
    let steps = units.flat_map(|able| {
        let unit = costs.problem.unit(able.unit);
        able.nodes.iter().map(move |node| {
            let way = costs.way(unit, unit.from, node.place).map_or(0, |(cost, _)| cost);
            way + costs.serving(able, node) + costs.going_out(unit)
        })
    });
    steps.max().unwrap_or(0).saturating_mul(2)
}

#[cfg(test)]
mod tests;
