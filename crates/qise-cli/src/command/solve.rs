//! `qise solve`: plans a scenario and prints the plan.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use qise::Problem;
use qise::bound::{Bounds, quick};
use qise::explain::{Reason, reasons};
use qise::model::Previous;
use qise::solve::{Options, Solved};
use qise_io::{PlanNotes, Scenario};

use super::search::{Budget, default_threads, search};
use super::{faulty, may_write, neutral, read, read_plan, read_scenario, write};
use crate::args::{Common, ProblemFormat, Solve};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Solve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    if args.format == ProblemFormat::Neutral {
        return neutral::run(args, common, terminal);
    }
    let begun = Instant::now();
    for path in args.out.iter().chain(&args.geojson) {
        may_write(path)?;
    }
    let mut scenario = read_scenario(&args.scenario)?;
    if let Some(path) = &args.previous {
        scenario.problem = with_previous(&scenario, path, args, common, terminal)?;
    }
    let warm = args.warm.as_deref().map(|path| read_plan(&scenario, path)).transpose()?;
    let warm = warm.map(|document| document.plan);
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options =
        Options { seed: args.seed, threads, iterations: args.iterations, warm, complete_first: true };
    let budget = Budget::new(args.time_limit, args.iterations, begun);

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
        write(path, &document)?;
    }
    if let Some(path) = &args.geojson {
        write(path, &qise_io::geojson::plan(&scenario.problem, &scenario.zone, &solved.plan))?;
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

fn with_previous(
    scenario: &Scenario,
    path: &Path,
    args: &Solve,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> Result<Problem> {
    let prices = Previous {
        reassign_price: args.reassign_price,
        retime_price: args.retime_price,
        ..Previous::default()
    };
    let read = qise_io::read_previous(&scenario.problem, &scenario.zone, &read(path)?, &prices);
    let document = faulty(path, read)?;
    for fault in &document.gone {
        terminal.complain(&format!("{}: {}\n", path.display(), fault.message().in_lang(common.lang())));
    }
    faulty(path, scenario.problem.with_previous(Some(document.previous)))
}
