//! Travel times and distances, ready to be looked up.
//!
//! A *mode* is a profile under the slow-downs of one day. Where there are few places each mode keeps a dense table;
//! beyond that every leg is computed from unit-sphere points, to the same integers.

mod change;
mod matrix;
mod spot;

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::place::{EARTH_RADIUS_M, chord2, chord2_to_metres};
use super::{
    AreaId, Metres, Place, PlaceId, Profile, ProfileId, Rounding, Seconds, Slowdown, Time, TravelMatrix,
    TravelRule,
};
use matrix::{is_symmetric, least_legs, passable, triangle_holds};
pub(crate) use spot::{Ring, Spot};

/// A profile under the slow-downs of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModeId(pub(crate) u32);

/// The time of a leg that nobody can travel: longer than any shift, yet far from overflow in any sum.
pub const NO_WAY: Seconds = Seconds(1 << 42);

/// Detours by way of any places are looked for among so many at most: that takes their cube of steps.
const DETOUR_PLACES: usize = 120;
/// No dense tables for more places than this: they would leave the cache and fill the memory.
const DENSE_PLACES: usize = 1200;
/// No more dense entries than this over all modes (4 bytes each for time, and as much again for the distances of a profile).
const DENSE_ENTRIES: usize = 48_000_000;

#[derive(Clone, Debug)]
struct Mode {
    profile: ProfileId,
    /// The slow-downs that hold.
    active: Vec<usize>,
    /// Factor in thousandths of no area and of each area; empty when the day is ordinary.
    slow_permille: Vec<u32>,
    /// Row-major seconds between all places, where few enough.
    dense: Vec<u32>,
    /// The metres beside them, shared by all modes of a profile.
    dense_metres: Arc<[u32]>,
    /// Every way is slower than on an ordinary day by this factor at least, in thousandths.
    least_permille: u32,
    /// Row-major seconds on the quickest roads by way of any places, where some detour may be quicker and places are few; else empty.
    quickest: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Rule {
    Sphere {
        seconds_per_metre: f64,
        detour: f64,
        rounding: Rounding,
    },
    Matrix {
        /// The row of each place; `u32::MAX` where it has none.
        row: Vec<u32>,
        size: usize,
        seconds: Vec<u32>,
        metres: Vec<u32>,
        least: Option<(Vec<u32>, Vec<u32>)>,
        symmetric: bool,
        /// Whether no detour is known to be shorter than the straight way.
        short: bool,
    },
}

/// Travel between all places in all modes.
#[derive(Clone, Debug)]
pub struct Travel {
    points: Vec<[f64; 3]>,
    /// The slot of each place's area in the factors of a mode.
    slots: Vec<u32>,
    rules: Vec<Rule>,
    modes: Vec<Mode>,
}

impl Travel {
    pub(crate) fn new(
        places: &[Place],
        areas_of: &[Option<AreaId>],
        areas: usize,
        profiles: &[Profile],
        slowdowns: &[Slowdown],
        uses: impl Iterator<Item = (ProfileId, Time)>,
    ) -> (Self, FxHashMap<(ProfileId, Time), ModeId>) {
        let points =
            places.iter().map(|p| p.at.map_or([0.0; 3], super::LatLon::to_unit_sphere)).collect::<Vec<_>>();
        let rules = profiles.iter().map(|p| Rule::new(p, places.len())).collect::<Vec<_>>();
        let slots = areas_of.iter().map(|area| area.map_or(0, |a| a.0 + 1)).collect();
        let mut travel = Self { points, slots, rules, modes: Vec::new() };

        let mut by_slowdowns: FxHashMap<(ProfileId, Vec<usize>), ModeId> = FxHashMap::default();
        let mut by_start = FxHashMap::default();
        for (profile, start) in uses {
            by_start.entry((profile, start)).or_insert_with(|| {
                let active = active(slowdowns, profile, start);
                *by_slowdowns.entry((profile, active)).or_insert_with_key(|(_, active)| {
                    let all = std::iter::once(None).chain((0..areas).map(|a| Some(AreaId::new(a))));
                    let slow_permille = if active.is_empty() {
                        Vec::new()
                    } else {
                        all.map(|area| factor_permille(slowdowns, active, area)).collect()
                    };
                    let mode = Mode {
                        profile,
                        active: active.clone(),
                        slow_permille,
                        dense: Vec::new(),
                        dense_metres: Arc::default(),
                        least_permille: 1000,
                        quickest: Vec::new(),
                    };
                    let factors = travel.slots.iter().map(|&slot| mode.slow(slot));
                    let least_permille = factors.min().unwrap_or(1000);
                    travel.modes.push(Mode { least_permille, ..mode });
                    ModeId((travel.modes.len() - 1) as u32)
                })
            });
        }
        travel.fill_dense();
        travel.fill_quickest();
        (travel, by_start)
    }

