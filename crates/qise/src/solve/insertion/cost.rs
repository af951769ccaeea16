//! What a visit costs in a route, but for what only its place there tells.

use crate::model::{SlotId, Term, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::state::WorkingPlan;
use crate::solve::state::route::{Route, RouteTotals};

/// By so much two rounded ways can be shorter than one, in seconds.
pub(crate) const ROUNDING: i64 = 2;

/// Whether the route can carry the load of one more need.
#[inline]
pub(crate) fn has_room(instance: &Instance<'_>, route: &Route, slot: SlotId, unit: UnitId) -> bool {
    if instance.loads.dimensions == 0 {
        return true;
    }
    if instance.features.unloads {
        return route.fits_on_board(instance, unit, 0, slot);
    }
    let capacities = instance.loads.capacities(unit);
    let room = |d: usize| capacities[d] - route.loads.at_start.get(d).copied().unwrap_or(0);
    instance.loads.of(slot).iter().enumerate().all(|(d, &load)| load <= room(d))
}

/// Totals that no timing of a route with one more visit falls below: its ways, and of its time at work what the route has not to spare.
/// `beyond`: the service, less what the route has to spare and a setup that may fall away.
pub(crate) fn least_totals(totals: &RouteTotals, growth: Leg, beyond: i64, wishes: i64) -> RouteTotals {
    RouteTotals {
        travel: totals.travel + growth.seconds,
        metres: totals.metres + growth.metres,
        work: totals.work + (growth.seconds + beyond).max(0),
        wishes: totals.wishes + wishes,
        waiting: 0,
        tardiness: 0,
        worst: 0,
        late: 0,
        ..*totals
    }
}

/// What a need costs in the route of a unit wherever it stands there: at least that, for changes of time can only add to it.
pub(crate) fn fixed_cost(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId) -> i64 {
    let told = instance.slot(slot).previous_of(instance.unit(unit).volunteer);
    let kept = told.map_or(0, |before| instance.weights.of(Term::Disruption) * before.reassign);
    let wishes = instance.weights.of(Term::Preferences) * instance.wishes(slot, unit);
    let relief = if instance.weights.weighs_shares() { plan.terms().relief(instance, unit) } else { 0 };
    wishes + beyond_totals(instance, plan, slot, unit) + people_cost(instance, plan, unit) - kept - relief
}

/// What a need costs that the totals of a route do not tell: how long each person serves, and who comes to needs of the same people.
pub(crate) fn beyond_totals(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId) -> i64 {
    let spread = match instance.weights.of(Term::Spread) {
        0 => 0,
        // A service longer than any shift is not looked at before this is told.
        price => {
            let of = |slot| instance.service(slot, instance.unit(unit));
            let service = if instance.is_ride(slot) { instance.crew(slot).map(of).sum() } else { of(slot) };
            price.saturating_mul(plan.terms().spread_growth(instance, unit, service)).min(i64::MAX / 4)
        }
    };
    let strange = if instance.slot(slot).is_dependent && !instance.problem.acquaintances().is_empty() {
        let price = instance.continuity_cost(slot, unit, &|slot| plan.unit_of(slot));
        instance.weights.of(Term::Preferences).saturating_mul(price).min(i64::MAX / 4)
    } else {
        0
    };
    spread.saturating_add(strange)
}

/// What more visits of one need cost in the route of a unit, wherever they stand there: what is the same everywhere is told once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteCost {
    /// For sending out the person, less what the route costs as it is.
    same: i64,
    beyond: i64,
}

impl RouteCost {
    pub(crate) fn new(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId) -> Self {
        let before = plan_cost(instance, plan, unit, &plan.route(unit).totals);
        let beyond = beyond_totals(instance, plan, slot, unit);
        Self { same: people_cost(instance, plan, unit) - before, beyond }
    }

