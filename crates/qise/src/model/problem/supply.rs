//! Who is there, where, and how they move.

use super::Problem;
use crate::model::{
    Amount, Area, AreaId, Category, Depot, DepotId, Dimension, DimensionId, Good, GoodId, Means, Place,
    PlaceId, Population, Profile, Seconds, Shift, Skill, Slowdown, Team, Time, Travel, Unit, UnitId, Unload,
    Vehicle, VehicleId, Volunteer, VolunteerId,
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

    /// All ids of people.
    pub fn volunteer_ids(&self) -> impl ExactSizeIterator<Item = VolunteerId> + use<> {
        (0..self.supply.volunteers.len() as u32).map(VolunteerId)
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

    /// The setup due at a place for somebody who comes from another: none where both are the same.
    pub fn setup(&self, from: PlaceId, at: PlaceId) -> Seconds {
        if from == at { Seconds::ZERO } else { self.place(at).setup }
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

    /// All kinds of goods.
    pub fn goods(&self) -> &[Good] {
        &self.supply.goods
    }

    /// One kind of goods.
    pub fn good(&self, id: GoodId) -> &Good {
        &self.supply.goods[id.index()]
    }

    /// All depots.
    pub fn depots(&self) -> &[Depot] {
        &self.supply.depots
    }

    /// How much of a kind of goods all depots together have to give, at first and later; nothing where none keeps it.
    pub(crate) fn kept(&self, good: GoodId) -> Option<i64> {
        self.supply.kept[good.index()]
    }

    /// One depot.
    pub fn depot(&self, id: DepotId) -> &Depot {
        &self.supply.depots[id.index()]
    }

    /// All vehicles that several people may take.
    pub fn vehicles(&self) -> &[Vehicle] {
        &self.supply.vehicles
    }

    /// One vehicle.
    pub fn vehicle(&self, id: VehicleId) -> &Vehicle {
        &self.supply.vehicles[id.index()]
    }

    /// The shift of a unit.
    pub fn shift(&self, unit: &Unit) -> &Shift {
        &self.volunteer(unit.volunteer).shifts[unit.shift as usize]
    }

    /// Where and when a unit starts whose shift before has ended at a place: there, or at its vehicle as soon as its person can be there.
    pub fn start_after(&self, unit: &Unit, end: PlaceId) -> (PlaceId, Time) {
        if unit.vehicle.is_none() {
            return (end, unit.start);
        }
        let own = self.units_of(unit.volunteer).map(|id| self.unit(id));
        let mut own = own.filter(|own| own.shift == unit.shift && own.vehicle.is_none());
        let there = own.next().map(|own| own.start + self.travel().seconds(own.mode, end, unit.from));
        (unit.from, there.map_or(unit.start, |there| unit.start.max(there).min(unit.end)))
    }

    /// How much of a dimension a unit can carry: its vehicle, or the person by their own means.
    pub fn capacity(&self, unit: &Unit, dimension: DimensionId) -> i64 {
        let capacity = match unit.vehicle {
            Some(vehicle) => &self.vehicle(vehicle).capacity,
            None => &self.volunteer(unit.volunteer).capacity,
        };
        capacity.iter().find(|l| l.dimension == dimension).map_or(0, |l| l.amount)
    }

    /// In which order a unit unloads what it has on board.
    pub fn unload(&self, unit: &Unit) -> Unload {
        match unit.vehicle {
            Some(vehicle) => self.vehicle(vehicle).unload,
            None => self.volunteer(unit.volunteer).unload,
        }
    }

    /// Whether a unit goes by a vehicle, or by a kind of vehicle.
    pub fn comes_by(&self, unit: UnitId, means: Means) -> bool {
        let unit = self.unit(unit);
        match means {
            Means::Vehicle(vehicle) => unit.vehicle == Some(vehicle),
            Means::Kind(profile) => match unit.vehicle {
                Some(vehicle) => self.vehicle(vehicle).profile == profile,
                None => self.volunteer(unit.volunteer).profile == profile,
            },
        }
    }

    /// What a unit has on board at the start of its route.
    pub fn carries(&self, unit: &Unit) -> impl Iterator<Item = Amount> + '_ {
        let vehicle = unit.vehicle.map_or(&[][..], |vehicle| &self.vehicle(vehicle).carries);
        self.shift(unit).carries.iter().chain(vehicle).copied()
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
