//! Dates and times as offices write them: `11月24日 9:00-11:30`, `2026/11/24 下午2点到4点`, `周一三五 9:00-12:00`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use qise::model::Time;
use qise::{Text, text};
use qise_io::time::{Zone, parse_time};

use super::words::{is_blank, plain};

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
}

/// Why times cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadTimes {
    Unreadable,
    /// A day without its year, or a time of day without its day, and nothing says which.
    NoDay,
    /// A local time that the clocks skip or show twice, or that no calendar has.
    NoSuchTime,
}

impl BadTimes {
    pub(crate) fn expected() -> Text {
        text!(
            "a time such as 11月24日 9:00-11:30 or 周一三五 9:00-12:00",
            "时间,如 11月24日 9:00-11:30 或 周一三五 9:00-12:00"
        )
    }

    pub(crate) fn hint(self) -> Text {
        match self {
            Self::Unreadable => Text::default(),
            Self::NoDay => text!(
                "nothing says which day, or which year: fill in 日期 (date) here or on the sheet 设置 (settings)",
                "未说明是哪一天或哪一年:请在此处或“设置”表填写“日期”"
            ),
            Self::NoSuchTime => text!("the calendar has no such time", "日历中没有这一时刻"),
        }
    }
}

/// So many spans are in a cell at most.
const MOST: usize = 1000;

