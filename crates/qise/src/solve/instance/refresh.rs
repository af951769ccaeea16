//! An instance follows its problem where that changes in place.

use super::Instance;
use super::build::{bind, ends_outweigh_work};
use super::slot::{FlatSlot, flat_unit};
use crate::model::{IdenticalUnits, NeedId, VolunteerId};

impl Instance<'_> {
    /// Prepares for changes: units that are equal now may not stay so.
    pub(crate) fn tell_all_units_apart(&mut self) {
        self.flat.units.identical = IdenticalUnits::none(self.units.len());
    }

    /// Brings everything that is derived from a need up to date. Its links are those that its slots had before, and it lies within the regime
    /// of the problem.
    pub(crate) fn refresh_need(&mut self, need: NeedId) {
        let problem = self.problem;
        let flat = &mut self.flat;
        flat.precedence.refresh(problem, need);
        flat.loads.refresh(problem, need);
        flat.depot_calls.refresh(problem, need);
        flat.parties.refresh(problem, need);
        let all_stay = (!flat.parties.is_empty(), ends_outweigh_work(problem, &flat.weights));
        for id in problem.room_of(need) {
            let mut slot = FlatSlot::new(problem, &flat.weights, id);
            bind(&mut slot, problem, id, (&flat.links, &flat.precedence), all_stay);
            flat.stakes.refresh(&flat.weights, id, &slot);
            flat.slots[id.index()] = slot;
            flat.compatibility.refresh_slot(problem, id);
        }
    }

    /// Brings everything that is derived from the shifts of a person up to date.
    pub(crate) fn refresh_person(&mut self, who: VolunteerId) {
        let problem = self.problem;
        let flat = &mut self.flat;
        for unit in problem.units_of(who) {
            flat.units.flat[unit.index()] = flat_unit(problem, unit);
            flat.compatibility.refresh_unit(problem, unit);
            flat.depot_calls.refresh_unit(problem, unit);
        }
    }
}
