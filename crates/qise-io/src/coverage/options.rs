//! What may be asked, in words.

use qise::coverage::{Point, Region};
use qise::model::{CategoryId, Quality, SkillId, SkillLevel, Time};
use qise::{Problem, Text, text};

use super::Placing;
use crate::Scenario;
use crate::suggest::Suggest;
use crate::time::parse_time;

/// What is asked about coverage.
#[derive(Clone, Debug)]
pub struct Options {
    /// Within how many minutes somebody must be there.
    pub minutes: Vec<u32>,
    /// The minutes by which gaps, map and placement go; half an hour, or the first above it, when missing.
    pub within: Option<u32>,
    /// The day, as `2026-11-24` in the zone of the scenario; the first on which somebody is on duty when missing.
    pub day: Option<String>,
    /// The hours of that day, as `8-17` or `8,12,20`; all at which somebody is on duty when missing.
    pub hours: Option<String>,
    /// Skills, as `skill` or `skill:level`, that one person must have, instead of what needs ask for.
    pub requires: Vec<String>,
    /// Number of most frequent requirement profiles per category to evaluate for residents and land (0: all).
    pub asks: usize,
    /// Ids of the categories that count; all when empty.
    pub categories: Vec<String>,
    /// The land to be covered.
    pub region: Option<Region>,
    /// The length of its cells, in metres.
    pub cell_m: f64,
    /// Residents by points, instead of those of the scenario.
    pub residents: Option<Vec<Point>>,
    /// So many gaps are told.
    pub gaps: usize,
    /// The length of the pieces of land by which gaps are told, in metres.
    pub gap_m: u32,
    /// What is to be placed.
    pub placing: Option<Placing>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            minutes: vec![15, 30, 60, 120],
            within: None,
            day: None,
            hours: None,
            requires: Vec::new(),
            asks: 3,
            categories: Vec::new(),
            region: None,
            cell_m: 1000.0,
            residents: None,
            gaps: 10,
            gap_m: 20_000,
            placing: None,
        }
    }
}

/// An option that cannot be, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOption(pub Text);

impl std::fmt::Display for BadOption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for BadOption {}

/// A key that nobody knows, with the nearest that is known.
pub(super) fn unknown<'k>(what: &Text, key: &str, known: impl Iterator<Item = &'k str>) -> BadOption {
    let hint = Suggest::default().hint(key, known);
    let (en, zh) = (&what.en, &what.zh);
    let mut words = text!("the scenario has no {en} {key:?}", "场景中没有{zh} {key:?}");
    if !hint.is_empty() {
        words.en = format!("{}; {}", words.en, hint.en);
        words.zh = format!("{};{}", words.zh, hint.zh);
    }
    BadOption(words)
}

/// The position of a key in a list.
pub(super) fn position<'k, I>(what: &Text, key: &str, keys: impl Fn() -> I) -> Result<usize, BadOption>
where
    I: Iterator<Item = &'k str>,
{
    keys().position(|known| known == key).ok_or_else(|| unknown(what, key, keys()))
}

pub(super) fn category(problem: &Problem, key: &str) -> Result<CategoryId, BadOption> {
    let keys = || problem.categories().iter().map(|category| category.key.as_str());
    position(&text!("category", "类别"), key, keys).map(CategoryId::new)
}

/// `skill` or `skill:level`; without a level any will do.
pub(super) fn skill(problem: &Problem, words: &str) -> Result<Quality, BadOption> {
    skill_level(problem, words).map(Quality::Skill)
}

pub(super) fn skill_level(problem: &Problem, words: &str) -> Result<SkillLevel, BadOption> {
    let keys = || problem.skills().iter().map(|skill| skill.key.as_str());
    // A key may hold a colon itself.
    let whole = keys().any(|key| key == words);
    let (key, level) = match words.rsplit_once(':').filter(|_| !whole) {
        Some((key, level)) => (key, level),
        None => (words, "1"),
    };
    let index = position(&text!("skill", "技能"), key, keys)?;
    let most = problem.skills()[index].levels;
    match level.parse::<u8>() {
        Ok(level) if (1..=most).contains(&level) => Ok(SkillLevel { skill: SkillId::new(index), level }),
        _ => Err(BadOption(text!(
            "skill {key:?} has levels from 1 to {most}, not {level:?}",
            "技能 {key:?} 的等级为 1 至 {most}，而非 {level:?}"
        ))),
    }
}

/// The moments of a day and its hours.
pub(super) fn moments(scenario: &Scenario, options: &Options) -> Result<Vec<Time>, BadOption> {
    let (problem, zone) = (&scenario.problem, &scenario.zone);
    let starts = problem.units().iter().map(|unit| unit.start);
    let first = starts.min().or_else(|| {
        let opens = problem.needs().iter().flat_map(|need| &need.stops[0].windows).map(|window| window.from);
        opens.min()
    });
    let day = match (&options.day, first) {
        (Some(day), _) => day.clone(),
        (None, Some(first)) => zone.format(first).chars().take_while(|&c| c != 'T').collect(),
        (None, None) => {
            return Err(BadOption(text!(
                "nobody is on duty and nothing is asked for on any day: state a day",
                "任何一天都无人在岗、也无需求：请指定日期"
            )));
        }
    };
    let at = |hour: u32| parse_time(&format!("{day}T{hour:02}:00"), Some(zone));
    if let Err(crate::time::BadTime::Unreadable | crate::time::BadTime::NoTimeOfDay) = at(12) {
        return Err(BadOption(text!(
            "day {day:?} is not a date such as 2026-11-24",
            "日期 {day:?} 不是 2026-11-24 这样的日期"
        )));
    }
    let hours = match &options.hours {
        Some(words) => hours(words)?,
        None => (0..24).collect(),
    };
    // An hour that the clocks skip is none; one that they show twice is left out.
    let all = hours.into_iter().filter_map(|hour| at(hour).ok()).collect::<Vec<_>>();
    let on_duty = |moment: &Time| {
        let mut units = problem.units().iter();
        units.any(|unit| unit.start <= *moment && *moment < unit.end)
    };
    let manned = all.iter().copied().filter(on_duty).collect::<Vec<_>>();
    let mut chosen = if options.hours.is_some() || manned.is_empty() { all } else { manned };
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// `8-17` or `8,12,20`, or both: hours from 0 to 23.
fn hours(words: &str) -> Result<Vec<u32>, BadOption> {
    let wrong = || {
        BadOption(text!(
            "hours {words:?} are not hours from 0 to 23 such as 8-17 or 8,12,20",
            "时段 {words:?} 不是 8-17 或 8,12,20 这样的 0 至 23 时"
        ))
    };
    let hour = |word: &str| word.trim().parse().ok().filter(|hour| *hour < 24).ok_or_else(wrong);
    let mut all = Vec::new();
    for part in words.split(',') {
        match part.split_once('-') {
            Some((first, last)) => {
                let (first, last) = (hour(first)?, hour(last)?);
                if first > last {
                    return Err(wrong());
                }
                all.extend(first..=last);
            }
            None => all.push(hour(part)?),
        }
    }
    Ok(all)
}

pub(super) fn nothing_to_cover() -> BadOption {
    BadOption(text!(
        "there is nothing to cover: the scenario has no needs and no residents; give a region, or a table of residents",
        "没有可覆盖的对象：场景中没有需求和居民；请给出区域或居民表"
    ))
}

pub(super) fn nobody_asks() -> BadOption {
    BadOption(text!("no need is of these categories", "没有这些类别的需求"))
}
