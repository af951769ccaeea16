//! A problem that has changed in place, as data beside the problem that it once was; and the same problem again.

use std::sync::{Arc, OnceLock};

use super::Problem;
use super::vacant::vacant_key;
use crate::model::regime::Regime;
use crate::model::{Depot, Link, Makespan, Need, NeedId, Place, PlaceId, Previous, Shift, VolunteerId};

/// What a problem that has changed in place has else than the one it once was.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    /// For how many visits each need has room that has come since.
    rooms: Vec<usize>,
    /// Needs that are others, or not vacant where they have come since, and for how many visits each has room.
    needs: Vec<(NeedId, usize, Need)>,
    /// How many places there are, and those that are others.
    place_count: usize,
    places: Vec<(PlaceId, Place)>,
    /// Whoever has other shifts than at first and one in reserve.
    shifts: Vec<(VolunteerId, Vec<Shift>)>,
    links: Option<Vec<Link>>,
    choices: Option<Vec<Vec<NeedId>>>,
    makespans: Option<Vec<Makespan>>,
    depots: Option<Vec<Depot>>,
    previous: Option<Previous>,
    has_rides: bool,
    has_goods: bool,
    regime: Regime,
}

impl Changed {
    /// What `problem` has else than `first`.
    pub(crate) fn between(first: &Problem, problem: &Problem) -> Self {
        let known = first.needs().len();
        let room = |need: NeedId| problem.room_of(need).len();
        let is_other = |&id: &NeedId| {
            let need = problem.need(id);
            if id.index() < known {
                need != first.need(id) || room(id) != visits(need)
            } else {
                *need != Need::vacant(id.index(), room(id))
            }
        };
        let others = problem.need_ids().filter(is_other);
        let is_moved = |(n, place): &(usize, &Place)| match first.places().get(*n) {
            Some(before) => before != *place,
            None => **place != reserved_place(*n),
        };
        let moved = problem.places().iter().enumerate().filter(is_moved);
        let shifts = problem.volunteer_ids().filter_map(|who| {
            let own = &problem.volunteer(who).shifts;
            let (before, vacant) = (&first.volunteer(who).shifts, Shift::vacant());
            let reserve = (!before.iter().any(Shift::is_vacant)).then_some(&vacant);
            (!own.iter().eq(before.iter().chain(reserve))).then(|| (who, own.clone()))
        });
        Self {
            rooms: (known..problem.needs().len()).map(|n| room(NeedId::new(n))).collect(),
            needs: others.map(|id| (id, room(id), problem.need(id).clone())).collect(),
            place_count: problem.places().len(),
            places: moved.map(|(n, place)| (PlaceId::new(n), place.clone())).collect(),
            shifts: shifts.collect(),
            links: other(problem.links(), first.links()),
            choices: other(problem.choices(), first.choices()),
            makespans: other(problem.makespans(), first.makespans()),
            depots: other(problem.depots(), first.depots()),
            previous: problem.previous().filter(|now| first.previous() != Some(now)).cloned(),
            has_rides: problem.has_rides(),
            has_goods: problem.has_goods(),
            regime: problem.regime().clone(),
        }
    }

    /// The problem that `first` has become; `None` if it cannot be of it.
    pub(crate) fn of(self, first: &Problem) -> Option<Problem> {
        let mut data = first.to_data();
        let known = data.needs.len();
        data.needs.extend(self.rooms.iter().enumerate().map(|(n, &room)| Need::vacant(known + n, room)));
        let mut put = Vec::new();
        for (id, room, need) in self.needs {
            let own = data.needs.get_mut(id.index())?;
            // A need that leaves some of its room empty is put there afterwards.
            if room == visits(&need) && !need.is_vacant() {
                *own = need;
            } else {
                (visits(&need) <= room && need.stops.len() <= room.max(1)).then_some(())?;
                *own = Need::vacant(id.index(), room);
                put.push((id, need));
            }
        }
        let places = data.places.len();
        data.places.extend((places..self.place_count.max(places)).map(reserved_place));
        for (id, place) in self.places {
            *data.places.get_mut(id.index())? = place;
        }
        for volunteer in &mut data.volunteers {
            if !volunteer.shifts.iter().any(Shift::is_vacant) {
                volunteer.shifts.push(Shift::vacant());
            }
        }
        for (who, shifts) in self.shifts {
            data.volunteers.get_mut(who.index())?.shifts = shifts;
        }
        data.links = self.links.unwrap_or(data.links);
        data.choices = self.choices.unwrap_or(data.choices);
        data.makespans = self.makespans.unwrap_or(data.makespans);
        data.depots = self.depots.unwrap_or(data.depots);
        data.previous = self.previous.or(data.previous);
        let mut problem = Problem::assemble(data);
        for (id, need) in put {
            problem.put_need(id, need);
        }
        let demand = Arc::make_mut(&mut problem.demand);
        (demand.has_rides, demand.has_goods) = (self.has_rides, self.has_goods);
        Arc::make_mut(&mut problem.supply).travel.forget_tables();
        problem.regime = OnceLock::from(Arc::new(self.regime));
        Some(problem)
    }
}

/// A place in reserve.
fn reserved_place(number: usize) -> Place {
    Place::unlocated(vacant_key(number))
}

/// How many visits a need asks for.
fn visits(need: &Need) -> usize {
    need.people().saturating_mul(need.stops.len())
}

/// A list, where it is another than at first.
fn other<T: Clone + PartialEq>(now: &[T], first: &[T]) -> Option<Vec<T>> {
    (now != first).then(|| now.to_vec())
}
