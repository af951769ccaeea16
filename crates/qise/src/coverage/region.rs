//! Regions of land, and their division into cells of nearly equal area.

use super::CoverageError;
use crate::model::{EARTH_RADIUS_M, LatLon};

/// A piece of land: a box, or polygons.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Region {
    /// Between two parallels, from the western meridian eastwards to the eastern one; across the date line where the eastern is less.
    Box {
        /// Western edge, degrees.
        west: f64,
        /// Southern edge, degrees.
        south: f64,
        /// Eastern edge, degrees.
        east: f64,
        /// Northern edge, degrees.
        north: f64,
    },
    /// What lies in one of some polygons or more: of each, within an odd number of its rings, the outer boundary and holes alike. Edges are
    /// straight in degrees, and not across the date line.
    Polygons(Vec<Vec<Vec<LatLon>>>),
}

/// A piece of land between two parallels and two meridians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its middle.
    pub middle: LatLon,
    /// Half its height and half its width in degrees.
    pub half: (f64, f64),
    /// Its area in square metres.
    pub area_m2: u64,
    /// Its row, from the south, and its column, from the west of the row.
    pub index: (u32, u32),
}

/// The cells of a region: those whose middle lies in it, row by row from the south, and from west to east.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The cells.
    pub cells: Vec<Cell>,
}

/// Degrees to the metre along a meridian.
fn degrees(metres: f64) -> f64 {
    (metres / EARTH_RADIUS_M).to_degrees()
}

impl Region {
    /// West, south, width and north.
    fn edges(&self) -> Option<[f64; 4]> {
        match self {
            &Self::Box { west, south, east, north } => {
                LatLon::new(south, west)?;
                LatLon::new(north, east)?;
                let width = if east <= west { east + 360.0 - west } else { east - west };
                (south < north).then_some([west, south, width, north])
            }
            Self::Polygons(polygons) => {
                let points = || polygons.iter().flatten().flatten();
                let least = |of: fn(LatLon) -> f64| points().map(|p| of(*p)).fold(f64::INFINITY, f64::min);
                let most = |of: fn(LatLon) -> f64| points().map(|p| of(*p)).fold(f64::NEG_INFINITY, f64::max);
                let (west, south) = (least(LatLon::lon), least(LatLon::lat));
                let (east, north) = (most(LatLon::lon), most(LatLon::lat));
                (west < east && south < north).then_some([west, south, east - west, north])
            }
        }
    }

    /// Divides the region into cells of about so many metres each way.
    ///
    /// Rows are equally high, and the cells of a row equally wide in degrees: as many as come nearest to the length, one at least.
    ///
    /// # Errors
    /// Where the region encloses nothing, the length is out of its range (10 m to 1000 km), or there are too many cells.
    pub fn grid(&self, metres: f64) -> Result<Grid, CoverageError> {
        let [west, south, width, north] = self.edges().ok_or(CoverageError::Region)?;
        if !(10.0..=1_000_000.0).contains(&metres) {
            return Err(CoverageError::Region);
        }
        let rows = ((north - south) / degrees(metres)).round().max(1.0);
        if rows > f64::from(MOST_CELLS) {
            return Err(CoverageError::Region);
        }
        let high = (north - south) / rows;
        let mut grid = Grid { cells: Vec::new() };
        for row in 0..rows as u32 {
            let lat = south + high * (f64::from(row) + 0.5);
            let shrink = libm::cos(lat.to_radians()).max(0.0);
            let columns = (width * shrink / degrees(metres)).round().max(1.0);
            if columns > f64::from(MOST_CELLS) {
                return Err(CoverageError::Region);
            }
            let wide = width / columns;
            let sines =
                libm::sin((lat + high / 2.0).to_radians()) - libm::sin((lat - high / 2.0).to_radians());
            let area_m2 = (EARTH_RADIUS_M * EARTH_RADIUS_M * wide.to_radians() * sines).round() as u64;
            let middle = |column: f64| west + wide * (column + 0.5);
            for (first, end) in self.spans(lat, west, wide, columns) {
                if grid.cells.len() as u32 + end.saturating_sub(first) > MOST_CELLS {
                    return Err(CoverageError::Region);
                }
                for column in first..end {
                    let lon = middle(f64::from(column));
                    let lon = if lon > 180.0 { lon - 360.0 } else { lon };
                    let middle = LatLon::new(lat, lon).ok_or(CoverageError::Region)?;
                    let (half, index) = ((high / 2.0, wide / 2.0), (row, column));
                    grid.cells.push(Cell { middle, half, area_m2, index });
                }
            }
        }
        if grid.cells.is_empty() { Err(CoverageError::Region) } else { Ok(grid) }
    }

