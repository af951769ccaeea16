//! Coverage in the words of documents: which share of needs, residents and land has a capable team near by, and where more would help.
//!
//! [`Options`] are plain words, as a command line or a notebook gives them; [`report`] makes the question of them, asks the engine, and
//! keeps the answers together; [`Report::to_json`] and [`Report::to_geojson`] write them.

mod map;
mod options;
mod placing;
mod region;
mod table;
mod write;

use qise::Stop;
use qise::coverage::{
    Cell, Demand, Gap, Layer, Measure, Placement, Point, Question, RequirementProfile, Where, coverage, gaps,
};
use qise::model::{Requirement, Seconds, Time};

use crate::{Scenario, words};
pub use options::{BadOption, Options};
pub use placing::{Candidates, Placing};
pub use region::read_region;
pub use table::{Row, read_points};

/// What was found.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was asked.
    pub question: Question,
    /// Which of the limits gaps, map and placement go by.
    pub within: usize,
    /// Needs, residents and land, as far as there are some.
    pub layers: Vec<Layer>,
    /// The worst gaps of each layer.
    pub gaps: Vec<Vec<Gap>>,
    /// The cells of the land, where it was asked about; in the order of the points of its layer.
    pub cells: Vec<Cell>,
    /// Where more would help, if that was asked.
    pub placed: Option<Placed>,
}

/// Where teams were placed.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The sites and what they gain.
    pub placement: Placement,
    /// All candidates, with their names where they have some.
    pub candidates: Vec<(Option<String>, Where)>,
    /// Within which time.
    pub limit: Seconds,
    /// Whether the best choice was asked for, and not only a good one.
    pub exact: bool,
}

/// Answers a question about coverage.
///
/// # Errors
/// The first option that cannot be, or that `stop` was over before there was an answer.
pub fn report(scenario: &Scenario, options: &Options, stop: &Stop) -> Result<Report, BadOption> {
    let problem = &scenario.problem;
    let (question, within) = question(scenario, options)?;
    let mut demands = Vec::new();
    if !problem.needs().is_empty() && options.requires.is_empty() {
        demands.push((Measure::Needs, Demand::Needs));
    }
    let residents = options.residents.clone().unwrap_or_else(|| Point::residents(problem));
    if !residents.is_empty() {
        demands.push((Measure::Residents, Demand::Residents(residents)));
    }
    let mut cells = Vec::new();
    if let Some(region) = &options.region {
        cells = region.grid(options.cell_m).map_err(|error| BadOption(words::coverage_error(&error)))?.cells;
        demands.push((Measure::Land, Demand::Land(Point::cells(&cells))));
    }
    if demands.is_empty() {
        return Err(options::nothing_to_cover());
    }
    let cover = |(_, demand): &(Measure, Demand)| coverage(problem, demand, &question, stop);
    let layers = demands.iter().map(cover).collect::<Result<Vec<_>, _>>();
    let layers = layers.map_err(|error| BadOption(words::coverage_error(&error)))?;
    let found =
        layers.iter().map(|layer| gaps(problem, layer, within, options.gap_m, options.gaps)).collect();
    let placed = match &options.placing {
        Some(placing) => {
            Some(placing.place(scenario, &demands, &question, (question.limits[within], &cells), stop)?)
        }
        None => None,
    };
    Ok(Report { question, within, layers, gaps: found, cells, placed })
}

/// The question of some options, and which of its limits gaps and map go by.
fn question(scenario: &Scenario, options: &Options) -> Result<(Question, usize), BadOption> {
    let problem = &scenario.problem;
    let mut minutes = options.minutes.clone();
    let within =
        options.within.or_else(|| minutes.iter().copied().find(|&m| m >= 30)).or(minutes.last().copied());
    minutes.extend(options.within);
    minutes.sort_unstable();
    minutes.dedup();
    let Some(within) = within.and_then(|within| minutes.binary_search(&within).ok()) else {
        return Err(BadOption(words::coverage_error(&qise::coverage::CoverageError::Limits)));
    };
    let categories = options.categories.iter().map(|key| options::category(problem, key));
    let categories = categories.collect::<Result<Vec<_>, _>>()?;
    let asks = if options.requires.is_empty() {
        RequirementProfile::most_frequent(&RequirementProfile::of_problem(problem), options.asks)
    } else {
        let all =
            options.requires.iter().map(|words| options::skill(problem, words)).collect::<Result<_, _>>()?;
        vec![RequirementProfile::of_one(Requirement { all, ..Requirement::default() })]
    };
    let known = |ask: &RequirementProfile| {
        categories.is_empty() || ask.category.is_some_and(|c| categories.contains(&c))
    };
    if !asks.iter().any(known) {
        return Err(options::nobody_asks());
    }
    let question = Question {
        moments: options::moments(scenario, options)?,
        span: Seconds::HOUR,
        limits: minutes.iter().map(|&minutes| Seconds(60 * i64::from(minutes))).collect(),
        asks,
        categories,
    };
    Ok((question, within))
}

/// The hour of day of a moment in the zone of a scenario, as `08:00`.
pub fn hour(scenario: &Scenario, moment: Time) -> String {
    let written = scenario.zone.format(moment);
    written.get(11..16).map_or(written.clone(), str::to_owned)
}
