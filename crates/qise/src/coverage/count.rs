//! How many of a crowd are at each of many spots within a limit: exact, crowds and regions at a time.
//!
//! A box of spots and a box of posts are compared as wholes first: all within reach, or none, settles every pair at once;
//! what remains open is halved. Only pairs within a hair of the limit are asked for their travel time.
//!
//! A crew is there exactly if for every set of its roles there are as many people as the set asks for (Hall), so crews are questions of
//! counting.

use std::ops::Range;

use super::duty_location::{Crowd, Duty};
use super::tree::{Cube, Node, Tree};
use crate::model::place::chord2;
use crate::model::travel_table::Spot;
use crate::model::{Seconds, Travel};

/// Spots in an order in which neighbours lie near each other, and the tree over them.
#[derive(Debug)]
pub(super) struct Land {
    pub(super) spots: Vec<Spot>,
    pub(super) tree: Tree,
    /// Whether some spot is a place, to which a matrix may lead.
    has_places: bool,
}

impl Land {
    /// The spots must be in the order of [`order`](super::tree::order).
    pub(super) fn new(spots: Vec<Spot>) -> Self {
        let tree = Tree::new(spots.len(), 8, |n| spots[n].point);
        let has_places = spots.iter().any(|spot| spot.place.is_some());
        Self { spots, tree, has_places }
    }
}

/// What is being counted: who of the crowd is on duty, and at which spot of the land within the limit; up to `enough` of them.
#[derive(Clone, Copy)]
pub(super) struct Count<'a> {
    pub(super) travel: &'a Travel,
    pub(super) land: &'a Land,
    pub(super) crowd: &'a Crowd<'a>,
    pub(super) duty: &'a Duty,
    /// The limit, and which of the roster's it is.
    pub(super) limit: Seconds,
    pub(super) number: usize,
    pub(super) enough: u16,
}

/// Lists of nodes, one behind the other, so that none is made anew for each box.
#[derive(Default)]
struct Lists {
    /// Nodes about which nothing is settled, of each box on the way down.
    open: Vec<Node>,
    /// Nodes yet to be compared.
    stack: Vec<Node>,
}

impl Count<'_> {
    /// The counts of all spots, each at most `enough`. Where `counts` says `enough` already nothing is asked.
    pub(super) fn fill(&self, counts: &mut [u16]) {
        if self.land.spots.is_empty() || !self.duty.on.contains(&true) {
            return;
        }
        if self.crowd.free > 0 {
            let mut lists = Lists { open: vec![self.crowd.tree.root()], stack: Vec::new() };
            self.visit(self.land.tree.root(), 0, 0..1, &mut lists, counts);
        }
        if self.crowd.free < self.crowd.who.len() && self.land.has_places {
            self.by_matrix(counts);
        }
    }

    /// `base` people are at all spots of `tile` within the limit; of those in the nodes `open` of the list it is not known.
    fn visit(&self, tile: Node, mut base: u32, open: Range<usize>, lists: &mut Lists, counts: &mut [u16]) {
        if counts[tile.range()].iter().all(|&count| count >= self.enough) {
            return;
        }
        let cube = self.land.tree.cube(tile);
        let edge2 = cube.edge2();
        let first = lists.open.len();
        lists.stack.clear();
        lists.stack.extend_from_slice(&lists.open[open]);
        while let Some(node) = lists.stack.pop() {
            match self.compare(cube, node) {
                Some(more) => {
                    base += more;
                    if base >= u32::from(self.enough) {
                        counts[tile.range()].fill(self.enough);
                        lists.open.truncate(first);
                        return;
                    }
                }
                None if self.crowd.tree.is_leaf(node) || self.crowd.tree.cube(node).edge2() <= edge2 => {
                    lists.open.push(node);
                }
                None => lists.stack.extend(node.halves()),
            }
        }
        let left = first..lists.open.len();
        if left.is_empty() {
            counts[tile.range()].iter_mut().for_each(|count| *count = self.capped(*count, base));
        } else if self.land.tree.is_leaf(tile) {
            for n in tile.range() {
                if counts[n] < self.enough {
                    counts[n] = self.capped(counts[n], base + self.at_spot(n, base, left.clone(), lists));
                }
            }
        } else {
            for half in tile.halves() {
                self.visit(half, base, left.clone(), lists, counts);
            }
        }
        lists.open.truncate(first);
    }

    /// How many posts of a node reach all of a box, where they do so alike; nothing where that is not known.
    #[inline]
    fn compare(&self, cube: &Cube, node: Node) -> Option<u32> {
        let there = self.duty.of(node);
        if there == 0 {
            return Some(0);
        }
        let (near, far) = cube.chords2(self.crowd.tree.cube(node));
        let ring = self.crowd.rings[self.number][node.id as usize];
        if near > ring.outer {
            Some(0)
        } else if far <= ring.inner {
            Some(there)
        } else {
            None
        }
    }

    /// How many of the posts in `open` reach one spot; no more are counted than are asked for.
    fn at_spot(&self, n: usize, base: u32, open: Range<usize>, lists: &mut Lists) -> u32 {
        let spot = &self.land.spots[n];
        let cube = Cube::of(spot.point);
        let mut count = 0;
        lists.stack.clear();
        lists.stack.extend_from_slice(&lists.open[open]);
        while let Some(node) = lists.stack.pop() {
            match self.compare(&cube, node) {
                Some(more) => count += more,
                None if self.crowd.tree.is_leaf(node) => {
                    count += node.range().filter(|&post| self.reaches(post, spot)).count() as u32;
                }
                None => lists.stack.extend(node.halves()),
            }
            if base + count >= u32::from(self.enough) {
                break;
            }
        }
        count
    }

    #[inline]
    fn reaches(&self, n: usize, spot: &Spot) -> bool {
        if !self.duty.on[n] {
            return false;
        }
        let post = self.crowd.post(n);
        let ring = self.crowd.ring(self.number, n);
        let away = chord2(post.start.point, spot.point);
        away <= ring.inner || away <= ring.outer && post.reaches(self.travel, spot, self.limit)
    }

    fn by_matrix(&self, counts: &mut [u16]) {
        for (spot, count) in self.land.spots.iter().zip(counts) {
            if spot.place.is_some() && *count < self.enough {
                let rest = (self.crowd.free..self.crowd.who.len()).filter(|&n| self.duty.on[n]);
                let there = rest.filter(|&n| self.crowd.post(n).reaches(self.travel, spot, self.limit));
                *count += there.take(usize::from(self.enough - *count)).count() as u16;
            }
        }
    }

    fn capped(&self, count: u16, more: u32) -> u16 {
        (u32::from(count) + more).min(u32::from(self.enough)) as u16
    }
}
