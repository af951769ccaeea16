use super::*;
use crate::base::Random;
use crate::model::{SlotId, UnitId};
use crate::tests::{built, line, need, person, weighing};

/// Somebody at home at 0 and one more like them, and up to five needs at random times: travel costs 2, going out 5.
pub(super) fn drawn(random: &mut Random) -> Problem {
    let mut below = |most: u32| i64::from(random.below(most));
    let points = [0, 3, 8, 15, 22, 30];
    let mut data = line(&points);
    data.objective = weighing(&[
        (Term::UnservedPriority, 40),
        (Term::TravelTime, 2),
        (Term::People, 5),
        (Term::Tardiness, 1),
    ]);
    for _ in 0..2 {
        let somebody = person(&mut data, 0, (0, 60 + below(20)));
        somebody.per_day.visits = (below(3) == 0).then_some(2);
    }
    let somebody = data.volunteers[0].clone();
    data.volunteers[1] = crate::model::Volunteer { key: "v1".into(), ..somebody };
    // Where everything may be done at any time, only the order of the ways counts.
    let wide = below(2) == 0;
    for place in 1..4 + below(3) as u32 {
        let from = below(40);
        let window = (from, from + below(25));
        let asked = need(&mut data, place, if wide { (0, 70) } else { window }, 1 + below(9));
        asked.priority = 1 + below(4) as u32;
        if below(3) == 0 {
            let start_by = Some(crate::model::Time(from + below(10)));
            asked.promise = Some(crate::model::Promise { start_by, finish_by: None, hard: false });
        }
    }
    built(&data)
}

/// The cheapest route of the first person by trying every order of every set of needs, each paid its price; nothing where none costs less
/// than nothing. In the units of the objective.
pub(super) fn cheapest(problem: &Problem, prices: &[i64]) -> i64 {
    fn go(problem: &Problem, prices: &[i64], route: &mut Vec<SlotId>, (cost, free): (i64, i64)) -> i64 {
        let unit = problem.unit(UnitId(0));
        let here = route.last().map_or(unit.from, |&slot| problem.place_of(slot));
        let back = problem.travel().seconds(unit.mode, here, unit.from).0;
        let mut best = 0;
        if !route.is_empty() && free + back <= unit.end.0 {
            best = best.min(cost + 2 * back);
        }
        let visits = problem.volunteer(unit.volunteer).per_day.visits.unwrap_or(99) as usize;
        for slot in problem.slot_ids().filter(|_| route.len() < visits).collect::<Vec<_>>() {
            if route.contains(&slot) {
                continue;
            }
            let travel = problem.travel().seconds(unit.mode, here, problem.place_of(slot)).0;
            let window = problem.windows_of(slot)[0];
            let start = window.from.0.max(free + travel);
            if start > window.to.0 {
                continue;
            }
            let promised = problem.need_of(slot).promise.and_then(|p| p.start_by).map_or(i64::MAX, |by| by.0);
            let late = (start - promised).max(0);
            let out = if route.is_empty() { 5 } else { 0 };
            let cost = cost + out + 2 * travel + late - prices[slot.index()];
            route.push(slot);
            best = best.min(go(problem, prices, route, (cost, start + problem.ordinary_service(slot).0)));
            route.pop();
        }
        best
    }
    let start = problem.unit(UnitId(0)).start.0;
    go(problem, prices, &mut Vec::new(), (0, start))
}

pub(super) fn drawn_prices(problem: &Problem, random: &mut Random) -> Vec<i64> {
    problem.slots().iter().map(|_| i64::from(random.below(90))).collect()
}

#[test]
fn a_gap_is_a_share_of_what_the_plan_reaches() {
    let gap = |value, plan| Bound { value, relaxation: Relaxation::Asked, plan, passed_over: Vec::new() };
    assert_eq!(gap(90, Some(100)).gap_percent(), Some(10.0));
    assert_eq!(gap(110, Some(100)).gap_percent(), Some(10.0));
    assert_eq!((gap(0, Some(0)).gap_percent(), gap(5, Some(0)).gap_percent()), (Some(0.0), None));
    assert!(gap(50, Some(100)).says_something() && !gap(49, Some(100)).says_something());
    assert!(gap(50, None).gap_percent().is_none() && !gap(50, None).says_something());
}

/// The least cost of any plan for two, by trying who serves what; and what the closest bound says of it.
#[test]
fn no_plan_is_below_its_bound_and_some_reach_it() {
    let mut reached = 0;
    for seed in 0..40 {
        let problem = drawn(&mut Random::new(seed, 5));
        let count = problem.slots().len();
        let mut least = i64::MAX;
        for split in 0..3_u32.pow(count as u32) {
            let who = |slot: usize| split / 3_u32.pow(slot as u32) % 3;
            // One who must serve all that is theirs: whatever is theirs is worth more than any route costs.
            let route = |person: u32| {
                let mine = (0..count).filter(|&slot| who(slot) == person).count() as i64;
                let prices = (0..count).map(|slot| if who(slot) == person { 1_000_000 } else { -1_000_000 });
                cheapest(&problem, &prices.collect::<Vec<_>>()) + mine * 1_000_000
            };
            let left = problem.slot_ids().filter(|slot| who(slot.index()) == 2);
            let left = left.map(|slot| 40 * i64::from(problem.need_of(slot).priority)).sum::<i64>();
            least = least.min(left + route(0) + route(1));
        }
        for closest in [Relaxation::Hours, Relaxation::Knapsack, Relaxation::Routes] {
            let options = Options { closest, rounds: Some(200), aim: Aim::Effort, ..Options::default() };
            let found = bound(&problem, None, &options, &crate::Stop::never()).levels[0].bound.value;
            assert!(found <= least, "seed {seed}, {closest}: {found} of {least}");
            reached += usize::from(closest == Relaxation::Routes && found == least);
        }
    }
    assert!(reached > 20, "{reached}");
}
