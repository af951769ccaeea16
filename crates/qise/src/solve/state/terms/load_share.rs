//! Which share of the time that they offered everybody works, the ledger included: the greatest, and how far it lies above the least.

use std::collections::BTreeMap;

use crate::model::{Problem, Seconds, VolunteerId};

/// Working time of everybody who offered any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shares {
    /// Time worked and time offered; nothing offered by whom nobody counts.
    of: Vec<(i64, i64)>,
    /// How many work such a share, in thousandths.
    counts: BTreeMap<i64, u32>,
}

impl Shares {
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut shares = Self::default();
        for volunteer in problem.volunteers() {
            let shifts: Seconds = volunteer.shifts.iter().map(|shift| shift.end - shift.start).sum();
            let (worked, offered) = (volunteer.ledger.worked.0, (volunteer.ledger.offered + shifts).0);
            shares.of.push((worked, offered));
            if offered > 0 {
                *shares.counts.entry(permille(worked, offered)).or_default() += 1;
            }
        }
        shares
    }

    /// Somebody works so much longer.
    pub(crate) fn add(&mut self, who: VolunteerId, more: i64) {
        let (worked, offered) = &mut self.of[who.index()];
        let before = *worked;
        *worked += more;
        let (old, new) = (permille(before, *offered), permille(*worked, *offered));
        if *offered == 0 || old == new {
            return;
        }
        if let Some(count) = self.counts.get_mut(&old) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(&old);
            }
        }
        *self.counts.entry(new).or_default() += 1;
    }

    /// The greatest share, and that less the least.
    pub(crate) fn most_and_range(&self) -> (i64, i64) {
        let ends = self.counts.first_key_value().zip(self.counts.last_key_value());
        ends.map_or((0, 0), |((&least, _), (&most, _))| (most, most - least))
    }

    /// The same if somebody worked so much longer.
    pub(crate) fn with(&self, who: VolunteerId, more: i64) -> (i64, i64) {
        let (worked, offered) = self.of[who.index()];
        if offered == 0 {
            return self.most_and_range();
        }
        let (old, new) = (permille(worked, offered), permille(worked + more, offered));
        let alone = self.counts.get(&old) == Some(&1);
        let others = || self.counts.keys().copied().filter(|&share| !alone || share != old);
        let least = others().next().unwrap_or(new).min(new);
        let most = others().next_back().unwrap_or(new).max(new);
        (most, most - least)
    }

    /// How much the range shrinks at most where somebody works longer.
    pub(crate) fn relief(&self, who: VolunteerId) -> i64 {
        let (worked, offered) = self.of[who.index()];
        let own = permille(worked, offered);
        let mut shares = self.counts.iter();
        match shares.next() {
            Some((&least, 1)) if offered > 0 && least == own => {
                shares.next().map_or(0, |(&next, _)| next - least)
            }
            _ => 0,
        }
    }
}

/// Thousandths of what is offered, rounded down; nothing of nothing.
fn permille(worked: i64, offered: i64) -> i64 {
    let share = i128::from(worked) * 1000 / i128::from(offered.max(1));
    if offered > 0 { i64::try_from(share).unwrap_or(i64::MAX) } else { 0 }
}
