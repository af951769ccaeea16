//! Routes of one unit as paths of labels over places and times: the cheapest route at given prices, in a relaxed set of routes that
//! contains all that are possible.
//!
//! A route of the relaxed set keeps windows, times, the way home and the limits of the unit, and may pass a slot twice if it
//! has been to some place in between that does not remember it (*ng-routes*; R. Baldacci, A. Mingozzi, R. Roberti 2011, New route
//! relaxation and pricing strategies for the vehicle routing problem, Operations Research 59(5)). The more each place remembers, the
//! closer the set comes to that of real routes. Labels that cannot end below nothing, told by a relaxation over slices of time
//! without memory, are not followed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{Graph, LIMITS};
use super::remaining::Remaining;
use crate::model::Problem;

/// What was found of one unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The least that any route of the relaxed set costs at the prices, or nothing if no route costs less.
    pub(super) value: i64,
    /// Whether every route was looked at: only then the value bounds anything.
    pub(super) complete: bool,
    /// Cheap routes, the cheapest first: what each costs at the prices, and its nodes in order.
    pub(super) routes: Vec<(i64, Vec<u16>)>,
}

/// How to look for routes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Whether what a label remembers may be passed over: quicker, and no proof.
    pub(super) careless: bool,
    /// No more labels than this.
    pub(super) labels: usize,
    /// So many routes are wanted.
    pub(super) routes: usize,
}

/// A partial route.
#[derive(Clone, Copy, Debug)]
struct Label<const W: usize> {
    cost: i64,
    time: i64,
    uses: [i64; LIMITS],
    seen: [u64; W],
    node: u16,
    dead: bool,
    before: u32,
}

/// Ways on from a node that a careless search looks at.
const FOLLOWED: usize = 30;

const NOBODY: u32 = u32::MAX;

/// Looks for the cheapest routes of a unit. `prizes`: what each node is worth, scaled. `memory`: for each node the marks that it
/// remembers.
pub(super) fn routes(
    problem: &Problem,
    graph: &Graph,
    prizes: &[i64],
    memory: &[Vec<u16>],
    effort: Effort,
    stop: &(dyn Fn() -> bool + Sync),
) -> Found {
    match graph.mark_count {
        0..=64 => search::<1>(problem, graph, prizes, memory, effort, stop),
        65..=128 => search::<2>(problem, graph, prizes, memory, effort, stop),
        129..=256 => search::<4>(problem, graph, prizes, memory, effort, stop),
        257..=512 => search::<8>(problem, graph, prizes, memory, effort, stop),
        513..=1024 => search::<16>(problem, graph, prizes, memory, effort, stop),
        _ => Found::default(),
    }
}

fn search<const W: usize>(
    problem: &Problem,
    graph: &Graph,
    prizes: &[i64],
    memory: &[Vec<u16>],
    effort: Effort,
    stop: &(dyn Fn() -> bool + Sync),
) -> Found {
    let count = graph.count;
    let next = arcs(graph, prizes, effort);
    let masks = memory.iter().map(|marks| mask::<W>(marks)).collect::<Vec<_>>();
    let remaining = Remaining::new(problem, graph, prizes, &next);

    let mut labels: Vec<Label<W>> = Vec::new();
    let mut at: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut heap = BinaryHeap::new();
    let mut ends: Vec<(i64, u32)> = Vec::new();
    let mut best = 0_i64;
    let start = Label {
        cost: 0,
        time: graph.start,
        uses: [0; LIMITS],
        seen: [0; W],
        node: count as u16,
        dead: false,
        before: NOBODY,
    };
    let mut current = Some((start, NOBODY));
    let mut steps = 0_u32;
    let mut complete = true;
    loop {
        let (label, number) = if let Some(first) = current.take() {
            first
        } else {
            let Some(Reverse((_, number))) = heap.pop() else { break };
            let label: Label<W> = labels[number as usize];
            if label.dead {
                continue;
            }
            (label, number)
        };
        steps += 1;
        if labels.len() > effort.labels || (steps.is_multiple_of(256) && stop()) {
            complete = false;
            break;
        }
        let row = usize::from(label.node);
        for &to in &next[row] {
            let node = usize::from(to);
            let mark = usize::from(graph.marks[node]);
            if label.seen[mark / 64] >> (mark % 64) & 1 == 1 {
                continue;
            }
            let Some(time) = graph.served(problem, node, label.time + graph.time(row, node)) else {
                continue;
            };
            let cost = label.cost + graph.cost(row, node) - prizes[node] + graph.lateness(node, time);
            let used = graph.uses(row, node);
            let uses: [i64; LIMITS] = std::array::from_fn(|l| label.uses[l] + used[l]);
            if (0..LIMITS).any(|l| uses[l] > graph.limits[l]) {
                continue;
            }
            if cost + remaining.after(node, time) >= best {
                continue;
            }
            let mut seen: [u64; W] = std::array::from_fn(|w| label.seen[w] & masks[node][w]);
            seen[mark / 64] |= 1 << (mark % 64);
            let fresh = Label { cost, time, uses, seen, node: to, dead: false, before: number };
            if !admit(&mut labels, &mut at[node], &fresh, effort.careless) {
                continue;
            }
            let new = (labels.len() - 1) as u32;
            heap.push(Reverse((time, new)));
            // Home from here.
            let way = graph.time(node, count);
            if way == super::graph::NO_ARC || time + way > graph.end {
                continue;
            }
            let used = graph.uses(node, count);
            let home = cost + graph.cost(node, count);
            if home < 0 && (0..LIMITS).all(|l| uses[l] + used[l] <= graph.limits[l]) {
                ends.push((home, new));
                best = best.min(home);
            }
        }
    }
    ends.sort_unstable();
    Found { value: best, complete, routes: best_routes(&labels, ends, count, effort.routes) }
}

