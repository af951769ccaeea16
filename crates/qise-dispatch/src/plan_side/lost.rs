//! Needs that lose who serves them because something else has changed: a visit whose goods they used, a shift that ended.

use qise::query::KeptRoutes;
use qise_lifecycle::NeedNo;

use super::{Diverged, Moves, PlanSide};
use crate::rows::SeatAt;

impl PlanSide {
    /// The needs that the plan lost while something else changed, and whose people know nothing of it. Each is told once.
    pub(crate) fn lost(&mut self) -> Vec<NeedNo> {
        let mut lost = std::mem::take(&mut self.still_lost);
        lost.extend(self.live.take_lost());
        lost.sort_unstable();
        lost.dedup();
        let known = lost.into_iter().filter_map(|live| self.rows.of_live(live));
        known.filter(|&no| !self.stands(no)).collect()
    }

    /// Whether the plan has all visits of those who serve a need.
    fn stands(&self, no: NeedNo) -> bool {
        let row = self.rows.get(no);
        let Some(live) = row.live else { return row.seats.is_empty() };
        let held = self.live.seats(live).len();
        if held > 0 { held == row.seats.len() } else { row.seats.is_empty() || self.live.is_served(live) }
    }

    /// Puts back what was lost, at the same times; whose need the plan does not take again has no seat. The visits as they were, and what has
    /// become of them. `has_begun` tells where somebody is, or was, at work: their visits stay whatever they bring.
    pub(crate) fn put_back_lost(&mut self, has_begun: impl Fn(NeedNo) -> bool) -> (Moves, Moves) {
        let lost = self.lost();
        let told = lost.iter().map(|&no| (no, self.rows.get(no).seats.clone())).collect::<Moves>();
        let left = lost.iter().map(|&no| self.left_of(no)).collect::<Vec<_>>();
        for &no in &lost {
            let _ = self.unseat_all(no);
        }
        let again = told.iter().zip(left).map(|((no, told), left)| {
            let ways = [told.clone(), left];
            let found = ways.into_iter().find(|way| self.seat_again(*no, way, &has_begun).is_ok());
            (*no, found.unwrap_or_default())
        });
        let again = again.collect();
        (told, again)
    }

    /// All is as it was when the routes were kept: needs that have lost their people meanwhile have these seats.
    pub(crate) fn come_back(&mut self, kept: &KeptRoutes, visits: &Moves) -> Result<(), Diverged> {
        let mut is_back = true;
        for (no, seats) in visits.iter().filter(|(_, seats)| !seats.is_empty()) {
            is_back = is_back && self.set_times(*no, seats, true).is_ok();
            if let Some(live) = self.rows.get(*no).live.filter(|_| is_back) {
                self.live.agree(live);
            }
        }
        if !is_back || !self.live.bring_back(kept) {
            self.still_lost.extend(visits.iter().filter_map(|(no, _)| self.rows.get(*no).live));
            return Err(Diverged);
        }
        for (no, seats) in visits {
            self.forget_seats(*no);
            self.note_seats(*no, seats);
        }
        Ok(())
    }

    /// The seats of those in a crew who still have their places.
    fn left_of(&self, no: NeedNo) -> Vec<SeatAt> {
        let row = self.rows.get(no);
        let held = row.live.map(|live| self.seats_of(&self.live.seats(live))).unwrap_or_default();
        row.seats.iter().copied().filter(|seat| held.contains(seat)).collect()
    }

    /// Whoever had these seats has them again.
    pub(super) fn seat_again(
        &mut self,
        no: NeedNo,
        seats: &[SeatAt],
        has_begun: &impl Fn(NeedNo) -> bool,
    ) -> Result<(), Diverged> {
        if seats.is_empty() {
            return Ok(());
        }
        self.seat_as(no, seats).or_else(|diverged| {
            if !has_begun(no) {
                return Err(diverged);
            }
            // What they bring is there, or was, wherever it came from.
            self.seat_with(no, seats, false)
        })
    }
}
