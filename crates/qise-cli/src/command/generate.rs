//! `qise generate`: makes a scenario.

use anyhow::Result;
use qise::Problem;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;

use super::{NONE, Trouble, settle, write};
use crate::args::{Common, Generate};
use crate::{Terminal, exit};

pub(crate) fn run(args: &Generate, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let wrong = |error: qise_io::generate::GenerateError| Trouble::Argument(error.message());
    settle(&Common { json: false, ..common.clone() }, &NONE, &[args.out.as_ref()])?;
    let options = GenerateOptions {
        needs: args.needs,
        crews_percent: args.crews,
        rides_percent: args.rides,
        deliveries_percent: args.deliveries,
        loans_percent: args.loans,
        depots: args.depots,
        vehicles: args.vehicles,
        extras_percent: args.extras,
        volunteers: args.volunteers,
        teams: args.teams,
        days: args.days,
        seed: args.seed,
        region: args.region.parse().map_err(wrong)?,
        ..GenerateOptions::default()
    };
    let data = generate(&options).map_err(wrong)?;
    let problem = Problem::new(data)?;
    let zone = Zone::parse("Asia/Shanghai").unwrap_or_default();
    let document = qise_io::write_scenario(&problem, &zone);
    match &args.out {
        Some(path) => write(path, &document, terminal)?,
        None => terminal.say(&document),
    }
    Ok(exit::OK)
}
