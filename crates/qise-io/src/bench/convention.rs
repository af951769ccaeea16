//! How the distances of a family become integers, and whether vehicles count.

use super::Family;

/// How a distance in the units of the file becomes a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// Cut to so many decimals; nothing: to those of the instance.
    Cut(Option<u32>),
    /// To the nearest of so many decimals.
    Nearest(u32),
    /// Up to the next millionth: what then is in time is in time in double precision too.
    Up,
}

/// What is made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// What the family is about.
    Usual,
    /// The number of vehicles before the distance.
    VehiclesFirst,
    /// What people would rather not do, before travel time.
    Preferences,
    /// The longest service time of a person less the shortest, before travel time.
    Fairness,
}

/// A way to count: how distances and times become whole, and whether the number of vehicles comes before the distance.
///
/// Values of different conventions must not be compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convention {
    /// The name in lists of best known values.
    pub name: &'static str,
    /// All names in those lists whose values are counted so.
    pub(super) listed: &'static [&'static str],
    pub(super) whole: Whole,
    pub(super) aim: Aim,
}

/// Millionths: the finest grain that the measures of the engine leave room for.
const FINEST: u32 = 6;

/// A distance is not above the whole number before it by less than this part of the grain: there the digits of a square
/// root end.
const HAIR: f64 = 1e-3;

const fn distance(name: &'static str, listed: &'static [&'static str], whole: Whole) -> Convention {
    Convention { name, listed, whole, aim: Aim::Usual }
}

const VRPTW: &[Convention] = &[
    distance("DIMACS", &["DIMACS", "DIMACS_2024"], Whole::Cut(Some(1))),
    Convention {
        name: "SINTEF",
        listed: &["SINTEF", "SINTEF_2DEC"],
        whole: Whole::Up,
        aim: Aim::VehiclesFirst,
    },
    distance("DISTANCE_DOUBLE", &["DISTANCE_DOUBLE"], Whole::Up),
];
const DEPOTS: &[Convention] = &[
    distance("EXACT_X1000", &["EXACT_X1000"], Whole::Nearest(3)),
    distance("DOUBLE_OLD", &["DOUBLE_OLD"], Whole::Up),
];
const PRIZES: &[Convention] =
    &[distance("DIMACS_PLUS_LOST_PRIZES", &["DIMACS_PLUS_LOST_PRIZES"], Whole::Cut(Some(1)))];
const PAIRS: &[Convention] = &[Convention {
    name: "SINTEF",
    listed: &["SINTEF", "SINTEF_2DEC"],
    whole: Whole::Up,
    aim: Aim::VehiclesFirst,
}];
const CARE: &[Convention] = &[distance("HHCRSP", &[""], Whole::Nearest(3))];
const SYNCHRONISED: &[Convention] = &[
    distance("TRAVEL_TIME", &[""], Whole::Nearest(0)),
    Convention { name: "PREFERENCES", listed: &[], whole: Whole::Nearest(0), aim: Aim::Preferences },
    Convention { name: "FAIRNESS", listed: &[], whole: Whole::Nearest(0), aim: Aim::Fairness },
];
const TOURS: &[Convention] = &[distance("WORKING_TIME", &[""], Whole::Up)];
const TECHNICIANS: &[Convention] = &[distance("LAST_ENDS", &[""], Whole::Nearest(0))];
const ORIENTEERING: &[Convention] = &[
    // The best of both lists: a route that was checked and a value that was reported are both lower bounds.
    distance(
        "TOPTW_HEURISTIC_BEST_OF_RUNS",
        &["TOPTW_HEURISTIC_BEST_OF_RUNS", "TOPTW_VERIFIED_ROUTES"],
        Whole::Cut(None),
    ),
    distance("TOPTW_VERIFIED_ROUTES", &["TOPTW_VERIFIED_ROUTES"], Whole::Cut(None)),
];

impl Convention {
    /// The conventions of a family, the usual one first.
    pub fn of(family: Family) -> &'static [Self] {
        match family {
            Family::Vrptw => VRPTW,
            Family::MdvrptwSdvrptw => DEPOTS,
            Family::Pcvrptw => PRIZES,
            Family::Toptw => ORIENTEERING,
            Family::Pdptw => PAIRS,
            Family::HhcrspMankowska | Family::HhcrspItalian | Family::HhcrspKummer => CARE,
            Family::VrptwsynBredstromRonnqvist => SYNCHRONISED,
            Family::Roadef2007 => TECHNICIANS,
            Family::TrspPillac => TOURS,
        }
    }

    /// The convention of a family that has this name, or the first whose name begins with it; in any case of letters.
    pub fn named(family: Family, name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        let all = Self::of(family);
        let begins = || all.iter().find(|c| !name.is_empty() && c.name.starts_with(&name));
        all.iter().find(|c| c.name == name).or_else(begins).copied()
    }

    /// The same with shorter ways, where ways are not whole by the convention itself: what is in time in double precision is in time
    /// then, and no dearer. For bounds.
    #[must_use]
    pub fn loosened(self) -> Self {
        match self.whole {
            Whole::Up => Self { whole: Whole::Cut(Some(FINEST)), ..self },
            Whole::Nearest(decimals) if self.is_rounded() => {
                Self { whole: Whole::Cut(Some(decimals + 2)), ..self }
            }
            Whole::Cut(_) | Whole::Nearest(_) => self,
        }
    }

    /// By how much a value in a list may be less than it is, for the digits that the list cuts.
    pub fn slack(self) -> f64 {
        match self.whole {
            Whole::Up => 0.005,
            Whole::Nearest(_) if self.is_rounded() => 0.0005,
            Whole::Cut(_) | Whole::Nearest(_) => 0.0,
        }
    }

    /// Whether the engine rounds what the family does not.
    fn is_rounded(self) -> bool {
        CARE.contains(&self)
    }

    /// Decimals that are kept. `own`: those that the family keeps of this instance.
    pub(super) fn decimals(self, own: u32) -> u32 {
        match self.whole {
            Whole::Cut(decimals) => decimals.unwrap_or(own),
            Whole::Nearest(decimals) => decimals,
            Whole::Up => FINEST,
        }
    }

    /// Whether the value is that of double precision, which the whole numbers come close to.
    pub(super) fn is_double(self) -> bool {
        self.whole == Whole::Up
    }

    /// A distance in whole parts of `scale`.
    pub(super) fn distance(self, distance: f64, scale: f64) -> i64 {
        match self.whole {
            Whole::Cut(_) => (distance * scale + 1e-9).floor() as i64,
            Whole::Nearest(_) => (distance * scale + 0.5).floor() as i64,
            Whole::Up => (distance * scale - HAIR).ceil() as i64,
        }
    }

    /// A time of the file in whole parts of `scale`.
    pub(super) fn time(time: f64, scale: f64) -> i64 {
        (time * scale).round_ties_even() as i64
    }
}
