//! A problem changes in place: a need, a place or a shift is put where another was.
//!
//! Whoever else holds a clone of the problem keeps it as it was: what is shared is copied first.

use std::sync::{Arc, OnceLock};

use super::build::{area_of, bound_windows, outsourceable};
use super::by_key::ByKey;
use super::{Demand, Problem};
use crate::model::signature::CompiledRequirement;
use crate::model::slot::{slots_of_need, start_gaps};
use crate::model::unit::{has_run_out, runs_out};
use crate::model::{
    Handling, Need, NeedId, Place, PlaceId, RouteEnd, RouteStart, Shift, Slot, SlotId, Unit, UnitId,
    VolunteerId,
};

/// What does not fit in place: the problem is to be built anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outgrown;

impl Problem {
    /// Puts a place somewhere else.
    pub(crate) fn put_place(&mut self, id: PlaceId, place: Place) {
        let supply = Arc::make_mut(&mut self.supply);
        let area = area_of(&place, &supply.outlines);
        supply.area_of[id.index()] = area;
        supply.travel.put(id, place.at, area);
        supply.places[id.index()] = place;
        supply.places_by_key = ByKey::default();
    }

    /// All slots for which a need has room.
    pub(crate) fn room_of(&self, need: NeedId) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        self.demand.spans.room(need).map(SlotId)
    }

    /// Puts a need in the place of another that has room for its visits. Its links stay those of the other.
    pub(crate) fn put_need(&mut self, id: NeedId, need: Need) {
        let map = &self.supply.signatures.map;
        let requirements =
            need.roles.iter().map(|role| CompiledRequirement::new(map, &role.requires)).collect::<Vec<_>>();
        let demand = Arc::make_mut(&mut self.demand);
        demand.add_goods(id, -1);
        let slots = slots_of_need(id, &need).collect::<Vec<_>>();
        for (s, slot) in demand.spans.room(id).enumerate() {
            let slot_of = slots.get(s).copied().unwrap_or(Slot { need: id, role: 0, stop: 0 });
            demand.slots[slot as usize] = slot_of;
            demand.requirements[slot as usize] = requirements[usize::from(slot_of.role)].clone();
        }
        demand.spans.set(id, slots.len());
        demand.start_gaps.remove(&id);
        if need.people() > 1
            && let Some(gaps) = start_gaps(&need)
        {
            demand.start_gaps.insert(id, gaps);
        }
        demand.windows[id.index()] = bound_windows(&need);
        let may_go = need.outsource.is_some() || demand.needs[id.index()].outsource.is_some();
        demand.needs[id.index()] = need;
        demand.add_goods(id, 1);
        if may_go {
            demand.outsourceable = outsourceable(&demand.needs, demand.outsourcing);
        }
        demand.by_key = ByKey::default();
        self.fingerprint = OnceLock::new();
    }

    /// The unit of a shift that is to be put in the place of another of the same person.
    ///
    /// # Errors
    /// If the shift may be spent in several ways, hangs together with others, or takes the person to what they were never known to do.
    pub(crate) fn unit_with(
        &self,
        who: VolunteerId,
        number: usize,
        shift: &Shift,
    ) -> Result<(UnitId, Unit), Outgrown> {
        let mut own = self.units_of(who).filter(|&id| self.unit(id).shift as usize == number);
        let (Some(id), None) = (own.next(), own.next()) else { return Err(Outgrown) };
        let (volunteer, unit) = (self.volunteer(who), self.unit(id));
        let hangs = |shift: &Shift| shift.party || shift.from == RouteStart::Previous;
        if unit.pool.is_some() || hangs(shift) || volunteer.shifts.iter().any(hangs) {
            return Err(Outgrown);
        }
        let (supply, end) = (&self.supply, shift.latest_end());
        // Whoever may take a vehicle has more ways to spend a shift.
        if !supply.vehicles.is_empty() && !shift.is_vacant() {
            return Err(Outgrown);
        }
        let row = |until| supply.signatures.known_row(volunteer, &supply.teams, until).ok_or(Outgrown);
        let mode =
            supply.travel.mode_of(volunteer.profile, shift.start, &supply.slowdowns).ok_or(Outgrown)?;
        let unit = Unit {
            day: shift.day,
            start: shift.start,
            end,
            overtime_from: shift.end,
            from: match shift.from {
                RouteStart::At(place) => place,
                RouteStart::Home | RouteStart::Previous => volunteer.home,
            },
            to: match shift.to {
                RouteEnd::Home => Some(volunteer.home),
                RouteEnd::At(place) => Some(place),
                RouteEnd::Anywhere => None,
            },
            mode,
            signature: row(shift.start)?,
            lasting: row(end)?,
            expires: runs_out(volunteer, shift.start, end),
            expired: has_run_out(volunteer, shift.start),
            ..unit.clone()
        };
        Ok((id, unit))
    }

    /// Puts a shift in the place of another of the same person; `unit` is what [`Problem::unit_with`] told.
    pub(crate) fn put_shift(&mut self, number: usize, shift: Shift, (id, unit): (UnitId, Unit)) {
        let supply = Arc::make_mut(&mut self.supply);
        supply.volunteers[unit.volunteer.index()].shifts[number] = shift;
        supply.units[id.index()] = unit;
        self.fingerprint = OnceLock::new();
    }
}

impl Demand {
    /// Counts the goods of a need, or counts them no more.
    fn add_goods(&mut self, id: NeedId, sign: i64) {
        for supply in &self.needs[id.index()].goods {
            let sums = match supply.handling {
                Handling::Collect => &mut self.collected,
                Handling::Deliver => &mut self.delivered,
                Handling::Carry => continue,
            };
            sums[supply.what.good.index()] += sign * supply.what.amount;
        }
    }
}
