//! Bringing in a need, with the needs that it hangs on.

use crate::model::{NeedId, SlotId};
use crate::solve::instance::Instance;
use crate::solve::instance::links::TieKind;
use crate::solve::state::{CrewInsertion, WorkingPlan};

/// Serves the need that `lead` stands for by the places that `find` names, and before it whatever it is not served without; all of
/// that, or nothing of what hangs on the rest.
pub(crate) fn insert_with_prerequisites(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    lead: SlotId,
    mut find: impl FnMut(&WorkingPlan, SlotId) -> Option<CrewInsertion>,
) -> bool {
    let mut place = |plan: &mut WorkingPlan, lead: SlotId| {
        let found = find(plan, lead);
        found.is_some_and(|crew| plan.place_crew(instance, &crew))
    };
    let need = instance.problem.slot(lead).need;
    if instance.links.of(need).is_empty() {
        return place(plan, lead);
    }
    let mut chain = Vec::new();
    wanted(instance, plan, need, &mut chain);
    let leads = chain.iter().map(|&need| instance.problem.first_slot(need)).collect::<Vec<_>>();
    let good = leads.iter().all(|&lead| place(plan, lead));
    if !good {
        remove_dependents(instance, plan, &chain);
    }
    good
}

/// `need` and all absent needs without which it is not served, those that others hang on first.
fn wanted(instance: &Instance<'_>, plan: &WorkingPlan, need: NeedId, chain: &mut Vec<NeedId>) {
    // Needs that stand for each other are met again on the way down: each is entered once, before what it hangs on.
    let mut stack = vec![need];
    let mut entered = vec![need];
    while let Some(&next) = stack.last() {
        let absent = |need: NeedId| plan.unit_of(instance.problem.first_slot(need)).is_none();
        let mut others = instance.links.others(next, TieKind::Needs);
        if let Some(other) = others.find(|&other| absent(other) && !entered.contains(&other)) {
            entered.push(other);
            stack.push(other);
            continue;
        }
        chain.push(next);
        stack.pop();
    }
}

/// Takes out again what is not served without something that is missing.
pub(crate) fn remove_dependents(instance: &Instance<'_>, plan: &mut WorkingPlan, needs: &[NeedId]) {
    for &need in needs {
        let lead = instance.problem.first_slot(need);
        let served = |plan: &WorkingPlan, need| plan.unit_of(instance.problem.first_slot(need)).is_some();
        let lacks = instance.links.others(need, TieKind::Needs).any(|other| !served(plan, other));
        if let Some(unit) = plan.unit_of(lead).filter(|_| lacks) {
            let at = plan.position(lead);
            // What hangs on it goes too.
            plan.take_out(instance, unit, &[at], &mut Vec::new());
        }
    }
}
