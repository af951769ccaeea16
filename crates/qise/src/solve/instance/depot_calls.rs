//! Calls at depots, as the search puts them into routes: slots behind those of the needs.
//!
//! A call has no need and no number of its own: one slot stands for every call at a depot, in however many routes. Where a depot
//! awaits goods, it has one more slot for each moment at which some come in, open from that moment on: whoever calls by that
//! slot may count on them.

use crate::model::{
    Amount, DepotId, GoodId, Handling, NeedId, Problem, Seconds, SlotId, Time, UnitId, Window,
};

/// Depots asked for a need, the nearest that have what it asks for.
const NEAREST: usize = 4;

/// The calls of a problem. Empty where no need asks for goods and nobody has any on board.
#[derive(Clone, Debug, Default)]
pub(crate) struct DepotCalls {
    /// The number of the first.
    first: u32,
    list: Vec<DepotVisitSlot>,
    /// What each need asks of goods, by its first slot.
    asks: Vec<Vec<Ask>>,
    /// For each need the calls before it that find what it asks for, one after the other, and those after it that rid it of what must go.
    before: Vec<Vec<Vec<SlotId>>>,
    after: Vec<Vec<SlotId>>,
    /// What each unit has on board at its start.
    own: Vec<Vec<Amount>>,
    /// Calls on a route at most.
    most: Vec<u32>,
    /// What a depot may run out of.
    pub(crate) stocks: Vec<LimitedStock>,
    /// What one of each kind takes on board, of each dimension.
    pub(crate) weights: Vec<Vec<i64>>,
    pub(crate) comes_back: Vec<bool>,
}

/// A call at a depot, no sooner than some moment.
#[derive(Clone, Debug)]
pub(crate) struct DepotVisitSlot {
    pub(crate) depot: DepotId,
    windows: Vec<Window>,
    /// The kinds that the depot keeps, in order, and the limited stock of each where it may run out.
    kept: Vec<(GoodId, Option<u32>)>,
}

/// Where a need asks for calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wants {
    pub(crate) before: bool,
    pub(crate) after: bool,
}

/// What a need asks of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) good: GoodId,
    pub(crate) amount: i64,
    pub(crate) handling: Handling,
}

/// A stock that may run out.
#[derive(Clone, Debug)]
pub(crate) struct LimitedStock {
    /// What is there at first, and what comes in later.
    pub(crate) amount: i64,
    pub(crate) restocks: Vec<(Time, i64)>,
    /// Whether it matters when something is taken: more comes in, or comes back.
    pub(crate) timed: bool,
}

impl DepotCalls {
    pub(crate) fn new(problem: &Problem) -> Self {
        if !problem.has_goods() {
            return Self { first: u32::MAX, ..Self::default() };
        }
        let mut calls = Self {
            first: problem.slots().len() as u32,
            weights: problem.goods().iter().map(|good| weight(problem, &good.load)).collect(),
            comes_back: problem.goods().iter().map(|good| good.comes_back).collect(),
            own: problem.units().iter().map(|unit| problem.carries(unit).collect()).collect(),
            most: problem.units().iter().map(|u| problem.shift(u).most_calls.unwrap_or(u32::MAX)).collect(),
            ..Self::default()
        };
        for own in &mut calls.own {
            merge(own);
        }
        for (d, depot) in problem.depots().iter().enumerate() {
            let kept = depot.stocks.iter().map(|stock| {
                let shelf = stock.amount.map(|amount| {
                    let restocks = stock.restocks.iter().map(|restock| (restock.at, restock.amount));
                    let restocks = restocks.collect::<Vec<_>>();
                    let timed = !restocks.is_empty() || problem.good(stock.good).comes_back;
                    calls.stocks.push(LimitedStock { amount, restocks, timed });
                    calls.stocks.len() as u32 - 1
                });
                (stock.good, shelf)
            });
            let kept = kept.collect::<Vec<_>>();
            let mut moments =
                depot.stocks.iter().flat_map(|stock| &stock.restocks).map(|r| r.at).collect::<Vec<_>>();
            moments.push(Time::MIN);
            moments.sort_unstable();
            moments.dedup();
            for from in moments {
                let always = [Window::ALWAYS];
                let windows = if depot.windows.is_empty() { &always[..] } else { &depot.windows };
                let windows = windows.iter().filter(|w| w.to >= from);
                let windows =
                    windows.map(|w| Window { from: w.from.max(from), to: w.to }).collect::<Vec<_>>();
                if !windows.is_empty() {
                    calls.list.push(DepotVisitSlot { depot: DepotId::new(d), windows, kept: kept.clone() });
                }
            }
        }
        calls.asks = problem.slot_ids().map(|slot| asks(problem, slot)).collect();
        calls.before = problem.slot_ids().map(|slot| calls.befores(problem, slot)).collect();
        calls.after = problem.slot_ids().map(|slot| calls.afters(problem, slot)).collect();
        calls
    }

