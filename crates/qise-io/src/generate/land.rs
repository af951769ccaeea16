//! The settled land: towns and camps of heavy-tailed sizes, and where people live around them.

use std::f64::consts::TAU;

use qise::model::{AreaId, LatLon, great_circle};

use super::draw::{Draw, Stream, Weighted};
use super::region::Table;
use super::{GenerateOptions, Region};

/// Metres in one degree of latitude.
const DEGREE_M: f64 = 111_195.0;
/// A settlement of this many residents is a town that its surroundings go to.
const TOWN: u32 = 10_000;

/// Where people live.
#[derive(Debug)]
pub(super) struct Land {
    outline: Vec<(f64, f64)>,
    /// How far herders live from their settlement on average, in metres.
    herding_m: f64,
    /// All settlements; those of a table first.
    pub settlements: Vec<Settlement>,
}

/// A town, a village, or a camp.
#[derive(Debug)]
pub(super) struct Settlement {
    pub key: String,
    pub name: String,
    /// Position in the areas of the region's table.
    pub area: Option<usize>,
    pub at: LatLon,
    /// The same as a point of the unit sphere.
    point: [f64; 3],
    pub residents: u32,
    /// Within this distance of its middle live all but its herders, in metres.
    pub radius_m: f64,
    /// Share of residents who live out on the land.
    pub far_share: f64,
    /// From 0 in a town to nearly 1 far from any.
    pub remoteness: f64,
}

impl Land {
    pub(super) fn new(options: &GenerateOptions) -> Self {
        let mut draw = Draw::new(options.seed, Stream::Land);
        let mut land = Self { outline: options.region.outline(), herding_m: 0.0, settlements: Vec::new() };
        let extent_m = land.extent_m();
        land.herding_m = (extent_m * 0.03).min(10_000.0);
        match options.region.table() {
            Some(table) => land.settle_table(table, options.settlements, &mut draw),
            None => land.settle_box(options.region, options.settlements, extent_m, &mut draw),
        }
        land.measure_remoteness(extent_m);
        land
    }

    /// The nearest town, or the largest settlement where there is none.
    pub(super) fn town_near(&self, settlement: usize) -> usize {
        let at = self.settlements[settlement].at;
        let towns = self.settlements.iter().enumerate().filter(|(_, town)| town.residents >= TOWN);
        let nearest = towns.min_by_key(|(number, town)| (great_circle(at, town.at), *number));
        let largest = || self.settlements.iter().enumerate().max_by_key(|(_, s)| s.residents);
        nearest.or_else(largest).map_or(settlement, |(number, _)| number)
    }

    /// The towns of the table, then camps: most of them around the small towns, of Pareto sizes.
    fn settle_table(&mut self, table: &Table, camps: usize, draw: &mut Draw) {
        for town in table.towns {
            let at = LatLon::new(town.lat, town.lon)
                .expect("tables hold points on the globe, which a test checks");
            self.settle(town.key.into(), town.name.into(), Some(town.area), at, town.residents);
        }
        let parents =
            Weighted::new(table.towns.iter().map(|town| 1.0 / (1.0 + f64::from(town.residents) / 5000.0)));
        for camp in 1..=camps {
            let town = parents.draw(draw);
            let parent = &table.towns[town];
            let middle = self.settlements[town].at;
            let at = self.around(middle, draw, |draw| 6000.0 + draw.exponential(25_000.0));
            let residents = draw.pareto(25.0, 1.2, 400.0) as u32;
            let name = format!("{}{}{camp:03}", parent.name, table.camp);
            self.settle(format!("camp-{camp:03}"), name, Some(parent.area), at, residents);
        }
    }

    /// Settlements by the rank-size rule (Zipf): the n-th is about 1/n as large as the first. Small ones often lie near
    /// larger ones.
    fn settle_box(&mut self, region: Region, count: usize, extent_m: f64, draw: &mut Draw) {
        let Region::Box { west, south, east, north } = region else { return };
        for rank in 1..=count {
            let share = libm::pow(rank as f64, -1.1) * (0.7 + 0.6 * draw.fraction());
            let residents = (100_000.0 * share).max(20.0) as u32;
            let lon = west + (east - west) * (0.04 + 0.92 * draw.fraction());
            let lat = south + (north - south) * (0.04 + 0.92 * draw.fraction());
            let lone = LatLon::new(rounded(lat), rounded(lon));
            let near = (rank > 4 && draw.chance(0.5)).then(|| {
                // The larger the rank of the parent, the rarer: a square draws towards the first.
                let parent = (draw.fraction() * draw.fraction() * (rank - 1) as f64) as usize;
                let middle = self.settlements[parent].at;
                self.around(middle, draw, |draw| extent_m * (0.02 + draw.exponential(0.06)))
            });
            let Some(at) = near.or(lone) else { continue };
            self.settle(format!("settlement-{rank:03}"), format!("聚居点{rank:03}"), None, at, residents);
        }
    }

