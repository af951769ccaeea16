//! People come on duty and leave, and say where they are.

use super::placing_again::lift;
use super::plan::LivePlan;
use crate::model::check::change::check_shift;
use crate::model::{Code, Fault, Faults, LatLon, NeedId, Place, PlaceId, RouteStart, Shift, VolunteerId};
use crate::text;

/// A shift that is to take the place of another.
struct NewShift {
    who: VolunteerId,
    number: usize,
    shift: Shift,
    /// Where it starts, if that is a place that nothing else is at: somewhere else from here on.
    at: Option<(PlaceId, Place)>,
}

impl LivePlan {
    /// Somebody is present in another shift: its number. A shift in reserve is taken, or one more is made.
    ///
    /// # Errors
    /// All that is wrong with it, or that there is no such person.
    pub fn add_shift(&mut self, who: VolunteerId, shift: Shift) -> Result<usize, Faults> {
        self.must_know_person(who)?;
        let shifts = &self.problem.volunteer(who).shifts;
        let vacant = shifts.iter().position(Shift::is_vacant);
        let number = vacant.unwrap_or(shifts.len());
        check_shift(&self.problem, who, number, &shift)?;
        if vacant.is_some() {
            self.put_shift(NewShift { who, number, shift, at: None });
            return Ok(number);
        }
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
            check_shift(&self.problem, who, number, shift)?;
        }
        let shift = shift.unwrap_or_else(Shift::vacant);
        Ok(self.put_shift(NewShift { who, number, shift, at: None }))
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
        let shift = self.problem.volunteer(who).shifts.get(number).cloned();
        let Some(mut shift) = shift.filter(|shift| !shift.is_vacant()) else {
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
        let at = Some((place, Place::new(key, at)));
        Ok(self.put_shift(NewShift { who, number, shift, at }))
    }

    /// Puts a shift in the place of another; the needs that nobody serves any more.
    fn put_shift(&mut self, new: NewShift) -> Vec<NeedId> {
        let NewShift { who, number, ref shift, .. } = new;
        let mut used = self.used;
        used.count_shift(&self.problem.volunteer(who).shifts[number], -1);
        let unit = self.problem.unit_with(who, number, shift).ok();
        let fits = shift.is_vacant() || self.problem.regime().admits_shift(shift, &used);
        let Some((id, unit)) = unit.filter(|_| fits) else { return self.put_shift_anew(new) };
        let lifted = self.change(|instance, plan, _| {
            plan.begin();
            lift(instance, plan, id)
        });
        used.count_shift(shift, 1);
        self.used = used;
        if let Some((at, place)) = new.at {
            self.problem.put_place(at, place);
        }
        self.problem.put_shift(number, new.shift, (id, unit));
        let lost = self.change(|instance, plan, _| {
            instance.refresh_person(who);
            plan.refresh_idle(instance, id);
            lifted.put_back(instance, plan)
        });
        self.follow_changes(&[id]);
        self.free_again(lost)
    }

    fn put_shift_anew(&mut self, new: NewShift) -> Vec<NeedId> {
        self.rebuild(|data| {
            if let Some((at, place)) = new.at {
                data.places[at.index()] = place;
            }
            data.volunteers[new.who.index()].shifts[new.number] = new.shift;
        })
    }

    /// Needs that nobody serves any more may be served at any of their times again. Places in crews are given up: the needs that lack
    /// somebody stand for the visits. What is lost is noted.
    pub(super) fn free_again(&mut self, lost: Vec<NeedId>) -> Vec<NeedId> {
        let lost = self.without_seats(lost);
        for &need in &lost {
            self.restore(need);
        }
        self.lost.extend(&lost);
        lost
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
