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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::model::NeedId;
    use crate::model::{Term, UnitId};
    use crate::tests::{built, instance, line, need, person, slots, weighing};

    fn problem() -> Problem {
        let mut data = line(&[0]);
        data.objective = weighing(&[(Term::UnservedPriority, 1)]);
        data.outsourcing = 9;
        person(&mut data, 0, (0, 100));
        for (price, priority) in [(Some(3), 2), (Some(4), 5), (None, 1)] {
            let need = need(&mut data, 0, (0, 9), 1);
            (need.outsource, need.priority) = (price, priority);
        }
        built(&data)
    }

    #[test]
    fn a_need_that_others_see_to_is_not_left() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let [a, b, c] = slots([0, 1, 2]);
        plan.hand_out(&instance, b);
        assert_eq!(plan.outsourced().list, [NeedId(1)]);
        assert_eq!(
            (plan.outsourced().budget(&instance), plan.all_terms(&problem).get(Term::UnservedPriority)),
            (5, 3)
        );
        assert!(!plan.is_unserved(b) && plan.is_unserved(c));
        plan.take_back(&instance, b);
        assert_eq!(
            (plan.outsourced().budget(&instance), plan.all_terms(&problem).get(Term::UnservedPriority)),
            (9, 8)
        );
        plan.hand_out(&instance, a);
        assert!(plan.try_route(&instance, UnitId(0), &[a]));
        assert!(plan.outsourced().list.is_empty(), "who serves it takes it back");
        assert_eq!(
            (plan.outsourced().budget(&instance), plan.all_terms(&problem).get(Term::UnservedPriority)),
            (9, 6)
        );
    }

    #[test]
    fn handing_out_is_undone_with_the_trial() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let [a, b, _] = slots([0, 1, 2]);
        plan.hand_out(&instance, a);
        plan.begin();
        plan.take_back(&instance, a);
        plan.hand_out(&instance, b);
        plan.undo(&instance);
        assert_eq!(
            (plan.outsourced().list.clone(), plan.outsourced().budget(&instance)),
            (vec![NeedId(0)], 6)
        );
        assert!(!plan.is_unserved(a) && plan.is_unserved(b));
    }

    #[test]
    fn another_plan_is_followed_in_what_others_see_to() {
        let problem = problem();
        let instance = instance(&problem);
        let (mut own, mut other) = (WorkingPlan::new(&instance), WorkingPlan::new(&instance));
        own.hand_out(&instance, SlotId(0));
        other.hand_out(&instance, SlotId(1));
        follow(&mut own, &instance, &other);
        assert_eq!((own.outsourced().list.clone(), own.outsourced().budget(&instance)), (vec![NeedId(1)], 5));
        assert!(own.is_unserved(SlotId(0)) && !own.is_unserved(SlotId(1)));
        assert_eq!(own.all_terms(&problem), other.all_terms(&problem));
    }
}
