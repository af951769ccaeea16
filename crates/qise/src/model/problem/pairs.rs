//! Who suits what: questions about a person and a slot.

use super::super::place::great_circle;
use super::super::signature::{self, Bits, CompiledRequirement, Unsuited};
use super::Problem;
use crate::model::{Metres, PlaceId, Quality, Requirement, SlotId, Time, UnitId, VolunteerId};

impl Problem {
    /// Whether the person of `unit` suits the role of `slot` when the shift begins; the first reason against it when not. What runs out in
    /// the shift is told by [`Problem::suits_until`].
    ///
    /// # Errors
    /// What speaks against it.
    pub fn suits(&self, slot: SlotId, unit: UnitId) -> Result<(), Unsuited> {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        self.requirement(slot).suits(bits, unit.volunteer, self.volunteer(unit.volunteer))
    }

    /// By when a visit ends for which the person of `unit`, who suits the role of `slot` when the shift begins, still suits it.
    #[inline]
    pub fn suits_until(&self, slot: SlotId, unit: UnitId) -> Time {
        let unit = self.unit(unit);
        if !unit.expires {
            return Time::MAX;
        }
        let (bits, volunteer) = (self.supply.signatures.row(unit.signature), self.volunteer(unit.volunteer));
        let has =
            |quality| signature::has(&self.supply.signatures.map, bits, unit.volunteer, volunteer, quality);
        signature::lasts(volunteer, &self.role(slot).requires, unit.start, has)
    }

    /// Since when the person of `unit`, who does not suit the role of `slot` when the shift begins, no longer does, where that is only
    /// for something that ran out before.
    pub(crate) fn suited_until(&self, slot: SlotId, unit: UnitId) -> Option<Time> {
        let unit = self.unit(unit);
        if !unit.expired
            || self
                .requirement(slot)
                .suits(
                    self.supply.signatures.row(unit.signature),
                    unit.volunteer,
                    self.volunteer(unit.volunteer),
                )
                .is_ok()
        {
            return None;
        }
        let volunteer = self.volunteer(unit.volunteer);
        let bits = self.supply.signatures.bits_of(volunteer, &self.supply.teams, Time::MIN);
        let requirement = self.requirement(slot);
        requirement.suits(&bits, unit.volunteer, volunteer).ok()?;
        let has =
            |quality| signature::has(&self.supply.signatures.map, &bits, unit.volunteer, volunteer, quality);
        Some(signature::lasts(volunteer, &self.role(slot).requires, Time::MIN, has))
    }

    /// Whether a quality is true of the person of `unit` to the end of the shift.
    pub fn has(&self, unit: UnitId, quality: Quality) -> bool {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.lasting);
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

    /// Whether the person of `unit` meets a requirement to the end of the shift.
    pub(crate) fn meets(&self, unit: UnitId, requirement: &CompiledRequirement) -> bool {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.lasting);
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
