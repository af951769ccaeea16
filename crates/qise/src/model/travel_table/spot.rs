//! Travel to bare points of the land, by the same arithmetic as between places.

use super::{Mode, NO_WAY, Rule, Travel, sphere_seconds};
use crate::model::place::{chord2, chord2_to_metres, metres_to_chord2};
use crate::model::{LatLon, Metres, ModeId, PlaceId, ProfileId, Seconds};

/// Somewhere on the land: a place of the problem, or a bare point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// On the unit sphere; the origin for a place without coordinates.
    pub(crate) point: [f64; 3],
    /// The place, where it is one.
    pub(crate) place: Option<PlaceId>,
    /// The slot of its area in the factors of a mode.
    slot: u32,
}

/// Squared chords around a spot: up to `inner` everything surely is within reach, beyond `outer` surely nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ring {
    pub(crate) inner: f64,
    pub(crate) outer: f64,
}

/// What a chord that was computed from metres may be off, relatively.
const HAIR: f64 = 1e-9;

impl Ring {
    /// Nothing is known.
    pub(crate) const UNKNOWN: Self = Self { inner: -1.0, outer: f64::INFINITY };

    /// Between the chords of two lengths, with a hair on either side.
    fn between(inner_m: f64, outer_m: f64) -> Self {
        Self {
            inner: metres_to_chord2(inner_m) * (1.0 - HAIR),
            outer: metres_to_chord2(outer_m) * (1.0 + HAIR),
        }
    }

    /// Where both hold.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { inner: self.inner.min(other.inner), outer: self.outer.min(other.outer) }
    }
}

impl Travel {
    /// A place of the problem.
    pub(crate) fn spot(&self, place: PlaceId) -> Spot {
        Spot { point: self.point(place), place: Some(place), slot: self.slots[place.index()] }
    }

    /// A bare point in the area with this number.
    pub(crate) fn bare_spot(at: LatLon, area: Option<crate::model::AreaId>) -> Spot {
        Spot { point: at.to_unit_sphere(), place: None, slot: area.map_or(0, |area| area.0 + 1) }
    }

    /// Whether it matters to some mode in which area a spot lies.
    pub(crate) fn has_slow_areas(&self) -> bool {
        self.modes.iter().any(|mode| !mode.slow_permille.is_empty())
    }

    /// Whether a profile goes by distance, so that it leads to bare points too; a matrix leads only to its places.
    pub(crate) fn goes_anywhere(&self, profile: ProfileId) -> bool {
        matches!(self.rules[profile.index()], Rule::Sphere { .. })
    }

    /// Travel time from one spot to another, the same as [`Travel::seconds`] between places; [`NO_WAY`] where there is no way.
    pub(crate) fn seconds_between(&self, mode: ModeId, from: &Spot, to: &Spot) -> Seconds {
        if let (Some(from), Some(to)) = (from.place, to.place) {
            return self.seconds(mode, from, to);
        }
        let mode = &self.modes[mode.0 as usize];
        match self.rules[mode.profile.index()] {
            Rule::Sphere { seconds_per_metre, rounding, .. } => {
                let slow = mode.slow(from.slot).max(mode.slow(to.slot));
                sphere_seconds(chord2(from.point, to.point), seconds_per_metre, slow, rounding)
            }
            Rule::Matrix { .. } => NO_WAY,
        }
    }

    /// Distance from one spot to another, the same as [`Travel::profile_metres`] between places; 0 where there is no way.
    pub(crate) fn metres_between(&self, profile: ProfileId, from: &Spot, to: &Spot) -> Metres {
        if let (Some(from), Some(to)) = (from.place, to.place) {
            return self.profile_metres(profile, from, to);
        }
        match self.rules[profile.index()] {
            Rule::Sphere { detour, rounding, .. } => {
                Metres(rounding.whole(chord2_to_metres(chord2(from.point, to.point)) * detour))
            }
            Rule::Matrix { .. } => Metres::ZERO,
        }
    }

    /// Around `from`: what takes at most `within` in a mode.
    pub(crate) fn time_ring(&self, mode: ModeId, from: &Spot, within: Seconds) -> Ring {
        let mode = &self.modes[mode.0 as usize];
        let Rule::Sphere { seconds_per_metre, .. } = self.rules[mode.profile.index()] else {
            return Ring::UNKNOWN;
        };
        // A leg is as slow as the slower of its ends.
        let least = f64::from(mode.slow(from.slot)) / 1000.0;
        let most = f64::from(mode.slowest()) / 1000.0;
        let within = within.0 as f64;
        Ring::between(within / (seconds_per_metre * most), (within + 1.0) / (seconds_per_metre * least))
    }

    /// Around a home: what lies within a radius of so many metres of road.
    pub(crate) fn radius_ring(&self, profile: ProfileId, radius: Metres) -> Ring {
        let Rule::Sphere { detour, .. } = self.rules[profile.index()] else { return Ring::UNKNOWN };
        let radius = radius.0 as f64;
        Ring::between(radius / detour, (radius + 1.0) / detour)
    }
}

impl Mode {
    /// The largest factor of any area.
    fn slowest(&self) -> u32 {
        self.slow_permille.iter().copied().max().unwrap_or(1000)
    }
}
