use super::*;
use crate::Problem;
use crate::model::{ProfileId, RouteEnd};
use crate::query::ask::Asker;
use crate::solve::state::WorkingPlan;
use crate::tests::random::{self, Mix};
use crate::tests::{instance, planned};

fn problem(seed: u64) -> Problem {
    let mix = Mix { breaks: false, tight: false, windows: seed.is_multiple_of(2), ..Mix::all(10, 6) };
    random::problem(seed, mix)
}

/// No place costs less than its leg tells, and no leg less than the boxes around it.
#[test]
fn what_a_place_costs_at_least_is_no_more_than_it_costs() {
    let (mut places, mut close) = (0, 0);
    for seed in 0..48 {
        let problem = problem(seed);
        let instance = instance(&problem);
        let mut plan = planned(&instance);
        let index = Index::new(&instance, &plan, (usize::MAX, false), &|| 0.0);
        let mut asker = Asker::new(&instance);
        let left = plan.unserved().to_vec();
        // What is served is asked about too, once it is taken out.
        let served =
            problem.slot_ids().filter(|&slot| plan.unit_of(slot).is_some()).take(3).collect::<Vec<_>>();
        for slot in left.into_iter().chain(served) {
            plan.begin();
            if let Some(unit) = plan.unit_of(slot) {
                let at = plan.position(slot);
                plan.take_out(&instance, unit, &[at], &mut Vec::new());
            }
            let changed =
                plan.trial().changed().map(|unit| instance.unit(unit).volunteer).collect::<Vec<_>>();
            let query = Query::new(&instance, index.times_and_preferences(), slot, None);
            let tree = &index.group(slot).tree;
            let few = index.preferences.few(&instance, slot).collect::<Vec<_>>();
            for unit in problem.unit_ids() {
                // Of routes that have changed since, and of those asked apart, nothing is told.
                if changed.contains(&instance.unit(unit).volunteer) || few.contains(&unit) {
                    continue;
                }
                let Some(found) = asker.ask(&instance, &mut plan, slot, unit) else { continue };
                let own = tree.legs.iter().filter(|leg| leg.unit == unit);
                let least = own
                    .filter_map(|leg| query.least(tree, query.away2(&leg.middle, &leg.middle), &leg.traits));
                let least = least.min();
                if index.group(slot).apart.contains(&unit) {
                    continue;
                }
                assert!(
                    least.is_some_and(|least| least <= found.crew.cost),
                    "seed {seed}: {slot:?} {unit:?} {least:?} {}",
                    found.crew.cost
                );
                places += 1;
                close += usize::from(
                    least.is_some_and(|least| least * 2 > found.crew.cost && found.crew.cost > 0),
                );
            }
            for node in &tree.nodes {
                let outer = query.least(tree, query.away2(&node.low, &node.high), &node.traits);
                for inner in node.first..node.first + node.count {
                    let inner = if node.is_leaf {
                        let Leg { middle, traits, .. } = &tree.legs[inner as usize];
                        query.least(tree, query.away2(middle, middle), traits)
                    } else {
                        let node = &tree.nodes[inner as usize];
                        query.least(tree, query.away2(&node.low, &node.high), &node.traits)
                    };
                    assert!(
                        inner.is_none() || outer.is_some_and(|outer| Some(outer) <= inner),
                        "seed {seed}"
                    );
                }
            }
            plan.undo(&instance);
        }
    }
    assert!(places > 100 && close > 20, "{places} {close}");
}

/// Everybody is named who suits, the least first, and not twice with less.
#[test]
fn the_least_come_first_and_nobody_is_left_out() {
    for seed in 0..24 {
        let problem = problem(seed);
        let instance = instance(&problem);
        let plan = planned(&instance);
        for most in [usize::MAX, 0] {
            let index = Index::new(&instance, &plan, (most, false), &|| 0.0);
            for slot in problem.slot_ids() {
                let query = Query::new(&instance, index.times_and_preferences(), slot, None);
                let mut frontier = Frontier::default();
                frontier.begin(&instance, &index, slot, &query);
                let (mut last, mut named) = (i64::MIN, Vec::new());
                while let Some(Next::Named(unit, least)) = frontier.next(&index, slot, &query, i64::MAX) {
                    assert!(least == i64::MIN || least >= last, "seed {seed}");
                    last = last.max(least);
                    named.push(unit);
                }
                let mut asker = Asker::new(&instance);
                if plan.unit_of(slot).is_none() {
                    let mut plan = plan.clone();
                    for unit in problem.unit_ids() {
                        let comes = asker.ask(&instance, &mut plan, slot, unit).is_some();
                        assert!(!comes || named.contains(&unit), "seed {seed}: {slot:?} {unit:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn numbers_and_items_are_one_to_one_and_those_known_best_come_first() {
    let items = [Item::Unit(UnitId(u32::MAX)), Item::Leg(3, 7), Item::Box(0, 0)];
    let numbers = items.map(Item::number);
    assert!(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
    assert_eq!(numbers.map(|number| Item::of(number).number()), numbers);
}

#[test]
fn who_goes_by_a_table_is_asked_apart() {
    let mut data = problem(1).to_data();
    let places = data.places.len();
    data.profiles[1].rule = crate::model::TravelRule::Matrix(crate::model::TravelMatrix {
        places: (0..places).map(crate::model::PlaceId::new).collect(),
        seconds: vec![60; places * places],
        metres: vec![60; places * places],
    });
    data.needs.iter_mut().for_each(|need| need.roles[0].pin = None);
    let problem = crate::tests::built(&data);
    let instance = instance(&problem);
    let index = Index::new(&instance, &WorkingPlan::new(&instance), (usize::MAX, false), &|| 0.0);
    assert!(problem.slot_ids().any(|slot| !index.group(slot).apart.is_empty()));
    for slot in problem.slot_ids() {
        let Group { apart, tree, .. } = index.group(slot);
        let by_table = |unit: UnitId| problem.volunteer(problem.unit(unit).volunteer).profile == ProfileId(1);
        assert!(apart.iter().all(|&unit| by_table(unit)) && tree.legs.iter().all(|leg| !by_table(leg.unit)));
        // Nobody is out: one leg each, open where the route ends anywhere.
        for leg in &tree.legs {
            let unit = problem.unit(leg.unit);
            let shift = &problem.volunteer(unit.volunteer).shifts[unit.shift as usize];
            assert_eq!(leg.traits.closed, shift.to != RouteEnd::Anywhere);
            assert!(leg.traits.idle);
        }
    }
}
