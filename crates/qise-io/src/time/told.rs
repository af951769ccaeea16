//! Moments in messages, as people read them in the zone of a document.

use std::fmt::Write as _;

use qise::Text;
use qise::model::{Seconds, Time};

use super::{Zone, parse_time};

/// How long a moment is as the core writes it: `2026-11-24T09:00:00Z`.
const STAMP: usize = 20;
/// Clocks change within so long of a moment: then its offset is told too.
const NIGHT: Seconds = Seconds(6 * 3600);
/// What stands before the moment at which something runs out.
const RUNS_OUT: [&str; 2] = ["expires ", "有效期至 "];

impl Zone {
    /// Whether the clocks change a few hours before or after a moment, so that a time of day alone may mean two.
    pub fn changes_near(&self, time: Time) -> bool {
        self.offset(time - NIGHT) != self.offset(time + NIGHT)
    }

    /// A moment as people read it: `2026-11-24 09:00`, with seconds where it has some, and with its offset where clocks change about then.
    pub fn moment(&self, time: Time) -> String {
        let (date, clock) = (self.date(time), self.clock(time));
        format!("{date} {clock}")
    }

    /// The date of a moment: `2026-11-24`.
    pub fn date(&self, time: Time) -> String {
        let words = self.format(time);
        words.split('T').next().unwrap_or_default().to_owned()
    }

    /// The time of day of a moment: `09:00`, with seconds where it has some, and with its offset where clocks change about then.
    pub fn clock(&self, time: Time) -> String {
        let words = self.format(time);
        let Some(clock) = words.split_once('T').map(|(_, clock)| clock) else { return "--:--".into() };
        let (hours, seconds) = (clock.get(..5).unwrap_or(clock), clock.get(6..8).unwrap_or("00"));
        let mut told = hours.to_owned();
        if seconds != "00" {
            let _ = write!(told, ":{seconds}");
        }
        if self.changes_near(time) {
            told += clock.get(8..).unwrap_or_default();
        }
        told
    }

    /// A message with its moments, which the core writes in coordinated universal time, as people read them in this zone.
    pub fn tell(&self, message: &Text) -> Text {
        Text::new(self.told(&message.en), self.told(&message.zh))
    }

    fn told(&self, words: &str) -> String {
        let mut told = String::with_capacity(words.len());
        let mut rest = words;
        while let Some((before, stamp, after)) = next_stamp(rest) {
            told.push_str(before);
            let runs_out = RUNS_OUT.iter().any(|words| before.ends_with(words));
            // What expires with a day is told by that day, as documents write it.
            let day = self.clock(stamp - Seconds(1));
            if runs_out && self.clock(stamp).starts_with("00:00") && day.starts_with("23:59") {
                told += &self.date(stamp - Seconds(1));
            } else {
                told += &self.moment(stamp);
            }
            rest = after;
        }
        told.push_str(rest);
        told
    }
}

/// The first moment in a message, with what stands before and behind it.
fn next_stamp(words: &str) -> Option<(&str, Time, &str)> {
    let mut ends = words.match_indices('Z').map(|(z, _)| z + 1);
    ends.find_map(|end| {
        let (before, stamp) = words.get(..end)?.split_at_checked(end.checked_sub(STAMP)?)?;
        let is_stamp = stamp.bytes().all(|b| b.is_ascii_digit() || b"-T:Z".contains(&b));
        let time = parse_time(stamp, None).ok().filter(|_| is_stamp && stamp.as_bytes()[10] == b'T')?;
        Some((before, time, &words[end..]))
    })
}
