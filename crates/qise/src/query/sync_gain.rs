//! What people may gain where somebody else comes later than before.
//!
//! Who waits for a person on another route waits longer when that person is given one more visit. Nobody's ways change by that, and
//! nobody is in time who was late; but whoever meets others later may set out later, and wait less afterwards. So the plan may cost less
//! than the one route tells: by no more than what all who hang on it wait behind their meetings.

use crate::solve::state::independence;
use rustc_hash::FxHashMap;

use crate::model::{SlotId, UnitId};
use crate::solve::insertion::lower_bound::{Gain, RouteSlack};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;
use crate::solve::state::schedule::timing::Timing;

/// What others may gain by one more visit on a route, and who hangs together.
#[derive(Default)]
pub(crate) struct SyncGains {
    /// Of units whose visits others wait for: the last of these visits, and the gain of a visit put in before it.
    of: FxHashMap<UnitId, Behind>,
    /// Those whose gain the route of a unit has a part in.
    told_by: FxHashMap<UnitId, Vec<UnitId>>,
    /// The same the other way round: on whose routes the gain of a unit hangs.
    hangs_on: FxHashMap<UnitId, Vec<UnitId>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Behind {
    last: usize,
    gain: Gain,
}

impl SyncGains {
    pub(crate) fn new(instance: &Instance<'_>, plan: &WorkingPlan) -> Self {
        let mut gains = Self::default();
        let (mut timing, mut by_visit) = (Timing::default(), FxHashMap::default());
        for unit in instance.problem.unit_ids() {
            gains.note(instance, plan, unit, (&mut timing, &mut by_visit));
        }
        gains
    }

    /// Brings everything up to date that hangs on routes that have changed; whose gains are others now, and those of these routes.
    pub(crate) fn refresh(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        changed: &[UnitId],
    ) -> Vec<UnitId> {
        let mut units = changed.to_vec();
        units.extend(changed.iter().flat_map(|&unit| self.told_by(unit)));
        units.sort_unstable();
        units.dedup();
        if !instance.has_synchronisation() {
            return units;
        }
        let mut before = Vec::new();
        for unit in &units {
            before.push(self.of.remove(unit));
            for other in self.hangs_on.remove(unit).into_iter().flatten() {
                if let Some(told) = self.told_by.get_mut(&other) {
                    told.retain(|known| known != unit);
                }
            }
        }
        let (mut timing, mut by_visit) = (Timing::default(), FxHashMap::default());
        for &unit in &units {
            self.note(instance, plan, unit, (&mut timing, &mut by_visit));
        }
        let mut before = before.into_iter();
        units.retain(|unit| before.next().flatten() != self.of.get(unit).copied() || changed.contains(unit));
        units
    }

    fn note(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        unit: UnitId,
        (timing, by_visit): (&mut Timing, &mut FxHashMap<(UnitId, usize), i64>),
    ) {
        let meets = |&slot: &SlotId| instance.slot(slot).is_synchronised;
        let visits = &plan.route(unit).visits;
        let Some(first) = visits.iter().position(meets) else { return };
        let chooses = plan.route(unit).has_timing_choice(instance, unit);
        let last = visits.iter().rposition(meets).filter(|_| !chooses).unwrap_or(visits.len());
        // Where a detour may be quicker, nothing is known.
        let mut gain = Gain { own: 0, others: i64::MAX };
        if instance.unit(unit).metric {
            let from = if chooses { 0 } else { first };
            gain.own = waits_behind(instance, plan, (unit, from), timing);
            gain.others = 0;
            for (other, at) in hanging(instance, plan, unit, &visits[from..]) {
                let one = by_visit
                    .entry((other, at))
                    .or_insert_with(|| gain_behind(instance, plan, (other, at), timing));
                gain.others = gain.others.saturating_add(*one);
                self.told_by.entry(other).or_default().push(unit);
                self.hangs_on.entry(unit).or_default().push(other);
            }
        }
        self.of.insert(unit, Behind { last, gain });
    }

    /// What may be gained where a visit comes into the route of a unit before the visit with this number.
    pub(crate) fn at(&self, unit: UnitId, at: usize) -> Gain {
        self.of.get(&unit).filter(|behind| at <= behind.last).map_or(Gain::default(), |behind| behind.gain)
    }

