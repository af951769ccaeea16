//! Where and when the units of a plan start: a shift may start where the one before of the same person has ended.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Plan, Rest, Route, Step};
use crate::model::{PlaceId, Problem, Unit, UnitId, VolunteerId};

/// Where and when the units of a plan start, and by which places they go.
#[derive(Clone, Debug)]
pub struct RouteStarts<'p> {
    problem: &'p Problem,
    /// Where people ended the shifts in which they went out, as far as another shift starts there.
    ends: FxHashMap<(VolunteerId, u32), PlaceId>,
}

/// What a route says of the shifts that follow.
pub(super) struct Outing<'r> {
    pub(super) unit: UnitId,
    pub(super) company: &'r [UnitId],
    /// Its last stop.
    pub(super) last: PlaceId,
}

impl<'p> RouteStarts<'p> {
    /// Of the units of a plan.
    pub fn of(problem: &'p Problem, plan: &Plan) -> Self {
        let outings = plan.routes.iter().filter(|route| !route.visits.is_empty()).filter_map(|route| {
            let last = *stops(problem, route).last()?;
            Some(Outing { unit: route.unit, company: &route.company, last })
        });
        Self::of_outings(problem, plan.routes.iter().map(|route| route.unit), outings)
    }

    /// The same, where `units` are asked for and these routes are gone.
    pub(super) fn of_outings<'r>(
        problem: &'p Problem,
        mut units: impl Iterator<Item = UnitId>,
        outings: impl Iterator<Item = Outing<'r>>,
    ) -> Self {
        let known = |id: UnitId| problem.units().get(id.index());
        let mut ends = FxHashMap::default();
        if units.any(|id| known(id).is_some_and(|unit| unit.follows.is_some())) {
            for outing in outings {
                let Some(lead) = known(outing.unit) else { continue };
                let end = lead.to.unwrap_or(outing.last);
                let company = outing.company.iter().filter_map(|&id| known(id));
                for unit in std::iter::once(lead).chain(company) {
                    ends.entry((unit.volunteer, unit.shift)).or_insert(end);
                }
            }
        }
        Self { problem, ends }
    }

    /// A unit as it starts in the plan; nothing for one that does not exist.
    pub fn unit(&self, id: UnitId) -> Option<Cow<'p, Unit>> {
        let unit = self.problem.units().get(id.index())?;
        let end = unit.follows.and_then(|before| {
            let end = self.ends.get(&(unit.volunteer, unit.shift - 1));
            end.map(|&end| before.end.unwrap_or(end))
        });
        Some(match end {
            Some(end) => {
                let (from, start) = self.problem.start_after(unit, end);
                Cow::Owned(Unit { start, from, ..unit.clone() })
            }
            None => Cow::Borrowed(unit),
        })
    }

    /// By which places a route goes: its start, every stop and every break at a place, and its end, where it has one. What does not exist is
    /// passed over; nothing of a unit that does not exist.
    pub fn places(&self, route: &Route) -> Vec<PlaceId> {
        let Some(unit) = self.unit(route.unit) else { return Vec::new() };
        places(self.problem, &unit, route)
    }
}

/// By which places a route of a unit goes that starts like that.
fn places(problem: &Problem, unit: &Unit, route: &Route) -> Vec<PlaceId> {
    std::iter::once(unit.from).chain(stops(problem, route)).chain(unit.to).collect()
}

/// Where a route goes between its start and its end: stops, and breaks at a place.
fn stops(problem: &Problem, route: &Route) -> Vec<PlaceId> {
    let mut places = Vec::new();
    let mut rests = route.breaks.iter().filter(|rest| rest_place(problem, rest).is_some()).peekable();
    for step in route.steps() {
        while let Some(rest) = rests.next_if(|rest| rest.start < step.start()) {
            places.extend(rest_place(problem, rest));
        }
        places.extend(place_of(problem, step));
    }
    places.extend(rests.filter_map(|rest| rest_place(problem, rest)));
    places
}

/// Where a break is taken; nothing of one on the way, nor for a place that does not exist.
pub(super) fn rest_place(problem: &Problem, rest: &Rest) -> Option<PlaceId> {
    rest.place.filter(|place| place.index() < problem.places().len())
}

/// From where to where a route of a unit goes that starts like that, leg by leg. What does not exist is passed over.
pub(crate) fn legs(problem: &Problem, unit: &Unit, route: &Route) -> Vec<(PlaceId, PlaceId)> {
    places(problem, unit, route).windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Where something is done; nothing for what does not exist.
pub(super) fn place_of(problem: &Problem, step: Step<'_>) -> Option<PlaceId> {
    match step {
        Step::Visit(_, visit) => {
            let need = problem.needs().get(visit.need.index())?;
            let stop = need.stops.get(usize::from(visit.stop))?;
            need.roles.get(usize::from(visit.role)).map(|_| stop.place)
        }
        Step::Call(_, call) => problem.depots().get(call.depot.index()).map(|depot| depot.place),
    }
}
