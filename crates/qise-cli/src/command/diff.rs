//! `qise diff`: holds two plans side by side.

use std::borrow::Cow;

use anyhow::Result;
use qise::compare::diff;
use qise_io::visible::shown;

use super::{NONE, judged, read_plan, read_scenario, settle};
use crate::args::{Common, Diff};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Diff, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), Some(&args.old), Some(&args.new), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    let scenario = read_scenario(&args.scenario)?;
    let [mut old, mut new] = [read_plan(&scenario, &args.old)?, read_plan(&scenario, &args.new)?];
    let plans = &mut [(args.old.as_path(), &mut old), (args.new.as_path(), &mut new)];
    let scenario = judged(scenario, Some(&args.told), plans, common, terminal)?;
    let scenario = if common.json { Cow::Borrowed(&scenario) } else { shown(&scenario) };
    let difference = diff(&scenario.problem, &old.plan, &new.plan);
    // Scores that the documents state are judged too.
    let [before, after] = [&old, &new].map(|plan| qise_io::check_plan(&scenario.problem, plan));
    if common.json {
        let (problem, zone) = (&scenario.problem, &scenario.zone);
        let report = qise_io::report::difference(problem, zone, &difference, [&before, &after]);
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet {
        for (path, plan) in [(&args.old, &old), (&args.new, &new)] {
            terminal.say(&show::filled(path, plan.filled, common.lang()));
        }
        terminal.say(&show::difference(&scenario, &difference, [&before, &after], common.lang()));
    }
    Ok(exit::OK)
}
