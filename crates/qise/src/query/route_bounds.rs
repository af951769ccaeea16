//! What is known of every route of a plan that stands, as long as it does not change.

use crate::solve::state::independence;
use rustc_hash::FxHashMap;

use crate::model::{Time, UnitId};
use crate::solve::insertion::lower_bound::RouteSlack;
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;
use crate::solve::state::schedule::timing::Timing;

/// What is known of every route.
pub(crate) struct RouteBounds {
    slack: Vec<RouteSlack>,
    /// Of routes on which others are met: by when each visit must start, so that they are met when they are now.
    by: FxHashMap<UnitId, Vec<Time>>,
}

impl RouteBounds {
    pub(crate) fn new(instance: &Instance<'_>, plan: &WorkingPlan) -> Self {
        let units = || instance.problem.unit_ids();
        let slack = units().map(|unit| RouteSlack::new(instance, plan, unit)).collect();
        let mut bounds = Self { by: FxHashMap::default(), slack };
        let mut timing = Timing::default();
        units().for_each(|unit| bounds.note_meetings(instance, plan, unit, &mut timing));
        bounds
    }

    /// Brings a route that has changed up to date.
    pub(crate) fn refresh(&mut self, instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) {
        self.slack[unit.index()] = RouteSlack::new(instance, plan, unit);
        self.by.remove(&unit);
        self.note_meetings(instance, plan, unit, &mut Timing::default());
    }

    fn note_meetings(
        &mut self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        unit: UnitId,
        timing: &mut Timing,
    ) {
        if plan.route(unit).is_synchronised(instance) {
            let mut starts = Vec::new();
            independence::starts(plan, instance, unit, timing, &mut starts);
            self.by.insert(unit, latest(instance, plan, unit, &starts));
        }
    }

    pub(crate) fn slack(&self, unit: UnitId) -> &RouteSlack {
        &self.slack[unit.index()]
    }

    /// By when the visits of a unit must start, so that others are met when they are now; nothing where nobody is met.
    pub(crate) fn by(&self, unit: UnitId) -> &[Time] {
        self.by.get(&unit).map_or(&[], Vec::as_slice)
    }
}

/// By when each visit must start so that whoever is met is met at these starts.
fn latest(instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId, starts: &[Time]) -> Vec<Time> {
    let (owner, visits) = (instance.unit(unit), &plan.route(unit).visits);
    let (from, _) = plan.route(unit).start(owner);
    let mut limit = Time::MAX;
    let mut latest = vec![limit; visits.len()];
    for v in (0..visits.len()).rev() {
        let service = instance.service(visits[v], owner);
        let own = if instance.slot(visits[v]).is_synchronised { starts[v] } else { Time::MAX };
        latest[v] = own.min(limit - service);
        let here = v.checked_sub(1).map_or(from, |before| instance.slot(visits[before]).place);
        limit = latest[v] - instance.arc(owner, here, visits[v]);
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SlotId, Term};
    use crate::solve::state::Placing;
    use crate::tests::{built, instance, line, need, person, weighing};

    #[test]
    fn visits_before_a_meeting_start_in_time_for_it() {
        let mut data = line(&[0, 10, 20, 30]);
        data.objective = weighing(&[(Term::TravelTime, 1)]);
        person(&mut data, 0, (0, 500));
        person(&mut data, 0, (0, 500));
        need(&mut data, 1, (0, 400), 5);
        need(&mut data, 2, (100, 400), 5).roles[0].count = 2;
        need(&mut data, 3, (0, 400), 5);
        let problem = built(&data);
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let place = |slot, unit, at| Placing { slot: SlotId(slot), unit: UnitId(unit), at };
        assert!(plan.place(&instance, &[place(0, 0, 0)]) && plan.place(&instance, &[place(3, 0, 1)]));
        assert!(RouteBounds::new(&instance, &plan).by(UnitId(0)).is_empty(), "nobody is met");
        assert!(plan.place(&instance, &[place(1, 0, 1), place(2, 1, 0)]));
        let bounds = RouteBounds::new(&instance, &plan);
        // They meet at 100: ten on the way and five at the first; what comes behind may come at any time.
        assert_eq!(bounds.by(UnitId(0))[..2], [Time(85), Time(100)]);
        assert!(bounds.by(UnitId(0))[2] > Time(1_000_000));
        assert_eq!(bounds.by(UnitId(1)), [Time(100)]);
    }
}
