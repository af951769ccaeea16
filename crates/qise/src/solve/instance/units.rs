//! All units, with those that are each other's equals and those of which one goes out.

use super::exclusive_units::ExclusiveUnits;
use super::slot::{FlatUnit, flat_units};
use crate::model::{IdenticalUnits, Problem};

/// All units.
pub(crate) struct Units {
    pub(crate) flat: Vec<FlatUnit>,
    pub(crate) identical: IdenticalUnits,
    pub(crate) exclusive: ExclusiveUnits,
    /// Whether some shift starts where the one before ended.
    pub(crate) follow: bool,
}

impl Units {
    pub(super) fn new(problem: &Problem) -> Self {
        Self {
            flat: flat_units(problem),
            identical: IdenticalUnits::new(problem),
            exclusive: ExclusiveUnits::new(problem),
            follow: problem.units().iter().any(|unit| unit.follows.is_some()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.flat.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.flat.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &FlatUnit> {
        self.flat.iter()
    }
}
