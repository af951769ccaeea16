//! How long each person serves, and how far the longest and the shortest lie apart.

use super::counts::Counts;
use crate::model::{Problem, VolunteerId};

/// Service time of everybody who has a shift.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceTimes {
    of: Vec<i64>,
    /// How many serve so long.
    counts: Counts,
}

impl ServiceTimes {
    pub(crate) fn new(problem: &Problem) -> Self {
        let on_duty = problem.volunteers().iter().filter(|v| !v.shifts.is_empty()).count() as u32;
        let mut counts = Counts::default();
        counts.add(0, on_duty);
        Self { of: vec![0; problem.volunteers().len()], counts }
    }

    /// Somebody serves so much longer.
    pub(crate) fn add(&mut self, who: VolunteerId, more: i64) {
        if more != 0 {
            let of = &mut self.of[who.index()];
            self.counts.replace(*of, *of + more);
            *of += more;
        }
    }

    /// The longest less the shortest.
    pub(crate) fn spread(&self) -> i64 {
        self.counts.least().zip(self.counts.greatest()).map_or(0, |(least, most)| most - least)
    }

    /// The same if somebody served so much longer.
    pub(crate) fn spread_with(&self, who: VolunteerId, more: i64) -> i64 {
        let of = self.of[who.index()];
        let (least, most) = self.counts.ends_with(of, of + more);
        most - least
    }
}
