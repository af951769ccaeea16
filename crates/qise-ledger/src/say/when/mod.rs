//! Dates and times as offices write them: `11月24日 9:00-11:30`, `2026/11/24 下午2点到4点`, `周一三五 9:00-12:00`.

mod clock;
mod dates;
mod reading;

use jiff::ToSpan;
use jiff::civil::Date;
use qise::model::Time;
use qise::{Text, text};
use qise_io::time::{Zone, parse_time};

use super::words::{NEXT, is_blank, plain};
use reading::Reading;

/// What a ledger says of days and clocks.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    pub(crate) zone: Zone,
    /// The first day that is planned.
    pub(crate) first: Option<Date>,
    /// How many days are planned, where that is said.
    pub(crate) count: Option<u32>,
}

/// Spans of time in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// In order of time.
    pub(crate) spans: Vec<(Time, Time)>,
    /// Days of the week were named, or all days: each of them is meant, not one of them.
    pub(crate) each: bool,
    /// Days of the week were named that are not planned.
    pub(crate) is_outside: bool,
}

impl Times {
    /// Makes one span of those that touch.
    pub(crate) fn join(&mut self) {
        let mut joined = Vec::<(Time, Time)>::new();
        for &(from, to) in &self.spans {
            match joined.last_mut() {
                Some((_, end)) if from == *end => *end = to,
                _ => joined.push((from, to)),
            }
        }
        self.spans = joined;
    }
}

/// Why times cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadTimes {
    Unreadable,
    /// A day without its year, or a time of day without its day, and nothing says which.
    NoDay,
    /// A local time that the clocks skip or show twice, or that no calendar has.
    NoSuchTime,
    /// Days of the week of which none is planned.
    NotPlanned,
}

impl BadTimes {
    pub(crate) fn expected() -> Text {
        text!(
            "a time such as 11月24日 9:00-11:30 or 周一三五 9:00-12:00",
            "时间，如 11月24日 9:00-11:30 或 周一三五 9:00-12:00"
        )
    }

    pub(crate) fn hint(self) -> Text {
        match self {
            Self::Unreadable => Text::default(),
            Self::NoDay => text!(
                "nothing says which day, or which year: fill in 日期 (date) here or on the sheet 设置 (settings)",
                "未说明是哪一天或哪一年：请在此处或“设置”表填写“日期”"
            ),
            Self::NoSuchTime => text!("the calendar has no such time", "日历中没有这一时刻"),
            Self::NotPlanned => text!(
                "none of these days is planned: see 日期 (date) and 天数 (days) on the sheet 设置 (settings)",
                "计划期内没有这些日子：请核对“设置”表的“日期”和“天数”"
            ),
        }
    }
}

/// So many spans are in a cell at most.
const MOST: usize = 1000;

const DAY: i64 = 86_400;

impl Days {
    /// Reads the spans of a cell. `on`: the day that another column of the row states, in words.
    pub(crate) fn times(&self, words: &str, on: Option<&str>) -> Result<Times, BadTimes> {
        let words = plain(words).to_lowercase();
        let on = on.map(|on| plain(on).to_lowercase());
        if let Some(times) = self.iso(&words) {
            return times;
        }
        let mut reading = Reading::new(self, &words);
        if let Some(on) = &on {
            let (dates, each) = self.dates_of(on)?;
            (reading.dates, reading.times.each) = (dates, each);
            // days that the cell itself names come instead
            reading.is_used = true;
        }
        reading.run()?;
        let Reading { mut times, is_either, is_outside, .. } = reading;
        times.each &= !is_either;
        times.is_outside = is_outside;
        times.spans.sort_unstable();
        match times.spans.is_empty() {
            true if is_outside => Err(BadTimes::NotPlanned),
            true => Err(BadTimes::Unreadable),
            false => Ok(times),
        }
    }

    /// Reads one moment.
    pub(crate) fn moment(&self, words: &str, on: Option<&str>) -> Result<Time, BadTimes> {
        match self.times(words, on)?.spans[..] {
            [(from, to)] if from == to => Ok(from),
            _ => Err(BadTimes::Unreadable),
        }
    }

    /// Reads one date.
    pub(crate) fn date(&self, words: &str) -> Result<Date, BadTimes> {
        let words = plain(words).to_lowercase();
        let words = words
            .split_once('t')
            .filter(|(date, _)| date.ends_with(|c: char| c.is_ascii_digit()))
            .map_or(&*words, |(date, _)| date);
        match self.dates_of(words)?.0[..] {
            [date] => Ok(date),
            _ => Err(BadTimes::Unreadable),
        }
    }

