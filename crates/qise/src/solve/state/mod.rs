//! The plan under construction: routes, the needs that nobody serves yet, and the terms, kept up to date change by change.
//!
//! `working` has the plan and the steps that every change is made of; `changes` puts visits in and takes them out, with all that comes
//! and goes with them (`crews`, `rides`, `depot_visits`, `party`, `handing_out`); `transaction` undoes; `retiming` keeps starts that
//! hang together (`following`: where shifts start that follow others).

pub(crate) mod blocked;
pub(crate) mod changes;
pub(crate) mod crews;
pub(crate) mod depot_stock;
pub(crate) mod depot_visits;
pub(crate) mod edit;
pub(crate) mod export;
pub(crate) mod following;
pub(crate) mod handing_out;
pub(crate) mod independence;
pub(crate) mod limits;
pub(crate) mod outsourced;
pub(crate) mod party;
pub(crate) mod placing;
pub(crate) mod retiming;
pub(crate) mod rides;
pub(crate) mod route;
pub(crate) mod route_change;
pub(crate) mod routes;
pub(crate) mod saved;
pub(crate) mod schedule;
pub(crate) mod spot;
pub(crate) mod sync_starts;
pub(crate) mod tail_exchange;
pub(crate) mod terms;
pub(crate) mod transaction;
pub(crate) mod valuation;
pub(crate) mod working;

pub(crate) use depot_stock::StockChange;
pub(crate) use independence::meets_as_before;
pub(crate) use placing::{CrewInsertion, Placing};
pub(crate) use tail_exchange::TailCut;
pub(crate) use working::WorkingPlan;

#[cfg(test)]
mod tests;
