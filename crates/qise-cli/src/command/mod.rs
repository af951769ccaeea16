//! One file for each command.

pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod schema;
pub(crate) mod solve;

use std::path::Path;

use anyhow::{Context, Result};
use qise::Faults;
use qise_io::Scenario;

use crate::args::Common;
use crate::{Terminal, exit};

/// A document with faults, and its name.
#[derive(Debug)]
struct BadDocument {
    name: String,
    faults: Faults,
}

impl std::fmt::Display for BadDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.faults)
    }
}

impl std::error::Error for BadDocument {}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn faulty<T>(path: &Path, read: Result<T, Faults>) -> Result<T> {
    read.map_err(|faults| BadDocument { name: path.display().to_string(), faults }.into())
}

fn read_scenario(path: &Path) -> Result<Scenario> {
    faulty(path, qise_io::read_scenario(&read(path)?))
}

/// Tells what went wrong, every fault on a line of its own, and picks the exit code.
pub(crate) fn report(error: &anyhow::Error, common: &Common, terminal: &mut Terminal<'_>) -> u8 {
    if let Some(bad) = error.downcast_ref::<BadDocument>() {
        let lang = common.lang();
        let count = bad.faults.0.len();
        let head = qise::text!("{count} fault(s)", "{count} 处错误");
        terminal.complain(&format!("{}: {}\n", bad.name, head.in_lang(lang)));
        for fault in &bad.faults.0 {
            terminal.complain(&format!("  {}\n", fault.message().in_lang(lang)));
        }
        return exit::FAULTS;
    }
    terminal.complain(&format!("qise: {error:#}\n"));
    exit::FILES
}
