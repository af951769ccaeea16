//! The best choice of sites, by branch and bound.
//!
//! The bound is the Lagrangian one (Galvão and `ReVelle` 1996): let `w` be the weight of a piece and `0 ≤ λ ≤ w` its price. No choice of
//! `n` sites gains more than the sum of all `w − λ`, and of the `n` largest sums of `λ` over the pieces that a site gains; for a
//! chosen site pays for each of its pieces, and a piece is worth at most `w − λ` more than what was paid. That holds for whatever prices, which
//! are bettered step by step (subgradients); all of it is reckoned in integers, so the bound is proven and not only nearly so.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cover::Cover;
use super::greedy::Greedy;
use crate::base::Spent;
use crate::coverage::CoverageError;
use crate::coverage::question::go_on;

/// So often prices are bettered at the root, and at every other node.
const ROUNDS: (usize, usize) = (250, 20);
/// After so many rounds without a better bound steps are halved.
const PATIENCE: usize = 8;
/// Weights are stretched to about this sum, so that prices are fine enough.
const STRETCHED: i64 = 1 << 58;

/// The best choice of `count` sites, or the best that was found in so many steps; what no choice exceeds; and the steps taken.
///
/// # Errors
/// [`CoverageError::Stopped`].
pub(super) fn exact(
    cover: &Cover,
    count: usize,
    first: &Greedy,
    steps: u64,
    spent: Spent<'_>,
) -> Result<(Vec<usize>, i64, u64), CoverageError> {
    let mut search = Search::new(cover, count, first);
    let mut open = BinaryHeap::from([(first.bound, Reverse(0))]);
    let mut taken = 0;
    while let Some(&(bound, Reverse(node))) = open.peek() {
        if bound <= search.gain || taken == steps {
            break;
        }
        go_on(spent)?;
        open.pop();
        taken += 1;
        for child in search.look(node, bound) {
            open.push(child);
        }
    }
    let bound = open.peek().map_or(0, |&(bound, _)| bound).max(search.gain);
    Ok((search.chosen, bound, taken))
}

/// What was decided at a node: which sites are chosen, and which are not.
#[derive(Debug)]
struct Node {
    parent: Option<usize>,
    decided: Vec<(u32, bool)>,
}

struct Search<'a> {
    cover: &'a Cover,
    count: usize,
    /// Weights are multiplied by this.
    stretch: i64,
    /// The best choice so far.
    chosen: Vec<usize>,
    gain: i64,
    nodes: Vec<Node>,
    /// The best prices of the root.
    prices: Vec<i64>,
}

/// What is left to decide at a node.
struct Rest {
    chosen: Vec<usize>,
    gain: i64,
    /// Sites about which nothing is decided.
    free: Vec<usize>,
    /// Of each piece whether a free site could still gain it.
    open: Vec<bool>,
}

/// Prices, the bound that they give, and what the sites are worth at them.
#[derive(Clone)]
struct Priced {
    /// Stretched.
    bound: i128,
    prices: Vec<i64>,
    /// The free sites, the one with the largest sum of prices first.
    sums: Vec<(i64, usize)>,
}

impl<'a> Search<'a> {
    fn new(cover: &'a Cover, count: usize, first: &Greedy) -> Self {
        let total = cover.weights.iter().sum::<i64>().max(1);
        let stretch = (STRETCHED / total).max(1);
        let prices = cover.weights.iter().map(|weight| weight * stretch).collect();
        let nodes = vec![Node { parent: None, decided: Vec::new() }];
        Self { cover, count, stretch, chosen: first.chosen.clone(), gain: first.gain, nodes, prices }
    }

    fn rest(&self, node: usize) -> Rest {
        let mut chosen = Vec::new();
        let mut known = vec![false; self.cover.lists.len()];
        let mut next = Some(node);
        while let Some(node) = next {
            for &(site, is_chosen) in &self.nodes[node].decided {
                known[site as usize] = true;
                if is_chosen {
                    chosen.push(site as usize);
                }
            }
            next = self.nodes[node].parent;
        }
        let mut gained = vec![false; self.cover.weights.len()];
        let gain = chosen.iter().map(|&site| self.cover.take(site, &mut gained)).sum();
        let free = (0..known.len()).filter(|&site| !known[site]).collect::<Vec<_>>();
        let mut open = vec![false; gained.len()];
        for &piece in free.iter().flat_map(|&site| &self.cover.lists[site]) {
            open[piece as usize] = !gained[piece as usize];
        }
        Rest { chosen, gain, free, open }
    }

