use super::*;
use crate::model::{LinkRule, Term};
use crate::solve::state::Placing;
use crate::tests::{built, instance, line, link, need, person, planned, slots, varied, weighing};
use crate::{Problem, ProblemData};

/// Two people at home at 0 and 50, a need for both between them (slots 0 and 1), and one for anybody at 40 (slot 2).
fn crew() -> ProblemData {
    let mut data = line(&[0, 50, 20, 40]);
    data.objective = weighing(&[(Term::Unserved, 100_000), (Term::TravelTime, 1)]);
    person(&mut data, 0, (0, 300));
    person(&mut data, 1, (0, 300));
    need(&mut data, 2, (0, 200), 10).roles[0].count = 2;
    need(&mut data, 3, (0, 200), 10);
    data
}

fn placing(slot: u32, unit: u32, at: usize) -> Placing {
    Placing { slot: SlotId(slot), unit: UnitId(unit), at }
}

fn starts<const N: usize>(instance: &Instance<'_>, plan: &WorkingPlan, ids: [u32; N]) -> [i64; N] {
    slots(ids).map(|slot| plan.start(instance, slot).0)
}

#[test]
fn a_crew_starts_when_the_last_of_it_is_there() {
    let problem = built(&crew());
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.place(&instance, &[placing(0, 0, 0), placing(1, 1, 0)]));
    assert_eq!(starts(&instance, &plan, [0, 1]), [30, 30], "20 steps for one, 30 for the other");
    assert!(plan.place(&instance, &[placing(2, 1, 0)]));
    assert_eq!(starts(&instance, &plan, [0, 1, 2]), [40, 40, 10], "the other serves somebody first");
    let mut removed = Vec::new();
    plan.take_out(&instance, UnitId(1), &[0], &mut removed);
    assert_eq!(removed, slots([2]));
    assert_eq!(starts(&instance, &plan, [0, 1]), [30, 30]);
    plan.take_out(&instance, UnitId(0), &[0], &mut removed);
    assert_eq!((removed, plan.route(UnitId(1)).out), (slots([2, 0]).to_vec(), false), "all of a crew go");
}

#[test]
fn a_change_that_makes_others_too_late_is_refused_and_leaves_no_trace() {
    let mut data = crew();
    data.needs[0].stops[0].windows[0].to = Time(39);
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.place(&instance, &[placing(0, 0, 0), placing(1, 1, 0)]));
    let before = (
        plan.all_terms(&problem),
        plan.releases().to_vec(),
        crate::solve::state::export::to_plan(&plan, &instance),
    );
    assert!(!plan.place(&instance, &[placing(2, 1, 0)]), "40 is too late for the crew");
    assert_eq!(
        before,
        (
            plan.all_terms(&problem),
            plan.releases().to_vec(),
            crate::solve::state::export::to_plan(&plan, &instance)
        )
    );
    assert!(plan.place(&instance, &[placing(2, 1, 1)]), "but behind it there is time");
}

#[test]
fn people_who_would_wait_for_each_other_in_a_circle_are_refused() {
    let mut data = crew();
    need(&mut data, 2, (0, 200), 10).roles[0].count = 2;
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.place(&instance, &[placing(0, 0, 0), placing(1, 1, 0)]));
    let crossed = [placing(3, 0, 0), placing(4, 1, 1)];
    assert!(!plan.place(&instance, &crossed), "each is first with one of them");
    assert!(plan.place(&instance, &[placing(3, 0, 1), placing(4, 1, 1)]));
    assert_eq!(starts(&instance, &plan, [0, 1, 3, 4]), [30, 30, 40, 40]);
}

#[test]
fn a_need_behind_another_waits_for_its_end_on_whatever_route() {
    let mut data = crew();
    data.needs.clear();
    need(&mut data, 3, (0, 200), 10);
    need(&mut data, 2, (0, 200), 10);
    data.links = vec![link(0, 1, LinkRule::After { min: Seconds(7), max: Some(Seconds(9)) })];
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    // The first at 40 from home at 0; the second, by another, not before 40 + 10 + 7.
    assert!(plan.place(&instance, &[placing(0, 0, 0)]));
    assert!(plan.place(&instance, &[placing(1, 1, 0)]));
    assert_eq!(starts(&instance, &plan, [0, 1]), [40, 57]);
    let mut removed = Vec::new();
    plan.take_out(&instance, UnitId(0), &[0], &mut removed);
    assert_eq!(removed, slots([0, 1]), "nothing follows what is not done");
}

#[test]
fn one_who_may_follow_no_later_holds_back_the_first() {
    let mut data = crew();
    data.needs.clear();
    need(&mut data, 3, (0, 200), 10);
    need(&mut data, 2, (100, 200), 10);
    data.links = vec![link(0, 1, LinkRule::After { min: Seconds(0), max: Some(Seconds(20)) })];
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.place(&instance, &[placing(0, 0, 0)]));
    assert!(plan.place(&instance, &[placing(1, 1, 0)]));
    assert_eq!(starts(&instance, &plan, [0, 1]), [70, 100], "from its end, 80, it is 20 to 100");
}

/// Every start is the longest path to it: as early as its own route and those for whom it waits allow, and no later.
#[test]
fn starts_are_longest_paths() {
    let mut held = 0;
    for seed in 0..192 {
        let problem: Problem = varied(seed);
        let instance = instance(&problem);
        if instance.precedence.is_empty() {
            continue;
        }
        let plan = planned(&instance);
        for unit in problem.unit_ids() {
            let owner = instance.unit(unit);
            let (mut here, mut free) = plan.route(unit).start(owner);
            for (&slot, node) in plan.route(unit).visits.iter().zip(&plan.route(unit).nodes) {
                let service = instance.service(slot, owner);
                let until = |partner: &crate::solve::instance::precedence::Partner| {
                    let other = plan.unit_of(partner.slot)?;
                    let start = plan.start(&instance, partner.slot);
                    let awaited = instance.service(partner.slot, instance.unit(other));
                    Some(partner.until(problem.calendar(), start, || awaited, || service))
                };
                // Where windows and breaks leave a choice the times of others are told by their whole routes.
                let chooses = plan.route(unit).has_timing_choice(&instance, unit)
                    || instance.precedence.predecessors(slot).iter().any(|partner| {
                        plan.unit_of(partner.slot)
                            .is_some_and(|other| plan.route(other).has_timing_choice(&instance, other))
                    });
                let ready = free + instance.arc(owner, here, slot);
                let awaited = instance.precedence.predecessors(slot).iter().filter_map(until).max();
                let start = instance.earliest(slot, ready.max(awaited.unwrap_or(Time::MIN)), service);
                if !chooses {
                    assert_eq!(Some(node.end - service), start, "seed {seed}, {slot:?}");
                    held += usize::from(awaited.is_some_and(|awaited| awaited > ready));
                }
                (here, free) = (instance.slot(slot).place, node.end);
            }
        }
    }
    assert!(held > 10, "{held}");
}
