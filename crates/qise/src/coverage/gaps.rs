//! Where the gaps are.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::layer::Layer;
use crate::model::{EARTH_RADIUS_M, LatLon, Metres, PlaceId, Problem, great_circle};

/// A piece of land where much is not covered.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The points there of which something is not covered, the worst first.
    pub points: Vec<usize>,
    /// What is not covered there, over moments and asks: mass × weight.
    pub missed: u128,
    /// What was asked there.
    pub asked: u128,
    /// Where the worst point is.
    pub at: Option<LatLon>,
    /// The place with a name that is nearest to it, and how far it is as the crow flies.
    pub near: Option<(PlaceId, Metres)>,
}

/// The pieces of land of about so many metres each way of which most is not covered within a limit, the worst first, `most` of them;
/// equal ones from the south to the north and from west to east.
///
/// # Panics
/// Where the layer has no limit of this number.
pub fn gaps(problem: &Problem, layer: &Layer, limit: usize, metres: u32, most: usize) -> Vec<Gap> {
    assert!(limit < layer.limits.len(), "the layer has no limit number {limit}");
    let high = (f64::from(metres.max(1)) / EARTH_RADIUS_M).to_degrees();
    let block = |at: LatLon| {
        let row = (at.lat() / high).floor();
        let shrink = libm::cos(((row + 0.5) * high).to_radians()).max(1e-6);
        (row as i64, (at.lon() * shrink / high).floor() as i64)
    };
    let mut blocks = BTreeMap::<Option<(i64, i64)>, Gap>::new();
    for n in 0..layer.len() {
        let at = layer.at[n].at(problem);
        let gap = blocks.entry(at.map(block)).or_insert_with(|| Gap {
            points: Vec::new(),
            missed: 0,
            asked: 0,
            at: None,
            near: None,
        });
        let missed = layer.missed(n, limit);
        gap.asked += u128::from(layer.masses[n]) * u128::from(layer.point(n).0);
        gap.missed += missed;
        if missed > 0 {
            gap.points.push(n);
        }
    }
    let mut gaps = blocks.into_values().filter(|gap| gap.missed > 0).collect::<Vec<_>>();
    gaps.sort_by_key(|gap| Reverse(gap.missed));
    gaps.truncate(most);
    for gap in &mut gaps {
        gap.points.sort_by_key(|&n| (Reverse(layer.missed(n, limit)), n));
        gap.at = layer.at[gap.points[0]].at(problem);
        gap.near = gap.at.and_then(|at| nearest_name(problem, at));
    }
    gaps
}

/// The place with a name that is nearest to a point.
fn nearest_name(problem: &Problem, at: LatLon) -> Option<(PlaceId, Metres)> {
    let named = problem.places().iter().enumerate().filter(|(_, place)| place.name.is_some());
    let away = named.filter_map(|(n, place)| Some((great_circle(at, place.at?), PlaceId::new(n))));
    away.min().map(|(metres, place)| (place, metres))
}
