//! `qise solve --format neutral`: a problem and a plan in the format in which engines are compared.
//!
//! Such runs are measured from the start of the process to its end, so nothing is done that the plan does not need: no
//! reasons, no figures, no tables.

use anyhow::Result;
use qise::solve::Options;
use qise::text;
use qise_io::bench::neutral;

use super::search::{Budget, default_threads, search};
use super::{faulty, read, settle, write};
use crate::args::{Common, Solve};
use crate::{Terminal, exit};

pub(crate) fn run(args: &Solve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let has_map = args.geojson.is_some() || args.svg.is_some();
    if args.warm.is_some() || args.told.previous.is_some() || has_map {
        let wrong = text!(
            "--warm, --previous, --geojson and --svg go with scenarios, not with --format neutral",
            "--warm、--previous、--geojson、--svg 只用于场景,不能与 --format neutral 同用"
        );
        terminal.complain_line(&format!("qise: {}", wrong.in_lang(common.lang())));
        return Ok(exit::USAGE);
    }
    let common = &settle(common, &[Some(&args.scenario)], &[args.out.as_ref()])?;
    let given = faulty(&args.scenario, neutral::read(&read(&args.scenario)?))?;
    let options = Options {
        seed: args.seed,
        threads: args.threads.map_or_else(default_threads, usize::from),
        complete_first: true,
        ..Options::default()
    };
    let budget = Budget::new(args.time_limit, args.iterations, terminal.begun());
    let _heeding = terminal.heed();
    let solved = search(&given.problem, &options, &budget, common, terminal, &mut |_| {});
    let plan = given.plan(&solved.plan);
    match &args.out {
        Some(path) => write(path, &plan, terminal)?,
        None => terminal.say(&format!("{plan}\n")),
    }
    // The process is about to end: to give back every table first would only take time.
    std::mem::forget((given, solved));
    Ok(exit::OK)
}
