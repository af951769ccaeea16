//! Days: `11月24日`, `2026/11/24`, `11月24-26日`, `周一三五`, `工作日`, `Mon-Fri`.

use jiff::civil::{Date, Weekday};

use super::reading::Reading;
use super::{BadTimes, MOST};
use crate::say::words::number;

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

impl Reading<'_> {
    /// 周一三五, 周一至周五, 星期六、日, 工作日, 每天, Mon-Fri: the days among those that are planned.
    pub(super) fn weekdays(&mut self) -> Result<Option<Vec<Date>>, BadTimes> {
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
        let mut dates = self.days.all(true)?;
        dates.retain(|date| named.contains(&date.weekday()));
        self.is_outside |= named.iter().any(|day| dates.iter().all(|date| date.weekday() != *day));
        Ok(Some(dates))
    }

    /// What follows the first weekday: more of them, or the last of several.
    pub(super) fn more_weekdays(&mut self, named: &mut Vec<Weekday>) {
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
    pub(super) fn weekday(&mut self, with_word: bool) -> Option<Weekday> {
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

    /// The number of a month or a day, in digits or in Chinese: 12, 十二.
    fn number_of_day(&mut self) -> Option<u32> {
        if let Some(number) = self.attempt(|scan| scan.digits(2)) {
            return Some(number);
        }
        let end = self.rest.find(|c| !"一二三四五六七八九十廿".contains(c)).unwrap_or(self.rest.len());
        let (words, rest) = self.rest.split_at(end);
        let number = number(&words.replace('廿', "二十")).filter(|number| *number <= 31.0)?;
        self.rest = rest;
        Some(number as u32)
    }

    /// A date, or from one to another; nothing where none stands here.
    pub(super) fn dates_here(&mut self) -> Result<Option<Vec<Date>>, BadTimes> {
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
    pub(super) fn one_date(&mut self, like: Option<Date>) -> Result<Option<Date>, BadTimes> {
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
            let month = scan.number_of_day()?;
            let sign = ["月", "/", "."].into_iter().find(|sign| scan.eat(sign))?;
            let day = scan.number_of_day()?;
            let is_said = scan.eat_any(&["日", "号"]);
            // 11/24-26 is a date, 9/24:00 is none
            (is_said || sign == "月" || !scan.rest.starts_with([':', '点', '时'])).then_some((
                None,
                Some(month),
                day,
            ))
        };
        let day_alone = |scan: &mut Self| {
            let day = scan.number_of_day()?;
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
}
