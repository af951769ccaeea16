//! The groups of needs of which the last end counts.

use super::slot::counted_makespans;
use crate::model::{Problem, Time};

/// The groups of needs of which the last end counts.
#[derive(Debug)]
pub(crate) struct Makespans {
    /// From when on the last end of each group counts, and how much a second of it.
    pub(crate) counted: Vec<(Time, i64)>,
    /// The first moment from which one counts.
    pub(crate) origin: Time,
    /// What it costs that visits end late although they are not the last, as a share of what last ends cost, in thousandths.
    pub(crate) guidance: i64,
}

impl Makespans {
    pub(crate) fn new(problem: &Problem) -> Self {
        let groups = counted_makespans(problem);
        Self {
            counted: groups.iter().map(|group| (group.from, group.weight.into())).collect(),
            origin: groups.iter().map(|group| group.from).min().unwrap_or(Time(0)),
            guidance: 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// How much the last ends count that the end of a visit of these groups may move.
    pub(crate) fn weight_of(&self, groups: u8) -> u64 {
        let counting = self.counted.iter().enumerate().filter(|(g, _)| groups & (1 << g) != 0);
        counting.map(|(_, (_, weight))| *weight as u64).sum()
    }
}
