//! Whom to ask first: the legs of all who suit a requirement, by how little a visit there can cost.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::gains::Gains;
use super::kept::Kept;
use super::leg::{Kind, Leg, legs, pace_of};
use super::query::Query;
use super::tree::{Tree, Weights};
use super::wishes::Wishes;
use crate::model::signature::CompiledRequirement;
use crate::model::{ModeId, SlotId, Time, UnitId};
use crate::plan::Term;
use crate::solve::instance::Instance;
use crate::solve::least::Stretches;
use crate::solve::working::WorkingPlan;

/// The legs of all units, by what the slots of the problem ask of a person.
pub(super) struct Index {
    /// The group of each slot.
    group_of: Vec<u32>,
    groups: Vec<Group>,
    pub(super) gains: Gains,
    pub(super) kept: Kept,
    pub(super) wishes: Wishes,
    /// From when on times are counted: the start of the first shift.
    pub(super) origin: Time,
}

/// Those who suit one requirement, names apart.
enum Group {
    /// Everybody is asked: distance does not tell what a detour costs.
    All(Vec<UnitId>),
    Trees(Vec<Tree>),
}

/// Who is to be asked next, and what that can cost at least.
#[derive(Clone, Default)]
pub(super) struct Frontier {
    heap: BinaryHeap<Reverse<(i64, u64)>>,
    /// How many have been named of those who are all asked.
    named: usize,
}

/// What is looked at next, as a number: its class, its tree and its place in it. Of what costs the same, what is known best comes first.
#[derive(Clone, Copy)]
enum Item {
    Unit(UnitId),
    Leg { tree: u32, leg: u32 },
    Box { tree: u32, node: u32 },
}

impl Item {
    const CLASS: u32 = 62;
    const TREE: u32 = 32;

    fn number(self) -> u64 {
        match self {
            Self::Unit(unit) => u64::from(unit.0),
            Self::Leg { tree, leg } => 1 << Self::CLASS | u64::from(tree) << Self::TREE | u64::from(leg),
            Self::Box { tree, node } => 2 << Self::CLASS | u64::from(tree) << Self::TREE | u64::from(node),
        }
    }

    fn of(number: u64) -> Self {
        let (tree, at) = ((number >> Self::TREE) as u32 & (u32::MAX >> 2), number as u32);
        match number >> Self::CLASS {
            0 => Self::Unit(UnitId(at)),
            1 => Self::Leg { tree, leg: at },
            _ => Self::Box { tree, node: at },
        }
    }
}

/// Who is next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    /// Somebody with a leg on which a place costs that at least; may come more than once.
    Named(UnitId, i64),
    /// Somebody whose turn was put off.
    Again(UnitId),
}

impl Index {
    pub(super) fn new(instance: &Instance<'_>, plan: &WorkingPlan) -> Self {
        let problem = instance.problem;
        let mut by_requirement = FxHashMap::default();
        let mut parts: Vec<CompiledRequirement> = Vec::new();
        let mut slots: Vec<Vec<SlotId>> = Vec::new();
        let group_of = problem.slot_ids().map(|slot| {
            let group: u32 = *by_requirement.entry(problem.requirement(slot).bits_part()).or_insert_with_key(|part| {
                parts.push(part.clone());
                slots.push(Vec::new());
                parts.len() as u32 - 1
            });
            slots[group as usize].push(slot);
            group
        });
        let group_of = group_of.collect();
        let mut by_signature = vec![Vec::new(); problem.signature_count()];
        for unit in problem.unit_ids() {
            by_signature[problem.unit(unit).signature as usize].push(unit);
        }
        let gains = Gains::new(instance, plan);
        let kept = Kept::new(instance, plan);
        let origin = instance.units.iter().map(|unit| unit.start).min().unwrap_or(Time(0));
        let wishes = Wishes::new(instance);
        let all = Everybody::new(instance, plan, (&gains, &kept, &wishes), origin);
        let group = |(part, slots): (&CompiledRequirement, &Vec<SlotId>)| {
            let wishes = wishes.weights(instance, slots);
            let rows = by_signature.iter().enumerate();
            let rows = rows.filter(|&(row, _)| part.may_suit(problem.signature(row as u32)));
            Group::new(instance, &all, &wishes, rows.flat_map(|(_, units)| units.iter().copied()).collect())
        };
        let groups = parts.par_iter().zip(&slots).map(group).collect();
        Self { group_of, groups, gains, kept, wishes, origin }
    }

    fn group(&self, slot: SlotId) -> &Group {
        &self.groups[self.group_of[slot.index()] as usize]
    }
}

/// The legs of everybody.
struct Everybody {
    legs: Vec<(Kind, Leg)>,
    /// Where those of each unit begin.
    first: Vec<u32>,
    /// Whether distance tells what a detour from the legs of a unit costs.
    is_known: Vec<bool>,
}

