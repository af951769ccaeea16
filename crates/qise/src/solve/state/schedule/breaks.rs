//! Breaks on the way: a way pauses for them, on the road or after arrival.
//!
//! A break is an interval anywhere between services, or outside the route. One that is taken at a place ends the way to that place, and
//! another begins there. Units without breaks never enter this code.

use crate::model::{Break, PlaceId, Seconds, Time};
use crate::plan::Rest;

/// The breaks of a shift, and where on a route each may be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breaks<'a> {
    /// In order.
    pub(crate) list: &'a [Break],
    /// Whether nothing of a need is on board, before each visit and behind the last; nothing where no break asks for that.
    pub(crate) empty: &'a [bool],
    /// Whether some are taken at certain places.
    pub(crate) at_places: bool,
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

/// Where a break is taken, and the way there from the stop or the break's place before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Station {
    pub(crate) place: PlaceId,
    pub(crate) travel: Seconds,
}

/// Breaks that are taken on one leg, in order, and how long the rest of the leg takes behind the last station.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'a> {
    pub(crate) breaks: &'a [Break],
    /// Where each is taken that asks for a place; empty where none does.
    pub(crate) stations: &'a [Option<Station>],
    pub(crate) travel: Seconds,
}

impl Taken<'_> {
    fn station(&self, number: usize) -> Option<Station> {
        self.stations.get(number).copied().flatten()
    }

    /// How long the way takes to where it next ends, for somebody who has taken so many of the breaks.
    fn ahead(&self, taken: usize) -> Seconds {
        let next = self.stations.iter().skip(taken).flatten().next();
        next.map_or(self.travel, |station| station.travel)
    }
}

/// One leg on the way, with breaks taken during it.
pub(crate) struct Way {
    now: Time,
    left: Seconds,
}

impl Way {
    /// The way from `free` on, with all the breaks, which are added to `rests`; nothing when it is too late for one.
    pub(crate) fn with(free: Time, taken: Taken<'_>, mut rests: Option<&mut Vec<Rest>>) -> Option<Self> {
        let mut way = Self { now: free, left: taken.ahead(0) };
        for (number, rest) in taken.breaks.iter().enumerate() {
            let station = taken.station(number);
            let there = if station.is_some() { way.now + way.left } else { way.now };
            let start = there.max(rest.earliest);
            if start > rest.latest {
                return None;
            }
            way.left = match station {
                Some(_) => taken.ahead(number + 1),
                None => (way.left - (start - way.now)).max(Seconds::ZERO),
            };
            way.now = start + rest.duration;
            if let Some(rests) = &mut rests {
                rests.push(Rest {
                    start,
                    duration: rest.duration,
                    place: station.map(|station| station.place),
                });
            }
        }
        Some(way)
    }

    /// When a visit can begin at its end.
    pub(crate) fn ready(&self, setup: Seconds) -> Time {
        self.now + self.left + setup
    }
}

/// The latest moment to set out on a way with these breaks on it, to be there at `limit`.
pub(crate) fn latest_departure(limit: Time, taken: Taken<'_>) -> Time {
    let (mut limit, mut left) = (limit, taken.travel);
    for (number, rest) in taken.breaks.iter().enumerate().rev() {
        if let Some(station) = taken.station(number) {
            limit = (limit - left - rest.duration).min(rest.latest);
            left = station.travel;
            continue;
        }
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
            let leg = Taken { breaks, stations: &[], travel: Seconds(10) };
            let way = Way::with(Time(100), leg, Some(&mut taken));
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

    #[test]
    fn a_break_at_a_place_ends_one_way_and_begins_another() {
        let breaks = [rest(104, 130, 5), rest(110, 140, 5)];
        let at = |travel| Some(Station { place: PlaceId(7), travel: Seconds(travel) });
        let way = |stations: &[Option<Station>]| {
            let mut rests = Vec::new();
            let leg = Taken { breaks: &breaks, stations, travel: Seconds(10) };
            let way = Way::with(Time(100), leg, Some(&mut rests))?;
            let starts = rests.iter().map(|rest| (rest.start.0, rest.place.is_some())).collect::<Vec<_>>();
            Some((way.ready(Seconds(2)).0, starts))
        };
        // Twelve seconds to the place, the second break on the ten from there on.
        assert_eq!(way(&[at(12), None]), Some((134, vec![(112, true), (117, false)])));
        // The first break on the way to the place of the second.
        assert_eq!(way(&[None, at(12)]), Some((134, vec![(104, false), (117, true)])));
        assert_eq!(way(&[at(31), None]), None, "too far");
        assert_eq!(way(&[at(3), at(0)]), Some((127, vec![(104, true), (110, true)])));
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
            let station = |number: u32| {
                let travel = Seconds(digit(number, 4));
                (digit(number, 5) > 2).then_some(Station { place: PlaceId(0), travel })
            };
            let stations = &[station(4), station(5)][..breaks.len()];
            let leg = Taken { breaks, stations, travel };
            let in_time = |departure: &i64| {
                let way = Way::with(Time(*departure), leg, None);
                way.is_some_and(|way| way.ready(Seconds::ZERO) <= limit)
            };
            let Some(last) = (-30..30).rev().find(in_time) else { continue };
            compared += 1;
            assert_eq!(latest_departure(limit, leg), Time(last), "{limit:?} {leg:?}");
        }
        assert!(compared > 10_000, "{compared}");
    }
}
