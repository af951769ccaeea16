//! The moments before which visits must not start, since others of their crew, or needs they follow, are not ready.
//!
//! Start times are longest paths in the precedence graph, whose arcs are the gaps of crews, the links between needs and the longest rides;
//! they are kept up move by move. Insertions that would create a cycle are rejected.

use super::spot::RouteBefore;
use crate::model::{SlotId, Time, UnitId};
use crate::solve::instance::Instance;

/// The moments before which the people who come with somebody do not let them start; nothing where there are no crews.
#[derive(Clone, Debug, Default)]
pub(crate) struct SyncStarts {
    pub(crate) release: Vec<Time>,
    /// What has changed since the trial began, oldest first.
    pub(crate) log: Vec<(SlotId, Time)>,
    /// For each unit the first visit that hangs on the present change.
    pub(crate) from: Vec<u32>,
    pub(crate) reached: Vec<UnitId>,
    pub(crate) stack: Vec<(UnitId, u32)>,
    /// What nobody holds any more, until it is known who does.
    pub(crate) reset: Vec<SlotId>,
    pub(crate) waiting: Vec<UnitId>,
    pub(crate) is_waiting: Vec<bool>,
    pub(crate) befores: Vec<(UnitId, RouteBefore)>,
}

impl SyncStarts {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        if !instance.has_synchronisation() {
            return Self::default();
        }
        let units = instance.units.len();
        Self {
            release: vec![Time::MIN; instance.slots.len()],
            from: vec![u32::MAX; units],
            is_waiting: vec![false; units],
            ..Self::default()
        }
    }

    pub(crate) fn begin(&mut self) {
        self.log.clear();
    }

    pub(crate) fn undo(&mut self) {
        self.undo_to(0);
    }

    pub(crate) fn take_log(&mut self) -> Vec<(SlotId, Time)> {
        std::mem::take(&mut self.log)
    }

    pub(crate) fn put_log(&mut self, log: Vec<(SlotId, Time)>) {
        self.log = log;
    }

    pub(crate) fn undo_to(&mut self, mark: usize) {
        for (slot, until) in self.log.drain(mark..).rev() {
            self.release[slot.index()] = until;
        }
    }

    pub(crate) fn set(&mut self, slot: SlotId, until: Time) {
        let old = std::mem::replace(&mut self.release[slot.index()], until);
        if old != until {
            self.log.push((slot, old));
        }
    }

    /// Nobody holds a visit any more, until it is known who does.
    pub(crate) fn let_go(&mut self, slot: SlotId) {
        self.set(slot, Time::MIN);
        self.reset.push(slot);
    }

    /// Nobody makes a visit any more, whatever a trial may undo.
    pub(crate) fn forget(&mut self, slot: SlotId) {
        if let Some(release) = self.release.get_mut(slot.index()) {
            *release = Time::MIN;
        }
    }

    /// Takes over what `other` holds of these visits.
    pub(crate) fn follow(&mut self, other: &Self, visits: &[SlotId]) {
        if !self.release.is_empty() {
            for &slot in visits {
                self.release[slot.index()] = other.release[slot.index()];
            }
        }
    }

    pub(crate) fn wait(&mut self, unit: UnitId) {
        if !std::mem::replace(&mut self.is_waiting[unit.index()], true) {
            self.waiting.push(unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{built, instance, line, need, person, slots};

    fn two() -> SyncStarts {
        SyncStarts { release: vec![Time::MIN; 2], is_waiting: vec![false; 3], ..SyncStarts::default() }
    }

    #[test]
    fn nothing_is_kept_where_nobody_waits_for_anybody() {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 9));
        need(&mut data, 0, (0, 9), 1);
        let alone = built(&data);
        assert!(SyncStarts::new(&instance(&alone)).release.is_empty());
        data.needs[0].roles[0].count = 2;
        let crew = built(&data);
        assert_eq!(SyncStarts::new(&instance(&crew)).release, [Time::MIN; 2]);
    }

    #[test]
    fn changes_are_undone_in_turn_back_to_a_mark() {
        let mut starts = two();
        let [a, b] = slots([0, 1]);
        starts.set(a, Time(5));
        starts.set(a, Time(5));
        assert_eq!(starts.log, [(a, Time::MIN)], "what stays as it is is no change");
        let mark = starts.log.len();
        starts.set(b, Time(7));
        starts.set(a, Time(8));
        starts.set(a, Time(9));
        starts.undo_to(mark);
        assert_eq!(starts.release, [Time(5), Time::MIN]);
        starts.undo();
        assert_eq!(starts.release, [Time::MIN; 2]);
    }

    #[test]
    fn a_trial_within_a_trial_has_a_log_of_its_own() {
        let mut starts = two();
        let [a, b] = slots([0, 1]);
        starts.set(a, Time(5));
        let outer = starts.take_log();
        starts.set(b, Time(7));
        starts.undo();
        assert_eq!(starts.release, [Time(5), Time::MIN]);
        starts.put_log(outer);
        starts.undo();
        assert_eq!(starts.release, [Time::MIN; 2]);
        starts.set(a, Time(5));
        starts.begin();
        starts.undo();
        assert_eq!(starts.release[0], Time(5), "a new trial begins from here");
    }

    #[test]
    fn another_plan_is_followed_in_some_visits_only() {
        let (mut own, mut other) = (two(), two());
        let [a, b] = slots([0, 1]);
        (other.release[0], other.release[1]) = (Time(3), Time(4));
        own.follow(&other, &[b]);
        assert_eq!(own.release, [Time::MIN, Time(4)]);
        SyncStarts::default().follow(&SyncStarts::default(), &[a]);
    }

    #[test]
    fn a_route_waits_in_line_once() {
        let mut starts = two();
        for unit in [2, 0, 2] {
            starts.wait(UnitId(unit));
        }
        assert_eq!(starts.waiting, [UnitId(2), UnitId(0)]);
    }
}
