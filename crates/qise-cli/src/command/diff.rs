//! `qise diff`: holds two plans side by side.

use anyhow::Result;
use qise::compare::diff;

use super::{read_plan, read_scenario};
use crate::args::{Common, Diff};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Diff, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let scenario = read_scenario(&args.scenario)?;
    let [old, new] = [read_plan(&scenario, &args.old)?, read_plan(&scenario, &args.new)?];
    let mut difference = diff(&scenario.problem, &old.plan, &new.plan);
    // Scores that the documents state are judged too.
    difference.old = qise_io::check_plan(&scenario.problem, &old);
    difference.new = qise_io::check_plan(&scenario.problem, &new);
    if common.json {
        let report = qise_io::report::difference(&scenario.problem, &scenario.zone, &difference);
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet {
        for (path, plan) in [(&args.old, &old), (&args.new, &new)] {
            terminal.say(&show::filled(path, plan.filled, common.lang()));
        }
        terminal.say(&show::difference(&scenario, &difference, common.lang()));
    }
    Ok(exit::OK)
}
