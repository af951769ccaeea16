//! A place that is put somewhere else, and how somebody moves from another time on.

use super::{Mode, ModeId, Rule, Travel};
use crate::model::{AreaId, LatLon, PlaceId, ProfileId, Slowdown, Time};

impl Travel {
    /// Computes every way from here on: tables over all places would have to change with each place.
    pub(crate) fn forget_tables(&mut self) {
        for mode in &mut self.modes {
            mode.dense = Vec::new();
            mode.dense_metres = [].into();
            mode.quickest = Vec::new();
        }
    }

    /// Puts a place somewhere else. Travel matrices do not know it: nobody who goes by one can get there.
    ///
    /// # Panics
    /// If there are tables.
    pub(crate) fn put(&mut self, place: PlaceId, at: Option<LatLon>, area: Option<AreaId>) {
        self.points[place.index()] = at.map_or([0.0; 3], LatLon::to_unit_sphere);
        let slot = area.map_or(0, |area| area.0 + 1);
        self.slots[place.index()] = slot;
        for rule in &mut self.rules {
            if let Rule::Matrix { row, .. } = rule {
                row[place.index()] = u32::MAX;
            }
        }
        for mode in &mut self.modes {
            assert!(
                mode.dense.is_empty() && mode.quickest.is_empty(),
                "places change where there are no tables"
            );
            mode.least_permille = mode.least_permille.min(mode.slow(slot));
        }
    }

    /// How people move with a profile in a shift that starts then; `None` if nobody has moved so yet.
    pub(crate) fn mode_of(&self, profile: ProfileId, start: Time, slowdowns: &[Slowdown]) -> Option<ModeId> {
        let active = super::active(slowdowns, profile, start);
        let is_it = |mode: &Mode| mode.profile == profile && mode.active == active;
        self.modes.iter().position(is_it).map(|mode| ModeId(mode as u32))
    }
}
