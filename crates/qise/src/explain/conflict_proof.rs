//! Needs that too few people could serve: a proof that not all of them can be.
//!
//! Each of these people could serve some of these needs and nobody else could serve any; whichever of them serves which, in whichever
//! order and on the quickest roads, somebody would come too late, or be asked for more than they give in a day or can carry. Other rules
//! (breaks, goods, people who wait for each other) are left out: they could only make it harder.

use std::collections::BTreeSet;

use crate::eligibility::{can_reach, earliest_start, latest_start};
use crate::model::{DimensionId, Measure, NeedId, Problem, Seconds, SlotId, Time, UnitId, VolunteerId};
use crate::plan::Plan;
use crate::query::PlanQuery;

/// No more routes, and no more visits, are looked at together.
const MOST_UNITS: usize = 24;
const MOST_SLOTS: usize = 11;

/// People, and needs that they alone could serve: more than they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// The people.
    pub people: Vec<VolunteerId>,
    /// The needs; without any of them the proof would not hold.
    pub needs: Vec<NeedId>,
}

/// A proof that a need cannot be served beside all that a plan serves; nothing where none was found.
pub(super) fn crowd(problem: &Problem, plan: &Plan, alone: &PlanQuery<'_>, need: NeedId) -> Option<Crowd> {
    // What may be handed to others, or done another way, is in nobody's way.
    let stays = |need: NeedId| problem.ways(need).is_empty();
    if !problem.travel().least_is_proven() || problem.outsourcing() > 0 || !stays(need) {
        return None;
    }
    let mut units = BTreeSet::new();
    for slot in problem.slots_of(need) {
        units.extend(alone.reaching(slot, MOST_UNITS)?);
    }
    loop {
        if units.len() > MOST_UNITS || alone.is_over() {
            return None;
        }
        // What these people serve now, and whether nobody else could.
        let routes = plan.routes.iter().filter(|route| units.contains(&route.unit));
        let served = routes.flat_map(|route| route.visits.iter().map(|visit| visit.need));
        let served = served.filter(|&other| other != need && stays(other)).collect::<BTreeSet<_>>();
        let mut theirs = vec![need];
        let mut others: Option<BTreeSet<UnitId>> = None;
        for other in served {
            let reaching = problem.slots_of(other).map(|slot| alone.reaching(slot, MOST_UNITS));
            let Some(reaching) = reaching.collect::<Option<Vec<_>>>() else { continue };
            let new = reaching.concat().into_iter().filter(|unit| !units.contains(unit));
            let new = new.collect::<BTreeSet<_>>();
            if new.is_empty() {
                theirs.push(other);
            } else if others.as_ref().is_none_or(|others| new.len() < others.len()) {
                others = Some(new);
            }
        }
        let list = units.iter().copied().collect::<Vec<_>>();
        if let Some(needs) = too_many(problem, &list, theirs, &|| alone.is_over()) {
            let people = list.iter().map(|&unit| problem.unit(unit).volunteer).collect::<BTreeSet<_>>();
            return Some(Crowd { people: people.into_iter().collect(), needs });
        }
        units.extend(others?);
    }
}

/// As few of these needs as were found that these people cannot all serve, the first among them; nothing where they may.
fn too_many(
    problem: &Problem,
    units: &[UnitId],
    mut needs: Vec<NeedId>,
    is_over: &dyn Fn() -> bool,
) -> Option<Vec<NeedId>> {
    let slots = |needs: &[NeedId]| needs.iter().flat_map(|&need| problem.slots_of(need)).collect::<Vec<_>>();
    while slots(&needs).len() > MOST_SLOTS {
        needs.pop()?;
    }
    if needs.is_empty() || may_serve_all(problem, units, &slots(&needs), is_over) {
        return None;
    }
    for at in (1..needs.len()).rev() {
        let mut fewer = needs.clone();
        fewer.remove(at);
        if !may_serve_all(problem, units, &slots(&fewer), is_over) {
            needs = fewer;
        }
    }
    Some(needs)
}

/// Whether these people may be able to fill all these slots between them, as far as the ways, the windows and the shifts tell, and as long
/// as there is time to look.
fn may_serve_all(problem: &Problem, units: &[UnitId], slots: &[SlotId], is_over: &dyn Fn() -> bool) -> bool {
    let all = (1_usize << slots.len()) - 1;
    // Which sets of slots those asked so far can fill.
    let mut filled = vec![false; all + 1];
    filled[0] = true;
    for &unit in units {
        if is_over() {
            return true;
        }
        let own = sets(problem, unit, slots);
        let mut next = filled.clone();
        for set in (0..=all).filter(|&set| filled[set]) {
            let rest = all & !set;
            let mut part = rest;
            while part > 0 {
                next[set | part] |= own[part];
                part = (part - 1) & rest;
            }
        }
        filled = next;
        if filled[all] {
            return true;
        }
    }
    filled[all]
}