    /// Looks at one node: betters the best choice where it can, and tells the nodes below it that may hold a better one.
    fn look(&mut self, node: usize, known: i64) -> Vec<(i64, Reverse<usize>)> {
        let rest = self.rest(node);
        let left = self.count.saturating_sub(rest.chosen.len());
        if left == 0 || rest.free.len() <= left {
            let all = if left == 0 { &[][..] } else { &rest.free };
            self.offer(&rest.chosen, all);
            return Vec::new();
        }
        let rounds = if node == 0 { ROUNDS.0 } else { ROUNDS.1 };
        let Some(best) = self.better(&rest, left, rounds) else { return Vec::new() };
        if node == 0 {
            self.prices.clone_from(&best.prices);
        }
        let bound = known.min(self.whole(best.bound));
        if bound <= self.gain {
            return Vec::new();
        }
        let mut decided = Vec::new();
        let mut branch = None;
        let (last, next) = (best.sums[left - 1].0, best.sums[left].0);
        for (n, &(sum, site)) in best.sums.iter().enumerate() {
            // What no choice exceeds that decides otherwise about this site than the prices would.
            let otherwise = best.bound - i128::from(if n < left { sum - next } else { last - sum });
            if self.whole(otherwise) <= self.gain {
                decided.push((site as u32, n < left));
            } else if n < left && branch.is_none() {
                branch = Some(site as u32);
            }
        }
        // Where everything is settled, what the prices would choose has been offered already.
        let Some(site) = branch else { return Vec::new() };
        let mut child = |is_chosen: bool| {
            let mut decided = decided.clone();
            decided.push((site, is_chosen));
            self.nodes.push(Node { parent: Some(node), decided });
            (bound, Reverse(self.nodes.len() - 1))
        };
        vec![child(true), child(false)]
    }

    /// Betters the prices; nothing where the bound shows that the node holds no better choice.
    fn better(&mut self, rest: &Rest, left: usize, rounds: usize) -> Option<Priced> {
        let mut prices = self.prices.clone();
        let mut best: Option<Priced> = None;
        let (mut half, mut idle) = (0_u32, 0);
        for _ in 0..rounds {
            let priced = self.priced(rest, left, prices);
            let sites = priced.sums[..left].iter().map(|&(_, site)| site).collect::<Vec<_>>();
            self.offer(&rest.chosen, &sites);
            if self.whole(priced.bound) <= self.gain {
                return None;
            }
            prices = self.step(rest, &priced, &sites, half);
            if best.as_ref().is_none_or(|best| priced.bound < best.bound) {
                idle = 0;
                best = Some(priced);
            } else {
                idle += 1;
                if idle == PATIENCE {
                    (idle, half) = (0, half + 1);
                    prices.clone_from(&best.as_ref()?.prices);
                }
            }
            if half > 20 {
                break;
            }
        }
        best
    }

    /// The bound that some prices give.
    fn priced(&self, rest: &Rest, left: usize, prices: Vec<i64>) -> Priced {
        let sum = |&site: &usize| {
            let open =
                self.cover.lists[site].iter().map(|&piece| piece as usize).filter(|&piece| rest.open[piece]);
            (open.map(|piece| prices[piece]).sum::<i64>(), site)
        };
        let mut sums = rest.free.iter().map(sum).collect::<Vec<_>>();
        sums.sort_unstable_by_key(|&(sum, site)| (Reverse(sum), site));
        let mut bound = i128::from(rest.gain) * i128::from(self.stretch);
        for (piece, &weight) in self.cover.weights.iter().enumerate().filter(|&(piece, _)| rest.open[piece]) {
            bound += i128::from(weight * self.stretch - prices[piece]);
        }
        bound += sums.iter().take(left).map(|&(sum, _)| i128::from(sum)).sum::<i128>();
        Priced { bound, prices, sums }
    }

    /// Other prices: lower where several of the sites pay for one piece, higher where none does.
    fn step(&self, rest: &Rest, priced: &Priced, sites: &[usize], half: u32) -> Vec<i64> {
        let mut paid = vec![0_i64; self.cover.weights.len()];
        for &piece in sites.iter().flat_map(|&site| &self.cover.lists[site]) {
            paid[piece as usize] += 1;
        }
        let full = |piece: usize| self.cover.weights[piece] * self.stretch;
        let slope = |piece: usize| {
            let price = priced.prices[piece];
            let slope = paid[piece] - i64::from(price < full(piece));
            if !rest.open[piece] || price == 0 && slope > 0 { 0 } else { slope }
        };
        let norm = (0..paid.len()).map(|piece| i128::from(slope(piece)).pow(2)).sum::<i128>();
        let away = priced.bound - i128::from(self.gain) * i128::from(self.stretch);
        let length = (away >> half) / norm.max(1);
        let moved = |piece: usize| {
            let price = i128::from(priced.prices[piece]) - length * i128::from(slope(piece));
            price.clamp(0, full(piece).into()) as i64
        };
        (0..paid.len()).map(moved).collect()
    }

    /// Takes a choice where it is better than the best so far.
    fn offer(&mut self, chosen: &[usize], more: &[usize]) {
        let sites = chosen.iter().chain(more).copied().collect::<Vec<_>>();
        let gain = self.cover.gain(&sites);
        if gain > self.gain {
            (self.gain, self.chosen) = (gain, sites);
        }
    }

    /// A stretched bound as whole weight.
    fn whole(&self, stretched: i128) -> i64 {
        i64::try_from(stretched / i128::from(self.stretch)).unwrap_or(i64::MAX)
    }
}
