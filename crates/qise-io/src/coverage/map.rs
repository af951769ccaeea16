//! A report as a map: GeoJSON (RFC 7946) in WGS-84, with the colours that map viewers know.

use geojson::{Feature, FeatureCollection, Geometry, JsonObject, Position};
use qise::Problem;
use qise::coverage::{Cell, Layer, Measure};
use qise::model::LatLon;
use serde_json::Value;

use super::Report;

/// The steps of a share: nothing, less than a quarter, and so on to everything.
const COLOURS: [&str; 6] = ["#a50026", "#f46d43", "#fdae61", "#d9ef8b", "#66bd63", "#006837"];

impl Report {
    /// Needs and residents as points; land as strips of cells that are covered alike; gaps and new sites as points.
    ///
    /// The property `kind` is `need`, `residents`, `area`, `gap` or `site`, `covered` the share within the minutes by which the map goes: of
    /// strips the least share of their step (0, above 0, 0.25, 0.5, 0.75, 1).
    pub fn to_geojson(&self, problem: &Problem) -> String {
        let mut features = Vec::new();
        for (layer, gaps) in self.layers.iter().zip(&self.gaps) {
            match layer.measure {
                Measure::Land => features.extend(self.strips(layer)),
                Measure::Needs | Measure::Residents => features.extend(self.points(problem, layer)),
            }
            for (rank, gap) in gaps.iter().enumerate() {
                let mut properties = kind("gap");
                properties.insert("measure".into(), layer.measure.as_str().into());
                properties.insert("rank".into(), (rank + 1).into());
                let near = gap.near.map(|(place, _)| problem.place(place));
                let near = near.map(|place| place.name.clone().unwrap_or_else(|| place.key.clone()));
                properties.insert("near".into(), near.into());
                properties.insert("marker-color".into(), COLOURS[0].into());
                properties.insert("marker-symbol".into(), "danger".into());
                features.push(feature(gap.at.map(point), properties));
            }
        }
        if let Some(placed) = &self.placed {
            for (rank, chosen) in placed.placement.chosen.iter().enumerate() {
                let (name, at) = &placed.candidates[chosen.candidate];
                let mut properties = kind("site");
                properties.insert("name".into(), name.clone().into());
                properties.insert("rank".into(), (rank + 1).into());
                properties.insert("marker-color".into(), "#1f6fb5".into());
                properties.insert("marker-symbol".into(), "star".into());
                features.push(feature(at.at(problem).map(point), properties));
            }
        }
        FeatureCollection::new(features).to_string()
    }

    fn share(&self, layer: &Layer, n: usize) -> Option<f64> {
        let (asked, covered) = layer.point(n);
        (asked > 0).then(|| covered[self.within] as f64 / asked as f64)
    }

    fn points<'a>(&'a self, problem: &'a Problem, layer: &'a Layer) -> impl Iterator<Item = Feature> + 'a {
        (0..layer.len()).filter_map(move |n| {
            let share = self.share(layer, n)?;
            let mut properties = if let Some(&need) = layer.needs.get(n) {
                let need = problem.need(need);
                let mut properties = kind("need");
                properties.insert("need".into(), need.key.clone().into());
                properties.insert("name".into(), need.name.clone().into());
                let category = need.category.map(|id| problem.categories()[id.index()].key.clone());
                properties.insert("category".into(), category.into());
                properties
            } else {
                let mut properties = kind("residents");
                properties.insert("residents".into(), layer.masses[n].into());
                properties
            };
            properties.insert("covered".into(), share.into());
            properties.insert("marker-color".into(), COLOURS[step(share)].into());
            Some(feature(layer.at[n].at(problem).map(point), properties))
        })
    }

    /// Cells that lie side by side in a row and are covered alike, as one.
    fn strips(&self, layer: &Layer) -> Vec<Feature> {
        let step_of = |n: usize| self.share(layer, n).map(step);
        let next_to = |a: &Cell, b: &Cell| {
            a.index.0 == b.index.0 && a.index.1 + 1 == b.index.1 && a.middle.lon() < b.middle.lon()
        };
        let mut features = Vec::new();
        let mut first = 0;
        for n in 1..=self.cells.len() {
            let goes_on = n < self.cells.len()
                && next_to(&self.cells[n - 1], &self.cells[n])
                && step_of(n - 1) == step_of(n);
            if goes_on {
                continue;
            }
            if let Some(step) = step_of(first) {
                let area = self.cells[first..n].iter().map(|cell| cell.area_m2).sum::<u64>();
                let mut properties = kind("area");
                properties.insert("covered".into(), [0.0, 0.000_001, 0.25, 0.5, 0.75, 1.0][step].into());
                properties.insert("km2".into(), ((area as f64 / 1e4).round() / 100.0).into());
                properties.insert("fill".into(), COLOURS[step].into());
                properties.insert("stroke-width".into(), 0.into());
                features.push(feature(Some(strip(&self.cells[first], &self.cells[n - 1])), properties));
            }
            first = n;
        }
        features
    }
}

/// Which step of the colours a share is.
fn step(share: f64) -> usize {
    if share >= 1.0 {
        5
    } else if share <= 0.0 {
        0
    } else {
        1 + (share * 4.0) as usize
    }
}

/// The land from one cell to another of the same row.
fn strip(first: &Cell, last: &Cell) -> Geometry {
    let (south, north) = (first.middle.lat() - first.half.0, first.middle.lat() + first.half.0);
    let (west, east) = (first.middle.lon() - first.half.1, last.middle.lon() + last.half.1);
    // A millionth of a degree is a tenth of a metre.
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    Geometry::new_polygon([corners.map(|(lon, lat)| Position::from([round(lon), round(lat)])).to_vec()])
}

fn point(at: LatLon) -> Geometry {
    Geometry::new_point(Position::from([at.lon(), at.lat()]))
}

fn kind(kind: &str) -> JsonObject {
    let mut properties = JsonObject::new();
    properties.insert("kind".into(), Value::from(kind));
    properties
}

fn feature(geometry: Option<Geometry>, properties: JsonObject) -> Feature {
    Feature { geometry, properties: Some(properties), ..Feature::default() }
}
