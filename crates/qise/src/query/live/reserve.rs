//! What is in reserve: needs, places for them, and places where people say they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::problem::vacant::Vacancies;
use crate::model::{Need, NeedId, PlaceId, Problem, VolunteerId};
use rustc_hash::FxHashMap;

/// Needs in reserve by the visits that they have room for: at least so many, and one for so many needs that there are.
const SIZES: [(usize, usize, usize); 6] =
    [(1, 64, 2), (2, 16, 8), (3, 16, 8), (4, 16, 16), (8, 4, 64), (16, 2, 256)];

/// What is in reserve. The first is taken first: what was taken and put back leaves no trace.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reserve {
    /// Vacant needs, by the number of visits that they have room for.
    needs: BTreeMap<usize, BTreeSet<NeedId>>,
    places: BTreeSet<PlaceId>,
    /// The places that were made for each need.
    of_needs: FxHashMap<NeedId, Vec<PlaceId>>,
    /// Where people say they are.
    of_people: FxHashMap<VolunteerId, PlaceId>,
}

impl Reserve {
    /// A problem with entries in reserve.
    pub(super) fn of(problem: &Problem) -> (Problem, Self) {
        let mut reserve = Self::default();
        let (needs, places) = reserve.lacking(problem);
        let (own, vacancies) = problem.with_reserve(|_| {}, &needs, places);
        reserve.add(&own, &vacancies);
        (own, reserve)
    }

    /// How many needs of each size, and how many places beside theirs, are to be added so that there is enough in reserve.
    pub(super) fn lacking(&self, problem: &Problem) -> (Vec<(usize, usize)>, usize) {
        let asked = problem.need_ids().filter(|&need| problem.is_asked(need)).count();
        let free = |visits| self.needs.get(&visits).map_or(0, BTreeSet::len);
        let lacking = SIZES
            .iter()
            .map(|&(visits, least, share)| (visits, least.max(asked / share).saturating_sub(free(visits))));
        let people = problem.volunteers().len();
        let places = people.min(64 + people / 4) + self.needs.values().map(BTreeSet::len).sum::<usize>();
        (lacking.collect(), places.saturating_sub(self.places.len()))
    }

    pub(super) fn add(&mut self, problem: &Problem, vacancies: &Vacancies) {
        for &need in &vacancies.needs {
            self.put_back(problem, need);
        }
        self.places.extend(&vacancies.places);
    }

    /// A vacant need with room for so many visits.
    pub(super) fn take_need(&mut self, visits: usize) -> Option<NeedId> {
        self.needs.range_mut(visits..).find_map(|(_, needs)| needs.pop_first())
    }

    /// A need is vacant from here on.
    pub(super) fn put_back(&mut self, problem: &Problem, need: NeedId) {
        self.needs.entry(problem.room_of(need).len()).or_default().insert(need);
        self.places.extend(self.of_needs.remove(&need).into_iter().flatten());
    }

    /// So many places for a need; `None` if there are no more.
    pub(super) fn take_places(&mut self, need: NeedId, count: usize) -> Option<Vec<PlaceId>> {
        let own = self.of_needs.entry(need).or_default();
        while own.len() < count {
            own.push(self.places.pop_first()?);
        }
        Some(own[..count].to_vec())
    }

    /// The place where a person says that they are; `None` if there is none for them.
    pub(super) fn position_of(&mut self, who: VolunteerId) -> Option<PlaceId> {
        if let Some(&place) = self.of_people.get(&who) {
            return Some(place);
        }
        let place = self.places.pop_first()?;
        self.of_people.insert(who, place);
        Some(place)
    }
}

/// How many visits a need asks for.
pub(super) fn visits(need: &Need) -> usize {
    need.people().saturating_mul(need.stops.len())
}