impl Everybody {
    fn new(
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (gains, kept, wishes): (&Gains, &Kept, &Wishes),
        origin: Time,
    ) -> Self {
        let mut all = Self { legs: Vec::new(), first: vec![0], is_known: Vec::new() };
        let mut stretches = Stretches::default();
        for unit in instance.problem.unit_ids() {
            let offer = |kind, leg| all.legs.push((kind, leg));
            let of = (unit, wishes.met_by(instance.problem, unit), origin);
            let known = legs(instance, plan, (gains, kept.ease(unit)), &mut stretches, of, offer);
            all.is_known.push(known.is_some());
            all.first.push(all.legs.len() as u32);
        }
        all
    }

    fn of(&self, unit: UnitId) -> Option<&[(Kind, Leg)]> {
        let span = self.first[unit.index()] as usize..self.first[unit.index() + 1] as usize;
        self.is_known[unit.index()].then(|| &self.legs[span])
    }
}

impl Group {
    fn new(instance: &Instance<'_>, all: &Everybody, wishes: &[f64], mut units: Vec<UnitId>) -> Self {
        units.sort_unstable();
        let mut kinds = FxHashMap::<Kind, Vec<Leg>>::default();
        for &unit in &units {
            let Some(legs) = all.of(unit) else { return Self::All(units) };
            for (kind, leg) in legs {
                kinds.entry(*kind).or_default().push(*leg);
            }
        }
        let mut kinds = kinds.into_iter().collect::<Vec<_>>();
        kinds.sort_unstable_by_key(|(kind, _)| *kind);
        let trees = kinds.into_iter().filter_map(|(kind, legs)| tree(instance, kind, wishes, legs));
        Self::Trees(trees.collect())
    }
}

fn tree(instance: &Instance<'_>, kind: Kind, wishes: &[f64], legs: Vec<Leg>) -> Option<Tree> {
    let Kind { mode, closed, idle, metric } = kind;
    let pace = pace_of(instance, ModeId(mode))?;
    let (work, load) = (instance.guide.of(Term::WorkTime) as f64, instance.guide.of(Term::Load) as f64);
    let most_load = legs.iter().map(|leg| f64::from(leg.traits.load.next_up().next_up())).fold(0.0, f64::max);
    let mut tree = Tree { pace, closed, idle, metric, most_load, nodes: Vec::new(), legs };
    let way = (pace.way + work * pace.seconds) * if closed { 2.0 } else { 1.0 };
    tree.grow(&Weights { way, work, load, wishes });
    Some(tree)
}

impl Frontier {
    /// Begins with all who suit a slot by all that bits tell.
    pub(super) fn begin(&mut self, index: &Index, slot: SlotId, query: &Query) {
        self.heap.clear();
        self.named = 0;
        if let Group::Trees(trees) = index.group(slot) {
            for (tree, at) in trees.iter().zip(0..) {
                self.push_box(tree, at, 0, query, i64::MAX);
            }
        }
    }

    /// Who is next, the least cost first, as long as that is no more than `bound`.
    pub(super) fn next(&mut self, index: &Index, slot: SlotId, query: &Query, bound: i64) -> Option<Next> {
        let trees = match index.group(slot) {
            Group::All(units) => {
                if let Some(&unit) = units.get(self.named) {
                    self.named += 1;
                    return Some(Next::Named(unit, i64::MIN));
                }
                &[]
            }
            Group::Trees(trees) => trees.as_slice(),
        };
        loop {
            let Reverse((least, item)) = self.heap.pop().filter(|Reverse((least, _))| *least <= bound)?;
            match Item::of(item) {
                Item::Unit(unit) => return Some(Next::Again(unit)),
                Item::Leg { tree, leg } => {
                    let unit = trees[tree as usize].legs[leg as usize].unit;
                    return Some(Next::Named(unit, least));
                }
                Item::Box { tree: at, node } => {
                    let tree = &trees[at as usize];
                    let opened = &tree.nodes[node as usize];
                    for inner in opened.first..opened.first + opened.count {
                        if opened.is_leaf {
                            self.push_leg(tree, at, inner, query, bound);
                        } else {
                            self.push_box(tree, at, inner, query, bound);
                        }
                    }
                }
            }
        }
    }

    /// Puts off the turn of somebody who costs that at least.
    pub(super) fn put_off(&mut self, unit: UnitId, least: i64) {
        self.heap.push(Reverse((least, Item::Unit(unit).number())));
    }

    fn push_box(&mut self, tree: &Tree, at: u32, node: u32, query: &Query, bound: i64) {
        let node_of = &tree.nodes[node as usize];
        let away2 = query.away2(&node_of.low, &node_of.high);
        let least = query.least(tree, away2, &node_of.traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Box { tree: at, node }.number())));
        }
    }

    fn push_leg(&mut self, tree: &Tree, at: u32, leg: u32, query: &Query, bound: i64) {
        let Leg { middle, traits, .. } = &tree.legs[leg as usize];
        let least = query.least(tree, query.away2(middle, middle), traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Leg { tree: at, leg }.number())));
        }
    }
}
