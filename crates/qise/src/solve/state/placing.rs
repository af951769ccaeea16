//! Where visits are to be put.

use crate::model::{SlotId, UnitId};

/// A visit to be put into a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placing {
    pub(crate) slot: SlotId,
    pub(crate) unit: UnitId,
    pub(crate) at: usize,
}

/// Places for all slots of a need, with the growth of cost they bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CrewInsertion {
    pub(crate) cost: i64,
    pub(crate) placings: Vec<Placing>,
    /// Who is to join the party of the one who serves.
    pub(crate) company: Vec<UnitId>,
}
