//! Units that stay at home because another of which one goes out is out.

use super::WorkingPlan;
use crate::model::UnitId;
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// Whether a unit has to stay at home because a rival is out.
    #[inline]
    pub(crate) fn is_barred(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        self.is_barred_but(instance, unit, unit)
    }

    /// The same, were one other unit at home.
    pub(crate) fn is_barred_but(&self, instance: &Instance<'_>, unit: UnitId, but: UnitId) -> bool {
        !instance.rivals.are_none()
            && !self.route(unit).out
            && instance.rivals.of(unit).iter().any(|&rival| rival != but && self.route(rival).out)
    }
}
