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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LinkRule, Seconds, UnitId};
    use crate::solve::state::Placing;
    use crate::tests::{built, instance, line, link, need, person, slots};

    /// Serves need `lead` of four with these links by somebody, but for a need that nobody can serve: which were asked for, what came of it,
    /// and which are served.
    fn served(rules: &[(u32, u32, LinkRule)], lead: u32, but: Option<u32>) -> (Vec<u32>, bool, Vec<u32>) {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 1000));
        for _ in 0..4 {
            need(&mut data, 0, (0, 900), 1);
        }
        data.links = rules.iter().map(|&(from, to, rule)| link(from, to, rule)).collect();
        let problem = built(&data);
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let mut asked = Vec::new();
        let good = insert_with_prerequisites(&instance, &mut plan, SlotId(lead), |plan, slot| {
            asked.push(slot.0);
            let unit = UnitId(0);
            let placings = vec![Placing { slot, unit, at: plan.route(unit).visits.len() }];
            (Some(slot.0) != but).then(|| CrewInsertion { cost: 0, placings, company: Vec::new() })
        });
        let is_served = |slot: &SlotId| plan.unit_of(*slot).is_some();
        (asked, good, slots([0, 1, 2, 3]).into_iter().filter(is_served).map(|slot| slot.0).collect())
    }

    const AFTER: LinkRule = LinkRule::After { min: Seconds(0), max: None };

    #[test]
    fn what_a_need_hangs_on_is_served_before_it() {
        let chain = [(0, 1, AFTER), (1, 2, AFTER)];
        assert_eq!(served(&chain, 2, None), (vec![0, 1, 2], true, vec![0, 1, 2]));
        assert_eq!(served(&chain, 0, None), (vec![0], true, vec![0]), "what hangs on it is not asked for");
        assert_eq!(served(&chain, 3, None), (vec![3], true, vec![3]));
    }

    #[test]
    fn nothing_stays_that_hangs_on_what_is_missing() {
        let chain = [(0, 1, AFTER), (1, 2, AFTER)];
        assert_eq!(served(&chain, 2, Some(1)), (vec![0, 1], false, vec![0]));
        let together = [(0, 1, LinkRule::Together)];
        assert_eq!(served(&together, 0, None), (vec![1, 0], true, vec![0, 1]));
        assert_eq!(served(&together, 0, Some(0)), (vec![1, 0], false, vec![]));
    }
}