    /// Finds the quickest roads by way of any places in the modes in which some detour may be quicker.
    fn fill_quickest(&mut self) {
        let n = self.points.len();
        if n > DETOUR_PLACES {
            return;
        }
        for m in 0..self.modes.len() {
            if self.is_straight(ModeId(m as u32)) {
                continue;
            }
            let mut quickest = Vec::with_capacity(n * n);
            for from in 0..n as u32 {
                for to in 0..n as u32 {
                    let seconds = self.seconds(ModeId(m as u32), PlaceId(from), PlaceId(to));
                    quickest.push(u32::try_from(seconds.0).unwrap_or(TravelMatrix::NO_WAY));
                }
            }
            for via in 0..n {
                for from in 0..n {
                    let first = quickest[from * n + via];
                    for to in 0..n {
                        let sum = first.saturating_add(quickest[via * n + to]);
                        let best = &mut quickest[from * n + to];
                        *best = sum.min(*best);
                    }
                }
            }
            self.modes[m].quickest = quickest;
        }
    }

    /// Whether no detour is quicker than the straight way in a mode, proven for any two places.
    fn is_straight(&self, mode: ModeId) -> bool {
        let mode = &self.modes[mode.0 as usize];
        let even = self.slots.iter().all(|&slot| mode.slow(slot) == mode.least_permille);
        even && match &self.rules[mode.profile.index()] {
            Rule::Sphere { rounding, .. } => *rounding == Rounding::Up,
            Rule::Matrix { least, .. } => least.is_none(),
        }
    }

    /// Whether no detour is shorter than the straight way in the profile of a mode.
    pub(crate) fn is_short(&self, mode: ModeId) -> bool {
        match &self.rules[self.modes[mode.0 as usize].profile.index()] {
            Rule::Sphere { rounding, .. } => *rounding == Rounding::Up,
            Rule::Matrix { short, .. } => *short,
        }
    }

    fn fill_dense(&mut self) {
        let n = self.points.len();
        if n == 0 || n > DENSE_PLACES || n * n * self.modes.len() > DENSE_ENTRIES {
            return;
        }
        let mut of_profile: FxHashMap<ProfileId, Arc<[u32]>> = FxHashMap::default();
        for m in 0..self.modes.len() {
            let profile = self.modes[m].profile;
            let metres = of_profile.entry(profile).or_insert_with(|| self.all_metres(profile));
            let metres = Arc::clone(metres);
            let mut dense = vec![0; n * n];
            dense.par_chunks_mut(n).zip(0..n as u32).for_each(|(row, from)| {
                for (entry, to) in row.iter_mut().zip(0..) {
                    let seconds = self.seconds(ModeId(m as u32), PlaceId(from), PlaceId(to));
                    *entry = u32::try_from(seconds.0).unwrap_or(TravelMatrix::NO_WAY);
                }
            });
            self.modes[m].dense = dense;
            self.modes[m].dense_metres = metres;
        }
    }

