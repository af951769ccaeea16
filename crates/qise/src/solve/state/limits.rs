//! Limits of a person beyond one route: of the day, of the week, of the rest between days; and how far a vehicle goes.

use super::route::RouteTotals;
use super::routes::Routes;
use crate::model::{Seconds, UnitId};
use crate::solve::instance::Instance;

impl Routes {
    /// Whether limits leave room for a route of `unit` with these totals.
    pub(crate) fn within_limits(&self, instance: &Instance<'_>, unit: UnitId, totals: &RouteTotals) -> bool {
        self.within_day(instance, unit, totals)
            && self.within_week(instance, unit, totals)
            && self.rests_between(instance, unit, totals)
            && within_range(instance, unit, totals)
    }

    fn within_day(&self, instance: &Instance<'_>, unit_id: UnitId, totals: &RouteTotals) -> bool {
        let unit = instance.problem.unit(unit_id);
        let limits = &instance.problem.volunteer(unit.volunteer).per_day;
        let others = || unit.same_day().filter(|&u| u != unit_id).map(|u| &self[u.index()]);
        let sum =
            |of: fn(&RouteTotals) -> i64| of(totals) + others().map(|route| of(&route.totals)).sum::<i64>();
        limits.travel.is_none_or(|most| sum(|totals| totals.travel) <= most.0)
            && limits.work.is_none_or(|most| sum(|totals| totals.work) <= most.0)
            && limits.distance.is_none_or(|most| sum(|totals| totals.metres) <= most.0)
            && limits.visits.is_none_or(|most| sum(|totals| totals.visits) <= most.into())
    }

    fn within_week(&self, instance: &Instance<'_>, unit_id: UnitId, totals: &RouteTotals) -> bool {
        let unit = instance.problem.unit(unit_id);
        let Some(most) = instance.problem.volunteer(unit.volunteer).week_work else { return true };
        let week = unit.week();
        let mut own = instance.problem.units_of(unit.volunteer);
        let same_week = |&other: &UnitId| other != unit_id && instance.problem.unit(other).week() == week;
        let others = own.by_ref().filter(same_week).map(|other| self[other.index()].totals.work).sum::<i64>();
        totals.work + others <= most.0
    }

    fn rests_between(&self, instance: &Instance<'_>, unit_id: UnitId, totals: &RouteTotals) -> bool {
        let unit = instance.problem.unit(unit_id);
        let least = instance.unit(unit_id).rest;
        let Some((departure, finish)) = totals.span.filter(|_| least > Seconds::ZERO) else { return true };
        instance.problem.units_of(unit.volunteer).all(|other| {
            let day = instance.problem.unit(other).day;
            let Some((left, back)) = self[other.index()].totals.span.filter(|_| day != unit.day) else {
                return true;
            };
            if day < unit.day { departure - back >= least } else { left - finish >= least }
        })
    }

    /// Whether the limits hold for a route as it is.
    pub(crate) fn keeps_limits(&self, instance: &Instance<'_>, unit: UnitId) -> bool {
        let route = &self[unit.index()];
        !instance.unit(unit).limited || !route.out || self.within_limits(instance, unit, &route.totals)
    }
}

fn within_range(instance: &Instance<'_>, unit: UnitId, totals: &RouteTotals) -> bool {
    let vehicle = instance.problem.unit(unit).vehicle;
    let range = vehicle.and_then(|vehicle| instance.problem.vehicle(vehicle).range);
    range.is_none_or(|range| totals.metres <= range.0)
}

#[cfg(test)]
mod tests;
