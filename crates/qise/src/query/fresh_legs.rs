//! The legs of routes that have changed since the index was built, in runs of growing size.
//!
//! New legs come into the first run, which is looked through leg by leg. Once it is full it becomes a tree beside the other trees; of a size
//! there are few: together they become one tree of the next size (a log-structured merge, after O'Neil et al. 1996). A unit's legs count
//! in the newest run that has them; older ones are passed over.
//!
//! These trees hold everybody, whatever a slot requires. So every leg and every box has a mark: one bit for each requirement that somebody
//! in it may meet, and those without the bit that is asked for are never looked at.

use super::leg::Leg;
use super::leg_tree::{Prices, SplitWeights, Tree};
use super::marks::{Mark, Marks};
use crate::model::UnitId;

/// So many legs are looked through one by one. Few in tests, so that they come to all that follows.
const FLAT: usize = if cfg!(test) { 3 } else { 256 };
/// So many runs of one size become one of the next.
const RUNS: usize = 6;
/// Runs of this size stay as they are: before there are more, everything is indexed anew.
const LARGEST: usize = FLAT * RUNS * RUNS;

/// The legs of routes that have changed.
#[derive(Default)]
pub(crate) struct FreshLegs {
    /// The run that holds the legs of each unit, and its marks: 0 for the index itself. Empty until something changes.
    of_unit: Vec<(u32, Marks)>,
    /// The flat one first, then the newer before the older.
    runs: Vec<Run>,
    /// Those of whom distance does not tell what a detour costs: they are all asked.
    apart: Vec<UnitId>,
    /// Runs with a smaller number are on their way into the index.
    cut: u32,
    prices: Prices,
}

/// Some of the legs.
#[derive(Default)]
pub(crate) struct Run {
    /// The number of the newest legs in it.
    number: u32,
    pub(crate) tree: Tree,
    of_legs: Vec<Marks>,
    of_nodes: Vec<Marks>,
}

impl FreshLegs {
    pub(crate) fn new(prices: Prices) -> Self {
        Self { prices, ..Self::default() }
    }

    /// The runs that are newer than an index that holds all before a number: the flat one has no boxes.
    pub(crate) fn runs(&self, since: u32) -> &[Run] {
        &self.runs[..self.runs.partition_point(|run| run.number >= since)]
    }

    /// Whether an index that holds all before a number has the legs of a unit as they are.
    #[inline]
    pub(crate) fn is_indexed(&self, unit: UnitId, since: u32) -> bool {
        self.of_unit.get(unit.index()).is_none_or(|&(home, _)| home < since)
    }

    /// Whether the legs of a unit in a run are those of its route as it is.
    #[inline]
    pub(crate) fn is_current(&self, unit: UnitId, run: &Run) -> bool {
        self.of_unit[unit.index()].0 == run.number
    }

    /// Those who are all asked.
    pub(crate) fn apart(&self) -> &[UnitId] {
        &self.apart
    }

    /// How many legs there are that are on no way into the index, and people who are all asked.
    pub(crate) fn len(&self) -> usize {
        let legs = self.runs(self.cut).iter().map(|run| run.tree.legs.len()).sum::<usize>();
        legs + self.apart.len()
    }

    /// The legs of one of so many units are these from here on; `None` if distance does not tell what a detour costs.
    pub(crate) fn set(&mut self, units: usize, (unit, marks): (UnitId, Marks), legs: Option<&[Leg]>) {
        if self.of_unit.is_empty() {
            self.of_unit = vec![(0, Marks::default()); units];
        }
        if self.runs.is_empty() {
            self.add_flat();
        }
        let run = &mut self.runs[0];
        let before = std::mem::replace(&mut self.of_unit[unit.index()], (run.number, marks));
        if before.0 == run.number {
            run.tree.legs.retain(|leg| leg.unit != unit);
            run.mark(&self.of_unit);
        }
        self.apart.retain(|&other| other != unit);
        match legs {
            Some(legs) => run.tree.legs.extend_from_slice(legs),
            None => self.apart.push(unit),
        }
        run.tree.note_most();
        run.of_legs.resize(run.tree.legs.len(), marks);
        if run.tree.legs.len() > FLAT {
            self.merge(0..1);
            self.add_flat();
            self.merge_sizes();
        }
    }

    /// All that there is goes into the index: the number before which that is. Until [`FreshLegs::forget`] it is asked here as well.
    pub(crate) fn cut(&mut self) -> u32 {
        if !self.runs.is_empty() {
            self.merge(0..1);
        }
        self.add_flat();
        self.cut = self.runs[0].number;
        self.cut
    }

    /// All before the cut is in the index.
    pub(crate) fn forget(&mut self) {
        let newer = self.runs(self.cut).len();
        self.runs.truncate(newer);
        self.apart.retain(|unit| self.of_unit[unit.index()].0 >= self.cut);
    }

    fn add_flat(&mut self) {
        let number = self.runs.first().map_or(1, |run| run.number + 1);
        self.runs.insert(0, Run { number, ..Run::default() });
    }

    /// Merges runs until there are few of every size.
    fn merge_sizes(&mut self) {
        let mut size = FLAT * RUNS / 2;
        while size < LARGEST {
            let newer = self.runs(self.cut).iter().skip(1);
            let count = newer.take_while(|run| run.tree.legs.len() < size).count();
            if count >= RUNS {
                self.merge(1..1 + count);
            }
            size *= RUNS;
        }
    }

    /// Some runs, one after the other, become one tree with what of them counts, and the number of the first.
    fn merge(&mut self, runs: std::ops::Range<usize>) {
        let (at, number) = (runs.start, self.runs[runs.start].number);
        let mut legs = Vec::new();
        for run in self.runs.drain(runs) {
            let own = run.tree.legs.into_iter().filter(|leg| self.of_unit[leg.unit.index()].0 == run.number);
            legs.extend(own);
        }
        for leg in &legs {
            self.of_unit[leg.unit.index()].0 = number;
        }
        let weights = SplitWeights::new(&self.prices, &legs);
        let mut run = Run { number, tree: Tree::new(legs, &weights), ..Run::default() };
        run.mark(&self.of_unit);
        self.runs.insert(at, run);
    }
}

impl Run {
    /// Whether somebody with one of the legs of a box may meet what is asked for.
    #[inline]
    pub(crate) fn may(&self, is_leg: bool, at: u32, asked: Mark) -> bool {
        let marks = if is_leg { &self.of_legs } else { &self.of_nodes };
        marks[at as usize].has(asked)
    }

    /// Brings all marks up to date.
    fn mark(&mut self, of_unit: &[(u32, Marks)]) {
        self.of_legs.clear();
        self.of_legs.extend(self.tree.legs.iter().map(|leg| of_unit[leg.unit.index()].1));
        self.of_nodes.clear();
        self.of_nodes.resize(self.tree.nodes.len(), Marks::default());
        // Boxes follow the one around them.
        for (at, node) in self.tree.nodes.iter().enumerate().rev() {
            let inner = node.first as usize..(node.first + node.count) as usize;
            let marks = if node.is_leaf { &self.of_legs[inner] } else { &self.of_nodes[inner] };
            self.of_nodes[at] = marks.iter().fold(Marks::default(), Marks::join);
        }
    }
}
