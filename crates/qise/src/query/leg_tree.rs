//! Legs in a tree of boxes: each knows the best of all that it holds, so that what it holds need not be looked at where even
//! that would be too dear.
//!
//! A detour from the leg a–b by way of n is at least 2 (|mn| − |ab|/2) longer, m its middle. So legs are kept by their middles, in one tree
//! for each requirement. What could cost least is looked at first; then a lower bound of a place in that route is told by merging
//! segments; only candidates that could still be among the best are timed. The result equals an exhaustive check of all volunteers.

use std::ops::Range;

use super::leg::{Leg, Traits};
use crate::model::Term;
use crate::solve::instance::Instance;

/// No more legs are kept in a box that is not split.
const LEAF: usize = 8;
/// A box that is split has so many parts, which lie together in memory.
const PARTS: usize = 8;

/// The legs of all who suit a requirement.
#[derive(Clone, Default)]
pub(crate) struct Tree {
    /// What a second more adds to a load at most, and what a radian costs and how long it takes at most.
    pub(crate) most_load: f64,
    pub(crate) most_price: f64,
    pub(crate) most_seconds: f64,
    pub(crate) nodes: Vec<Node>,
    pub(crate) legs: Vec<Leg>,
}

/// A box of legs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) low: [f32; 3],
    pub(crate) high: [f32; 3],
    pub(crate) traits: Traits,
    /// What is in it: boxes of the tree, or legs.
    pub(crate) first: u32,
    pub(crate) count: u32,
    pub(crate) is_leaf: bool,
}

/// What legs are told apart by costs so much, in units of the weighted cost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prices {
    /// A second at work, and what it adds to a load.
    work: f64,
    load: f64,
    /// A common wish that is not met, on average over those who ask.
    wishes: Vec<f64>,
}

impl Prices {
    pub(crate) fn new(instance: &Instance<'_>, wishes: Vec<f64>) -> Self {
        let price = |term: Term| instance.weights.of(term) as f64;
        Self { work: price(Term::WorkTime), load: price(Term::Load), wishes }
    }
}

/// By what legs are told apart, in what it costs about.
pub(crate) struct SplitWeights<'w> {
    /// A radian there and back.
    way: f64,
    /// A second at work, and what it adds to a load.
    work: f64,
    load: f64,
    /// A common wish that is not met.
    wishes: &'w [f64],
}

/// Legs are told apart for a service of that length, so far away, in seconds and radians: an hour, 5 km.
const SERVICE: f64 = 3600.0;
const AWAY: f64 = 8e-4;

impl<'w> SplitWeights<'w> {
    pub(crate) fn new(prices: &'w Prices, legs: &[Leg]) -> Self {
        let &Prices { work, load, ref wishes } = prices;
        let way = legs.iter().map(|leg| f64::from(leg.traits.price) + work * f64::from(leg.traits.seconds));
        let way = 2.0 * way.sum::<f64>() / legs.len() as f64;
        Self { way, work, load, wishes }
    }

    #[inline]
    fn of(&self, leg: &Leg) -> [f64; 9] {
        let Leg { middle, traits, .. } = leg;
        let radian = f64::from(traits.price) + self.work * f64::from(traits.seconds);
        [
            f64::from(middle[0]) * self.way,
            f64::from(middle[1]) * self.way,
            f64::from(middle[2]) * self.way,
            f64::from(traits.load) * SERVICE * self.load,
            f64::from(traits.pace) * SERVICE * self.work,
            f64::from(traits.absorbable) * self.work,
            f64::from(traits.half) * self.way,
            radian * AWAY * if traits.closed { 2.0 } else { 1.0 },
            // Who is out and who is not yet are told apart first.
            if traits.idle { f64::MAX } else { 0.0 },
        ]
    }
}

impl Tree {
    /// Legs, told apart by what they cost.
    pub(crate) fn new(mut legs: Vec<Leg>, weights: &SplitWeights<'_>) -> Self {
        let mut tree = Self::default();
        if !legs.is_empty() {
            tree.grow(&mut legs, weights);
        }
        tree.legs = legs;
        tree.note_most();
        tree
    }

