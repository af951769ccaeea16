//! Stretches of a route that merge in constant time.
//!
//! Source: T. Vidal, T. G. Crainic, M. Gendreau, C. Prins (2013), A hybrid genetic algorithm with adaptive diversity management
//! for a large class of vehicle routing problems with time-windows, Computers & Operations Research 40(1), section 4.3;
//! without their time warp, since no route here is ever late.

use crate::model::{Seconds, Time};

/// A stretch of visits that can be done without being late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The least time from its first start to its last end.
    pub(crate) duration: Seconds,
    /// The earliest start with that duration.
    pub(crate) earliest: Time,
    /// The latest start that is late nowhere.
    pub(crate) latest: Time,
}

impl Segment {
    /// One visit, or an end of a route.
    pub(crate) fn new(duration: Seconds, earliest: Time, latest: Time) -> Self {
        Self { duration, earliest, latest }
    }

    /// This stretch, up to when somebody can leave from its end: not before a moment, if there is one.
    #[inline]
    pub(crate) fn left(self, from: Option<Time>, latest: Time) -> Self {
        from.map_or(self, |from| self.then(Seconds::ZERO, Self::new(Seconds::ZERO, from, latest)))
    }

    /// This stretch, then `gap` on the way, then `next`.
    #[inline]
    pub(crate) fn then(self, gap: Seconds, next: Self) -> Self {
        let offset = self.duration + gap;
        let waiting = (next.earliest - offset - self.latest).max(Seconds::ZERO);
        Self {
            duration: offset + waiting + next.duration,
            earliest: self.earliest.max(next.earliest - offset) - waiting,
            latest: self.latest.min(next.latest - offset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Duration and earliest start of the shortest schedule, by trying every start.
    fn tried(visits: &[(i64, i64, i64)], gaps: &[i64]) -> Option<(i64, i64)> {
        (0..=60)
            .filter_map(|start| {
                let mut now = start;
                for (v, &(service, open, close)) in visits.iter().enumerate() {
                    if v > 0 {
                        now += gaps[v - 1];
                    }
                    if v == 0 && now < open {
                        return None;
                    }
                    now = now.max(open);
                    if now > close {
                        return None;
                    }
                    now += service;
                }
                Some((now - start, start))
            })
            .min()
    }

    #[test]
    fn merging_in_any_order_gives_the_shortest_schedule() {
        let mut state = 7_u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % n) as i64
        };
        let mut feasible = 0;
        for _ in 0..20_000 {
            let visits: Vec<_> = (0..4)
                .map(|_| {
                    let open = below(40);
                    (below(6), open, open + below(15))
                })
                .collect();
            let gaps: Vec<_> = (0..3).map(|_| below(8)).collect();
            let Some((duration, earliest)) = tried(&visits, &gaps) else { continue };
            feasible += 1;
            let leaf = |v: usize| Segment::new(Seconds(visits[v].0), Time(visits[v].1), Time(visits[v].2));
            let gap = |v: usize| Seconds(gaps[v]);
            let left = leaf(0).then(gap(0), leaf(1)).then(gap(1), leaf(2)).then(gap(2), leaf(3));
            let right = leaf(0).then(gap(0), leaf(1).then(gap(1), leaf(2).then(gap(2), leaf(3))));
            let halves = leaf(0).then(gap(0), leaf(1)).then(gap(1), leaf(2).then(gap(2), leaf(3)));
            assert_eq!(left, right);
            assert_eq!(left, halves);
            assert_eq!((left.duration.0, left.earliest.0), (duration, earliest));
        }
        assert!(feasible > 500, "{feasible}");
    }
}
