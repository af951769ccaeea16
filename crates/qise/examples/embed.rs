//! A search beside a service: started in a thread of its own, watched, and cancelled when somebody has had enough.
//!
//! `cargo run -p qise --example embed`

#![allow(clippy::print_stdout)] // an example shows what it found

use std::error::Error;
use std::thread::sleep;
use std::time::Duration;

use qise::model::{Seconds, Term, Time, TravelRule, Window};
use qise::solve::{Options, spawn};
use qise::{Cancel, Faults, Problem, Stop};

const START: Time = Time(1_795_482_000);

/// People and needs on a grid, more needs than can be served.
fn problem() -> Result<Problem, Faults> {
    let mut b = Problem::builder("a grid");
    let car = b.profile("car", TravelRule::great_circle(30_000, 1300));
    for row in 0..8_u32 {
        for column in 0..8_u32 {
            let (lat, lon) = (38.8 + 0.01 * f64::from(row), 105.6 + 0.01 * f64::from(column));
            let at = b.place(format!("{row}/{column}"), lat, lon);
            if (row + column) % 9 == 0 {
                b.volunteer(format!("v{row}/{column}"), at, car).shift(START, START + Seconds::hours(4));
            }
            let from = START + Seconds::minutes(i64::from((row * 5 + column * 3) % 12) * 15);
            let window = Window::new(from, from + Seconds::minutes(40));
            b.need(format!("n{row}/{column}"), at, window, Seconds::minutes(25)).priority(1 + row % 5);
        }
    }
    b.build()
}

fn main() -> Result<(), Box<dyn Error>> {
    let problem = problem()?;
    // A minute at most, and less when a person, a deadline or a shutdown says so: the flag may be handed to anybody.
    let cancel = Cancel::new();
    let stop = Stop::after(60.0) | Stop::cancelled_by(&cancel);
    let options = Options { seed: 7, threads: 2, ..Options::default() };
    let search = spawn(problem.clone(), options, stop)?;

    for _ in 0..4 {
        sleep(Duration::from_millis(150));
        // At any moment there is a plan that breaks no rule, and could be sent out.
        if let Some((plan, score)) = search.best() {
            let minutes = score.terms.get(Term::TravelTime) / 60;
            let steps = search.iterations();
            println!("{steps:>7} steps: {} served, {minutes} min on the way", plan.served());
        }
    }
    cancel.cancel();
    let solved = search.join();
    let (plan, evaluation) = (&solved.plan, &solved.evaluation);
    println!("in the end {} of {} served", plan.served(), problem.needs().len());
    if evaluation.is_valid() && plan.served() > 0 { Ok(()) } else { Err("a search ends with a plan".into()) }
}

#[test]
fn it_runs() {
    main().unwrap();
}
