//! `qise generate`: makes a scenario.

use anyhow::Result;
use qise::Problem;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;

use super::{Trouble, may_write, write};
use crate::args::Generate;
use crate::{Terminal, exit};

pub(crate) fn run(args: &Generate, terminal: &mut Terminal<'_>) -> Result<u8> {
    let wrong = |error: qise_io::generate::GenerateError| Trouble::Argument(error.message());
    if let Some(path) = &args.out {
        may_write(path)?;
    }
    let options = GenerateOptions {
        needs: args.needs,
        crews_percent: args.crews,
        rides_percent: args.rides,
        deliveries_percent: args.deliveries,
        loans_percent: args.loans,
        depots: args.depots,
        vehicles: args.vehicles,
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
        Some(path) => write(path, &document)?,
        None => terminal.say(&document),
    }
    Ok(exit::OK)
}
