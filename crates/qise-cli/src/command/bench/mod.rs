//! `qise bench`: solves benchmark problems, one file a family.

mod assign;

use anyhow::Result;

use crate::Terminal;
use crate::args::{Bench, Common};

pub(crate) fn run(bench: &Bench, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    match bench {
        Bench::Assign(args) => assign::run(args, common, terminal),
    }
}
