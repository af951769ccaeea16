//! `qise report`: a plan as one page to hand over.

use std::cmp::Reverse;

use anyhow::Result;
use qise::explain::{Depth, reasons};
use qise::improve::{Improver, Options};
use qise::plan::{Plan, evaluate};
use qise::{Problem, Stop};
use qise_view::Answers;

use super::search::default_threads;
use super::{judged, open_scenario, read_plan, settle, write};
use crate::args::{Common, Report};
use crate::{Terminal, exit};

/// The share of the time that reasons take at most; the rest is for what would help.
const REASONS: f64 = 0.5;

pub(crate) fn run(args: &Report, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), Some(&args.plan), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &[Some(&args.out)])?;
    let scenario = open_scenario(&args.scenario, common, terminal)?;
    let mut plan = read_plan(&scenario, &args.plan)?;
    let scenario = judged(scenario, Some(&args.told), &mut [(&args.plan, &mut plan)], common, terminal)?;
    let (problem, plan) = (&scenario.problem, plan.plan);
    let evaluation = evaluate(problem, &plan);
    let _heeding = terminal.heed();
    let had_enough = || Stop::cancelled_by(terminal.cancel());
    let reasons =
        reasons(problem, &plan, Depth::Proven, &Stop::after(args.time_limit * REASONS).or(had_enough()));
    let remedies = if args.remedies > 0 && !plan.unserved.is_empty() {
        let stop = Stop::after(args.time_limit * (1.0 - REASONS)).or(had_enough());
        let options = Options { threads: default_threads(), ..Options::default() };
        let improver = Improver::new(problem, &plan, options, &stop);
        improver.remedies(&most_important(problem, &plan, args.remedies))
    } else {
        Vec::new()
    };
    let answers = Answers { reasons: &reasons, remedies: &remedies };
    let page = qise_view::report(&scenario, &plan, &evaluation, &answers, common.lang());
    write(&args.out, &page, terminal)?;
    Ok(exit::OK)
}

/// The needs left that matter most.
fn most_important(problem: &Problem, plan: &Plan, most: usize) -> Vec<qise::model::NeedId> {
    let known = plan.unserved.iter().copied().filter(|need| need.index() < problem.needs().len());
    let mut needs = known.collect::<Vec<_>>();
    needs.sort_by_key(|&need| {
        let need = problem.need(need);
        Reverse((need.mandatory, need.priority))
    });
    needs.truncate(most);
    needs
}
