//! Where a need fits, and what it costs there.

use super::instance::Instance;
use super::route::Sums;
use super::timing::Timing;
use super::working::WorkingPlan;
use crate::matching::earliest_start;
use crate::model::{NeedId, Seconds, UnitId};
use crate::plan::Term;

/// A place for a need in a route, with the growth of cost it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Insertion {
    pub(super) cost: i64,
    pub(super) unit: UnitId,
    pub(super) at: u32,
}

/// Buffers for trying insertions.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    timing: Timing,
    visits: Vec<NeedId>,
}

impl Trial {
    /// The cheapest place for `need` in the route of `unit`.
    ///
    /// The unit must be one that [`reach`](crate::matching::reach) admits.
    pub(super) fn best_in_route(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        need: NeedId,
        unit_id: UnitId,
    ) -> Option<Insertion> {
        let unit = instance.unit(unit_id);
        let flat = instance.need(need);
        let route = plan.route(unit_id);
        let travel = instance.problem.travel();
        let special = instance.special[unit_id.index()];
        let service = instance.service(need, unit);
        let latest = instance.latest(need, service);
        let windows = instance.windows(need);
        let closes = windows.last().map_or(latest, |w| w.to.min(latest));

        let mut fixed = instance.guide.of(Term::Preferences) * instance.wishes(need, unit_id);
        if !route.out && !plan.goes_out_besides(instance, unit.volunteer, unit_id) {
            fixed += instance.guide.of(Term::People);
        }
        let before = plan_cost(instance, plan, unit_id, &route.sums);
        let mut best: Option<Insertion> = None;
        let count = route.visits.len();
        let (mut here, mut free) = (unit.from, unit.start);
        for at in 0..=count {
            if at > 0 {
                here = instance.need(route.visits[at - 1]).place;
                if !special {
                    free = route.ends[at - 1];
                }
            }
            if free > closes {
                break;
            }
            let there = if at < count { Some(instance.need(route.visits[at]).place) } else { unit.to };
            if !special {
                let ready = free + instance.arc(unit, here, need);
                let Some(start) = earliest_start(windows, ready, latest, flat.pinned) else { continue };
                let end = start + service;
                let fits = if at < count {
                    end + instance.arc(unit, flat.place, route.visits[at]) <= route.latest[at]
                } else {
                    end + instance.back(unit, flat.place) <= unit.end
                };
                if !fits {
                    continue;
                }
            }
            let away = |from, to| travel.seconds(unit.mode, from, to);
            let (out, on) = (away(here, flat.place), there.map_or(Seconds::ZERO, |to| away(flat.place, to)));
            if out.max(on) > unit.length() {
                continue;
            }
            let metres = |from, to| if instance.metres { travel.metres(unit.mode, from, to).0 } else { 0 };
            let straight = if count == 0 { None } else { there };
            let seconds = out + on - straight.map_or(Seconds::ZERO, |to| away(here, to));
            let length = metres(here, flat.place) + there.map_or(0, |to| metres(flat.place, to))
                - straight.map_or(0, |to| metres(here, to));
            let detour =
                instance.guide.of(Term::TravelTime) * seconds.0 + instance.guide.of(Term::Distance) * length;
            let mut cost = fixed + detour;
            if best.is_some_and(|b| cost >= b.cost) {
                continue;
            }
            if special || instance.timed {
                self.visits.clear();
                self.visits.extend_from_slice(&route.visits);
                self.visits.insert(at, need);
                if !self.timing.set(instance, unit_id, &self.visits) {
                    continue;
                }
                let sums = Sums::of(instance, unit_id, &self.visits, &self.timing);
                if special && !plan.within_day(instance, unit_id, count + 1, &sums) {
                    continue;
                }
                let people = fixed - instance.guide.of(Term::Preferences) * instance.wishes(need, unit_id);
                cost = plan_cost(instance, plan, unit_id, &sums) - before + people;
            }
            if best.is_none_or(|b| cost < b.cost) {
                best = Some(Insertion { cost, unit: unit_id, at: at as u32 });
            }
        }
        best
    }
}

/// What the route of a unit costs with these sums, as far as its own changes can move the cost of the plan.
fn plan_cost(instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId, sums: &Sums) -> i64 {
    let mut cost = sums.cost(instance);
    let load = instance.guide.of(Term::Load);
    if load != 0 {
        cost += load * plan.load_with(instance, unit, sums.work);
    }
    cost + instance.guide.of(Term::WorstTardiness) * sums.worst.max(plan.worst())
}
