//! The part of a plan that one chain may touch.

use crate::model::{SlotId, UnitId, VolunteerId};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// The units and needs that one chain may touch. People with several shifts are never torn apart.
#[derive(Clone, Debug)]
pub(crate) struct Subproblem {
    is_mine: Vec<bool>,
    slots: Vec<SlotId>,
    is_mine_slot: Vec<bool>,
    whole: bool,
}

impl Subproblem {
    /// Everything.
    pub(crate) fn whole(instance: &Instance<'_>) -> Self {
        Self {
            is_mine: vec![true; instance.units.len()],
            slots: instance.leaders().collect(),
            is_mine_slot: vec![true; instance.slots.len()],
            whole: true,
        }
    }

    /// These needs, and all units of these people.
    pub(crate) fn of_people(instance: &Instance<'_>, people: &[VolunteerId], slots: Vec<SlotId>) -> Self {
        let mut is_mine = vec![false; instance.units.len()];
        for unit in people.iter().flat_map(|&who| instance.problem.units_of(who)) {
            is_mine[unit.index()] = true;
        }
        let mut is_mine_slot = vec![false; instance.slots.len()];
        for slot in &slots {
            is_mine_slot[slot.index()] = true;
        }
        Self { is_mine, slots, is_mine_slot, whole: false }
    }

    /// All needs, and the units that `mine` names.
    pub(crate) fn of_units(instance: &Instance<'_>, mine: impl Fn(UnitId) -> bool) -> Self {
        Self {
            is_mine: instance.problem.unit_ids().map(mine).collect(),
            whole: false,
            ..Self::whole(instance)
        }
    }

    /// Whether the route of `unit` may be touched.
    #[inline]
    pub(crate) fn contains(&self, unit: UnitId) -> bool {
        self.is_mine[unit.index()]
    }

    /// Whether `need` may be touched.
    #[inline]
    pub(crate) fn contains_slot(&self, slot: SlotId) -> bool {
        self.is_mine_slot[slot.index()]
    }

    /// The needs that may be touched.
    pub(crate) fn slots(&self) -> &[SlotId] {
        &self.slots
    }

    /// The unit to ask for a representative of a class: itself when it has no equals, else the first idle one of this subproblem.
    #[inline]
    pub(crate) fn starter(
        &self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        leader: UnitId,
    ) -> Option<UnitId> {
        if instance.units.identical.is_alone(leader) {
            return Some(leader);
        }
        let first = plan.idle_of_class(instance, leader)?;
        if self.whole || self.contains(first) {
            return Some(first);
        }
        let mut rest = instance.units.identical.class_from(first);
        rest.find(|&unit| self.contains(unit) && !plan.route(unit).out)
    }
}

#[cfg(test)]
mod tests;
