//! Legs of one kind in a tree of boxes: each knows the best of all that it holds, so that what it holds need not be looked at where even
//! that would be too dear.

use super::leg::{Leg, Pace, Traits};

/// No more legs are kept in a box that is not split.
const LEAF: usize = 16;

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

/// A box of legs; the first half of one that is split follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) low: [f32; 3],
    pub(super) high: [f32; 3],
    pub(super) traits: Traits,
    /// The first of its legs, or the box with its second half.
    pub(super) next: u32,
    /// How many legs it has; none where it is split.
    pub(super) count: u32,
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
    /// Grows the boxes of `self.legs`.
    pub(super) fn grow(&mut self, weights: &Weights<'_>) {
        let mut legs = std::mem::take(&mut self.legs);
        let mut stack = vec![(0, legs.len(), None)];
        while let Some((from, to, parent)) = stack.pop() {
            let at = self.nodes.len() as u32;
            if let Some(parent) = parent {
                let parent: &mut Node = &mut self.nodes[parent as usize];
                parent.next = at;
            }
            let mut node = Node::around(&legs[from..to]);
            if to - from <= LEAF {
                (node.next, node.count) = (from as u32, (to - from) as u32);
            } else {
                let middle = from + split(&mut legs[from..to], &node.traits, weights);
                stack.push((middle, to, Some(at)));
                stack.push((from, middle, None));
            }
            self.nodes.push(node);
        }
        self.legs = legs;
    }
}

impl Node {
    fn around(legs: &[Leg]) -> Self {
        let mut node =
            Self { low: legs[0].middle, high: legs[0].middle, traits: legs[0].traits, next: 0, count: 0 };
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
