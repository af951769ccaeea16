//! Which slots are filled together, and how their starts hang on each other.

use crate::model::{Problem, Seconds, SlotId};

/// Somebody who waits for a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mate {
    pub(super) slot: SlotId,
    /// Starts no earlier than so long after; less than nothing where it may be sooner.
    pub(super) gap: Seconds,
}

/// The crews of all needs. Empty where every need asks for one person: then nothing is kept for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Crews {
    /// Where the mates of each slot begin.
    first: Vec<u32>,
    mates: Vec<Mate>,
}

impl Crews {
    pub(super) fn new(problem: &Problem) -> Self {
        let mut crews = Self::default();
        if problem.slots().len() == problem.needs().len() {
            return crews;
        }
        for slot in problem.slot_ids() {
            crews.first.push(crews.mates.len() as u32);
            let others = problem.slots_of(problem.slot(slot).need).filter(|&mate| mate != slot);
            let waits = |mate| problem.start_gap(slot, mate).map(|gap| Mate { slot: mate, gap });
            crews.mates.extend(others.filter_map(waits));
        }
        crews.first.push(crews.mates.len() as u32);
        crews
    }

    /// Whether nobody waits for anybody.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Who waits for a slot, of its own need.
    #[inline]
    pub(super) fn mates(&self, slot: SlotId) -> &[Mate] {
        match self.first.get(slot.index()..slot.index() + 2) {
            Some(span) => &self.mates[span[0] as usize..span[1] as usize],
            None => &[],
        }
    }

    /// How much later `to` starts than `from` at least; nothing where it does not wait for it.
    pub(super) fn gap(&self, from: SlotId, to: SlotId) -> Option<Seconds> {
        self.mates(from).iter().find(|mate| mate.slot == to).map(|mate| mate.gap)
    }
}
