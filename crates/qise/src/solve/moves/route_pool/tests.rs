use super::*;
use crate::ProblemData;
use crate::model::Handling;
use crate::tests::{built, depot, good, instance, line, load, need, person, slots, supply, weighing};

/// Two people alike and one at another home; needs at 10, 20 and 30.
fn three() -> ProblemData {
    let mut data = line(&[0, 10, 20, 30]);
    data.objective = weighing(&[(Term::Unserved, 1000), (Term::TravelTime, 1), (Term::People, 7)]);
    for home in [0, 0, 3] {
        person(&mut data, home, (0, 1000));
    }
    for place in 1..4 {
        need(&mut data, place, (0, 900), 5);
    }
    data
}

fn add(instance: &Instance<'_>, pool: &mut RoutePool, unit: u32, visits: &[SlotId]) -> Option<usize> {
    let mut plan = WorkingPlan::new(instance);
    assert!(plan.try_route(instance, UnitId(unit), visits));
    pool.add(instance, &plan, UnitId(unit))
}

fn shown(pool: &RoutePool) -> Vec<(u32, Vec<u32>, i64)> {
    let column = |c: &Column| (c.leader.0, c.visits.iter().map(|slot| slot.0).collect(), c.cost);
    pool.columns().iter().map(column).collect()
}

#[test]
fn of_a_class_and_a_set_of_needs_the_cheapest_route_is_kept() {
    let problem = built(&three());
    let instance = instance(&problem);
    let mut pool = RoutePool::new(9);
    assert_eq!(add(&instance, &mut pool, 0, &slots([1, 0, 2])), Some(0));
    assert_eq!(shown(&pool), [(0, vec![1, 0, 2], 20 + 10 + 20 + 30 + 7)]);
    assert_eq!(add(&instance, &mut pool, 1, &slots([0, 1, 2])), Some(0), "an equal of the first");
    assert_eq!(add(&instance, &mut pool, 0, &slots([2, 0, 1])), Some(0), "dearer");
    assert_eq!(shown(&pool), [(0, vec![0, 1, 2], 60 + 7)]);
    assert_eq!(add(&instance, &mut pool, 2, &slots([0, 1, 2])), Some(1), "by somebody else");
    assert_eq!(add(&instance, &mut pool, 0, &slots([0, 1])), Some(2), "of other needs");
    assert_eq!(add(&instance, &mut pool, 0, &[]), None);
}

#[test]
fn when_it_is_full_the_oldest_give_way() {
    let problem = built(&three());
    let instance = instance(&problem);
    let mut pool = RoutePool::new(2);
    for slot in [0, 1, 2] {
        add(&instance, &mut pool, 0, &slots([slot]));
    }
    let held = |pool: &RoutePool| shown(pool).into_iter().map(|(_, visits, _)| visits[0]).collect::<Vec<_>>();
    assert_eq!(held(&pool), [2, 1]);
    assert_eq!(add(&instance, &mut pool, 0, &slots([2])), Some(0), "it is there");
    assert_eq!(add(&instance, &mut pool, 0, &slots([0])), Some(1), "it is forgotten");
    assert_eq!(held(&pool), [2, 0]);
    assert_eq!(add(&instance, &mut RoutePool::new(0), 0, &slots([0])), None);
}

#[test]
fn pools_become_one() {
    let problem = built(&three());
    let instance = instance(&problem);
    let (mut pool, mut other) = (RoutePool::new(9), RoutePool::new(9));
    add(&instance, &mut pool, 0, &slots([1, 0, 2]));
    add(&instance, &mut other, 0, &slots([0, 1, 2]));
    add(&instance, &mut other, 0, &slots([2]));
    pool.absorb(&mut other);
    assert_eq!(shown(&pool), [(0, vec![0, 1, 2], 67), (0, vec![2], 67)]);
    assert!(other.columns().is_empty());
    assert_eq!(add(&instance, &mut other, 0, &slots([2])), Some(0), "it can be filled again");
}

#[test]
fn the_price_of_load_counts_for_the_person() {
    let mut data = three();
    data.objective = weighing(&[(Term::Unserved, 1_000_000), (Term::Load, 2)]);
    let problem = built(&data);
    let instance = instance(&problem);
    let mut pool = RoutePool::new(9);
    add(&instance, &mut pool, 0, &slots([2]));
    // 65 seconds at work of 1000 offered: 4.225, rounded down.
    assert_eq!(shown(&pool)[0].2, 2 * 4);
}

#[test]
fn calls_at_depots_are_no_needs() {
    let mut data = three();
    let kind = good(&mut data, false);
    data.volunteers.iter_mut().for_each(|v| v.capacity = load(5));
    data.needs[0].goods = vec![supply(kind, 1, Handling::Deliver)];
    depot(&mut data, 0, &[(kind, None)]);
    let problem = built(&data);
    let instance = instance(&problem);
    let mut pool = RoutePool::new(9);
    assert_eq!(add(&instance, &mut pool, 0, &slots([3, 0, 1])), Some(0));
    assert_eq!((pool.columns()[0].needs(), pool.columns()[0].visits.len()), (&slots([0, 1])[..], 3));
    assert_eq!(add(&instance, &mut pool, 0, &slots([1, 3, 0])), Some(0), "the same needs");
}
