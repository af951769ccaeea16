//! Whom to ask first: the legs of all who suit a requirement, by how little a visit there can cost.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fresh_legs::FreshLegs;
use super::leg::{Leg, legs};
use super::leg_query::Query;
use super::leg_tree::{SplitWeights, Tree};
use super::preferences::Preferences;
use super::route_bounds::RouteBounds;
use super::sync_gain::SyncGains;
use crate::base::{Csr, Spent};
use crate::model::signature::CompiledRequirement;
use crate::model::{NeedId, Problem, SlotId, Time, UnitId};
use crate::solve::insertion::lower_bound::Stretches;
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// The legs of all units, by what the slots of the problem ask of a person.
pub(crate) struct Index {
    /// The group of each slot.
    group_of: Vec<u32>,
    groups: Vec<Group>,
    /// The group of each requirement that has one of its own, as far as bits tell it.
    by_requirement: FxHashMap<CompiledRequirement, u32>,
    fresh: FreshLegs,
    pub(crate) sync_gains: SyncGains,
    pub(crate) route_bounds: RouteBounds,
    pub(crate) preferences: Preferences,
    /// From when on times are counted: the start of the first shift.
    pub(crate) origin: Time,
}

/// Those who suit one requirement, names apart.
struct Group {
    /// Those of whom distance does not tell what a detour costs: they are all asked.
    apart: Vec<UnitId>,
    tree: Tree,
}

/// No more legs are kept, over all groups: where a requirement suits too many for that, everybody is looked through. The answers are the same:
/// [`super::PlanQuery::with_index_of`] keeps fewer.
pub(crate) const MOST_LEGS: usize = 6_000_000;
/// No more for two plans at once, one of them empty, that are asked within a budget: memory counts there as well.
pub(crate) const FEWER_LEGS: usize = MOST_LEGS / 6;

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
    /// In the tree with this number.
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

impl Index {
    /// From when on times are counted, and what residents wish: what a query asks.
    pub(crate) fn times_and_preferences(&self) -> (Time, &Preferences) {
        (self.origin, &self.preferences)
    }

    /// Once the budget is gone it is left unfinished, and of no use. `changes`: whether it is to follow changes of the problem.
    pub(crate) fn new(
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (most_legs, changes): (usize, bool),
        spent: Spent<'_>,
    ) -> Self {
        let problem = instance.problem;
        let gains = SyncGains::new(instance, plan);
        let kept = RouteBounds::new(instance, plan);
        let present = instance.units.iter().filter(|unit| unit.usual_start.1 < unit.end);
        let origin = present.map(|unit| unit.usual_start.1).min().unwrap_or(Time(0));
        let wishes = Preferences::new(instance);
        let all = Everybody::new(instance, plan, (&gains, &kept, &wishes), origin, spent);
        let mut by_requirement = FxHashMap::default();
        let mut asked: Vec<Asked> = Vec::new();
        for slot in problem.slot_ids() {
            let part = problem.requirement(slot).bits_part();
            let at = *by_requirement.entry(part).or_insert_with_key(|part| {
                asked.push(Asked::new(problem, &all, part));
                asked.len() - 1
            });
            asked[at].slots.push(slot);
        }
        // Whoever is asked for by few is found among everybody only with much trouble.
        asked.sort_by_key(|asked| asked.legs);
        let mut legs = 0;
        let affordable = |asked: &&Asked| {
            legs += asked.legs;
            legs <= most_legs
        };
        let own = asked.iter().take_while(affordable).count();
        let rest = asked.split_off(own).into_iter().flat_map(|asked| asked.slots).collect::<Vec<_>>();
        let part = |asked: &Asked| problem.requirement(asked.slots[0]).bits_part();
        let by_requirement = asked.iter().map(part).zip(0..).collect();
        if !rest.is_empty() || changes {
            let rows = (0..problem.signature_count() as u32).collect();
            asked.push(Asked { rows, legs: all.legs.items().len(), slots: rest });
        }
        let mut group_of = vec![0; problem.slot_ids().len()];
        for (asked, group) in asked.iter().zip(0..) {
            for slot in &asked.slots {
                group_of[slot.index()] = group;
            }
        }
        let group = |asked: &Asked| {
            let rows = Asked { rows: Vec::new(), legs: 0, slots: Vec::new() };
            Group::new(instance, &all, &wishes, if spent() < 1.0 { asked } else { &rows })
        };
        let groups = asked.par_iter().map(group).collect();
        Self {
            group_of,
            groups,
            by_requirement,
            fresh: FreshLegs::default(),
            sync_gains: gains,
            route_bounds: kept,
            preferences: wishes,
            origin,
        }
    }

