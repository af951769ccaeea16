//! Somebody calls while people are on their way: who could go now, what would it take, and what does the plan look like then?
//!
//! `cargo run -p qise --example rank`

#![allow(clippy::print_stdout)] // an example shows what it found

use std::error::Error;

use qise::model::{Need, Seconds, Term, Time, TravelRule, Window};
use qise::solve::{Options, solve};
use qise::{Faults, PlanQuery, Problem, Stop, evaluate};

const START: Time = Time(1_795_482_000);

/// Nine people and their visits along a road.
fn problem() -> Result<Problem, Faults> {
    let mut b = Problem::builder("along a road");
    let car = b.profile("car", TravelRule::great_circle(40_000, 1200));
    let day = Window::new(START, START + Seconds::hours(6));
    for n in 0..9 {
        let at = b.place(format!("village {n}"), 38.8, 105.6 + 0.05 * f64::from(n));
        b.volunteer(format!("person {n}"), at, car).shift(START, START + Seconds::hours(8));
        b.need(format!("visit {n}"), at, day, Seconds::minutes(50));
    }
    b.build()
}

fn main() -> Result<(), Box<dyn Error>> {
    let problem = problem()?;
    let plan = solve(&problem, &Options::default(), &Stop::iterations(2000)).plan;

    // The same problem with one need more; the plan is taken over by keys.
    let at = problem.place_id("village 4").ok_or("no such place")?;
    let soon = Window::new(START + Seconds::hours(1), START + Seconds::hours(2));
    let with_call = problem.replace(|data| {
        data.needs.push(Need::new("call", at, soon, Seconds::minutes(30)));
    })?;
    let (plan, _left_out) = plan.carried(&problem, &with_call);
    let call = with_call.need_id("call").ok_or("it was just added")?;

    let mut standing = PlanQuery::new(&with_call, &plan);
    let offers = standing.rank(call, 3).ok_or("the need is known")?;
    for offer in &offers {
        for (unit, visit) in offer.visits() {
            let who = &with_call.volunteer(with_call.unit(unit).volunteer).key;
            let (travel, work) = (offer.travel(), offer.growth.get(Term::WorkTime));
            println!("{who} at {}: {travel} more on the way, {work} s more at work", visit.start);
        }
    }

    // The first is sent.
    let best = offers.first().ok_or("somebody can come")?;
    let sent = best.taken(&with_call, &standing.plan());
    let evaluation = evaluate(&with_call, &sent);
    println!("served: {} of {}, valid: {}", sent.served(), with_call.needs().len(), evaluation.is_valid());
    if evaluation.is_valid() { Ok(()) } else { Err("an offer that is taken breaks no rule".into()) }
}

#[test]
fn it_runs() {
    main().unwrap();
}
