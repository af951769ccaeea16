//! The changes that the search tries: visits are removed and put back, tails of routes change hands, needs make room for others.

pub(crate) mod acceptance;
pub(crate) mod chain;
pub(crate) mod ejection;
pub(crate) mod outsourcing;
pub(crate) mod party_removal;
pub(crate) mod recreate;
pub(crate) mod recreate_order;
pub(crate) mod route_pool;
pub(crate) mod string_removal;
pub(crate) mod subproblem;
pub(crate) mod two_opt_star;
pub(crate) mod unit_change;
