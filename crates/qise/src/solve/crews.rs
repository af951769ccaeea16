//! Which visits wait for each other: the people of a crew, and needs that follow each other.

use super::instance::Instance;
use crate::model::{LinkRule, Need, Problem, Seconds, SlotId, UnitId};

/// Somebody who waits for a slot, or for whom it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mate {
    pub(super) slot: SlotId,
    /// The one who waits starts no earlier than so long after the start of the other; less than nothing where it may be sooner.
    gap: Seconds,
    counts: Counts,
}

/// Between what a gap lies, beside two starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    FromStart,
    /// From the end of the one who is waited for.
    FromEnd,
    /// To the end of the one who waits.
    ToEnd,
}

/// Who waits for whom. Empty where every need asks for one person, none hangs together with another, nobody goes in a party and no last end
/// counts: then nothing is kept for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Crews {
    exist: bool,
    waiting: Lists,
    awaited: Lists,
}

/// A list for each slot.
#[derive(Clone, Debug, Default)]
struct Lists {
    first: Vec<u32>,
    mates: Vec<Mate>,
}

impl Lists {
    fn new(slots: usize, mut mates: Vec<(SlotId, Mate)>) -> Self {
        mates.sort_by_key(|&(slot, mate)| (slot, mate.slot));
        let mut first = vec![0; slots + 1];
        for &(slot, _) in &mates {
            first[slot.index() + 1] += 1;
        }
        for s in 0..slots {
            first[s + 1] += first[s];
        }
        Self { first, mates: mates.into_iter().map(|(_, mate)| mate).collect() }
    }

    #[inline]
    fn of(&self, slot: SlotId) -> &[Mate] {
        match self.first.get(slot.index()..slot.index() + 2) {
            Some(span) => &self.mates[span[0] as usize..span[1] as usize],
            None => &[],
        }
    }
}

impl Crews {
    pub(super) fn new(problem: &Problem) -> Self {
        let alone = |need: &Need| need.people() == 1 && need.crew.is_empty() && need.max_ride.is_none();
        let no_ends =
            problem.makespans().is_empty() && problem.units().iter().all(|unit| unit.pool.is_none());
        let unlinked = problem.links().is_empty() && problem.choices().is_empty();
        if no_ends && unlinked && problem.needs().iter().all(alone) {
            return Self::default();
        }
        let mut waits = Vec::new();
        for slot in problem.slot_ids() {
            for mate in problem.slots_of(problem.slot(slot).need).filter(|&mate| mate != slot) {
                if let Some(gap) = problem.start_gap(slot, mate) {
                    waits.push((slot, mate, gap, Counts::FromStart));
                }
            }
        }
        for need in problem.need_ids() {
            if let Some(longest) = problem.need(need).max_ride {
                // Where the last stop has to wait, the first one waits too.
                let mut stops = problem.slots_of(need);
                if let (Some(first), Some(last)) = (stops.next(), stops.last()) {
                    waits.push((last, first, Seconds(-longest.0), Counts::ToEnd));
                }
            }
            for overlap in &problem.need(need).overlaps {
                let of = |role| problem.slots_of(need).filter(move |&slot| problem.slot(slot).role == role);
                for one in of(overlap.one) {
                    for other in of(overlap.other) {
                        waits.push((one, other, overlap.least, Counts::ToEnd));
                        waits.push((other, one, overlap.least, Counts::ToEnd));
                    }
                }
            }
        }
        for link in problem.links() {
            let LinkRule::After { min, max } = link.rule else { continue };
            for first in problem.slots_of(link.from) {
                for second in problem.slots_of(link.to) {
                    waits.push((first, second, min, Counts::FromEnd));
                    if let Some(max) = max {
                        waits.push((second, first, Seconds(-max.0), Counts::ToEnd));
                    }
                }
            }
        }
        let slots = problem.slots().len();
        let forth = waits.iter().map(|&(first, slot, gap, counts)| (first, Mate { slot, gap, counts }));
        let back = waits.iter().map(|&(slot, second, gap, counts)| (second, Mate { slot, gap, counts }));
        Self {
            exist: true,
            waiting: Lists::new(slots, forth.collect()),
            awaited: Lists::new(slots, back.collect()),
        }
    }

    /// Whether nobody hangs together with anybody.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        !self.exist
    }

    /// Who waits for a slot.
    #[inline]
    pub(super) fn mates(&self, slot: SlotId) -> &[Mate] {
        self.waiting.of(slot)
    }

    /// For whom a slot waits.
    #[inline]
    pub(super) fn awaited(&self, slot: SlotId) -> &[Mate] {
        self.awaited.of(slot)
    }
}

impl Mate {
    /// How much later at least the one who waits starts than the other, with these services.
    #[inline]
    pub(super) fn wait(
        &self,
        awaited: impl FnOnce() -> Seconds,
        waiting: impl FnOnce() -> Seconds,
    ) -> Seconds {
        match self.counts {
            Counts::FromStart => self.gap,
            Counts::FromEnd => self.gap + awaited(),
            Counts::ToEnd => self.gap - waiting(),
        }
    }
}

impl Instance<'_> {
    /// How much later at least `second` starts, done by one person, than `first`, done by another; nothing where it does not wait.
    pub(super) fn wait(
        &self,
        (first, one): (SlotId, UnitId),
        (second, other): (SlotId, UnitId),
    ) -> Option<Seconds> {
        let mates = self.crews.mates(first).iter().filter(|mate| mate.slot == second);
        let service = |slot, unit| self.service(slot, self.unit(unit));
        mates.map(|mate| mate.wait(|| service(first, one), || service(second, other))).max()
    }
}
