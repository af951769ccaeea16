//! All rules that stand between people and a need, and the fewest of them that exclude everybody.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::Exclusion;
use super::exclusion::{expired, rules};
use crate::model::{Problem, SlotId, UnitId, VolunteerId};

/// A set of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExclusionSet(u32);

impl ExclusionSet {
    /// Adds a rule.
    pub fn add(&mut self, cut: Exclusion) {
        self.0 |= 1 << cut as u32;
    }

    /// Whether a rule is in it.
    pub fn has(self, cut: Exclusion) -> bool {
        self.0 >> (cut as u32) & 1 == 1
    }

    /// Whether no rule is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules, in order.
    pub fn iter(self) -> impl Iterator<Item = Exclusion> {
        Exclusion::ALL.iter().copied().filter(move |&cut| self.has(cut))
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Every rule that excludes a unit from a slot in every plan; none for one that could fill it with nothing else to do. Who is not on
/// duty when the service may start is not also told to be too slow.
pub fn obstacles(problem: &Problem, slot: SlotId, unit: UnitId) -> ExclusionSet {
    let mut cuts = ExclusionSet::default();
    match expired(problem, slot, unit) {
        Some(cut) => cuts.add(cut),
        None => problem.unsuited(slot, unit, |reason| cuts.add(reason.into())),
    }
    let _ = rules(problem, slot, unit, &mut |cut| {
        cuts.add(cut);
        ControlFlow::Continue(())
    });
    cuts
}

/// The fewest rules that together exclude so many people that fewer than `asked` are left; the first in the order of the rules where
/// several sets are as small. Nothing where all rules together leave as many.
pub fn smallest_exclusion(problem: &Problem, slot: SlotId, asked: u32) -> Option<ExclusionSet> {
    // People with the same obstacles count together: what stands in the way of each of their shifts.
    let mut people = FxHashMap::<Vec<ExclusionSet>, u32>::default();
    for who in (0..problem.volunteers().len()).map(VolunteerId::new) {
        let mut shifts = problem.units_of(who).map(|unit| obstacles(problem, slot, unit)).collect::<Vec<_>>();
        if shifts.is_empty() {
            let mut absent = ExclusionSet::default();
            absent.add(Exclusion::Absent);
            shifts.push(absent);
        }
        shifts.sort_unstable();
        shifts.dedup();
        *people.entry(shifts).or_default() += 1;
    }
    let mut all = ExclusionSet::default();
    people.keys().flatten().for_each(|shift| all.0 |= shift.0);
    let left = |set: ExclusionSet| {
        let kept = people.iter().filter(|(shifts, _)| !shifts.iter().all(|shift| shift.meets(set)));
        kept.map(|(_, count)| count).sum::<u32>()
    };
    let rules = all.iter().collect::<Vec<_>>();
    (0..=rules.len())
        .find_map(|size| first_of_size(&rules, size, ExclusionSet::default(), &|set| left(set) < asked))
}

/// The first set of so many of the rules, beside those chosen, that will do.
fn first_of_size(
    rules: &[Exclusion],
    size: usize,
    chosen: ExclusionSet,
    will_do: &impl Fn(ExclusionSet) -> bool,
) -> Option<ExclusionSet> {
    if size == 0 {
        return will_do(chosen).then_some(chosen);
    }
    (0..rules.len()).find_map(|r| {
        let mut with = chosen;
        with.add(rules[r]);
        first_of_size(&rules[r + 1..], size - 1, with, will_do)
    })
}
