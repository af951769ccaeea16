//! What `qise coverage` can be asked.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

#[derive(ClapArgs, Debug)]
pub(crate) struct Coverage {
    /// The scenario document.
    pub(crate) scenario: PathBuf,
    /// Minutes within which somebody must be there.
    #[arg(long, value_name = "MIN,…", value_delimiter = ',', default_values_t = [15, 30, 60, 120])]
    pub(crate) minutes: Vec<u32>,
    /// Minutes that count for gaps, map and placement [default: 30, or the first above it].
    #[arg(long, value_name = "MIN")]
    pub(crate) within: Option<u32>,
    /// The day, as 2026-11-24 [default: the first on which somebody is on duty].
    #[arg(long, value_name = "DATE")]
    pub(crate) day: Option<String>,
    /// The hours of that day, as 8-17 or 8,12,20 [default: all at which somebody is on duty].
    #[arg(long, value_name = "HOURS")]
    pub(crate) hours: Option<String>,
    /// Only needs of these categories.
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(crate) category: Vec<String>,
    /// Look for one person with these skills, as skill or skill:level, instead of what needs ask for.
    #[arg(long, value_name = "SKILL,…", value_delimiter = ',')]
    pub(crate) requires: Vec<String>,
    /// Number of most frequent requirement profiles per category to evaluate for residents and land (0: all).
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) asks: usize,
    /// Cover this land too: `alxa`, a box west,south,east,north in degrees, or a GeoJSON file with polygons (WGS-84).
    #[arg(long, value_name = "REGION", allow_hyphen_values = true)]
    pub(crate) region: Option<String>,
    /// Side of the cells of the land, in metres.
    #[arg(long, value_name = "M", default_value_t = 1000.0, requires = "region")]
    pub(crate) cell: f64,
    /// Residents by points: a CSV table of lon,lat,residents (WGS-84), instead of those of the scenario.
    #[arg(long, value_name = "CSV")]
    pub(crate) residents: Option<PathBuf>,
    /// Number of gaps to list.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) gaps: usize,
    /// Side of the pieces of land by which gaps are listed, in metres.
    #[arg(long, value_name = "M", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) gap_size: u32,
    /// Place this number of new teams or lending points where they cover most; requires --like, --skills or --lend.
    #[arg(long, value_name = "N", requires = "what")]
    pub(crate) place: Option<usize>,
    #[command(flatten)]
    pub(crate) what: What,
    /// Number of people with --skills in a team.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "skills", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) people: u32,
    /// Travel profile of new people, or of the way to a lending point [default: that of --like, or of most people].
    #[arg(long, value_name = "ID", requires = "place")]
    pub(crate) profile: Option<String>,
    /// New people go no farther from the site than this, in metres of road.
    #[arg(long, value_name = "M", requires = "place")]
    pub(crate) radius: Option<u32>,
    /// Where new teams may be: `places` (named ones), `bases` (of teams), `needs`, `cells` (of the region), or a CSV table of
    /// lon,lat,name.
    #[arg(long, value_name = "WHERE", default_value = "places", requires = "place")]
    pub(crate) candidates: String,
    /// What new teams are to cover [default: needs, or residents where there are none].
    #[arg(long, value_enum, requires = "place")]
    pub(crate) of: Option<Of>,
    /// Solve exactly by branch and bound (default: greedy, at least 63 % of optimal).
    #[arg(long, requires = "place")]
    pub(crate) exact: bool,
    /// Steps of branch and bound at most.
    #[arg(long, value_name = "N", default_value_t = 2000, requires = "exact")]
    pub(crate) steps: u64,
    /// Write the report to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write a map to this file, as GeoJSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) geojson: Option<PathBuf>,
}

/// What is placed.
#[derive(ClapArgs, Debug)]
#[group(id = "what", multiple = false, requires = "place")]
pub(crate) struct What {
    /// New teams are like this team, or this volunteer: skills, profiles, radii and shifts.
    #[arg(long, value_name = "ID")]
    pub(crate) like: Option<String>,
    /// New people have these skills, as skill or skill:level, and are on duty at all hours; an empty list: no skills at all.
    #[arg(long, value_name = "SKILL,…", value_delimiter = ',', num_args = 0..)]
    pub(crate) skills: Option<Vec<String>>,
    /// A point that lends this good.
    #[arg(long, value_name = "GOOD")]
    pub(crate) lend: Option<String>,
}

/// What may be covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// Needs.
    Needs,
    /// Residents.
    Residents,
    /// Square kilometres.
    Area,
}
