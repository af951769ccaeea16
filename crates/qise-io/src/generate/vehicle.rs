//! Vehicles that a few people of a settlement may take.

use qise::model::{
    DimensionId, Load, Metres, PlaceId, ProfileId, Quality, Requirement, Unload, Vehicle, VolunteerId,
};

use super::GenerateOptions;
use super::ability::Ability;
use super::draw::{Draw, Stream, Weighted};
use super::land::Land;
use super::people::{People, drives_a_car};

/// So many people at most may take one vehicle.
const DRIVERS: usize = 12;

/// Vans and trucks, where there are people who drive; they hold so much of each dimension.
pub(super) fn vehicles(
    options: &GenerateOptions,
    land: &Land,
    people: &People,
    seats: Option<DimensionId>,
    kilograms: DimensionId,
) -> Vec<Vehicle> {
    let mut draw = Draw::new(options.seed, Stream::Vehicles);
    let drivers = |settlement: usize| -> Vec<VolunteerId> {
        let drives = |who: &VolunteerId| drives_a_car(&people.list[who.index()]);
        people.of[settlement].iter().copied().filter(drives).collect()
    };
    let drivers = (0..land.settlements.len()).map(drivers).collect::<Vec<_>>();
    let settled = Weighted::new(land.settlements.iter().zip(&drivers).map(|(settlement, drivers)| {
        if drivers.is_empty() { 0.0 } else { f64::from(settlement.residents).sqrt() }
    }));
    let vehicle = |number: usize| {
        let seat = settled.draw(&mut draw);
        let truck = draw.chance(0.4);
        let (kind, kg) = if truck {
            ("货车", draw.stepped(1000, 2500, 250))
        } else {
            ("面包车", draw.stepped(400, 800, 100))
        };
        let places = draw.between(2, if truck { 2 } else { 6 });
        let range = Metres(draw.stepped(250, 600, 50) * 1000);
        let range = draw.chance(0.3).then_some(range);
        let here = &drivers[seat];
        let first = draw.below(here.len());
        let named = here.iter().cycle().skip(first).take(DRIVERS.min(here.len()));
        // Where nobody drives a car, whoever comes first in the list may try.
        let nobody = here.is_empty() && !people.list.is_empty();
        let named = named.copied().chain(nobody.then_some(VolunteerId(0)));
        let named = named.map(Quality::Volunteer).collect::<Vec<_>>();
        let any = if named.is_empty() { Vec::new() } else { vec![named] };
        let seats = seats.map(|dimension| Load { dimension, amount: places });
        Vehicle {
            key: format!("w{:04}", number + 1),
            name: Some(format!("{}{kind}{:04}", land.settlements[seat].name, number + 1)),
            place: PlaceId::new(seat),
            profile: ProfileId(0),
            capacity: seats.into_iter().chain([Load { dimension: kilograms, amount: kg }]).collect(),
            unload: Unload::AnyOrder,
            range,
            drivers: Requirement { all: vec![Ability::Driver.quality(1)], any, ..Requirement::default() },
            windows: Vec::new(),
            carries: Vec::new(),
        }
    };
    (0..options.vehicles).map(vehicle).collect()
}
