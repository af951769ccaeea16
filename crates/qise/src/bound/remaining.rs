//! What a route can still win after a node and a moment: routes that may pass any slot any number of times, over slices of time.
//!
//! A lower bound of what follows every label, and so a way to tell labels that lead nowhere.

use super::graph::{Graph, NO_ARC};
use crate::model::Problem;

/// About so many slices.
const SLICES: i64 = 150;
/// Steps between slices, of all arcs, to look at.
const MOST_STEPS: i64 = 2_000_000;
/// No more than this many: a slice is no longer than the shortest step.
const MOST_SLICES: i64 = 2_000;
/// No way to say.
const UNKNOWN: i64 = i64::MIN / 4;
/// No way on.
const NEVER: i64 = i64::MAX / 4;

/// Lower bounds of what follows, by node and slice.
#[derive(Debug)]
pub(super) struct Remaining {
    start: i64,
    width: i64,
    slices: usize,
    /// Node by node.
    least: Vec<i64>,
}

impl Remaining {
    pub(super) fn new(problem: &Problem, graph: &Graph, prizes: &[i64], next: &[Vec<u16>]) -> Self {
        let count = graph.count;
        let length = (graph.end - graph.start).max(1);
        let step = |row: usize, node: usize| graph.time(row, node) + graph.nodes[node].service;
        let steps = (0..count).flat_map(|row| next[row].iter().map(move |&node| (row, usize::from(node))));
        let shortest = steps.map(|(row, node)| step(row, node)).min().unwrap_or(length);
        // Of large graphs fewer, so that this takes less than what it saves.
        let arcs = next[..count].iter().map(|next| next.len() as i64).sum::<i64>();
        let slices = (MOST_STEPS / arcs.max(1)).clamp(16, SLICES);
        // A step from a slice always ends in a later one, so that one pass from behind is enough.
        let width = shortest.min(length / slices + 1);
        if width <= 0 || length / width >= MOST_SLICES {
            return Self { start: 0, width: 0, slices: 0, least: Vec::new() };
        }
        let slices = (length / width) as usize + 2;
        let mut least = vec![NEVER; count * slices];
        for slice in (0..slices).rev() {
            let from = graph.start + slice as i64 * width;
            for row in 0..count {
                let way = graph.time(row, count);
                let mut best =
                    if way != NO_ARC && from + way <= graph.end { graph.cost(row, count) } else { NEVER };
                for &node in &next[row] {
                    let node = usize::from(node);
                    let Some(time) = graph.served(problem, node, from + graph.time(row, node)) else {
                        continue;
                    };
                    let after = ((time - graph.start) / width) as usize;
                    if after >= slices {
                        continue;
                    }
                    let on = least[node * slices + after];
                    if on < NEVER {
                        best =
                            best.min(graph.cost(row, node) - prizes[node] + graph.lateness(node, time) + on);
                    }
                }
                least[row * slices + slice] = best;
            }
        }
        Self { start: graph.start, width, slices, least }
    }

    /// No route that is at the end of a node's service then wins more from there on.
    #[inline]
    pub(super) fn after(&self, node: usize, time: i64) -> i64 {
        if self.width == 0 {
            return UNKNOWN;
        }
        let slice = ((time - self.start) / self.width) as usize;
        if slice < self.slices { self.least[node * self.slices + slice] } else { NEVER }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Random;
    use crate::bound::knapsack::Costs;
    use crate::bound::shift_classes::ShiftClasses;
    use crate::bound::target::BoundTarget;
    use crate::bound::tests::{cheapest, drawn, drawn_prices};

    /// Over all first visits, what follows is never told dearer than the cheapest route of all.
    #[test]
    fn what_follows_costs_no_less() {
        let mut won = 0;
        for seed in 0..200 {
            let mut random = Random::new(seed, 7);
            let problem = drawn(&mut random);
            let prices = drawn_prices(&problem, &mut random);
            let question = BoundTarget::level(&problem, 0, None);
            let staff = ShiftClasses::new(&problem).unwrap();
            let Some(shift) = staff.shifts.first() else { continue };
            let costs = Costs { problem: &problem, question: &question, calls: false };
            let graph = Graph::new(&costs, &shift.units[0], 1);
            let prizes = (0..graph.count).map(|node| prices[graph.slot(node).index()]).collect::<Vec<_>>();
            let remaining = Remaining::new(&problem, &graph, &prizes, &graph.next);
            let first = graph.next[graph.count].iter().filter_map(|&node| {
                let node = usize::from(node);
                let time = graph.served(&problem, node, graph.start + graph.time(graph.count, node))?;
                let cost = graph.cost(graph.count, node) - prizes[node] + graph.lateness(node, time);
                Some(cost + remaining.after(node, time))
            });
            let least = cheapest(&problem, &prices);
            assert!(least == 0 || first.min().unwrap() <= least, "seed {seed}");
            won += usize::from(least < 0);
            assert!((0..graph.count).all(|node| remaining.after(node, graph.end + 10_000) == NEVER));
        }
        assert!(won > 80, "{won}");
    }
}
