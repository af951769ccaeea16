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
    /// The need to be helped [default: all that nobody serves, and the whole plan].
    #[arg(long, value_name = "ID")]
    pub(crate) need: Option<String>,
    /// How many remedies of one need, and how many changes of each sort for the whole plan [default: 10 of one need, 1 of each of all].
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub(crate) best: Option<usize>,
    /// Windows become wider by no more than so many minutes on either side.
    #[arg(long, value_name = "MIN", default_value_t = 240, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) window: u32,
    /// Nobody goes farther beyond their radius than so many kilometres.
    #[arg(long, value_name = "KM", default_value_t = 200, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) radius: u32,
    /// No more than so many people join.
    #[arg(long, value_name = "N", default_value_t = 2, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) people: u32,
    /// No more than so many more of any goods.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) units: u32,
    /// Steps of search with which each change is tried out.
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
    /// Write the changed scenario and its plan of every remedy told into this folder, as need-NUMBER-ID-RANK-… and plan-RANK-…
    #[arg(long, value_name = "FOLDER")]
    pub(crate) plans: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) told: Told,
}
