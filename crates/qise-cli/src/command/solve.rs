//! `qise solve`: plans a scenario and prints the plan.

use std::time::Instant;

use anyhow::Result;
use qise::bound::{Bounds, quick};
use qise::explain::{Reason, reasons};
use qise::solve::{Options, Solved};
use qise_io::{PlanNotes, Scenario};

use super::search::{Budget, default_threads, search};
use super::told::with_previous;
use super::{neutral, open_scenario, read_warm, settle, write};
use crate::args::{Common, ProblemFormat, Solve};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Solve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    if args.format == ProblemFormat::Neutral {
        return neutral::run(args, common, terminal);
    }
    let begun = Instant::now();
    let inputs = [Some(&args.scenario), args.told.previous.as_ref(), args.warm.as_ref()];
    let outputs = [args.out.as_ref(), args.geojson.as_ref()];
    let common = &settle(common, &inputs, &outputs)?;
    let mut scenario = open_scenario(&args.scenario, common, terminal)?;
    if let Some(path) = &args.told.previous {
        scenario.problem = with_previous(&scenario, path, &args.told, common, terminal)?;
    }
    let warm = args.warm.as_deref().map(|path| read_warm(&scenario, path, common, terminal)).transpose()?;
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options =
        Options { seed: args.seed, threads, iterations: args.iterations, warm, complete_first: true };
    let budget = Budget::new(args.time_limit, args.iterations, begun);

    let _heeding = terminal.heed();
    let solved = search(&scenario.problem, &options, &budget, common, terminal, &mut |_| {});
    let reasons = reasons(&scenario.problem, &solved.plan);
    let bounds = quick(&scenario.problem, Some(&solved.evaluation.score));
    let document = document(&scenario, &solved, &reasons, &bounds);
    // The plan is shown first, so that it is not lost when a file cannot be written after all.
    if common.json {
        terminal.say(&document);
    } else if !common.quiet {
        terminal.say(&show::plan(&scenario, &solved, &reasons, &bounds, common.lang()));
        if args.out.is_none() && args.geojson.is_none() {
            terminal.say(show::what_next().in_lang(common.lang()));
        }
    }
    if let Some(path) = &args.out {
        write(path, &document, terminal)?;
    }
    if let Some(path) = &args.geojson {
        write(path, &qise_io::geojson::plan(&scenario.problem, &scenario.zone, &solved.plan), terminal)?;
    }
    Ok(exit::OK)
}

/// The plan document, with reasons and figures.
fn document(scenario: &Scenario, solved: &Solved, reasons: &[Reason], bounds: &Bounds) -> String {
    let (problem, plan) = (&scenario.problem, &solved.plan);
    let (served, needs) = (plan.served(), problem.asked());
    let mut figures = vec![("needs", needs), ("served", served), ("routes", plan.routes.len())];
    if !problem.depots().is_empty() {
        figures.push(("calls", qise_io::figures::calls(plan)));
    }
    if !problem.vehicles().is_empty() {
        figures.push(("vehicles", qise_io::figures::vehicles_out(problem, plan).len()));
    }
    let notes = PlanNotes {
        reasons,
        figures: figures.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(),
        statistics: [
            ("iterations".to_owned(), solved.statistics.iterations.into()),
            ("bound".to_owned(), qise_io::bounds(problem, bounds)),
        ]
        .into(),
    };
    qise_io::write_plan(&scenario.problem, &scenario.zone, &solved.plan, &solved.evaluation, &notes)
}
