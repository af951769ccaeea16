//! Whether a unit may serve a need at all, time and load apart: answered in nanoseconds, for the search.

use rustc_hash::FxHashMap;

use super::exclusion::{depots_have, may_go};
use crate::model::signature::CompiledRequirement;
use crate::model::{Problem, SlotId, UnitId};

/// What skills say of every (requirement, signature), as bits, and where more must be asked.
#[derive(Clone, Debug)]
pub(crate) struct Compatibility {
    /// The row of each requirement, as far as bits tell it.
    rows: FxHashMap<CompiledRequirement, u32>,
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
        let (slots, units) = (problem.slots().len(), problem.units().len());
        let mut known = Self {
            rows: FxHashMap::default(),
            row: vec![0; slots],
            bits: Vec::new(),
            by_name: vec![false; slots],
            slot_asks: vec![false; slots],
            unit_asks: vec![false; units],
            signature: vec![0; units],
        };
        problem.slot_ids().for_each(|slot| known.refresh_slot(problem, slot));
        problem.unit_ids().for_each(|unit| known.refresh_unit(problem, unit));
        known
    }

    /// Brings a slot up to date.
    pub(crate) fn refresh_slot(&mut self, problem: &Problem, id: SlotId) {
        let requirement = problem.requirement(id);
        let Self { rows, bits, .. } = self;
        let row = *rows.entry(requirement.bits_part()).or_insert_with_key(|part| {
            let first = bits.len();
            bits.resize(first + problem.signature_count().div_ceil(64), 0);
            for signature in 0..problem.signature_count() {
                let suits = part.may_suit(problem.signature(signature as u32));
                bits[first + signature / 64] |= u64::from(suits) << (signature % 64);
            }
            first as u32
        });
        self.row[id.index()] = row;
        self.by_name[id.index()] = requirement.names_ids();
        let (role, need) = (problem.role(id), problem.need_of(id));
        let asks = role.pin.is_some() || role.min_home_distance.0 > 0;
        let asks = asks || !need.overlaps.is_empty() || !need.vehicles.is_empty();
        let asks = asks || need.goods.iter().any(|supply| !depots_have(problem, *supply));
        self.slot_asks[id.index()] = asks || requirement.names_ids();
    }

    /// Brings a unit up to date.
    pub(crate) fn refresh_unit(&mut self, problem: &Problem, id: UnitId) {
        let unit = problem.unit(id);
        self.unit_asks[id.index()] = problem.volunteer(unit.volunteer).max_radius.is_some();
        self.signature[id.index()] = unit.signature;
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