    /// What they cost where the route has these totals with them.
    pub(crate) fn with(
        self,
        instance: &Instance<'_>,
        plan: &WorkingPlan,
        unit: UnitId,
        totals: &RouteTotals,
    ) -> i64 {
        let growth = plan_cost(instance, plan, unit, totals) + self.same;
        growth
            .saturating_add(self.beyond)
            .saturating_add(plan.terms().last_ends.cost_of(instance, &totals.completion_times))
    }
}

/// What it costs to send out the person of `unit`, if nobody has yet.
#[inline]
pub(crate) fn people_cost(instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId) -> i64 {
    plan.terms().cost_of_going(instance, plan.routes(), unit)
}

/// What the route of a unit costs with these totals, as far as its own changes can move the cost of the plan.
#[inline]
pub(crate) fn plan_cost(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    unit: UnitId,
    totals: &RouteTotals,
) -> i64 {
    plan.terms().cost_of_route(instance, plan.routes(), unit, totals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::Shift;
    use crate::tests::{built, good, instance, line, load, need, person, slots, weighing};

    /// Somebody with two shifts who carries five; needs of loads three and three.
    fn two() -> ProblemData {
        let mut data = line(&[0, 10]);
        data.objective = weighing(&[(Term::TravelTime, 2), (Term::People, 50), (Term::WorstTardiness, 3)]);
        good(&mut data, false);
        let somebody = person(&mut data, 0, (0, 500));
        somebody.capacity = load(5);
        somebody.shifts.push(Shift::new(crate::model::Time(600), crate::model::Time(900), 0));
        for _ in 0..2 {
            need(&mut data, 1, (0, 800), 5).roles[0].load = load(3);
        }
        data
    }

    #[test]
    fn a_route_has_room_for_what_is_left_of_the_capacity() {
        let mut data = two();
        let room = |data: &ProblemData| {
            let problem = built(data);
            let instance = instance(&problem);
            let mut plan = WorkingPlan::new(&instance);
            assert!(plan.try_route(&instance, UnitId(0), &slots([0])));
            has_room(&instance, plan.route(UnitId(0)), SlotId(1), UnitId(0))
        };
        assert!(!room(&data));
        data.volunteers[0].capacity = load(6);
        assert!(room(&data));
    }

    #[test]
    fn a_person_is_sent_out_once_for_all_shifts() {
        let problem = built(&two());
        let instance = instance(&problem);
        let mut plan = WorkingPlan::new(&instance);
        let cost = |plan: &WorkingPlan| [0, 1].map(|unit| people_cost(&instance, plan, UnitId(unit)));
        assert_eq!(cost(&plan), [50, 50]);
        assert_eq!(fixed_cost(&instance, &plan, SlotId(0), UnitId(1)), 50);
        assert!(plan.try_route(&instance, UnitId(0), &slots([0])));
        assert_eq!(cost(&plan), [0, 0]);
    }

    #[test]
    fn the_worst_lateness_costs_what_it_grows() {
        let problem = built(&two());
        let instance = instance(&problem);
        let plan = WorkingPlan::new(&instance);
        let totals = RouteTotals { travel: 20, worst: 4, ..RouteTotals::default() };
        assert_eq!(plan_cost(&instance, &plan, UnitId(0), &totals), 2 * 20 + 3 * 4);
        let cost = RouteCost::new(&instance, &plan, SlotId(0), UnitId(0));
        assert_eq!(cost.with(&instance, &plan, UnitId(0), &totals), 2 * 20 + 3 * 4 + 50);
    }

    #[test]
    fn the_least_totals_grow_by_the_way_and_what_is_not_to_spare() {
        let before = RouteTotals {
            travel: 10,
            metres: 5,
            work: 100,
            waiting: 30,
            tardiness: 7,
            wishes: 1,
            ..RouteTotals::default()
        };
        let least = least_totals(&before, Leg { seconds: 4, metres: 6 }, -1, 2);
        assert_eq!((least.travel, least.metres, least.work, least.wishes), (14, 11, 103, 3));
        assert_eq!((least.waiting, least.tardiness), (0, 0));
        assert_eq!(least_totals(&before, Leg::default(), -9, 0).work, 100, "no less than before");
    }
}
