//! Somebody commits to a need, and withdraws again.
//!
//! Whoever commits is told when they start: from then on the need has no other time, until they withdraw. Their other visits may still move
//! as far as that leaves these times alone.

use super::plan::{Asked, LivePlan};
use super::seat::{NotCommitted, Seat};
use crate::model::{NeedId, StartGap, UnitId, Window};
use crate::query::Offer;
use crate::solve::instance::Instance;
use crate::solve::state::schedule::timing::Timing;
use crate::solve::state::{CrewInsertion, WorkingPlan, export};

impl Offer {
    /// Whose routes serve the need, each once.
    pub fn units(&self) -> Vec<UnitId> {
        let mut units = self.visits().map(|(unit, _)| unit).collect::<Vec<_>>();
        units.sort_unstable();
        units.dedup();
        units
    }
}

impl LivePlan {
    /// These people serve a need from here on, at their cheapest places in the plan as it is now, and at these times.
    ///
    /// # Errors
    /// Why they cannot.
    pub fn commit(&mut self, need: NeedId, units: &[UnitId]) -> Result<Vec<Seat>, NotCommitted> {
        self.commit_those_who(need, units, |_, _| true)
    }

    /// The same where each fills the role that is said, so that who had a place has it again.
    ///
    /// # Errors
    /// Why they cannot.
    pub fn commit_in_roles(
        &mut self,
        need: NeedId,
        crew: &[(u16, UnitId)],
    ) -> Result<Vec<Seat>, NotCommitted> {
        let mut units = crew.iter().map(|&(_, unit)| unit).collect::<Vec<_>>();
        units.sort_unstable();
        units.dedup();
        self.commit_those_who(need, &units, |role, unit| crew.contains(&(role, unit)))
    }

    /// Which places they would have, and when. Nothing has changed afterwards.
    ///
    /// # Errors
    /// Why they cannot; that somebody of a crew has their place already.
    pub fn try_commit(&mut self, need: NeedId, units: &[UnitId]) -> Result<Vec<Seat>, NotCommitted> {
        if self.crews.contains_key(&need) {
            return Err(NotCommitted::Served);
        }
        let found = self.find_place(need, units, |_, _| true)?;
        self.try_place(need, &found)
    }

    /// The cheapest places of these people.
    fn find_place(
        &mut self,
        need: NeedId,
        units: &[UnitId],
        may_fill: impl Fn(u16, UnitId) -> bool,
    ) -> Result<CrewInsertion, NotCommitted> {
        let known = |unit: &UnitId| unit.index() < self.problem.units().len();
        if !self.asks_for(need) || units.is_empty() || !units.iter().all(known) {
            return Err(NotCommitted::Unknown);
        }
        self.ask(|query| {
            let lead = query.lead(need);
            if query.plan.unit_of(lead).is_some() || !query.plan.is_unserved(lead) {
                return Err(NotCommitted::Served);
            }
            if query.is_unserved(need) {
                return Err(NotCommitted::Waits);
            }
            query.cheapest_in_roles(lead, units, may_fill).ok_or(NotCommitted::Impossible)
        })
    }

    /// When people would serve a need at these places: it is put there and taken away again.
    fn try_place(&mut self, need: NeedId, found: &CrewInsertion) -> Result<Vec<Seat>, NotCommitted> {
        self.change(|instance, plan, _| {
            plan.begin();
            let seats = plan.place_crew(instance, found).then(|| seats_of(instance, plan, need));
            if seats.is_some() {
                plan.undo(instance);
            }
            seats.ok_or(NotCommitted::Impossible)
        })
    }