    /// Brings the slots of a need that has changed up to date: a requirement that was not known is asked among everybody.
    pub(crate) fn refresh_need(&mut self, problem: &Problem, need: NeedId) {
        let everybody = self.groups.len() as u32 - 1;
        for slot in problem.room_of(need) {
            let part = problem.requirement(slot).bits_part();
            self.group_of[slot.index()] = self.by_requirement.get(&part).copied().unwrap_or(everybody);
        }
    }

    /// Brings everything up to date that hangs on the routes of these units, and on what their people do besides.
    pub(crate) fn refresh_routes(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, changed: &[UnitId]) {
        let problem = instance.problem;
        let mut units = self.sync_gains.refresh(instance, plan, changed);
        for &unit in changed {
            units.extend(problem.units_of(problem.unit(unit).volunteer));
        }
        units.sort_unstable();
        units.dedup();
        let mut stretches = Stretches::default();
        let mut own = Vec::new();
        for unit in units {
            self.route_bounds.refresh(instance, plan, unit);
            own.clear();
            let of = (unit, self.preferences.met_by(problem, unit), self.origin);
            let route = (&self.sync_gains, self.route_bounds.slack(unit), self.route_bounds.by(unit));
            let known = legs(instance, plan, route, &mut stretches, of, |leg| own.push(leg));
            self.fresh.set(instance, unit, known.map(|()| own.as_slice()));
        }
    }

    /// The tree with a number, as far as it matters for a slot.
    fn tree(&self, slot: SlotId, number: u32) -> &Tree {
        let fresh = if number == 0 { None } else { self.fresh.tree(number) };
        fresh.unwrap_or(&self.group(slot).tree)
    }

    fn group(&self, slot: SlotId) -> &Group {
        &self.groups[self.group_of[slot.index()] as usize]
    }
}

/// A requirement as it is asked.
struct Asked {
    /// Signatures that suit it.
    rows: Vec<u32>,
    /// How many legs those have who hold one of them.
    legs: usize,
    /// By whom it is asked.
    slots: Vec<SlotId>,
}

impl Asked {
    fn new(problem: &Problem, all: &Everybody, part: &CompiledRequirement) -> Self {
        let rows = (0..problem.signature_count() as u32).filter(|&row| part.may_suit(problem.signature(row)));
        let rows = rows.collect::<Vec<_>>();
        let legs = rows.iter().map(|&row| all.by_signature[row as usize].1).sum();
        Self { rows, legs, slots: Vec::new() }
    }
}

/// The legs of everybody.
struct Everybody {
    legs: Csr<Leg>,
    /// Whether distance tells what a detour from the legs of a unit costs.
    is_known: Vec<bool>,
    /// The units with a signature, and how many legs they have.
    by_signature: Vec<(Vec<UnitId>, usize)>,
}

impl Everybody {
    fn new(
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        (gains, kept, wishes): (&SyncGains, &RouteBounds, &Preferences),
        origin: Time,
        spent: Spent<'_>,
    ) -> Self {
        let problem = instance.problem;
        let by_signature = vec![(Vec::new(), 0); problem.signature_count()];
        let mut all = Self { legs: Csr::default(), is_known: Vec::new(), by_signature };
        let mut stretches = Stretches::default();
        for unit in problem.unit_ids() {
            // Whoever is not looked at has no legs, and is not asked apart.
            if unit.0.is_multiple_of(1024) && spent() >= 1.0 {
                break;
            }
            let mut own = Vec::new();
            let offer = |leg| own.push(leg);
            let of = (unit, wishes.met_by(problem, unit), origin);
            let route = (gains, kept.slack(unit), kept.by(unit));
            let known = legs(instance, plan, route, &mut stretches, of, offer);
            all.is_known.push(known.is_some());
            let legs = own.len();
            all.legs.push(own);
            let (units, count) = &mut all.by_signature[problem.unit(unit).signature as usize];
            units.push(unit);
            *count += legs;
        }
        all
    }

