//! Plans as maps: GeoJSON (RFC 7946) in WGS-84, with the colours that map viewers know (`stroke`, `marker-color`).

use std::collections::BTreeMap;

use geojson::{Feature, FeatureCollection, Geometry, JsonObject, Position};
use qise::Problem;
use qise::model::{CategoryId, NeedId, PlaceId, Unit, UnitId};
use qise::plan::{Plan, Route, Visit};
use serde_json::Value;

use crate::time::Zone;

/// The colour of what belongs to no category: grey.
const PLAIN: &str = "#808080";

/// A plan as a feature collection: a line for each route, a point for each visit, for each need that nobody serves and for
/// each that is handed to others.
///
/// The property `kind` is `route`, `visit`, `unserved` or `outsourced`. Places without coordinates have features without geometry.
pub fn plan(problem: &Problem, zone: &Zone, plan: &Plan) -> String {
    let map = Map { problem, zone, crews: plan.crews() };
    let routes =
        plan.routes.iter().filter_map(|route| Some((problem.units().get(route.unit.index())?, route)));
    let mut features = Vec::new();
    for (unit, route) in routes {
        features.push(map.route(unit, route));
        features.extend(
            route.visits.iter().enumerate().filter_map(|(v, visit)| map.visit(unit, route.unit, v, visit)),
        );
    }
    features.extend(plan.unserved.iter().filter_map(|&need| map.unserved("unserved", need)));
    features.extend(plan.outsourced.iter().filter_map(|&need| map.unserved("outsourced", need)));
    FeatureCollection::new(features).to_string()
}

struct Map<'p> {
    problem: &'p Problem,
    zone: &'p Zone,
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
        let stops = route.visits.iter().filter_map(|visit| self.stop(visit));
        let places = [unit.from].into_iter().chain(stops).chain(unit.to);
        let line = places.filter_map(|place| self.position(place)).collect::<Vec<_>>();
        let team = volunteer.teams.iter().find_map(|team| self.problem.teams()[team.index()].category);
        let mut properties = named("route", "volunteer", &volunteer.key, volunteer.name.as_deref());
        properties.insert("shift".into(), unit.shift.into());
        if !route.company.is_empty() {
            let known = route.company.iter().filter_map(|other| self.problem.units().get(other.index()));
            let company = known.map(|other| self.problem.volunteer(other.volunteer).key.as_str());
            properties.insert("company".into(), company.collect::<Vec<_>>().into());
        }
        properties.insert("departure".into(), self.zone.format(route.departure).into());
        properties.insert("finish".into(), self.zone.format(route.finish).into());
        properties.insert("visits".into(), route.visits.len().into());
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
