//! Where things are: coordinates, places, areas, residents.

use std::f64::consts::PI;

use super::{AreaId, Metres, PlaceId, Seconds};

/// A point on the globe in degrees, WGS-84. Other datums are converted at the border.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "(f64, f64)", try_from = "(f64, f64)"))]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLon {
    lat: f64,
    lon: f64,
}

/// Radius of the sphere on which distances are measured.
pub const EARTH_RADIUS_M: f64 = 6_371_000.0;

impl LatLon {
    /// A point, or nothing when it is not on the globe (outside ±90°, ±180°, or not a number).
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        // Adding zero turns the negative zero into the positive: one equator, one meridian of Greenwich.
        let point = Self { lat: lat + 0.0, lon: lon + 0.0 };
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(point)
    }

    /// Latitude in degrees, north positive.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude in degrees, east positive.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// The point as a vector of length one from the centre of the sphere.
    ///
    /// The straight line (chord) between two such vectors grows with the great-circle distance, so that nearest by
    /// chord is nearest on the globe, at the poles and across the date line too.
    pub fn to_unit_sphere(self) -> [f64; 3] {
        let (lat, lon) = (self.lat * PI / 180.0, self.lon * PI / 180.0);
        let around = libm::cos(lat);
        [around * libm::cos(lon), around * libm::sin(lon), libm::sin(lat)]
    }
}

impl From<LatLon> for (f64, f64) {
    fn from(point: LatLon) -> Self {
        (point.lat, point.lon)
    }
}

/// A latitude or longitude that is not on the globe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a latitude is from -90 to 90, a longitude from -180 to 180")]
pub struct NotOnGlobe;

/// Latitude and longitude in degrees.
impl TryFrom<(f64, f64)> for LatLon {
    type Error = NotOnGlobe;

    fn try_from((lat, lon): (f64, f64)) -> Result<Self, NotOnGlobe> {
        Self::new(lat, lon).ok_or(NotOnGlobe)
    }
}

/// The squared chord between two points of the unit sphere.
#[inline]
pub(crate) fn chord2(a: [f64; 3], b: [f64; 3]) -> f64 {
    let square = |axis: usize| (a[axis] - b[axis]) * (a[axis] - b[axis]);
    square(0) + square(1) + square(2)
}

/// Great-circle metres for a squared chord of the unit sphere.
///
/// The same bits on every machine: basic arithmetic, a series below a chord of 0.2 (about 1,275 km, where its error is
/// below 10⁻⁵ m) and a portable arcsine beyond.
#[inline]
pub(crate) fn chord2_to_metres(chord2: f64) -> f64 {
    let half2 = (chord2 / 4.0).min(1.0);
    let half = half2.sqrt();
    let angle = if half2 < 0.01 {
        let series = 1.0 / 6.0 + half2 * (3.0 / 40.0 + half2 * (15.0 / 336.0 + half2 * (105.0 / 3456.0)));
        half * (1.0 + half2 * series)
    } else {
        libm::asin(half)
    };
    2.0 * EARTH_RADIUS_M * angle
}

/// The squared chord that spans `metres` along a great circle; 4 (the whole globe) when it is half way round or more.
pub(crate) fn metres_to_chord2(metres: f64) -> f64 {
    let half_angle = metres / (2.0 * EARTH_RADIUS_M);
    if half_angle >= PI / 2.0 {
        4.0
    } else {
        let half = libm::sin(half_angle.max(0.0));
        4.0 * half * half
    }
}

/// Great-circle metres between two points.
pub(crate) fn great_circle_m(a: LatLon, b: LatLon) -> f64 {
    chord2_to_metres(chord2(a.to_unit_sphere(), b.to_unit_sphere()))
}

/// A place where somebody lives, waits or needs something.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Unique key; places that a document gives by bare coordinates get a key of their own.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Position; may be missing where every travel profile has a matrix.
    pub at: Option<LatLon>,
    /// The area it belongs to; found by outline when missing.
    pub area: Option<AreaId>,
    /// Time between arriving and being able to start (parking, gate, lift), due when one comes from another place.
    pub setup: Seconds,
}

impl Place {
    /// A place without a position, which only travel matrices know.
    pub fn unlocated(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: None, at: None, area: None, setup: Seconds::ZERO }
    }

    /// A place with nothing but a key and a position.
    pub fn new(key: impl Into<String>, at: LatLon) -> Self {
        Self { at: Some(at), ..Self::unlocated(key) }
    }
}

/// A named part of the land: a banner, a township, a desert crossed slowly.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Outer boundary; places inside that name no area belong to the first area that contains them.
    pub outline: Vec<LatLon>,
}

impl Area {
    /// An area without a name.
    pub fn new(key: impl Into<String>, outline: Vec<LatLon>) -> Self {
        Self { key: key.into(), name: None, outline }
    }

    /// The outline as a polygon in degrees.
    pub(crate) fn polygon(&self) -> geo::Polygon<f64> {
        let ring = self.outline.iter().map(|p| (p.lon(), p.lat())).collect::<Vec<_>>();
        geo::Polygon::new(geo::LineString::from(ring), Vec::new())
    }
}

/// Residents counted at one point, for coverage and equity.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Where they live.
    pub place: PlaceId,
    /// How many.
    pub residents: u32,
}

impl Population {
    /// So many residents at a place.
    pub fn new(place: impl Into<PlaceId>, residents: u32) -> Self {
        Self { place: place.into(), residents }
    }
}

/// The great-circle distance in whole metres, rounded up.
pub fn great_circle(a: LatLon, b: LatLon) -> Metres {
    Metres(great_circle_m(a, b).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> LatLon {
        LatLon::new(lat, lon).unwrap()
    }

    #[test]
    fn agrees_with_an_independent_haversine() {
        use geo::{Distance, HaversineMeasure};
        let sphere = HaversineMeasure::new(EARTH_RADIUS_M);
        let points = [
            at(38.8331, 105.6649),
            at(41.96, 101.07),
            at(-89.9, 12.0),
            at(0.0, 180.0),
            at(0.1, -179.9),
            at(38.8332, 105.6650),
        ];
        for a in points {
            for b in points {
                let theirs = sphere.distance(geo::Point::new(a.lon, a.lat), geo::Point::new(b.lon, b.lat));
                let ours = great_circle_m(a, b);
                assert!((ours - theirs).abs() < 1e-3, "{a:?} {b:?}: {ours} against {theirs}");
            }
        }
    }

    #[test]
    fn chord_and_metres_are_inverse() {
        for metres in [0.0, 1.0, 999.5, 25_000.0, 1_200_000.0, 1_400_000.0, 19_000_000.0] {
            let back = chord2_to_metres(metres_to_chord2(metres));
            assert!((back - metres).abs() < 1e-3 * (1.0 + metres / 1e6), "{metres} {back}");
        }
    }

    #[test]
    fn refuses_what_is_not_on_the_globe() {
        assert!(LatLon::new(90.1, 0.0).is_none());
        assert!(LatLon::new(0.0, f64::NAN).is_none());
        assert!(LatLon::new(0.0, -180.1).is_none());
        assert!(LatLon::new(-90.0, 180.0).is_some());
    }
}
