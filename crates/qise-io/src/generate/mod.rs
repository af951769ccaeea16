//! Made-up scenarios: settlements of heavy-tailed sizes, teams, volunteers and needs, the same from the same seed.
//!
//! What comes out is plain data that always makes a valid problem. It is meant to be like life where that matters to an
//! engine: most people live in a few towns, some needs lie hours away, skills go with teams, some papers have expired, and
//! a few needs nobody can serve.

mod ability;
mod alxa;
mod clock;
mod crew;
mod draw;
mod extras;
mod kind;
mod land;
mod needs;
mod options;
mod people;
mod region;
mod ride;
mod supply;
mod teams;
#[cfg(test)]
mod tests;
mod vehicle;

use qise::ProblemData;
use qise::model::{Area, DimensionId, Place, PlaceId, Population};

pub use options::{GenerateError, GenerateOptions};
pub use region::Region;

use ability::Ability;
use land::Land;
use needs::Needs;
use people::People;
use teams::Teams;

/// Makes up a scenario.
///
/// Places come in this order: settlements, homes of volunteers, places of needs. Keys are `v00001`, `n00001`, `t0001`, and
/// `home-v00001` and `at-n00001` for their places; depots are `d0001`, vehicles `w0001`. All coordinates are WGS-84, all times local hours at the given offset.
///
/// # Errors
/// An option that is out of its range.
pub fn generate(options: &GenerateOptions) -> Result<ProblemData, GenerateError> {
    options.check()?;
    let table = options.region.table();
    let land = Land::new(options);
    let settlements = land.settlements.len();

    let (needs, volunteers, teams, seed) = (options.needs, options.volunteers, options.teams, options.seed);
    let region = table.map_or_else(|| options.region.name(), |table| table.name.into());
    let size = format!("{needs} needs, {volunteers} volunteers, {teams} teams, seed {seed}");
    let mut data = ProblemData::new(format!("{region}: {size}"));
    let areas = table.map_or(&[][..], |table| table.areas);
    data.areas = areas
        .iter()
        .map(|&(key, name)| Area { key: key.into(), name: Some(name.into()), outline: Vec::new() })
        .collect();
    data.profiles = people::profiles();
    data.skills = Ability::skills();

    let teams = Teams::new(options, &land, &data.categories);
    let people = People::new(options, &land, &teams, settlements);
    let needs = Needs::new(options, &land, &teams, &people, settlements + volunteers);

    let seats = (options.rides_percent > 0).then_some(DimensionId(0));
    if options.has_supplies() {
        let kilograms = DimensionId(u32::from(seats.is_some()));
        data.goods = supply::goods(kilograms);
        data.depots = supply::depots(options, &land, &needs.list);
        data.vehicles = vehicle::vehicles(options, &land, &people, seats, kilograms);
    }

    data.population = land
        .settlements
        .iter()
        .enumerate()
        .map(|(s, settlement)| Population { place: PlaceId::new(s), residents: settlement.residents })
        .collect();
    data.places.reserve(settlements + people.homes.len() + needs.places.len());
    data.places.extend(land.settlements.iter().enumerate().map(|(s, settlement)| {
        let area = land.area(s);
        Place {
            name: Some(settlement.name.clone()),
            area,
            ..Place::new(settlement.key.clone(), settlement.at)
        }
    }));
    data.places.extend(people.homes);
    data.places.extend(needs.places);
    data.teams = teams.list;
    data.volunteers = people.list;
    data.needs = needs.list;
    data.links = needs.links;
    if seats.is_some() {
        data.dimensions = vec![ride::seats()];
        ride::with_seats(&mut data.volunteers, options.seed);
    }
    if options.has_supplies() {
        let kilograms = DimensionId::new(data.dimensions.len());
        data.dimensions.push(supply::kilograms());
        supply::with_kilograms(&mut data.volunteers, kilograms, options.seed);
    }
    extras::add(&mut data, options);
    Ok(data)
}
