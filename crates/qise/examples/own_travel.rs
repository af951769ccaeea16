//! Travel times from a router of one's own: a table for each way of moving, with places that need no coordinates.
//!
//! `cargo run -p qise --example own_travel`

#![allow(clippy::print_stdout)] // an example shows what it found

use std::error::Error;

use qise::model::{Place, PlaceId, Seconds, Time, TravelMatrix, TravelRule, Window};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};

const START: Time = Time(1_795_482_000);

/// Seconds from row to column, as a router answers: the bridge is one-way, and nobody gets from the island to the farm.
const SECONDS: [[Option<u32>; 4]; 4] = [
    [Some(0), Some(600), Some(900), Some(1500)],
    [Some(700), Some(0), Some(400), Some(1100)],
    [Some(900), Some(1300), Some(0), None],
    [Some(1500), Some(1000), Some(2400), Some(0)],
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut b = Problem::builder("own travel times");
    let keys = ["office", "clinic", "island", "farm"];
    let places = keys.map(|key| b.add_place(Place::unlocated(key)));
    let seconds = SECONDS.as_flattened().iter().map(|entry| entry.unwrap_or(TravelMatrix::NO_WAY));
    let seconds = seconds.collect::<Vec<_>>();
    // About 40 km/h; a router tells the metres as well.
    let metres = seconds.iter().map(|&s| if s == TravelMatrix::NO_WAY { s } else { s * 11 }).collect();
    let car = b.profile("car", TravelRule::Matrix(TravelMatrix::new(places, seconds, metres)));

    let [office, clinic, island, farm] = places;
    let day = Window::new(START, START + Seconds::hours(5));
    b.volunteer("driver", office, car).shift(START, START + Seconds::hours(6));
    for (key, place) in [("medicine", clinic), ("mail", island), ("fodder", farm)] {
        b.need(key, place, day, Seconds::minutes(15));
    }
    let problem = b.build()?;

    let solved = solve(&problem, &Options::default(), &Stop::iterations(1000));
    for route in &solved.plan.routes {
        // The mode of a unit: its profile, on the roads of that day.
        let mode = problem.unit(route.unit).mode;
        let mut here: PlaceId = *office;
        for visit in &route.visits {
            let there = problem.need(visit.need).stops[0].place;
            let way = problem.travel().seconds(mode, here, there);
            println!("{way} from {} to {}", problem.place(here).key, problem.place(there).key);
            here = there;
        }
    }
    if solved.plan.served() == 3 { Ok(()) } else { Err("all three can be served in one round".into()) }
}

#[test]
fn it_runs() {
    main().unwrap();
}
