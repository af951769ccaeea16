//! Where scenarios lie: named regions, each one table of facts, and boxes that are filled with made-up settlements.

use std::str::FromStr;

use super::GenerateError;
use super::alxa::ALXA;

/// Where a generated scenario lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// Alxa League (阿拉善盟), Inner Mongolia: its real townships, and made-up camps around them.
    Alxa,
    /// Between two meridians and two parallels, in degrees, WGS-84, not across the date line: made-up settlements only.
    Box {
        /// Western edge.
        west: f64,
        /// Southern edge.
        south: f64,
        /// Eastern edge.
        east: f64,
        /// Northern edge.
        north: f64,
    },
}

impl Region {
    /// The names of the regions that have one.
    pub const NAMES: &'static [&'static str] = &[ALXA.key];

    /// The name, or the four edges with commas between them. [`FromStr`] reads it back.
    pub fn name(&self) -> String {
        match self {
            Self::Alxa => ALXA.key.into(),
            Self::Box { west, south, east, north } => format!("{west},{south},{east},{north}"),
        }
    }

    /// Whether the edges of a box are in their ranges.
    pub(super) fn check(&self) -> Result<(), GenerateError> {
        let &Self::Box { west, south, east, north } = self else { return Ok(()) };
        let wide = |low: f64, high: f64, most: f64| low >= -most && high <= most && high - low >= 0.009_999; // 0.01, rounding allowed for
        let good = wide(west, east, 180.0) && wide(south, north, 85.0);
        if good { Ok(()) } else { Err(GenerateError::BadBox { found: [west, south, east, north] }) }
    }

    /// What is known about the region; nothing for a box.
    pub(super) fn table(&self) -> Option<&'static Table> {
        match self {
            Self::Alxa => Some(&ALXA),
            Self::Box { .. } => None,
        }
    }

    /// The land as a ring of (longitude, latitude).
    pub(crate) fn outline(&self) -> Vec<(f64, f64)> {
        match *self {
            Self::Alxa => ALXA.outline.to_vec(),
            Self::Box { west, south, east, north } => {
                vec![(west, south), (east, south), (east, north), (west, north)]
            }
        }
    }
}

impl FromStr for Region {
    type Err = GenerateError;

    /// Reads the name of a region, or `west,south,east,north` in degrees.
    fn from_str(text: &str) -> Result<Self, GenerateError> {
        let text = text.trim();
        if text == ALXA.key {
            return Ok(Self::Alxa);
        }
        let edges = text.split(',').map(|edge| edge.trim().parse()).collect::<Result<Vec<f64>, _>>();
        let Some(&[west, south, east, north]) = edges.as_deref().ok() else {
            return Err(GenerateError::UnknownRegion { found: text.into() });
        };
        let region = Self::Box { west, south, east, north };
        region.check()?;
        Ok(region)
    }
}

/// What is known about a named region. A further region is one more table and one more name.
#[derive(Debug)]
pub(super) struct Table {
    /// The name of the region in options.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Its parts: key and name.
    pub areas: &'static [(&'static str, &'static str)],
    /// The land as a coarse ring of (longitude, latitude), only to keep made-up places on it.
    pub outline: &'static [(f64, f64)],
    /// Its towns.
    pub towns: &'static [Town],
    /// What the made-up settlements between the towns are called.
    pub camp: &'static str,
}

/// One real town.
#[derive(Debug)]
pub(super) struct Town {
    /// Unique key.
    pub key: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// The part of the region to which it belongs: a position in [`Table::areas`].
    pub area: usize,
    /// Degrees east, WGS-84.
    pub lon: f64,
    /// Degrees north, WGS-84.
    pub lat: f64,
    /// Residents, roughly.
    pub residents: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_read_from_its_name() {
        let zone = Region::Box { west: -1.5, south: 40.0, east: 2.25, north: 42.0 };
        for region in [Region::Alxa, zone] {
            assert_eq!(region.name().parse(), Ok(region));
        }
        assert_eq!(" 1, 2 ,3,4".parse(), Ok(Region::Box { west: 1.0, south: 2.0, east: 3.0, north: 4.0 }));
        for name in Region::NAMES {
            assert!(name.parse::<Region>().is_ok());
        }
        for unknown in ["", "mars", "1,2,3", "1,2,3,4,5", "a,b,c,d"] {
            assert_eq!(
                unknown.parse::<Region>(),
                Err(GenerateError::UnknownRegion { found: unknown.into() })
            );
        }
        for bad in ["3,2,1,4", "1,4,3,2", "NaN,2,3,4", "-181,2,3,4", "1,2,3,inf", "1,2,1.001,4", "0,80,10,86"]
        {
            assert!(matches!(bad.parse::<Region>(), Err(GenerateError::BadBox { .. })), "{bad}");
        }
    }
}
