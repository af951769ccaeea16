//! What `qise dispatch` can be asked.

use std::path::PathBuf;

use clap::Args as ClapArgs;

#[derive(ClapArgs, Debug)]
pub(crate) struct Dispatch {
    /// The journal: a file that is made when there is none.
    pub(crate) journal: PathBuf,
    /// The scenario that a new journal begins with; an old one has its own.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// The plan that a new journal begins with [default: empty].
    #[arg(long, value_name = "PLAN", requires = "scenario")]
    pub(crate) plan: Option<PathBuf>,
    /// After how many entries the state is kept in the journal, so that it is opened soon; 0: never.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) snapshot_every: u64,
    /// Check the whole journal and say where it is broken; exit code 1 if it is.
    #[arg(long, conflicts_with_all = ["scenario", "until", "export"])]
    pub(crate) verify: bool,
    /// The state as it was after this entry: questions only.
    #[arg(long, value_name = "SEQ", conflicts_with = "scenario")]
    pub(crate) until: Option<u64>,
    /// Write events, needs and assignments to this folder, as CSV and JSON.
    #[arg(long, value_name = "DIR", conflicts_with = "scenario")]
    pub(crate) export: Option<PathBuf>,
}
