//! Whom to ask first: the legs of all who suit a requirement, by how little a visit there can cost.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::fresh_legs::FreshLegs;
use super::leg::legs;
use super::leg_groups::{Asked, Everybody, Group, Recipe};
use super::leg_tree::Prices;
use super::marks::{Mark, Marks};
use super::preferences::Preferences;
use super::renewal::Renewal;
use super::route_bounds::RouteBounds;
use super::sync_gain::SyncGains;
use crate::base::Spent;
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
    /// The marks of each signature: which requirements it may meet. Empty where nothing is to change.
    marks: Vec<Marks>,
    /// `None` where nothing is to change.
    renewal: Option<Renewal>,
    pub(crate) sync_gains: SyncGains,
    pub(crate) route_bounds: RouteBounds,
    pub(crate) preferences: Preferences,
    /// From when on times are counted: the start of the first shift.
    pub(crate) origin: Time,
}

/// No more legs are kept, over all groups: where a requirement suits too many for that, everybody is looked through. The answers are the same:
/// [`super::PlanQuery::with_index_of`] keeps fewer.
pub(crate) const MOST_LEGS: usize = 6_000_000;
/// No more for two plans at once, one of them empty, that are asked within a budget: memory counts there as well.
pub(crate) const FEWER_LEGS: usize = MOST_LEGS / 6;

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
            asked.push(Asked { rows, legs: all.len(), slots: rest });
        }
        let mut group_of = vec![0; problem.slot_ids().len()];
        for (asked, group) in asked.iter().zip(0..) {
            for slot in &asked.slots {
                group_of[slot.index()] = group;
            }
        }
        let recipe = |asked: &Asked| {
            let prices = Prices::new(instance, wishes.weights(instance, &asked.slots));
            let rows = if spent() < 1.0 { asked.rows.clone() } else { Vec::new() };
            Recipe { rows, prices }
        };
        let made = asked.par_iter().map(recipe).map(|recipe| (Group::new(&all, &recipe), recipe));
        let (groups, recipes) = made.unzip::<_, _, Vec<_>, Vec<_>>();
        let marks = if changes { marks(problem.signature_count(), &recipes) } else { Vec::new() };
        Self {
            group_of,
            groups,
            by_requirement,
            fresh: FreshLegs::new(Prices::new(instance, Vec::new())),
            marks,
            renewal: changes.then(|| Renewal::new(all, recipes)),
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
            let (row, known) = (problem.unit(unit).signature, known.map(|()| own.as_slice()));
            self.fresh.set(instance.units.len(), (unit, self.marks[row as usize]), known);
            if let Some(renewal) = &mut self.renewal {
                renewal.note((unit, row), known);
            }
        }
        if let Some(renewal) = &mut self.renewal {
            renewal.step(&mut self.groups, &mut self.fresh);
        }
    }

    /// Those who suit a slot, as far as bits tell it.
    pub(crate) fn group(&self, slot: SlotId) -> &Group {
        &self.groups[self.group_of[slot.index()] as usize]
    }

    /// The legs of routes that have changed.
    pub(crate) fn fresh(&self) -> &FreshLegs {
        &self.fresh
    }

    /// The mark of those who suit a slot.
    pub(crate) fn mark_asked(&self, slot: SlotId) -> Mark {
        Mark::of(self.group_of[slot.index()] as usize, self.groups.len())
    }
}

/// The marks of each signature.
fn marks(signatures: usize, groups: &[Recipe]) -> Vec<Marks> {
    let mut marks = vec![Marks::default(); signatures];
    for (at, group) in groups.iter().enumerate() {
        let mark = Mark::of(at, groups.len());
        group.rows.iter().for_each(|&row| marks[row as usize].set(mark));
    }
    marks
}
