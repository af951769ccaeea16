//! Who comes next, the least cost first: the boxes of the index and of fresh legs are opened in the order of what is in them at least.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fresh_legs::Run;
use super::leg::Leg;
use super::leg_groups::Group;
use super::leg_index::Index;
use super::leg_query::Query;
use super::leg_tree::Tree;
use super::marks::Mark;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// Who is to be asked next, and what that can cost at least.
#[derive(Clone, Default)]
pub(crate) struct Frontier {
    heap: BinaryHeap<Reverse<(i64, u64)>>,
    /// Those who come first: who is asked for by name, or the few who meet a wish.
    few: Vec<UnitId>,
    /// Whether anybody else is asked.
    others: bool,
    /// How many have been named of those who are all asked.
    named: usize,
}

/// What is looked at next, as a number: its class and its place in it. Of what costs the same, what is known best comes first.
#[derive(Clone, Copy)]
enum Item {
    Unit(UnitId),
    /// In the tree with this number: 0 for that of the index, others for those of fresh legs.
    Leg(u32, u32),
    Box(u32, u32),
}

/// The bits of the number of a tree in that of an item.
const TREE: u32 = 30;

impl Item {
    fn number(self) -> u64 {
        match self {
            Self::Unit(unit) => u64::from(unit.0),
            Self::Leg(tree, leg) => (1 << TREE | u64::from(tree)) << u32::BITS | u64::from(leg),
            Self::Box(tree, node) => (2 << TREE | u64::from(tree)) << u32::BITS | u64::from(node),
        }
    }

    fn of(number: u64) -> Self {
        let (at, tree) = (number as u32, (number >> u32::BITS) as u32 & ((1 << TREE) - 1));
        match number >> (u32::BITS + TREE) {
            0 => Self::Unit(UnitId(at)),
            1 => Self::Leg(tree, at),
            _ => Self::Box(tree, at),
        }
    }
}

/// Who is next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Next {
    /// Somebody with a leg on which a place costs that at least; may come more than once.
    Named(UnitId, i64),
    /// Somebody whose turn was put off.
    Again(UnitId),
}

/// A slot that is asked about: what the index and the fresh legs know of it.
#[derive(Clone, Copy)]
struct Look<'a> {
    index: &'a Index,
    group: &'a Group,
    runs: &'a [Run],
    /// The mark of those who may meet its requirement.
    asked: Mark,
    query: &'a Query,
}

impl<'a> Look<'a> {
    fn new(index: &'a Index, slot: SlotId, query: &'a Query) -> Self {
        let group = index.group(slot);
        Self { index, group, runs: index.fresh().runs(group.since), asked: index.mark_asked(slot), query }
    }

    /// The run of a tree of fresh legs.
    fn run(&self, tree: u32) -> Option<&'a Run> {
        tree.checked_sub(1).map(|run| &self.runs[run as usize])
    }

    fn tree(&self, tree: u32) -> &'a Tree {
        self.run(tree).map_or(&self.group.tree, |run| &run.tree)
    }

    /// Whether the legs of a unit in a tree are those of its route as it is.
    fn is_current(&self, unit: UnitId, tree: u32) -> bool {
        let fresh = self.index.fresh();
        self.run(tree)
            .map_or_else(|| fresh.is_indexed(unit, self.group.since), |run| fresh.is_current(unit, run))
    }

    /// Whether somebody in a box, or with a leg, may meet the requirement.
    fn may(&self, tree: u32, is_leg: bool, at: u32) -> bool {
        self.run(tree).is_none_or(|run| run.may(is_leg, at, self.asked))
    }
}

impl Frontier {
    /// Begins with all who suit a slot by all that bits tell.
    pub(crate) fn begin(&mut self, instance: &Instance<'_>, index: &Index, slot: SlotId, query: &Query) {
        self.heap.clear();
        self.few.clear();
        self.named = 0;
        let only = instance.problem.only_one(slot);
        self.others = only.is_none();
        if let Some(who) = only {
            self.few.extend(instance.problem.units_of(who));
            return;
        }
        self.few.extend(index.preferences.few(instance, slot));
        self.few.extend(index.fresh().apart());
        let look = Look::new(index, slot, query);
        for number in 0..=look.runs.len() as u32 {
            let tree = look.tree(number);
            if tree.nodes.is_empty() {
                for leg in 0..tree.legs.len() as u32 {
                    self.push_leg(&look, number, leg, i64::MAX);
                }
            } else {
                self.push_box(&look, number, 0, i64::MAX);
            }
        }
    }

    /// Who is next, the least cost first, as long as that is no more than `bound`.
    pub(crate) fn next(&mut self, index: &Index, slot: SlotId, query: &Query, bound: i64) -> Option<Next> {
        if let Some(unit) = self.few.pop() {
            return Some(Next::Named(unit, i64::MIN));
        }
        let look = Look::new(index, slot, query);
        if let Some(&unit) = look.group.apart.get(self.named).filter(|_| self.others) {
            self.named += 1;
            return Some(Next::Named(unit, i64::MIN));
        }
        loop {
            let Reverse((least, item)) = self.heap.pop().filter(|Reverse((least, _))| *least <= bound)?;
            match Item::of(item) {
                Item::Unit(unit) => return Some(Next::Again(unit)),
                Item::Leg(number, leg) => {
                    return Some(Next::Named(look.tree(number).legs[leg as usize].unit, least));
                }
                Item::Box(number, node) => {
                    let opened = &look.tree(number).nodes[node as usize];
                    for inner in opened.first..opened.first + opened.count {
                        if opened.is_leaf {
                            self.push_leg(&look, number, inner, bound);
                        } else {
                            self.push_box(&look, number, inner, bound);
                        }
                    }
                }
            }
        }
    }

    /// Puts off the turn of somebody who costs that at least.
    pub(crate) fn put_off(&mut self, unit: UnitId, least: i64) {
        self.heap.push(Reverse((least, Item::Unit(unit).number())));
    }

    fn push_box(&mut self, look: &Look<'_>, number: u32, at: u32, bound: i64) {
        if !look.may(number, false, at) {
            return;
        }
        let tree = look.tree(number);
        let node = &tree.nodes[at as usize];
        let least = look.query.least(tree, look.query.away2(&node.low, &node.high), &node.traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Box(number, at).number())));
        }
    }

    fn push_leg(&mut self, look: &Look<'_>, number: u32, at: u32, bound: i64) {
        let tree = look.tree(number);
        let Leg { middle, traits, unit } = &tree.legs[at as usize];
        if !look.may(number, true, at) || !look.is_current(*unit, number) {
            return;
        }
        let least = look.query.least(tree, look.query.away2(middle, middle), traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Leg(number, at).number())));
        }
    }
}

#[cfg(test)]
mod tests;
