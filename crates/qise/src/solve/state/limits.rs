//! Limits of a person beyond one route: of the day, of the week, of the rest between days; and how far a vehicle goes.

use super::route::RouteTotals;
use super::routes::Routes;
use crate::model::{Seconds, Span, UnitId};
use crate::solve::instance::Instance;

impl Routes {
    /// Whether limits leave room for a route of `unit` with these totals.
    pub(crate) fn within_limits(&self, instance: &Instance<'_>, unit: UnitId, totals: &RouteTotals) -> bool {
        let within = |&span: &Span| self.within(instance, unit, totals, span);
        Span::ALL.iter().all(within)
            && self.rests_between(instance, unit, totals)
            && within_range(instance, unit, totals)
    }

    /// Whether all that the person does in the day, or the week, of a route is within their limits.
    fn within(&self, instance: &Instance<'_>, unit_id: UnitId, totals: &RouteTotals, span: Span) -> bool {
        let unit = instance.problem.unit(unit_id);
        let limits = instance.problem.volunteer(unit.volunteer).limits(span);
        if !limits.are_set() {
            return true;
        }
        let number = |id: UnitId| span.number(instance.problem.unit(id).day);
        let own = number(unit_id);
        let others = instance.problem.units_of(unit.volunteer);
        let others = others.filter(|&other| other != unit_id && number(other) == own);
        let all = others.fold(totals.effort(), |sum, other| sum.plus(self[other.index()].totals.effort()));
        limits.exceeded_by(all).next().is_none()
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
