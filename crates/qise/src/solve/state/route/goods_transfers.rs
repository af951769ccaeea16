//! What is taken and given at the calls of a route, so that every visit finds what it asks for.
//!
//! As little as possible is on board: at each call just what is asked for until the next call that keeps the same kind; what comes back
//! is given at the first call that keeps it.

use crate::model::{GoodId, Handling, SlotId, UnitId};
use crate::solve::instance::Instance;

/// What changes hands at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Transfer {
    /// The number of the call in the sequence of visits and calls.
    pub(crate) at: u32,
    pub(crate) good: GoodId,
    /// Taken on board where more than nothing, else given.
    pub(crate) amount: i64,
}

/// The stretch from one call that keeps a kind to the next.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    good: GoodId,
    /// The call that begins it; nothing at the start of the route.
    call: Option<u32>,
    /// What is on board when it begins, before the call.
    on_board: i64,
    /// What is to be on board when it begins, after the call, at least.
    least: i64,
    /// What visits of it have added so far, less what they took.
    change: i64,
    /// What the unit has on board at its start.
    own: i64,
    /// The last visit that has to do with the kind.
    last: usize,
}

/// Buffers for working out what changes hands.
#[derive(Clone, Debug, Default)]
pub(crate) struct GoodsTransfers {
    /// What changes hands, in the order of the calls.
    pub(crate) transfers: Vec<Transfer>,
    stretches: Vec<Stretch>,
}

impl GoodsTransfers {
    /// Works out what changes hands on a sequence of visits and calls.
    ///
    /// # Errors
    /// The number of a visit that cannot have what it asks for, or cannot be rid of it.
    pub(crate) fn plan_transfers(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        visits: &[SlotId],
    ) -> Result<(), usize> {
        let calls = &instance.depot_calls;
        self.transfers.clear();
        self.stretches.clear();
        for (v, &slot) in visits.iter().enumerate() {
            if let Some(call) = calls.of(slot) {
                for stretch in self.stretches.iter_mut().filter(|stretch| call.keeps(stretch.good)) {
                    let on_board = stretch.end(calls.comes_back[stretch.good.index()], &mut self.transfers);
                    (stretch.on_board, stretch.call) = (on_board, Some(v as u32));
                    (stretch.least, stretch.change) = (0, 0);
                }
                continue;
            }
            for ask in calls.asks(slot) {
                let known = self.stretches.iter().position(|stretch| stretch.good == ask.good);
                let at = known.unwrap_or_else(|| {
                    // Nobody has asked for it so far: only the last call counts.
                    let keeps = |&slot: &SlotId| calls.of(slot).is_some_and(|call| call.keeps(ask.good));
                    let call = visits[..v].iter().rposition(keeps).map(|call| call as u32);
                    let own = calls.own(unit, ask.good);
                    let (good, on_board) = (ask.good, own);
                    self.stretches.push(Stretch { good, call, on_board, least: 0, change: 0, own, last: v });
                    self.stretches.len() - 1
                });
                let stretch = &mut self.stretches[at];
                stretch.last = v;
                if ask.handling == Handling::Collect {
                    stretch.change += ask.amount;
                    continue;
                }
                stretch.least = stretch.least.max(ask.amount - stretch.change);
                if stretch.call.is_none() && stretch.least > stretch.on_board {
                    return Err(v);
                }
                if ask.handling == Handling::Deliver {
                    stretch.change -= ask.amount;
                }
            }
        }
        for stretch in &self.stretches {
            let comes_back = calls.comes_back[stretch.good.index()];
            if stretch.end(comes_back, &mut self.transfers) > stretch.own && comes_back {
                return Err(stretch.last);
            }
        }
        self.transfers.sort_unstable();
        Ok(())
    }
}

impl Stretch {
    /// What is on board when it ends; what changes hands at the call that begins it is added to `moves`.
    fn end(&self, comes_back: bool, moves: &mut Vec<Transfer>) -> i64 {
        let Some(call) = self.call else { return self.on_board + self.change };
        let most = if comes_back { self.least.max(self.own.min(self.on_board)) } else { i64::MAX };
        let after = self.on_board.clamp(self.least, most);
        if after != self.on_board {
            moves.push(Transfer { at: call, good: self.good, amount: after - self.on_board });
        }
        after + self.change
    }
}

/// A head of a route and a tail of another as one route, its goods supplied: as they are, without the calls of the tail, or with a call
/// between the two; nothing where none of that will do.
pub(crate) fn joined(
    instance: &Instance<'_>,
    unit: UnitId,
    head: &[SlotId],
    tail: &[SlotId],
) -> Option<Vec<SlotId>> {
    let mut cargo = GoodsTransfers::default();
    let mut visits = [head, tail].concat();
    let calls = |visits: &[SlotId]| visits.iter().filter(|&&slot| instance.is_depot_visit(slot)).count();
    let lacking = match drop_idle(instance, unit, &mut cargo, &mut visits) {
        Ok(()) if calls(&visits) <= instance.depot_calls.most(unit) => return Some(visits),
        Ok(()) => None,
        Err(visit) => Some(visits[visit]),
    };
    visits.clear();
    visits.extend_from_slice(head);
    if let Some(lacking) = lacking {
        let call = instance.depot_calls.before(lacking).first().filter(|calls| calls.len() == 1)?;
        visits.extend_from_slice(call);
        visits.extend_from_slice(tail);
    } else {
        visits.extend(tail.iter().copied().filter(|&slot| !instance.is_depot_visit(slot)));
    }
    let supplied = drop_idle(instance, unit, &mut cargo, &mut visits).is_ok();
    (supplied && calls(&visits) <= instance.depot_calls.most(unit)).then_some(visits)
}

/// Takes out the calls at which nothing changes hands.
///
/// # Errors
/// The number of a visit that cannot have what it asks for; then nothing is taken out.
fn drop_idle(
    instance: &Instance<'_>,
    unit: UnitId,
    cargo: &mut GoodsTransfers,
    visits: &mut Vec<SlotId>,
) -> Result<(), usize> {
    cargo.plan_transfers(instance, unit, visits)?;
    let mut at = 0;
    visits.retain(|&slot| {
        let idle = instance.is_depot_visit(slot) && !cargo.transfers.iter().any(|m| m.at == at);
        at += 1;
        !idle
    });
    Ok(())
}

#[cfg(test)]
mod tests;
