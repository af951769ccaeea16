//! What leaving a need costs on each level on which needs left count, and which needs come before all others.

use super::slot::FlatSlot;
use super::weights::Weights;
use crate::model::{SlotId, Term};

/// Levels on which needs left count, at most: one for each of their terms.
const LEVELS: usize = 3;

/// What leaving needs costs, level by level; the first difference decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stake([i64; LEVELS]);

impl Stake {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|l| self.0[l].saturating_add(other.0[l])))
    }

    /// The first level on which it counts: a need of a smaller class outweighs any number of needs of larger ones.
    fn class(self) -> u8 {
        self.0.iter().position(|&cost| cost > 0).unwrap_or(LEVELS) as u8
    }
}

/// The stakes of all slots; those that do not stand for their need have none of their own.
#[derive(Debug, Default)]
pub(crate) struct Stakes {
    of: Vec<Stake>,
    class: Vec<u8>,
    /// The classes of needs that there are, in order.
    classes: Vec<u8>,
    /// Whether leaving one need costs as much as leaving any other.
    pub(crate) all_prizes_equal: bool,
}

impl Stakes {
    pub(crate) fn new(weights: &Weights, slots: &[FlatSlot]) -> Self {
        let levels = levels_of(weights);
        let mut prizes = slots.iter().filter(|slot| slot.leads).map(|slot| slot.prize);
        let first = prizes.next();
        let all_prizes_equal = prizes.all(|prize| Some(prize) == first);
        let of = slots.iter().map(|slot| (slot.leads, stake_of(&levels, slot)));
        let of = of.collect::<Vec<_>>();
        let mut classes =
            of.iter().filter(|(leads, _)| *leads).map(|(_, stake)| stake.class()).collect::<Vec<_>>();
        classes.sort_unstable();
        classes.dedup();
        classes.retain(|&class| usize::from(class) < LEVELS);
        let of = of.into_iter().map(|(_, stake)| stake).collect::<Vec<_>>();
        Self { class: of.iter().map(|stake| stake.class()).collect(), of, classes, all_prizes_equal }
    }

    /// Brings a slot that has changed up to date.
    pub(super) fn refresh(&mut self, weights: &Weights, id: SlotId, slot: &FlatSlot) {
        let stake = stake_of(&levels_of(weights), slot);
        (self.of[id.index()], self.class[id.index()]) = (stake, stake.class());
        if slot.leads && usize::from(stake.class()) < LEVELS && !self.classes.contains(&stake.class()) {
            self.classes.push(stake.class());
            self.classes.sort_unstable();
        }
        self.all_prizes_equal = false;
    }

    #[inline]
    pub(crate) fn of(&self, slot: SlotId) -> Stake {
        self.of[slot.index()]
    }

    /// The class of a need, by its first slot.
    #[inline]
    pub(crate) fn class(&self, slot: SlotId) -> u8 {
        self.class[slot.index()]
    }

    /// The classes that come before others, in order; none where all needs are of one.
    pub(crate) fn before_others(&self) -> &[u8] {
        self.classes.split_last().map_or(&[], |(_, before)| before)
    }

    /// Whether a need outweighs any number of some others.
    #[inline]
    pub(crate) fn comes_before_others(&self, slot: SlotId) -> bool {
        self.before_others().last().is_some_and(|&last| self.class(slot) <= last)
    }
}

/// The levels on which needs left count.
fn levels_of(weights: &Weights) -> Vec<&Vec<(Term, i64)>> {
    let left = |&(term, _): &(Term, i64)| {
        matches!(term, Term::UnservedMandatory | Term::UnservedPriority | Term::Unserved)
    };
    weights.levels().iter().filter(|level| level.iter().any(left)).take(LEVELS).collect()
}

fn stake_of(levels: &[&Vec<(Term, i64)>], slot: &FlatSlot) -> Stake {
    let (leads, priority, first) = (slot.leads, slot.priority, slot.comes_first);
    let mut stake = Stake::default();
    for (cost, level) in stake.0.iter_mut().zip(levels).filter(|_| leads) {
        let of = |&(term, weight): &(Term, i64)| match term {
            Term::UnservedMandatory => weight * i64::from(first),
            Term::UnservedPriority => weight.saturating_mul(priority),
            Term::Unserved => weight,
            _ => 0,
        };
        *cost = level.iter().map(of).fold(0, i64::saturating_add);
    }
    stake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Objective;
    use crate::tests::{built, line, need, person};

    fn stakes(terms: &[Term], slots: &[(bool, i64, bool)]) -> Stakes {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 100));
        need(&mut data, 0, (0, 90), 1);
        data.objective = Objective::ordered(terms);
        let problem = built(&data);
        let weights = Weights::new(&problem);
        let flat = |&(leads, priority, comes_first): &(bool, i64, bool)| {
            let mut slot = FlatSlot::new(&problem, &weights, SlotId(0));
            (slot.leads, slot.priority, slot.comes_first) = (leads, priority, comes_first);
            slot.prize = weights.prize(priority, comes_first);
            slot
        };
        Stakes::new(&weights, &slots.iter().map(flat).collect::<Vec<_>>())
    }

    /// Mandatory, dear, cheap, worth nothing; and a slot that does not stand for its need.
    const SLOTS: [(bool, i64, bool); 5] =
        [(true, 3, true), (true, 9, false), (true, 1, false), (true, 0, false), (false, 9, true)];

    #[test]
    fn a_need_of_a_higher_level_outweighs_any_number_of_others() {
        let terms = [Term::UnservedMandatory, Term::UnservedPriority, Term::Unserved, Term::TravelTime];
        let stakes = stakes(&terms, &SLOTS);
        assert_eq!([0, 1, 2, 3, 4].map(|slot| stakes.class(SlotId(slot))), [0, 1, 1, 2, 3]);
        assert_eq!(stakes.before_others(), [0, 1]);
        let first = [0, 1, 2, 3, 4].map(|slot| stakes.comes_before_others(SlotId(slot)));
        assert_eq!(first, [true, true, true, false, false]);
        let of = |slot| stakes.of(SlotId(slot));
        let many = (0..1000).fold(Stake::default(), |sum, _| sum.plus(of(1)));
        assert!(of(0) > many && many > of(1) && of(1) > of(2) && of(2) > of(3));
        assert_eq!(of(4), Stake::default());
    }

    #[test]
    fn where_all_are_of_one_class_none_comes_first() {
        let stakes = stakes(&[Term::TravelTime, Term::Unserved], &SLOTS);
        assert!(stakes.before_others().is_empty() && !stakes.comes_before_others(SlotId(0)));
        assert_eq!(stakes.of(SlotId(0)), stakes.of(SlotId(2)));
    }
}
