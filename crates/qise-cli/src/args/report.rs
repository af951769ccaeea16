//! The arguments of `qise report`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Told, seconds};

#[derive(ClapArgs, Debug)]
pub(crate) struct Report {
    /// The scenario: a document, a ledger (.xlsx, .xls, .ods), or a folder of CSV tables.
    pub(crate) scenario: PathBuf,
    /// The plan: a document, or a table made by hand (.csv, .tsv).
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// Write the page to this file, as HTML.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Seconds to look for reasons, and for changes that would help.
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true, default_value_t = 10.0)]
    pub(crate) time_limit: f64,
    /// Number of unserved needs, the most important first, for which changes that would help are tried out.
    #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true)]
    pub(crate) remedies: usize,
    #[command(flatten)]
    pub(crate) told: Told,
}
