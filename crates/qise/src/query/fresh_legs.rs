//! The legs of routes that have changed since the index was built, in runs of growing size.
//!
//! New legs come into the first run, which is looked through leg by leg. Once it is full it becomes a tree beside the other trees; of a size
//! there are few: together they become one tree of the next size (a log-structured merge, after O'Neil et al. 1996). A unit's legs count
//! in the newest run that has them; older ones are passed over.

use super::leg::Leg;
use super::leg_tree::{SplitWeights, Tree};
use crate::model::UnitId;
use crate::solve::instance::Instance;

/// So many legs are looked through one by one.
const FLAT: usize = 256;
/// So many runs of one size become one of the next.
const RUNS: usize = 6;
/// Runs of this size stay as they are: what has changed so much is to be indexed anew.
const LARGEST: usize = FLAT * RUNS * RUNS;

/// The legs of routes that have changed.
#[derive(Clone, Default)]
pub(crate) struct FreshLegs {
    /// The run that holds the legs of each unit: 0 for the index itself. Empty until something changes.
    home: Vec<u32>,
    /// The flat one first; each with its number.
    runs: Vec<Run>,
    /// The last number given to a run.
    last: u32,
    /// Those of whom distance does not tell what a detour costs: they are all asked.
    apart: Vec<UnitId>,
}

#[derive(Clone)]
struct Run {
    number: u32,
    tree: Tree,
}

impl FreshLegs {
    /// The trees beside that of the index, each with its number; those without boxes are looked through leg by leg.
    pub(crate) fn trees(&self) -> impl Iterator<Item = (u32, &Tree)> {
        self.runs.iter().map(|run| (run.number, &run.tree))
    }

    /// The tree with a number.
    pub(crate) fn tree(&self, number: u32) -> Option<&Tree> {
        self.runs.iter().find(|run| run.number == number).map(|run| &run.tree)
    }

    /// Whether the legs of a unit in this run are those of its route as it is.
    #[inline]
    pub(crate) fn is_current(&self, unit: UnitId, run: u32) -> bool {
        self.home.get(unit.index()).is_none_or(|&home| home == run)
    }

    /// Those who are all asked.
    pub(crate) fn apart(&self) -> &[UnitId] {
        &self.apart
    }

    /// The legs of a unit are these from here on; `None` if distance does not tell what a detour costs.
    pub(crate) fn set(&mut self, instance: &Instance<'_>, unit: UnitId, legs: Option<&[Leg]>) {
        if self.home.is_empty() {
            self.home = vec![0; instance.units.len()];
            self.runs.push(Run { number: 1, tree: Tree::default() });
            self.last = 1;
        }
        let flat = self.runs[0].number;
        if std::mem::replace(&mut self.home[unit.index()], flat) == flat {
            self.runs[0].tree.legs.retain(|leg| leg.unit != unit);
        }
        self.apart.retain(|&other| other != unit);
        match legs {
            Some(legs) => self.runs[0].tree.legs.extend_from_slice(legs),
            None => self.apart.push(unit),
        }
        self.runs[0].tree.note_most();
        if self.runs[0].tree.legs.len() > FLAT {
            self.merge(instance, 0..1);
            self.last += 1;
            self.runs.insert(0, Run { number: self.last, tree: Tree::default() });
            self.merge_sizes(instance);
        }
    }

    /// Merges runs until there are few of every size.
    fn merge_sizes(&mut self, instance: &Instance<'_>) {
        let mut size = FLAT * RUNS / 2;
        while size < LARGEST {
            let of_size = |run: &Run| run.tree.legs.len() < size && !run.tree.nodes.is_empty();
            let count = self.runs.iter().skip(1).take_while(|run| of_size(run)).count();
            if count >= RUNS {
                self.merge(instance, 1..1 + count);
            }
            size *= RUNS;
        }
    }

    /// Some runs, one after the other, become one tree with what of them counts.
    fn merge(&mut self, instance: &Instance<'_>, runs: std::ops::Range<usize>) {
        let at = runs.start;
        let mut legs = Vec::new();
        for run in self.runs.drain(runs) {
            let own = run.tree.legs.into_iter().filter(|leg| self.home[leg.unit.index()] == run.number);
            legs.extend(own);
        }
        self.last += 1;
        for leg in &legs {
            self.home[leg.unit.index()] = self.last;
        }
        let weights = SplitWeights::new(instance, &legs, &[]);
        self.runs.insert(at, Run { number: self.last, tree: Tree::new(legs, &weights) });
    }
}