    fn of(&self, unit: UnitId) -> Option<&[Leg]> {
        self.is_known[unit.index()].then(|| self.legs.row(unit.index()))
    }
}

impl Group {
    fn new(instance: &Instance<'_>, all: &Everybody, wishes: &Preferences, asked: &Asked) -> Self {
        let mut legs = Vec::with_capacity(asked.legs);
        let mut apart = Vec::new();
        for &unit in asked.rows.iter().flat_map(|&row| &all.by_signature[row as usize].0) {
            match all.of(unit) {
                Some(known) => legs.extend_from_slice(known),
                None => apart.push(unit),
            }
        }
        let wishes = wishes.weights(instance, &asked.slots);
        let weights = SplitWeights::new(instance, &legs, &wishes);
        Self { apart, tree: Tree::new(legs, &weights) }
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
        self.few.extend(index.fresh.apart());
        self.push_tree(index, (0, &index.group(slot).tree), query);
        for tree in index.fresh.trees() {
            self.push_tree(index, tree, query);
        }
    }

    /// Begins with all that a tree holds.
    fn push_tree(&mut self, index: &Index, (number, tree): (u32, &Tree), query: &Query) {
        if tree.nodes.is_empty() {
            for leg in 0..tree.legs.len() as u32 {
                self.push_leg(index, (number, tree), leg, query, i64::MAX);
            }
        } else {
            self.push_box((number, tree), 0, query, i64::MAX);
        }
    }

    /// Who is next, the least cost first, as long as that is no more than `bound`.
    pub(crate) fn next(&mut self, index: &Index, slot: SlotId, query: &Query, bound: i64) -> Option<Next> {
        let Group { apart, .. } = index.group(slot);
        if let Some(unit) = self.few.pop() {
            return Some(Next::Named(unit, i64::MIN));
        }
        if let Some(&unit) = apart.get(self.named).filter(|_| self.others) {
            self.named += 1;
            return Some(Next::Named(unit, i64::MIN));
        }
        loop {
            let Reverse((least, item)) = self.heap.pop().filter(|Reverse((least, _))| *least <= bound)?;
            match Item::of(item) {
                Item::Unit(unit) => return Some(Next::Again(unit)),
                Item::Leg(number, leg) => {
                    return Some(Next::Named(index.tree(slot, number).legs[leg as usize].unit, least));
                }
                Item::Box(number, node) => {
                    let tree = index.tree(slot, number);
                    let opened = &tree.nodes[node as usize];
                    for inner in opened.first..opened.first + opened.count {
                        if opened.is_leaf {
                            self.push_leg(index, (number, tree), inner, query, bound);
                        } else {
                            self.push_box((number, tree), inner, query, bound);
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

    fn push_box(&mut self, (number, tree): (u32, &Tree), at: u32, query: &Query, bound: i64) {
        let node = &tree.nodes[at as usize];
        let away2 = query.away2(&node.low, &node.high);
        let least = query.least(tree, away2, &node.traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Box(number, at).number())));
        }
    }

    fn push_leg(&mut self, index: &Index, (number, tree): (u32, &Tree), at: u32, query: &Query, bound: i64) {
        let Leg { middle, traits, unit } = &tree.legs[at as usize];
        if !index.fresh.is_current(*unit, number) {
            return;
        }
        let least = query.least(tree, query.away2(middle, middle), traits);
        if let Some(least) = least.filter(|&least| least <= bound) {
            self.heap.push(Reverse((least, Item::Leg(number, at).number())));
        }
    }
}

#[cfg(test)]
mod tests;
