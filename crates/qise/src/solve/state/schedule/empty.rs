//! Between which stops of a route nothing of a need is on board: the only places for some breaks.

use crate::model::{Handling, SlotId, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::route::goods_transfers::GoodsTransfers;

/// Writes for each gap, before each visit and behind the last, whether nothing of a need is on board there: no ride under way, no load
/// still to be brought, and no more goods than the unit set out with.
pub(super) fn find_empty_gaps(
    instance: &Instance<'_>,
    unit: UnitId,
    visits: &[SlotId],
    goods: &mut GoodsTransfers,
    empty: &mut Vec<bool>,
) {
    empty.clear();
    goods.transfers.clear();
    if !instance.depot_calls.is_empty() {
        // Where a visit cannot have what it asks for the route is refused anyway.
        let _ = goods.plan_transfers(instance, unit, visits);
    }
    let mut transfers = goods.transfers.iter().peekable();
    let mut loads = visits.iter().filter(|&&slot| instance.brings_load(slot)).count();
    let mut rides = 0_usize;
    let mut more = vec![0_i64; instance.problem.goods().len()];
    for (v, &slot) in visits.iter().enumerate() {
        empty.push(rides == 0 && loads == 0 && more.iter().all(|&amount| amount <= 0));
        while let Some(moved) = transfers.next_if(|moved| moved.at as usize == v) {
            more[moved.good.index()] += moved.amount;
        }
        loads -= usize::from(instance.brings_load(slot));
        if instance.is_ride(slot) {
            let flat = instance.slot(slot);
            rides += usize::from(flat.stop == 0);
            rides = rides.saturating_sub(usize::from(flat.stop + 1 == flat.stops));
        }
        for ask in instance.depot_calls.asks(slot) {
            match ask.handling {
                Handling::Deliver => more[ask.good.index()] -= ask.amount,
                Handling::Collect => more[ask.good.index()] += ask.amount,
                Handling::Carry => {}
            }
        }
    }
    empty.push(rides == 0 && loads == 0 && more.iter().all(|&amount| amount <= 0));
}
