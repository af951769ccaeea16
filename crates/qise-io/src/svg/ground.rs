//! From degrees to pixels: equirectangular, true to scale at the middle latitude.

use std::collections::BTreeMap;

/// Longitude and latitude in degrees.
pub(super) type Point = (f64, f64);

/// Length of a degree of latitude on a sphere of 6371 km, in metres.
const METRES_PER_DEGREE: f64 = 111_195.0;
/// No side of a panel shows less than this, in metres: a village is no point.
const LEAST_M: f64 = 800.0;
/// Room around what is shown, in pixels.
const MARGIN: f64 = 26.0;
/// Points within a square of this side, in pixels, cannot be told apart.
const CELL: f64 = 24.0;

/// A piece of land in degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Extent {
    /// The smallest extent that holds these points; `None` if there is none.
    pub(super) fn around(points: &[Point]) -> Option<Self> {
        let &(lon, lat) = points.first()?;
        let first = Self { west: lon, south: lat, east: lon, north: lat };
        Some(points.iter().fold(first, |all, &(lon, lat)| Self {
            west: all.west.min(lon),
            south: all.south.min(lat),
            east: all.east.max(lon),
            north: all.north.max(lat),
        }))
    }

    /// Whether it holds a point.
    pub(super) fn holds(&self, (lon, lat): Point) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    fn middle(&self) -> Point {
        (f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north))
    }
}

/// A panel of `width` × `height` pixels that shows an extent.
pub(super) struct Ground {
    pub(super) width: f64,
    pub(super) height: f64,
    middle: Point,
    /// Length of a degree of longitude by that of a degree of latitude.
    shrink: f64,
    /// Pixels per degree of latitude.
    scale: f64,
}

impl Ground {
    pub(super) fn new(extent: &Extent, width: f64, height: f64) -> Self {
        let middle = extent.middle();
        // The same bits on every machine.
        let shrink = libm::cos(middle.1.to_radians()).max(0.01);
        let least = LEAST_M / METRES_PER_DEGREE;
        let across = ((extent.east - extent.west) * shrink).max(least);
        let up = (extent.north - extent.south).max(least);
        let scale = ((width - 2.0 * MARGIN) / across).min((height - 2.0 * MARGIN) / up);
        Self { width, height, middle, shrink, scale }
    }

    /// Where a point lies in the panel, in pixels from its left and its top.
    pub(super) fn pixel(&self, (lon, lat): Point) -> Point {
        let x = self.width / 2.0 + (lon - self.middle.0) * self.shrink * self.scale;
        let y = self.height / 2.0 - (lat - self.middle.1) * self.scale;
        (x, y)
    }

    /// Whether a point lies in the panel.
    pub(super) fn shows(&self, point: Point) -> bool {
        let (x, y) = self.pixel(point);
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// A scale bar: its length in pixels and in metres, which are 1, 2 or 5 times a power of ten.
    pub(super) fn bar(&self) -> (f64, u64) {
        let most = METRES_PER_DEGREE / self.scale * self.width / 5.0;
        let lengths = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
        let metres = lengths.take_while(|&metres| metres as f64 <= most).last().unwrap_or(1);
        (metres as f64 * self.scale / METRES_PER_DEGREE, metres)
    }

    /// The piece of land on which most of these points cannot be told apart; `None` if fewer than `least` crowd anywhere.
    pub(super) fn crowd(&self, points: &[Point], least: usize) -> Option<Extent> {
        let mut cells: BTreeMap<(i64, i64), Vec<Point>> = BTreeMap::new();
        for &point in points {
            let (x, y) = self.pixel(point);
            cells.entry(((x / CELL).floor() as i64, (y / CELL).floor() as i64)).or_default().push(point);
        }
        let (&(column, row), _) = cells.iter().max_by_key(|(_, inside)| inside.len())?;
        let around = (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r)));
        let crowd = around.filter_map(|cell| cells.get(&cell)).flatten().copied().collect::<Vec<_>>();
        if crowd.len() < least {
            return None;
        }
        Extent::around(&self.core(crowd))
    }

    /// The nine tenths of a crowd that are nearest to its middle.
    fn core(&self, mut crowd: Vec<Point>) -> Vec<Point> {
        let middle = (median(crowd.iter().map(|point| point.0)), median(crowd.iter().map(|point| point.1)));
        let away = |point: &Point| {
            let (x, y) = ((point.0 - middle.0) * self.shrink, point.1 - middle.1);
            x * x + y * y
        };
        crowd.sort_by(|a, b| away(a).total_cmp(&away(b)));
        crowd.truncate((crowd.len() * 9).div_ceil(10));
        crowd
    }
}

/// The value in the middle; there is one at least.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values = values.collect::<Vec<_>>();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The longitude within 180° of a meridian, so that nothing is torn apart at the date line.
pub(super) fn near(lon: f64, meridian: f64) -> f64 {
    (lon - meridian + 540.0).rem_euclid(360.0) - 180.0 + meridian
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_holds_its_extent_and_is_true_to_scale() {
        let extent = Extent::around(&[(100.0, 60.0), (102.0, 61.0)]).expect("two points");
        let ground = Ground::new(&extent, 400.0, 300.0);
        assert!(ground.shows((100.0, 60.0)) && ground.shows((102.0, 61.0)));
        assert!(!ground.shows((90.0, 60.0)));
        let ((x, y), (east, _), (_, north)) =
            (ground.pixel((101.0, 60.5)), ground.pixel((102.0, 60.5)), ground.pixel((101.0, 61.5)));
        // At 60.5° a degree of longitude is 0.4924 of one of latitude.
        assert!(((east - x) / (y - north) - 0.4924).abs() < 1e-3);
        let (pixels, metres) = ground.bar();
        assert_eq!(metres, 20_000);
        assert!((pixels / (y - north) - 20_000.0 / METRES_PER_DEGREE).abs() < 1e-9);
    }

    #[test]
    fn a_town_is_found_where_most_points_lie_on_each_other() {
        let town = (0..30).map(|i| (105.0 + 0.001 * f64::from(i % 6), 38.0 + 0.001 * f64::from(i / 6)));
        let country = (0..10).map(|i| (100.0 + f64::from(i), 40.0));
        let points = town.chain(country).collect::<Vec<_>>();
        let ground = Ground::new(&Extent::around(&points).expect("points"), 480.0, 400.0);
        let found = ground.crowd(&points, 10).expect("thirty points in half a kilometre");
        assert!(found.holds((105.002, 38.002)) && !found.holds((105.0, 40.0)));
        assert!(ground.crowd(&points, 31).is_none());
    }

    #[test]
    fn nothing_is_torn_apart_at_the_date_line() {
        assert!((near(-179.5, 179.0) - 180.5).abs() < 1e-9);
        assert!((near(105.0, 101.0) - 105.0).abs() < 1e-9);
    }
}
