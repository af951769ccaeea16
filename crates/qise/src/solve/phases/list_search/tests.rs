use super::*;
use crate::ProblemData;
use crate::model::{LinkRule, Makespan, NeedId, Seconds, Term, Time, UnitId};
use crate::tests::{built, instance, line, link, need, person, weighing};

/// Two people who may go as a party; needs at 10, 20, 30 and 40 in groups, of which the second counts more. The third follows the first.
fn parties() -> ProblemData {
    let mut data = line(&[0, 10, 20, 30, 40]);
    data.objective = weighing(&[(Term::Unserved, 1_000_000), (Term::Makespan, 1)]);
    for _ in 0..2 {
        person(&mut data, 0, (0, 1000)).shifts[0].party = true;
    }
    for (place, service) in (1..).zip([10, 20, 30, 40]) {
        need(&mut data, place, (0, 900), service);
    }
    data.links = vec![link(0, 2, LinkRule::After { min: Seconds(0), max: None })];
    let group = |needs: &[u32], weight| Makespan {
        needs: needs.iter().copied().map(NeedId).collect(),
        from: Time(0),
        weight,
    };
    data.makespans = vec![group(&[0, 1], 4), group(&[2], 28)];
    data
}

fn list(groups: &[usize], by_tail: bool) -> List {
    List { groups: groups.to_vec(), targets: None, by_tail, keys: vec![1.0; 4], idle: IDLE }
}

#[test]
fn every_order_comes_once() {
    let mut orders = Vec::new();
    let mut order = vec![3, 2, 2, 1];
    loop {
        orders.push(order.clone());
        if !next_permutation(&mut order, |&k| Reverse(k)) {
            break;
        }
    }
    assert_eq!(orders.len(), 12, "two of four are alike");
    assert_eq!((orders.first().unwrap(), orders.last().unwrap()), (&vec![3, 2, 2, 1], &vec![1, 2, 2, 3]));
    assert!(orders.windows(2).all(|pair| pair[0] > pair[1]), "in their order");
    assert!(!next_permutation(&mut [7], |&k| k) && !next_permutation(&mut [0; 0], |&k: &i32| k));
}

#[test]
fn a_need_stands_with_the_first_group_that_waits_for_it() {
    let problem = built(&parties());
    let instance = instance(&problem);
    let ranks = |list: &List| [0, 1, 2, 3].map(|slot| list.rank(&instance, SlotId(slot)));
    assert_eq!(ranks(&list(&[1, 0], false)), [Some(0), Some(1), Some(0), None]);
    assert_eq!(ranks(&list(&[0, 1], false)), [Some(0), Some(0), Some(1), None]);
    let places = |list: &List| [0, 1, 2, 3].map(|slot| list.place(&instance, SlotId(slot)));
    let step = 1 << 40;
    assert_eq!(places(&list(&[1, 0], false)), [0, step, 0, 2 * step]);
    // Behind the first come ten and thirty seconds of work.
    assert_eq!(places(&list(&[1, 0], true)), [-40, step - 20, -30, 2 * step - 40]);
}

#[test]
fn with_targets_what_can_wait_least_comes_first() {
    let problem = built(&parties());
    let instance = instance(&problem);
    let mut targets = CompletionTimes::default();
    (targets.0[0], targets.0[1]) = (5000, 3020);
    let mut list = List { targets: Some(targets), ..list(&[0, 1], false) };
    let places = |list: &List| [0, 1, 2].map(|slot| list.place(&instance, SlotId(slot)));
    // Shifts of 1000: 3020 − 40, 5000 − 20, 3020 − 30.
    assert_eq!(places(&list), [2, 4, 2]);
    list.keys[1] = 0.5;
    assert_eq!(places(&list), [2, 4, 2], "480 of 1000 are less than the day");
    list.keys[0] = 0.9;
    list.keys[2] = 1.2;
    assert_eq!(places(&list), [2, 4, 3]);
    assert_eq!(list.place(&instance, SlotId(3)), (i64::MAX / 2).div_euclid(1000), "nothing waits for it");
}

#[test]
fn orders_are_ranked_by_the_cost_of_their_plans() {
    let problem = built(&parties());
    let instance = instance(&problem);
    let start = WorkingPlan::new(&instance);
    let mut seen = Vec::new();
    let ranked = ranked(&instance, &start, &|| 0.0, |plan, cost| {
        assert_eq!(cost, super::cost(&instance, &plan));
        seen.push(cost);
    });
    assert_eq!((ranked.len(), seen.len()), (4, 4), "two orders, by tail and not");
    seen.sort_unstable();
    assert_eq!(ranked.iter().map(|(_, cost)| *cost).collect::<Vec<_>>(), seen);
    let mut plan = start.clone();
    first(&instance, &mut plan, &|| 0.0);
    assert_eq!(cost(&instance, &plan), seen[0]);
    assert!(plan.unserved().is_empty());
    let mut late = start.clone();
    first(&instance, &mut late, &|| 1.0);
    let some = super::ranked(&instance, &start, &|| 1.0, |_, _| {});
    assert_eq!(some.len(), 1, "the first is made in any case");
}

#[test]
fn a_search_of_lists_makes_plans_no_worse_and_stops_in_time() {
    let problem = built(&parties());
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    first(&instance, &mut plan, &|| 0.0);
    let before = plan.measure(&instance);
    let search = |options: &Settings, plan: &WorkingPlan| {
        improve(&instance, plan.clone(), options, &|| 0.0, &mut |_| {}, &Threads::new(1))
    };
    let options = Settings { seed: 1, threads: 1, iterations: Some(4000), is_warm: false };
    let (found, steps) = search(&options, &plan);
    assert!(!before.better_than(&found.measure(&instance)));
    assert_eq!(steps, 2000, "half of the budget, in lists of fifty steps");
    // From a bad plan it finds a good one.
    let empty = WorkingPlan::new(&instance);
    assert!(search(&options, &empty).0.unserved().is_empty());
    assert_eq!(search(&Settings { seed: 1, threads: 1, iterations: Some(99), is_warm: false }, &empty).1, 0);
    assert_eq!(plan.route(UnitId(0)).with, None);
}
