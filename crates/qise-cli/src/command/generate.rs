//! `qise generate`: makes a scenario.

use anyhow::{Result, anyhow};
use qise::Problem;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;

use super::write;
use crate::args::{Common, Generate};
use crate::{Terminal, exit};

pub(crate) fn run(args: &Generate, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let lang = common.lang();
    let words = |error: &qise_io::generate::GenerateError| anyhow!(error.message().in_lang(lang).to_owned());
    let options = GenerateOptions {
        needs: args.needs,
        volunteers: args.volunteers,
        teams: args.teams,
        days: args.days,
        seed: args.seed,
        region: args.region.parse().map_err(|e| words(&e))?,
        ..GenerateOptions::default()
    };
    let data = generate(&options).map_err(|e| words(&e))?;
    let problem = Problem::new(data)?;
    let zone = Zone::parse("Asia/Shanghai").unwrap_or_default();
    let document = qise_io::write_scenario(&problem, &zone);
    match &args.out {
        Some(path) => write(path, &document)?,
        None => terminal.say(&document),
    }
    Ok(exit::OK)
}
