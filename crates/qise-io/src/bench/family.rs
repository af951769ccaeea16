//! The families of benchmarks, and which format their files have.

use qise::model::{Code, Fault};
use qise::{Faults, text};

use super::benchmark::Kind;
use super::routing::Routing;
use super::{Instance, cordeau, hhcrsp, lilim, pillac, roadef, solomon, synchronised, toptw, vrplib};

/// A family of benchmarks: instances that are compared with each other, in a folder of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Vehicle routing with time windows.
    Vrptw,
    /// The same with several depots, or with customers that only some vehicles may serve.
    MdvrptwSdvrptw,
    /// The same with customers that may be left out at a price.
    Pcvrptw,
    /// Team orienteering with time windows.
    Toptw,
    /// Pick-up and delivery with time windows.
    Pdptw,
    /// Home health care routing and scheduling, in the plane.
    HhcrspMankowska,
    /// The same in Italian towns.
    HhcrspItalian,
    /// The same on the roads of Porto Alegre.
    HhcrspKummer,
    /// Vehicle routing with synchronised visits.
    VrptwsynBredstromRonnqvist,
    /// Technicians who form parties for the day.
    Roadef2007,
    /// Technicians with skills, tools and spare parts.
    TrspPillac,
}

impl Family {
    /// The name of the folder.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vrptw => "vrptw",
            Self::MdvrptwSdvrptw => "mdvrptw_sdvrptw",
            Self::Pcvrptw => "pcvrptw",
            Self::Toptw => "toptw",
            Self::Pdptw => "pdptw",
            Self::HhcrspMankowska => "hhcrsp_mankowska",
            Self::HhcrspItalian => "hhcrsp_italian",
            Self::HhcrspKummer => "hhcrsp_kummer",
            Self::VrptwsynBredstromRonnqvist => "vrptwsyn_bredstrom_ronnqvist",
            Self::Roadef2007 => "roadef2007",
            Self::TrspPillac => "trsp_pillac",
        }
    }

    /// Whether the number of routes is asked for, instead of being stated by the instance.
    pub fn asks_for_paths(self) -> bool {
        self == Self::Toptw
    }

    /// Whether a higher value is better.
    pub fn is_maximised(self) -> bool {
        self == Self::Toptw
    }

    /// The lists of an instance, where it is a folder: they are read one after the other.
    pub fn lists(self) -> Option<&'static [&'static str]> {
        (self == Self::Roadef2007).then_some(&roadef::LISTS)
    }

    /// Whether a folder holds something else than instances: published routes, or the moments at which what is asked for becomes known.
    pub fn is_beside(self, folder: &str) -> bool {
        folder.starts_with("solutions")
            || folder.starts_with('.')
            || self == Self::TrspPillac && folder == "dynamic"
    }

    /// Reads an instance. `name`: that of its file, without ending.
    ///
    /// # Errors
    /// The first line that is not as the format asks, with its number.
    pub fn read(self, name: &str, bytes: &[u8]) -> Result<Instance, Faults> {
        let kind = match self {
            Self::Toptw => Kind::Routing(toptw::read(name, bytes)?),
            Self::Pdptw => Kind::Routing(lilim::read(bytes)?),
            Self::HhcrspMankowska | Self::HhcrspItalian | Self::HhcrspKummer => {
                Kind::Care(hhcrsp::read(bytes)?)
            }
            Self::VrptwsynBredstromRonnqvist => Kind::Care(synchronised::read(bytes)?),
            Self::Roadef2007 => Kind::Technicians(roadef::read(bytes)?),
            Self::TrspPillac => Kind::Tours(pillac::read(bytes)?),
            Self::Vrptw | Self::MdvrptwSdvrptw | Self::Pcvrptw => Kind::Routing(Self::routing(bytes)?),
        };
        Ok(Instance(kind))
    }

    /// Reads an instance in any of the formats of vehicle routing.
    fn routing(bytes: &[u8]) -> Result<Routing, Faults> {
        // Invalid text is no reason not to look: the reader of the format says where it is.
        let words = String::from_utf8_lossy(bytes);
        if vrplib::recognises(&words) {
            vrplib::read(bytes)
        } else if solomon::recognises(&words) {
            solomon::read(bytes)
        } else if cordeau::recognises(&words) {
            cordeau::read(bytes)
        } else {
            let found = crate::read::quoted(words.lines().next().unwrap_or_default().trim());
            let expected = text!(
                "an instance of Solomon, Cordeau or VRPLIB format",
                "Solomon、Cordeau 或 VRPLIB 格式的算例"
            );
            Err(Faults(vec![Fault::new("line 1", Code::WrongFormat, found, expected)]))
        }
    }
}
