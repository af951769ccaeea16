//! Points in boxes within boxes, so that whole crowds of them are measured at once.
//!
//! The bounds between boxes hold for the very floating-point numbers that [`chord2`](crate::model::place::chord2) gives for
//! the points inside: subtraction, squares and sums are rounded monotonically, and are made in the same order.

use std::ops::Range;

/// A corner-to-corner box around some points, in space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cube {
    low: [f64; 3],
    high: [f64; 3],
}

impl Cube {
    const NOTHING: Self = Self { low: [f64::INFINITY; 3], high: [f64::NEG_INFINITY; 3] };

    /// A box that holds one point.
    pub(super) fn of(point: [f64; 3]) -> Self {
        Self { low: point, high: point }
    }

    fn around(self, other: Self) -> Self {
        let low = std::array::from_fn(|axis| self.low[axis].min(other.low[axis]));
        let high = std::array::from_fn(|axis| self.high[axis].max(other.high[axis]));
        Self { low, high }
    }

    /// The squared chords between the nearest and between the farthest points that two boxes may hold.
    #[inline]
    pub(super) fn chords2(&self, other: &Self) -> (f64, f64) {
        let gap =
            |axis: usize| (self.low[axis] - other.high[axis]).max(other.low[axis] - self.high[axis]).max(0.0);
        let reach = |axis: usize| (self.high[axis] - other.low[axis]).max(other.high[axis] - self.low[axis]);
        let square = |length: f64| length * length;
        (
            square(gap(0)) + square(gap(1)) + square(gap(2)),
            square(reach(0)) + square(reach(1)) + square(reach(2)),
        )
    }

    /// The squared length of its longest edge.
    pub(super) fn edge2(&self) -> f64 {
        let edge = (0..3).map(|axis| self.high[axis] - self.low[axis]).fold(0.0, f64::max);
        edge * edge
    }
}

/// A binary tree over a list of points that lie near each other when their numbers do: see [`order`].
///
/// Node 0 is the root; the children of node `n` are `2n + 1` and `2n + 2`, each half of its parent's points.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    cubes: Vec<Cube>,
    points: usize,
    /// So many points make a leaf.
    leaf: usize,
}

/// A node and the numbers of its points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) id: u32,
    pub(super) first: u32,
    pub(super) end: u32,
}

impl Node {
    pub(super) fn len(self) -> usize {
        (self.end - self.first) as usize
    }

    pub(super) fn range(self) -> Range<usize> {
        self.first as usize..self.end as usize
    }

    /// Its halves; of a leaf there are none.
    pub(super) fn halves(self) -> [Self; 2] {
        let middle = self.first + (self.end - self.first) / 2;
        let one = Self { id: 2 * self.id + 1, first: self.first, end: middle };
        [one, Self { id: 2 * self.id + 2, first: middle, end: self.end }]
    }
}

impl Tree {
    /// A tree whose leaves hold up to `leaf` points, one at least.
    pub(super) fn new(points: usize, leaf: usize, point: impl Fn(usize) -> [f64; 3]) -> Self {
        let mut tree = Self { cubes: Vec::new(), points, leaf };
        if points > 0 {
            let mut leaves = 1;
            while points.div_ceil(leaves) > leaf {
                leaves *= 2;
            }
            tree.cubes = vec![Cube::NOTHING; 2 * leaves];
            tree.fill(tree.root(), &point);
        }
        tree
    }

    fn fill(&mut self, node: Node, point: &impl Fn(usize) -> [f64; 3]) -> Cube {
        let cube = if self.is_leaf(node) {
            node.range().map(|n| Cube::of(point(n))).fold(Cube::NOTHING, Cube::around)
        } else {
            let [one, other] = node.halves();
            self.fill(one, point).around(self.fill(other, point))
        };
        self.cubes[node.id as usize] = cube;
        cube
    }

    /// The node that holds everything.
    pub(super) fn root(&self) -> Node {
        Node { id: 0, first: 0, end: self.points as u32 }
    }

    pub(super) fn is_leaf(&self, node: Node) -> bool {
        node.len() <= self.leaf
    }

    pub(super) fn cube(&self, node: Node) -> &Cube {
        &self.cubes[node.id as usize]
    }

    /// One value for each node, from the values of its points.
    pub(super) fn gather<T: Copy>(
        &self,
        nothing: T,
        of: &impl Fn(usize) -> T,
        both: &impl Fn(T, T) -> T,
    ) -> Vec<T> {
        let mut values = vec![nothing; self.cubes.len()];
        if self.points > 0 {
            self.gather_into(self.root(), &mut values, nothing, of, both);
        }
        values
    }

    fn gather_into<T: Copy>(
        &self,
        node: Node,
        values: &mut [T],
        nothing: T,
        of: &impl Fn(usize) -> T,
        both: &impl Fn(T, T) -> T,
    ) -> T {
        let value = if self.is_leaf(node) {
            node.range().map(of).fold(nothing, both)
        } else {
            let [one, other] = node.halves();
            let one = self.gather_into(one, values, nothing, of, both);
            both(one, self.gather_into(other, values, nothing, of, both))
        };
        values[node.id as usize] = value;
        value
    }
}

/// The numbers of points in an order in which neighbours lie near each other: halved again and again across the longest edge,
/// equal points by their numbers.
pub(super) fn order(points: &[[f64; 3]]) -> Vec<u32> {
    let mut numbers = (0..points.len() as u32).collect::<Vec<_>>();
    halve(points, &mut numbers);
    numbers
}

/// Lists longer than this are halved on several threads.
const SHARED: usize = 4096;

fn halve(points: &[[f64; 3]], numbers: &mut [u32]) {
    if numbers.len() <= 1 {
        return;
    }
    let cube = numbers.iter().map(|&n| Cube::of(points[n as usize])).fold(Cube::NOTHING, Cube::around);
    let edge = |axis: &usize| cube.high[*axis] - cube.low[*axis];
    let axis = (0..3).max_by(|a, b| edge(a).total_cmp(&edge(b))).unwrap_or(0);
    let key = |n: &u32| points[*n as usize][axis];
    let middle = numbers.len() / 2;
    numbers.select_nth_unstable_by(middle, |a, b| key(a).total_cmp(&key(b)).then(a.cmp(b)));
    let (one, other) = numbers.split_at_mut(middle);
    if one.len() > SHARED {
        rayon::join(|| halve(points, one), || halve(points, other));
    } else {
        halve(points, one);
        halve(points, other);
    }
}
