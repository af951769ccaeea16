//! Who is there, where, and how they move.

use super::Problem;
use crate::model::{
    Area, AreaId, Category, Dimension, DimensionId, Place, PlaceId, Population, Profile, Skill, Slowdown,
    Team, Travel, Unit, UnitId, Volunteer, VolunteerId,
};

impl Problem {
    /// Pairs of people who must not be in one crew.
    pub fn apart(&self) -> &[(VolunteerId, VolunteerId)] {
        &self.supply.apart
    }

    /// Whether two people must not meet in a crew.
    pub fn are_apart(&self, a: VolunteerId, b: VolunteerId) -> bool {
        !self.supply.are_apart.is_empty() && self.supply.are_apart.contains(&(a.min(b), a.max(b)))
    }

    /// All people.
    pub fn volunteers(&self) -> &[Volunteer] {
        &self.supply.volunteers
    }

    /// One person.
    pub fn volunteer(&self, id: VolunteerId) -> &Volunteer {
        &self.supply.volunteers[id.index()]
    }

    /// All units.
    pub fn units(&self) -> &[Unit] {
        &self.supply.units
    }

    /// One unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.supply.units[id.index()]
    }

    /// All ids of units.
    pub fn unit_ids(&self) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        (0..self.supply.units.len() as u32).map(UnitId)
    }

    /// The units of one person, shift by shift.
    pub fn units_of(&self, volunteer: VolunteerId) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        self.supply.units_of[volunteer.index()].clone().map(UnitId)
    }

    /// All places.
    pub fn places(&self) -> &[Place] {
        &self.supply.places
    }

    /// One place.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.supply.places[id.index()]
    }

    /// All areas.
    pub fn areas(&self) -> &[Area] {
        &self.supply.areas
    }

    /// The area of a place: the one it names, or the first whose outline contains it.
    pub fn area_of(&self, id: PlaceId) -> Option<AreaId> {
        self.supply.area_of[id.index()]
    }

    /// All travel profiles.
    pub fn profiles(&self) -> &[Profile] {
        &self.supply.profiles
    }

    /// All slow-downs.
    pub fn slowdowns(&self) -> &[Slowdown] {
        &self.supply.slowdowns
    }

    /// All skills, credentials and languages.
    pub fn skills(&self) -> &[Skill] {
        &self.supply.skills
    }

    /// In what loads are counted.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.supply.dimensions
    }

    /// How much of a dimension a person can carry.
    pub fn capacity(&self, volunteer: VolunteerId, dimension: DimensionId) -> i64 {
        self.volunteer(volunteer).capacity.iter().find(|l| l.dimension == dimension).map_or(0, |l| l.amount)
    }

    /// All categories of service.
    pub fn categories(&self) -> &[Category] {
        &self.supply.categories
    }

    /// All teams.
    pub fn teams(&self) -> &[Team] {
        &self.supply.teams
    }

    /// Where residents live.
    pub fn population(&self) -> &[Population] {
        &self.supply.population
    }

    /// Travel between all places.
    pub fn travel(&self) -> &Travel {
        &self.supply.travel
    }
}
