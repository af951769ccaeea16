use super::*;
use crate::ProblemData;
use crate::model::{NeedId, Objective, Previous, PreviousVisit, Promise, Time, VolunteerId};
use crate::tests::{built, line, need, person, varied, weighing};

fn two() -> ProblemData {
    let mut data = line(&[0, 10]);
    person(&mut data, 0, (0, 1000));
    for priority in [2, 5] {
        need(&mut data, 1, (0, 900), 10).priority = priority;
    }
    data
}

fn weights(objective: Objective) -> Weights {
    let mut data = two();
    data.objective = objective;
    Weights::new(&built(&data))
}

fn ordered(terms: &[Term]) -> Weights {
    weights(Objective::ordered(terms))
}

fn measured(weights: &Weights, terms: &[(Term, i64)], pull: i64) -> Measure {
    let mut all = Terms::default();
    for &(term, value) in terms {
        all.set(term, value);
    }
    let mut measure = Measure::default();
    weights.measure(&all, pull, &mut measure);
    measure
}

/// What decides who is served keeps its weight where prices are too high for all levels.
#[test]
fn the_lowest_levels_are_squeezed_first() {
    let reach = [7, 1_563_400, 221_000, 371_000];
    let limits = [COST_LIMIT / 60, COST_LIMIT / 10, COST_LIMIT / 10, COST_LIMIT / 10];
    let prices = scales(&reach, &limits);
    assert!(i128::from(prices[0]) > i128::from(prices[1]) * reach[1], "{prices:?}");
    assert!(prices.windows(2).all(|pair| pair[0] > pair[1]), "{prices:?}");
    assert!(prices.iter().zip(limits).all(|(&price, limit)| i128::from(price) <= limit), "{prices:?}");
}

#[test]
fn levels_that_fit_outweigh_all_below() {
    let prices = scales(&[3, 40, 500], &[COST_LIMIT; 3]);
    assert_eq!(prices, [501 * 41, 501, 1]);
}

#[test]
fn on_one_level_prices_are_the_weights() {
    let weights = weights(weighing(&[(Term::TravelTime, 3), (Term::Unserved, 70)]));
    assert_eq!(
        (weights.of(Term::TravelTime), weights.of(Term::Unserved), weights.of(Term::Late)),
        (3, 70, 0)
    );
    let mut terms = Terms::default();
    terms.set(Term::TravelTime, 5);
    terms.set(Term::Unserved, 2);
    terms.set(Term::Late, 9);
    assert_eq!(weights.cost(&terms), 155);
}

#[test]
fn a_level_outweighs_what_one_insertion_can_change_below() {
    let weights = ordered(&[Term::UnservedPriority, Term::People, Term::TravelTime]);
    // One person, a shift of 1000 seconds.
    assert_eq!(weights.of(Term::TravelTime), 1);
    assert_eq!(weights.of(Term::People), 1001);
    assert_eq!(weights.of(Term::UnservedPriority), 2 * 1001);
}

#[test]
fn a_prize_is_what_leaving_a_need_costs() {
    let weights = weights(weighing(&[
        (Term::Unserved, 7),
        (Term::UnservedPriority, 10),
        (Term::UnservedMandatory, 100),
    ]));
    assert_eq!((weights.prize(3, false), weights.prize(3, true)), (37, 137));
    assert_eq!(weights.prize(i64::MAX, true), i64::MAX, "no more than can be told");
}

#[test]
fn levels_before_the_last_decide_whatever_the_margin() {
    let weights = ordered(&[Term::UnservedPriority, Term::People, Term::TravelTime]);
    let plan = |left, people, travel| {
        let terms = [(Term::UnservedPriority, left), (Term::People, people), (Term::TravelTime, travel)];
        measured(&weights, &terms, 0)
    };
    let from = plan(3, 2, 500);
    assert!(weights.keeps(&from, &plan(2, 9, 90_000), 0.0), "less is left, at any price");
    assert!(!weights.keeps(&from, &plan(3, 3, 0), 1000.0), "one more goes out");
    assert!(weights.keeps(&from, &plan(3, 3, 0), 1001.0), "but for a margin of that price");
    assert!(weights.keeps(&from, &plan(3, 2, 520), 20.0) && !weights.keeps(&from, &plan(3, 2, 521), 20.0));
    assert!(plan(3, 1, 600).better_than(&from) && !from.better_than(&from));
    assert_eq!(weights.compare(&plan(3, 1, 600), &from), Ordering::Less);
    assert_eq!(weights.compare(&plan(3, 2, 600), &from), Ordering::Greater);
    assert_eq!(weights.compare(&from, &from), Ordering::Equal);
}

#[test]
fn guidance_counts_among_equals_only() {
    let weights = ordered(&[Term::Unserved, Term::TravelTime]);
    let plan = |travel, pull| measured(&weights, &[(Term::TravelTime, travel)], pull);
    assert!((weights.growth(&plan(5, 10), &plan(7, 9)) - 1.0).abs() < 1e-9);
    assert!(weights.keeps(&plan(5, 10), &plan(7, 8), 0.0) && !plan(7, 8).better_than(&plan(5, 10)));
}

