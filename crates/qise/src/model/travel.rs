//! How people move: profiles, slow-downs, the caller's own matrices.

use super::{AreaId, PlaceId, ProfileId, Time};

/// A way of moving, shared by the people who move so.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Where times and distances come from.
    pub rule: TravelRule,
}

impl Profile {
    /// A profile without a name.
    pub fn new(key: impl Into<String>, rule: TravelRule) -> Self {
        Self { key: key.into(), name: None, rule }
    }
}

/// Where the times and distances of a profile come from.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TravelRule {
    /// Great circle × detour, at a constant speed. Needs coordinates.
    GreatCircle {
        /// Speed along the detoured line, in metres an hour.
        metres_per_hour: u32,
        /// Road length over straight length, in thousandths (1300: a third longer than the crow flies).
        detour_permille: u32,
        /// How fractions of seconds and metres become whole.
        rounding: Rounding,
    },
    /// A table that the caller brings; it may be asymmetric.
    Matrix(TravelMatrix),
}

impl TravelRule {
    /// Great circle × detour at a constant speed, rounded up: `great_circle(35_000, 1300)` is 35 km/h on roads a third longer than the
    /// crow flies.
    pub fn great_circle(metres_per_hour: u32, detour_permille: u32) -> Self {
        Self::GreatCircle { metres_per_hour, detour_permille, rounding: Rounding::Up }
    }
}

/// How a fraction of a second or metre becomes whole.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Up: nobody is promised sooner than they can be. Keeps the triangle inequality.
    #[default]
    Up,
    /// To the nearest, as some benchmarks define it.
    Nearest,
}

/// A square table of times and distances between some places.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelMatrix {
    /// The places of rows and columns, in order.
    pub places: Vec<PlaceId>,
    /// Seconds from row to column, row by row; [`TravelMatrix::NO_WAY`] where there is no way.
    pub seconds: Vec<u32>,
    /// Metres from row to column, row by row.
    pub metres: Vec<u32>,
}

impl TravelMatrix {
    /// The entry for a pair that nobody can travel.
    pub const NO_WAY: u32 = u32::MAX;

    /// A table between these places, row by row, from each to each in their order.
    pub fn new(
        places: impl IntoIterator<Item = impl Into<PlaceId>>,
        seconds: Vec<u32>,
        metres: Vec<u32>,
    ) -> Self {
        Self { places: places.into_iter().map(Into::into).collect(), seconds, metres }
    }
}

/// A spell of slow roads: snow, dust, floods.
///
/// It holds for every route whose shift starts within `[from, to)`. A leg takes the larger factor of its two ends; where
/// several slow-downs meet in one place, the largest counts.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slowdown {
    /// The areas concerned; empty: everywhere.
    pub areas: Vec<AreaId>,
    /// The profiles concerned; empty: all.
    pub profiles: Vec<ProfileId>,
    /// First moment.
    pub from: Time,
    /// End, itself outside.
    pub to: Time,
    /// Travel times are multiplied by this, in thousandths; at least 1000.
    pub factor_permille: u32,
}

impl Slowdown {
    /// Slow roads everywhere and for everybody.
    pub fn new(from: Time, to: Time, factor_permille: u32) -> Self {
        Self { areas: Vec::new(), profiles: Vec::new(), from, to, factor_permille }
    }
}
