//! Needs with several stops: all of them, in order, by one person in one shift, and in time.

use super::judge::Judge;
use crate::model::{NeedId, Rule};
use crate::plan::{Detail, Quantity, Visit};

impl Judge<'_> {
    /// One violation at most for a ride.
    pub(super) fn rides(&mut self) {
        for (n, need) in self.problem.needs().iter().enumerate().filter(|(_, need)| need.is_ride()) {
            let Some(first) = self.visits[n].first() else { continue };
            let visits = &self.visits[n];
            let whole = visits.len() == need.stops.len()
                && visits.iter().enumerate().all(|(s, seen)| usize::from(seen.visit.stop) == s)
                && visits.iter().all(|seen| seen.unit == first.unit);
            let at = first.need();
            if !whole {
                self.broken(at, Rule::RideBroken, Detail::Need(NeedId::new(n)));
                continue;
            }
            let took = visits[visits.len() - 1].visit.start - first.visit.end;
            if let Some(most) = need.max_ride.filter(|&most| took > most) {
                let (is, limit) = (Quantity::Time(took), Quantity::Time(most));
                self.broken(at, Rule::RideTooLong, Detail::AtMost { is, limit });
            }
        }
    }

    /// Whether a visit is made at the first stop of its need.
    pub(super) fn is_first_stop(visit: &Visit) -> bool {
        visit.stop == 0
    }

    /// Whether a visit is made at the last stop of its need.
    pub(super) fn is_last_stop(&self, need: NeedId, visit: &Visit) -> bool {
        usize::from(visit.stop) + 1 == self.problem.need(need).stops.len()
    }
}
