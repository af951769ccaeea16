//! What `qise bench` can be asked.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::seconds;

/// A family of benchmark problems; those of routing by the name of their folder.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Vehicle routing with time windows (Solomon, Gehring and Homberger).
    Vrptw(BenchFamily),
    /// The same with several depots, or with customers that only some vehicles may serve.
    #[command(name = "mdvrptw_sdvrptw")]
    MdvrptwSdvrptw(BenchFamily),
    /// The same with customers that may be left out at a price.
    Pcvrptw(BenchFamily),
    /// Team orienteering with time windows.
    Toptw(BenchFamily),
    /// Pick-up and delivery with time windows (Li and Lim).
    Pdptw(BenchFamily),
    /// Home health care routing and scheduling (Mankowska, Meisel and Bierwirth).
    #[command(name = "hhcrsp_mankowska")]
    HhcrspMankowska(BenchFamily),
    /// The same in Italian towns (Ceschia and others).
    #[command(name = "hhcrsp_italian")]
    HhcrspItalian(BenchFamily),
    /// The same on the roads of Porto Alegre (Kummer and others).
    #[command(name = "hhcrsp_kummer")]
    HhcrspKummer(BenchFamily),
    /// Vehicle routing with synchronised visits (Bredström and Rönnqvist).
    #[command(name = "vrptwsyn_bredstrom_ronnqvist")]
    VrptwsynBredstromRonnqvist(BenchFamily),
    /// Technicians who form parties for the day (ROADEF challenge of 2007).
    Roadef2007(BenchFamily),
    /// Technicians with skills, tools and spare parts (Pillac and others).
    #[command(name = "trsp_pillac")]
    TrspPillac(BenchFamily),
    /// A sparse assignment problem with prices for the unserved, solved exactly.
    Assign(BenchAssign),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct BenchAssign {
    /// The problem: JSON with n, m, cols, cost and unserved.
    pub(crate) problem: PathBuf,
    /// Write the match, the objective and the seconds of solving to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct BenchFamily {
    /// Folder of the family, or the folder that contains it: instances and `best_known.csv`.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Only instances whose names match: * stands for any text, ? for one character.
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub(crate) instances: Vec<String>,
    /// Rounding of distances, by its name in the lists of best known values [default: the usual one of the family].
    #[arg(long, value_name = "NAME")]
    pub(crate) convention: Option<String>,
    /// Number of paths of an orienteering problem [default: each for which a value is listed, else 1 to 4].
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) paths: Option<u32>,
    /// Seconds for each instance, reading included [default: 3, or no limit with --iterations].
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) time_limit: Option<f64>,
    /// Steps of search for each instance.
    #[arg(long, value_name = "N")]
    pub(crate) iterations: Option<u64>,
    /// Seed of all random choices.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Write each solution to this folder, as NAME.json.
    #[arg(long, value_name = "DIR")]
    pub(crate) solutions: Option<PathBuf>,
    /// Append a row for each instance to this table; rows that are there with the same seed and limits are not solved again.
    #[arg(long, value_name = "CSV")]
    pub(crate) out: PathBuf,
    /// Seconds to bound each instance, instead of solving it; the table then has the columns
    /// `instance,convention,bound,method,best_known,gap_percent,seconds,time_limit_s`.
    #[arg(long, value_name = "S", value_parser = seconds, conflicts_with_all = ["time_limit", "iterations", "seed", "solutions", "trace"])]
    pub(crate) bound: Option<f64>,
    /// Append the best value over time to this table, and draw it in a file of the same name that ends in .svg.
    #[arg(long, value_name = "CSV")]
    pub(crate) trace: Option<PathBuf>,
}
