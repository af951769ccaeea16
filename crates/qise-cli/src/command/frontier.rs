//! `qise frontier`: what more fairness costs.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use qise::explain::{Depth, reasons};
use qise::fairness::{Frontier, frontier_with};
use qise::model::Term;
use qise::solve::Options;
use qise::{Problem, Stop, Text, text};
use qise_io::visible::shown_problem;
use qise_io::{PlanNotes, Scenario};

use super::search::{Budget, default_threads, explore};
use super::{Trouble, faulty, read_scenario, settle, settle_folder, write};
use crate::args::{Common, Frontier as Asked};
use crate::{Terminal, exit, show};

/// So many weights are tried at most: each is a search of its own, and a plan that is kept.
const MOST_WEIGHTS: usize = 100;
/// The share of the time for the search that reasons take once more.
const REASONS: f64 = 0.1;

pub(crate) fn run(args: &Asked, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let begun = Instant::now();
    let term = Term::from_name(&args.term).ok_or_else(|| Trouble::Argument(no_such_term(&args.term)))?;
    if args.weights.len() > MOST_WEIGHTS {
        let count = args.weights.len();
        let words = text!(
            "--weights: {count} weights, at most {MOST_WEIGHTS} are tried",
            "--weights：共 {count} 个权重，最多 {MOST_WEIGHTS} 个"
        );
        return Err(Trouble::Argument(words).into());
    }
    let inputs = [Some(&args.scenario)];
    let common = &settle(common, &inputs, &[args.plot.as_ref()])?;
    if let Some(folder) = &args.plans {
        settle_folder(folder, &inputs, |name| name.starts_with(term.as_str()))?;
    }
    let scenario = read_scenario(&args.scenario)?;
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options = Options { seed: args.seed, threads, ..Options::default() };
    let budget = Budget::new(args.time_limit, args.iterations, begun);
    let _heeding = terminal.heed();
    let found = explore(&budget, common, terminal, |stop, listen| {
        frontier_with(&scenario.problem, term, &args.weights, &options, stop, listen)
    });
    let frontier = faulty(&args.scenario, found)?;
    if common.json {
        terminal.say(&format!("{:#}\n", qise_io::report::frontier(&frontier)));
    } else if !common.quiet {
        terminal.say(&show::frontier(&shown_problem(&scenario.problem), &frontier, common.lang()));
    }
    if let Some(path) = &args.plot {
        let picture = show::scatter(&shown_problem(&scenario.problem), &frontier, common.lang());
        write(path, &picture, terminal)?;
    }
    if let Some(folder) = &args.plans {
        write_plans(&scenario, &frontier, budget.limit(), folder, terminal)?;
    }
    Ok(exit::OK)
}

/// Each plan as a document of its own, named after its weight.
///
/// Reasons take no longer than a part of what the search might take.
fn write_plans(
    scenario: &Scenario,
    frontier: &Frontier,
    limit: Option<f64>,
    folder: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<()> {
    let problem: &Problem = &scenario.problem;
    let share = limit.unwrap_or(f64::INFINITY) * REASONS / frontier.points.len().max(1) as f64;
    for point in &frontier.points {
        let stop = Stop::after(share).or(Stop::cancelled_by(terminal.cancel()));
        let reasons = reasons(problem, &point.plan, Depth::Proven, &stop);
        let statistics = [("iterations".to_owned(), point.statistics.iterations.into())].into();
        let notes = PlanNotes { reasons: &reasons, statistics, ..PlanNotes::default() };
        let document = qise_io::write_plan(problem, &scenario.zone, &point.plan, &point.evaluation, &notes);
        let name = format!("{}-{}.json", frontier.term.as_str(), point.weight);
        write(&folder.join(name), &document, terminal)?;
    }
    Ok(())
}

/// What is said of a word that is no term.
fn no_such_term(word: &str) -> Text {
    let known = Term::ALL.iter().map(|term| term.as_str()).collect::<Vec<_>>().join(", ");
    text!("--term: found {word:?}, expected one of {known}", "--term：现为 {word:?}，应为 {known} 之一")
}
