//! Whether a break leaves room for a need that somebody serves with nothing else to do.

use super::starts::{earliest_start, latest_start};
use crate::model::{Break, PlaceId, Problem, Seconds, SlotId, Time, Unit, UnitId};

/// Whether somebody can make all stops of a need on the quickest roads and take a break: before or after, or on the way where that may be.
/// Other breaks are left out.
pub(super) fn can_rest(problem: &Problem, first: SlotId, unit: UnitId, due: &Break) -> bool {
    let unit = problem.unit(unit);
    let need = problem.need_of(first);
    let all = problem.slots_of(problem.slot(first).need);
    let slots = if need.is_ride() { all.collect::<Vec<_>>() } else { vec![first] };
    let brings = !need.is_ride() && problem.role(first).load.iter().any(|load| load.amount > 0);
    let is_laden =
        |gap: usize| if need.is_ride() { gap > 0 && gap < slots.len() } else { brings && gap == 0 };
    let sequence = Sequence { problem, unit, slots: &slots };
    // Who cannot be in time at all is not kept from it by a break.
    let Some(finish) = sequence.finish(unit.start, None) else { return true };
    finish <= due.latest
        || sequence.finish(unit.start.max(due.earliest + due.duration), None).is_some()
        || (0..=slots.len())
            .filter(|&gap| !(due.only_when_empty && is_laden(gap)))
            .any(|gap| sequence.finish(unit.start, Some((gap, due))).is_some())
}

/// All stops of a need one after the other.
struct Sequence<'a> {
    problem: &'a Problem,
    unit: &'a Unit,
    slots: &'a [SlotId],
}

impl Sequence<'_> {
    /// When somebody is back at the earliest who sets out at `free`, with a break in one gap; nothing where they cannot be in time.
    fn finish(&self, mut free: Time, rest: Option<(usize, &Break)>) -> Option<Time> {
        let Self { problem, unit, slots } = *self;
        let mut here = None;
        for gap in 0..=slots.len() {
            let slot = slots.get(gap).copied();
            let place = slot.map(|slot| problem.place_of(slot)).or(unit.to);
            let way = |from| {
                let Some(to) = place else { return Seconds::ZERO };
                let setup = if slot.is_some() { problem.setup(from, to) } else { Seconds::ZERO };
                problem.travel().least_seconds(unit.mode, from, to) + setup
            };
            let straight = here.map_or_else(|| unit.least_of_starts(way), way);
            let mut ready = free + straight;
            if let Some((_, due)) = rest.filter(|&(at, _)| at == gap) {
                // It may lie on the way, or before or behind the setup.
                let along = || {
                    let start = free.max(due.earliest);
                    let left = (straight - (start - free)).max(Seconds::ZERO);
                    (start <= due.latest).then(|| start + due.duration + left)
                };
                // Or at one of its places, from where the setup may be done already.
                let by = |&station: &PlaceId| {
                    let there = |from| problem.travel().least_seconds(unit.mode, from, station);
                    let there = here.map_or_else(|| unit.least_of_starts(there), there);
                    let start = (free + there).max(due.earliest);
                    let on = place
                        .map_or(Seconds::ZERO, |to| problem.travel().least_seconds(unit.mode, station, to));
                    (start <= due.latest).then(|| start + due.duration + on)
                };
                let least = if due.at.is_empty() { along() } else { due.at.iter().filter_map(by).min() };
                ready = least?;
            }
            let ready = Some(ready).filter(|&ready| ready <= unit.end)?;
            let Some(slot) = slot else { return Some(ready) };
            let service = problem.service(slot, unit.volunteer);
            let is_last = problem.is_last_stop(slot);
            let latest = if is_last { latest_start(problem.need_of(slot), service) } else { Time::MAX };
            let start = earliest_start(problem.windows_of(slot), ready, latest, problem.pinned_start(slot))?;
            (here, free) = (Some(problem.place_of(slot)), start + service);
        }
        None
    }
}
