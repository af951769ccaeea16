//! `qise solve`: plans a scenario and prints the plan.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use qise::explain::{Reason, reasons};
use qise::model::Previous;
use qise::plan::Term;
use qise::solve::{Options, Progress, Solved, solve};
use qise::{Lang, Problem};
use qise_io::{PlanNotes, Scenario};

use super::{faulty, may_write, read, read_scenario, write};
use crate::args::{Common, Solve};
use crate::{Terminal, exit, show};

/// Seconds of search when nothing is said.
const DEFAULT_SECONDS: f64 = 3.0;

pub(crate) fn run(args: &Solve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let begun = Instant::now();
    for path in args.out.iter().chain(&args.geojson) {
        may_write(path)?;
    }
    let mut scenario = read_scenario(&args.scenario)?;
    if let Some(path) = &args.previous {
        scenario.problem = with_previous(&scenario, path, args, common, terminal)?;
    }
    let warm = args.warm.as_deref().map(|path| read_plan(&scenario, path)).transpose()?;
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options = Options { seed: args.seed, threads, iterations: args.iterations, warm };
    let limit = args.time_limit.or(args.iterations.is_none().then_some(DEFAULT_SECONDS));

    let solved = search(&scenario.problem, &options, limit, begun, common, terminal);
    let reasons = reasons(&scenario.problem, &solved.plan);
    let document = document(&scenario, &solved, &reasons);
    // The plan is shown first, so that it is not lost when a file cannot be written after all.
    if common.json {
        terminal.say(&document);
    } else if !common.quiet {
        terminal.say(&show::plan(&scenario, &solved, &reasons, common.lang()));
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

fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn read_plan(scenario: &Scenario, path: &Path) -> Result<qise::plan::Plan> {
    faulty(path, qise_io::read_plan(&scenario.problem, &scenario.zone, &read(path)?)).map(|read| read.plan)
}

/// The plan document, with reasons and figures.
fn document(scenario: &Scenario, solved: &Solved, reasons: &[Reason]) -> String {
    let (served, needs) = (solved.plan.served(), scenario.problem.needs().len());
    let figures = [("needs", needs), ("served", served), ("routes", solved.plan.routes.len())];
    let notes = PlanNotes {
        reasons,
        figures: figures.map(|(name, value)| (name.to_owned(), value.into())).into(),
        statistics: [("iterations".to_owned(), solved.statistics.iterations.into())].into(),
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

/// Searches until the time is spent, the steps are done, or the user has had enough.
fn search(
    problem: &Problem,
    options: &Options,
    limit: Option<f64>,
    begun: Instant,
    common: &Common,
    terminal: &Terminal<'_>,
) -> Solved {
    let cancelled = terminal.cancelled();
    let spent = || {
        if cancelled.load(std::sync::atomic::Ordering::Relaxed) {
            return f64::INFINITY;
        }
        limit.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit.max(1e-9))
    };
    let bar = (terminal.is_watched() && !common.quiet).then(progress_bar);
    let solved = solve(problem, options, &spent, &mut |progress| {
        if let Some(bar) = &bar {
            bar.set_message(message(progress, common.lang()));
            bar.tick();
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    solved
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn message(progress: &Progress<'_>, lang: Lang) -> String {
    let (steps, unserved) = (progress.iterations, progress.unserved());
    let priority = progress.score.terms.get(Term::UnservedPriority);
    let minutes = progress.score.terms.get(Term::TravelTime) / 60;
    let text = qise::text!(
        "{steps} steps · {unserved} needs unserved (priority {priority}) · {minutes} min on the road · Ctrl-C ends the search",
        "{steps} 步 · 未满足 {unserved} 项(优先级合计 {priority})· 路途 {minutes} 分钟 · 按 Ctrl-C 结束搜索"
    );
    text.in_lang(lang).to_owned()
}
