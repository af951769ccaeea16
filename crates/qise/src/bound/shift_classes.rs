//! Who could fill which slots in any plan: for every shift of a person the units of which one goes out, and what each could reach.

use rayon::prelude::*;

use crate::eligibility::{can_reach, earliest_start, latest_start, may_go};
use crate::model::{IdenticalUnits, NO_WAY, PlaceId, Problem, Seconds, SlotId, Time, UnitId};

/// No more pairs of slots and units are looked at.
const MOST_PAIRS: usize = 40_000_000;
/// A service this long makes good what rounding to the nearest second can lose on the way to it and from it.
const MENDS_ROUNDING: Seconds = Seconds(2);

/// Shifts of people with all they could do.
#[derive(Clone, Debug)]
pub(super) struct ShiftClasses {
    pub(super) shifts: Vec<Shift>,
    /// Whether anybody could fill a slot.
    pub(super) able: Vec<bool>,
}

/// Shifts of which each has one route at most, and that are all alike.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    /// The means among which one is chosen.
    pub(super) units: Vec<Able>,
    /// How many such shifts there are.
    pub(super) count: i64,
}

/// A unit and what it could do.
#[derive(Clone, Debug)]
pub(super) struct Able {
    pub(super) unit: UnitId,
    pub(super) nodes: Vec<Node>,
}

/// A slot that a unit could fill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) slot: SlotId,
    pub(super) place: PlaceId,
    /// How long it takes this person.
    pub(super) service: i64,
    /// No start is sooner.
    pub(super) from: i64,
    /// No start is later.
    pub(super) to: i64,
    /// How long it takes at least to go there and home, whatever lies on the way.
    pub(super) away: i64,
}

impl ShiftClasses {
    /// Looks at every pair of slot and unit; nothing where there are too many.
    pub(super) fn new(problem: &Problem) -> Option<Self> {
        if problem.slots().len().saturating_mul(problem.units().len()) > MOST_PAIRS {
            return None;
        }
        let straight = is_straight(problem);
        let twins = IdenticalUnits::new(problem);
        let mut shifts: Vec<(Vec<UnitId>, i64)> = Vec::new();
        for id in problem.unit_ids() {
            let of = |id: UnitId| (problem.unit(id).volunteer, problem.unit(id).shift);
            let alone = |id: UnitId| {
                let shifts = problem.units_of(problem.unit(id).volunteer);
                shifts.filter(|&other| of(other) == of(id)).count() == 1
            };
            match shifts.last_mut() {
                Some((units, _)) if of(units[0]) == of(id) => units.push(id),
                Some((units, count))
                    if units.len() == 1
                        && alone(id)
                        && twins.representative(units[0]) == twins.representative(id) =>
                {
                    *count += 1;
                }
                _ => shifts.push((vec![id], 1)),
            }
        }
        let shifts = shifts.into_par_iter().map(|(units, count)| {
            let units = units.into_iter().map(|unit| Able { unit, nodes: nodes(problem, unit, straight) });
            Shift { units: units.filter(|able| !able.nodes.is_empty()).collect(), count }
        });
        let shifts = shifts.filter(|shift| !shift.units.is_empty()).collect::<Vec<_>>();
        let mut able = vec![false; problem.slots().len()];
        for node in shifts.iter().flat_map(|shift| &shift.units).flat_map(|able| &able.nodes) {
            able[node.slot.index()] = true;
        }
        Some(Self { shifts, able })
    }
}

/// Whether no way over other places, with what is done there, is quicker than what [`can_reach`] reckons with.
fn is_straight(problem: &Problem) -> bool {
    let slowest = problem.volunteers().iter().map(|volunteer| volunteer.pace_permille).min().unwrap_or(1000);
    let brief = |service: Seconds| service.0 * i64::from(slowest) / 1000 < MENDS_ROUNDING.0;
    let mut services = problem.slot_ids().map(|slot| problem.ordinary_service(slot));
    let named = problem.needs().iter().flat_map(|need| &need.roles).flat_map(|role| &role.service_by);
    let calls = problem.depots().iter().map(|depot| depot.service);
    let shifts = problem.volunteers().iter().flat_map(|volunteer| &volunteer.shifts);
    let breaks = shifts.flat_map(|shift| &shift.breaks).filter(|rest| !rest.at.is_empty());
    let breaks = breaks.map(|rest| rest.duration);
    let mut named = named.map(|&(_, service)| service).chain(calls).chain(breaks);
    problem.travel().least_is_proven()
        || !(services.any(brief) || named.any(|service| service < MENDS_ROUNDING))
}

/// What a unit could do in any plan.
fn nodes(problem: &Problem, id: UnitId, straight: bool) -> Vec<Node> {
    let unit = problem.unit(id);
    let could = |&slot: &SlotId| {
        let all = || can_reach(problem, slot, id).is_ok();
        let some = || problem.suits(slot, id).is_ok() && may_go(problem, slot, id).is_ok();
        if straight { all() } else { some() }
    };
    let node = |slot: SlotId| {
        let service = problem.service(slot, unit.volunteer).0;
        let place = problem.place_of(slot);
        let latest = if problem.is_last_stop(slot) {
            latest_start(problem.need_of(slot), Seconds(service))
        } else {
            Time::MAX
        };
        let windows = problem.windows_of(slot);
        let closes = windows.last().map_or(Time::MIN, |window| window.to);
        let pinned = problem.pinned_start(slot);
        let (mut out, mut back) = (Seconds::ZERO, Seconds::ZERO);
        if straight {
            out = unit.least_of_starts(|from| {
                problem.travel().least_seconds(unit.mode, from, place) + problem.setup(from, place)
            });
            back = unit.to.map_or(Seconds::ZERO, |to| problem.travel().least_seconds(unit.mode, place, to));
        }
        if out >= NO_WAY || back >= NO_WAY {
            return None;
        }
        let from = earliest_start(windows, unit.start + out, latest, pinned)?;
        let to = closes.min(latest).min(unit.end - Seconds(service) - back);
        let to = to.min(problem.suits_until(slot, id) - Seconds(service));
        let to = pinned.map_or(to, |pin| to.min(pin));
        // Two seconds, and one with each service, are no less than what rounding to the nearest can lose on the way there and home.
        let lost = if problem.travel().least_is_proven() { 0 } else { 2 };
        let away = ((out + back).0 - lost).max(0);
        (from <= to).then_some(Node { slot, place, service, from: from.0, to: to.0, away })
    };
    problem.slot_ids().filter(could).filter_map(node).collect()
}

#[cfg(test)]
mod tests;
