//! Times, dates and durations as documents write them (ISO 8601), and the zone in which they are read and shown.
//!
//! Zones come from data inside the program, never from the machine, so that a document means the same everywhere.

mod duration;
mod told;
mod zone;

pub(crate) use duration::LONGEST_WRITTEN;
pub use duration::{BadDuration, format_duration, parse_duration};
pub use zone::Zone;
pub(crate) use zone::names as zone_names;

use jiff::civil::DateTime;
use jiff::fmt::temporal::{DateTimeParser, Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};
use qise::model::Time;
use qise::{Text, text};

static PARSER: DateTimeParser = DateTimeParser::new();

/// Why a time cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTime {
    /// Not a time of ISO 8601.
    Unreadable,
    /// Before -9999-01-02 or after 9999-12-30, in UTC: there the offsets of all zones still lie within the calendar.
    Beyond,
    /// A leap second: days have 86,400 seconds here.
    LeapSecond,
    /// A date without a time of day.
    NoTimeOfDay,
    /// Neither offset nor zone, and no zone to fall back to.
    NoOffset,
    /// A fraction of a second.
    Fraction,
    /// A zone that nobody knows.
    UnknownZone,
    /// An offset that the zone does not have at that time.
    OffsetConflict,
    /// A local time that the clocks of the zone skip, or show twice.
    Ambiguous,
}

impl BadTime {
    /// How to mend it.
    pub fn hint(&self) -> Text {
        match self {
            Self::Unreadable => Text::default(),
            Self::Beyond => text!(
                "outside the calendar, which goes from -9999-01-02 to 9999-12-30 in UTC",
                "超出日历范围：UTC 时间 -9999-01-02 至 9999-12-30"
            ),
            Self::LeapSecond => {
                text!("there are no leap seconds: seconds go from 00 to 59", "不支持闰秒：秒数应为 00 至 59")
            }
            Self::NoTimeOfDay => text!("add the time of day", "请补上时刻"),
            Self::NoOffset => text!(
                "add an offset such as +08:00, or state `time_zone` in the document",
                "请加上 +08:00 之类的时差，或在文件中写明 time_zone"
            ),
            Self::Fraction => text!("whole seconds only", "只支持整秒"),
            Self::UnknownZone => text!("no such time zone", "没有这个时区"),
            Self::OffsetConflict => {
                text!("the zone has another offset at that time", "该时区此刻不是这个时差")
            }
            Self::Ambiguous => text!(
                "the clocks of that zone skip this time or show it twice: add the offset",
                "该时区的时钟跳过或重复了这一时刻：请加上时差"
            ),
        }
    }
}

/// Reads a time: with offset (`2026-11-24T09:00:00+08:00`, `…Z`), with zone (`2026-11-24T09:00[Asia/Shanghai]`), or with
/// neither, when `zone` says which is meant.
///
/// # Errors
/// Why it cannot be read. Nothing is guessed: a local time that a zone skips or repeats is an error too.
pub fn parse_time(words: &str, zone: Option<&Zone>) -> Result<Time, BadTime> {
    let pieces = pieces(words)?;
    let time = pieces.time().ok_or(BadTime::NoTimeOfDay)?;
    if time.subsec_nanosecond() != 0 {
        return Err(BadTime::Fraction);
    }
    let local = pieces.date().to_datetime(time);
    let named = named_zone(&pieces)?;
    let stated = pieces.offset();
    let instant = match (stated, named.as_ref().or(zone.map(Zone::rules))) {
        (Some(PiecesOffset::Numeric(offset)), _) => of_offset(offset.offset(), local)?,
        (Some(_), _) => of_offset(Offset::UTC, local)?,
        (None, Some(rules)) => of_zone(rules, local)?,
        (None, None) => return Err(BadTime::NoOffset),
    };
    if let (Some(PiecesOffset::Numeric(offset)), Some(rules)) = (stated, &named) {
        let there = jiff::Timestamp::from_second(instant.0).map_err(|_| BadTime::Beyond)?;
        if rules.to_offset(there) != offset.offset() {
            return Err(BadTime::OffsetConflict);
        }
    }
    Ok(instant)
}

/// Reads a time as [`parse_time`] does, or a date, which means the end of that day: 00:00 of the next one in `zone`.
///
/// # Errors
/// Why it cannot be read.
pub fn parse_time_or_end_of_day(words: &str, zone: Option<&Zone>) -> Result<Time, BadTime> {
    match parse_time(words, zone) {
        Err(BadTime::NoTimeOfDay) => {
            let pieces = pieces(words)?;
            let zone = zone.ok_or(BadTime::NoOffset)?;
            let next = pieces.date().tomorrow().map_err(|_| BadTime::Beyond)?;
            // Where the clocks skip midnight, the day begins when they go on: the later of the two readings.
            let midnight =
                zone.rules().to_ambiguous_timestamp(next.to_datetime(jiff::civil::Time::midnight()));
            let instant = midnight.compatible().map_err(|_| BadTime::Beyond)?;
            Ok(Time(instant.as_second()))
        }
        read => read,
    }
}

/// The parts of a time. What the parser would round to the second before, and what no calendar holds, is told apart from what
/// is no time at all.
fn pieces(words: &str) -> Result<Pieces<'_>, BadTime> {
    let clock = words.split_once(['T', 't', ' ']).map_or("", |(_, clock)| clock);
    let clock = clock.chars().take_while(|c| c.is_ascii_digit() || *c == ':').filter(char::is_ascii_digit);
    if clock.skip(4).take(2).eq("60".chars()) {
        return Err(BadTime::LeapSecond);
    }
    PARSER.parse_pieces(words).map_err(|_| {
        let year = words.trim_start_matches(['+', '-', '\u{2212}']);
        let digits = year.bytes().take_while(u8::is_ascii_digit).count();
        let is_long = digits > 4 && year[digits..].starts_with('-');
        if is_long { BadTime::Beyond } else { BadTime::Unreadable }
    })
}

fn named_zone(pieces: &Pieces<'_>) -> Result<Option<TimeZone>, BadTime> {
    pieces.to_time_zone_with(zone::database()).map_err(|_| BadTime::UnknownZone)
}

fn of_offset(offset: Offset, local: DateTime) -> Result<Time, BadTime> {
    let instant = offset.to_timestamp(local).map_err(|_| BadTime::Beyond)?;
    Ok(Time(instant.as_second()))
}

fn of_zone(rules: &TimeZone, local: DateTime) -> Result<Time, BadTime> {
    let found = rules.to_ambiguous_timestamp(local);
    let why = if found.is_ambiguous() { BadTime::Ambiguous } else { BadTime::Beyond };
    let instant = found.unambiguous().map_err(|_| why)?;
    Ok(Time(instant.as_second()))
}

#[cfg(test)]
mod tests;
