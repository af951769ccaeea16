//! Rides: to town, and some of them back, in the cars of volunteers.

use qise::model::{
    Dimension, DimensionId, Load, Need, PlaceId, Requirement, Seconds, Stop, Volunteer, Window,
};

use super::draw::{Draw, Stream};
use super::people::drives_a_car;

/// The one dimension.
const SEATS: DimensionId = DimensionId(0);

/// What is carried: people.
pub(super) fn seats() -> Dimension {
    Dimension { key: "seats".into(), name: Some("seats 座位".into()) }
}

/// Gives everybody who drives a car some seats.
pub(super) fn with_seats(volunteers: &mut [Volunteer], seed: u64) {
    let mut draw = Draw::new(seed, Stream::Seats);
    for volunteer in volunteers {
        let amount = draw.between(2, 4);
        if drives_a_car(volunteer) {
            volunteer.capacity = vec![Load { dimension: SEATS, amount }];
        }
    }
}

/// Makes a ride of a need for one person: from the door to town, where some are waited for and brought home again.
pub(super) fn ride(need: &mut Need, town: PlaceId, draw: &mut Draw) {
    let minutes = |minutes: i64| Seconds(minutes * 60);
    let door = need.stops[0].place;
    need.stops[0].service = minutes(5);
    let moved = need.stops[0].windows.iter().map(|window| Window { to: window.to + minutes(150), ..*window });
    let windows = vec![Window {
        from: need.stops[0].windows[0].from,
        to: moved.map(|window| window.to).max().unwrap_or(need.stops[0].windows[0].to),
    }];
    let waits = draw.chance(0.4);
    let there = if waits { minutes(draw.stepped(20, 80, 10)) } else { minutes(5) };
    need.stops.push(Stop { place: town, windows: windows.clone(), service: there });
    if waits {
        let home = vec![Window { to: windows[0].to + minutes(240), ..windows[0] }];
        need.stops.push(Stop { place: door, windows: home, service: minutes(5) });
    } else if draw.chance(0.5) {
        need.max_ride = Some(minutes(draw.stepped(60, 240, 30)));
    }
    need.promise = None;
    let role = &mut need.roles[0];
    role.requires = Requirement::default();
    role.prefers.clear();
    role.load = vec![Load { dimension: SEATS, amount: if draw.chance(0.15) { 2 } else { 1 } }];
}
