//! Which visits wait for each other: the people of a crew, and needs that follow each other.

use super::links::days_apart;
use super::slot::counted_makespans;
use crate::base::Rows;
use crate::model::{Calendar, Link, LinkRule, Need, NeedId, Problem, Seconds, SlotId, Time, Unit};

/// Somebody who waits for a slot, or for whom it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Partner {
    pub(crate) slot: SlotId,
    /// The one who waits starts no earlier than so long after the start of the other; less than nothing where it may be sooner. Where days
    /// count, their number.
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
    /// Not from start to start but from day to day: so many whole days.
    Days,
}

/// Partners of slots, each with the number of its slot.
type Partners = Vec<(usize, Partner)>;

/// The one who is waited for, the one who waits, and what lies between.
type Wait = (SlotId, SlotId, Seconds, Counts);

/// Who waits for whom. Empty where every need asks for one person, none hangs together with another, nobody goes in a party, no shift starts
/// where another ended and no last end counts: then nothing is kept for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Precedence {
    exist: bool,
    successors: Rows<Partner>,
    predecessors: Rows<Partner>,
}

impl Precedence {
    pub(crate) fn new(problem: &Problem) -> Self {
        let alone = |need: &Need| need.people() == 1 && need.crew.is_empty() && need.max_ride.is_none();
        let for_itself = |unit: &Unit| unit.pool.is_none() && unit.follows.is_none();
        let no_ends = counted_makespans(problem).is_empty() && problem.units().iter().all(for_itself);
        let unlinked = problem.links().is_empty() && problem.choices().is_empty();
        if no_ends && unlinked && problem.needs().iter().all(alone) {
            return Self::default();
        }
        let mut waits = Vec::new();
        for need in problem.need_ids() {
            within(problem, need, &mut waits);
        }
        problem.links().iter().for_each(|link| between(problem, link, &mut waits));
        let (successors, predecessors) = both(&waits);
        let rows = |partners| Rows::of_pairs(problem.slots().len(), partners);
        Self { exist: true, successors: rows(successors), predecessors: rows(predecessors) }
    }

    /// Brings the slots of a need that has changed up to date. Linked needs still have the slots that they had.
    pub(crate) fn refresh(&mut self, problem: &Problem, need: NeedId) {
        if !self.exist {
            return;
        }
        let mut waits = Vec::new();
        within(problem, need, &mut waits);
        let own = problem.links().iter().filter(|link| link.from == need || link.to == need);
        own.for_each(|link| between(problem, link, &mut waits));
        let (successors, predecessors) = both(&waits);
        for slot in problem.room_of(need).map(SlotId::index) {
            for (rows, partners) in
                [(&mut self.successors, &successors), (&mut self.predecessors, &predecessors)]
            {
                let own = partners.iter().filter(|(row, _)| *row == slot).map(|(_, partner)| *partner);
                rows.set(slot, &own.collect::<Vec<_>>());
            }
        }
    }

    /// Whether nobody hangs together with anybody.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        !self.exist
    }

    /// Who waits for a slot.
    #[inline]
    pub(crate) fn successors(&self, slot: SlotId) -> &[Partner] {
        self.successors.row(slot.index())
    }

    /// For whom a slot waits.
    #[inline]
    pub(crate) fn predecessors(&self, slot: SlotId) -> &[Partner] {
        self.predecessors.row(slot.index())
    }
}

/// Who waits for whom among the visits of one need.
fn within(problem: &Problem, id: NeedId, waits: &mut Vec<Wait>) {
    let need = problem.need(id);
    for slot in problem.slots_of(id) {
        for partner in problem.slots_of(id).filter(|&partner| partner != slot) {
            if let Some(gap) = problem.start_gap(slot, partner) {
                waits.push((slot, partner, gap, Counts::FromStart));
            }
        }
    }
    if let Some(longest) = need.max_ride {
        // Where the last stop has to wait, the first one waits too.
        let mut stops = problem.slots_of(id);
        if let (Some(first), Some(last)) = (stops.next(), stops.last()) {
            waits.push((last, first, Seconds(-longest.0), Counts::ToEnd));
        }
    }
    for overlap in &need.overlaps {
        let of = |role| problem.slots_of(id).filter(move |&slot| problem.slot(slot).role == role);
        for one in of(overlap.one) {
            for other in of(overlap.other) {
                waits.push((one, other, overlap.least, Counts::ToEnd));
                waits.push((other, one, overlap.least, Counts::ToEnd));
            }
        }
    }
}

/// Who waits for whom between two needs.
fn between(problem: &Problem, link: &Link, waits: &mut Vec<Wait>) {
    let at = |need, stop| problem.slots_of(need).filter(move |&slot| problem.slot(slot).stop == stop);
    if let LinkRule::DaysApart { min, max, weeks } = link.rule {
        let (min, max) = days_apart(min, max, weeks);
        for first in at(link.from, 0) {
            for second in at(link.to, 0) {
                waits.push((first, second, Seconds(min), Counts::Days));
                waits.push((second, first, Seconds(-max), Counts::Days));
            }
        }
    }
    let LinkRule::After { min, max } = link.rule else { return };
    // Of a ride only one end counts; in between it goes its own way.
    let stops = link.stops(problem.needs());
    for first in at(link.from, stops.0) {
        for second in at(link.to, stops.1) {
            waits.push((first, second, min, Counts::FromEnd));
            if let Some(max) = max {
                waits.push((second, first, Seconds(-max.0), Counts::ToEnd));
            }
        }
    }
}

/// Who waits for each slot, and for whom each waits, by the other slot.
fn both(waits: &[Wait]) -> (Partners, Partners) {
    let forth =
        waits.iter().map(|&(first, slot, gap, counts)| (first.index(), Partner { slot, gap, counts }));
    let back =
        waits.iter().map(|&(slot, second, gap, counts)| (second.index(), Partner { slot, gap, counts }));
    let sorted = |partners: &mut dyn Iterator<Item = (usize, Partner)>| {
        let mut partners = partners.collect::<Vec<_>>();
        partners.sort_by_key(|&(_, partner)| partner.slot);
        partners
    };
    (sorted(&mut { forth }), sorted(&mut { back }))
}

impl Partner {
    /// No earlier than when the one who waits starts, where the other starts at `start`, with these services.
    #[inline]
    pub(crate) fn until(
        &self,
        calendar: &Calendar,
        start: Time,
        awaited: impl FnOnce() -> Seconds,
        waiting: impl FnOnce() -> Seconds,
    ) -> Time {
        match self.counts {
            Counts::FromStart => start + self.gap,
            Counts::FromEnd => start + self.gap + awaited(),
            Counts::ToEnd => start + self.gap - waiting(),
            Counts::Days => calendar.begin(calendar.day(start) + self.gap.0),
        }
    }

    /// The latest start of the one who is waited for that lets the other start by `until`.
    #[inline]
    pub(crate) fn latest(
        &self,
        calendar: &Calendar,
        until: Time,
        awaited: impl FnOnce() -> Seconds,
        waiting: impl FnOnce() -> Seconds,
    ) -> Time {
        match self.counts {
            Counts::FromStart => until - self.gap,
            Counts::FromEnd => until - self.gap - awaited(),
            Counts::ToEnd => until - self.gap + waiting(),
            Counts::Days => calendar.begin(calendar.day(until) - self.gap.0 + 1) - Seconds(1),
        }
    }
}

#[cfg(test)]
mod tests;
