//! Which area a place lies in.

use geo::{BoundingRect, Contains, Intersects};

use super::{Area, AreaId, LatLon};

/// The outlines of areas, each with the box around it, which is asked first: most places lie outside of most areas.
#[derive(Clone, Debug)]
pub(crate) struct Outlines(Vec<(Option<geo::Rect>, geo::Polygon)>);

impl Outlines {
    pub(crate) fn new(areas: &[Area]) -> Self {
        let outlines = areas.iter().map(Area::polygon);
        Self(outlines.map(|outline| (outline.bounding_rect(), outline)).collect())
    }

    /// The first area whose outline contains a point.
    pub(crate) fn of(&self, at: LatLon) -> Option<AreaId> {
        let point = geo::Point::new(at.lon(), at.lat());
        let around = |area: &Option<geo::Rect>| area.is_some_and(|area| area.intersects(&point));
        self.0.iter().position(|(area, outline)| around(area) && outline.contains(&point)).map(AreaId::new)
    }
}
