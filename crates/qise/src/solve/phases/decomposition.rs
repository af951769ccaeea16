//! Parts of a plan that can be improved apart, at the same time: routes that lie together, and the needs near them.
//!
//! Every round cuts the plan along new random axes. Plans of few needs are not cut: rivals search the whole.

use crate::base::Random;
use crate::model::{PlaceId, SlotId, UnitId, VolunteerId};
use crate::solve::instance::Instance;
use crate::solve::moves::subproblem::Subproblem;
use crate::solve::state::WorkingPlan;

/// Pairs of needs among which the two farthest apart are taken for an axis.
const AXES: u32 = 6;

/// Cuts a plan into `count` subproblems along random axes.
pub(crate) fn divide(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    count: usize,
    random: &mut Random,
) -> Vec<Subproblem> {
    let mut parts = vec![Part::all(instance)];
    while parts.len() < count {
        let largest = (0..parts.len()).max_by_key(|&p| (parts[p].slots.len(), usize::MAX - p)).unwrap_or(0);
        let part = parts.swap_remove(largest);
        parts.extend(part.halves(instance, plan, random));
    }
    parts.into_iter().map(|part| Subproblem::of_people(instance, &part.people, part.slots)).collect()
}

/// A part on the way to become a subproblem.
struct Part {
    people: Vec<VolunteerId>,
    slots: Vec<SlotId>,
}

impl Part {
    fn all(instance: &Instance<'_>) -> Self {
        let has_units = |&who: &VolunteerId| instance.problem.units_of(who).len() > 0;
        let people = instance.problem.volunteer_ids().filter(has_units).collect();
        Self { people, slots: instance.leaders().collect() }
    }

    /// The two sides of a line between two needs far apart, each with about half of the visits.
    fn halves(self, instance: &Instance<'_>, plan: &WorkingPlan, random: &mut Random) -> [Self; 2] {
        let Some((a, b)) = self.axis(instance, random) else {
            return [self, Self { people: Vec::new(), slots: Vec::new() }];
        };
        let side = |place: PlaceId, unit: UnitId| {
            instance.leg(unit, a, place).seconds - instance.leg(unit, b, place).seconds
        };
        let mut busy = Vec::new();
        let mut idle = Vec::new();
        for &who in &self.people {
            let Some(first) = instance.problem.units_of(who).next() else { continue };
            let mut sum = 0;
            let mut visits = 0;
            for unit in instance.problem.units_of(who) {
                for node in &plan.route(unit).nodes {
                    sum += side(node.place, first);
                    visits += 1;
                }
            }
            if visits > 0 {
                busy.push((sum / visits, visits, who));
            } else {
                idle.push((side(instance.unit(first).usual_start.0, first), who, first));
            }
        }
        busy.sort_unstable();
        let half: i64 = busy.iter().map(|&(_, visits, _)| visits).sum::<i64>() / 2;
        let mut halves =
            [Self { people: Vec::new(), slots: Vec::new() }, Self { people: Vec::new(), slots: Vec::new() }];
        let mut line = None;
        let mut passed = 0;
        for &(at, visits, who) in &busy {
            let second = passed + visits / 2 >= half;
            if second && line.is_none() {
                line = Some(at);
            }
            passed += visits;
            halves[usize::from(second)].people.push(who);
        }
        let line = line.unwrap_or(0);
        // Idle people on the line itself, as at a depot, are dealt out in turn.
        for (turn, &(at, who, first)) in idle.iter().enumerate() {
            let shared = idle.len() > 1 && instance.units.identical.representative(first) != first;
            let second = if shared { turn % 2 == 1 } else { at >= line };
            halves[usize::from(second)].people.push(who);
        }
        let mut of_unit = vec![false; instance.units.len()];
        for unit in halves[1].people.iter().flat_map(|&who| instance.problem.units_of(who)) {
            of_unit[unit.index()] = true;
        }
        for slot in self.slots {
            let second = match plan.unit_of(slot) {
                Some(unit) => of_unit[unit.index()],
                None => side(instance.slot(slot).place, UnitId(0)) >= line,
            };
            halves[usize::from(second)].slots.push(slot);
        }
        halves
    }

    /// The places of two needs far apart.
    fn axis(&self, instance: &Instance<'_>, random: &mut Random) -> Option<(PlaceId, PlaceId)> {
        let count = self.slots.len() as u32;
        if count == 0 || instance.units.is_empty() {
            return None;
        }
        let mut draw = || instance.slot(self.slots[random.below(count) as usize]).place;
        let pairs = (0..AXES).map(|_| (draw(), draw()));
        pairs.max_by_key(|&(a, b)| instance.leg(UnitId(0), a, b).seconds)
    }
}

#[cfg(test)]
mod tests;
