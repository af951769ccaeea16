use super::*;
use crate::base::Random;
use crate::model::{Restock, Seconds};
use crate::tests::{built, depot, good, instance, line, person};
use crate::{Problem, ProblemData};

/// Two stocks: of one, which stays with who takes it, five; of another, which comes back, three, and two more from 50 on.
fn stocked() -> Problem {
    let mut data: ProblemData = line(&[0, 9]);
    let kinds = [good(&mut data, false), good(&mut data, true)];
    person(&mut data, 0, (0, 100)).shifts[0].carries =
        vec![crate::model::Amount { good: kinds[0], amount: 1 }];
    let depot = depot(&mut data, 1, &[(kinds[0], Some(5)), (kinds[1], Some(3))]);
    depot.stocks[1].restocks = vec![Restock { at: Time(50), amount: 2 }];
    depot.service = Seconds(1);
    built(&data)
}

fn change(stock: u32, at: i64, amount: i64) -> StockChange {
    StockChange { stock, at: Time(at), amount }
}

#[test]
fn what_is_taken_before_it_came_in_is_short() {
    let problem = stocked();
    let instance = instance(&problem);
    let mut stock = DepotStock::new(&instance);
    assert!(stock.are_good());
    assert_eq!((stock.last(0), stock.last(1)), (5, 5));
    let (early, late) = ([change(1, 49, -4)], [change(1, 50, -4)]);
    assert!(!stock.would_hold(&instance, UnitId(0), &early) && stock.would_hold(&instance, UnitId(0), &late));
    stock.set(&instance, UnitId(0), &[], &early);
    assert!(!stock.are_good());
    assert_eq!(stock.last_taker(), Some((1, UnitId(0))));
    stock.set(&instance, UnitId(0), &early, &late);
    assert!(stock.are_good() && stock.last_taker().is_none());
    assert_eq!(stock.last(1), 1);
    stock.set(&instance, UnitId(0), &late, &[]);
    assert_eq!(stock.last(1), 5);
}

#[test]
fn what_comes_back_at_a_moment_may_be_taken_at_it() {
    let problem = stocked();
    let instance = instance(&problem);
    let mut stock = DepotStock::new(&instance);
    stock.set(&instance, UnitId(0), &[], &[change(1, 5, -3), change(1, 20, 3)]);
    assert!(stock.would_hold(&instance, UnitId(1), &[change(1, 20, -3)]));
    assert!(!stock.would_hold(&instance, UnitId(1), &[change(1, 19, -3)]));
    stock.set(&instance, UnitId(1), &[], &[change(1, 19, -3)]);
    assert_eq!(stock.last_taker(), Some((1, UnitId(1))), "the last who takes, not the last who gives");
}

#[test]
fn where_nothing_comes_in_or_back_only_the_sum_counts() {
    let problem = stocked();
    let instance = instance(&problem);
    let mut stock = DepotStock::new(&instance);
    stock.set(&instance, UnitId(0), &[], &[change(0, 0, -3)]);
    assert!(stock.would_hold(&instance, UnitId(1), &[change(0, 0, -1), change(0, 0, -1)]));
    assert!(!stock.would_hold(&instance, UnitId(1), &[change(0, 0, -2), change(0, 0, -1)]));
    assert!(stock.would_hold(&instance, UnitId(0), &[change(0, 0, -5)]), "in place of what it does");
}

/// Against a walk over all moments, with routes that change their minds.
#[test]
fn the_least_that_is_left_is_kept_up_to_date() {
    let problem = stocked();
    let instance = instance(&problem);
    let mut random = Random::new(3, 0);
    let mut stock = DepotStock::new(&instance);
    let mut routes: [Vec<StockChange>; 4] = Default::default();
    let (mut good, mut short) = (0, 0);
    for _ in 0..3000 {
        let unit = random.below(4);
        let drawn = (0..random.below(4)).map(|_| {
            let stock = random.below(2);
            let at = if stock == 0 { 0 } else { i64::from(random.below(70)) };
            change(stock, at, [-2, -1, 1][random.below(3) as usize])
        });
        let drawn = drawn.collect::<Vec<_>>();
        let would = stock.would_hold(&instance, UnitId(unit), &drawn);
        stock.set(&instance, UnitId(unit), &routes[unit as usize], &drawn);
        let touched = |kind: u32| drawn.iter().any(|change| change.stock == kind);
        routes[unit as usize].clone_from(&drawn);
        let left = |kind: u32, until: i64| {
            let first = if kind == 0 { 5 } else { 3 };
            let more = if kind == 1 && until >= 50 { 2 } else { 0 };
            let changes = routes.iter().flatten().filter(|c| c.stock == kind && c.at.0 <= until);
            first + more + changes.map(|c| c.amount).sum::<i64>()
        };
        let holds = |kind: u32| (-1..=70).all(|until| left(kind, until) >= 0);
        assert_eq!(stock.are_good(), holds(0) && holds(1), "{routes:?}");
        assert_eq!((stock.last(0), stock.last(1)), (left(0, 70), left(1, 70)));
        let expected = [0, 1].into_iter().filter(|&kind| touched(kind)).all(holds);
        assert_eq!(would, expected, "{routes:?}");
        good += usize::from(stock.are_good());
        short += usize::from(!stock.are_good());
    }
    assert!(good > 300 && short > 300, "{good} {short}");
}
