//! From degrees to pixels: equirectangular, true to scale at the middle latitude of each panel.

use crate::scene::Point;

/// Length of a degree of latitude on a sphere of 6371 km, in metres.
pub(crate) const METRES_PER_DEGREE: f64 = 111_195.0;
/// No panel shows less than this across, in metres: a village is no point.
const LEAST_M: f64 = 800.0;
/// Room around what is shown, in pixels.
const MARGIN: f64 = 22.0;

/// A piece of land in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

impl Extent {
    /// The smallest extent that holds these points and is no point itself; `None` if there is none.
    pub(crate) fn around(points: &[Point]) -> Option<Self> {
        let &(lon, lat) = points.first()?;
        let first = Self { west: lon, south: lat, east: lon, north: lat };
        let all = points.iter().fold(first, |all, &(lon, lat)| Self {
            west: all.west.min(lon),
            south: all.south.min(lat),
            east: all.east.max(lon),
            north: all.north.max(lat),
        });
        let least = LEAST_M / METRES_PER_DEGREE;
        let up = (least - (all.north - all.south)).max(0.0) / 2.0;
        let across = (least / all.shrink() - (all.east - all.west)).max(0.0) / 2.0;
        Some(Self {
            west: all.west - across,
            south: all.south - up,
            east: all.east + across,
            north: all.north + up,
        })
    }

    /// How much shorter a degree of longitude is in the middle than a degree of latitude.
    fn shrink(&self) -> f64 {
        f64::midpoint(self.south, self.north).to_radians().cos().max(0.01)
    }

    /// Whether it holds a point.
    pub(crate) fn holds(&self, (lon, lat): Point) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    /// Width by height, on the ground.
    pub(crate) fn shape(&self) -> f64 {
        ((self.east - self.west) * self.shrink()).max(1e-9) / (self.north - self.south).max(1e-9)
    }

    /// Its middle.
    pub(crate) fn middle(&self) -> Point {
        (f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north))
    }
}

/// A panel that shows an extent, with a margin around.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground {
    pub(crate) width: f64,
    pub(crate) height: f64,
    middle: Point,
    shrink: f64,
    /// Pixels to the degree of latitude.
    scale: f64,
}

impl Ground {
    /// A panel of so many pixels.
    pub(crate) fn new(extent: &Extent, width: f64, height: f64) -> Self {
        let shrink = extent.shrink();
        let across = ((extent.east - extent.west) * shrink).max(1e-9);
        let up = (extent.north - extent.south).max(1e-9);
        let scale = ((width - 2.0 * MARGIN) / across).min((height - 2.0 * MARGIN) / up);
        Self { width, height, middle: extent.middle(), shrink, scale }
    }

    /// Where a point lies in the panel.
    pub(crate) fn pixel(&self, (lon, lat): Point) -> (f64, f64) {
        let x = self.width / 2.0 + (lon - self.middle.0) * self.shrink * self.scale;
        (x, self.height / 2.0 - (lat - self.middle.1) * self.scale)
    }

    /// Whether a point lies in the panel.
    pub(crate) fn shows(&self, point: Point) -> bool {
        let (x, y) = self.pixel(point);
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// Metres to the pixel.
    pub(crate) fn metres(&self) -> f64 {
        METRES_PER_DEGREE / self.scale
    }

    /// Length in pixels and words of a scale bar: 1, 2 or 5 of a power of ten.
    pub(crate) fn bar(&self) -> (f64, String) {
        let most = self.metres() * (self.width * 0.22).min(130.0);
        let power = 10_f64.powf(most.log10().floor());
        let steps = [5.0, 2.0, 1.0].map(|step| step * power);
        let length = steps.into_iter().find(|&length| length <= most).unwrap_or(power);
        let words = if length >= 1000.0 { format!("{} km", length / 1000.0) } else { format!("{length} m") };
        (length / self.metres(), words)
    }
}

/// The point with its longitude within 180° of a meridian.
pub(crate) fn near((lon, lat): Point, meridian: f64) -> Point {
    ((lon - meridian + 540.0).rem_euclid(360.0) - 180.0 + meridian, lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bar_is_round_and_fits() {
        let land = Extent::around(&[(105.0, 38.0), (106.0, 39.0)]).expect("points");
        let ground = Ground::new(&land, 960.0, 400.0);
        assert_eq!(ground.bar().1, "20 km");
        assert!(ground.bar().0 <= 130.0);
        assert!(ground.shows((105.5, 38.5)) && !ground.shows((110.0, 38.5)));
    }

    #[test]
    fn a_village_and_a_pole_are_no_points() {
        for lat in [0.0, 90.0, -90.0] {
            let spot = Extent::around(&[(12.0, lat)]).expect("a point");
            let (x, y) = Ground::new(&spot, 400.0, 300.0).pixel((12.0, lat));
            assert!((x - 200.0).abs() < 1e-6 && (y - 150.0).abs() < 1e-6);
        }
        assert!(Extent::around(&[]).is_none());
    }

    #[test]
    fn the_date_line_is_no_gap() {
        assert!((near((-179.9, 0.0), 179.9).0 - 180.1).abs() < 1e-9);
    }
}