    fn settle(&mut self, key: String, name: String, area: Option<usize>, at: LatLon, residents: u32) {
        let people = f64::from(residents);
        // 3,000 residents to the square kilometre, and never wider than a fifth of a small land.
        let radius_m = (people / 3000.0 / std::f64::consts::PI).sqrt() * 1000.0;
        let radius_m = radius_m.clamp(60.0, (self.herding_m * 3.0).max(60.0));
        let far_share = 0.7 / (1.0 + (people / 400.0).sqrt());
        let point = at.to_unit_sphere();
        self.settlements.push(Settlement {
            key,
            name,
            area,
            at,
            point,
            residents,
            radius_m,
            far_share,
            remoteness: 0.0,
        });
    }

    fn measure_remoteness(&mut self, extent_m: f64) {
        let middle_m = (extent_m * 0.1).min(60_000.0);
        let largest = self.settlements.iter().map(|s| s.residents).max().unwrap_or(0);
        let towns = self.settlements.iter().filter(|s| s.residents >= TOWN.min(largest));
        let towns = towns.map(|s| s.at).collect::<Vec<_>>();
        for settlement in &mut self.settlements {
            let nearest = towns.iter().map(|&town| great_circle(settlement.at, town)).min();
            let metres = nearest.map_or(0.0, |m| m.0 as f64);
            settlement.remoteness = metres / (metres + middle_m);
        }
    }

    /// The area of a settlement's places.
    pub(super) fn area(&self, settlement: usize) -> Option<AreaId> {
        self.settlements[settlement].area.map(AreaId::new)
    }

    /// A dwelling in a settlement: mostly near its middle, sometimes out with the herds.
    pub(super) fn dwelling(&self, settlement: usize, draw: &mut Draw) -> LatLon {
        let home = &self.settlements[settlement];
        let far = draw.chance(home.far_share);
        self.around(home.at, draw, |draw| {
            let inside = home.radius_m * libm::pow(draw.fraction(), 0.7);
            if far { home.radius_m + draw.exponential(self.herding_m) } else { inside }
        })
    }

    /// A place in the open, far out from a settlement; others may be nearer by chance.
    pub(super) fn wilderness(&self, settlement: usize, draw: &mut Draw) -> LatLon {
        self.around(self.settlements[settlement].at, draw, |draw| {
            self.herding_m * (4.0 + 4.0 * draw.fraction())
        })
    }

    /// A point on the land at a drawn distance from `middle`, which itself is taken when none is found.
    fn around(&self, middle: LatLon, draw: &mut Draw, distance_m: impl Fn(&mut Draw) -> f64) -> LatLon {
        for _ in 0..12 {
            let metres = distance_m(draw);
            let angle = TAU * draw.fraction();
            let lat = middle.lat() + metres * libm::sin(angle) / DEGREE_M;
            let lon = middle.lon() + metres * libm::cos(angle) / (DEGREE_M * narrowing(middle.lat()));
            if let Some(at) = LatLon::new(rounded(lat), rounded(lon)).filter(|&at| self.holds(at)) {
                return at;
            }
        }
        middle
    }

    /// Whether a point lies within the outline: it does where a ray to the east crosses it an odd number of times.
    pub(super) fn holds(&self, at: LatLon) -> bool {
        let (x, y) = (at.lon(), at.lat());
        let next = self.outline.iter().cycle().skip(1);
        let crossed = self.outline.iter().zip(next).filter(|&(&(x1, y1), &(x2, y2))| {
            (y1 > y) != (y2 > y) && x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        });
        crossed.count() % 2 == 1
    }

    /// The side of a square about as large as the box around the land, in metres.
    fn extent_m(&self) -> f64 {
        let span = |value: fn(&(f64, f64)) -> f64| {
            let values = self.outline.iter().map(value);
            values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((west, east), (south, north)) = (span(|p| p.0), span(|p| p.1));
        let area = (east - west) * narrowing(f64::midpoint(south, north)) * (north - south);
        area.sqrt() * DEGREE_M
    }
}

impl Settlement {
    /// The squared chord to another settlement, which grows with the distance.
    pub(super) fn chord2(&self, other: &Self) -> f64 {
        let squares = self.point.iter().zip(other.point).map(|(a, b)| (a - b) * (a - b));
        squares.sum()
    }
}

/// How much shorter a degree of longitude is than one of latitude.
fn narrowing(lat: f64) -> f64 {
    libm::cos(lat.to_radians()).max(0.01)
}

/// Degrees to five decimals, about a metre; never minus zero.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5 + 0.0
}
