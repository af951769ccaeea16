//! How good a plan is that is mended after people have declined: `cargo run --release -p qise-dispatch --example replan -- NEEDS
//! PEOPLE DECLINES SECONDS CHANGES`.
//!
//! A day is planned and told to everybody. Then some decline, and the plan is made anew with few changes, beside the service. It is
//! held against a plan from nothing that has ten times as long.
#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use qise::model::{Previous, Restriction, Time, VolunteerId};
use qise::plan::Plan;
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_dispatch::{Command, Dispatch, Outcome, Question, Settings, Start, Submit};
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{read_scenario, write_scenario};
use qise_journal::MemoryJournal;
use qise_lifecycle::DeclineReason;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use serde_json::Value;

/// Before anybody leaves.
const AT: Time = Time(1_795_456_800);

/// When somebody serves a need, by the ids of both.
type Visits = BTreeMap<(String, String), i64>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut number = |otherwise: usize| args.next().map_or(Ok(otherwise), |arg| arg.parse::<usize>());
    let (needs, volunteers, declines) = (number(300)?, number(450)?, number(20)?);
    let (seconds, most_changes) = (number(1)? as f64, number(12)? as u32);
    let options =
        GenerateOptions { needs, volunteers, teams: 23, crews_percent: 10, ..GenerateOptions::default() };
    let problem = Problem::new(generate(&options)?)?.replace(|data| {
        data.previous = Some(Previous { reassign_price: 600, retime_price: 300, ..Previous::default() });
    })?;
    let zone = Zone::parse("Asia/Shanghai").ok_or("no such zone")?;
    let scenario = read_scenario(write_scenario(&problem, &zone).as_bytes())?;
    let problem = scenario.problem.clone();
    let plan = solve(&problem, &Options::default(), &Stop::after(10.0 * seconds)).plan;
    let live = Dispatch::open(
        MemoryJournal::default(),
        Some(Start { scenario, plan, datum: Datum::Wgs84 }),
        Settings::default(),
    )?;
    live.tick(AT)?;
    let whole = priority(&problem, &visits(&live)?);
    let declined = decline(&live, declines)?;
    let before = visits(&live)?;
    println!(
        "{needs} needs, {volunteers} people: priority {whole}; after {declines} declines {}",
        priority(&problem, &before)
    );

    let command = Command::Replan { limit_s: seconds, most_changes, around: None };
    let begun = Instant::now();
    let answer = live.submit(&Submit::new(AT, command))?;
    let took = begun.elapsed().as_secs_f64();
    let mended = visits(&live)?;
    if let Outcome::Changes { changes } = answer.outcome {
        let (merged, dropped) = (changes.merged, changes.dropped);
        println!(
            "replan, {took:.2} s: {merged} groups of changes merged, {dropped} dropped, {} visits told of",
            changes.told
        );
    }

    let barred = declined.iter().filter_map(|(need, who)| {
        Some((problem.need_id(need)?, problem.volunteer_id(who).into_iter().collect::<Vec<VolunteerId>>()))
    });
    let part = problem.restricted(&Restriction { barred: barred.collect(), ..Restriction::default() });
    let anew = solve(&part, &Options::default(), &Stop::after(10.0 * seconds)).plan;
    let anew = visits_of(&problem, &anew);

    let (own, best) = (priority(&problem, &mended), priority(&problem, &anew));
    let (moved, moved_anew) = (changes(&before, &mended), changes(&before, &anew));
    let percent = |a: u64, b: u64| 100.0 * a as f64 / b.max(1) as f64;
    println!("priority: {own} after the replan, {best} from nothing: {:.2} %", percent(own, best));
    println!(
        "visits that people were told of and that are others now: {moved} after the replan, {moved_anew} from nothing: {:.2} %",
        percent(moved, moved_anew)
    );
    Ok(())
}

/// So many people give up what they were told of, and say no when they are asked again.
fn decline(live: &Dispatch, count: usize) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut told = visits(live)?.into_keys().collect::<Vec<_>>();
    told.shuffle(&mut Pcg64Mcg::seed_from_u64(1));
    let mut declined = Vec::new();
    for (need, who) in told {
        if declined.len() == count {
            break;
        }
        let submit = |command| live.submit(&Submit::new(AT, command));
        if submit(Command::Withdraw { need: need.clone(), who: who.clone() }).is_err() {
            continue;
        }
        let asked = submit(Command::Offer { need: need.clone(), who: who.clone(), role: 0, expires_s: 600 });
        if let Some(offer) = asked.ok().and_then(|answer| answer.outcome.offer()) {
            submit(Command::Decline { offer, reason: DeclineReason::Busy })?;
        }
        declined.push((need, who));
    }
    Ok(declined)
}

fn visits(live: &Dispatch) -> Result<Visits, Box<dyn Error>> {
    let plan = live.reader().ask(&Question::Plan {})?;
    let zone = live.zone()?;
    let mut visits = Visits::new();
    for route in list(&plan["routes"]) {
        for visit in list(&route["visits"]).iter().filter(|visit| visit["stop"].as_u64().unwrap_or(0) == 0) {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let start =
                qise_io::time::parse_time(&text(&visit["start"]), Some(&zone)).map_err(|_| "no time")?;
            visits.insert((text(&visit["need"]), text(&route["volunteer"])), start.0);
        }
    }
    Ok(visits)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn visits_of(problem: &Problem, plan: &Plan) -> Visits {
    let first = plan.visits().filter(|(_, visit)| visit.stop == 0);
    let key = |unit| problem.volunteer(problem.unit(unit).volunteer).key.clone();
    first.map(|(unit, visit)| ((problem.need(visit.need).key.clone(), key(unit)), visit.start.0)).collect()
}

fn priority(problem: &Problem, visits: &Visits) -> u64 {
    let mut needs = visits.keys().map(|(need, _)| need.as_str()).collect::<Vec<_>>();
    needs.dedup();
    let known = needs.into_iter().filter_map(|need| problem.need_id(need));
    known.map(|need| u64::from(problem.need(need).priority)).sum()
}

/// How many visits are not as they were.
fn changes(before: &Visits, after: &Visits) -> u64 {
    before.iter().filter(|(visit, start)| after.get(*visit) != Some(start)).count() as u64
}
