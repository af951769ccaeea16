//! Points that may be covered.

use super::CoverageError;
use super::region::Cell;
use crate::model::travel_table::Spot;
use crate::model::{LatLon, Outlines, PlaceId, Problem, Travel};

/// Where something is: a place of the problem, or a bare point of the land.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Where {
    /// A place of the problem.
    Place(PlaceId),
    /// A bare point. People whose travel times come from a matrix never get there.
    At(LatLon),
}

impl Where {
    /// The coordinates, where there are some.
    ///
    /// # Panics
    /// For a place that the problem does not have.
    pub fn at(self, problem: &Problem) -> Option<LatLon> {
        match self {
            Self::Place(place) => problem.place(place).at,
            Self::At(at) => Some(at),
        }
    }
}

/// A point, and how much it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Where.
    pub at: Where,
    /// How many residents live there, or how many square metres of land it stands for.
    pub mass: u64,
}

impl Point {
    /// The residents that a problem counts.
    pub fn residents(problem: &Problem) -> Vec<Self> {
        let point =
            |p: &crate::model::Population| Self { at: Where::Place(p.place), mass: p.residents.into() };
        problem.population().iter().map(point).collect()
    }

    /// The middle of each cell, for the land of the cell.
    pub fn cells(cells: &[Cell]) -> Vec<Self> {
        cells.iter().map(|cell| Self { at: Where::At(cell.middle), mass: cell.area_m2 }).collect()
    }
}

/// The spots of some points, in their order.
pub(super) fn spots(
    problem: &Problem,
    points: impl Iterator<Item = Where>,
) -> Result<Vec<Spot>, CoverageError> {
    let travel = problem.travel();
    // Where no road is slow it does not matter in which area a point lies.
    let outlines = travel.has_slow_areas().then(|| Outlines::new(problem.areas()));
    let spot = |at: Where| match at {
        Where::Place(place) if place.index() >= problem.places().len() => Err(CoverageError::UnknownId),
        Where::Place(place) => Ok(travel.spot(place)),
        Where::At(at) => Ok(Travel::bare_spot(at, outlines.as_ref().and_then(|outlines| outlines.of(at)))),
    };
    points.map(spot).collect()
}
