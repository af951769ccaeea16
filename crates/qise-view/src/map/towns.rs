//! Towns that are a dot on the whole land, and get a panel of their own.

use std::collections::BTreeMap;

use super::ground::{Extent, Ground, METRES_PER_DEGREE, near};
use crate::scene::{Point, Scene};

/// Points within so many pixels of each other cannot be told apart.
const RADIUS: f64 = 20.0;
/// So many towns get a panel.
const MOST: usize = 3;
/// A town has at least one in so many needs, and no fewer than [`LEAST`].
const SHARE: usize = 25;
const LEAST: usize = 6;

/// A town.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    /// What stands for it on the whole land.
    pub(crate) letter: char,
    /// The place in it where most people live.
    pub(crate) name: String,
    /// Its land.
    pub(crate) extent: Extent,
    /// How many needs it has.
    pub(crate) count: usize,
}

/// The towns of some needs, as far as they cannot be told apart on the ground.
pub(crate) fn towns(scene: &Scene, ground: &Ground, needs: &[Point], meridian: f64) -> Vec<Town> {
    let least = LEAST.max(needs.len() / SHARE);
    let mut towns = Vec::new();
    for crowd in crowds(needs, ground, least) {
        let crowd = core(&crowd);
        let Some(extent) = Extent::around(&crowd) else { continue };
        let middle = extent.middle();
        let places = scene.places.iter().map(|(at, name, residents)| (near(*at, meridian), name, *residents));
        let away = |at: Point| (at.0 - middle.0).abs() + (at.1 - middle.1).abs();
        let mut inside = places.filter(|place| extent.holds(place.0)).collect::<Vec<_>>();
        inside.sort_by(|a, b| b.2.cmp(&a.2).then(away(a.0).total_cmp(&away(b.0))));
        let name = inside.first().map_or_else(String::new, |place| place.1.clone());
        let letter = char::from(b'A' + towns.len() as u8);
        towns.push(Town { letter, name, extent, count: crowd.len() });
    }
    towns
}

/// Points that cannot be told apart: discs with at least `least` of them, the fullest first.
fn crowds(points: &[Point], ground: &Ground, least: usize) -> Vec<Vec<Point>> {
    let cell = |(x, y): (f64, f64)| ((x / RADIUS).floor() as i64, (y / RADIUS).floor() as i64);
    let mut cells = BTreeMap::<(i64, i64), Vec<Point>>::new();
    for &point in points {
        cells.entry(cell(ground.pixel(point))).or_default().push(point);
    }
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some((&(column, row), core)) = cells.iter().max_by_key(|(at, points)| (points.len(), **at))
        else {
            break;
        };
        let count = core.len() as f64;
        let pixels = core.iter().map(|&point| ground.pixel(point));
        let (x, y) = pixels.fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x / count, sum.1 + y / count));
        let mut crowd = Vec::new();
        for at in (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r))) {
            let here = cells.remove(&at).unwrap_or_default();
            let is_near = |&point: &Point| {
                let (px, py) = ground.pixel(point);
                (px - x).hypot(py - y) <= RADIUS
            };
            let (inside, outside) = here.into_iter().partition::<Vec<_>, _>(is_near);
            crowd.extend(inside);
            if !outside.is_empty() && at != (column, row) {
                cells.insert(at, outside);
            }
        }
        if crowd.len() < least {
            break;
        }
        found.push(crowd);
    }
    found
}

/// Those of a crowd that stand together: the four fifths nearest to its middle, and who is hardly farther away.
fn core(crowd: &[Point]) -> Vec<Point> {
    let middle = |pick: fn(&Point) -> f64| {
        let mut sorted = crowd.iter().map(pick).collect::<Vec<_>>();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    };
    let (lon, lat) = (middle(|point| point.0), middle(|point| point.1));
    let shrink = lat.to_radians().cos();
    let away = |point: &Point| ((point.0 - lon) * shrink).hypot(point.1 - lat);
    let mut distances = crowd.iter().map(away).collect::<Vec<_>>();
    distances.sort_by(f64::total_cmp);
    let far = 1.5 * distances[(crowd.len() * 4 / 5).max(1) - 1] + 400.0 / METRES_PER_DEGREE;
    crowd.iter().copied().filter(|point| away(point) <= far).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_what_cannot_be_told_apart() {
        let mut points = (0..10).map(|n| (105.6 + f64::from(n) * 1e-3, 38.8)).collect::<Vec<_>>();
        points.extend([(100.0, 42.0), (101.0, 41.0)]);
        let ground = Ground::new(&Extent::around(&points).expect("points"), 480.0, 400.0);
        let found = crowds(&points, &ground, 6);
        assert_eq!((found.len(), found[0].len()), (1, 10));
        assert!(core(&found[0]).len() >= 8);
    }
}
