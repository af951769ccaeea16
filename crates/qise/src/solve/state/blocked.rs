//! Units that stay at home because another of which one goes out is out.

use super::routes::Routes;
use crate::model::UnitId;
use crate::solve::instance::Instance;

impl Routes {
    /// Whether a unit has to stay at home because another of which one goes out is out.
    #[inline]
    pub(crate) fn is_blocked(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        self.is_blocked_but(instance, unit, unit)
    }

    /// The same, were one other unit at home.
    pub(crate) fn is_blocked_but(&self, instance: &Instance<'_>, unit: UnitId, but: UnitId) -> bool {
        !instance.units.exclusive.is_empty()
            && !self[unit.index()].out
            && instance.units.exclusive.of(unit).iter().any(|&other| other != but && self[other.index()].out)
    }
}
