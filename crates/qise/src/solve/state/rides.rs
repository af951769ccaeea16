//! Rides go in and out of a route as a whole.

use super::WorkingPlan;
use super::placing::Placing;
use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;

/// Takes the other stops of the rides among `gone` out of a route, and adds them.
pub(crate) fn take_rest_of_rides(
    plan: &mut WorkingPlan,
    instance: &Instance<'_>,
    unit: UnitId,
    gone: &mut Vec<SlotId>,
) {
    if !instance.features.rides {
        return;
    }
    let visits = &mut plan.routes[unit.index()].visits;
    for g in 0..gone.len() {
        let slot = gone[g];
        if !instance.is_ride(slot) {
            continue;
        }
        for stop in instance.crew(slot) {
            if let Some(at) = visits.iter().position(|&slot| slot == stop) {
                gone.push(visits.remove(at));
            }
        }
    }
}

/// Puts all stops of a ride into one route, where nobody waits for anybody; false, and nothing has changed, where that does not go.
pub(crate) fn insert_ride(plan: &mut WorkingPlan, instance: &Instance<'_>, placings: &[Placing]) -> bool {
    let Some(unit) = placings.first().map(|p| p.unit) else { return false };
    let mut visits = plan.route(unit).visits.clone();
    for p in placings.iter().rev() {
        visits.insert(p.at, p.slot);
    }
    plan.try_route(instance, unit, &visits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Need, PlaceId, Seconds, Stop, Term};
    use crate::tests::{built, instance, line, need, person, slots, weighing, window};

    /// A ride in two stops (slots 0 and 1), and a need on the way (slot 2).
    fn problem() -> crate::Problem {
        let mut data = line(&[0, 10, 20]);
        data.objective = weighing(&[(Term::TravelTime, 1)]);
        person(&mut data, 0, (0, 100));
        let ride: &mut Need = need(&mut data, 1, (0, 30), 1);
        ride.stops.push(Stop { place: PlaceId(2), windows: vec![window(0, 50)], service: Seconds(1) });
        need(&mut data, 1, (0, 60), 25);
        built(&data)
    }

    const ME: UnitId = UnitId(0);

    #[test]
    fn all_stops_go_in_or_none() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        assert!(plan.try_route(&instance, ME, &slots([2])));
        let ride = |first, last| {
            [(0, first), (1, last)].map(|(slot, at)| Placing { slot: SlotId(slot), unit: ME, at })
        };
        // Served from 10 to 35 the need makes the first stop too late.
        assert!(!insert_ride(&mut plan, &instance, &ride(1, 1)));
        assert_eq!(plan.route(ME).visits, slots([2]));
        assert!(plan.unit_of(SlotId(0)).is_none() && plan.is_unserved(SlotId(0)));
        assert!(insert_ride(&mut plan, &instance, &ride(0, 1)), "in on the way there, off behind it");
        assert_eq!(plan.route(ME).visits, slots([0, 2, 1]));
        assert_eq!(plan.position(SlotId(1)), 2);
        assert!(!insert_ride(&mut plan, &instance, &[]));
    }

    #[test]
    fn the_other_stops_go_with_one() {
        let problem = problem();
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        assert!(plan.try_route(&instance, ME, &slots([0, 2, 1])));
        let mut removed = Vec::new();
        plan.take_out(&instance, ME, &[2], &mut removed);
        assert_eq!(
            (plan.route(ME).visits.as_slice(), removed.as_slice()),
            (&slots([2])[..], &slots([0])[..])
        );
        let mut gone = vec![SlotId(2)];
        take_rest_of_rides(&mut plan, &instance, ME, &mut gone);
        assert_eq!(gone, slots([2]), "a need with one stop takes nothing with it");
    }
}
