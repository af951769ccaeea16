//! Which rules keep everybody from a need that each of them alone would let pass: they are dropped one at a time, and it is asked again.

use crate::base::Stop;
use crate::eligibility::{Exclusion, ExclusionSet};
use crate::model::{NeedId, Problem, ProblemData};
use crate::plan::Plan;
use crate::query::PlanQuery;

/// Rules are dropped in no larger problems than this, in slots and routes: every trial makes a new one.
const LARGEST: usize = 6000;

/// What makes a rule ask for nothing.
type Change = fn(&mut ProblemData);

/// The rules that can be dropped without changing what is asked for.
const DROPS: &[(Exclusion, Change)] = &[
    (Exclusion::Slowdown, |data| data.slowdowns.clear()),
    (Exclusion::MaxRide, |data| data.needs.iter_mut().for_each(|need| need.max_ride = None)),
    (Exclusion::Break, |data| {
        data.volunteers.iter_mut().flat_map(|who| &mut who.shifts).for_each(|shift| shift.breaks.clear());
    }),
    (Exclusion::DayTravel, |data| data.volunteers.iter_mut().for_each(|who| who.per_day.travel = None)),
    (Exclusion::DayWork, |data| data.volunteers.iter_mut().for_each(|who| who.per_day.work = None)),
    (Exclusion::DayDistance, |data| data.volunteers.iter_mut().for_each(|who| who.per_day.distance = None)),
    (Exclusion::DayVisits, |data| data.volunteers.iter_mut().for_each(|who| who.per_day.visits = None)),
    (Exclusion::WeekWork, |data| data.volunteers.iter_mut().for_each(|who| who.week_work = None)),
    (Exclusion::Range, |data| data.vehicles.iter_mut().for_each(|vehicle| vehicle.range = None)),
];

/// Whether a problem is small enough for this.
pub(super) fn is_small(problem: &Problem) -> bool {
    problem.slots().len() + problem.units().len() <= LARGEST
}

/// The rules that together leave fewer than `people` who could serve a need with nothing else to do: each without which there would be
/// enough; where there is none, some without all of which there would be. None where the times alone keep them.
pub(super) fn blame(problem: &Problem, need: NeedId, people: usize, stop: &Stop) -> ExclusionSet {
    let mut blamed = ExclusionSet::default();
    if !is_small(problem) {
        return blamed;
    }
    let without = |drops: &[(Exclusion, Change)]| {
        let changed = problem.replace(|data| drops.iter().for_each(|(_, drop)| drop(data)));
        changed.is_ok_and(|changed| {
            let empty = Plan::empty(&changed);
            let alone = PlanQuery::within(&changed, &empty, stop);
            alone.is_some_and(|mut alone| alone.able(need, people).len() >= people)
        })
    };
    for drop in DROPS {
        if without(std::slice::from_ref(drop)) {
            blamed.add(drop.0);
        }
    }
    if blamed.is_empty() && without(DROPS) {
        // Each stands in the way by itself: as few as can be are left dropped.
        let mut dropped = DROPS.to_vec();
        for &(cut, _) in DROPS {
            let fewer = dropped.iter().filter(|(other, _)| *other != cut).copied().collect::<Vec<_>>();
            if without(&fewer) {
                dropped = fewer;
            }
        }
        for (cut, _) in dropped {
            blamed.add(cut);
        }
    }
    blamed
}

/// The problem in which a need asks for one person in one of its roles, alone and with nothing in hand; nothing where it is too large.
pub(super) fn with_one_role(problem: &Problem, need: NeedId, role: usize) -> Option<Problem> {
    if !is_small(problem) {
        return None;
    }
    let changed = problem.replace(|data| {
        data.links.retain(|link| link.from != need && link.to != need);
        let asked = &mut data.needs[need.index()];
        let mut role = asked.roles[role].clone();
        role.count = 1;
        asked.roles = vec![role];
        asked.overlaps.clear();
        asked.gaps.clear();
        asked.goods.clear();
        asked.crew = crate::model::CrewRules::default();
        // What was told before hangs on the roles.
        data.previous = None;
    });
    changed.ok()
}
