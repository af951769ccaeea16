//! The state of a solve: for every row and every column its dual value and its partner.

use super::graph::{Graph, Saving};

/// No partner.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The rows or the columns.
#[derive(Clone)]
pub(crate) struct Side {
    /// Dual values, never negative: what the line gains beyond its alternatives.
    pub(crate) value: Vec<i64>,
    /// The partner of each line.
    pub(crate) mate: Vec<u32>,
}

impl Side {
    pub(crate) fn new(lines: usize) -> Self {
        Self { value: vec![0; lines], mate: vec![NOBODY; lines] }
    }

    /// The lines without a partner that have something to gain: none on either side means that the assignment is optimal.
    pub(crate) fn waiting(&self) -> Vec<u32> {
        let lines = self.mate.iter().zip(&self.value).enumerate();
        lines
            .filter(|&(_, (&mate, &value))| mate == NOBODY && value > 0)
            .map(|(line, _)| line as u32)
            .collect()
    }
}

/// Gives `ours` the least values that the values of `theirs` allow, and parts the pairs that fall short of them by more than
/// `slack`. A pair that stays leaves its line what the pair is worth to it, which is short of the least value by that much.
pub(crate) fn settle<S: Saving>(graph: &Graph<S>, ours: &mut Side, theirs: &mut Side, slack: i64) {
    for line in 0..graph.lines() {
        let mate = ours.mate[line];
        let (mut best, mut own) = (0, i64::MIN);
        for edge in graph.of(line) {
            let worth = edge.saving() - theirs.value[edge.to as usize];
            best = best.max(worth);
            if edge.to == mate {
                own = own.max(worth);
            }
        }
        ours.value[line] = best;
        if mate != NOBODY {
            if own >= 0 && own >= best - slack {
                ours.value[line] = own;
            } else {
                ours.mate[line] = NOBODY;
                theirs.mate[mate as usize] = NOBODY;
            }
        }
    }
}
