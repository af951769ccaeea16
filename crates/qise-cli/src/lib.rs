//! The command line as a library: [`run`] takes arguments and a place to write to, and returns an exit code.

mod args;
mod command;
mod show;
mod signals;
mod terminal;

use std::ffi::OsString;

use clap::Parser;
use qise::Lang;

use args::{Args, Command};
pub use signals::Signals;
pub use terminal::Terminal;

/// Exit codes of the program.
pub mod exit {
    /// All is well.
    pub const OK: u8 = 0;
    /// `check` found violations.
    pub const VIOLATIONS: u8 = 1;
    /// The arguments are wrong.
    pub const USAGE: u8 = 2;
    /// A document is wrong: its faults have been listed.
    pub const FAULTS: u8 = 3;
    /// A file could not be read or written, or standard output took no more.
    pub const FILES: u8 = 4;
}

/// Runs one command. `args` begin with the name of the program.
pub fn run(args: impl IntoIterator<Item = impl Into<OsString> + Clone>, terminal: &mut Terminal<'_>) -> u8 {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            terminal.show(&error);
            let code = if error.use_stderr() { exit::USAGE } else { exit::OK };
            return command::ended(code, Lang::En, terminal);
        }
    };
    let common = &args.common;
    let done = match &args.command {
        Command::Solve(solve) => command::solve::run(solve, common, terminal),
        Command::Check(check) => command::check::run(check, common, terminal),
        Command::Bound(bound) => command::bound::run(bound, common, terminal),
        Command::Diff(diff) => command::diff::run(diff, common, terminal),
        Command::Explain(explain) => command::explain::run(explain, common, terminal),
        Command::Improve(improve) => command::improve::run(improve, common, terminal),
        Command::Rank(rank) => command::rank::run(rank, common, terminal),
        Command::Fairness(fairness) => command::fairness::run(fairness, common, terminal),
        Command::Frontier(frontier) => command::frontier::run(frontier, common, terminal),
        Command::Coverage(coverage) => command::coverage::run(coverage, common, terminal),
        Command::Report(report) => command::report::run(report, common, terminal),
        Command::Dispatch(dispatch) => command::dispatch::run(dispatch, common, terminal),
        Command::Convert(convert) => command::ledger::convert(convert, common, terminal),
        Command::Template(template) => command::ledger::template(template, common, terminal),
        Command::Rules => Ok(command::rules::run(common, terminal)),
        Command::Schema(schema) => Ok(command::schema::run(schema, terminal)),
        Command::Bench(bench) => command::bench::run(bench, common, terminal),
        Command::Generate(generate) => command::generate::run(generate, common, terminal),
    };
    let code = done.unwrap_or_else(|error| command::report(&error, common, terminal));
    command::ended(code, common.lang(), terminal)
}

/// The Rust examples of the README and of the guide are tests of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../../../docs/src/rust.md")]
#[doc = include_str!("../../../docs/src/dispatch.md")]
struct Readme;
