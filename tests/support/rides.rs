//! Rides for random problems.

#![allow(dead_code)] // not every suite asks for it

use qise::Problem;
use qise::model::{Load, PlaceId, Seconds, Stop, Window};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// The same problem with rides: about half of the needs for one person go on to one more place or two. Some may not take long, some come
/// with passengers.
pub(crate) fn with_rides(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x33);
    let mut data = problem.to_data();
    let places = data.places.len() as u32;
    let dimensions = data.dimensions.len();
    for need in &mut data.needs {
        let role = &need.roles[0];
        let alone = !need.is_crew() && role.service_by.is_empty() && role.pin.is_none();
        if !alone || random.random_bool(0.4) {
            continue;
        }
        need.outsource = None;
        for _ in 0..random.random_range(1..=2) {
            let before = need.stops[need.stops.len() - 1].windows.clone();
            let (from, to) = (before[0].from, before[before.len() - 1].to);
            let later = Seconds(random.random_range(0..4) * 900);
            let windows = match random.random_range(0..3) {
                0 => vec![Window { from: from + later, to: to + later + later }],
                1 => {
                    let second = to + Seconds(1800);
                    vec![
                        Window { from, to: from + later },
                        Window { from: second + later, to: second + later + later },
                    ]
                }
                _ => vec![Window { from, to: to + Seconds(7200) }],
            };
            let place = PlaceId(random.random_range(0..places));
            need.stops.push(Stop { place, windows, service: Seconds(random.random_range(0..4) * 300) });
        }
        need.max_ride = random.random_bool(0.3).then(|| Seconds(random.random_range(2..12) * 600));
        if dimensions > 0 && random.random_bool(0.5) {
            let dimension = qise::model::DimensionId(0);
            need.roles[0].load = vec![Load { dimension, amount: random.random_range(0..3) }];
        }
    }
    Problem::new(data).expect("rides that nobody else comes to")
}
