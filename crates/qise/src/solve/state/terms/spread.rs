//! How long each person serves, and how far the longest and the shortest lie apart.

use std::collections::BTreeMap;

use crate::model::{Problem, VolunteerId};

/// Service time of everybody who has a shift.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceTimes {
    of: Vec<i64>,
    /// How many serve so long.
    counts: BTreeMap<i64, u32>,
}

impl ServiceTimes {
    pub(crate) fn new(problem: &Problem) -> Self {
        let on_duty = problem.volunteers().iter().filter(|v| !v.shifts.is_empty()).count() as u32;
        let counts = if on_duty > 0 { BTreeMap::from([(0, on_duty)]) } else { BTreeMap::new() };
        Self { of: vec![0; problem.volunteers().len()], counts }
    }

    /// Somebody serves so much longer.
    pub(crate) fn add(&mut self, who: VolunteerId, more: i64) {
        if more == 0 {
            return;
        }
        let of = &mut self.of[who.index()];
        if let Some(count) = self.counts.get_mut(of) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(of);
            }
        }
        *of += more;
        *self.counts.entry(*of).or_default() += 1;
    }

    /// The longest less the shortest.
    pub(crate) fn spread(&self) -> i64 {
        let ends = self.counts.first_key_value().zip(self.counts.last_key_value());
        ends.map_or(0, |((least, _), (most, _))| most - least)
    }

    /// The same if somebody served so much longer.
    pub(crate) fn spread_with(&self, who: VolunteerId, more: i64) -> i64 {
        let of = self.of[who.index()];
        let alone = self.counts.get(&of) == Some(&1);
        let others = || self.counts.keys().copied().filter(|&time| !alone || time != of);
        let least = others().next().unwrap_or(of + more).min(of + more);
        let most = others().next_back().unwrap_or(of + more).max(of + more);
        most - least
    }
}
