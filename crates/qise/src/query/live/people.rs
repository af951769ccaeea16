//! People come on duty and leave, and say where they are.

use super::placing_again::lift;
use super::plan::LivePlan;
use crate::model::check::check_shift;
use crate::model::{Code, Fault, Faults, LatLon, NeedId, Place, PlaceId, RouteStart, Shift, VolunteerId};
use crate::text;

impl LivePlan {
    /// Somebody is present in another shift: its number. A shift in reserve is taken, or one more is made.
    ///
    /// # Errors
    /// All that is wrong with it, or that there is no such person.
    pub fn add_shift(&mut self, who: VolunteerId, shift: Shift) -> Result<usize, Faults> {
        self.must_know_person(who)?;
        check_shift(&self.problem, &shift)?;
        let shifts = &self.problem.volunteer(who).shifts;
        if let Some(number) = shifts.iter().position(Shift::is_vacant) {
            self.put_shift(who, number, shift, None);
            return Ok(number);
        }
        let number = shifts.len();
        self.rebuild(|data| data.volunteers[who.index()].shifts.push(shift));
        Ok(number)
    }

    /// A shift of somebody is another from here on; `None`: it is not worked at all. The visits of its route stay as they are as far as they
    /// still can be made; the needs that nobody serves any more are told.
    ///
    /// # Errors
    /// All that is wrong with it, or that there is no such person or shift.
    pub fn change_shift(
        &mut self,
        who: VolunteerId,
        number: usize,
        shift: Option<Shift>,
    ) -> Result<Vec<NeedId>, Faults> {
        self.must_know_person(who)?;
        if number >= self.problem.volunteer(who).shifts.len() {
            return Err(unknown(text!("a shift of this person", "该人员的一个班次")));
        }
        if let Some(shift) = &shift {
            check_shift(&self.problem, shift)?;
        }
        Ok(self.put_shift(who, number, shift.unwrap_or_else(Shift::vacant), None))
    }

    /// Somebody is somewhere, and starts from there in one of their shifts, as [`LivePlan::change_shift`] does.
    ///
    /// # Errors
    /// There is no such person or shift.
    pub fn set_position(
        &mut self,
        who: VolunteerId,
        number: usize,
        at: LatLon,
    ) -> Result<Vec<NeedId>, Faults> {
        self.must_know_person(who)?;
        let Some(mut shift) = self.problem.volunteer(who).shifts.get(number).cloned() else {
            return Err(unknown(text!("a shift of this person", "该人员的一个班次")));
        };
        let mut place = self.reserve.position_of(who);
        if place.is_none() {
            self.rebuild(|_| {});
            place = self.reserve.position_of(who);
        }
        let Some(place) = place else { unreachable!("there are places again") };
        let key = self.problem.place(place).key.clone();
        shift.from = RouteStart::At(place);
        Ok(self.put_shift(who, number, shift, Some((place, Place::new(key, at)))))
    }

    /// Puts a shift in the place of another, and a place that only this shift starts from somewhere else; the needs that nobody serves any
    /// more.
    fn put_shift(
        &mut self,
        who: VolunteerId,
        number: usize,
        shift: Shift,
        place: Option<(PlaceId, Place)>,
    ) -> Vec<NeedId> {
        let mut used = self.used;
        used.count_shift(&self.problem.volunteer(who).shifts[number], -1);
        let unit = self.problem.unit_with(who, number, &shift).ok();
        let fits = shift.is_vacant() || self.problem.regime().admits_shift(&shift, &used);
        let Some((id, unit)) = unit.filter(|_| fits) else {
            return self.put_shift_anew(who, number, shift, place);
        };
        let lifted = self.change(|instance, plan, _| {
            plan.begin();
            lift(instance, plan, id)
        });
        used.count_shift(&shift, 1);
        self.used = used;
        if let Some((at, place)) = place {
            self.problem.put_place(at, place);
        }
        self.problem.put_shift(number, shift, (id, unit));
        let lost = self.change(|instance, plan, _| {
            instance.refresh_person(who);
            plan.refresh_idle(instance, id);
            lifted.put_back(instance, plan)
        });
        self.follow_changes(&[id]);
        let mut lost = lost;
        self.give_up_seats(&mut lost);
        lost
    }

    fn put_shift_anew(
        &mut self,
        who: VolunteerId,
        number: usize,
        shift: Shift,
        place: Option<(PlaceId, Place)>,
    ) -> Vec<NeedId> {
        let before = self.served();
        self.rebuild(|data| {
            if let Some((at, place)) = place {
                data.places[at.index()] = place;
            }
            data.volunteers[who.index()].shifts[number] = shift;
        });
        let after = self.served();
        let mut lost = before.into_iter().filter(|need| !after.contains(need)).collect::<Vec<_>>();
        self.give_up_seats(&mut lost);
        lost
    }

    /// The needs that somebody serves.
    fn served(&self) -> Vec<NeedId> {
        let problem = &self.problem;
        let is_served = |need: &NeedId| {
            let plan = self.parts.as_ref().map(|parts| &parts.plan);
            plan.is_some_and(|plan| plan.unit_of(problem.first_slot(*need)).is_some())
        };
        problem.need_ids().filter(is_served).collect()
    }

    fn must_know_person(&self, who: VolunteerId) -> Result<(), Faults> {
        let known = who.index() < self.problem.volunteers().len();
        if known { Ok(()) } else { Err(unknown(text!("a person", "一名人员"))) }
    }
}

fn unknown(expected: crate::Text) -> Faults {
    let mut faults = Faults::default();
    faults.push(Fault::new(
        "$",
        Code::UnknownReference,
        text!("a number beyond the list", "序号超出列表"),
        expected,
    ));
    faults
}
