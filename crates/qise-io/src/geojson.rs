//! Plans as maps: GeoJSON (RFC 7946) in WGS-84, with the colours that map viewers know (`stroke`, `marker-color`).

use std::collections::BTreeMap;

use geojson::{Feature, FeatureCollection, Geometry, JsonObject, Position};
use qise::Problem;
use qise::model::{Amount, CategoryId, DepotId, GoodId, NeedId, PlaceId, Unit, UnitId};
use qise::plan::{Call, Plan, Route, RouteStarts, Step, Visit};
use serde_json::Value;

use crate::time::Zone;

/// The colour of what belongs to no category: grey.
const PLAIN: &str = "#808080";

/// A plan as a feature collection: a line for each route, a point for each visit and each call at a depot, for each need that nobody
/// serves and for each that is handed to others; and one for each depot, with what is left there in the end.
///
/// The property `kind` is `route`, `visit`, `call`, `unserved`, `outsourced` or `depot`. Places without coordinates have features without geometry.
pub fn plan(problem: &Problem, zone: &Zone, plan: &Plan) -> String {
    let map = Map { problem, zone, starts: RouteStarts::of(problem, plan), crews: plan.crews() };
    let routes =
        plan.routes.iter().filter_map(|route| Some((problem.units().get(route.unit.index())?, route)));
    let mut features = Vec::new();
    for (unit, route) in routes {
        features.push(map.route(unit, route));
        features.extend(route.steps().enumerate().filter_map(|(order, step)| match step {
            Step::Visit(_, visit) => map.visit(unit, route.unit, order, visit),
            Step::Call(_, call) => map.call(unit, order, call),
        }));
    }
    features.extend(plan.unserved.iter().filter_map(|&need| map.unserved("unserved", need)));
    features.extend(plan.outsourced.iter().filter_map(|&need| map.unserved("outsourced", need)));
    features.extend(problem.depots().iter().enumerate().map(|(d, _)| map.depot(DepotId::new(d), plan)));
    FeatureCollection::new(features).to_string()
}

struct Map<'p> {
    problem: &'p Problem,
    zone: &'p Zone,
    starts: RouteStarts<'p>,
    crews: BTreeMap<NeedId, Vec<UnitId>>,
}