    fn commit_those_who(
        &mut self,
        need: NeedId,
        units: &[UnitId],
        may_fill: impl Fn(u16, UnitId) -> bool,
    ) -> Result<Vec<Seat>, NotCommitted> {
        let found = self.find_place(need, units, may_fill)?;
        if self.crews.contains_key(&need) {
            let places = found.placings.iter().map(|p| (self.problem.slot(p.slot).role, p.unit));
            let places = places.collect::<Vec<_>>();
            return self.seat_all(need, &places);
        }
        let seats = self.try_place(need, &found)?;
        // The need is told its times, and put where it would be.
        let mut fixed = self.problem.need(need).clone();
        let asked = Asked::of(&fixed);
        for (s, stop) in fixed.stops.iter_mut().enumerate() {
            let starts = || seats.iter().filter(|seat| usize::from(seat.stop) == s).map(|seat| seat.start);
            if let (Some(from), Some(to)) = (starts().min(), starts().max()) {
                stop.windows = vec![Window { from, to }];
            }
        }
        if !fixed.gaps.is_empty() || !fixed.overlaps.is_empty() {
            let start =
                |role: usize| seats.iter().find(|seat| usize::from(seat.role) == role && seat.stop == 0);
            let starts = (0..fixed.roles.len()).filter_map(|role| Some(start(role)?.start));
            fixed.gaps = StartGap::exact(&starts.collect::<Vec<_>>());
        }
        self.put(need, fixed);
        self.note_agreed(need, asked);
        let placed = self.change(|instance, plan, _| {
            plan.begin();
            plan.place_crew(instance, &found)
        });
        debug_assert!(placed, "what was timed then can be done then");
        self.follow_changes(&[]);
        if placed {
            return Ok(seats);
        }
        self.restore(need);
        Err(NotCommitted::Impossible)
    }

    /// Nobody serves a need any more, nor what hangs on it; it may be served at any of its times again. The needs that nobody serves any
    /// more are told: none where nobody did.
    pub fn withdraw(&mut self, need: NeedId) -> Vec<NeedId> {
        if !self.asks_for(need) {
            return Vec::new();
        }
        let lead = self.problem.first_slot(need);
        let served = self.parts.as_ref().is_some_and(|parts| parts.plan.unit_of(lead).is_some());
        let lost = if served { self.take_out(need) } else { Vec::new() };
        self.restore(need);
        lost
    }

    /// Whoever serves a need in the plan that was taken over has agreed to: they come whatever time it is now.
    pub fn agree(&mut self, need: NeedId) {
        if self.asks_for(need) && !self.asked.contains_key(&need) {
            let asked = Asked::of(self.problem.need(need));
            self.note_agreed(need, asked);
        }
    }

    fn note_agreed(&mut self, need: NeedId, asked: Asked) {
        self.asked.insert(need, asked);
        self.change(|instance, _, _| instance.present.settled.insert(need));
    }

    /// When a need that was settled may be served.
    pub(super) fn unsettle(&mut self, need: NeedId) -> Option<Asked> {
        self.change(|instance, _, _| instance.present.settled.remove(&need));
        self.asked.remove(&need)
    }

    /// A need that nobody serves may be served at any of its times again.
    pub(super) fn restore(&mut self, id: NeedId) {
        if let Some(asked) = self.unsettle(id) {
            let mut need = self.problem.need(id).clone();
            for (stop, windows) in need.stops.iter_mut().zip(asked.windows) {
                stop.windows = windows;
            }
            need.gaps = asked.gaps;
            self.put(id, need);
        }
    }
}

/// Who serves a need, and when.
fn seats_of(instance: &Instance<'_>, plan: &WorkingPlan, need: NeedId) -> Vec<Seat> {
    let mut timing = Timing::default();
    let mut units = instance.problem.slots_of(need).filter_map(|slot| plan.unit_of(slot)).collect::<Vec<_>>();
    units.sort_unstable();
    units.dedup();
    let mut seats = Vec::new();
    for unit in units {
        let route = export::to_route(plan, instance, unit, &mut timing);
        let own = route.visits.iter().filter(|visit| visit.need == need);
        seats.extend(own.map(|visit| Seat {
            unit,
            role: visit.role,
            stop: visit.stop,
            start: visit.start,
            end: visit.end,
        }));
    }
    seats.sort_by_key(|seat| (seat.role, seat.stop, seat.unit));
    seats
}
