//! What visits load, and what units carry, dimension by dimension.

use crate::model::{DimensionId, NeedId, Problem, SlotId, UnitId};

/// Loads of all slots and capacities of all units.
#[derive(Debug)]
pub(crate) struct Loads {
    pub(crate) dimensions: usize,
    /// `dimensions` figures a slot.
    of_slots: Vec<i64>,
    /// `dimensions` figures a unit.
    of_units: Vec<i64>,
}

impl Loads {
    /// `calls`: how many calls at depots follow the slots of needs; they load nothing themselves.
    pub(super) fn new(problem: &Problem, calls: usize) -> Self {
        let dimensions = problem.dimensions().len();
        let all = || (0..dimensions).map(DimensionId::new);
        let of_needs = problem.slot_ids().flat_map(|slot| all().map(move |d| problem.load(slot, d)));
        Self {
            dimensions,
            of_slots: of_needs.chain(std::iter::repeat_n(0, calls * dimensions)).collect(),
            of_units: problem
                .units()
                .iter()
                .flat_map(|u| all().map(move |d| problem.capacity(u, d)))
                .collect(),
        }
    }

    /// Brings the slots of a need that has changed up to date.
    pub(super) fn refresh(&mut self, problem: &Problem, need: NeedId) {
        for slot in problem.room_of(need) {
            let row = &mut self.of_slots[slot.index() * self.dimensions..][..self.dimensions];
            for (d, load) in row.iter_mut().enumerate() {
                *load = problem.load(slot, DimensionId::new(d));
            }
        }
    }

    #[inline]
    pub(crate) fn of(&self, slot: SlotId) -> &[i64] {
        &self.of_slots[slot.index() * self.dimensions..][..self.dimensions]
    }

    #[inline]
    pub(crate) fn capacities(&self, unit: UnitId) -> &[i64] {
        &self.of_units[unit.index() * self.dimensions..][..self.dimensions]
    }
}