/// Which sets of the slots one person could fill in one shift.
fn sets(problem: &Problem, unit: UnitId, slots: &[SlotId]) -> Vec<bool> {
    let count = slots.len();
    let owner = problem.unit(unit);
    let travel = problem.travel();
    // Nobody comes twice to a need, but to the stops of a ride.
    let clash =
        |a: SlotId, b: SlotId| problem.slot(a).need == problem.slot(b).need && !problem.need_of(a).is_ride();
    let able = slots.iter().map(|&slot| can_reach(problem, slot, unit).is_ok()).collect::<Vec<_>>();
    // The earliest end of each set, and the least time on the way, by the slot filled last.
    let mut ends = vec![None::<Time>; (1 << count) * count];
    let mut ways = vec![None::<Seconds>; (1 << count) * count];
    let mut good = vec![false; 1 << count];
    good[0] = true;
    let way = |from, slot: SlotId| travel.least_seconds(owner.mode, from, problem.place_of(slot));
    let end_of = |slot: SlotId, from, free: Time| {
        let place = problem.place_of(slot);
        let ready = free + way(from, slot) + problem.setup(from, place);
        let service = problem.service(slot, owner.volunteer);
        let latest =
            if problem.is_last_stop(slot) { latest_start(problem.need_of(slot), service) } else { Time::MAX };
        if ready > owner.end {
            return None;
        }
        let start = earliest_start(problem.windows_of(slot), ready, latest, problem.pinned_start(slot))?;
        Some(start + service).filter(|&end| end <= owner.end)
    };
    for set in 1..1_usize << count {
        if !may_do(problem, unit, slots, set) {
            continue;
        }
        for last in (0..count).filter(|&last| set >> last & 1 == 1 && able[last]) {
            let before = set & !(1 << last);
            let place = |k: usize| problem.place_of(slots[k]);
            let (end, on_the_way) = if before == 0 {
                let end = |from| end_of(slots[last], from, owner.start);
                let ends = owner.starts().map(|starts| starts.into_iter().filter_map(end).min());
                // Who may start anywhere may start there.
                let end = ends.unwrap_or_else(|| end(place(last)));
                (end, Some(owner.least_of_starts(|from| way(from, slots[last]))))
            } else if (0..count).any(|k| before >> k & 1 == 1 && clash(slots[k], slots[last])) {
                (None, None)
            } else {
                let known = |k: usize| before * count + k;
                let ends = (0..count).filter_map(|k| Some((k, ends[known(k)]?)));
                let ways = (0..count).filter_map(|k| Some((k, ways[known(k)]?)));
                (
                    ends.filter_map(|(k, free)| end_of(slots[last], place(k), free)).min(),
                    ways.map(|(k, so_far)| so_far + way(place(k), slots[last])).min(),
                )
            };
            (ends[set * count + last], ways[set * count + last]) = (end, on_the_way);
            let back = owner.to.map_or(Seconds::ZERO, |to| travel.least_seconds(owner.mode, place(last), to));
            good[set] |= end.is_some_and(|end| end + back <= owner.end);
        }
        // The order that is soonest done need not be the one with the shortest way: each is a bound of its own.
        let back = |k: usize| {
            owner
                .to
                .map_or(Seconds::ZERO, |to| travel.least_seconds(owner.mode, problem.place_of(slots[k]), to))
        };
        let least = (0..count).filter_map(|k| Some(ways[set * count + k]? + back(k))).min();
        let service = (0..count).filter(|k| set >> k & 1 == 1);
        let service = service.map(|k| problem.service(slots[k], owner.volunteer).0).sum::<i64>();
        let most = |what| problem.volunteer(owner.volunteer).most_of_route(what).map(Seconds);
        good[set] &= least.is_some_and(|least| {
            most(Measure::Travel).is_none_or(|most| least <= most)
                && most(Measure::Work).is_none_or(|most| least + Seconds(service) <= most)
        });
    }
    good
}

/// Whether a set is not more than somebody may serve in a day, or can carry.
fn may_do(problem: &Problem, unit: UnitId, slots: &[SlotId], set: usize) -> bool {
    let owner = problem.unit(unit);
    let chosen = || (0..slots.len()).filter(|k| set >> k & 1 == 1).map(|k| slots[k]);
    let first_stops = chosen().filter(|&slot| problem.slot(slot).stop == 0).count();
    let limit = problem.volunteer(owner.volunteer).most_of_route(Measure::Visits);
    if limit.is_some_and(|most| first_stops as i64 > most) {
        return false;
    }
    // What rides carry, and what is taken on at depots, is not on board all the way.
    let rides = problem.has_rides() || problem.has_goods();
    let mut dimensions = (0..problem.dimensions().len()).map(DimensionId::new);
    rides
        || dimensions
            .all(|d| chosen().map(|slot| problem.load(slot, d)).sum::<i64>() <= problem.capacity(owner, d))
}