    /// Brings what is known of all legs up to date.
    pub(crate) fn note_most(&mut self) {
        let legs = &self.legs;
        let most = |of: fn(&Traits) -> f32| {
            legs.iter().map(|leg| f64::from(of(&leg.traits).next_up().next_up())).fold(0.0, f64::max)
        };
        let (most_load, most_price) = (most(|traits| traits.load), most(|traits| traits.price));
        let most_seconds = most(|traits| traits.seconds);
        (self.most_load, self.most_price, self.most_seconds) = (most_load, most_price, most_seconds);
    }

    /// Grows the boxes of legs: the first holds all.
    fn grow(&mut self, legs: &mut [Leg], weights: &SplitWeights<'_>) {
        self.nodes.push(Node::around(legs, 0..legs.len()));
        let mut at = 0;
        while at < self.nodes.len() {
            if !self.nodes[at].is_leaf {
                let parts = parts(legs, &self.nodes[at], weights);
                (self.nodes[at].first, self.nodes[at].count) = (self.nodes.len() as u32, parts.len() as u32);
                self.nodes.extend(parts);
            }
            at += 1;
        }
    }
}

impl Node {
    /// The box of some of the legs.
    fn around(legs: &[Leg], span: Range<usize>) -> Self {
        let first = span.start;
        let legs = &legs[span];
        let mut node = Self {
            low: legs[0].middle,
            high: legs[0].middle,
            traits: legs[0].traits,
            first: first as u32,
            count: legs.len() as u32,
            is_leaf: legs.len() <= LEAF,
        };
        for leg in &legs[1..] {
            for axis in 0..3 {
                node.low[axis] = node.low[axis].min(leg.middle[axis]);
                node.high[axis] = node.high[axis].max(leg.middle[axis]);
            }
            node.traits.join(&leg.traits);
        }
        node
    }
}

/// The boxes within one that holds too many legs: the largest is split until they are enough.
fn parts(legs: &mut [Leg], node: &Node, weights: &SplitWeights<'_>) -> Vec<Node> {
    let mut parts = vec![*node];
    while parts.len() < PARTS {
        let large = (0..parts.len()).filter(|&at| !parts[at].is_leaf).max_by_key(|&at| parts[at].count);
        let Some(at) = large else { break };
        let (from, count) = (parts[at].first as usize, parts[at].count as usize);
        let middle = from + split(&mut legs[from..from + count], &parts[at].traits, weights);
        parts[at] = Node::around(legs, from..middle);
        parts.insert(at + 1, Node::around(legs, middle..from + count));
    }
    parts
}

/// Puts those first that are least by what tells legs apart most; how many they are.
fn split(legs: &mut [Leg], all: &Traits, weights: &SplitWeights<'_>) -> usize {
    let mut low = weights.of(&legs[0]);
    let mut high = low;
    for leg in &legs[1..] {
        for (by, value) in weights.of(leg).into_iter().enumerate() {
            (low[by], high[by]) = (low[by].min(value), high[by].max(value));
        }
    }
    let span = |by: &usize| high[*by] - low[*by];
    let by = (0..low.len()).max_by(|a, b| span(a).total_cmp(&span(b))).unwrap_or(0);
    let some_meet = |wish: &usize| (all.any & !all.all) >> wish & 1 == 1;
    let wishes = (0..weights.wishes.len()).filter(some_meet);
    let wish = wishes.max_by(|&a, &b| weights.wishes[a].total_cmp(&weights.wishes[b]));
    if let Some(wish) = wish.filter(|&wish| weights.wishes[wish] > span(&by)) {
        return part(legs, |leg| leg.traits.any >> wish & 1 == 1);
    }
    if low[by] < high[by] {
        let value = f64::midpoint(low[by], high[by]).min(high[by].next_down());
        return part(legs, |leg| weights.of(leg)[by] > value);
    }
    legs.len() / 2
}

/// Puts those last of whom something is true; how many come before them.
fn part(legs: &mut [Leg], is_last: impl Fn(&Leg) -> bool) -> usize {
    let (mut first, mut last) = (0, legs.len());
    while first < last {
        if is_last(&legs[first]) {
            last -= 1;
            legs.swap(first, last);
        } else {
            first += 1;
        }
    }
    first
}

#[cfg(test)]
mod tests;