impl Map<'_> {
    fn position(&self, place: PlaceId) -> Option<Position> {
        self.problem.place(place).at.map(|at| Position::from([at.lon(), at.lat()]))
    }

    /// Where a visit is made; nothing for a stop that does not exist.
    fn stop(&self, visit: &Visit) -> Option<PlaceId> {
        let need = self.problem.needs().get(visit.need.index())?;
        need.stops.get(usize::from(visit.stop)).map(|stop| stop.place)
    }

    fn route(&self, unit: &Unit, route: &Route) -> Feature {
        let volunteer = self.problem.volunteer(unit.volunteer);
        let line = self
            .starts
            .places(route)
            .into_iter()
            .filter_map(|place| self.position(place))
            .collect::<Vec<_>>();
        let team = volunteer.teams.iter().find_map(|team| self.problem.teams()[team.index()].category);
        let mut properties = named("route", "volunteer", &volunteer.key, volunteer.name.as_deref());
        properties.insert("shift".into(), unit.shift.into());
        if let Some(vehicle) = unit.vehicle {
            properties.insert("vehicle".into(), self.problem.vehicle(vehicle).key.as_str().into());
        }
        if !route.company.is_empty() {
            let known = route.company.iter().filter_map(|other| self.problem.units().get(other.index()));
            let company = known.map(|other| self.problem.volunteer(other.volunteer).key.as_str());
            properties.insert("company".into(), company.collect::<Vec<_>>().into());
        }
        properties.insert("departure".into(), self.zone.format(route.departure).into());
        properties.insert("finish".into(), self.zone.format(route.finish).into());
        properties.insert("visits".into(), route.visits.len().into());
        if !route.calls.is_empty() {
            properties.insert("calls".into(), route.calls.len().into());
        }
        properties.insert("stroke".into(), self.colour(team).into());
        // A line has two points at least.
        feature((line.len() >= 2).then(|| Geometry::new_line_string(line)), properties)
    }

    fn visit(&self, unit: &Unit, id: UnitId, index: usize, visit: &Visit) -> Option<Feature> {
        let (mut properties, _) = self.need("visit", visit.need)?;
        let geometry = self.stop(visit).and_then(|place| self.position(place)).map(Geometry::new_point);
        if self.problem.need(visit.need).is_ride() {
            properties.insert("stop".into(), visit.stop.into());
        }
        properties.insert("volunteer".into(), self.problem.volunteer(unit.volunteer).key.as_str().into());
        properties.insert("order".into(), (index + 1).into());
        if let Some(crew) = self.crews.get(&visit.need) {
            let known = crew
                .iter()
                .filter(|&&other| other != id)
                .filter_map(|other| self.problem.units().get(other.index()));
            let others = known.map(|other| self.problem.volunteer(other.volunteer).key.as_str());
            properties.insert("role".into(), visit.role.into());
            properties.insert("with".into(), others.collect::<Vec<_>>().into());
        }
        for (name, time) in [("arrival", visit.arrival), ("start", visit.start), ("end", visit.end)] {
            properties.insert(name.into(), self.zone.format(time).into());
        }
        Some(feature(geometry, properties))
    }

    fn call(&self, unit: &Unit, index: usize, call: &Call) -> Option<Feature> {
        let depot = self.problem.depots().get(call.depot.index())?;
        let mut properties = named("call", "depot", &depot.key, depot.name.as_deref());
        properties.insert("volunteer".into(), self.problem.volunteer(unit.volunteer).key.as_str().into());
        properties.insert("order".into(), (index + 1).into());
        for (name, time) in [("arrival", call.arrival), ("start", call.start), ("end", call.end)] {
            properties.insert(name.into(), self.zone.format(time).into());
        }
        properties.insert("takes".into(), self.amounts(&call.takes));
        properties.insert("gives".into(), self.amounts(&call.gives));
        properties.insert("marker-symbol".into(), "warehouse".into());
        Some(feature(self.position(depot.place).map(Geometry::new_point), properties))
    }

    /// A depot, with what is left of each kind of which it keeps so many: less than nothing where more was taken.
    fn depot(&self, id: DepotId, plan: &Plan) -> Feature {
        let depot = self.problem.depot(id);
        let mut properties = named("depot", "depot", &depot.key, depot.name.as_deref());
        let calls = plan.routes.iter().flat_map(|route| &route.calls).filter(|call| call.depot == id);
        let calls = calls.collect::<Vec<_>>();
        let moved = |pick: fn(&Call) -> &[Amount], good: GoodId| {
            let all = calls.iter().flat_map(|call| pick(call)).filter(|amount| amount.good == good);
            all.fold(0_i64, |sum, amount| sum.saturating_add(amount.amount))
        };
        let left = depot.stocks.iter().filter_map(|stock| {
            let came = stock.restocks.iter().map(|restock| restock.amount).sum::<i64>();
            let given = moved(|call| &call.gives, stock.good);
            let there = (stock.amount? + came).saturating_add(given);
            let left = there.saturating_sub(moved(|call| &call.takes, stock.good));
            Some((self.problem.good(stock.good).key.clone(), left.into()))
        });
        properties.insert("left".into(), Value::Object(left.collect()));
        properties.insert("marker-symbol".into(), "warehouse".into());
        feature(self.position(depot.place).map(Geometry::new_point), properties)
    }

    /// Amounts by the ids of goods.
    fn amounts(&self, amounts: &[Amount]) -> Value {
        let known = amounts.iter().filter_map(|amount| {
            let good = self.problem.goods().get(amount.good.index())?;
            Some((good.key.clone(), amount.amount.into()))
        });
        Value::Object(known.collect())
    }

    fn unserved(&self, kind: &str, need: NeedId) -> Option<Feature> {
        let (mut properties, geometry) = self.need(kind, need)?;
        properties.insert("marker-symbol".into(), "cross".into());
        Some(feature(geometry, properties))
    }

    /// What every point of a need says; nothing for a need that does not exist.
    fn need(&self, kind: &str, id: NeedId) -> Option<(JsonObject, Option<Geometry>)> {
        let need = self.problem.needs().get(id.index())?;
        let mut properties = named(kind, "need", &need.key, need.name.as_deref());
        if let Some(category) = need.category {
            properties
                .insert("category".into(), self.problem.categories()[category.index()].key.as_str().into());
        }
        properties.insert("priority".into(), need.priority.into());
        properties.insert("marker-color".into(), self.colour(need.category).into());
        Some((properties, self.position(self.problem.need_place(id)).map(Geometry::new_point)))
    }

    fn colour(&self, category: Option<CategoryId>) -> &str {
        category.map_or(PLAIN, |category| &self.problem.categories()[category.index()].colour)
    }
}

fn named(kind: &str, what: &str, key: &str, name: Option<&str>) -> JsonObject {
    let mut properties = JsonObject::new();
    properties.insert("kind".into(), kind.into());
    properties.insert(what.into(), key.into());
    properties.insert("name".into(), name.map_or(Value::Null, Into::into));
    properties
}

fn feature(geometry: Option<Geometry>, properties: JsonObject) -> Feature {
    Feature { geometry, properties: Some(properties), ..Feature::default() }
}
