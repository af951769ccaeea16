//! Shortest augmenting paths: one line after the other finds its place at the least loss to all.
//!
//! The values of all lines are feasible and all pairs tight, before and after. From a line without a partner, Dijkstra's search
//! over reduced costs (`value + value - saving`) ends at the nearest of: a partner who is free; a line on the way that goes without
//! from now on, at the loss of its value; the line itself, which then goes without. The value of the nearest end known bounds
//! all that is looked at, which keeps searches short.
//!
//! Sources: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems", 1987; the
//! search from both sides makes any feasible start exact.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{Graph, Saving};
use super::side::{NOBODY, Side};

/// The working memory of searches, used again by each.
pub(crate) struct Search {
    /// Distance of each partner, where `seen` is the current search.
    distance: Vec<i64>,
    seen: Vec<u32>,
    /// The line from which each partner was reached.
    from: Vec<u32>,
    current: u32,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Partners as near as the one looked at last, for which the heap would be a detour.
    level: Vec<u32>,
    /// The partners whose distance is final.
    reached: Vec<u32>,
    /// Edges looked at in all searches.
    effort: usize,
}

/// Where a path ends.
#[derive(Clone, Copy)]
enum End {
    /// The root goes without.
    Root,
    /// A partner who is free.
    Free(u32),
    /// The line of this partner goes without.
    Parted(u32),
}

impl Search {
    /// Memory for sides of at most so many lines.
    pub(crate) fn new(lines: usize) -> Self {
        Self {
            distance: vec![0; lines],
            seen: vec![0; lines],
            from: vec![NOBODY; lines],
            current: 0,
            heap: BinaryHeap::new(),
            level: Vec::new(),
            reached: Vec::new(),
            effort: 0,
        }
    }

    /// Finds their places for all waiting lines of `ours`, the one with most to gain first: it is the one most sure of a
    /// place. Gives up, and says so, once more than `most_effort` edges were looked at in all.
    pub(crate) fn place_all<S: Saving>(
        &mut self,
        graph: &Graph<S>,
        ours: &mut Side,
        theirs: &mut Side,
        most_effort: usize,
    ) -> bool {
        let mut waiting = ours.waiting();
        waiting.sort_unstable_by_key(|&line| (Reverse(ours.value[line as usize]), line));
        for root in waiting {
            if self.effort > most_effort {
                return false;
            }
            let (loss, end) = self.run(graph, ours, theirs, root);
            for &partner in &self.reached {
                let less = loss - self.distance[partner as usize];
                theirs.value[partner as usize] += less;
                ours.value[theirs.mate[partner as usize] as usize] -= less;
            }
            ours.value[root as usize] -= loss;
            self.augment(ours, theirs, root, end);
        }
        true
    }

    /// The loss at which the root finds its place, and where its path ends.
    fn run<S: Saving>(&mut self, graph: &Graph<S>, ours: &Side, theirs: &Side, root: u32) -> (i64, End) {
        self.current += 1;
        self.heap.clear();
        self.level.clear();
        self.reached.clear();
        let (mut loss, mut end) = (ours.value[root as usize], End::Root);
        let (mut line, mut distance) = (root, 0);
        loop {
            let edges = graph.of(line as usize);
            self.effort += edges.len();
            let base = distance + ours.value[line as usize];
            for edge in edges {
                let to = edge.to as usize;
                let there = base + theirs.value[to] - edge.saving();
                if there >= loss || (self.seen[to] == self.current && self.distance[to] <= there) {
                    continue;
                }
                self.seen[to] = self.current;
                self.distance[to] = there;
                self.from[to] = line;
                if theirs.mate[to] == NOBODY {
                    (loss, end) = (there, End::Free(edge.to));
                } else if there == distance {
                    self.level.push(edge.to);
                } else {
                    self.heap.push(Reverse((there, edge.to)));
                }
            }
            if loss <= distance {
                return (loss, end);
            }
            let Some(partner) = self.nearest().filter(|&next| self.distance[next as usize] < loss) else {
                return (loss, end);
            };
            distance = self.distance[partner as usize];
            self.reached.push(partner);
            line = theirs.mate[partner as usize];
            let without = distance + ours.value[line as usize];
            if without < loss {
                (loss, end) = (without, End::Parted(partner));
            }
        }
    }

    /// The next nearest partner, taken out of the queue.
    fn nearest(&mut self) -> Option<u32> {
        if let Some(partner) = self.level.pop() {
            return Some(partner);
        }
        while let Some(Reverse((there, partner))) = self.heap.pop() {
            // Others were reached on a shorter way since.
            if there == self.distance[partner as usize] {
                return Some(partner);
            }
        }
        None
    }

    /// Moves everybody along the path by one.
    fn augment(&self, ours: &mut Side, theirs: &mut Side, root: u32, end: End) {
        let mut partner = match end {
            End::Root => return,
            End::Free(partner) => partner,
            End::Parted(partner) => {
                ours.mate[theirs.mate[partner as usize] as usize] = NOBODY;
                partner
            }
        };
        loop {
            let line = self.from[partner as usize];
            theirs.mate[partner as usize] = line;
            let next = std::mem::replace(&mut ours.mate[line as usize], partner);
            if line == root {
                return;
            }
            partner = next;
        }
    }
}
