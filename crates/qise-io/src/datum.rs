//! Geodetic datums: WGS-84, and the two that Chinese maps use in its place.
//!
//! GCJ-02 ("Mars coordinates", used by `AMap` and Tencent) moves every point within China by up to some hundred metres; BD-09
//! (Baidu) moves GCJ-02 once more. Neither is published; the formulas are those that everybody uses since they were
//! recovered in 2013. Both hold inside a rough box around China: 72.004° to 137.8347° east, 0.8293° to 55.8271° north. A
//! coordinate outside that box, in whatever datum it is given, is taken as not shifted. Within some hundred metres of the
//! edge of the box the way there and back is therefore not exact; the edge lies in other countries and in the sea.
//!
//! Everything is computed with portable functions, so that the same document gives the same bits on every machine.

use std::f64::consts::PI;

use qise::model::LatLon;

/// The datum of the coordinates of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Datum {
    /// The datum of satellite navigation, and of everything inside the engine.
    #[default]
    Wgs84,
    /// 火星坐标: Chinese maps other than Baidu's.
    Gcj02,
    /// 百度坐标: Baidu maps.
    Bd09,
}

/// Semi-major axis of the ellipsoid of Krasovsky 1940, in metres.
const AXIS_M: f64 = 6_378_245.0;
/// Its squared eccentricity.
const ECCENTRICITY2: f64 = 0.006_693_421_622_965_943;
/// Wave number of the Baidu shift.
const BAIDU_WAVE: f64 = PI * 3000.0 / 180.0;

impl Datum {
    /// All datums.
    pub const ALL: &'static [Self] = &[Self::Wgs84, Self::Gcj02, Self::Bd09];

    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS-84",
            Self::Gcj02 => "GCJ-02",
            Self::Bd09 => "BD-09",
        }
    }

    /// A coordinate of this datum in WGS-84; exact to better than 10⁻⁹ degrees (a tenth of a millimetre).
    pub fn to_wgs84(self, at: LatLon) -> LatLon {
        let there = |point| match self {
            Self::Wgs84 => point,
            Self::Gcj02 => inverse(gcj02, point),
            Self::Bd09 => inverse(gcj02, inverse(bd09, point)),
        };
        within_china(at, there)
    }

    /// A coordinate of WGS-84 in this datum.
    pub fn from_wgs84(self, at: LatLon) -> LatLon {
        let there = |point| match self {
            Self::Wgs84 => point,
            Self::Gcj02 => gcj02(point),
            Self::Bd09 => bd09(gcj02(point)),
        };
        within_china(at, there)
    }
}

/// Longitude and latitude in degrees.
type Point = [f64; 2];

fn within_china(at: LatLon, there: impl Fn(Point) -> Point) -> LatLon {
    let inside = (72.004..=137.8347).contains(&at.lon()) && (0.8293..=55.8271).contains(&at.lat());
    if !inside {
        return at;
    }
    let [lon, lat] = there([at.lon(), at.lat()]);
    // Inside the box a shift of some hundred metres cannot leave the globe.
    LatLon::new(lat, lon).unwrap_or(at)
}

/// The point that `forward` takes to `point`, by fixed-point iteration: the shift hardly changes over its own length, so
/// that each step gains two digits or more.
fn inverse(forward: impl Fn(Point) -> Point, point: Point) -> Point {
    let mut guess = point;
    for _ in 0..20 {
        let there = forward(guess);
        let miss = [point[0] - there[0], point[1] - there[1]];
        guess = [guess[0] + miss[0], guess[1] + miss[1]];
        if miss[0].abs().max(miss[1].abs()) < 1e-12 {
            break;
        }
    }
    guess
}

fn gcj02([lon, lat]: Point) -> Point {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let sin = |v: f64| libm::sin(v * PI);
    let fine = 20.0 * sin(6.0 * x) + 20.0 * sin(2.0 * x);
    let root = libm::sqrt(x.abs());
    let shift_lat = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + (fine + 20.0 * sin(y) + 40.0 * sin(y / 3.0) + 160.0 * sin(y / 12.0) + 320.0 * sin(y / 30.0)) * 2.0
            / 3.0;
    let shift_lon = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + (fine + 20.0 * sin(x) + 40.0 * sin(x / 3.0) + 150.0 * sin(x / 12.0) + 300.0 * sin(x / 30.0)) * 2.0
            / 3.0;
    let radians = lat / 180.0 * PI;
    let sine = libm::sin(radians);
    let magic = 1.0 - ECCENTRICITY2 * sine * sine;
    let root = libm::sqrt(magic);
    [
        lon + shift_lon * 180.0 / (AXIS_M / root * libm::cos(radians) * PI),
        lat + shift_lat * 180.0 / (AXIS_M * (1.0 - ECCENTRICITY2) / (magic * root) * PI),
    ]
}

fn bd09([lon, lat]: Point) -> Point {
    let radius = libm::sqrt(lon * lon + lat * lat) + 0.000_02 * libm::sin(lat * BAIDU_WAVE);
    let angle = libm::atan2(lat, lon) + 0.000_003 * libm::cos(lon * BAIDU_WAVE);
    [radius * libm::cos(angle) + 0.0065, radius * libm::sin(angle) + 0.006]
}

#[cfg(test)]
mod tests {
    use qise::model::great_circle;

    use super::*;

    fn at(lon: f64, lat: f64) -> LatLon {
        LatLon::new(lat, lon).unwrap()
    }

    #[test]
    fn agrees_with_published_values() {
        let beijing = at(116.404, 39.915);
        let mars = Datum::Gcj02.from_wgs84(beijing);
        assert!((mars.lon() - 116.410_244_499_169_38).abs() < 1e-12, "{mars:?}");
        assert!((mars.lat() - 39.916_404_281_501_64).abs() < 1e-12, "{mars:?}");
        let baidu = Datum::Bd09.from_wgs84(at(0.0, 0.0));
        assert_eq!(baidu, at(0.0, 0.0));
        // GCJ-02 (116.404, 39.915) is BD-09 (116.41036949371029, 39.92133699351021).
        let [lon, lat] = bd09([116.404, 39.915]);
        assert!((lon - 116.410_369_493_710_29).abs() < 1e-12, "{lon}");
        assert!((lat - 39.921_336_993_510_21).abs() < 1e-12, "{lat}");
    }

    #[test]
    fn comes_back_to_the_millimetre() {
        let mut worst: f64 = 0.0;
        for i in 0..120 {
            for j in 0..90 {
                let here = at(73.0 + f64::from(i) * 0.5321, 3.0 + f64::from(j) * 0.5713);
                for &datum in Datum::ALL {
                    let back = datum.to_wgs84(datum.from_wgs84(here));
                    worst = worst.max((back.lon() - here.lon()).abs()).max((back.lat() - here.lat()).abs());
                }
            }
        }
        assert!(worst < 1e-9, "{worst}");
    }

    #[test]
    fn moves_alxa_by_hundreds_of_metres_and_nothing_abroad() {
        let alxa = at(105.664_883, 38.833_052);
        for datum in [Datum::Gcj02, Datum::Bd09] {
            let moved = great_circle(alxa, datum.from_wgs84(alxa)).0;
            assert!((200..2500).contains(&moved), "{datum:?} {moved}");
            for abroad in [at(2.35, 48.85), at(-70.0, -33.4), at(138.0, 35.0), at(72.0, 40.0)] {
                assert_eq!(datum.from_wgs84(abroad), abroad);
                assert_eq!(datum.to_wgs84(abroad), abroad);
            }
        }
    }
}