/// Where a route may go on from each node, and from the start, which stands last: to nodes that may pay; with little effort to the few
/// that win most for their time.
fn arcs(graph: &Graph, prizes: &[i64], effort: Effort) -> Vec<Vec<u16>> {
    let wanted = |node: usize| !graph.metric || prizes[node] > 0;
    let next = (0..=graph.count).map(|row| {
        let own = graph.next[row].iter().copied();
        let mut own = own.filter(|&node| wanted(node.into())).collect::<Vec<_>>();
        if effort.careless && own.len() > FOLLOWED {
            // What wins most for its time.
            let win = |node: usize| (prizes[node] - graph.cost(row, node)) as f64;
            let takes = |node: usize| (graph.time(row, node) + graph.nodes[node].service).max(1) as f64;
            own.sort_by(|&a, &b| {
                let (a, b) = (usize::from(a), usize::from(b));
                (win(b) * takes(a)).total_cmp(&(win(a) * takes(b))).then(a.cmp(&b))
            });
            own.truncate(FOLLOWED);
        }
        own
    });
    next.collect()
}

/// The nodes of the best routes, which end with these labels at these costs, cheapest first: not all with the same last node, for they
/// would be much alike.
fn best_routes<const W: usize>(
    labels: &[Label<W>],
    ends: Vec<(i64, u32)>,
    count: usize,
    most: usize,
) -> Vec<(i64, Vec<u16>)> {
    let mut routes = Vec::new();
    let mut last = vec![0_usize; count];
    for (cost, end) in ends {
        if routes.len() >= most {
            break;
        }
        let node = usize::from(labels[end as usize].node);
        last[node] += 1;
        if last[node] > 1 + most / 16 {
            continue;
        }
        let mut nodes = Vec::new();
        let mut number = end;
        while number != NOBODY {
            nodes.push(labels[number as usize].node);
            number = labels[number as usize].before;
        }
        nodes.reverse();
        routes.push((cost, nodes));
    }
    routes
}

/// Adds a label to those of its node, unless one of them is as good; those that it is as good as are dead.
fn admit<const W: usize>(
    labels: &mut Vec<Label<W>>,
    at: &mut Vec<u32>,
    fresh: &Label<W>,
    careless: bool,
) -> bool {
    let mut kept = 0;
    for k in 0..at.len() {
        let number = at[k];
        let old = &labels[number as usize];
        if as_good(old, fresh, careless) {
            // Nothing has been struck out before: what the new label is as good as, the old one would be as good as, too.
            debug_assert_eq!(kept, k);
            return false;
        }
        if as_good(fresh, old, careless) {
            labels[number as usize].dead = true;
        } else {
            at[kept] = number;
            kept += 1;
        }
    }
    at.truncate(kept);
    at.push(labels.len() as u32);
    labels.push(*fresh);
    true
}

/// Whether whatever follows one label can follow the other, and costs no less there.
#[inline]
fn as_good<const W: usize>(one: &Label<W>, other: &Label<W>, careless: bool) -> bool {
    one.cost <= other.cost
        && one.time <= other.time
        && (0..LIMITS).all(|l| one.uses[l] <= other.uses[l])
        && (careless || (0..W).all(|w| one.seen[w] & !other.seen[w] == 0))
}

fn mask<const W: usize>(marks: &[u16]) -> [u64; W] {
    let mut mask = [0; W];
    for &mark in marks {
        mask[usize::from(mark) / 64] |= 1 << (usize::from(mark) % 64);
    }
    mask
}

#[cfg(test)]
mod tests;
