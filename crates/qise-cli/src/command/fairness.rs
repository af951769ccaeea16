//! `qise fairness`: how evenly load and service are shared out; and hours booked into the ledger.

use anyhow::Result;
use qise::fairness::load;
use qise::plan::Plan;
use qise_io::Scenario;

use super::{faulty, may_write, read_plan, read_scenario, write};
use crate::args::{Common, Fairness};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Fairness, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    if let Some(path) = &args.book {
        may_write(path)?;
    }
    let scenario = read_scenario(&args.scenario)?;
    let plan = read_plan(&scenario, &args.plan)?.plan;
    if common.json {
        let report = qise_io::report::fairness(&scenario.problem, &plan);
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet {
        terminal.say(&show::fairness(&scenario, &plan, args.people, common.lang()));
    }
    if let Some(path) = &args.book {
        write(path, &booked(args, &scenario, &plan)?)?;
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
