use super::*;
use crate::base::Random;
use crate::model::Amount;
use crate::tests::{built, depot, good, instance, line, load, need, person, slots, supply};
use crate::{Problem, ProblemData};

/// Needs that ask so much of one kind each, and a depot that has no end of it; its call has the number behind those of the needs.
fn asked(comes_back: bool, own: i64, asks: &[(i64, Handling)]) -> ProblemData {
    let mut data = line(&[0, 1]);
    let kind = good(&mut data, comes_back);
    let somebody = person(&mut data, 0, (0, 1000));
    somebody.capacity = load(100);
    somebody.shifts[0].carries = vec![Amount { good: kind, amount: own }];
    for &(amount, handling) in asks {
        need(&mut data, 1, (0, 1000), 0).goods = vec![supply(kind, amount, handling)];
    }
    depot(&mut data, 0, &[(kind, None)]);
    data
}

fn transfers(problem: &Problem, visits: &[SlotId]) -> Result<Vec<(u32, i64)>, usize> {
    let mut found = GoodsTransfers::default();
    found.plan_transfers(&instance(problem), UnitId(0), visits)?;
    Ok(found.transfers.iter().map(|transfer| (transfer.at, transfer.amount)).collect())
}

use Handling::{Carry, Collect, Deliver};

#[test]
fn a_call_takes_what_is_asked_until_the_next() {
    let problem = built(&asked(false, 0, &[(3, Deliver), (2, Deliver), (4, Deliver)]));
    assert_eq!(transfers(&problem, &slots([3, 0, 1, 3, 2])), Ok(vec![(0, 5), (3, 4)]));
    assert_eq!(transfers(&problem, &slots([3, 3, 0])), Ok(vec![(1, 3)]), "nothing at the first");
    assert_eq!(transfers(&problem, &slots([3, 0, 1, 2])), Ok(vec![(0, 9)]));
    assert_eq!(transfers(&problem, &slots([0, 3, 1])), Err(0), "the call comes too late");
}

#[test]
fn what_is_on_board_already_is_not_taken() {
    let problem = built(&asked(false, 4, &[(3, Deliver), (2, Deliver)]));
    assert_eq!(transfers(&problem, &slots([2, 0, 1])), Ok(vec![(0, 1)]));
    assert_eq!(transfers(&problem, &slots([0, 2, 1])), Ok(vec![(1, 1)]));
    assert_eq!(transfers(&problem, &slots([0, 1])), Err(1));
}

#[test]
fn what_comes_back_is_given_before_the_end() {
    let problem = built(&asked(true, 0, &[(2, Collect), (1, Deliver), (3, Carry)]));
    assert_eq!(transfers(&problem, &slots([0, 3])), Ok(vec![(1, -2)]));
    assert_eq!(transfers(&problem, &slots([0])), Err(0));
    assert_eq!(transfers(&problem, &slots([0, 1])), Err(1), "one of two is left over");
    assert_eq!(transfers(&problem, &slots([0, 1, 3])), Ok(vec![(2, -1)]));
    assert_eq!(
        transfers(&problem, &slots([3, 2, 3])),
        Ok(vec![(0, 3), (2, -3)]),
        "at hand, then brought back"
    );
    assert_eq!(transfers(&problem, &slots([3, 2])), Err(1));
}

/// One amount for each call, all tried: who can be served so is served, with no more on board than must be.
#[test]
fn as_little_as_possible_is_on_board() {
    let mut random = Random::new(5, 0);
    let (mut served, mut refused) = (0, 0);
    for _ in 0..400 {
        let comes_back = random.once_in(2);
        let mut asks = Vec::new();
        for _ in 0..3 {
            // What does not come back is collected by nobody.
            let handling = [Deliver, Carry, Collect][random.below(if comes_back { 3 } else { 2 }) as usize];
            asks.push((1 + i64::from(random.below(3)), handling));
        }
        let problem = built(&asked(comes_back, 0, &asks));
        let mut visits = slots([0, 1, 2]).to_vec();
        for _ in 0..random.below(3) {
            visits.insert(random.below(visits.len() as u32 + 1) as usize, SlotId(3));
        }
        let calls = visits.iter().filter(|slot| slot.0 == 3).count() as u32;
        let from = if comes_back { -9 } else { 0 };
        // What is on board behind each step, where everybody has what they ask for.
        let on_board = |amounts: &dyn Fn(usize) -> i64| {
            let mut here = 0;
            let mut all = Vec::new();
            for (at, &slot) in visits.iter().enumerate() {
                match asks.get(slot.index()) {
                    None => here += amounts(at),
                    Some(&(amount, Collect)) => here += amount,
                    Some(&(amount, _)) if here < amount => return None,
                    Some(&(amount, Deliver)) => here -= amount,
                    Some(_) => {}
                }
                all.push(here);
                if here < 0 {
                    return None;
                }
            }
            (!comes_back || here == 0).then_some(all)
        };
        let numbers = 0..19_i64.pow(calls);
        let tried = numbers.filter_map(|number| {
            let amount = |at: usize| {
                let before = visits[..at].iter().filter(|slot| slot.0 == 3).count() as u32;
                from + number / 19_i64.pow(before) % 19
            };
            on_board(&amount)
        });
        let least = tried.reduce(|one, other| one.iter().zip(&other).map(|(a, b)| *a.min(b)).collect());
        let found = transfers(&problem, &visits).ok().and_then(|moves| {
            on_board(&|at| {
                moves.iter().find(|(call, _)| *call as usize == at).map_or(0, |(_, amount)| *amount)
            })
        });
        assert_eq!(found, least, "{asks:?} {visits:?} {comes_back}");
        served += usize::from(found.is_some());
        refused += usize::from(found.is_none());
    }
    assert!(served > 50 && refused > 80, "{served} {refused}");
}

#[test]
fn two_parts_of_routes_become_one_with_the_calls_it_needs() {
    let mut data = asked(true, 0, &[(1, Deliver), (1, Deliver), (1, Collect)]);
    let both = |data: &ProblemData, head: &[SlotId], tail: &[SlotId]| {
        let problem = built(data);
        joined(&instance(&problem), UnitId(0), head, tail)
            .map(|visits| visits.iter().map(|s| s.0).collect::<Vec<_>>())
    };
    assert_eq!(both(&data, &slots([3, 0]), &slots([3, 1])), Some(vec![3, 0, 3, 1]), "as they are");
    assert_eq!(both(&data, &slots([3, 0]), &slots([3])), Some(vec![3, 0]), "an idle call goes");
    assert_eq!(both(&data, &[], &slots([0])), Some(vec![3, 0]), "one in between");
    assert_eq!(both(&data, &slots([0]), &slots([1])), None, "it would come too late");
    data.volunteers[0].shifts[0].most_calls = Some(1);
    assert_eq!(
        both(&data, &slots([3, 0]), &slots([3, 1])),
        Some(vec![3, 0, 1]),
        "without the calls of the tail"
    );
    data.volunteers[0].shifts[0].most_calls = Some(0);
    assert_eq!(both(&data, &slots([3, 0]), &slots([3, 1])), None);
}
