//! Breaks on the way: a way pauses for them, on the road or after arrival.
//!
//! A break is an interval anywhere between services, or outside the route. Units without breaks never enter this code.

use crate::model::{Break, Seconds, Time};
use crate::plan::Rest;

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
