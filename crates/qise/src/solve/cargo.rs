//! What is taken and given at the calls of a route, so that every visit finds what it asks for.
//!
//! As little as possible is on board: at each call just what is asked for until the next call that keeps the same kind; what comes back
//! is given at the first call that keeps it.

use super::calls::Ask;
use super::instance::Instance;
use crate::model::{GoodId, Handling, SlotId, UnitId};

/// What changes hands at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The number of the call in the sequence of visits and calls.
    pub(super) at: u32,
    pub(super) good: GoodId,
    /// Taken on board where more than nothing, else given.
    pub(super) amount: i64,
}

/// The stretch from one call that keeps a kind to the next.
struct Stretch {
    /// The call that begins it; nothing at the start of the route.
    call: Option<usize>,
    /// What is on board when it begins, before the call.
    on_board: i64,
    /// What is to be on board when it begins, after the call, at least.
    least: i64,
    /// What visits of it have added so far, less what they took.
    change: i64,
}

/// Works out what changes hands on a sequence of visits and calls, into `moves`.
///
/// # Errors
/// The number of a visit that cannot have what it asks for, or cannot be rid of it.
pub(super) fn stow(
    instance: &Instance<'_>,
    unit: UnitId,
    visits: &[SlotId],
    moves: &mut Vec<Move>,
) -> Result<(), usize> {
    moves.clear();
    let mut done: Vec<GoodId> = Vec::new();
    for &slot in visits {
        for ask in instance.calls.asks(slot) {
            if !done.contains(&ask.good) {
                done.push(ask.good);
                stow_one(instance, unit, visits, ask.good, moves)?;
            }
        }
    }
    moves.sort_unstable_by_key(|m| (m.at, m.good));
    Ok(())
}

fn stow_one(
    instance: &Instance<'_>,
    unit: UnitId,
    visits: &[SlotId],
    good: GoodId,
    moves: &mut Vec<Move>,
) -> Result<(), usize> {
    let own = instance.calls.own(unit, good);
    let comes_back = instance.calls.comes_back[good.index()];
    let mut stretch = Stretch { call: None, on_board: own, least: 0, change: 0 };
    let mut last = 0;
    let mut end = |stretch: &Stretch| {
        let mut on_board = stretch.on_board;
        if let Some(call) = stretch.call {
            let most = if comes_back { stretch.least.max(own.min(on_board)) } else { i64::MAX };
            let after = on_board.clamp(stretch.least.min(most), most);
            if after != on_board {
                moves.push(Move { at: call as u32, good, amount: after - on_board });
            }
            on_board = after;
        }
        on_board + stretch.change
    };
    for (v, &slot) in visits.iter().enumerate() {
        if instance.calls.of(slot).is_some_and(|call| call.keeps(good)) {
            let on_board = end(&stretch);
            stretch = Stretch { call: Some(v), on_board, least: 0, change: 0 };
            continue;
        }
        let Some(&Ask { amount, handling, .. }) = instance.calls.asks(slot).iter().find(|ask| ask.good == good)
        else {
            continue;
        };
        last = v;
        if handling == Handling::Collect {
            stretch.change += amount;
            continue;
        }
        stretch.least = stretch.least.max(amount - stretch.change);
        if stretch.call.is_none() && stretch.least > stretch.on_board {
            return Err(v);
        }
        if handling == Handling::Deliver {
            stretch.change -= amount;
        }
    }
    if comes_back && end(&stretch) > own {
        return Err(last);
    }
    if !comes_back {
        end(&stretch);
    }
    Ok(())
}
