//! Who suits what: questions about a person and a slot.

use super::super::place::great_circle;
use super::super::signature::{self, Bits, CompiledRequirement, Unsuited};
use super::Problem;
use crate::model::{Metres, PlaceId, Quality, Requirement, SlotId, UnitId, VolunteerId};

impl Problem {
    /// Whether the person of `unit` suits the role of `slot` on that day; the first reason against it when not.
    ///
    /// # Errors
    /// What speaks against it.
    pub fn suits(&self, slot: SlotId, unit: UnitId) -> Result<(), Unsuited> {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        self.requirement(slot).suits(bits, unit.volunteer, self.volunteer(unit.volunteer))
    }

    /// Whether a quality is true of the person of `unit` on that day.
    pub fn has(&self, unit: UnitId, quality: Quality) -> bool {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        let volunteer = self.volunteer(unit.volunteer);
        signature::has(&self.supply.signatures.map, bits, unit.volunteer, volunteer, quality)
    }

    /// Squared chord around a home beyond which the person's radius surely ends; infinite where there is no radius, or
    /// none that goes by distance.
    pub(crate) fn radius_chord2(&self, volunteer: VolunteerId) -> f64 {
        self.supply.radius_chord2[volunteer.index()]
    }

    /// How far a place is from somebody's home: as the crow flies, or by that person's own matrix without coordinates.
    pub fn from_home(&self, volunteer: VolunteerId, place: PlaceId) -> Metres {
        let volunteer = self.volunteer(volunteer);
        match (self.place(volunteer.home).at, self.place(place).at) {
            (Some(home), Some(place)) => great_circle(home, place),
            _ => self.travel().profile_metres(volunteer.profile, volunteer.home, place),
        }
    }

    /// Sum of the prices of the wishes that `unit` would not meet in `slot`.
    pub fn preference_price(&self, slot: SlotId, unit: UnitId) -> i64 {
        let wishes = &self.role(slot).prefers;
        wishes.iter().filter(|w| self.has(unit, w.quality) != w.wanted).map(|w| i64::from(w.price)).sum()
    }

    /// Tells every reason why a person does not suit a slot, some of them more than once.
    pub(crate) fn unsuited(&self, slot: SlotId, unit: UnitId, note: impl FnMut(Unsuited)) {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        self.requirement(slot).against(bits, unit.volunteer, self.volunteer(unit.volunteer), note);
    }

    /// The one person who may fill a slot, where somebody is named.
    pub(crate) fn only_one(&self, slot: SlotId) -> Option<VolunteerId> {
        let pinned = self.role(slot).pin.map(|pin| pin.volunteer);
        pinned.or_else(|| self.requirement(slot).only_one())
    }

    /// A requirement as bits. Its ids and levels must be those of this problem.
    pub(crate) fn compile(&self, requirement: &Requirement) -> CompiledRequirement {
        CompiledRequirement::new(&self.supply.signatures.map, requirement)
    }

    /// Whether the person of `unit` meets a requirement on that day.
    pub(crate) fn meets(&self, unit: UnitId, requirement: &CompiledRequirement) -> bool {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        requirement.suits(bits, unit.volunteer, self.volunteer(unit.volunteer)).is_ok()
    }

    pub(crate) fn requirement(&self, slot: SlotId) -> &CompiledRequirement {
        &self.demand.requirements[slot.index()]
    }

    pub(crate) fn signature_count(&self) -> usize {
        self.supply.signatures.len()
    }

    pub(crate) fn signature(&self, row: u32) -> &Bits {
        self.supply.signatures.row(row)
    }
}
