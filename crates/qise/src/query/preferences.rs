//! Who meets the wishes of a resident: where many do, every box of legs tells whether any of its owners does; where few do, they are
//! asked apart, and of everybody else it is known that they do not.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::model::{Preference, Problem, Quality, SlotId, Term, UnitId};
use crate::solve::instance::Instance;

/// No more people than that are asked apart.
const FEW: usize = 96;

/// The wishes of all slots, by how many people meet them.
#[derive(Default)]
pub(crate) struct Preferences {
    /// What is wished for most and held by many; each has a bit.
    common: Vec<Quality>,
    /// Where few hold what is wished for, who they are.
    few: FxHashMap<Quality, Vec<UnitId>>,
}

/// The wishes of one slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wished {
    /// Those that many meet: the bit, whether it is wanted, and what it costs not to meet it.
    common: Vec<(u32, bool, i64)>,
    /// What it costs all who are not to be asked apart.
    rare: i64,
}

impl Preferences {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let problem = instance.problem;
        let mut times = FxHashMap::<Quality, u32>::default();
        for slot in problem.slot_ids() {
            for wish in of(instance, slot) {
                *times.entry(wish.quality).or_default() += 1;
            }
        }
        let mut few = FxHashMap::<Quality, Vec<UnitId>>::default();
        few.extend(times.keys().filter(|q| matches!(q, Quality::Team(_))).map(|&q| (q, Vec::new())));
        let all = if few.is_empty() { 0 } else { problem.unit_ids().len() };
        for unit in problem.unit_ids().take(all) {
            for &team in &problem.volunteer(problem.unit(unit).volunteer).teams {
                few.entry(Quality::Team(team)).and_modify(|units| units.push(unit));
            }
        }
        few.retain(|_, units| units.len() <= FEW);
        for &quality in times.keys() {
            if let Quality::Volunteer(who) = quality
                && problem.units_of(who).len() <= FEW
            {
                few.insert(quality, problem.units_of(who).collect());
            }
        }
        let mut common = times.into_iter().filter(|(q, _)| !few.contains_key(q)).collect::<Vec<_>>();
        common.sort_unstable_by_key(|&(quality, times)| (Reverse(times), quality));
        common.truncate(u32::BITS as usize);
        Self { common: common.into_iter().map(|(quality, _)| quality).collect(), few }
    }

    /// What of the common wishes somebody meets.
    pub(crate) fn met_by(&self, problem: &Problem, unit: UnitId) -> u32 {
        let bits = self.common.iter().enumerate();
        bits.filter(|(_, quality)| problem.has(unit, **quality)).fold(0, |met, (bit, _)| met | 1 << bit)
    }

    /// What a slot wishes.
    pub(crate) fn of(&self, instance: &Instance<'_>, slot: SlotId) -> Wished {
        let price = instance.weights.of(Term::Preferences);
        let mut wished = Wished::default();
        for wish in of(instance, slot) {
            let cost = price.saturating_mul(i64::from(wish.price));
            if wish.wanted && self.few.contains_key(&wish.quality) {
                wished.rare = wished.rare.saturating_add(cost);
            } else if let Some(bit) = self.common.iter().position(|&quality| quality == wish.quality) {
                wished.common.push((1 << bit, wish.wanted, cost));
            }
        }
        wished
    }

    /// Those who meet a wish of a slot that few do.
    pub(crate) fn few<'a>(
        &'a self,
        instance: &'a Instance<'_>,
        slot: SlotId,
    ) -> impl Iterator<Item = UnitId> + use<'a> {
        let wanted = of(instance, slot).iter().filter(|wish| wish.wanted);
        wanted.filter_map(|wish| self.few.get(&wish.quality)).flatten().copied()
    }

    /// What a common wish costs on average over these slots if it is not met, in units of the weighted cost: by what legs are told apart.
    pub(crate) fn weights(&self, instance: &Instance<'_>, slots: &[SlotId]) -> Vec<f64> {
        let mut weights = vec![0.0; self.common.len()];
        for &slot in slots {
            for (bit, _, cost) in self.of(instance, slot).common {
                weights[bit.trailing_zeros() as usize] += cost as f64 / slots.len() as f64;
            }
        }
        weights
    }
}

impl Wished {
    /// What the wishes cost at least that are not met, where `any` and `all` say which are met by anybody and by everybody.
    #[inline]
    pub(crate) fn unmet(&self, any: u32, all: u32) -> i64 {
        let unmet =
            |&(bit, wanted, _): &(u32, bool, i64)| if wanted { any & bit == 0 } else { all & bit != 0 };
        let common = self.common.iter().copied().filter(|wish| unmet(wish)).map(|(_, _, cost)| cost);
        common.fold(self.rare, i64::saturating_add)
    }
}

fn of<'a>(instance: &'a Instance<'_>, slot: SlotId) -> &'a [Preference] {
    if instance.slot(slot).has_wishes { &instance.problem.role(slot).prefers } else { &[] }
}

#[cfg(test)]
mod tests;