    /// Times as documents write them, by strokes from their ends.
    fn iso(&self, words: &str) -> Option<Result<Times, BadTimes>> {
        let is_iso = |at: usize| {
            let before = words[..at].bytes().last().is_some_and(|b| b.is_ascii_digit());
            before && words[at + 1..].starts_with(|c: char| c.is_ascii_digit())
        };
        if !words.match_indices('t').any(|(at, _)| is_iso(at)) {
            return None;
        }
        let moment = |words: &str| {
            let words = words.trim_matches(is_blank).to_uppercase();
            parse_time(&words, Some(&self.zone)).map_err(|_| BadTimes::Unreadable)
        };
        let spans =
            words.split([';', '、', '\n', NEXT]).filter(|part| !part.trim().is_empty()).map(
                |part| match part.split_once('/') {
                    Some((from, to)) => Ok((moment(from)?, moment(to)?)),
                    None => moment(part).map(|at| (at, at)),
                },
            );
        Some(spans.collect::<Result<Vec<_>, _>>().map(|mut spans| {
            spans.sort_unstable();
            Times { spans, ..Times::default() }
        }))
    }

    /// Days that are all there is in some words, and whether they are days of the week.
    fn dates_of(&self, words: &str) -> Result<(Vec<Date>, bool), BadTimes> {
        let mut reading = Reading::new(self, words);
        let (mut all, mut each) = (Vec::new(), false);
        loop {
            reading.skip_blanks();
            if reading.rest.is_empty() {
                return if all.is_empty() { Err(BadTimes::Unreadable) } else { Ok((all, each)) };
            }
            if reading.eat_any(&["、", ",", ";"]) {
                continue;
            }
            let weekdays = reading.weekdays()?;
            each |= weekdays.is_some();
            let dates = match weekdays {
                Some(dates) => Some(dates),
                None => reading.dates_here()?,
            };
            all.extend(dates.ok_or(BadTimes::Unreadable)?);
        }
    }

    fn first(&self) -> Result<Date, BadTimes> {
        self.first.ok_or(BadTimes::NoDay)
    }

    /// The days that are planned; a week where the number of days is not said and `by_week`.
    fn all(&self, by_week: bool) -> Result<Vec<Date>, BadTimes> {
        let count = self.count.unwrap_or(if by_week { 7 } else { 1 });
        let first = self.first()?;
        (0..count)
            .map(|day| first.checked_add(i64::from(day).days()).map_err(|_| BadTimes::NoSuchTime))
            .collect()
    }

    fn at(&self, date: Date, seconds: i64) -> Result<Time, BadTimes> {
        let date = date.checked_add((seconds / DAY).days()).map_err(|_| BadTimes::NoSuchTime)?;
        let seconds = seconds % DAY;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let words = format!("{date}T{hour:02}:{minute:02}:{second:02}");
        parse_time(&words, Some(&self.zone)).map_err(|_| BadTimes::NoSuchTime)
    }
}

/// Spans as they are written into a cell: by day where they lie within one, else as documents write them.
pub(crate) fn written(spans: &[(Time, Time)], zone: &Zone) -> String {
    let mut words = String::new();
    let mut day = None;
    for &(from, to) in spans {
        let (date, clock) = day_and_clock(from, zone);
        let (end_date, end) = day_and_clock(to, zone);
        let next = zone.date(zone.days_later(from, 1));
        let until = match end.as_str() {
            _ if end_date == date => Some(end),
            "0:00" if end_date == next => Some("24:00".to_owned()),
            _ if end_date == next => Some(format!("次日{end}")),
            _ => None,
        };
        let sign = if day.is_none() { "" } else { ";" };
        let (from_words, to_words) = (zone.format(from), zone.format(to));
        let is_same_day = day.as_ref() == Some(&date);
        match &until {
            Some(_) if is_same_day => words.extend(["、", clock.as_str()]),
            Some(_) => words.extend([sign, date.as_str(), " ", clock.as_str()]),
            None => words.extend([sign, from_words.as_str(), "/", to_words.as_str()]),
        }
        if let Some(until) = until.filter(|_| from != to) {
            words.extend(["-", until.as_str()]);
        }
        day = Some(date);
    }
    words
}

/// The local date and time of day of a moment.
fn day_and_clock(time: Time, zone: &Zone) -> (String, String) {
    let words = zone.format(time);
    let (date, clock) = words.split_once('T').unwrap_or((&words, ""));
    let hours = clock.get(..2).unwrap_or_default();
    let hours = hours.strip_prefix('0').unwrap_or(hours);
    let (minutes, seconds) = (clock.get(3..5).unwrap_or_default(), clock.get(6..8).unwrap_or_default());
    let seconds = if seconds == "00" { String::new() } else { format!(":{seconds}") };
    (date.to_owned(), format!("{hours}:{minutes}{seconds}"))
}

#[cfg(test)]
mod tests;
