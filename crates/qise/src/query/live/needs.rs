//! Needs come, change and go.

use super::input::NeedInput;
use super::plan::LivePlan;
use super::reserve::visits;
use crate::model::check::change::check_need;
use crate::model::{Code, Fault, Faults, Need, NeedId, Place, PlaceId, Problem};
use crate::text;

impl NeedInput {
    /// Whether it may come into a problem, where no need has its key.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn check(&self, problem: &Problem) -> Result<(), Faults> {
        check_need(problem, &self.need, &self.at, None)
    }
}

impl LivePlan {
    /// A need comes in, and its id. Nobody serves it yet.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn add_need(&mut self, input: NeedInput) -> Result<NeedId, Faults> {
        self.check(&input, None)?;
        let taken = self.reserve.take_need(visits(&input.need));
        let Some(id) = taken.filter(|_| self.problem.regime().admits(&input.need, &self.used)) else {
            if let Some(id) = taken {
                self.reserve.put_back(&self.problem, id);
            }
            return Ok(self.add_anew(input));
        };
        let Some(need) = self.settle(id, &input) else {
            self.reserve.put_back(&self.problem, id);
            return Ok(self.add_anew(input));
        };
        self.put(id, need);
        Ok(id)
    }

    /// A need is another from here on: its id, which is a new one where it asks for more visits than before. Whoever serves it does so no
    /// more, nor what hangs on it.
    ///
    /// # Errors
    /// All that is wrong with it, or that there is no such need.
    pub fn change_need(&mut self, id: NeedId, input: NeedInput) -> Result<NeedId, Faults> {
        self.must_know(id)?;
        self.check(&input, Some(id))?;
        self.dissolve(id);
        let has_room = visits(&input.need) <= self.problem.room_of(id).len();
        if self.stands_alone(id) && !has_room {
            self.cancel_need(id)?;
            return self.add_need(input);
        }
        self.take_out(id);
        self.unsettle(id);
        let mut used = self.used;
        used.count_need(self.problem.need(id), -1);
        let fits = has_room && self.stands_alone(id) && self.problem.regime().admits(&input.need, &used);
        match fits.then(|| self.settle(id, &input)).flatten() {
            Some(need) => self.put(id, need),
            None => self.change_anew(id, input),
        }
        Ok(id)
    }

    /// A need is asked for no more. Whoever serves it does so no more, nor what hangs on it.
    ///
    /// # Errors
    /// There is no such need.
    pub fn cancel_need(&mut self, id: NeedId) -> Result<(), Faults> {
        self.must_know(id)?;
        self.dissolve(id);
        self.take_out(id);
        self.unsettle(id);
        let vacant = Need::vacant(id.index(), self.problem.room_of(id).len());
        if self.stands_alone(id) {
            self.put(id, vacant);
            self.reserve.put_back(&self.problem, id);
        } else {
            self.rebuild(|data| {
                data.links.retain(|link| link.from != id && link.to != id);
                data.choices.iter_mut().for_each(|ways| ways.retain(|&way| way != id));
                data.choices.retain(|ways| ways.len() > 1);
                data.makespans.iter_mut().for_each(|group| group.needs.retain(|&need| need != id));
                data.makespans.retain(|group| !group.needs.is_empty());
                if let Some(previous) = &mut data.previous {
                    previous.assignments.retain(|told| told.need != id);
                }
                data.needs[id.index()] = vacant;
            });
        }
        Ok(())
    }

    /// Whether nothing but the need itself speaks of it.
    pub(super) fn stands_alone(&self, id: NeedId) -> bool {
        let problem = &self.problem;
        let is_linked = self.parts.as_ref().is_none_or(|parts| !parts.flat.links.of(id).is_empty());
        !is_linked
            && problem.told(id).is_empty()
            && problem.makespans().iter().all(|group| !group.needs.contains(&id))
    }

    /// `own`: the need that it is to take the place of.
    fn check(&self, input: &NeedInput, own: Option<NeedId>) -> Result<(), Faults> {
        let twin = self.keys.get(&input.need.key).copied().filter(|&twin| Some(twin) != own);
        check_need(&self.problem, &input.need, &input.at, twin)
    }

    fn must_know(&self, id: NeedId) -> Result<(), Faults> {
        if self.asks_for(id) || self.crews.contains_key(&id) {
            return Ok(());
        }
        let id = id.0;
        let (found, expected) = (text!("need number {id}", "第 {id} 项需求"), text!("a need", "一项需求"));
        let mut faults = Faults::default();
        faults.push(Fault::new("$", Code::UnknownReference, found, expected));
        faults.into_result()
    }

    /// Makes the places of a need; `None` if there are none left.
    fn settle(&mut self, id: NeedId, input: &NeedInput) -> Option<Need> {
        let mut places = self.reserve.take_places(id, input.at.iter().flatten().count())?.into_iter();
        let mut need = input.need.clone();
        for (stop, place) in need.stops.iter_mut().zip(&input.at) {
            if let Some(place) = place {
                stop.place = places.next()?;
                self.problem.put_place(stop.place, place.clone());
            }
        }
        Some(need)
    }

    /// Puts a need in the place of one that nobody serves, and everything follows.
    pub(super) fn put(&mut self, id: NeedId, need: Need) {
        self.change(|instance, plan, _| plan.forget(instance, instance.problem.first_slot(id)));
        self.used.count_need(self.problem.need(id), -1);
        self.used.count_need(&need, 1);
        self.keys.remove(&self.problem.need(id).key);
        if !need.is_unnamed() {
            self.keys.insert(need.key.clone(), id);
        }
        self.problem.put_need(id, need);
        self.change(|instance, plan, index| {
            instance.refresh_need(id);
            index.refresh_need(instance.problem, id);
            plan.admit(instance, instance.problem.first_slot(id));
        });
    }

    /// Nobody serves a need any more, and it is not handed to others either; all needs that nobody serves any more by that, itself
    /// included.
    pub(super) fn take_out(&mut self, id: NeedId) -> Vec<NeedId> {
        let lost = self.change(|instance, plan, _| {
            plan.begin();
            plan.take_out_need(instance, id);
            let lost = plan.trial().changed().flat_map(|unit| plan.trial().lost_by(unit));
            let lost = lost.filter(|&slot| !instance.is_depot_visit(slot) && plan.unit_of(slot).is_none());
            let mut lost = lost.map(|slot| instance.problem.slot(slot).need).collect::<Vec<_>>();
            lost.sort_unstable();
            lost.dedup();
            lost
        });
        self.follow_changes(&[]);
        let (own, others) = lost.into_iter().partition::<Vec<_>, _>(|&lost| lost == id);
        [own, self.free_again(others)].concat()
    }

    fn add_anew(&mut self, input: NeedInput) -> NeedId {
        let id = NeedId::new(self.problem.needs().len());
        self.rebuild(|data| {
            let need = with_places(input, &mut data.places);
            data.needs.push(need);
        });
        id
    }

    fn change_anew(&mut self, id: NeedId, input: NeedInput) {
        self.rebuild(|data| {
            let need = with_places(input, &mut data.places);
            data.needs[id.index()] = need;
        });
    }
}

/// A need with places of its own, which come into the list.
fn with_places(input: NeedInput, places: &mut Vec<Place>) -> Need {
    let NeedInput { mut need, at } = input;
    for (stop, place) in need.stops.iter_mut().zip(at) {
        if let Some(place) = place {
            stop.place = PlaceId::new(places.len());
            places.push(place);
        }
    }
    need
}
