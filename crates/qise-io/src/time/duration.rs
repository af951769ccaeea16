//! Durations.

use jiff::fmt::temporal::SpanParser;
use qise::model::Seconds;
use qise::{Text, text};

static PARSER: SpanParser = SpanParser::new();

/// The longest duration that [`parse_duration`] reads back, in seconds: 19,998 years of 365.25 days, and a little less.
pub(crate) const LONGEST_WRITTEN: i64 = 631_107_417_600;

/// Why a duration cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadDuration {
    /// Not a duration of ISO 8601.
    Unreadable,
    /// Longer than the calendar.
    Beyond,
    /// Months or years, which have no fixed length.
    Calendar,
    /// A fraction of a second.
    Fraction,
}

impl BadDuration {
    /// How to mend it.
    pub fn hint(&self) -> Text {
        match self {
            Self::Unreadable => {
                text!(
                    "PT1H30M is one hour and a half, P1D is 24 hours",
                    "PT1H30M 为一个半小时，P1D 为 24 小时"
                )
            }
            Self::Beyond => {
                text!("longer than the calendar: 19,998 years at most", "超出日历范围：最长 19998 年")
            }
            Self::Calendar => {
                text!("months and years have no fixed length: use days", "年、月长度不定，请用天")
            }
            Self::Fraction => text!("whole seconds only", "只支持整秒"),
        }
    }
}

/// Reads a duration of ISO 8601: `PT1H30M`, `PT45M`, `P1D` (24 hours), `P1W` (7 days). No months, no years.
///
/// # Errors
/// Why it cannot be read. A negative duration is read; whether it makes sense is for the caller to say.
pub fn parse_duration(words: &str) -> Result<Seconds, BadDuration> {
    let span = PARSER.parse_span(words).map_err(|_| {
        // Nothing else is wrong with what is made of the right letters and of more digits than fit.
        let letters = words.trim_start_matches(['+', '-']);
        let is_one = letters.starts_with(['P', 'p'])
            && letters.ends_with(|c: char| c.is_ascii_alphabetic())
            && letters.bytes().all(|b| b.is_ascii_digit() || b"PTWDHMSYptwdhmsy".contains(&b));
        let is_long = letters.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() > 5);
        if is_one && is_long { BadDuration::Beyond } else { BadDuration::Unreadable }
    })?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err(BadDuration::Calendar);
    }
    if span.get_milliseconds() != 0 || span.get_microseconds() != 0 || span.get_nanoseconds() != 0 {
        // What is beyond the longest span in seconds is carried over into what is smaller.
        let is_fraction = words.contains(['.', ',']);
        return Err(if is_fraction { BadDuration::Fraction } else { BadDuration::Beyond });
    }
    // Each unit is bounded by 20,000 years, so the sum is far from overflow.
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let hours = days * 24 + i64::from(span.get_hours());
    Ok(Seconds((hours * 60 + span.get_minutes()) * 60 + span.get_seconds()))
}

/// The duration as ISO 8601 in hours, minutes and seconds: `PT1H30M`; `PT0S` when there is none.
pub fn format_duration(duration: Seconds) -> String {
    let total = duration.0.unsigned_abs();
    let mut words = String::from(if duration.0 < 0 { "-PT" } else { "PT" });
    for (amount, unit) in [(total / 3600, 'H'), (total / 60 % 60, 'M'), (total % 60, 'S')] {
        if amount > 0 || (unit == 'S' && total == 0) {
            words.push_str(&amount.to_string());
            words.push(unit);
        }
    }
    words
}
