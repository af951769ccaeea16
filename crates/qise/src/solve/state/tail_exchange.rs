//! Tails of routes change hands.

use super::WorkingPlan;
use super::route::goods_transfers::joined;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// Where a route is cut: before the visit with this number, or behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TailCut {
    pub(crate) unit: UnitId,
    pub(crate) at: usize,
}

impl WorkingPlan {
    /// Exchanges the tails of two routes; false when one of them cannot be done, and then the whole trial is undone.
    pub(crate) fn exchange_tails(&mut self, instance: &Instance<'_>, a: TailCut, b: TailCut) -> bool {
        self.save(a.unit);
        self.save(b.unit);
        let tail_a = self.routes[a.unit.index()].visits.split_off(a.at);
        let tail_b = self.routes[b.unit.index()].visits.split_off(b.at);
        if !instance.precedence.is_empty() {
            return self.join_tails(instance, a, b, tail_a, tail_b);
        }
        // One after the other: they may be two shifts of one person.
        let good = self.append(instance, a.unit, tail_b) && self.append(instance, b.unit, tail_a);
        if !(good
            && self.keeps_limits(instance, a.unit)
            && self.keeps_limits(instance, b.unit)
            && self.depot_stock.are_good())
        {
            self.undo(instance);
            return false;
        }
        // Calls may have gone from the heads too.
        let from = |cut: TailCut| if instance.depot_calls.is_empty() { cut.at } else { 0 };
        self.number_from(a.unit, from(a));
        self.number_from(b.unit, from(b));
        true
    }

    /// Puts cut tails behind the other heads where people wait for each other; false as in [`WorkingPlan::exchange_tails`].
    fn join_tails(
        &mut self,
        instance: &Instance<'_>,
        a: TailCut,
        b: TailCut,
        tail_a: Vec<SlotId>,
        tail_b: Vec<SlotId>,
    ) -> bool {
        self.start_retiming([a.unit, b.unit].into_iter());
        // Another person takes another time over it, and may be held until another moment.
        self.reset_release(&tail_a);
        self.reset_release(&tail_b);
        self.routes[a.unit.index()].visits.extend(tail_b);
        self.routes[b.unit.index()].visits.extend(tail_a);
        self.number_from(a.unit, a.at);
        self.number_from(b.unit, b.at);
        let mut cuts = vec![(a.unit, a.at), (b.unit, b.at)];
        self.drop_all_idle_calls(instance, &mut cuts);
        let good = self.retime(instance, &cuts) && self.depot_stock.are_good();
        if !good {
            self.undo(instance);
        }
        good
    }

    /// Lengthens a route that was cut since its totals were reckoned; false when it cannot be done, and its totals stay.
    fn append(&mut self, instance: &Instance<'_>, unit: UnitId, tail: Vec<SlotId>) -> bool {
        let before = self.begin_change(unit);
        let visits = &mut self.routes[unit.index()].visits;
        let mut supplied = true;
        if instance.depot_calls.is_empty() {
            visits.extend(tail);
        } else if let Some(whole) = joined(instance, unit, visits, &tail) {
            *visits = whole;
        } else {
            supplied = false;
        }
        let good = supplied && self.refresh(instance, unit);
        if good {
            self.end_change(instance, unit, &before);
        } else {
            self.count_as(unit, before);
        }
        good
    }
}
