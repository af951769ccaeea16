//! What the program can be asked.

mod bench;
mod coverage;
mod dispatch;
mod improve;
mod ledger;
mod report;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use qise::Lang;

pub(crate) use bench::{Bench, BenchAssign, BenchFamily};
pub(crate) use coverage::{Coverage, Of};
pub(crate) use dispatch::Dispatch;
pub(crate) use improve::Improve;
pub(crate) use ledger::{Convert, Template};
pub(crate) use report::Report;

/// qise (七色): sends the right volunteers to the people who need them.
///
/// A path of `-` is standard input or standard output. No file is written that is also read, and each is replaced whole or not at all.
///
/// Ctrl-C, SIGTERM and SIGHUP end a search, and the best plan so far is written; a second one ends the program at once.
///
/// Exit codes: 0 success; 1 violations found; 2 invalid arguments; 3 invalid document, its faults are listed; 4 file error, or
/// standard output closed; 130 ended by a signal.
#[derive(Debug, Parser)]
#[command(name = "qise", version, max_term_width = 110)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct Common {
    /// Language of tables and messages.
    #[arg(long, global = true, value_enum, default_value_t = Language::En, env = "QISE_LANG")]
    pub(crate) lang: Language,
    /// Print nothing but errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Print the result as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// 简体中文
    Zh,
}

