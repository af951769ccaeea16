//! `qise improve`: what would help a need, or the whole plan.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Result;
use qise::improve::{Extent, Improver, Options, Outcome, Worth};
use qise::model::{Metres, Seconds};
use qise::plan::{Plan, evaluate};
use qise::{Problem, explain};
use qise_io::{PlanNotes, Scenario};
use serde_json::json;

use super::search::default_threads;
use super::{cannot_write, find_need, read_plan, read_scenario, write};
use crate::args::{Common, Improve};
use crate::{Terminal, exit, show};

/// So many remedies are told of one need that was asked about.
const OF_ONE: usize = 10;

pub(crate) fn run(args: &Improve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let begun = Instant::now();
    if let Some(folder) = &args.plans {
        std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    }
    let scenario = read_scenario(&args.scenario)?;
    let problem = &scenario.problem;
    let plan = read_plan(&scenario, &args.plan)?.plan;
    let asked = args.need.as_ref().map(|id| find_need(problem, id)).transpose()?;
    let (outcomes, worths) = {
        let cancelled = terminal.cancelled();
        let limit = args.time_limit.unwrap_or(f64::INFINITY).max(1e-9);
        let spent = || {
            if cancelled.load(Ordering::Relaxed) {
                f64::INFINITY
            } else {
                begun.elapsed().as_secs_f64() / limit
            }
        };
        let improver = Improver::new(problem, &plan, options(args), &spent);
        let left = explain::reasons(problem, &plan).into_iter().map(|reason| reason.need);
        let needs = asked.map_or_else(|| left.collect(), |need| vec![need]);
        let best = args.best.unwrap_or(if asked.is_some() { OF_ONE } else { 1 });
        let mut outcomes = improver.remedies(&needs);
        for outcome in &mut outcomes {
            outcome.remedies.truncate(best);
        }
        let worths = if asked.is_some() { None } else { improver.worths(args.best.unwrap_or(1)) };
        (outcomes, worths)
    };
    if common.json {
        let remedies = qise_io::report::remedies(problem, &scenario.zone, &outcomes);
        let worths = worths.as_ref().map(|worths| qise_io::report::worths(problem, &scenario.zone, worths));
        terminal.say(&format!("{:#}\n", json!({ "needs": remedies, "plan": worths })));
    } else if !common.quiet {
        terminal.say(&show::remedies(&scenario, &outcomes, common.lang()));
        if asked.is_none() {
            terminal.say(&show::worths(&scenario, worths.as_deref(), common.lang()));
        }
    }
    if let Some(folder) = &args.plans {
        write_all(&scenario, &outcomes, worths.as_deref().unwrap_or_default(), folder)?;
    }
    Ok(exit::OK)
}

fn options(args: &Improve) -> Options {
    let window = Seconds(i64::from(args.window) * 60);
    let farthest = Extent {
        sooner: window,
        later: window,
        radius: Metres(i64::from(args.radius) * 1000),
        people: args.people,
        units: args.units,
    };
    let threads = args.threads.map_or_else(default_threads, usize::from);
    Options { farthest, steps: args.steps, seed: args.seed, threads, ..Options::default() }
}

/// The changed scenario and its plan of every remedy.
fn write_all(scenario: &Scenario, outcomes: &[Outcome], worths: &[Worth], folder: &Path) -> Result<()> {
    for outcome in outcomes {
        let key = &scenario.problem.need(outcome.need).key;
        for (number, remedy) in outcome.remedies.iter().enumerate() {
            let name = format!("{}-{}", file_name(key), number + 1);
            write_one(scenario, &remedy.problem, &remedy.plan, folder, &name)?;
        }
    }
    for (number, worth) in worths.iter().enumerate() {
        let name = format!("plan-{}", number + 1);
        write_one(scenario, &worth.problem, &worth.plan, folder, &name)?;
    }
    Ok(())
}

fn write_one(scenario: &Scenario, problem: &Problem, plan: &Plan, folder: &Path, name: &str) -> Result<()> {
    let changed = qise_io::write_scenario(problem, &scenario.zone);
    write(&folder.join(format!("{name}-scenario.json")), &changed)?;
    let reasons = explain::reasons(problem, plan);
    let notes = PlanNotes { reasons: &reasons, ..PlanNotes::default() };
    let document = qise_io::write_plan(problem, &scenario.zone, plan, &evaluate(problem, plan), &notes);
    write(&folder.join(format!("{name}-plan.json")), &document)
}

/// A key as part of a file's name.
fn file_name(key: &str) -> String {
    key.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect()
}
