//! Needs go to others and come back.

use super::WorkingPlan;
use crate::model::{NeedId, SlotId};
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// The needs handed to others.
    pub(crate) fn outside(&self) -> &[NeedId] {
        &self.outside.list
    }

    /// Whether nobody sees to a need.
    pub(crate) fn is_left(&self, lead: SlotId) -> bool {
        self.absent.contains(lead)
    }

    /// What may still be spent on needs that are handed to others.
    pub(crate) fn budget(&self, instance: &Instance<'_>) -> i64 {
        instance.problem.outsourcing() - self.outside.spent
    }

    /// Hands a need that is left to others.
    pub(crate) fn hand_out(&mut self, instance: &Instance<'_>, lead: SlotId) {
        let need = instance.problem.slot(lead).need;
        if self.outside.set(instance, need, true) {
            self.outside.log.push(need);
            self.note_served(instance, lead);
        }
    }

    /// Takes a need back from others: it is left, until it is served.
    pub(crate) fn take_back(&mut self, instance: &Instance<'_>, lead: SlotId) {
        let need = instance.problem.slot(lead).need;
        if self.outside.set(instance, need, false) {
            self.outside.log.push(need);
            self.note_absent(instance, lead);
        }
    }

    /// A slot has a place in a route: its need is nobody else's now.
    pub(crate) fn note_taken(&mut self, instance: &Instance<'_>, slot: SlotId) {
        if !self.outside.list.is_empty() && !instance.is_call(slot) {
            let need = instance.problem.slot(slot).need;
            if self.outside.set(instance, need, false) {
                self.outside.log.push(need);
            }
        }
        self.note_served(instance, slot);
    }

    pub(crate) fn begin_outside(&mut self) {
        self.outside.log.clear();
    }

    pub(crate) fn take_outside_log(&mut self) -> Vec<NeedId> {
        std::mem::take(&mut self.outside.log)
    }

    pub(crate) fn put_outside_log(&mut self, log: Vec<NeedId>) {
        self.outside.log = log;
    }

    /// After the routes are what they were.
    pub(crate) fn undo_outside(&mut self, instance: &Instance<'_>) {
        while let Some(need) = self.outside.log.pop() {
            let out = !self.outside.is_out[need.index()];
            self.outside.set(instance, need, out);
            let lead = instance.problem.first_slot(need);
            if out {
                self.absent.remove(lead);
            } else if self.unit_of(lead).is_none() {
                self.absent.add(lead);
            }
        }
    }

    /// Takes over from another plan what is handed to others; needs that this leaves are left.
    pub(crate) fn follow_outside(&mut self, instance: &Instance<'_>, other: &Self) {
        if self.outside.list == other.outside.list {
            return;
        }
        for need in std::mem::take(&mut self.outside.list) {
            self.outside.is_out[need.index()] = false;
            let lead = instance.problem.first_slot(need);
            if self.unit_of(lead).is_none() {
                self.note_absent(instance, lead);
            }
        }
        self.outside.list.clone_from(&other.outside.list);
        self.outside.spent = other.outside.spent;
        for k in 0..self.outside.list.len() {
            let need = self.outside.list[k];
            self.outside.is_out[need.index()] = true;
            self.note_served(instance, instance.problem.first_slot(need));
        }
    }
}
