//! The move that sends somebody out in another way, or lets another take the vehicle.

use super::site::Site;
use super::string_removal::Ruin;
use crate::model::SlotId;
use crate::solve::insertion::single::PlaceFinder;

impl Ruin {
    /// Sends somebody out in another way: a unit that had to stay at home because of the one that serves the seed takes over its route,
    /// as far as it can, and whoever would be in its way stays at home; false where there is no such unit.
    pub(crate) fn change_unit(
        &mut self,
        site: &mut Site<'_>,
        seed: SlotId,
        removed: &mut Vec<SlotId>,
    ) -> bool {
        let Site { instance, plan, subproblem, random, .. } = site;
        let Some(unit) = plan.unit_of(seed) else { return false };
        let rivals = instance.units.exclusive.of(unit);
        if rivals.is_empty() {
            return false;
        }
        let taker = rivals[random.below(rivals.len() as u32) as usize];
        let in_the_way =
            instance.units.exclusive.of(taker).iter().copied().filter(|&other| plan.route(other).out);
        let in_the_way = in_the_way.collect::<Vec<_>>();
        if !in_the_way.iter().chain([&taker]).all(|&unit| subproblem.contains(unit)) {
            return false;
        }
        let visits = plan.route(unit).visits.clone();
        for other in in_the_way {
            self.empty(instance, plan, other, removed);
        }
        let may_take = |&slot: &SlotId| instance.is_compatible(slot, taker);
        let whole = !instance.has_synchronisation() && visits.iter().all(may_take);
        if whole && plan.try_route(instance, taker, &visits) {
            removed.retain(|&slot| plan.is_unserved(slot));
            return true;
        }
        let mut trial = PlaceFinder::default();
        for slot in visits.into_iter().filter(may_take) {
            if instance.is_depot_visit(slot) || instance.slot(slot).is_dependent || !plan.is_unserved(slot) {
                continue;
            }
            let found = trial.best_in_route(instance, plan, slot, taker, i64::MAX, &mut || false);
            if found.is_some_and(|found| plan.insert(instance, slot, taker, found.at as usize)) {
                removed.retain(|&other| other != slot);
            }
        }
        true
    }
}
