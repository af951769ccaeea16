//! How long something takes, and how far it is.

use qise::model::Seconds;
use qise::{Text, text};
use qise_io::time::{format_duration, parse_duration};

use super::words::{leading_number, number, plain};

/// The unit of a number that stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Minutes,
    Hours,
    Metres,
    Kilometres,
}

impl Unit {
    /// So many seconds, or metres.
    fn size(self) -> f64 {
        match self {
            Self::Seconds | Self::Metres => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3600.0,
            Self::Kilometres => 1000.0,
        }
    }

    /// The unit that a heading states in brackets, as in `时长(分钟)`.
    pub(crate) fn of_heading(words: &str) -> Option<Self> {
        Some(match words {
            "秒" | "s" | "sec" | "seconds" => Self::Seconds,
            "分" | "分钟" | "min" | "mins" | "minutes" => Self::Minutes,
            "时" | "小时" | "钟头" | "h" | "hour" | "hours" => Self::Hours,
            "米" | "m" | "metres" | "meters" => Self::Metres,
            "公里" | "千米" | "km" | "kilometres" | "kilometers" => Self::Kilometres,
            _ => return None,
        })
    }

    fn is_of_time(self) -> bool {
        matches!(self, Self::Seconds | Self::Minutes | Self::Hours)
    }
}

/// What a duration looks like.
pub(crate) fn duration_expected() -> Text {
    text!("a duration such as 90, 1小时30分, 半小时 or PT1H30M", "时长，如 90、1小时30分、半小时或 PT1H30M")
}

/// A duration in words: a number in `unit`, `1小时30分`, `一个半小时`, `1.5h`, `1:30`, `PT1H30M`. Whole seconds.
pub(crate) fn duration(words: &str, unit: Unit) -> Option<Seconds> {
    let words = plain(words).to_lowercase().replace([' ', '约'], "");
    if words.starts_with('p') || words.starts_with("-p") {
        return parse_duration(&words.to_uppercase()).ok();
    }
    if let Some(number) = number(&words) {
        return whole(number * unit.size()).map(Seconds);
    }
    if let Some((hours, minutes)) = words.split_once(':') {
        let parts = minutes.split(':').map(|part| part.parse::<u32>().ok()).collect::<Option<Vec<_>>>()?;
        let below = |part: &&u32| **part < 60;
        let seconds = match parts[..] {
            [minutes] => minutes * 60,
            [minutes, seconds] => minutes * 60 + seconds,
            _ => return None,
        };
        if parts.iter().filter(below).count() < parts.len() {
            return None;
        }
        return Some(Seconds(i64::from(hours.parse::<u32>().ok()?) * 3600 + i64::from(seconds)));
    }
    let sum = measured(&words, Unit::is_of_time)?;
    whole(sum).map(Seconds)
}

/// A distance in words, in metres: a number in `unit`, `15公里`, `800 m`.
pub(crate) fn distance(words: &str, unit: Unit) -> Option<i64> {
    let words = plain(words).to_lowercase().replace(' ', "");
    let metres = match number(&words) {
        Some(number) => number * unit.size(),
        None => measured(&words, |unit| !unit.is_of_time())?,
    };
    whole(metres).filter(|metres| *metres >= 0)
}

/// The sum of numbers with their units: `1小时30分`, `一个半小时`, `2小时半`.
fn measured(words: &str, may: impl Fn(Unit) -> bool) -> Option<f64> {
    let (mut rest, mut sum, mut last) = (words, 0.0, None::<Unit>);
    while !rest.is_empty() {
        // 一个半小时: what stands before the unit is one and a half.
        let (count, after) = leading_number(rest)?;
        let (half, after) = match after.strip_prefix("个半") {
            Some(after) => (0.5, after),
            None => (0.0, after.strip_prefix('个').unwrap_or(after)),
        };
        if after.is_empty() {
            // 2小时半
            let half = (count - 0.5).abs() < f64::EPSILON;
            return last.filter(|_| half).map(|unit| sum + unit.size() / 2.0);
        }
        let is_unit = |c: char| !c.is_ascii_digit() && !"一二三四五六七八九两十百半".contains(c);
        let end = after.find(|c| !is_unit(c)).unwrap_or(after.len());
        let unit = Unit::of_heading(&after[..end]).filter(|unit| may(*unit))?;
        sum += (count + half) * unit.size();
        last = Some(unit);
        rest = &after[end..];
    }
    last.map(|_| sum)
}

#[allow(clippy::float_cmp, reason = "whether a number is whole")]
fn whole(number: f64) -> Option<i64> {
    // A third of an hour is no whole number of seconds in digits, but 0.1 is not quite a tenth.
    let rounded = (number * 1000.0).round() / 1000.0;
    (rounded == rounded.trunc() && rounded.abs() < 1e15).then_some(rounded as i64)
}

/// A duration as a number of a unit where it is whole, else as documents write it.
pub(crate) fn written(duration: Seconds, unit: Unit) -> Result<f64, String> {
    let number = duration.0 as f64 / unit.size();
    let is_exact = whole(number * unit.size()) == Some(duration.0) && (number * 4.0).fract() == 0.0;
    if is_exact { Ok(number) } else { Err(format_duration(duration)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_offices_write_them() {
        for (words, minutes) in [
            ("90", 90),
            ("90", 90),
            ("半小时", 30),
            ("一个半小时", 90),
            ("1.5小时", 90),
            ("1小时30分", 90),
            ("1 小时 30 分钟", 90),
            ("两小时", 120),
            ("2小时半", 150),
            ("2h", 120),
            ("45min", 45),
            ("1:30", 90),
            ("PT1H30M", 90),
            ("约40分钟", 40),
            ("1个小时", 60),
            ("0", 0),
        ] {
            assert_eq!(duration(words, Unit::Minutes), Some(Seconds(minutes * 60)), "{words}");
        }
        assert_eq!(duration("1.5", Unit::Hours), Some(Seconds(5400)));
        assert_eq!(duration("1:30:15", Unit::Minutes), Some(Seconds(5415)));
        for words in ["", "很久", "1小时多", "15公里", "1:70", "分钟", "1:2:3:4", "P1M"] {
            assert_eq!(duration(words, Unit::Minutes), None, "{words}");
        }
    }

    #[test]
    fn distances_as_offices_write_them() {
        assert_eq!(distance("15公里", Unit::Metres), Some(15_000));
        assert_eq!(distance("15", Unit::Kilometres), Some(15_000));
        assert_eq!(distance("1.5 km", Unit::Metres), Some(1500));
        assert_eq!(distance("800米", Unit::Kilometres), Some(800));
        assert_eq!(distance("1小时", Unit::Metres), None);
        assert_eq!(distance("-3", Unit::Metres), None);
    }
}
