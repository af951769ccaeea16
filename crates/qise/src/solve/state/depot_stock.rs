//! What depots have at every moment, as the routes of a plan take and give.

use crate::model::{Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::depot_calls::LimitedStock;

/// Something that a route takes from a stock, or gives to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StockChange {
    pub(crate) stock: u32,
    /// When, where that matters.
    pub(crate) at: Time,
    /// Given where more than nothing, else taken.
    pub(crate) amount: i64,
}

/// The stocks that may run out, with what every route does to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct DepotStock {
    /// By stock, in order of time; of one moment what is given first.
    changes: Vec<Vec<(Time, bool, i64, UnitId)>>,
    /// The least that is ever left of each, and what is left in the end.
    least: Vec<i64>,
    last: Vec<i64>,
    /// How many stocks fall below nothing.
    short: usize,
}

impl DepotStock {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let shelves = &instance.depot_calls.stocks;
        let entries = shelves.iter().map(|_| Vec::new()).collect::<Vec<_>>();
        let least = shelves.iter().map(|shelf| least(shelf, &[])).collect();
        let last = shelves.iter().map(|shelf| last(shelf, &[])).collect();
        Self { changes: entries, least, last, short: 0 }
    }

    /// Whether no stock ever has less than nothing.
    #[inline]
    pub(crate) fn are_good(&self) -> bool {
        self.short == 0
    }

    /// Puts what a route does in place of what it did.
    pub(crate) fn set(
        &mut self,
        instance: &Instance<'_>,
        unit: UnitId,
        old: &[StockChange],
        new: &[StockChange],
    ) {
        if old == new {
            return;
        }
        for entry in old.iter().chain(new) {
            let list = &mut self.changes[entry.stock as usize];
            list.retain(|&(.., who)| who != unit);
        }
        for entry in new {
            let list = &mut self.changes[entry.stock as usize];
            let entry = (entry.at, entry.amount < 0, entry.amount, unit);
            list.insert(list.partition_point(|other| *other < entry), entry);
        }
        for entry in old.iter().chain(new) {
            let shelf = entry.stock as usize;
            let least = least(&instance.depot_calls.stocks[shelf], &self.changes[shelf]);
            self.last[shelf] = last(&instance.depot_calls.stocks[shelf], &self.changes[shelf]);
            let was_short = std::mem::replace(&mut self.least[shelf], least) < 0;
            self.short = self.short + usize::from(least < 0) - usize::from(was_short);
        }
    }

    /// What is left of a stock in the end.
    pub(crate) fn last(&self, shelf: u32) -> i64 {
        self.last[shelf as usize]
    }

    /// Whether no stock would ever have less than nothing if a route did this in place of what it does.
    pub(crate) fn would_hold(&self, instance: &Instance<'_>, unit: UnitId, new: &[StockChange]) -> bool {
        let mut list = Vec::new();
        new.iter().enumerate().all(|(k, entry)| {
            if new[..k].iter().any(|other| other.stock == entry.stock) {
                return true;
            }
            let shelf = entry.stock as usize;
            list.clear();
            list.extend(self.changes[shelf].iter().filter(|(.., who)| *who != unit));
            let own = new.iter().filter(|other| other.stock == entry.stock);
            list.extend(own.map(|own| (own.at, own.amount < 0, own.amount, unit)));
            list.sort_unstable();
            least(&instance.depot_calls.stocks[shelf], &list) >= 0
        })
    }

    /// Somebody whose route takes from a stock that falls below nothing, and when: the last who does.
    pub(crate) fn last_taker(&self) -> Option<(u32, UnitId)> {
        let shelf = self.least.iter().position(|&least| least < 0)?;
        let taker = self.changes[shelf].iter().rev().find(|(_, takes, ..)| *takes);
        taker.map(|&(.., unit)| (shelf as u32, unit))
    }
}

/// The least that is left of a stock at any moment.
fn least(shelf: &LimitedStock, entries: &[(Time, bool, i64, UnitId)]) -> i64 {
    let mut left = shelf.amount;
    if !shelf.timed {
        return entries.iter().map(|&(_, _, amount, _)| amount).fold(left, i64::saturating_add);
    }
    let mut restocks = shelf.restocks.iter().peekable();
    let mut least = left;
    for &(at, _, amount, _) in entries {
        while let Some((_, more)) = restocks.next_if(|(when, _)| *when <= at) {
            left += more;
        }
        left += amount;
        least = least.min(left);
    }
    least
}

/// What is left of a stock in the end.
fn last(shelf: &LimitedStock, entries: &[(Time, bool, i64, UnitId)]) -> i64 {
    let restocked = shelf.restocks.iter().map(|&(_, more)| more);
    entries.iter().map(|&(_, _, amount, _)| amount).chain(restocked).fold(shelf.amount, i64::saturating_add)
}

#[cfg(test)]
mod tests;
