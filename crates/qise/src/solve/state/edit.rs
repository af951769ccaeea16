//! A plan follows its problem where that changes in place.

use super::WorkingPlan;
use super::spot::Spot;
use crate::model::{NeedId, SlotId, UnitId};
use crate::solve::instance::Instance;

impl WorkingPlan {
    /// Takes a need out of the plan, with what is not served without it, and takes it back from others to whom it was handed.
    pub(crate) fn take_out_need(&mut self, instance: &Instance<'_>, need: NeedId) {
        let lead = instance.problem.first_slot(need);
        self.take_back(instance, lead);
        if let Some(unit) = self.unit_of(lead) {
            let at = self.position(lead);
            self.take_out(instance, unit, &[at], &mut Vec::new());
        }
    }

    /// A need that nobody serves is asked for no more.
    pub(crate) fn forget(&mut self, instance: &Instance<'_>, lead: SlotId) {
        debug_assert!(self.unit_of(lead).is_none(), "somebody serves it");
        self.note_served(instance, lead);
    }

    /// A need is asked for, and nobody serves it yet.
    pub(crate) fn admit(&mut self, instance: &Instance<'_>, lead: SlotId) {
        self.spots[lead.index()] = Spot::NOWHERE;
        self.note_unserved(instance, lead);
    }

    /// A unit that does nothing has changed, and what its person offers.
    pub(crate) fn refresh_idle(&mut self, instance: &Instance<'_>, unit: UnitId) {
        self.routes.refresh_idle(instance, unit);
        self.terms.note_offered(instance, instance.unit(unit).volunteer);
    }
}
