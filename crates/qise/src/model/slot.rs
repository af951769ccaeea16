//! Slots: the places in the crews of all needs, one visit each.

use std::ops::Range;

use super::{Need, NeedId, Seconds};

/// One person's place in the crew of a need at one of its stops: one visit to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The need.
    pub need: NeedId,
    /// Which of its roles. A role for several people has as many slots, one after the other.
    pub role: u16,
    /// Which of its stops.
    pub stop: u16,
}

/// The slots of all needs, need by need and role by role, and where each need's are.
pub(super) fn slots_of(needs: &[Need]) -> (Vec<Slot>, Spans) {
    let mut slots = Vec::with_capacity(needs.len());
    let mut first = Vec::with_capacity(needs.len() + 1);
    for (n, need) in needs.iter().enumerate() {
        first.push(slots.len() as u32);
        slots.extend(slots_of_need(NeedId::new(n), need));
    }
    first.push(slots.len() as u32);
    (slots, Spans::full(first))
}

/// The slots of one need, role by role.
pub(super) fn slots_of_need(id: NeedId, need: &Need) -> impl Iterator<Item = Slot> {
    need.roles.iter().enumerate().flat_map(move |(role, asked)| {
        (0..need.stops.len() as u16).flat_map(move |stop| {
            let slot = Slot { need: id, role: role as u16, stop };
            std::iter::repeat_n(slot, asked.count as usize)
        })
    })
}

/// For every pair of roles `[from][to]` how much later at least `to` starts than `from` (less than nothing where it may start
/// before it); nothing where the gaps contradict each other.
///
/// Overlaps hang on who comes and are not told here. All longest paths (Floyd and Warshall) over the gaps: a role that starts at most `max` after another is one that the other
/// precedes by no more than `max`.
pub(in crate::model) fn start_gaps(need: &Need) -> Option<Vec<Vec<Option<Seconds>>>> {
    let count = need.roles.len();
    let mut least = vec![vec![None; count]; count];
    let mut at_least = |from: usize, to: usize, gap: Seconds| {
        let old: &mut Option<Seconds> = &mut least[from][to];
        *old = Some(old.map_or(gap, |old| old.max(gap)));
    };
    for role in 0..count {
        at_least(role, role, Seconds::ZERO);
        if role > 0 && need.starts_with_first(role) {
            at_least(0, role, Seconds::ZERO);
            at_least(role, 0, Seconds::ZERO);
        }
    }
    for gap in &need.gaps {
        at_least(gap.from.into(), gap.to.into(), gap.min);
        at_least(gap.to.into(), gap.from.into(), Seconds(-gap.max.0));
    }
    for by in 0..count {
        // A role that starts later than itself: gaps that contradict each other, and sums that would grow for ever.
        if (0..count).any(|role| least[role][role] != Some(Seconds::ZERO)) {
            return None;
        }
        for from in 0..count {
            for to in 0..count {
                if let (Some(first), Some(second)) = (least[from][by], least[by][to]) {
                    let both = first + second;
                    if least[from][to].is_none_or(|known| known < both) {
                        least[from][to] = Some(both);
                    }
                }
            }
        }
    }
    (0..count).all(|role| least[role][role] == Some(Seconds::ZERO)).then_some(least)
}

/// Where the slots of each need are. A need may leave some of its room empty; then these slots belong to nobody.
#[derive(Clone, Debug)]
pub(super) struct Spans {
    /// Where the room of each need begins, and where that of the last ends.
    first: Vec<u32>,
    count: Vec<u32>,
}

impl Spans {
    /// Needs that fill their room.
    pub(super) fn full(first: Vec<u32>) -> Self {
        let count = first.windows(2).map(|ends| ends[1] - ends[0]).collect();
        Self { first, count }
    }

    /// The slots of a need.
    pub(super) fn of(&self, need: NeedId) -> Range<u32> {
        let first = self.first[need.index()];
        first..first + self.count[need.index()]
    }

    /// The first slot of a need.
    pub(super) fn first(&self, need: NeedId) -> u32 {
        self.first[need.index()]
    }

    /// All slots for which there is room.
    pub(super) fn room(&self, need: NeedId) -> Range<u32> {
        self.first[need.index()]..self.first[need.index() + 1]
    }

    /// A need asks for so many of the slots for which it has room.
    pub(super) fn set(&mut self, need: NeedId, count: usize) {
        debug_assert!(count <= self.room(need).len(), "there is room for every visit");
        self.count[need.index()] = count as u32;
    }
}
