//! `qise bound`: proves how good any plan could be.

use std::time::Instant;

use anyhow::Result;
use qise::bound::{Bounds, Options, bound};
use qise::plan::Score;
use qise::{Problem, Stop};
use qise_io::bench::neutral;
use qise_io::visible::shown_problem;

use super::search::{default_threads, since};
use super::{NONE, faulty, judged, read, read_plan, read_scenario, settle};
use crate::args::{Bound, Common, ProblemFormat};
use crate::{Terminal, exit, show};

/// Seconds when nothing is said.
const DEFAULT_SECONDS: f64 = 10.0;

pub(crate) fn run(args: &Bound, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let common = &settle(common, &[Some(&args.scenario), args.plan.as_ref()], &NONE)?;
    let (problem, score) = match args.format {
        ProblemFormat::Scenario => {
            let mut scenario = read_scenario(&args.scenario)?;
            let score = match &args.plan {
                Some(path) => {
                    let mut plan = read_plan(&scenario, path)?;
                    scenario = judged(scenario, None, &mut [(path, &mut plan)], common, terminal)?;
                    let checked = qise_io::check_plan(&scenario.problem, &plan);
                    warn(&checked, path, common, terminal);
                    Some(checked.evaluation.score)
                }
                None => None,
            };
            (scenario.problem, score)
        }
        ProblemFormat::Neutral => {
            let given = faulty(&args.scenario, neutral::read(&read(&args.scenario)?))?;
            let score = match &args.plan {
                Some(path) => Some(faulty(path, given.score(&read(path)?))?),
                None => None,
            };
            (given.problem, score)
        }
    };
    let begun = terminal.begun();
    let _heeding = terminal.heed();
    let found = search(&problem, score.as_ref(), args, begun, terminal);
    if common.json {
        terminal.say(&format!("{:#}\n", qise_io::report::bound(&problem, &found)));
    } else if !common.quiet {
        terminal.say(&show::bound::bounds(
            &shown_problem(&problem),
            &found,
            begun.elapsed().as_secs_f64(),
            common.lang(),
        ));
    }
    Ok(exit::OK)
}

/// A plan that breaks rules may be better than every bound: that is said.
fn warn(
    checked: &qise_io::CheckedPlan,
    path: &std::path::Path,
    common: &Common,
    terminal: &mut Terminal<'_>,
) {
    if !checked.is_valid() {
        let (count, path) = (checked.findings.len(), path.display());
        let words = qise::text!(
            "{path}: breaks {count} rules, so that it may go beyond every bound (`qise check` lists them)",
            "{path}：违反 {count} 条规则，可能超出任何界（`qise check` 逐条列出）"
        );
        terminal.complain_line(words.in_lang(common.lang()));
    }
}

fn search(
    problem: &Problem,
    score: Option<&Score>,
    args: &Bound,
    begun: Instant,
    terminal: &Terminal<'_>,
) -> Bounds {
    let threads = args.threads.map_or_else(default_threads, usize::from);
    let options = Options { threads, rounds: args.rounds, ..Options::default() };
    let limit = args.time_limit.or(args.rounds.is_none().then_some(DEFAULT_SECONDS));
    let stop = since(begun, limit).or(Stop::cancelled_by(terminal.cancel()));
    bound(problem, score, &options, &stop)
}
