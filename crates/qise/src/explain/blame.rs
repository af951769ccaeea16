//! Which rules keep everybody from a need that each of them alone would let pass: they are dropped one at a time, and it is asked again.

use crate::base::Stop;
use crate::eligibility::{Exclusion, ExclusionSet};
use crate::model::{Measure, NeedId, Problem, ProblemData, Span, Volunteer};
use crate::plan::Plan;
use crate::query::PlanQuery;

/// Rules are dropped in no larger problems than this, in slots and routes: every trial makes a new one.
const LARGEST: usize = 6000;

/// What makes a rule ask for nothing.
type Change = Box<dyn Fn(&mut ProblemData)>;

/// The rules that can be dropped without changing what is asked for.
fn drops() -> Vec<(Exclusion, Change)> {
    let mut drops: Vec<(Exclusion, Change)> = vec![
        (Exclusion::Slowdown, Box::new(|data| data.slowdowns.clear())),
        (Exclusion::MaxRide, Box::new(|data| data.needs.iter_mut().for_each(|need| need.max_ride = None))),
        (
            Exclusion::Break,
            Box::new(|data| {
                let shifts = data.volunteers.iter_mut().flat_map(|who| &mut who.shifts);
                shifts.for_each(|shift| shift.breaks.clear());
            }),
        ),
    ];
    for (&span, &what) in Span::ALL.iter().flat_map(|span| Measure::ALL.iter().map(move |what| (span, what)))
    {
        let lift = move |who: &mut Volunteer| who.limits_mut(span).lift(what);
        let lift: Change = Box::new(move |data| data.volunteers.iter_mut().for_each(lift));
        drops.push((Exclusion::of_limit(span, what), lift));
    }
    let range: Change = Box::new(|data| data.vehicles.iter_mut().for_each(|vehicle| vehicle.range = None));
    drops.push((Exclusion::Range, range));
    drops
}

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
    let all = drops();
    let without = |drops: &[&(Exclusion, Change)]| {
        let changed = problem.replace(|data| drops.iter().for_each(|(_, drop)| drop(data)));
        changed.is_ok_and(|changed| {
            let empty = Plan::empty(&changed);
            let alone = PlanQuery::within(&changed, &empty, stop);
            alone.is_some_and(|mut alone| alone.able(need, people).len() >= people)
        })
    };
    for drop in &all {
        if without(&[drop]) {
            blamed.add(drop.0);
        }
    }
    let mut dropped = all.iter().collect::<Vec<_>>();
    if blamed.is_empty() && without(&dropped) {
        // Each stands in the way by itself: as few as can be are left dropped.
        for (cut, _) in &all {
            let fewer = dropped.iter().filter(|(other, _)| other != cut).copied().collect::<Vec<_>>();
            if without(&fewer) {
                dropped = fewer;
            }
        }
        for (cut, _) in dropped {
            blamed.add(*cut);
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