    /// Row-major metres between all places in a profile.
    fn all_metres(&self, profile: ProfileId) -> Arc<[u32]> {
        let n = self.points.len();
        let mut dense = vec![0; n * n];
        dense.par_chunks_mut(n).zip(0..n as u32).for_each(|(row, from)| {
            for (entry, to) in row.iter_mut().zip(0..) {
                let metres = self.profile_metres(profile, PlaceId(from), PlaceId(to));
                *entry = u32::try_from(metres.0).unwrap_or(u32::MAX);
            }
        });
        dense.into()
    }

    /// Travel time from one place to another; [`NO_WAY`] where there is no way.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked at every step of every walk
    pub fn seconds(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds {
        let table = &self.modes[mode.0 as usize];
        match table.dense.get(from.index() * self.points.len() + to.index()) {
            Some(&TravelMatrix::NO_WAY) => NO_WAY,
            Some(&seconds) => Seconds(i64::from(seconds)),
            None => self.computed_seconds(mode, from, to),
        }
    }

    /// The same where the mode keeps no table.
    fn computed_seconds(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds {
        let table = &self.modes[mode.0 as usize];
        let slow = if table.slow_permille.is_empty() {
            1000
        } else {
            table.slow(self.slots[from.index()]).max(table.slow(self.slots[to.index()]))
        };
        self.compute(table, from, to, slow)
    }

    /// The times and distances from one place to all, where the mode keeps them; else two empty slices.
    #[inline]
    pub(crate) fn row(&self, mode: ModeId, from: PlaceId) -> (&[u32], &[u32]) {
        let table = &self.modes[mode.0 as usize];
        if table.dense.is_empty() {
            return (&[], &[]);
        }
        let row = from.index() * self.points.len()..(from.index() + 1) * self.points.len();
        (&table.dense[row.clone()], &table.dense_metres[row])
    }

    /// Whether no detour is quicker than the straight way in a mode, but for rounding.
    pub(crate) fn is_metric(&self, mode: ModeId) -> bool {
        let table = &self.modes[mode.0 as usize];
        matches!(self.rules[table.profile.index()], Rule::Sphere { .. }) && table.slow_permille.is_empty()
    }

    /// Whether every way of a mode takes as long, and is as far, as the way back.
    pub(crate) fn is_symmetric(&self, mode: ModeId) -> bool {
        match &self.rules[self.modes[mode.0 as usize].profile.index()] {
            Rule::Sphere { .. } => true,
            Rule::Matrix { symmetric, .. } => *symmetric,
        }
    }

    #[inline(always)]
    #[allow(clippy::inline_always)] // where there is no table it is most of what a step takes
    fn compute(&self, mode: &Mode, from: PlaceId, to: PlaceId, slow_permille: u32) -> Seconds {
        if from == to {
            return Seconds::ZERO;
        }
        match &self.rules[mode.profile.index()] {
            &Rule::Sphere { seconds_per_metre, rounding, .. } => {
                let away = chord2(self.points[from.index()], self.points[to.index()]);
                sphere_seconds(away, seconds_per_metre, slow_permille, rounding)
            }
            Rule::Matrix { row, size, seconds, .. } => {
                let (r, c) = (row[from.index()], row[to.index()]);
                match seconds.get(r as usize * size + c as usize) {
                    Some(&s) if c != u32::MAX && s != TravelMatrix::NO_WAY => {
                        Seconds((i64::from(s) * i64::from(slow_permille) + 999) / 1000)
                    }
                    _ => NO_WAY,
                }
            }
        }
    }

    /// A time that no route from one place to the other can beat, whatever it visits on the way.
    pub fn least_seconds(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds {
        let table = &self.modes[mode.0 as usize];
        if let Some(&seconds) = table.quickest.get(from.index() * self.points.len() + to.index()) {
            return if seconds == TravelMatrix::NO_WAY { NO_WAY } else { Seconds(i64::from(seconds)) };
        }
        match &self.rules[table.profile.index()] {
            Rule::Matrix { row, least: Some((out, into)), .. } => least_of(row, out, into, from, to),
            _ if table.slow_permille.is_empty() => self.seconds(mode, from, to),
            _ => self.compute(table, from, to, table.least_permille),
        }
    }

    /// The same on a day without slow-downs.
    pub(crate) fn least_unslowed(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds {
        let table = &self.modes[mode.0 as usize];
        match &self.rules[table.profile.index()] {
            _ if table.slow_permille.is_empty() => self.least_seconds(mode, from, to),
            Rule::Matrix { row, least: Some((out, into)), .. } => least_of(row, out, into, from, to),
            _ => self.compute(table, from, to, 1000),
        }
    }

    /// Whether roads are slowed in a mode.
    pub(crate) fn is_slowed(&self, mode: ModeId) -> bool {
        !self.modes[mode.0 as usize].slow_permille.is_empty()
    }

    /// Whether [`Travel::least_seconds`] is a proof: it is, but for rounding to the nearest, where a chain of short legs
    /// can lose fractions of a second.
    pub fn least_is_proven(&self) -> bool {
        !self.rules.iter().any(|r| matches!(r, Rule::Sphere { rounding: Rounding::Nearest, .. }))
    }

    /// The straight line that `metres` of road in a profile can span at most; nothing when it does not go by distance.
    pub(crate) fn straight_metres(&self, profile: ProfileId, metres: Metres) -> Option<f64> {
        match &self.rules[profile.index()] {
            Rule::Sphere { detour, .. } => Some((metres.0 as f64 + 1.0) / detour),
            Rule::Matrix { .. } => None,
        }
    }

    /// Distance from one place to another in the profile of `mode`; 0 where there is no way.
    #[inline]
    pub fn metres(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Metres {
        let table = &self.modes[mode.0 as usize];
        if let Some(&metres) = table.dense_metres.get(from.index() * self.points.len() + to.index()) {
            return Metres(i64::from(metres));
        }
        self.profile_metres(self.modes[mode.0 as usize].profile, from, to)
    }

    /// Distance from one place to another in a profile; 0 where there is no way.
    pub fn profile_metres(&self, profile: ProfileId, from: PlaceId, to: PlaceId) -> Metres {
        if from == to {
            return Metres::ZERO;
        }
        match &self.rules[profile.index()] {
            Rule::Sphere { detour, rounding, .. } => {
                let metres = chord2_to_metres(chord2(self.points[from.index()], self.points[to.index()]));
                Metres(rounding.whole(metres * detour))
            }
            Rule::Matrix { row, size, metres, .. } => {
                let (r, c) = (row[from.index()], row[to.index()]);
                let entry = if c == u32::MAX { None } else { metres.get(r as usize * size + c as usize) };
                Metres(entry.map_or(0, |&m| i64::from(m)))
            }
        }
    }

    /// The place as a point of the unit sphere; the origin when it has no coordinates.
    pub fn point(&self, place: PlaceId) -> [f64; 3] {
        self.points[place.index()]
    }

    /// What a radian of the straight line takes at least, in seconds and in metres of road; nothing when the mode does not go by distance.
    pub(crate) fn per_radian(&self, mode: ModeId) -> Option<(f64, f64)> {
        match &self.rules[self.modes[mode.0 as usize].profile.index()] {
            Rule::Sphere { seconds_per_metre, detour, .. } => {
                Some((seconds_per_metre * EARTH_RADIUS_M, detour * EARTH_RADIUS_M))
            }
            Rule::Matrix { .. } => None,
        }
    }

    /// Squared chord within which every place lies that takes at most `seconds` in `mode`, a hair more for safety;
    /// nothing when the mode does not go by distance.
    pub(crate) fn reach_chord2(&self, mode: ModeId, seconds: Seconds) -> Option<f64> {
        match &self.rules[self.modes[mode.0 as usize].profile.index()] {
            Rule::Sphere { seconds_per_metre, .. } => Some(
                super::place::metres_to_chord2((seconds.0 as f64 + 1.0) / seconds_per_metre) * (1.0 + 1e-9),
            ),
            Rule::Matrix { .. } => None,
        }
    }
}

/// Time along the road that belongs to a squared chord.
#[inline]
fn sphere_seconds(chord2: f64, seconds_per_metre: f64, slow_permille: u32, rounding: Rounding) -> Seconds {
    let mut seconds = chord2_to_metres(chord2) * seconds_per_metre;
    if slow_permille != 1000 {
        seconds = seconds * f64::from(slow_permille) / 1000.0;
    }
    Seconds(rounding.whole(seconds)).min(NO_WAY)
}

/// From here on a double has no fraction.
const NO_FRACTIONS: f64 = (1_u64 << 52) as f64;

impl Rounding {
    #[inline]
    fn whole(self, value: f64) -> i64 {
        match self {
            // `f64::ceil` is a call on machines of the common denominator; this is not.
            Self::Up => {
                let down = value as i64;
                down + i64::from((down as f64) < value)
            }
            // The sum has no bits left for a fraction, so it is rounded, halves to even: what `f64::round_ties_even` gives,
            // without a call.
            Self::Nearest if value < NO_FRACTIONS => ((value + NO_FRACTIONS) - NO_FRACTIONS) as i64,
            Self::Nearest => value as i64,
        }
    }
}

impl Rule {
    fn new(profile: &Profile, places: usize) -> Self {
        match &profile.rule {
            &TravelRule::GreatCircle { metres_per_hour, detour_permille, rounding } => {
                let detour = f64::from(detour_permille) / 1000.0;
                Self::Sphere {
                    seconds_per_metre: detour * 3600.0 / f64::from(metres_per_hour),
                    detour,
                    rounding,
                }
            }
            TravelRule::Matrix(matrix) => {
                let size = matrix.places.len();
                let mut row = vec![u32::MAX; places];
                for (r, place) in matrix.places.iter().enumerate() {
                    row[place.index()] = r as u32;
                }
                let least =
                    (!triangle_holds(&matrix.seconds, size)).then(|| least_legs(&matrix.seconds, size));
                Self::Matrix {
                    row,
                    size,
                    seconds: matrix.seconds.clone(),
                    metres: matrix.metres.clone(),
                    least,
                    symmetric: is_symmetric(&matrix.seconds, size) && is_symmetric(&matrix.metres, size),
                    short: triangle_holds(&passable(matrix), size),
                }
            }
        }
    }
}

impl Mode {
    /// The factor of an area's slot: 0 for none, else one more than its number.
    fn slow(&self, slot: u32) -> u32 {
        self.slow_permille.get(slot as usize).copied().unwrap_or(1000)
    }
}

impl Slowdown {
    fn holds(&self, profile: ProfileId, start: Time) -> bool {
        self.from <= start
            && start < self.to
            && (self.profiles.is_empty() || self.profiles.contains(&profile))
    }
}

/// The slow-downs that hold for a profile in a shift that starts then.
fn active(slowdowns: &[Slowdown], profile: ProfileId, start: Time) -> Vec<usize> {
    (0..slowdowns.len()).filter(|&s| slowdowns[s].holds(profile, start)).collect()
}

fn factor_permille(slowdowns: &[Slowdown], active: &[usize], area: Option<AreaId>) -> u32 {
    let touches = |s: &Slowdown| s.areas.is_empty() || area.is_some_and(|a| s.areas.contains(&a));
    active
        .iter()
        .map(|&s| &slowdowns[s])
        .filter(|s| touches(s))
        .map(|s| s.factor_permille)
        .max()
        .unwrap_or(1000)
}

fn least_of(row: &[u32], out: &[u32], into: &[u32], from: PlaceId, to: PlaceId) -> Seconds {
    if from == to {
        return Seconds::ZERO;
    }
    match (out.get(row[from.index()] as usize), into.get(row[to.index()] as usize)) {
        (Some(&a), Some(&b)) if a.max(b) != TravelMatrix::NO_WAY => Seconds(i64::from(a.max(b))),
        _ => NO_WAY,
    }
}