#[test]
fn softened_needs_left_are_weighed_against_effort() {
    let hard = ordered(&[Term::UnservedMandatory, Term::UnservedPriority, Term::TravelTime]);
    assert_eq!(hard.price_of_unserved(), Some((Term::UnservedPriority, 1001)));
    let soft = hard.softened(10.0);
    assert_eq!((soft.of(Term::UnservedPriority), soft.of(Term::TravelTime)), (10, 1));
    assert_eq!(soft.of(Term::UnservedMandatory), hard.of(Term::UnservedMandatory), "levels above stay");
    let plan = |first, left, travel| {
        let terms =
            [(Term::UnservedMandatory, first), (Term::UnservedPriority, left), (Term::TravelTime, travel)];
        measured(&hard, &terms, 0)
    };
    assert!(soft.keeps(&plan(0, 0, 100), &plan(0, 3, 69), 0.0), "three left for 31 seconds");
    assert!(!soft.keeps(&plan(0, 0, 100), &plan(0, 3, 71), 0.0));
    assert!(!hard.keeps(&plan(0, 0, 100), &plan(0, 3, 69), 0.0));
    assert!(!soft.keeps(&plan(0, 0, 100), &plan(1, 0, 0), 0.0));
    assert_eq!(hard.softened(5000.0).of(Term::UnservedPriority), 1001, "never dearer");
}

#[test]
fn a_price_is_softened_only_where_effort_alone_stands_below_on_one_level() {
    let may = |terms: &[Term]| ordered(terms).price_of_unserved().is_some();
    assert!(may(&[Term::Unserved, Term::TravelTime]));
    assert!(may(&[Term::Unserved, Term::Tardiness, Term::TravelTime]), "where nothing is promised");
    assert!(!may(&[Term::Unserved, Term::People, Term::TravelTime]));
    assert!(!may(&[Term::TravelTime, Term::Unserved]));
    let mut data = two();
    data.objective = Objective::ordered(&[Term::Unserved, Term::Tardiness, Term::TravelTime]);
    data.needs[0].promise = Some(Promise { start_by: Some(Time(5)), finish_by: None, hard: false });
    assert!(Weights::new(&built(&data)).price_of_unserved().is_none());
}

#[test]
fn coverage_comes_first_where_needs_are_weighed_against_effort() {
    let problem = |objective| {
        let mut data = two();
        data.objective = objective;
        built(&data)
    };
    let weighed = problem(weighing(&[(Term::Unserved, 1), (Term::TravelTime, 1)]));
    let first = Weights::new(&weighed).coverage_first(&weighed).unwrap();
    assert_eq!(first.prize(1, false), 1 + 1000, "a shift of travel");
    let ordered = problem(Objective::ordered(&[Term::Unserved, Term::TravelTime]));
    assert!(Weights::new(&ordered).coverage_first(&ordered).is_none());
    let first = |terms: &[Term]| Weights::puts_people_first(&problem(Objective::ordered(terms)));
    assert!(
        first(&[Term::Unserved, Term::People, Term::TravelTime]) && first(&[Term::Unserved, Term::People])
    );
    assert!(
        !first(&[Term::Unserved, Term::TravelTime, Term::People]) && !first(&[Term::People, Term::Unserved])
    );
}

#[test]
fn a_smaller_fleet_is_looked_for_at_one_price_for_needs_left() {
    let weights = ordered(&[Term::Unserved, Term::People, Term::TravelTime]).fleet_weights(40);
    assert_eq!(
        (weights.of(Term::People), weights.of(Term::Unserved), weights.of(Term::UnservedPriority)),
        (0, 0, 40)
    );
    let plan =
        |left, travel| measured(&weights, &[(Term::UnservedPriority, left), (Term::TravelTime, travel)], 0);
    assert!(
        weights.keeps(&plan(0, 100), &plan(1, 60), 0.0) && !weights.keeps(&plan(0, 100), &plan(1, 61), 0.0)
    );
}

#[test]
fn what_one_insertion_can_change_is_bounded_by_shift_promise_and_price() {
    let mut data = two();
    data.needs[0].promise = Some(Promise { start_by: Some(Time(400)), finish_by: None, hard: false });
    data.needs[1].promise = Some(Promise { start_by: None, finish_by: Some(Time(950)), hard: true });
    data.needs[1].roles[0].count = 2;
    data.previous = Some(Previous {
        assignments: vec![PreviousVisit { need: NeedId(0), volunteer: VolunteerId(0), start: Time(0) }],
        reassign_price: 30,
        retime_price: 50,
        ..Previous::default()
    });
    data.needs[0].change_price = Some(40);
    let problem = built(&data);
    let reach = |term| Term::most_of_insertion(term, problem.regime());
    assert_eq!((reach(Term::TravelTime), reach(Term::People), reach(Term::Unserved)), (2000, 2, 1));
    assert_eq!(reach(Term::UnservedPriority), 5);
    // Late by 600 at most, and so may the one other be whose promise is soft.
    assert_eq!((reach(Term::WorstTardiness), reach(Term::Tardiness), reach(Term::Late)), (600, 1200, 1));
    assert_eq!(reach(Term::Disruption), 2 * 50 + 2 * 50);
    assert_eq!(reach(Term::Distance), 2 * 40 * 1000);
}

/// No price is so high that the terms of a plan run over.
#[test]
fn prices_stay_below_the_limit_whatever_the_problem() {
    for seed in 0..64 {
        let problem = varied(seed);
        let weights = Weights::new(&problem);
        for &term in Term::ALL {
            let most = i128::from(weights.of(term)) * Term::most_of_route(term, problem.regime());
            assert!(most <= COST_LIMIT, "seed {seed}: {term}");
        }
        let prices = &weights.prices;
        assert!(prices.windows(2).all(|pair| pair[0] >= pair[1]) && prices[prices.len() - 1] >= 1);
    }
}