    /// Those about whom nothing is known any more once the route of a unit has changed.
    pub(crate) fn told_by(&self, unit: UnitId) -> &[UnitId] {
        self.told_by.get(&unit).map_or(&[], Vec::as_slice)
    }
}

/// What may be gained by all who wait for a visit that is yet to be made.
pub(crate) fn gain_of(instance: &Instance<'_>, plan: &WorkingPlan, slots: &[SlotId]) -> i64 {
    let mut timing = Timing::default();
    let hanging = hanging(instance, plan, UnitId(u32::MAX), slots);
    let gain = |&(unit, at): &(UnitId, usize)| gain_behind(instance, plan, (unit, at), &mut timing);
    hanging.iter().map(gain).fold(0, i64::saturating_add)
}

/// The routes that hang on visits of a unit, but its own, from which visit on.
fn hanging(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    unit: UnitId,
    visits: &[SlotId],
) -> Vec<(UnitId, usize)> {
    let mut from: FxHashMap<UnitId, usize> = FxHashMap::default();
    let mut stack = Vec::new();
    let mut follow = |visits: &[SlotId], stack: &mut Vec<(UnitId, usize)>| {
        for partner in visits.iter().flat_map(|&slot| instance.precedence.successors(slot)) {
            let Some(other) = plan.unit_of(partner.slot).filter(|&other| other != unit) else { continue };
            // A choice made behind may move what lies before.
            let at = if plan.route(other).has_timing_choice(instance, other) {
                0
            } else {
                plan.position(partner.slot)
            };
            if from.get(&other).is_none_or(|&known| at < known) {
                from.insert(other, at);
                stack.push((other, at));
            }
        }
    };
    follow(visits, &mut stack);
    while let Some((other, at)) = stack.pop() {
        follow(&plan.route(other).visits[at..], &mut stack);
    }
    let mut hanging = from.into_iter().collect::<Vec<_>>();
    hanging.sort_unstable();
    hanging
}

/// What somebody may gain whose visit with a number, and all behind it, start later.
fn gain_behind(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    visit: (UnitId, usize),
    timing: &mut Timing,
) -> i64 {
    let slack = RouteSlack::new(instance, plan, visit.0);
    slack.retiming_gain.saturating_sub(slack.work.of(-waits_behind(instance, plan, visit, timing)))
}

/// How long somebody waits behind the visit with a number.
fn waits_behind(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    (unit, at): (UnitId, usize),
    timing: &mut Timing,
) -> i64 {
    let idle = RouteSlack::new(instance, plan, unit).absorbable_time;
    let (visits, start) = (&plan.route(unit).visits, plan.route(unit).start(instance.unit(unit)));
    if plan.route(unit).has_timing_choice(instance, unit)
        || !timing.set(instance, unit, start, visits, plan.releases())
    {
        return idle;
    }
    independence::waits_behind(plan, instance, unit, at, timing).0.clamp(0, idle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::model::{LatLon, Place, Profile, Rounding, Seconds, Term, Time, TravelRule, Window};
    use crate::solve::state::Placing;
    use crate::tests::{built, instance, line, need, person, weighing};

    /// Two people in one place, where all needs are: the second waits for a crew of both, then until a need opens.
    fn problem() -> Problem {
        let mut data = line(&[0]);
        data.objective = weighing(&[(Term::WorkTime, 3)]);
        data.places = vec![Place::new("here", LatLon::new(38.0, 105.0).unwrap())];
        let rule =
            TravelRule::GreatCircle { metres_per_hour: 1000, detour_permille: 1000, rounding: Rounding::Up };
        data.profiles = vec![Profile { key: "walk".into(), name: None, rule }];
        person(&mut data, 0, (0, 900));
        person(&mut data, 0, (0, 900));
        need(&mut data, 0, (10, 800), 5).roles[0].count = 2;
        need(&mut data, 0, (60, 60), 5);
        need(&mut data, 0, (0, 800), 5);
        data.needs[2].stops[0].windows[0] = Window { from: Time(0), to: Time(800) };
        built(&data)
    }

    #[test]
    fn who_waits_for_whom_may_gain_what_they_wait_behind_the_meeting() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let place = |slot, unit, at| Placing { slot: SlotId(slot), unit: UnitId(unit), at };
        assert!(plan.place(&instance, &[place(0, 0, 0), place(1, 1, 0)]));
        assert!(plan.place(&instance, &[place(2, 1, 1)]));
        assert!(plan.place(&instance, &[place(3, 0, 1)]));
        // The crew starts at 10, the second waits from 15 to 60; the first has nothing to wait for.
        let gains = SyncGains::new(&instance, &plan);
        let work = 3 * 45;
        let at = |unit, at| gains.at(UnitId(unit), at);
        assert!(at(0, 0).others >= work, "{:?}", at(0, 0));
        assert_eq!((at(0, 0).own, at(1, 0).own), (0, 45));
        assert_eq!(at(1, 0).others, 0, "the first waits for nothing behind");
        assert_eq!((at(0, 1).own, at(0, 1).others), (0, 0), "behind the last meeting nobody moves");
        assert_eq!(gains.told_by(UnitId(1)), [UnitId(0)]);
        assert_eq!(hanging(&instance, &plan, UnitId(0), &[SlotId(0)]), [(UnitId(1), 0)]);
        assert_eq!(gain_of(&instance, &plan, &[SlotId(3)]), 0, "nobody waits for it");
        assert!(gain_of(&instance, &plan, &[SlotId(0)]) >= work);
        assert_eq!(Seconds(45), plan_waits(&instance, &plan));
    }

    fn plan_waits(instance: &Instance<'_>, plan: &WorkingPlan) -> Seconds {
        Seconds(waits_behind(instance, plan, (UnitId(1), 0), &mut Timing::default()))
    }
}
