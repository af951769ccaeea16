//! Vacant entries: needs, places and shifts in reserve, so that a problem changes in place and no id ever moves.
//!
//! A vacant need has no window, so that nobody can serve it, and a vacant shift takes no time. Both are like any other entry to whoever asks
//! about them; who tells people about needs left or people on duty passes them over.

use std::sync::{Arc, OnceLock};

use super::Problem;
use crate::model::regime::Regime;
use crate::model::{Need, NeedId, Place, PlaceId, ProblemData, Seconds, Shift, Time, Window};

impl Need {
    /// A need that nobody can serve, with room for so many visits.
    pub(crate) fn vacant(number: usize, visits: usize) -> Self {
        let mut need = Self::new(vacant_key(number), PlaceId(0), Window::ALWAYS, Seconds::ZERO);
        need.stops[0].windows.clear();
        need.priority = 0;
        need.roles[0].count = visits as u32;
        need
    }

    /// Whether it has the key of an entry in reserve.
    pub(crate) fn is_unnamed(&self) -> bool {
        self.key.starts_with('\0')
    }

    /// Whether nobody can ever serve it: an entry in reserve.
    pub(crate) fn is_vacant(&self) -> bool {
        self.stops[0].windows.is_empty()
    }
}

/// A key that no document can contain.
pub(super) fn vacant_key(number: usize) -> String {
    format!("\u{0}{number}")
}

impl Shift {
    /// A shift in reserve: it takes no time, long before any other.
    pub(crate) fn vacant() -> Self {
        Self::new(Time(0), Time(0), 0)
    }

    /// Whether nobody works it: an entry in reserve.
    pub(crate) fn is_vacant(&self) -> bool {
        (self.start, self.latest_end()) == (Time(0), Time(0))
    }
}

/// Vacant entries that were added to a problem.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vacancies {
    pub(crate) needs: Vec<NeedId>,
    pub(crate) places: Vec<PlaceId>,
}

impl Problem {
    /// The same problem after a change, with as many more entries in reserve: needs with room for so many visits, so many of each, and
    /// places for them and for so many more. It keeps no table of travel times.
    ///
    /// The change is known to leave the data whole.
    pub(crate) fn with_reserve(
        &self,
        change: impl FnOnce(&mut ProblemData),
        needs: &[(usize, usize)],
        places: usize,
    ) -> (Self, Vacancies) {
        let mut data = self.to_data();
        change(&mut data);
        let first = data.places.len();
        let room = needs.iter().map(|&(visits, count)| visits.min(Need::MOST_STOPS) * count).sum::<usize>();
        let last = first + room + places;
        data.places.extend((first..last).map(|number| Place::unlocated(vacant_key(number))));
        let mut vacancies =
            Vacancies { needs: Vec::new(), places: (first..last).map(PlaceId::new).collect() };
        for &(visits, count) in needs {
            for _ in 0..count {
                let number = data.needs.len();
                data.needs.push(Need::vacant(number, visits));
                vacancies.needs.push(NeedId::new(number));
            }
        }
        for volunteer in &mut data.volunteers {
            if !volunteer.shifts.iter().any(Shift::is_vacant) {
                volunteer.shifts.push(Shift::vacant());
            }
        }
        let mut problem = Self::assemble(data);
        let regime = problem.regime().widened();
        problem.regime = OnceLock::from(Arc::new(regime));
        Arc::make_mut(&mut problem.supply).travel.forget_tables();
        (problem, vacancies)
    }

    /// Whether a need is not a vacant entry.
    pub(crate) fn is_asked(&self, need: NeedId) -> bool {
        !self.need(need).is_vacant()
    }

    /// The same problem built anew, within the same regime: what changes in place are held against.
    #[cfg(test)]
    pub(crate) fn rebuilt(&self) -> Self {
        let mut problem = Self::assemble(self.to_data());
        problem.regime.clone_from(&self.regime);
        Arc::make_mut(&mut problem.supply).travel.forget_tables();
        problem
    }
}

impl Regime {
    /// The same with room for as many needs and shifts again as there are, of the same kinds, and for another week.
    fn widened(&self) -> Self {
        Self {
            priorities: 2 * self.priorities + i128::from(self.priority),
            promised: 2 * self.promised,
            all_wishes: 2 * self.all_wishes,
            all_shifts: 2 * self.all_shifts,
            load: 2 * self.load,
            latest: self.latest + Seconds::hours(7 * 24),
            ..self.clone()
        }
    }
}
