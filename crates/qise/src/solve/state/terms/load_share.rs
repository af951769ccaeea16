//! Which share of the time that they offered everybody works, the ledger included: the greatest, and how far it lies above the least.

use super::counts::Counts;
use crate::model::{Problem, Seconds, VolunteerId};

/// Working time of everybody who offered any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shares {
    /// Time worked and time offered; who offered nothing is not counted.
    of: Vec<(i64, i64)>,
    /// How many work such a share, in thousandths.
    counts: Counts,
}

impl Shares {
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut shares = Self::default();
        for volunteer in problem.volunteers() {
            let (worked, offered) = (volunteer.ledger.worked.0, volunteer.offered().0);
            shares.of.push((worked, offered));
            if offered > 0 {
                shares.counts.add(permille(worked, offered), 1);
            }
        }
        shares
    }

    /// Somebody offers so much time from here on.
    pub(crate) fn set_offered(&mut self, who: VolunteerId, offered: Seconds) {
        let (worked, before) = self.of[who.index()];
        self.of[who.index()].1 = offered.0;
        if before > 0 {
            self.counts.remove(permille(worked, before));
        }
        if offered > Seconds::ZERO {
            self.counts.add(permille(worked, offered.0), 1);
        }
    }

    /// Somebody works so much longer.
    pub(crate) fn add(&mut self, who: VolunteerId, more: i64) {
        let (worked, offered) = &mut self.of[who.index()];
        let before = *worked;
        *worked += more;
        let (old, new) = (permille(before, *offered), permille(*worked, *offered));
        if *offered > 0 && old != new {
            self.counts.replace(old, new);
        }
    }

    /// The greatest share, and that less the least.
    pub(crate) fn most_and_range(&self) -> (i64, i64) {
        let ends = self.counts.least().zip(self.counts.greatest());
        ends.map_or((0, 0), |(least, most)| (most, most - least))
    }

    /// The same if somebody worked so much longer.
    pub(crate) fn with(&self, who: VolunteerId, more: i64) -> (i64, i64) {
        let (worked, offered) = self.of[who.index()];
        if offered == 0 {
            return self.most_and_range();
        }
        let (least, most) =
            self.counts.ends_with(permille(worked, offered), permille(worked + more, offered));
        (most, most - least)
    }

    /// How much the range shrinks at most where somebody works longer.
    pub(crate) fn relief(&self, who: VolunteerId) -> i64 {
        let (worked, offered) = self.of[who.index()];
        match self.counts.least_alone() {
            Some((least, Some(next))) if offered > 0 && least == permille(worked, offered) => next - least,
            _ => 0,
        }
    }
}

/// Thousandths of what is offered, rounded down; 0 where nothing is offered.
fn permille(worked: i64, offered: i64) -> i64 {
    let share = i128::from(worked) * 1000 / i128::from(offered.max(1));
    if offered > 0 { i64::try_from(share).unwrap_or(i64::MAX) } else { 0 }
}

#[cfg(test)]
mod tests;