    /// From which column of a row to which the middles of the cells lie in the region: apart from each other, in order.
    fn spans(&self, lat: f64, west: f64, wide: f64, columns: f64) -> Vec<(u32, u32)> {
        let Self::Polygons(polygons) = self else { return vec![(0, columns as u32)] };
        let column = |lon: f64| ((lon - west) / wide - 0.5).ceil().clamp(0.0, columns) as u32;
        let mut spans = Vec::new();
        for rings in polygons {
            let lons = crossings(rings, lat);
            spans.extend(lons.chunks_exact(2).map(|pair| (column(pair[0]), column(pair[1]))));
        }
        spans.sort_unstable();
        let mut apart: Vec<(u32, u32)> = Vec::new();
        for (first, end) in spans {
            match apart.last_mut() {
                Some(last) if first <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((first, end)),
            }
        }
        apart
    }
}

/// Where a parallel crosses the edges of some rings, in order. An edge holds its southern end and not its northern, so that a corner
/// is crossed once.
fn crossings(rings: &[Vec<LatLon>], lat: f64) -> Vec<f64> {
    let mut lons = Vec::new();
    for ring in rings {
        for (n, &from) in ring.iter().enumerate() {
            let to = ring[(n + 1) % ring.len()];
            let (low, high) = if from.lat() <= to.lat() { (from, to) } else { (to, from) };
            if low.lat() <= lat && lat < high.lat() {
                let part = (lat - low.lat()) / (high.lat() - low.lat());
                lons.push(low.lon() + part * (high.lon() - low.lon()));
            }
        }
    }
    lons.sort_unstable_by(f64::total_cmp);
    lons
}

/// No grid has more cells.
const MOST_CELLS: u32 = 4_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<LatLon> {
        corners.iter().map(|&(lon, lat)| LatLon::new(lat, lon).unwrap()).collect()
    }

    #[test]
    fn cells_of_a_box_have_its_area() {
        for (west, south, east, north) in
            [(97.0, 37.5, 106.9, 42.8), (170.0, -10.0, -170.0, 10.0), (0.0, 80.0, 9.0, 90.0)]
        {
            let region = Region::Box { west, south, east, north };
            let cells = region.grid(10_000.0).unwrap().cells;
            let area = cells.iter().map(|cell| cell.area_m2 as f64).sum::<f64>();
            let width = if east < west { east + 360.0 - west } else { east - west };
            let sines = libm::sin(f64::to_radians(north)) - libm::sin(f64::to_radians(south));
            let whole = EARTH_RADIUS_M * EARTH_RADIUS_M * width.to_radians() * sines;
            assert!((area / whole - 1.0).abs() < 1e-9, "{area} {whole}");
            let even =
                |cell: &&Cell| (90e6..112e6).contains(&(cell.area_m2 as f64)) || cell.middle.lat() > 75.0;
            assert_eq!(cells.iter().filter(even).count(), cells.len());
        }
    }

    #[test]
    fn polygons_have_holes_and_may_overlap() {
        let outer = ring(&[(10.0, 0.0), (12.0, 0.0), (12.0, 2.0), (10.0, 2.0)]);
        let hole = ring(&[(10.5, 0.5), (11.5, 0.5), (11.5, 1.5), (10.5, 1.5), (10.5, 0.5)]);
        let other = ring(&[(11.0, 0.0), (13.0, 0.0), (13.0, 2.0), (11.0, 2.0)]);
        let cells = |polygons| Region::Polygons(polygons).grid(5000.0).map(|grid| grid.cells);
        let area = |polygons| cells(polygons).unwrap().iter().map(|cell| cell.area_m2).sum::<u64>() as f64;
        let full = area(vec![vec![outer.clone()]]);
        assert!((area(vec![vec![outer.clone(), hole.clone()]]) / full - 0.75).abs() < 0.03);
        // Of the hole the other polygon covers half.
        let both = area(vec![vec![outer.clone(), hole.clone()], vec![other.clone()]]);
        assert!((both / full - 1.375).abs() < 0.03, "{both} {full}");
        for cell in cells(vec![vec![outer, hole]]).unwrap() {
            let (lon, lat) = (cell.middle.lon(), cell.middle.lat());
            assert!((10.0..12.0).contains(&lon) && (0.0..2.0).contains(&lat));
            assert!(!((10.5..11.5).contains(&lon) && (0.5..1.5).contains(&lat)));
        }
    }

    #[test]
    fn refuses_what_encloses_nothing() {
        let flat = Region::Box { west: 1.0, south: 2.0, east: 3.0, north: 2.0 };
        let line = Region::Polygons(vec![vec![ring(&[(1.0, 1.0), (2.0, 1.0)])]]);
        for region in [flat, line, Region::Polygons(Vec::new())] {
            assert_eq!(region.grid(1000.0), Err(CoverageError::Region));
        }
        let land = Region::Box { west: 1.0, south: 2.0, east: 3.0, north: 4.0 };
        for metres in [0.0, 9.0, f64::NAN, f64::INFINITY, -5.0, 50.0] {
            assert_eq!(land.grid(metres), Err(CoverageError::Region), "{metres}");
        }
        assert_eq!(land.grid(1_000_000.0).map(|grid| grid.cells.len()), Ok(1));
    }
}
