use super::*;
use crate::base::Random;
use crate::bound::knapsack::Costs;
use crate::bound::shift_classes::ShiftClasses;
use crate::bound::target::BoundTarget;
use crate::bound::tests::{cheapest, drawn, drawn_prices};

const SCALE: i64 = 8;

/// What is found for the first person, where every node remembers these marks.
fn found(problem: &Problem, prices: &[i64], remembers: impl Fn(usize, u16) -> bool, careless: bool) -> Found {
    let question = BoundTarget::level(problem, 0, None);
    let staff = ShiftClasses::new(problem).unwrap();
    let Some(shift) = staff.shifts.first() else { return Found { complete: true, ..Found::default() } };
    let costs = Costs { problem, question: &question, calls: false };
    let graph = Graph::new(&costs, &shift.units[0], SCALE);
    let prizes = (0..graph.count).map(|node| SCALE * prices[graph.slot(node).index()]).collect::<Vec<_>>();
    let marks = |node: usize| (0..graph.mark_count as u16).filter(|&mark| remembers(node, mark)).collect();
    let memory = (0..graph.count).map(marks).collect::<Vec<_>>();
    let effort = Effort { careless, labels: 100_000, routes: 20 };
    routes(problem, &graph, &prizes, &memory, effort, &|| false)
}

#[test]
fn where_all_is_remembered_the_cheapest_route_is_found() {
    let mut won = 0;
    for seed in 0..200 {
        let mut random = Random::new(seed, 0);
        let problem = drawn(&mut random);
        let prices = drawn_prices(&problem, &mut random);
        let found = found(&problem, &prices, |_, _| true, false);
        assert!(found.complete);
        assert_eq!(found.value, SCALE * cheapest(&problem, &prices), "seed {seed}");
        assert_eq!(found.routes.first().map_or(0, |route| route.0), found.value);
        won += usize::from(found.value < 0);
    }
    assert!(won > 100, "{won}");
}

#[test]
fn what_is_forgotten_makes_routes_cheaper_never_dearer() {
    let mut cheaper = 0;
    for seed in 0..200 {
        let mut random = Random::new(seed, 1);
        let problem = drawn(&mut random);
        let prices = drawn_prices(&problem, &mut random);
        let own = found(&problem, &prices, |node, mark| node == usize::from(mark), false);
        let all = found(&problem, &prices, |_, _| true, false);
        assert!(own.value <= all.value, "seed {seed}");
        cheaper += usize::from(own.value < all.value);
        // What is found without care is a route, if not the cheapest.
        assert!(found(&problem, &prices, |_, _| true, true).value >= all.value, "seed {seed}");
    }
    assert!(cheaper > 3, "{cheaper}");
}

#[test]
fn a_search_that_is_stopped_proves_nothing() {
    let problem = drawn(&mut Random::new(1, 0));
    let question = BoundTarget::level(&problem, 0, None);
    let staff = ShiftClasses::new(&problem).unwrap();
    let costs = Costs { problem: &problem, question: &question, calls: false };
    let graph = Graph::new(&costs, &staff.shifts[0].units[0], 1);
    let prizes = vec![1000; graph.count];
    let memory = vec![(0..graph.mark_count as u16).collect::<Vec<_>>(); graph.count];
    let effort = Effort { careless: false, labels: 1, routes: 20 };
    assert!(!routes(&problem, &graph, &prizes, &memory, effort, &|| false).complete);
}
