//! Reads the words of a cell from the left to the right: days, then the times of day that hold for them.

use jiff::civil::Date;

use super::{BadTimes, DAY, Days, MOST, Times};
use crate::say::words::is_blank;

pub(super) struct Reading<'d> {
    pub(super) days: &'d Days,
    pub(super) rest: &'d str,
    /// The days that were named last.
    pub(super) dates: Vec<Date>,
    /// Whether a time of day was named for them.
    pub(super) is_used: bool,
    pub(super) times: Times,
    pub(super) is_either: bool,
    /// Days of the week were named that are not planned.
    pub(super) is_outside: bool,
}

impl<'d> Reading<'d> {
    pub(super) fn new(days: &'d Days, words: &'d str) -> Self {
        let times = Times::default();
        Self {
            days,
            rest: words,
            dates: Vec::new(),
            is_used: false,
            times,
            is_either: false,
            is_outside: false,
        }
    }

    pub(super) fn run(&mut self) -> Result<(), BadTimes> {
        loop {
            self.skip_blanks();
            if self.rest.is_empty() {
                break;
            }
            if self.eat_any(&["或者", "或", "or "]) {
                self.is_either = true;
            } else if self.eat_any(&["、", ",", ";", "\u{1f}", "和", "以及", "及", "and "]) {
                // more of the same
            } else if let Some(weekdays) = self.weekdays()? {
                self.times.each = true;
                self.name_dates(weekdays);
            } else if let Some(dates) = self.dates_here()? {
                self.name_dates(dates);
            } else {
                let (from, to) = self.clocks().ok_or(BadTimes::Unreadable)?;
                self.span(from, to)?;
            }
        }
        if !self.is_used && !self.dates.is_empty() {
            self.span(0, DAY)?;
        }
        Ok(())
    }

    pub(super) fn name_dates(&mut self, dates: Vec<Date>) {
        if std::mem::take(&mut self.is_used) {
            self.dates.clear();
        }
        self.dates.extend(dates);
    }

    pub(super) fn span(&mut self, from: i64, to: i64) -> Result<(), BadTimes> {
        if self.dates.is_empty() && !self.is_outside {
            self.dates = self.days.all(false)?;
        }
        self.is_used = true;
        for &date in &self.dates {
            if self.times.spans.len() >= MOST {
                return Err(BadTimes::Unreadable);
            }
            self.times.spans.push((self.days.at(date, from)?, self.days.at(date, to)?));
        }
        Ok(())
    }

    pub(super) fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }

    pub(super) fn eat(&mut self, words: &str) -> bool {
        let rest = self.rest.strip_prefix(words);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn eat_any(&mut self, any: &[&str]) -> bool {
        any.iter().any(|words| self.eat(words))
    }

    pub(super) fn eat_to(&mut self) -> bool {
        let before = self.rest;
        self.skip_blanks();
        let found = self.eat_any(&["-", "~", "至", "到", "to "]);
        self.skip_blanks();
        if !found {
            self.rest = before;
        }
        found
    }

    /// What is read if `read` finds something; else nothing has been read.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let found = read(self);
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    /// A number of at most so many digits.
    pub(super) fn digits(&mut self, most: usize) -> Option<u32> {
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 || end > most {
            return None;
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok()
    }
}