impl Common {
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            Language::En => Lang::En,
            Language::Zh => Lang::Zh,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Plan a scenario and print the plan.
    Solve(Solve),
    /// Judge a plan: every violation of every rule, and the score term by term.
    Check(Check),
    /// Prove how good any plan could be: the most priority served, the least effort.
    Bound(Bound),
    /// Compare two plans: who goes instead of whom, which needs are won or lost, and what that is worth.
    Diff(Diff),
    /// Explain why a need is not served, or why these people serve it.
    Explain(Explain),
    /// Rank who could serve a need now, or what a person could serve in addition, without planning anew.
    Rank(Rank),
    /// Find the cheapest changes that let a need be served, or that improve the whole plan; each is tried out.
    Improve(Improve),
    /// Measure how evenly a plan shares load among people, and service among areas and categories.
    Fairness(Fairness),
    /// Solve a scenario at several weights of a fairness term: what more fairness costs.
    Frontier(Frontier),
    /// Measure which share of needs, residents and land has a capable crew near by, where the gaps are, and where new teams help most.
    Coverage(Box<Coverage>),
    /// Write a plan as one page to hand over: map, timeline, people, reasons and figures, without any network.
    Report(Report),
    /// Serve live: JSON lines on standard input and output, every event kept in a journal.
    ///
    /// A command is {"id", "key", "at", "do", …}, a question {"id", "ask", …}, each on a line of its own. {"id", "seq", "outcome"},
    /// {"id", "answer"} or {"id", "error"} answers at once; {"durable": n} says that every entry up to n is on the disk. A command whose
    /// key is known is not carried out again. No clock is read: `at` and the command `tick` move time.
    ///
    /// `qise schema dispatch` describes all lines; the guide has a whole call.
    ///
    /// qise dispatch today.qise --scenario day.json --plan plan.json
    Dispatch(Dispatch),
    /// Write a scenario in another form: document (.json), workbook (.xlsx), or folder of CSV tables. Nothing is lost on the way.
    Convert(Convert),
    /// Write an empty ledger to fill in: a workbook (.xlsx) or a folder of CSV tables.
    Template(Template),
    /// List the rules that a plan can break: what each means, what it looks at, and whether pairs are checked and bounds keep it.
    Rules,
    /// Print the JSON Schema of a document format.
    Schema(Schema),
    /// Generate a scenario of any size, the same for the same seed.
    Generate(Generate),
    /// Solve published benchmark problems.
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Solve {
    /// The scenario: a document, a ledger (.xlsx, .xls, .ods), or a folder of CSV tables.
    pub(crate) scenario: PathBuf,
    /// The format of problem and plan.
    #[arg(long, value_enum, default_value_t = ProblemFormat::Scenario)]
    pub(crate) format: ProblemFormat,
    /// Seconds to search [default: 3, or no limit with --iterations].
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<f64>,
    /// Steps of search; with this limit alone, equal seeds give equal plans on any machine.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) iterations: Option<u64>,
    /// Seed of all random choices.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Plan to start from.
    #[arg(long, value_name = "PLAN")]
    pub(crate) warm: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) told: Told,
    /// Write the plan document to this file; a workbook to print, where it ends in .xlsx.
    #[arg(long, value_name = "PLAN")]
    pub(crate) out: Option<PathBuf>,
    /// Write a map of the plan to this file, as GeoJSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) geojson: Option<PathBuf>,
    /// Write a picture of the plan to this file, as SVG.
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// What people were told already.
#[derive(ClapArgs, Debug)]
pub(crate) struct Told {
    /// Plan that people were told already: changes against it cost. It replaces the one in the scenario, and the one that a plan
    /// document was judged against.
    #[arg(long, value_name = "PLAN")]
    pub(crate) previous: Option<PathBuf>,
    /// Penalty for reassigning or dropping a previously planned visit.
    #[arg(long, value_name = "PRICE", default_value_t = 3600, requires = "previous")]
    pub(crate) reassign_price: u32,
    /// Penalty for starting a previously planned visit at another time.
    #[arg(long, value_name = "PRICE", default_value_t = 600, requires = "previous")]
    pub(crate) retime_price: u32,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Bound {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// Plan to compare with: the least effort of any plan that serves as much is bounded. Without one, that of plans that serve all.
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<PathBuf>,
    /// The format of problem and plan.
    #[arg(long, value_enum, default_value_t = ProblemFormat::Scenario)]
    pub(crate) format: ProblemFormat,
    /// Seconds to search for better bounds [default: 10, or no limit with --rounds].
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<f64>,
    /// Rounds of pricing for each bound; with this limit alone, the same bound on any machine.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) rounds: Option<u64>,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// The format of a problem and its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProblemFormat {
    /// Documents of qise.
    Scenario,
    /// Neutral format for comparing engines; the plan goes to --out and nothing else is printed.
    Neutral,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Check {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The plan: a document, or a table made by hand (.csv, .tsv).
    pub(crate) plan: PathBuf,
    #[command(flatten)]
    pub(crate) told: Told,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Diff {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The old plan: a document, or a table made by hand (.csv, .tsv).
    pub(crate) old: PathBuf,
    /// The new plan.
    pub(crate) new: PathBuf,
    #[command(flatten)]
    pub(crate) told: Told,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Explain {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The plan document.
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: PathBuf,
    /// The need to explain.
    #[arg(long, value_name = "ID")]
    pub(crate) need: String,
    #[command(flatten)]
    pub(crate) told: Told,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Rank {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// Current plan [default: empty].
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<PathBuf>,
    /// The need to be served; if the plan serves it, as if it did not.
    #[arg(long, value_name = "ID", conflicts_with = "volunteer")]
    pub(crate) need: Option<String>,
    /// The person who could serve something in addition.
    #[arg(long, value_name = "ID")]
    pub(crate) volunteer: Option<String>,
    /// Number of answers at most.
    #[arg(long, value_name = "K", default_value_t = 10, allow_negative_numbers = true)]
    pub(crate) best: usize,
    #[command(flatten)]
    pub(crate) told: Told,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Fairness {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The plan: a document, or a table made by hand (.csv, .tsv).
    pub(crate) plan: PathBuf,
    /// List all people, the least used first.
    #[arg(long)]
    pub(crate) people: bool,
    /// Write the scenario to this file with the hours of the plan booked in the ledgers, for the next plan.
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) book: Option<PathBuf>,
    /// Per mille of the old ledger that is kept when booking.
    #[arg(long, value_name = "PERMILLE", default_value_t = 1000, requires = "book", value_parser = clap::value_parser!(u32).range(0..=1000), allow_negative_numbers = true)]
    pub(crate) keep: u32,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Frontier {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// The term that measures unfairness.
    #[arg(long, value_name = "TERM", default_value = "load")]
    pub(crate) term: String,
    /// Weights to try, separated by commas, at most 100.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "0,1,2,5,10,20,50,100", value_parser = clap::value_parser!(u32).range(0..=1_000_000_000), allow_negative_numbers = true)]
    pub(crate) weights: Vec<u32>,
    /// Seconds to search, for all weights together [default: 3, or no limit with --iterations].
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) time_limit: Option<f64>,
    /// Steps of search for each weight, and as many again for the plan they all start from; with this limit alone, equal seeds give
    /// equal plans on any machine.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) iterations: Option<u64>,
    /// Seed of all random choices.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Write a picture of efficiency against fairness to this file, as SVG.
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// Write the plan of each weight to this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) plans: Option<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Schema {
    /// The document.
    #[arg(value_enum, default_value_t = Format::Scenario)]
    pub(crate) format: Format,
}

/// A document format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// What is to be planned.
    Scenario,
    /// A plan for it.
    Plan,
    /// The lines of a conversation with `qise dispatch`.
    Dispatch,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Generate {
    /// Number of needs.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 100)]
    pub(crate) needs: usize,
    /// Percentage of needs that ask for a crew of two to four people.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) crews: u32,
    /// Percentage of needs for one person that are rides to town, some of them and back.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) rides: u32,
    /// Percentage of the other needs that ask for goods to be delivered; requires depots.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) deliveries: u32,
    /// Percentage of the other needs that ask for a wheelchair or a walker on loan; requires depots.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) loans: u32,
    /// Number of depots.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) depots: usize,
    /// Number of vehicles that a few people of a settlement may take.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) vehicles: usize,
    /// Percentage of shifts, people, teams, vehicles and needs with what is asked more rarely: overtime, projects, loads in order.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, default_value_t = 0)]
    pub(crate) extras: u32,
    /// Number of volunteers.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1000)]
    pub(crate) volunteers: usize,
    /// Number of teams.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 30)]
    pub(crate) teams: usize,
    /// Number of days.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1)]
    pub(crate) days: u32,
    /// Seed of all random choices.
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// `alxa`, or a box `west,south,east,north` in degrees.
    #[arg(long, value_name = "REGION", default_value = "alxa", allow_hyphen_values = true)]
    pub(crate) region: String,
    /// Write the scenario to this file instead of printing it.
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) out: Option<PathBuf>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("{text:?} is not a number of seconds"))?;
    if (0.0..=1e9).contains(&value) { Ok(value) } else { Err("from 0 to 10^9 seconds".into()) }
}
