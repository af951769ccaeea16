use super::*;
use crate::ProblemData;
use crate::model::{Makespan, NeedId, Objective, Time, UnitId};
use crate::tests::{built, instance, line, need, person, slots, weighing};

/// Needs at 10, 20 and 30 that take five seconds each.
fn three(objective: Objective) -> ProblemData {
    let mut data = line(&[0, 10, 20, 30]);
    data.objective = objective;
    person(&mut data, 0, (0, 1000));
    for place in 1..4 {
        need(&mut data, place, (0, 900), 5);
    }
    data
}

fn weighed(unserved: u32) -> Objective {
    weighing(&[(Term::Unserved, unserved), (Term::TravelTime, 1), (Term::WorkTime, 1), (Term::People, 50)])
}

/// Asks of a plan that serves the first `served` needs.
fn ask<R>(data: &ProblemData, served: usize, ask: impl FnOnce(&Instance<'_>, &WorkingPlan) -> R) -> R {
    let problem = built(data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    assert!(plan.try_route(&instance, UnitId(0), &slots([0, 1, 2])[..served]));
    ask(&instance, &plan)
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6 * expected.abs().max(1.0), "{found} {expected}");
}

#[test]
fn effort_is_what_another_order_could_spare() {
    // Forty on the way and fifty at work, of which ten are service; neither who is left nor who goes out counts.
    near(ask(&three(weighed(1000)), 2, effort), 40.0);
    near(ask(&three(weighed(1000)), 2, gain), 960.0);
}

#[test]
fn the_first_temperature_is_lower_where_a_visit_brings_little() {
    let hottest = |unserved| ask(&three(weighed(unserved)), 2, |i, plan| Cooling::new(i, plan, 1)).at(0.0);
    near(hottest(1000), 40.0);
    near(hottest(68), 28.0);
    near(hottest(41), 16.0);
    let mut data = three(weighed(1000));
    data.objective.levels[0].extend(weighing(&[(Term::Makespan, 1)]).levels.remove(0));
    data.makespans = vec![Makespan { needs: vec![NeedId(2)], from: Time(0), weight: 1 }];
    near(ask(&data, 2, |i, plan| Cooling::new(i, plan, 1)).at(0.0), 120.0);
}

#[test]
fn it_cools_by_equal_factors_once_or_several_times() {
    let cooling = |cycles| Cooling { hottest: 40.0, coldest: 0.4, cycles };
    near(cooling(1).at(0.5), 4.0);
    near(cooling(1).at(0.25) / cooling(1).at(0.75), 10.0);
    assert!(cooling(1).at(1.0) < 0.401 && cooling(1).at(1.0) >= 0.4);
    near(cooling(2).at(0.25), 4.0);
    near(cooling(2).at(0.5), 40.0);
    near(cooling(2).at(0.75), 4.0);
    near(Cooling::steady(7.0).at(0.9), 7.0);
    near(Cooling::steady(0.0).at(0.0), 1e-3);
}

#[test]
fn the_price_of_needs_left_is_low_until_near_the_end() {
    let data = three(Objective::ordered(&[Term::Unserved, Term::TravelTime]));
    let soften = |served, cycles| ask(&data, served, |i, plan| Softening::new(i, plan, cycles));
    // Twenty a visit, ten times.
    let soft = soften(2, 1).unwrap();
    near(soft.price(0.0), 200.0);
    near(soft.price(0.949), 200.0);
    near(soft.price(0.95), 1001.0);
    assert!(soften(3, 1).is_none(), "nobody is left");
    assert!(soften(0, 1).is_none(), "nobody is served");
    assert!(soften(2, 2).is_none(), "it cools down several times");
    let mut data = data;
    data.needs[2].stops[0].windows[0].from = Time(2000);
    data.needs[2].stops[0].windows[0].to = Time(2000);
    assert!(ask(&data, 2, |i, plan| Softening::new(i, plan, 1)).is_none(), "whom nobody could serve");
}

#[test]
fn a_soft_price_is_one_of_an_average_need() {
    let mut data = three(Objective::ordered(&[Term::UnservedPriority, Term::TravelTime]));
    [3, 4, 5].into_iter().zip(&mut data.needs).for_each(|(priority, need)| need.priority = priority);
    let soft = ask(&data, 2, |i, plan| Softening::new(i, plan, 1)).unwrap();
    near(soft.price(0.0), 50.0);
}
