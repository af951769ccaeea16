//! `qise explain`: why a need is not served, or by whom and when it is, and why by them.

use std::borrow::Cow;

use anyhow::Result;
use qise::Stop;
use qise::explain::{choice, reason};
use qise_io::report;
use qise_io::visible::shown;

use super::{NONE, find_need, judged, open_scenario, read_plan, settle};
use crate::args::{Common, Explain};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Explain, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), Some(&args.plan), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    let scenario = open_scenario(&args.scenario, common, terminal)?;
    let mut plan = read_plan(&scenario, &args.plan)?;
    let scenario = judged(scenario, Some(&args.told), &mut [(&args.plan, &mut plan)], common, terminal)?;
    let plan = plan.plan;
    let need = find_need(&scenario.problem, &args.need)?;
    let lang = common.lang();
    let scenario = if common.json { Cow::Borrowed(&scenario) } else { shown(&scenario) };
    let problem = &scenario.problem;
    let stop = Stop::cancelled_by(terminal.cancel());
    let words = match choice(problem, &plan, need) {
        Some(choice) => {
            // Of several ways to do one thing it is told of the one that is taken.
            let visits = plan.visits().filter(|(_, visit)| visit.need == choice.need).collect::<Vec<_>>();
            if common.json {
                format!("{:#}\n", report::served(problem, &scenario.zone, &choice, &visits))
            } else {
                show::served(&scenario, choice.need, &visits, lang) + &show::choice(problem, &choice, lang)
            }
        }
        None if common.json => {
            let reason = reason(problem, &plan, need, &stop);
            reason.map_or_else(String::new, |reason| {
                format!("{:#}\n", report::unserved(problem, &scenario.zone, &reason))
            })
        }
        None => reason(problem, &plan, need, &stop)
            .map_or_else(String::new, |reason| show::unserved(&scenario, &reason, lang)),
    };
    terminal.say(&words);
    Ok(exit::OK)
}
