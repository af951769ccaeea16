//! Breaks on the way: a way pauses for them, on the road or after arrival.
//!
//! A break is an interval anywhere between services, or outside the route. Units without breaks never enter this code.

use crate::model::{Break, Seconds, Time};
use crate::plan::Rest;

/// The breaks of a shift, and where on a route each may be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breaks<'a> {
    /// In order.
    pub(crate) list: &'a [Break],
    /// Whether nothing of a need is on board, before each visit and behind the last; nothing where no break asks for that.
    pub(crate) empty: &'a [bool],
}

impl Breaks<'_> {
    /// Of the breaks from number `first` on so many, and those before, may be over behind the gap before visit number `gap`.
    pub(crate) fn until(&self, gap: usize, first: usize) -> usize {
        if self.empty.get(gap).copied().unwrap_or(true) {
            return self.list.len();
        }
        let later = self.list.iter().skip(first);
        first + later.take_while(|rest| !rest.only_when_empty).count()
    }
}

/// One leg on the way, with breaks taken during it.
pub(crate) struct Way {
    now: Time,
    left: Seconds,
}

impl Way {
    /// The way from `free` on, with all the breaks, which are added to `taken`; nothing when it is too late for one.
    pub(crate) fn with(
        free: Time,
        travel: Seconds,
        breaks: &[Break],
        mut taken: Option<&mut Vec<Rest>>,
    ) -> Option<Self> {
        let mut way = Self { now: free, left: travel };
        for rest in breaks {
            let start = way.now.max(rest.earliest);
            if start > rest.latest {
                return None;
            }
            way.left = (way.left - (start - way.now)).max(Seconds::ZERO);
            way.now = start + rest.duration;
            if let Some(taken) = &mut taken {
                taken.push(Rest { start, duration: rest.duration });
            }
        }
        Some(way)
    }

    /// When a visit can begin at its end.
    pub(crate) fn ready(&self, setup: Seconds) -> Time {
        self.now + self.left + setup
    }
}

/// The latest moment to set out on a way that takes `travel`, with these breaks on it, to be there at `limit`.
pub(crate) fn latest_departure(limit: Time, travel: Seconds, breaks: &[Break]) -> Time {
    let (mut limit, mut left) = (limit, travel);
    for rest in breaks.iter().rev() {
        // No more of the way than must be is left for after the break.
        let after = (limit - rest.duration - rest.latest).clamp(Seconds::ZERO, left);
        limit = (limit - after - rest.duration).min(rest.latest);
        left -= after;
    }
    limit - left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(earliest: i64, latest: i64, duration: i64) -> Break {
        Break::new(Time(earliest), Time(latest), Seconds(duration))
    }

    #[test]
    fn a_way_pauses_where_a_break_falls() {
        let way = |breaks: &[Break]| {
            let mut taken = Vec::new();
            let way = Way::with(Time(100), Seconds(10), breaks, Some(&mut taken));
            let starts = taken.iter().map(|rest| rest.start.0).collect::<Vec<_>>();
            way.map(|way| (way.ready(Seconds(2)).0, starts))
        };
        assert_eq!(way(&[]), Some((112, vec![])));
        assert_eq!(way(&[rest(104, 110, 5)]), Some((117, vec![104])), "6 of 10 seconds are left behind it");
        assert_eq!(way(&[rest(130, 140, 5)]), Some((137, vec![130])), "it is waited for, then set up");
        assert_eq!(way(&[rest(90, 100, 5)]), Some((117, vec![100])), "it begins where one is free");
        assert_eq!(way(&[rest(90, 99, 5)]), None);
        assert_eq!(way(&[rest(104, 110, 5), rest(105, 109, 1)]), Some((118, vec![104, 109])));
        assert_eq!(way(&[rest(104, 110, 5), rest(105, 108, 1)]), None, "the first ends too late for it");
    }

    /// Against every departure, one after the other.
    #[test]
    fn the_latest_departure_is_the_last_from_which_one_is_in_time() {
        let mut compared = 0;
        for case in 0..20_000_i64 {
            let digit = |place: u32, base: i64| case * 7919 / 13_i64.pow(place) % base;
            let (travel, limit) = (Seconds(digit(0, 6)), Time(12 + digit(1, 12)));
            let first = rest(digit(2, 9), digit(2, 9) + digit(3, 5), digit(0, 4));
            let second = rest(first.latest.0 + digit(1, 3), first.latest.0 + digit(2, 6), digit(3, 4));
            let second = Break { latest: second.latest.max(second.earliest), ..second };
            let breaks = &[first, second][..(case % 3) as usize];
            let in_time = |departure: &i64| {
                let way = Way::with(Time(*departure), travel, breaks, None);
                way.is_some_and(|way| way.ready(Seconds::ZERO) <= limit)
            };
            let Some(last) = (-30..30).rev().find(in_time) else { continue };
            compared += 1;
            assert_eq!(
                latest_departure(limit, travel, breaks),
                Time(last),
                "{limit:?} {travel:?} {breaks:?}"
            );
        }
        assert!(compared > 10_000, "{compared}");
    }
}
