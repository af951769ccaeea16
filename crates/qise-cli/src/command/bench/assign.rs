//! `qise bench assign`: one sparse assignment problem, exactly.

use std::time::Instant;

use anyhow::{Result, bail};
use qise::assignment::{AssignOptions, assign};
use qise::text;
use qise_io::bench::assign as format;
use serde_json::json;

use super::super::{read, settle, write};
use crate::args::{BenchAssign, Common};
use crate::{Terminal, exit};

pub(crate) fn run(args: &BenchAssign, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let common = &settle(common, &[Some(&args.problem)], &[args.out.as_ref()])?;
    let bench = match format::read(&read(&args.problem)?) {
        Ok(bench) => bench,
        Err(fault) => {
            terminal.complain_line(&format!("{}: {fault}", args.problem.display()));
            return Ok(exit::FAULTS);
        }
    };
    let start = Instant::now();
    let assigned = assign(&bench.problem, &AssignOptions::default())?;
    let solve_s = start.elapsed().as_secs_f64();
    if let Err(disproof) = assigned.verify(&bench.problem, &[]) {
        bail!("the answer is not optimal, which is a defect of this program: {disproof}");
    }
    if let Some(path) = &args.out {
        write(path, &format::write(&assigned, solve_s), terminal)?;
    }
    let (needs, served, objective) = (bench.problem.rows(), assigned.served(), assigned.objective);
    if common.json {
        let report = json!({
            "name": bench.name, "needs": needs, "served": served, "objective": objective, "solve_s": solve_s,
        });
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet {
        let (name, ms) = (&bench.name, solve_s * 1e3);
        let line = text!(
            "{name}: {served} of {needs} needs served at {objective}, proven optimal, in {ms:.2} ms\n",
            "{name}：{needs} 个需求中服务 {served} 个，总费用 {objective}，已证明最优，用时 {ms:.2} 毫秒\n"
        );
        terminal.say(line.in_lang(common.lang()));
    }
    Ok(exit::OK)
}
