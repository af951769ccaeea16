//! `qise solve`: plans a scenario and prints the plan.

use std::path::Path;

use anyhow::Result;
use qise::bound::{Bounds, quick};
use qise::explain::{Depth, Reason, reasons};
use qise::solve::{Options, Solved};
use qise_io::{PlanNotes, Scenario};

use super::afterwards::{Afterwards, reserve};
use super::search::{Budget, default_threads, search};
use super::told::with_previous;
use super::{is_standard, neutral, open_scenario, read_warm, settle, write};
use crate::args::{Common, ProblemFormat, Solve};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Solve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    if args.format == ProblemFormat::Neutral {
        return neutral::run(args, common, terminal);
    }
    let budget = Budget::new(args.time_limit, args.iterations, terminal.begun());
    let inputs = [Some(&args.scenario), args.told.previous.as_ref(), args.warm.as_ref()];
    let outputs = [args.out.as_ref(), args.geojson.as_ref(), args.svg.as_ref()];
    let common = &settle(common, &inputs, &outputs)?;
    let mut scenario = open_scenario(&args.scenario, common, terminal)?;
    if let Some(path) = &args.told.previous {
        scenario.problem = with_previous(&scenario, path, &args.told, common, terminal)?;
    }
    let warm = args.warm.as_deref().map(|path| read_warm(&scenario, path, common, terminal)).transpose()?;
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options = Options { seed: args.seed, threads, warm, complete_first: true };
    let problem = &scenario.problem;

    // From here on a signal ends what takes time, and what was found is told.
    let _heeding = terminal.heed();
    // Until there is a complete plan, nothing is kept for what comes after it.
    let solved = search(problem, &options, &budget, common, terminal, &mut |progress| {
        budget.keep(reserve(problem, progress.unserved(), threads, budget.limit()));
    });
    drop(options);
    // The plan is safe before anything else is done that takes time.
    let searched = budget.elapsed();
    if let Some(path) = args.out.as_ref().filter(|path| !is_standard(path)) {
        write_out(path, &scenario, &solved, &[], None, common, terminal)?;
    }
    if let Some(path) = &args.geojson {
        write(path, &qise_io::geojson::plan(problem, &scenario.zone, &solved.plan), terminal)?;
    }
    if let Some(path) = &args.svg {
        write(path, &qise_io::svg::plan(problem, &solved.plan, common.lang()), terminal)?;
    }
    for warning in show::warnings(problem, &solved) {
        terminal.complain(&format!("qise: {}\n", warning.in_lang(common.lang())));
    }
    let (reasons, bounds) = {
        let written = if args.out.is_some() { budget.elapsed() - searched } else { 0.0 };
        let afterwards = Afterwards::new(&budget, written, terminal.cancel());
        let bounds = quick(problem, Some(&solved.evaluation.score), &afterwards.stop_of_bounds());
        let reasons = reasons(problem, &solved.plan, Depth::Proven, &afterwards.stop());
        (reasons, bounds)
    };
    if common.json || args.out.is_some() {
        let document = document(&scenario, &solved, &reasons, Some(&bounds));
        // The plan is shown first, so that it is not lost when a file cannot be written after all.
        if common.json {
            terminal.say(&document);
        }
        match &args.out {
            Some(path) if is_workbook(path) => {
                write_out(path, &scenario, &solved, &reasons, Some(&bounds), common, terminal)?;
            }
            Some(path) => write(path, &document, terminal)?,
            None => {}
        }
    }
    if !common.json && !common.quiet {
        terminal.say(&show::plan(&scenario, &solved, &reasons, &bounds, common.lang()));
        if args.out.is_none() && args.geojson.is_none() && args.svg.is_none() {
            terminal.say(show::what_next().in_lang(common.lang()));
        }
    }
    // A plan that sends out fewer than must go is the best there is, and is said not to hold.
    Ok(if solved.evaluation.is_valid() { exit::OK } else { exit::VIOLATIONS })
}

fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// Writes the plan as a document, or as a workbook where the path says so.
fn write_out(
    path: &Path,
    scenario: &Scenario,
    solved: &Solved,
    reasons: &[Reason],
    bounds: Option<&Bounds>,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> Result<()> {
    if is_workbook(path) {
        let book = qise_ledger::plan_book(scenario, solved, reasons, common.lang());
        return super::ledger::save(&book, path, terminal);
    }
    write(path, &document(scenario, solved, reasons, bounds), terminal)
}

/// The plan document, with reasons and figures.
fn document(scenario: &Scenario, solved: &Solved, reasons: &[Reason], bounds: Option<&Bounds>) -> String {
    let (problem, plan) = (&scenario.problem, &solved.plan);
    let (served, needs) = (plan.served(), problem.asked());
    let mut figures = vec![("needs", needs), ("served", served), ("routes", plan.routes.len())];
    if !problem.depots().is_empty() {
        figures.push(("calls", qise_io::figures::calls(plan)));
    }
    if !problem.vehicles().is_empty() {
        figures.push(("vehicles", qise_io::figures::vehicles_out(problem, plan).len()));
    }
    let mut statistics = vec![
        ("iterations".to_owned(), solved.statistics.iterations.into()),
        ("complete".to_owned(), solved.statistics.complete.into()),
    ];
    // What says nothing is not told.
    let says_something = |bounds: &&Bounds| {
        bounds.priority.says_something() || bounds.levels.iter().any(|level| level.bound.says_something())
    };
    statistics.extend(
        bounds.filter(says_something).map(|bounds| ("bound".to_owned(), qise_io::bounds(problem, bounds))),
    );
    let notes = PlanNotes {
        reasons,
        figures: figures.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect(),
        statistics: statistics.into_iter().collect(),
    };
    qise_io::write_plan(&scenario.problem, &scenario.zone, &solved.plan, &solved.evaluation, &notes)
}
