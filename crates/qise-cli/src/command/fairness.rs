//! `qise fairness`: how evenly load and service are shared out; and hours booked into the ledger.

use anyhow::Result;
use qise::fairness::load;
use qise::plan::Plan;
use qise_io::Scenario;
use qise_io::visible::shown;

use super::told::tell_other;
use super::{faulty, read_plan, read_scenario, settle, write};
use crate::args::{Common, Fairness};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Fairness, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let common = &settle(common, &[Some(&args.scenario), Some(&args.plan)], &[args.book.as_ref()])?;
    let scenario = read_scenario(&args.scenario)?;
    let plan = read_plan(&scenario, &args.plan)?;
    tell_other(&scenario, &args.plan, &plan, common, terminal);
    let plan = plan.plan;
    if common.json {
        let report = qise_io::report::fairness(&scenario.problem, &plan);
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet {
        terminal.say(&show::fairness(&shown(&scenario), &plan, args.people, common.lang()));
    }
    if let Some(path) = &args.book {
        write(path, &booked(args, &scenario, &plan)?, terminal)?;
    }
    Ok(exit::OK)
}

/// The scenario with the hours of the plan in the ledger of everybody.
fn booked(args: &Fairness, scenario: &Scenario, plan: &Plan) -> Result<String> {
    let ledgers = load(&scenario.problem, plan).people.into_iter();
    let ledgers = ledgers.map(|person| (person.volunteer, person.ledger(args.keep))).collect::<Vec<_>>();
    let booked = scenario.problem.replace(|data| {
        for (who, ledger) in ledgers {
            data.volunteers[who.index()].ledger = ledger;
        }
    });
    let booked = faulty(&args.scenario, booked)?;
    Ok(qise_io::write_scenario(&booked, &scenario.zone))
}
