//! What each move of a search brought.

use super::Move;

/// What each move of a search brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoveCounts([MoveCount; Move::COUNT]);

/// What one move brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoveCount {
    /// How often it was tried.
    pub tried: u64,
    /// How often the plan that it made was kept.
    pub kept: u64,
    /// By how much the cost fell where it was kept and the cost fell, in units of the weighted cost.
    pub gain: u64,
}

impl MoveCounts {
    /// What one move brought.
    pub fn of(&self, which: Move) -> MoveCount {
        self.0[which as usize]
    }

    pub(crate) fn of_mut(&mut self, which: Move) -> &mut MoveCount {
        &mut self.0[which as usize]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            own.tried += other.tried;
            own.kept += other.kept;
            own.gain = own.gain.saturating_add(other.gain);
        }
    }
}

impl MoveCount {
    /// Takes note that a plan was kept that costs so much less, or more where `gain` is below zero.
    pub(crate) fn keep(&mut self, gain: f64) {
        self.kept += 1;
        self.gain = self.gain.saturating_add(gain.max(0.0) as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_falls_of_cost_count_as_gain() {
        let mut counts = MoveCounts::default();
        counts.of_mut(Move::Ejection).keep(12.0);
        counts.of_mut(Move::Ejection).keep(-5.0);
        let mut sum = MoveCounts::default();
        sum.add(&counts);
        sum.add(&counts);
        assert_eq!(sum.of(Move::Ejection), MoveCount { tried: 0, kept: 4, gain: 24 });
        assert_eq!(sum.of(Move::TailExchange), MoveCount::default());
    }
}
