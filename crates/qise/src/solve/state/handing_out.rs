//! Needs go to others and come back.

use super::WorkingPlan;
use super::outsourced::Outsourced;
use crate::model::SlotId;
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// What is handed to others.
    pub(crate) fn outsourced(&self) -> &Outsourced {
        &self.outsourced
    }

    /// Whether nobody sees to a need.
    pub(crate) fn is_unserved(&self, lead: SlotId) -> bool {
        self.unserved.contains(lead)
    }

    /// Hands a need that is left to others.
    pub(crate) fn hand_out(&mut self, instance: &Instance<'_>, lead: SlotId) {
        let need = instance.problem.slot(lead).need;
        if self.outsourced.set(instance, need, true) {
            self.outsourced.log.push(need);
            self.note_served(instance, lead);
        }
    }

    /// Takes a need back from others: it is left, until it is served.
    pub(crate) fn take_back(&mut self, instance: &Instance<'_>, lead: SlotId) {
        let need = instance.problem.slot(lead).need;
        if self.outsourced.set(instance, need, false) {
            self.outsourced.log.push(need);
            self.note_unserved(instance, lead);
        }
    }

    /// A slot has a place in a route: its need is nobody else's now.
    pub(crate) fn note_taken(&mut self, instance: &Instance<'_>, slot: SlotId) {
        if !self.outsourced.list.is_empty() && !instance.is_depot_visit(slot) {
            let need = instance.problem.slot(slot).need;
            if self.outsourced.set(instance, need, false) {
                self.outsourced.log.push(need);
            }
        }
        self.note_served(instance, slot);
    }
}

/// After the routes are what they were.
pub(crate) fn undo(plan: &mut WorkingPlan, instance: &Instance<'_>) {
    while let Some(need) = plan.outsourced.log.pop() {
        let out = !plan.outsourced.is_out[need.index()];
        plan.outsourced.set(instance, need, out);
        let lead = instance.problem.first_slot(need);
        if out {
            plan.unserved.remove(lead);
        } else if plan.unit_of(lead).is_none() {
            plan.unserved.add(lead);
        }
    }
}

/// Takes over from another plan what is handed to others; needs that this leaves are left.
pub(crate) fn follow(plan: &mut WorkingPlan, instance: &Instance<'_>, other: &WorkingPlan) {
    if plan.outsourced.list == other.outsourced.list {
        return;
    }
    for need in std::mem::take(&mut plan.outsourced.list) {
        plan.outsourced.is_out[need.index()] = false;
        let lead = instance.problem.first_slot(need);
        if plan.unit_of(lead).is_none() {
            plan.note_unserved(instance, lead);
        }
    }
    plan.outsourced.list.clone_from(&other.outsourced.list);
    plan.outsourced.spent = other.outsourced.spent;
    for k in 0..plan.outsourced.list.len() {
        let need = plan.outsourced.list[k];
        plan.outsourced.is_out[need.index()] = true;
        plan.note_served(instance, instance.problem.first_slot(need));
    }
}
