//! Taking visits out, near each other, so that they can be put back better.
//!
//! Adjacent string removal: strings of consecutive visits from routes that pass near one place.
//! Source: J. Christiaens, G. Vanden Berghe (2020), Slack induction by string removals for vehicle routing problems,
//! Transportation Science 54(2).

use super::site::Site;
use super::subproblem::Subproblem;
use crate::base::Random;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// Average number of visits taken out at once.
const AVERAGE_REMOVED: f64 = 10.0;
/// Longest string taken out of one route.
const LONGEST_STRING: f64 = 10.0;
/// Share of removals in which a string keeps a part of itself.
const SPLIT_SHARE: f64 = 0.5;
/// Chance that the kept part grows by one more visit.
const SPLIT_GROWTH: f64 = 0.01;

/// Removals that empty a whole route, one in so many.
const WHOLE_ROUTE: u32 = 50;
/// No longer route is emptied.
const LONGEST_ROUTE: usize = 60;

/// Buffers of removals.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ruin {
    ruined: Vec<UnitId>,
    positions: Vec<usize>,
}

impl Ruin {
    /// Takes strings of visits out of the routes that pass near `seed`; `removed` grows by what is to be served again.
    pub(crate) fn strings(&mut self, site: &mut Site<'_>, seed: SlotId, removed: &mut Vec<SlotId>) {
        if !site.instance.parties.is_empty() {
            return self.remove_parties(site, seed, removed);
        }
        let Site { instance, plan, subproblem, random, .. } = site;
        if random.once_in(WHOLE_ROUTE) && self.whole_route(instance, plan, subproblem, seed, removed) {
            return;
        }
        let longest = LONGEST_STRING.min(average_length(instance, plan, seed)).max(1.0);
        let most_strings = 4.0 * AVERAGE_REMOVED / (1.0 + longest) - 1.0;
        let strings = (random.unit() * most_strings + 1.0) as usize;
        self.ruined.clear();
        for &slot in instance.proximity.neighbours.by_distance(seed) {
            if self.ruined.len() >= strings {
                break;
            }
            let Some(unit) = plan.unit_of(slot) else { continue };
            if self.ruined.contains(&unit) || !subproblem.contains(unit) {
                continue;
            }
            let count = plan.route(unit).visits.len();
            let most = longest.min(count as f64);
            let length = ((random.unit() * most + 1.0) as usize).min(count);
            self.choose(count, plan.position(slot), length, random);
            plan.take_out(instance, unit, &self.positions, removed);
            self.ruined.push(unit);
        }
    }

    /// Takes every visit out of a route.
    pub(crate) fn empty(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        unit: UnitId,
        removed: &mut Vec<SlotId>,
    ) {
        self.positions.clear();
        self.positions.extend(0..plan.route(unit).visits.len());
        plan.take_out(instance, unit, &self.positions, removed);
    }

    /// Empties the route that passes nearest to `seed`; false when there is none, or it is too long to be put back at once.
    fn whole_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        subproblem: &Subproblem,
        seed: SlotId,
        removed: &mut Vec<SlotId>,
    ) -> bool {
        let near = instance.proximity.neighbours.by_distance(seed).iter().filter_map(|&n| plan.unit_of(n));
        let Some(unit) = near.filter(|&u| subproblem.contains(u)).take(1).next() else { return false };
        let visits = &plan.route(unit).visits;
        if visits.len() > LONGEST_ROUTE {
            return false;
        }
        self.empty(instance, plan, unit, removed);
        true
    }

    /// Positions of a string of `length` visits out of `count` that contains `at`, or one with a part kept in its middle.
    fn choose(&mut self, count: usize, at: usize, length: usize, random: &mut Random) {
        let mut kept = 0;
        if length > 1 && length < count && random.unit() < SPLIT_SHARE {
            kept = 1;
            while length + kept < count && random.unit() < SPLIT_GROWTH {
                kept += 1;
            }
        }
        let span = length + kept;
        let first = at.saturating_sub(span - 1);
        let last = at.min(count - span);
        let start = first + random.below((last - first + 1) as u32) as usize;
        let keep_from = start + 1 + if kept > 0 { random.below(length as u32 - 1) as usize } else { 0 };
        let keep = keep_from..keep_from + kept;
        self.positions.clear();
        self.positions.extend((start..start + span).filter(|i| !keep.contains(i)));
    }
}

/// Average number of visits of the routes that pass near `seed`.
fn average_length(instance: &Instance<'_>, plan: &WorkingPlan, seed: SlotId) -> f64 {
    let near = instance.proximity.neighbours.by_distance(seed).iter().filter_map(|&n| plan.unit_of(n));
    let lengths = near.map(|u| plan.route(u).visits.len()).take(16);
    let (sum, count) = lengths.fold((0, 0), |(sum, count), length| (sum + length, count + 1));
    sum as f64 / f64::from(count.max(1))
}
