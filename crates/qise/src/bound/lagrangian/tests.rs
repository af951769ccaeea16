use super::*;
use crate::base::Random;
use crate::bound::subgradient::{Priced, ascend, first_prices};
use crate::bound::tests::{cheapest, drawn, drawn_prices};

/// Any prices give a bound: that of two people alike, each at the cheapest route, and of needs at their prices or left.
#[test]
fn the_sum_is_what_needs_cost_at_their_prices_and_what_shifts_win() {
    for seed in 0..100 {
        let mut random = Random::new(seed, 3);
        let problem = drawn(&mut random);
        let question = BoundTarget::level(&problem, 0, None);
        let staff = ShiftClasses::new(&problem).unwrap();
        let mut ground = LagrangianProblem::new(&problem, &staff, &question);
        let scale = ground.asked.scale;
        let prices = drawn_prices(&problem, &mut random);
        let scaled = prices.iter().map(|price| price * scale).collect::<Vec<_>>();
        let asked = problem.slot_ids().map(|slot| {
            let leave = 40 * i64::from(problem.need_of(slot).priority);
            if staff.able[slot.index()] { prices[slot.index()].min(leave) } else { leave }
        });
        let exact = asked.sum::<i64>() + 2 * cheapest(&problem, &prices);
        ground.deepen();
        let memory = ground
            .graphs
            .iter()
            .map(|graphs| graphs.iter().map(|g| vec![(0..g.mark_count as u16).collect(); g.count]).collect());
        let memory = memory.collect::<Vec<Vec<Vec<Vec<u16>>>>>();
        let effort = Effort { careless: false, labels: 100_000, routes: 1 };
        let found = ground.routes(&scaled, &memory, effort, &|| false);
        let values = found.iter().map(|units| i128::from(units[0].value)).collect::<Vec<_>>();
        assert_eq!(ground.sum(&scaled, &values), i128::from(exact * scale), "seed {seed}");
        let mut slack = vec![0.0; prices.len()];
        let by_sacks = ground.by_sacks(&scaled, &mut slack);
        assert!(by_sacks <= i128::from(exact * scale), "seed {seed}");
        assert_eq!(by_sacks, ground.sum(&scaled, &ground.sack_values(&scaled)), "seed {seed}");
    }
}

#[test]
fn a_fraction_more_than_a_number_proves_the_next() {
    let problem = drawn(&mut Random::new(0, 3));
    let question = BoundTarget::priority();
    let staff = ShiftClasses::new(&problem).unwrap();
    let ground = LagrangianProblem::new(&problem, &staff, &question);
    let scale = i128::from(ground.asked.scale);
    assert_eq!([-1, 0, 1, scale, scale + 1].map(|value| ground.proven(value)), [0, 0, 1, 1, 2]);
    assert_eq!(LagrangianProblem::whole(&[-3.0, 2.4, 2.6, 1e30]), [0, 2, 3, MOST_PRICE as i64]);
}

#[test]
fn better_prices_prove_more() {
    let mut better = 0;
    for seed in 0..40 {
        let problem = drawn(&mut Random::new(seed, 4));
        let question = BoundTarget::level(&problem, 0, None);
        let staff = ShiftClasses::new(&problem).unwrap();
        let ground = LagrangianProblem::new(&problem, &staff, &question);
        let prices = first_prices(&ground, 1.0);
        let mut slack = vec![0.0; prices.len()];
        let first = ground.by_sacks(&LagrangianProblem::whole(&prices), &mut slack);
        let mut best = Priced { prices, value: first };
        let steps = ascend(&ground, &mut best, None, 300, &|| false);
        assert!(steps <= 300 && best.value >= first, "seed {seed}");
        let again = ground.by_sacks(&LagrangianProblem::whole(&best.prices), &mut slack);
        assert_eq!(again, best.value, "seed {seed}: the prices prove it");
        better += usize::from(best.value > first);
        let target = ground.proven(best.value);
        assert_eq!(ascend(&ground, &mut best, Some(target), 300, &|| false), 0, "it is proven already");
        assert_eq!(ascend(&ground, &mut best, None, 300, &|| true), 0);
    }
    assert!(better > 20, "{better}");
}
