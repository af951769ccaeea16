//! Whether a unit may serve a need at all, time and load apart: answered in nanoseconds, for the search.

use rustc_hash::FxHashMap;

use super::exclusion::{depots_have, may_go};
use crate::model::{Problem, SlotId, UnitId};

/// What skills say of every (requirement, signature), as bits, and where more must be asked.
#[derive(Clone, Debug)]
pub(crate) struct Compatibility {
    /// The first word of each slot's row; slots that ask the same share a row.
    row: Vec<u32>,
    bits: Vec<u64>,
    /// Slots that name people or teams.
    by_name: Vec<bool>,
    /// Slots and units with rules beyond skills.
    slot_asks: Vec<bool>,
    unit_asks: Vec<bool>,
    signature: Vec<u32>,
}

impl Compatibility {
    pub(crate) fn new(problem: &Problem) -> Self {
        let words = problem.signature_count().div_ceil(64);
        let mut rows = FxHashMap::default();
        let mut bits: Vec<u64> = Vec::new();
        let mut row = Vec::with_capacity(problem.slots().len());
        let mut by_name = Vec::with_capacity(problem.slots().len());
        let mut slot_asks = Vec::with_capacity(problem.slots().len());
        for id in problem.slot_ids() {
            let requirement = problem.requirement(id);
            let first = *rows.entry(requirement.bits_part()).or_insert_with_key(|part| {
                let first = bits.len();
                bits.resize(first + words, 0);
                for signature in 0..problem.signature_count() {
                    let suits = part.may_suit(problem.signature(signature as u32));
                    bits[first + signature / 64] |= u64::from(suits) << (signature % 64);
                }
                first as u32
            });
            row.push(first);
            by_name.push(requirement.names_ids());
            let role = problem.role(id);
            let asks = role.pin.is_some() || role.min_home_distance.0 > 0;
            let need = problem.need_of(id);
            let asks = asks || !need.overlaps.is_empty() || !need.vehicles.is_empty();
            let asks = asks || need.goods.iter().any(|supply| !depots_have(problem, *supply));
            slot_asks.push(asks || requirement.names_ids());
        }
        let radius = |u: &crate::model::Unit| problem.volunteer(u.volunteer).max_radius.is_some();
        Self {
            row,
            bits,
            by_name,
            slot_asks,
            unit_asks: problem.units().iter().map(radius).collect(),
            signature: problem.units().iter().map(|u| u.signature).collect(),
        }
    }

    /// Whether `unit` may fill `slot`, as far as neither time nor load decides.
    #[inline]
    pub(crate) fn is_compatible(&self, problem: &Problem, slot: SlotId, unit: UnitId) -> bool {
        let signature = self.signature[unit.index()] as usize;
        let word = self.bits[self.row[slot.index()] as usize + signature / 64];
        word >> (signature % 64) & 1 == 1
            && (!(self.slot_asks[slot.index()] || self.unit_asks[unit.index()])
                || (!self.by_name[slot.index()] || problem.suits(slot, unit).is_ok())
                    && may_go(problem, slot, unit).is_ok())
    }
}
