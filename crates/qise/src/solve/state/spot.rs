//! Where a need is served, and what is known of a route before it changes.

use super::depot_stock::StockChange;
use super::route::RouteTotals;
use crate::model::UnitId;

/// What the terms and the depots know of a route before it changes.
#[derive(Clone, Debug)]
pub(crate) struct RouteBefore {
    pub(crate) totals: RouteTotals,
    pub(crate) out: bool,
    pub(crate) stock_changes: Vec<StockChange>,
}

/// Where a need is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) unit: UnitId,
    pub(crate) at: u32,
}

impl Spot {
    pub(crate) const NOWHERE: Self = Self { unit: UnitId(u32::MAX), at: 0 };
}
