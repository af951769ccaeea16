//! `qise frontier`: what more fairness costs.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use qise::fairness::Frontier;
use qise::plan::Term;
use qise::solve::Options;
use qise::{Problem, Text, text};
use qise_io::{PlanNotes, Scenario};

use super::search::{Budget, default_threads, explore};
use super::{Trouble, cannot_write, faulty, may_write, read_scenario, write};
use crate::args::{Common, Frontier as Asked};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Asked, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let begun = Instant::now();
    let term = Term::from_name(&args.term).ok_or_else(|| Trouble::Argument(no_such_term(&args.term)))?;
    if let Some(path) = &args.plot {
        may_write(path)?;
    }
    if let Some(folder) = &args.plans {
        std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    }
    let scenario = read_scenario(&args.scenario)?;
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options = Options { seed: args.seed, threads, iterations: args.iterations, ..Options::default() };
    let budget = Budget::new(args.time_limit, args.iterations, begun);
    let found = explore(&budget, common, terminal, |spent, listen| {
        qise::fairness::frontier(&scenario.problem, term, &args.weights, &options, spent, listen)
    });
    let frontier = faulty(&args.scenario, found)?;
    if common.json {
        terminal.say(&format!("{:#}\n", qise_io::report::frontier(&frontier)));
    } else if !common.quiet {
        terminal.say(&show::frontier(&scenario.problem, &frontier, common.lang()));
    }
    if let Some(path) = &args.plot {
        write(path, &show::scatter(&scenario.problem, &frontier, common.lang()))?;
    }
    if let Some(folder) = &args.plans {
        write_plans(&scenario, &frontier, folder)?;
    }
    Ok(exit::OK)
}

/// Each plan as a document of its own, named after its weight.
fn write_plans(scenario: &Scenario, frontier: &Frontier, folder: &Path) -> Result<()> {
    let problem: &Problem = &scenario.problem;
    for point in &frontier.points {
        let reasons = qise::explain::reasons(problem, &point.plan);
        let statistics = [("iterations".to_owned(), point.statistics.iterations.into())].into();
        let notes = PlanNotes { reasons: &reasons, statistics, ..PlanNotes::default() };
        let document = qise_io::write_plan(problem, &scenario.zone, &point.plan, &point.evaluation, &notes);
        write(&folder.join(format!("{}-{}.json", frontier.term.as_str(), point.weight)), &document)?;
    }
    Ok(())
}

/// What is said of a word that is no term.
fn no_such_term(word: &str) -> Text {
    let known = Term::ALL.iter().map(|term| term.as_str()).collect::<Vec<_>>().join(", ");
    text!("--term: no term {word:?}; there are {known}", "--term:没有指标 {word:?};可用:{known}")
}