/// A time of day, in minutes and seconds of the day, with its half of the day where that was said.
#[derive(Clone, Copy, PartialEq)]
struct Clock {
    seconds: i64,
    half: Option<Half>,
    /// A number alone, such as the 9 in 9-11点.
    is_bare: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
}

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
        }
        reading.run()?;
        let Reading { mut times, is_either, .. } = reading;
        times.each &= !is_either;
        times.spans.sort_unstable();
        if times.spans.is_empty() { Err(BadTimes::Unreadable) } else { Ok(times) }
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
        let spans = words.split([';', '、', '\n']).filter(|part| !part.trim().is_empty()).map(|part| {
            match part.split_once('/') {
                Some((from, to)) => Ok((moment(from)?, moment(to)?)),
                None => moment(part).map(|at| (at, at)),
            }
        });
        Some(spans.collect::<Result<Vec<_>, _>>().map(|mut spans| {
            spans.sort_unstable();
            Times { spans, each: false }
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

struct Reading<'d> {
    days: &'d Days,
    rest: &'d str,
    /// The days that were named last.
    dates: Vec<Date>,
    /// Whether a time of day was named for them.
    is_used: bool,
    times: Times,
    is_either: bool,
}

const WEEKDAYS: [(char, Weekday); 8] = [
    ('一', Weekday::Monday),
    ('二', Weekday::Tuesday),
    ('三', Weekday::Wednesday),
    ('四', Weekday::Thursday),
    ('五', Weekday::Friday),
    ('六', Weekday::Saturday),
    ('日', Weekday::Sunday),
    ('天', Weekday::Sunday),
];

const ENGLISH: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl<'d> Reading<'d> {
    fn new(days: &'d Days, words: &'d str) -> Self {
        let times = Times::default();
        Self { days, rest: words, dates: Vec::new(), is_used: false, times, is_either: false }
    }

    fn run(&mut self) -> Result<(), BadTimes> {
        loop {
            self.skip_blanks();
            if self.rest.is_empty() {
                break;
            }
            if self.eat_any(&["或者", "或", "or "]) {
                self.is_either = true;
            } else if self.eat_any(&["、", ",", ";", "和", "以及", "及", "and "]) {
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

    fn name_dates(&mut self, dates: Vec<Date>) {
        if std::mem::take(&mut self.is_used) {
            self.dates.clear();
        }
        self.dates.extend(dates);
    }

    fn span(&mut self, from: i64, to: i64) -> Result<(), BadTimes> {
        if self.dates.is_empty() {
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

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }

    fn eat(&mut self, words: &str) -> bool {
        let rest = self.rest.strip_prefix(words);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn eat_any(&mut self, any: &[&str]) -> bool {
        any.iter().any(|words| self.eat(words))
    }

    fn eat_to(&mut self) -> bool {
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
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let found = read(self);
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    /// A number of at most so many digits.
    fn digits(&mut self, most: usize) -> Option<u32> {
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 || end > most {
            return None;
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok()
    }

    /// 周一三五, 周一至周五, 星期六、日, 工作日, 每天, Mon-Fri: the days among those that are planned.
    fn weekdays(&mut self) -> Result<Option<Vec<Date>>, BadTimes> {
        let mut named = Vec::new();
        if self.eat_any(&["每天", "每日", "天天", "daily", "every day"]) {
            return self.days.all(false).map(Some);
        }
        if self.eat_any(&["工作日", "weekdays"]) {
            named.extend(ENGLISH[..5].iter().map(|(_, day)| *day));
        } else if self.eat_any(&["周末", "双休日", "weekend"]) {
            named.extend([Weekday::Saturday, Weekday::Sunday]);
        } else {
            while let Some(first) = self.attempt(|scan| scan.weekday(true)) {
                named.push(first);
                self.more_weekdays(&mut named);
                let is_next = self.attempt(|scan| {
                    scan.skip_blanks();
                    scan.eat_any(&["、", ",", "和"]);
                    scan.skip_blanks();
                    let rest = scan.rest;
                    scan.weekday(true)?;
                    scan.rest = rest;
                    Some(())
                });
                if is_next.is_none() {
                    break;
                }
            }
        }
        if named.is_empty() {
            return Ok(None);
        }
        let dates = self.days.all(true)?;
        Ok(Some(dates.into_iter().filter(|date| named.contains(&date.weekday())).collect()))
    }

    /// What follows the first weekday: more of them, or the last of several.
    fn more_weekdays(&mut self, named: &mut Vec<Weekday>) {
        loop {
            let until = self.attempt(|scan| {
                scan.eat_to().then_some(())?;
                scan.attempt(|scan| scan.weekday(true)).or_else(|| scan.weekday(false))
            });
            if let Some(until) = until {
                let mut day = named.last().copied().unwrap_or(until);
                while day != until {
                    day = day.next();
                    named.push(day);
                }
                continue;
            }
            let next = self.attempt(|scan| {
                scan.eat_any(&["、", ","]);
                let day = scan.weekday(false)?;
                // 一 of 一点 is no weekday
                (!scan.rest.starts_with(['点', '时', '月'])).then_some(day)
            });
            match next {
                Some(day) => named.push(day),
                None => break,
            }
        }
    }

    /// One weekday; `with_word`: with the word that says so.
    fn weekday(&mut self, with_word: bool) -> Option<Weekday> {
        if with_word {
            let english = ENGLISH.iter().find(|(name, _)| self.rest.starts_with(name));
            if let Some(&(_, day)) = english {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
                self.eat(".");
                return Some(day);
            }
            if !self.eat_any(&["每周", "周", "星期", "礼拜"]) {
                return None;
            }
        }
        let first = self.rest.chars().next()?;
        let (_, day) = WEEKDAYS.iter().find(|(sign, _)| *sign == first)?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(*day)
    }

    /// A date, or from one to another; nothing where none stands here.
    fn dates_here(&mut self) -> Result<Option<Vec<Date>>, BadTimes> {
        let Some(first) = self.one_date(self.days.first)? else { return Ok(None) };
        let before = self.rest;
        if self.eat_to()
            && let Some(last) = self.one_date(Some(first))?
        {
            let mut dates = vec![first];
            while dates[dates.len() - 1] < last && dates.len() < MOST {
                dates.push(dates[dates.len() - 1].tomorrow().map_err(|_| BadTimes::NoSuchTime)?);
            }
            return if last < first { Err(BadTimes::Unreadable) } else { Ok(Some(dates)) };
        }
        self.rest = before;
        Ok(Some(vec![first]))
    }

    /// `like`: the day whose year, or month, is meant where none is said.
    fn one_date(&mut self, like: Option<Date>) -> Result<Option<Date>, BadTimes> {
        let full = |scan: &mut Self| {
            let year = scan.digits(4).filter(|year| *year >= 1000)?;
            scan.eat_any(&["-", "/", ".", "年"]).then_some(())?;
            let month = scan.digits(2)?;
            scan.eat_any(&["-", "/", ".", "月"]).then_some(())?;
            let day = scan.digits(2)?;
            scan.eat_any(&["日", "号"]);
            Some((Some(year), Some(month), day))
        };
        let short = |scan: &mut Self| {
            let month = scan.digits(2)?;
            let sign = ["月", "/"].into_iter().find(|sign| scan.eat(sign))?;
            let day = scan.digits(2)?;
            let is_said = scan.eat_any(&["日", "号"]);
            // 11/24-26 is a date, 9/24:00 is none
            (is_said || sign == "月" || !scan.rest.starts_with([':', '点', '时'])).then_some((
                None,
                Some(month),
                day,
            ))
        };
        let day_alone = |scan: &mut Self| {
            let day = scan.digits(2)?;
            scan.eat_any(&["日", "号"]).then_some((None, None, day))
        };
        let found = self.attempt(full).or_else(|| self.attempt(short)).or_else(|| self.attempt(day_alone));
        let Some((year, month, day)) = found else { return Ok(None) };
        self.attempt(|scan| {
            // 11月24日(周二): which weekday that is says nothing new
            scan.skip_blanks();
            let is_bracketed = scan.eat("(");
            scan.weekday(true)?;
            (!is_bracketed || scan.eat(")")).then_some(())
        });
        let year = match year {
            Some(year) => year as i16,
            None => like.ok_or(BadTimes::NoDay)?.year(),
        };
        let month = match month {
            Some(month) => month,
            None => like.ok_or(BadTimes::NoDay)?.month() as u32,
        };
        let date = Date::new(year, month as i8, day as i8).map_err(|_| BadTimes::NoSuchTime)?;
        Ok(Some(date))
    }

    /// A time of day, or from one to another, in seconds of the day.
    fn clocks(&mut self) -> Option<(i64, i64)> {
        if self.eat_any(&["全天", "整天", "全日", "all day"]) {
            return Some((0, DAY));
        }
        let from = self.clock()?;
        let range = self.attempt(|scan| {
            scan.eat_to().then_some(())?;
            let is_next_day = scan.eat_any(&["次日", "翌日", "第二天"]);
            scan.skip_blanks();
            Some((scan.clock().filter(|clock| !clock.is_bare)?, is_next_day))
        });
        let Some((to, is_next_day)) = range else {
            if from.is_bare {
                return None;
            }
            let at = from.seconds;
            return Some(if self.eat_any(&["之前", "以前", "前"]) {
                (0, at)
            } else if self.eat_any(&["之后", "以后", "后", "起"]) {
                (at, DAY)
            } else {
                (at, at)
            });
        };
        // 下午2-4点, 2-4点下午: what half of the day the one is in holds for the other
        let mut until = to.seconds;
        if to.half.is_none()
            && from.half == Some(Half::Afternoon)
            && until < 12 * 3600
            && until <= from.seconds
        {
            until += 12 * 3600;
        }
        let mut since = from.seconds;
        if from.is_bare
            && from.half.is_none()
            && to.half == Some(Half::Afternoon)
            && since + 12 * 3600 < until
        {
            since += 12 * 3600;
        }
        let is_night = until <= since && since >= 18 * 3600 && until <= 12 * 3600;
        if is_next_day || is_night {
            until += DAY;
        }
        Some((since, until))
    }

    /// One time of day: 9:00, 9点半, 下午2点, 2:30pm, 24:00.
    fn clock(&mut self) -> Option<Clock> {
        self.attempt(|scan| {
            let half = if scan.eat_any(&["凌晨", "早上", "早晨", "清晨", "上午", "早"]) {
                Some(Half::Morning)
            } else if scan.eat("中午") {
                Some(Half::Noon)
            } else if scan.eat_any(&["下午", "傍晚", "晚上", "夜里", "晚"]) {
                Some(Half::Afternoon)
            } else {
                None
            };
            scan.skip_blanks();
            let mut hour = i64::from(scan.digits(2).filter(|hour| *hour <= 24)?);
            let (mut minute, mut second, mut is_bare) = (0, 0, false);
            if scan.eat(":") {
                minute = scan.digits(2)?;
                if scan.eat(":") {
                    second = scan.digits(2)?;
                }
            } else if scan.eat_any(&["点钟", "点", "时"]) {
                if scan.eat("半") {
                    minute = 30;
                } else if scan.eat("一刻") {
                    minute = 15;
                } else if scan.eat("三刻") {
                    minute = 45;
                } else if let Some(minutes) = scan.attempt(|scan| scan.digits(2)) {
                    minute = minutes;
                    scan.eat("分");
                }
            } else {
                is_bare = true;
            }
            let half = match half {
                None if scan
                    .attempt(|scan| {
                        scan.skip_blanks();
                        scan.eat("am").then_some(())
                    })
                    .is_some() =>
                {
                    Some(Half::Morning)
                }
                None if scan
                    .attempt(|scan| {
                        scan.skip_blanks();
                        scan.eat("pm").then_some(())
                    })
                    .is_some() =>
                {
                    Some(Half::Afternoon)
                }
                half => half,
            };
            is_bare &= half.is_none();
            match half {
                Some(Half::Afternoon) if hour < 12 => hour += 12,
                Some(Half::Noon) if hour < 11 => hour += 12,
                Some(Half::Morning) if hour == 12 => hour = 0,
                _ => {}
            }
            let seconds = hour * 3600 + i64::from(minute) * 60 + i64::from(second);
            (minute < 60 && second < 60 && seconds <= DAY).then_some(Clock { seconds, half, is_bare })
        })
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
mod tests {
    use super::*;

    fn days() -> Days {
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        Days { zone, first: Some(jiff::civil::date(2026, 11, 23)), count: None }
    }

    fn read(words: &str) -> String {
        read_on(words, None)
    }

    fn read_on(words: &str, on: Option<&str>) -> String {
        let days = days();
        match days.times(words, on) {
            Ok(times) => written(&times.spans, &days.zone) + if times.each { " each" } else { "" },
            Err(bad) => format!("{bad:?}"),
        }
    }

    #[test]
    fn times_as_offices_write_them() {
        for (words, told) in [
            ("11月24日 9:00-11:30", "2026-11-24 9:00-11:30"),
            ("11月24日9:00~11:30", "2026-11-24 9:00-11:30"),
            ("2026/11/24", "2026-11-24 0:00-24:00"),
            ("2026/11/24 9:00—11:30", "2026-11-24 9:00-11:30"),
            ("2026年11月24日上午9点到11点半", "2026-11-24 9:00-11:30"),
            ("11月24日(周二)下午2-4点", "2026-11-24 14:00-16:00"),
            ("11月24日周二 14:00-16:00", "2026-11-24 14:00-16:00"),
            ("24日 9时30分至10时", "2026-11-24 9:30-10:00"),
            ("9:00-11:00", "2026-11-23 9:00-11:00"),
            ("9点前", "2026-11-23 0:00-9:00"),
            ("下午3点以后", "2026-11-23 15:00-24:00"),
            ("10:00", "2026-11-23 10:00"),
            ("11月24日 8:00-12:00、14:00-18:00", "2026-11-24 8:00-12:00、14:00-18:00"),
            ("11月24日 9:00-10:00;11月25日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-25 9:00-10:00"),
            ("11月24日、26日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-26 9:00-10:00"),
            ("11月24-26日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-25 9:00-10:00;2026-11-26 9:00-10:00"),
            ("周一三五 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00;2026-11-27 9:00-11:00 each"),
            ("周一、周三 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00 each"),
            ("周一或周三 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00"),
            ("周六、日 全天", "2026-11-28 0:00-24:00;2026-11-29 0:00-24:00 each"),
            ("Mon-Tue 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-24 9:00-11:00 each"),
            ("Mon Wed 9am-2pm", "2026-11-23 9:00-14:00;2026-11-25 9:00-14:00 each"),
            ("11月24日 22:00-6:00", "2026-11-24 22:00-次日6:00"),
            ("11月24日 20:00-次日14:00", "2026-11-24 20:00-次日14:00"),
            (
                "2026-11-24t09:00:00+08:00/2026-11-26t10:00:00+08:00",
                "2026-11-24T09:00:00+08:00/2026-11-26T10:00:00+08:00",
            ),
            ("9-11点", "2026-11-23 9:00-11:00"),
            ("2-4pm", "2026-11-23 14:00-16:00"),
            ("9:00:15-9:30", "2026-11-23 9:00:15-9:30"),
        ] {
            assert_eq!(read(words), told, "{words}");
        }
        assert_eq!(read("周一至周五 8:00-9:00").matches("8:00-9:00").count(), 5);
        assert_eq!(read_on("9:00-11:30", Some("11月25日")), "2026-11-25 9:00-11:30");
        assert_eq!(
            read_on("8:00-17:00", Some("周二、周四")),
            "2026-11-24 8:00-17:00;2026-11-26 8:00-17:00 each"
        );
    }

    #[test]
    fn what_is_no_time_is_told() {
        for words in
            ["", "上午", "尽快", "9:70", "25:00", "11-24", "9", "11月24日 9:00-", "周八", "9:00 左右"]
        {
            assert_eq!(read(words), "Unreadable", "{words}");
        }
        assert_eq!(read("11月31日 9:00"), "NoSuchTime");
        let days = Days { first: None, ..days() };
        assert_eq!(days.times("9:00-10:00", None), Err(BadTimes::NoDay));
        assert_eq!(days.times("11月24日 9:00-10:00", None), Err(BadTimes::NoDay));
        assert!(days.times("2026-11-24 9:00-10:00", None).is_ok());
    }

    #[test]
    fn moments_and_dates() {
        let days = days();
        assert_eq!(days.moment("11月24日 10:00", None), Ok(Time(1_795_485_600)));
        assert!(days.moment("11月24日", None).is_err());
        assert_eq!(days.date("2026/11/24"), Ok(jiff::civil::date(2026, 11, 24)));
        assert_eq!(days.date("11月24日"), Ok(jiff::civil::date(2026, 11, 24)));
    }
}
