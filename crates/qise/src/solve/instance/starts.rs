//! When a visit may start.
//!
//! What runs out in a shift ends visits, not the shift: a unit has what its person holds when the shift begins. By when a visit must be over
//! is asked only of units in whose shift something runs out; these are timed as a whole, as with breaks.

use super::Instance;
use super::depot_calls::DepotVisitSlot;
use crate::eligibility::{earliest_start, latest_start_by};
use crate::model::{Seconds, SlotId, Term, Time, UnitId, Window};

impl Instance<'_> {
    /// When the service of a slot may start.
    pub(crate) fn windows_of(&self, slot: SlotId) -> &[Window] {
        self.depot_calls.of(slot).map_or_else(|| self.problem.windows_of(slot), DepotVisitSlot::windows)
    }

    /// No earlier than when `second` starts, done by one person, where `first`, done by another, starts at `start`; nothing where it does
    /// not wait.
    pub(crate) fn waits_until(
        &self,
        (first, one): (SlotId, UnitId),
        start: Time,
        (second, other): (SlotId, UnitId),
    ) -> Option<Time> {
        let partners = self.precedence.successors(first).iter().filter(|partner| partner.slot == second);
        let service = |slot, unit| self.service(slot, self.unit(unit));
        let calendar = self.problem.calendar();
        partners
            .map(|partner| partner.until(calendar, start, || service(first, one), || service(second, other)))
            .max()
    }

    /// The earliest start of a visit that takes `service`, at or after `ready`.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked at every step of every walk
    pub(crate) fn earliest(&self, slot: SlotId, ready: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let latest = flat.finish_by - service;
        if flat.several_windows() {
            return earliest_start(self.windows_of(slot), ready, latest, self.pinned_start(slot));
        }
        let start = ready.max(flat.window.from);
        (start <= flat.window.to && start <= latest).then_some(start)
    }

    /// The latest start of a visit that takes `service`, at or before `limit`.
    #[inline]
    pub(crate) fn latest(&self, slot: SlotId, limit: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let limit = limit.min(flat.finish_by - service);
        if flat.several_windows() {
            return latest_start_by(self.windows_of(slot), limit, self.pinned_start(slot));
        }
        let start = limit.min(flat.window.to);
        (start >= flat.window.from).then_some(start)
    }

    /// Whether nothing is lost where visits move, as long as nobody comes late: neither time at work nor an end has a price.
    #[inline]
    pub(crate) fn may_move(&self) -> bool {
        let priced = [Term::WorkTime, Term::Load, Term::LoadRange, Term::LoadWorst];
        priced.iter().all(|&term| self.weights.of(term) == 0) && self.makespans.is_empty()
    }

    /// The latest start that keeps every soft promise, where promises count.
    #[inline]
    pub(crate) fn in_time(&self, slot: SlotId, service: Seconds) -> Time {
        if self.timed { self.slot(slot).in_time(service) } else { Time::MAX }
    }

    fn pinned_start(&self, slot: SlotId) -> Option<Time> {
        if self.is_depot_visit(slot) { None } else { self.problem.pinned_start(slot) }
    }
}
