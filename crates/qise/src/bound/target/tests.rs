use super::*;
use crate::ProblemData;
use crate::base::Random;
use crate::model::{Objective, Weighted};
use crate::tests::{built, line, need, person, weighing};

fn item(group: usize, won: i64, uses: i64) -> Item {
    Item { group, won, uses }
}

#[test]
fn the_richest_items_are_taken_and_the_last_is_cut() {
    let (won, shares) = fill(vec![item(0, 10, 10), item(1, 30, 10), item(2, 20, 10)], 25);
    assert_eq!(won, 30 + 20 + 5);
    assert_eq!(shares, [(1, 1.0), (2, 1.0), (0, 0.5)]);
    assert_eq!(fill(vec![item(0, 10, 3)], 1).0, 4, "rounded up");
    assert_eq!(fill(vec![item(0, 10, 0)], -5).0, 10, "what uses nothing");
    assert_eq!(fill(vec![item(0, 10, 1)], -5).0, 0);
}

#[test]
fn no_set_of_whole_items_wins_more() {
    let mut random = Random::new(9, 0);
    for _ in 0..500 {
        let items = (0..6)
            .map(|g| item(g, i64::from(random.below(50)), i64::from(random.below(9))))
            .collect::<Vec<_>>();
        let most = i64::from(random.below(25));
        let sum = |set: u32, of: fn(&Item) -> i64| {
            items.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1).map(|(_, item)| of(item)).sum::<i64>()
        };
        let sets = (0..64).filter(|&set| sum(set, |item| item.uses) <= most);
        let best = sets.map(|set| sum(set, |item| item.won)).max().unwrap();
        let (won, _) = fill(items.clone(), most);
        assert!(won >= i128::from(best) && won <= i128::from(best) + 50, "{items:?} {most}");
    }
}

/// Three needs of priority 2, 3 and 5, of which the last two are ways to do one thing.
fn three(objective: Objective) -> ProblemData {
    let mut data = line(&[0]);
    data.objective = objective;
    person(&mut data, 0, (0, 100));
    for priority in [2, 3, 5] {
        need(&mut data, 0, (0, 90), 1).priority = priority;
    }
    data.choices = vec![vec![NeedId(1), NeedId(2)]];
    data
}

fn asked(data: &ProblemData, target: &BoundTarget, able: [bool; 3]) -> Asked {
    target.asked(&built(data), 1, &able)
}

#[test]
fn a_group_is_left_at_its_dearest_way_or_done_for_what_a_lesser_way_loses() {
    let data = three(weighing(&[(Term::UnservedPriority, 1)]));
    let found = asked(&data, &BoundTarget::priority(), [true; 3]);
    let scale = found.scale;
    let groups = found.groups.iter().map(|group| {
        let ways = group.ways.iter().map(|way| (way.first, way.end, way.extra / scale)).collect::<Vec<_>>();
        (group.leave.map(|leave| leave / scale), ways)
    });
    assert_eq!(
        groups.collect::<Vec<_>>(),
        [(Some(2), vec![(0, 1, 0)]), (Some(5), vec![(1, 2, 2), (2, 3, 0)])]
    );
    assert!(scale > 1000 && scale.count_ones() == 1, "a power of two: {scale}");
    let prices = |prices: [i64; 3]| prices.map(|price| price * scale);
    // At price 1 and 4 the second group is done in its first way, for 2 and 1; the first is left.
    assert_eq!(found.value(&prices([3, 1, 4]), None), i128::from((2 + 3) * scale));
    let mut left = [9.0; 2];
    assert_eq!(found.value(&prices([1, 9, 9]), Some(&mut left)), i128::from((1 + 5) * scale));
    assert_eq!(left.map(|share: f64| share > 0.5), [false, true]);
}

#[test]
fn what_nobody_can_do_is_left() {
    let data = three(weighing(&[(Term::UnservedPriority, 1)]));
    let found = asked(&data, &BoundTarget::priority(), [false, true, false]);
    assert_eq!(
        found.value(&[0; 3], None),
        i128::from((2 + 2) * found.scale),
        "and only the lesser way is there"
    );
}

#[test]
fn limits_of_earlier_levels_bound_what_is_left() {
    let terms = [Term::Unserved, Term::TravelTime];
    let data = three(Objective::ordered(&terms));
    let problem = built(&data);
    let target = BoundTarget::level(&problem, 1, None);
    assert!(target.weighs_routes() && !target.weighs_left() && target.passed_over().is_empty());
    let found = target.asked(&problem, 1, &[true; 3]);
    assert!(found.groups.iter().all(|group| group.leave.is_none()), "nothing may be left");
    let found = target.asked(&problem, 1, &[false, true, true]);
    assert_eq!(found.groups[0].leave, Some(0), "but what nobody can do");
    // A plan that leaves one: for 20 and 30 the dearer is left.
    let mut score = problem.objective().score(&crate::model::Terms::default());
    score.levels[0] = 1;
    let found = BoundTarget::level(&problem, 1, Some(&score)).asked(&problem, 1, &[true; 3]);
    assert_eq!(found.limits(), [1]);
    assert_eq!(found.value(&[20, 30, 40], None), 20);
}

#[test]
fn what_is_handed_to_others_takes_of_their_budget() {
    let mut data = three(weighing(&[(Term::UnservedPriority, 1)]));
    data.choices.clear();
    data.outsourcing = 6;
    data.needs[0].outsource = Some(7);
    data.needs[1].outsource = Some(4);
    data.needs[2].outsource = Some(6);
    let found = asked(&data, &BoundTarget::priority(), [false; 3]);
    assert_eq!(
        found.groups.iter().map(Group::outsource).collect::<Vec<_>>(),
        [None, Some((4, 0)), Some((6, 0))]
    );
    let able = asked(&data, &BoundTarget::priority(), [true; 3]);
    let scale = able.scale;
    // Doing them costs 2, 2 and 3: of 4 and 6 a whole and a third, rounded up, fit into 6 by what they win.
    assert_eq!(
        able.value(&[2 * scale, 2 * scale, 3 * scale], None),
        i128::from(7 * scale - 2 * scale - scale)
    );
}

#[test]
fn terms_that_no_route_tells_are_passed_over() {
    let mut objective = weighing(&[(Term::Load, 2), (Term::Waiting, 1), (Term::People, 1)]);
    objective.levels.push(vec![Weighted { term: Term::Unserved, weight: 3 }]);
    let problem = built(&three(objective));
    let first = BoundTarget::level(&problem, 0, None);
    assert_eq!(first.passed_over(), [Term::Waiting, Term::Load]);
    assert!(first.weighs_routes() && !first.weighs_left());
    let second = BoundTarget::level(&problem, 1, None);
    assert!(second.weighs_left() && !second.weighs_routes() && second.weight(Term::Unserved) == 3);
}

#[test]
fn products_and_scaled_costs_stay_in_range() {
    assert_eq!((capped(3, 4), capped(3, -4), capped(i64::MAX, 2)), (12, 0, MOST_COST));
    assert_eq!((scaled(3, 4), scaled(i64::MAX, 2)), (12, 2 * MOST_SCALED));
}
