//! Where a need fits into a plan, and what it costs there: one visit, several stops of one route, a crew, a party, and what must come
//! with it.

pub(crate) mod cost;
pub(crate) mod crew;
pub(crate) mod evaluation;
pub(crate) mod lower_bound;
pub(crate) mod party;
pub(crate) mod places;
pub(crate) mod position;
pub(crate) mod prerequisites;
pub(crate) mod propagation;
pub(crate) mod sequence;
pub(crate) mod single;
