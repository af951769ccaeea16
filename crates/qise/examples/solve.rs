//! Builds a small problem, searches for a plan, and prints who goes where, and why one need is left.
//!
//! `cargo run -p qise --example solve`

#![allow(clippy::print_stdout)] // an example shows what it found

use std::error::Error;

use qise::explain::{Depth, reasons};
use qise::model::{Seconds, Time, TravelRule, Window};
use qise::solve::{Options, solve};
use qise::{Faults, Plan, Problem, Stop};

/// 2026-11-24T09:00+08:00.
const NINE: Time = Time(1_795_482_000);

fn problem() -> Result<Problem, Faults> {
    let mut b = Problem::builder("a morning in Bayanhot");
    let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
    let centre = b.place("centre", 38.833, 105.665);
    let east = b.place("east", 38.835, 105.700);
    let north = b.place("north", 38.870, 105.670);
    let care = b.skill("care", 3);
    let plumbing = b.skill("plumbing", 1);

    let noon = NINE + Seconds::hours(3);
    b.volunteer("bat", centre, car).skill(care, 2).shift(NINE, noon);
    b.volunteer("saran", east, car).skill(care, 1).shift(NINE, noon);

    let morning = Window::new(NINE, NINE + Seconds::hours(2));
    b.need("bandage", north, morning, Seconds::minutes(30)).skill(care, 2).priority(5);
    b.need("shopping", east, morning, Seconds::minutes(45));
    // Two people at once.
    b.need("lift", centre, morning, Seconds::minutes(20)).people(2).priority(3);
    // Nobody here can do that.
    b.need("tap", north, morning, Seconds::minutes(40)).skill(plumbing, 1);
    b.build()
}

fn main() -> Result<(), Box<dyn Error>> {
    let problem = problem()?; // or every fault at once
    let solved = solve(&problem, &Options::default(), &Stop::iterations(2000));
    print_plan(&problem, &solved.plan);
    for reason in reasons(&problem, &solved.plan, Depth::Proven, &Stop::after(1.0)) {
        println!("{}: {}", problem.need(reason.need).key, reason.verdict.as_str());
    }
    if !solved.evaluation.is_valid() || solved.plan.served() != 3 {
        return Err("three of the four needs can be served".into());
    }
    Ok(())
}

fn print_plan(problem: &Problem, plan: &Plan) {
    for route in &plan.routes {
        let who = problem.volunteer(problem.unit(route.unit).volunteer);
        println!("{} leaves at {}", who.key, route.departure);
        for visit in &route.visits {
            println!("  {} {}", visit.start, problem.need(visit.need).key);
        }
    }
}

#[test]
fn it_runs() {
    main().unwrap();
}