    /// Brings the slots of a need that has changed up to date.
    pub(super) fn refresh(&mut self, problem: &Problem, need: NeedId) {
        if !problem.has_goods() {
            return;
        }
        for slot in problem.room_of(need) {
            self.asks[slot.index()] = asks(problem, slot);
            self.before[slot.index()] = self.befores(problem, slot);
            self.after[slot.index()] = self.afters(problem, slot);
        }
    }

    /// Brings a unit that has changed up to date.
    pub(super) fn refresh_unit(&mut self, problem: &Problem, id: UnitId) {
        if problem.has_goods() {
            let unit = problem.unit(id);
            self.own[id.index()] = problem.carries(unit).collect();
            merge(&mut self.own[id.index()]);
            self.most[id.index()] = problem.shift(unit).most_calls.unwrap_or(u32::MAX);
        }
    }

    /// The nearest calls that satisfy `good`, with how far they are, by depot.
    fn nearest(
        &self,
        problem: &Problem,
        slot: SlotId,
        good: impl Fn(&DepotVisitSlot) -> bool,
    ) -> Vec<(Seconds, SlotId)> {
        let Some(unit) = problem.units().first() else { return Vec::new() };
        let place = problem.place_of(slot);
        let away = |call: &DepotVisitSlot| {
            problem.travel().seconds(unit.mode, problem.depot(call.depot).place, place)
        };
        let near = self.list.iter().enumerate().filter(|(_, call)| good(call));
        let mut near = near.map(|(c, call)| (away(call), call.depot, c)).collect::<Vec<_>>();
        near.sort_unstable();
        let mut depots: Vec<DepotId> = Vec::new();
        near.retain(|&(_, depot, _)| {
            if !depots.contains(&depot) && depots.len() < NEAREST {
                depots.push(depot);
            }
            depots.contains(&depot)
        });
        near.into_iter().map(|(away, _, c)| (away, SlotId(self.first + c as u32))).collect()
    }

    /// Ways to come by what a need asks for, the most likely first: one call that has it all, one that has some of it, where the rest is
    /// on board anyway, or two one after the other.
    fn befores(&self, problem: &Problem, slot: SlotId) -> Vec<Vec<SlotId>> {
        let asks = self.asks[slot.index()].iter().filter(|ask| ask.handling != Handling::Collect);
        let goods = asks.map(|ask| ask.good).collect::<Vec<_>>();
        if goods.is_empty() {
            return Vec::new();
        }
        let keeps_all = |call: &DepotVisitSlot| goods.iter().all(|&good| call.keeps(good));
        let all = self.nearest(problem, slot, keeps_all);
        let mut some = Vec::new();
        if goods.len() > 1 {
            for &good in &goods {
                some.extend(self.nearest(problem, slot, |call| call.keeps(good) && !keeps_all(call)));
            }
            some.sort_unstable();
            some.dedup();
        }
        let either = all.iter().chain(&some).copied().collect::<Vec<_>>();
        let mut ways = either.iter().map(|&(_, call)| vec![call]).collect::<Vec<_>>();
        let keeps = |call: SlotId, good| self.of(call).is_some_and(|call| call.keeps(good));
        for &(_, one) in either.iter().filter(|_| goods.len() > 1) {
            for &(_, other) in either.iter().filter(|(_, other)| *other != one) {
                let apart = self.of(one).zip(self.of(other)).is_some_and(|(a, b)| a.depot != b.depot);
                if apart && goods.iter().all(|&good| keeps(one, good) || keeps(other, good)) {
                    ways.push(vec![one, other]);
                }
            }
        }
        ways
    }

    /// Calls that take back what a need gives, or what it asked to be at hand.
    fn afters(&self, problem: &Problem, slot: SlotId) -> Vec<SlotId> {
        let asks = self.asks[slot.index()].iter();
        let goods = asks.filter(|ask| ask.handling != Handling::Deliver && self.comes_back[ask.good.index()]);
        let goods = goods.map(|ask| ask.good).collect::<Vec<_>>();
        if goods.is_empty() {
            return Vec::new();
        }
        let near = self.nearest(problem, slot, |call| goods.iter().all(|&good| call.keeps(good)));
        near.into_iter().map(|(_, call)| call).collect()
    }

