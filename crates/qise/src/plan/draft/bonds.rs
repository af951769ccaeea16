//! What the start of one visit says about that of another: crews that start in step, links, rides that must not take too long.

use std::collections::BTreeMap;

use super::records::{Draft, DraftVisit};
use super::timing::{Timed, service_of};
use crate::model::{Calendar, Link, LinkRule, Need, NeedId, Problem, Seconds, Time};

/// The start of `to` lies no less than `least` after that of `from`, or no more before it where that is negative.
struct Bond {
    from: usize,
    to: usize,
    least: Gap,
}

/// A time between two starts.
#[derive(Clone, Copy)]
enum Gap {
    Seconds(Seconds),
    /// Days of the calendar between the days of both.
    Days(i64),
}

/// The visits of a draft, and what binds them.
pub(super) struct Bonds {
    /// Route and number of each visit.
    at: Vec<(usize, usize)>,
    list: Vec<Bond>,
    /// What each visit has to wait for, route by route.
    floors: Vec<Vec<Time>>,
}

/// A visit of the draft, with what is known of it.
struct Known<'d> {
    number: usize,
    visit: &'d DraftVisit,
    takes: Seconds,
}

impl Bonds {
    pub(super) fn of(problem: &Problem, draft: &Draft) -> Self {
        let mut at = Vec::new();
        let mut of_need: BTreeMap<NeedId, Vec<Known<'_>>> = BTreeMap::new();
        for (r, route) in draft.routes.iter().enumerate() {
            for (v, visit) in route.visits.iter().enumerate() {
                if let Some(takes) = service_of(problem, route.unit, visit) {
                    let known = Known { number: at.len(), visit, takes };
                    of_need.entry(visit.need).or_default().push(known);
                }
                at.push((r, v));
            }
        }
        let mut bonds = Vec::new();
        for (&need, visits) in of_need.iter().filter(|(_, visits)| visits.len() > 1) {
            within(problem.need(need), visits, &mut bonds);
        }
        for link in problem.links() {
            if let (Some(first), Some(second)) = (of_need.get(&link.from), of_need.get(&link.to)) {
                between(problem, link, (first, second), &mut bonds);
            }
        }
        let floors = draft.routes.iter().map(|route| vec![Time::MIN; route.visits.len()]).collect();
        Self { at, list: bonds, floors }
    }

    /// How many visits there are.
    pub(super) fn visits(&self) -> usize {
        self.at.len()
    }

    /// What the visits of a route have to wait for.
    pub(super) fn floors(&self, route: usize) -> &[Time] {
        &self.floors[route]
    }

    /// Raises what visits have to wait for, as far as these times say; the routes of those that start too soon.
    pub(super) fn push(&mut self, calendar: &Calendar, timed: &[Timed]) -> Vec<usize> {
        let mut late = Vec::new();
        let start = |(r, v): (usize, usize)| timed[r].visits[v][1];
        for bond in &self.list {
            let (from, to) = (self.at[bond.from], self.at[bond.to]);
            let least = match bond.least {
                Gap::Seconds(least) => (start(from) + least).min(Time::MAX),
                Gap::Days(days) => calendar.begin(calendar.day(start(from)) + days),
            };
            let floor = &mut self.floors[to.0][to.1];
            if start(to) < least && *floor < least {
                *floor = least;
                late.push(to.0);
            }
        }
        late.sort_unstable();
        late.dedup();
        late
    }
}

/// What binds the visits of one need: its crew, or the time between the ends of a ride.
fn within(need: &Need, visits: &[Known<'_>], bonds: &mut Vec<Bond>) {
    let mut bind = |from: &Known<'_>, to: &Known<'_>, least| {
        bonds.push(Bond { from: from.number, to: to.number, least: Gap::Seconds(least) });
    };
    if need.is_ride() {
        let at = |stop: usize| visits.iter().find(|known| usize::from(known.visit.stop) == stop);
        if let (Some(first), Some(last), Some(most)) = (at(0), at(need.stops.len() - 1), need.max_ride) {
            bind(last, first, -(most + first.takes));
        }
        return;
    }
    for one in visits {
        for other in visits.iter().filter(|other| other.number != one.number) {
            let (a, b) = (one.visit.role, other.visit.role);
            let in_step = a == b || a == 0 && need.starts_with_first(usize::from(b));
            if in_step {
                bind(one, other, Seconds::ZERO);
                bind(other, one, Seconds::ZERO);
            }
            for gap in need.gaps.iter().filter(|gap| (gap.from, gap.to) == (a, b)) {
                bind(one, other, gap.min);
                bind(other, one, -gap.max);
            }
            for overlap in need.overlaps.iter().filter(|overlap| (overlap.one, overlap.other) == (a, b)) {
                bind(one, other, overlap.least - other.takes);
                bind(other, one, overlap.least - one.takes);
            }
        }
    }
}

/// What binds the visits of two needs.
fn between(
    problem: &Problem,
    link: &Link,
    (first, second): (&[Known<'_>], &[Known<'_>]),
    bonds: &mut Vec<Bond>,
) {
    let mut bind = |from: &Known<'_>, to: &Known<'_>, least| {
        bonds.push(Bond { from: from.number, to: to.number, least });
    };
    if let LinkRule::DaysApart { min, max, .. } = link.rule {
        for from in first.iter().filter(|known| known.visit.stop == 0) {
            for to in second.iter().filter(|known| known.visit.stop == 0) {
                bind(from, to, Gap::Days(min.into()));
                bind(to, from, Gap::Days(-i64::from(max)));
            }
        }
    }
    let LinkRule::After { min, max } = link.rule else { return };
    let stops = link.stops(problem.needs());
    for from in first.iter().filter(|known| known.visit.stop == stops.0) {
        for to in second.iter().filter(|known| known.visit.stop == stops.1) {
            bind(from, to, Gap::Seconds(from.takes + min));
            if let Some(max) = max {
                bind(to, from, Gap::Seconds(-(from.takes + max)));
            }
        }
    }
}
