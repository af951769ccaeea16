//! Legs of one kind in a tree of boxes: each knows the best of all that it holds, so that what it holds need not be looked at where even
//! that would be too dear.

use std::ops::Range;

use super::leg::{Leg, Pace, Traits};

/// No more legs are kept in a box that is not split.
const LEAF: usize = 16;
/// A box that is split has so many parts, which lie together in memory.
const PARTS: usize = 8;

/// Legs of one kind.
pub(super) struct Tree {
    pub(super) pace: Pace,
    pub(super) closed: bool,
    pub(super) idle: bool,
    pub(super) metric: bool,
    /// What a second more adds to a load at most.
    pub(super) most_load: f64,
    pub(super) nodes: Vec<Node>,
    pub(super) legs: Vec<Leg>,
}

/// A box of legs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) low: [f32; 3],
    pub(super) high: [f32; 3],
    pub(super) traits: Traits,
    /// What is in it: boxes of the tree, or legs.
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) is_leaf: bool,
}

/// By what legs are told apart, and what it costs.
pub(super) struct Weights<'w> {
    /// A radian.
    pub(super) way: f64,
    /// A second at work, and what it adds to a load.
    pub(super) work: f64,
    pub(super) load: f64,
    /// A common wish that is not met.
    pub(super) wishes: &'w [f64],
}

/// A service of that length is what legs are told apart for.
const SERVICE: f64 = 3600.0;

impl Weights<'_> {
    /// What tells a leg from others, in what it costs about.
    fn of(&self, leg: &Leg) -> [f64; 7] {
        let Leg { middle, traits, .. } = leg;
        [
            f64::from(middle[0]) * self.way,
            f64::from(middle[1]) * self.way,
            f64::from(middle[2]) * self.way,
            f64::from(traits.load) * SERVICE * self.load,
            f64::from(traits.pace) * SERVICE * self.work,
            f64::from(traits.idle) * self.work,
            f64::from(traits.half) * self.way,
        ]
    }
}

impl Tree {
    /// Grows the boxes of `self.legs`: the first holds all.
    pub(super) fn grow(&mut self, weights: &Weights<'_>) {
        let mut legs = std::mem::take(&mut self.legs);
        self.nodes.push(Node::around(&legs, 0..legs.len()));
        let mut at = 0;
        while at < self.nodes.len() {
            if !self.nodes[at].is_leaf {
                let parts = parts(&mut legs, &self.nodes[at], weights);
                (self.nodes[at].first, self.nodes[at].count) = (self.nodes.len() as u32, parts.len() as u32);
                self.nodes.extend(parts);
            }
            at += 1;
        }
        self.legs = legs;
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
fn parts(legs: &mut [Leg], node: &Node, weights: &Weights<'_>) -> Vec<Node> {
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
fn split(legs: &mut [Leg], all: &Traits, weights: &Weights<'_>) -> usize {
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
        let meets = |leg: &Leg| leg.traits.any >> wish & 1 == 1;
        legs.sort_unstable_by_key(meets);
        return legs.partition_point(|leg| !meets(leg));
    }
    let middle = legs.len() / 2;
    legs.select_nth_unstable_by(middle, |a, b| weights.of(a)[by].total_cmp(&weights.of(b)[by]));
    middle
}