    /// Whether no need asks for goods, and nobody has any on board.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.asks.is_empty()
    }

    pub(crate) fn list(&self) -> &[DepotVisitSlot] {
        &self.list
    }

    /// The call of a slot; nothing where it is of a need.
    #[inline]
    pub(crate) fn of(&self, slot: SlotId) -> Option<&DepotVisitSlot> {
        self.list.get(slot.0.checked_sub(self.first)? as usize)
    }

    /// What a slot asks of goods.
    #[inline]
    pub(crate) fn asks(&self, slot: SlotId) -> &[Ask] {
        self.asks.get(slot.index()).map_or(&[], Vec::as_slice)
    }

    /// Ways to come by what a need asks for, by calls before it.
    pub(crate) fn before(&self, slot: SlotId) -> &[Vec<SlotId>] {
        self.before.get(slot.index()).map_or(&[], Vec::as_slice)
    }

    /// Calls after a need that take back what must go.
    pub(crate) fn after(&self, slot: SlotId) -> &[SlotId] {
        self.after.get(slot.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether a need asks a unit for calls, as far as its own goods tell.
    pub(crate) fn wants(&self, slot: SlotId, unit: UnitId) -> Wants {
        let mut wants = Wants { before: false, after: false };
        for ask in self.asks(slot) {
            let has = self.own(unit, ask.good) >= ask.amount;
            wants.before |= ask.handling != Handling::Collect && !has;
            let goes = ask.handling == Handling::Collect || ask.handling == Handling::Carry && !has;
            wants.after |= goes && self.comes_back[ask.good.index()];
        }
        wants
    }

    /// How much of a kind a unit has on board at its start.
    pub(crate) fn own(&self, unit: UnitId, good: GoodId) -> i64 {
        let own = self.own.get(unit.index()).and_then(|own| own.iter().find(|own| own.good == good));
        own.map_or(0, |own| own.amount)
    }

    /// All that a unit has on board at its start.
    pub(crate) fn all_own(&self, unit: UnitId) -> &[Amount] {
        self.own.get(unit.index()).map_or(&[], Vec::as_slice)
    }

    /// What all that takes on board, of one dimension.
    pub(crate) fn own_weight(&self, unit: UnitId, dimension: usize) -> i64 {
        self.all_own(unit).iter().map(|own| own.amount * self.weights[own.good.index()][dimension]).sum()
    }

    /// Calls on the route of a unit at most.
    pub(crate) fn most(&self, unit: UnitId) -> usize {
        self.most.get(unit.index()).copied().unwrap_or(0) as usize
    }

    /// The call at a depot that may count on most at a moment.
    pub(crate) fn open_at(&self, depot: DepotId, at: Time) -> Option<SlotId> {
        let may =
            |call: &DepotVisitSlot| call.depot == depot && call.windows.first().is_some_and(|w| w.from <= at);
        let last = self.list.iter().rposition(may)?;
        Some(SlotId(self.first + last as u32))
    }

    /// Whether some depot may run out of something.
    pub(crate) fn run_out(&self) -> bool {
        !self.stocks.is_empty()
    }
}

impl DepotVisitSlot {
    /// When it may start.
    pub(crate) fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Whether the depot keeps such goods.
    #[inline]
    pub(crate) fn keeps(&self, good: GoodId) -> bool {
        self.kept.iter().any(|(kept, _)| *kept == good)
    }

    /// The limited stock of a kind, where it may run out.
    #[inline]
    pub(crate) fn stock(&self, good: GoodId) -> Option<u32> {
        self.kept.iter().find(|(kept, _)| *kept == good)?.1
    }
}

/// What the need of a slot asks of goods.
fn asks(problem: &Problem, slot: SlotId) -> Vec<Ask> {
    let supplies = problem.need_of(slot).goods.iter();
    let ask = supplies.map(|s| Ask { good: s.what.good, amount: s.what.amount, handling: s.handling });
    ask.collect()
}

/// What an amount of goods takes on board, of each dimension.
fn weight(problem: &Problem, load: &[crate::model::Load]) -> Vec<i64> {
    let dimensions = 0..problem.dimensions().len();
    let of = |d: usize| load.iter().find(|l| l.dimension.index() == d).map_or(0, |l| l.amount);
    dimensions.map(of).collect()
}

/// One entry for each kind.
fn merge(amounts: &mut Vec<Amount>) {
    amounts.sort_unstable();
    amounts.dedup_by(|other, kept| {
        let same = other.good == kept.good;
        if same {
            kept.amount = kept.amount.saturating_add(other.amount);
        }
        same
    });
}

#[cfg(test)]
mod tests;
