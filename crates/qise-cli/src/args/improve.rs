//! What `qise improve` can be asked.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Told, seconds};

#[derive(ClapArgs, Debug)]
pub(crate) struct Improve {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The plan to improve.
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// The need to be served [default: all that the plan leaves, and the whole plan].
    #[arg(long, value_name = "ID")]
    pub(crate) need: Option<String>,
    /// Number of remedies for each need, and of changes of each kind for the whole plan [default: 10 with --need, else 1].
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub(crate) best: Option<usize>,
    /// Minutes by which a window may become wider, at most, on either side.
    #[arg(long, value_name = "MIN", default_value_t = 240, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) window: u32,
    /// Kilometres beyond their radius that people may go, at most.
    #[arg(long, value_name = "KM", default_value_t = 200, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) radius: u32,
    /// Number of people who may join, at most.
    #[arg(long, value_name = "N", default_value_t = 2, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) people: u32,
    /// Number of additional units of any good, at most.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) units: u32,
    /// Steps of search to try out each change.
    #[arg(long, value_name = "N", default_value_t = 500, allow_negative_numbers = true)]
    pub(crate) steps: u64,
    /// Seconds after which no further change is tried out [default: no limit].
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<f64>,
    /// Seed of all random choices.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads [default: as many as the machine has].
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Write the changed scenario and the plan of every remedy to this folder, as need-NUMBER-ID-RANK-… and plan-RANK-…
    #[arg(long, value_name = "FOLDER")]
    pub(crate) plans: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) told: Told,
}
