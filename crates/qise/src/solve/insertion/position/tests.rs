use super::*;
use crate::base::Random;
use crate::model::{SlotId, Term, UnitId};
use crate::solve::state::WorkingPlan;
use crate::tests::{built, instance, line, need, person, slots, weighing};

/// Every position at which the whole route with the visit can be timed, tried in earnest, with what the ways cost more.
fn tried(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId) -> Vec<(usize, i64)> {
    let visits = &plan.route(unit).visits;
    let positions = 0..=visits.len();
    let found = positions.filter_map(|at| {
        let mut with = visits.clone();
        with.insert(at, slot);
        let mut other = plan.clone();
        let before = other.route(unit).totals.travel;
        other.try_route(instance, unit, &with).then(|| (at, other.route(unit).totals.travel - before))
    });
    found.collect()
}

#[test]
fn positions_are_those_where_the_route_can_be_timed() {
    let mut random = Random::new(3, 0);
    let (mut possible, mut impossible) = (0, 0);
    for _ in 0..200 {
        let mut data = line(&[0, 30, 70, 110, 150]);
        data.objective = weighing(&[(Term::TravelTime, 1)]);
        person(&mut data, 0, (0, 400));
        for _ in 0..5 {
            let from = i64::from(random.below(250));
            let window = (from, from + 10 + i64::from(random.below(120)));
            need(&mut data, random.below(5), window, 1 + i64::from(random.below(30)));
        }
        let problem = built(&data);
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        for slot in slots([0, 1, 2, 3]) {
            let places = tried(&instance, &plan, slot, UnitId(0));
            if let Some(&(at, _)) = places.first() {
                assert!(plan.insert(&instance, slot, UnitId(0), at));
            }
        }
        let (slot, unit) = (SlotId(4), instance.unit(UnitId(0)));
        let route = plan.route(UnitId(0));
        let positions = Positions::new(&instance, route, unit, slot, instance.service(slot, unit));
        let price = instance.weights.of(Term::TravelTime);
        let told = positions.map(|p| (p.at, p.travel_cost(&instance) / price)).collect::<Vec<_>>();
        let wanted = tried(&instance, &plan, slot, UnitId(0));
        assert_eq!(told, wanted);
        possible += wanted.len();
        impossible += route.visits.len() + 1 - wanted.len();
    }
    assert!(possible > 100 && impossible > 100, "{possible} {impossible}");
}

#[test]
fn moments_and_room_bound_the_walk() {
    let mut data = line(&[0, 10, 20]);
    person(&mut data, 0, (0, 200));
    need(&mut data, 1, (0, 100), 5);
    need(&mut data, 2, (0, 100), 5);
    need(&mut data, 1, (0, 100), 5);
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.try_route(&instance, UnitId(0), &slots([0, 1])));
    let (unit, route) = (instance.unit(UnitId(0)), plan.route(UnitId(0)));
    let all = || Positions::new(&instance, route, unit, SlotId(2), Seconds(5));
    let at = |positions: Positions<'_>| positions.map(|p| p.at).collect::<Vec<_>>();
    assert_eq!(at(all()), [0, 1, 2]);
    assert_eq!(at(all().until(1)), [0, 1]);
    // The first visit must start at 10, so nothing comes before it; the second at 30.
    assert_eq!(at(all().by(&[Time(10), Time(30)])), [1, 2]);
}
