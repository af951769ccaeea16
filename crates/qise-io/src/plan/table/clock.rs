//! When a visit starts, as people write it: a time, or a time of day.

use jiff::Span;
use jiff::civil::date;
use qise::model::{Code, Shift, Time};
use qise::text;

use super::{Column, Table, path};
use crate::plan::csv::Row;
use crate::read::quoted;
use crate::time::{BadTime, parse_time};

/// So many days of a shift are searched for a time of day.
const MOST_DAYS: i32 = 400;

impl Table<'_> {
    /// The start: a time, or a time of day on a day of one of these shifts, best within it and open.
    pub(super) fn start(
        &mut self,
        row: &Row,
        shifts: &[&Shift],
        open: impl Fn(Time) -> bool,
    ) -> Option<Time> {
        let words = self.cell(row, Column::Start);
        if words.is_empty() {
            return None;
        }
        let (day, clock) = split(words);
        let read = match day {
            Some(_) => parse_time(words, Some(self.zone)).or_else(|bad| {
                let spelt = day.zip(clock.as_ref()).map(|(day, clock)| format!("{day}T{clock}"));
                spelt.map_or(Err(bad), |spelt| parse_time(&spelt, Some(self.zone)))
            }),
            None => clock.map_or(Err(BadTime::Unreadable), |clock| self.on_some_day(&clock, shifts, open)),
        };
        read.map_err(|bad| {
            let expected =
                text!("a time such as 9:30 or 2026-11-24T09:30", "9:30 或 2026-11-24T09:30 之类的时刻");
            self.fault(path(row, Column::Start), Code::BadTime, quoted(words), expected, bad.hint());
        })
        .ok()
    }

    fn on_some_day(
        &self,
        clock: &str,
        shifts: &[&Shift],
        open: impl Fn(Time) -> bool,
    ) -> Result<Time, BadTime> {
        let mut best = Err(BadTime::Unreadable);
        let mut rank = 0;
        for shift in shifts {
            let (first, last) = (self.zone.day(shift.start), self.zone.day(shift.end));
            for day in first..=last.min(first.saturating_add(MOST_DAYS)) {
                // Shifts may lie beyond the calendar.
                let since = Span::new().try_days(day);
                let Ok(day) = since.and_then(|days| date(1970, 1, 1).checked_add(days)) else { continue };
                let time = parse_time(&format!("{day}T{clock}"), Some(self.zone));
                let inside = |&time: &Time| shift.start <= time && time <= shift.end;
                let own = match &time {
                    Ok(time) if inside(time) && open(*time) => 4,
                    Ok(time) if inside(time) => 3,
                    Ok(_) => 2,
                    Err(_) => 1,
                };
                if own > rank {
                    (best, rank) = (time, own);
                }
            }
        }
        best
    }
}

/// The day and the time of day, spelt as documents do: of `2026/11/24 9:30` they are `2026-11-24` and `09:30`.
fn split(words: &str) -> (Option<String>, Option<String>) {
    let words = words.replace('\u{ff1a}', ":");
    let (day, clock) = match words.split_once([' ', 'T', 't']) {
        Some((day, clock)) => (Some(day), clock.trim()),
        None if words.contains(':') => (None, words.as_str()),
        None => (Some(words.as_str()), ""),
    };
    let spelt = |words: &str, separator: &[char], joint: &str| {
        let parts = words.split(separator).map(|part| match part.len() {
            1 if part.bytes().all(|b| b.is_ascii_digit()) => format!("0{part}"),
            _ => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join(joint)
    };
    let day = day.map(|day| spelt(day, &['/', '-', '.'], "-"));
    let clock = Some(spelt(clock, &[':'], ":")).filter(|clock| !clock.is_empty());
    (day, clock)
}
