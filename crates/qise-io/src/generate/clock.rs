//! Local days and hours as points in time, and the hours at which people are free or ask for help.

use qise::model::{Break, Seconds, Shift, Time, Window};

use super::GenerateOptions;
use super::draw::Draw;

/// The calendar of a scenario.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    first: i32,
    days: u32,
    offset: i64,
}

impl Clock {
    pub(super) fn new(options: &GenerateOptions) -> Self {
        Self { first: options.start_day, days: options.days, offset: i64::from(options.utc_offset_s) }
    }

    /// All days, in order.
    pub(super) fn days(self) -> impl Iterator<Item = i32> {
        self.first..self.first + self.days as i32
    }

    /// Any of the days.
    pub(super) fn any_day(self, draw: &mut Draw) -> i32 {
        self.first + draw.below(self.days as usize) as i32
    }

    /// The last day.
    pub(super) fn last(self) -> i32 {
        self.first + self.days as i32 - 1
    }

    /// The local day of a point in time.
    pub(super) fn day_of(self, time: Time) -> i32 {
        (time.0 + self.offset).div_euclid(86_400) as i32
    }

    /// A minute of a local day, which may lie in the days before or after it.
    pub(super) fn at(self, day: i32, minute: i64) -> Time {
        Time(i64::from(day) * 86_400 + minute * 60 - self.offset)
    }

    /// The start of a day counted from the first one.
    pub(super) fn midnight(self, days_from_first: i64) -> Time {
        self.at(self.first, days_from_first * 24 * 60)
    }
}

/// Saturday or Sunday: day 0, 1970-01-01, was a Thursday.
fn weekend(day: i32) -> bool {
    matches!((day + 4).rem_euclid(7), 0 | 6)
}

/// How a person is present on a day: spans and a lunch break in minutes of the day.
#[derive(Debug)]
pub(super) struct Pattern {
    spans: &'static [(i64, i64)],
    /// Earliest start, latest start, length.
    lunch: Option<(i64, i64, i64)>,
    workdays: bool,
    weekends: bool,
    /// How common it is in towns, and far from any.
    pub weight: (f64, f64),
}

/// The patterns of presence. With a shift of half an hour either way all of them stay between 6:00 and 22:00.
pub(super) const PATTERNS: &[Pattern] = &[
    // A full day, as the retired give it.
    pattern(&[(540, 1020)], Some((705, 765, 45)), true, true, (0.26, 0.22)),
    // Morning and late afternoon with a long noon, as offices work here.
    pattern(&[(510, 720), (870, 1080)], None, true, false, (0.18, 0.08)),
    pattern(&[(510, 720)], None, true, true, (0.16, 0.10)),
    pattern(&[(840, 1080)], None, true, true, (0.14, 0.10)),
    // After work.
    pattern(&[(1080, 1290)], None, true, false, (0.10, 0.04)),
    pattern(&[(540, 1080)], Some((720, 780, 60)), false, true, (0.08, 0.05)),
    // A day on the road.
    pattern(&[(420, 1140)], Some((720, 810, 60)), true, true, (0.10, 0.42)),
];

const fn pattern(
    spans: &'static [(i64, i64)],
    lunch: Option<(i64, i64, i64)>,
    workdays: bool,
    weekends: bool,
    weight: (f64, f64),
) -> Pattern {
    Pattern { spans, lunch, workdays, weekends, weight }
}

impl Pattern {
    /// Whether people of this pattern come on such a day at all.
    pub(super) fn covers(&self, day: i32) -> bool {
        if weekend(day) { self.weekends } else { self.workdays }
    }

    /// Whether it is one long span, so that its route may start at a base.
    pub(super) fn whole_day(&self) -> bool {
        self.lunch.is_some()
    }

    /// The shifts of one day, all of them moved by some minutes.
    pub(super) fn shifts(&self, clock: Clock, day: i32, moved: i64) -> impl Iterator<Item = Shift> {
        self.spans.iter().map(move |&(start, end)| {
            let mut shift = Shift::new(clock.at(day, start + moved), clock.at(day, end + moved), day);
            shift.breaks.extend(self.lunch.map(|(earliest, latest, minutes)| {
                Break::new(
                    clock.at(day, earliest + moved),
                    clock.at(day, latest + moved),
                    Seconds(minutes * 60),
                )
            }));
            shift
        })
    }
}

/// When a resident wants somebody to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    /// Some time in the day.
    Day,
    /// Morning or afternoon, or either of the two.
    Half,
    /// Within one to two and a half hours.
    Hour,
    /// After work or school.
    Evening,
    /// Any of several days, where there are.
    Days,
    /// Deep in the night, when nobody is on duty.
    Night,
}

/// The windows in which a service may start, in order and apart.
pub(super) fn windows(hours: Hours, clock: Clock, draw: &mut Draw) -> Vec<Window> {
    let day = clock.any_day(draw);
    let window = |day, from, to| Window { from: clock.at(day, from), to: clock.at(day, to) };
    match hours {
        Hours::Day => {
            let from = draw.stepped(510, 600, 30);
            vec![window(day, from, draw.stepped(900, 990, 30))]
        }
        Hours::Half => {
            let (morning, afternoon) = (window(day, 510, 660), window(day, 870, 990));
            match draw.below(4) {
                0 => vec![morning, afternoon],
                1 => vec![afternoon],
                _ => vec![morning],
            }
        }
        Hours::Hour => {
            let from = draw.stepped(540, 900, 30);
            vec![window(day, from, from + draw.stepped(60, 150, 30))]
        }
        Hours::Evening => vec![window(day, 960, draw.stepped(1110, 1200, 30))],
        Hours::Days => (day..=clock.last()).take(3).map(|day| window(day, 540, 960)).collect(),
        Hours::Night => vec![window(day, 120, 210)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_are_found() {
        // 2026-11-28 was a Saturday, 1969-12-28 a Sunday.
        let all = (20_781..20_788).map(weekend).collect::<Vec<_>>();
        assert_eq!(all, [false, false, false, false, true, true, false]);
        assert!(weekend(-4) && !weekend(-3));
    }

    #[test]
    fn nobody_is_on_duty_at_night() {
        let spans = PATTERNS.iter().flat_map(|p| p.spans);
        assert!(spans.clone().all(|&(start, end)| start >= 6 * 60 + 30 && end <= 21 * 60 + 30));
    }
}
