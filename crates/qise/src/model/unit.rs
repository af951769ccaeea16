//! Units: the owners of routes.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::travel_table::ModeId;
use super::{DayLimits, PlaceId, RouteEnd, Seconds, Time, UnitId, Volunteer, VolunteerId};

/// The owner of one route: one person in one shift.
///
/// A party has the unit of its lead; vehicles with their drivers will be units too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The person.
    pub volunteer: VolunteerId,
    /// Which of the person's shifts.
    pub shift: u32,
    /// The day on which its work counts.
    pub day: i32,
    /// No departure before this.
    pub start: Time,
    /// No return after this.
    pub end: Time,
    /// Where the route starts.
    pub from: PlaceId,
    /// Where it ends; with the last visit when missing.
    pub to: Option<PlaceId>,
    /// How the person moves on that day.
    pub mode: ModeId,
    /// What the person can do on that day: the row of the signature table.
    pub(crate) signature: u32,
    /// All units of the same person on the same day, this one included: they share the limits of the day.
    pub(crate) same_day: (u32, u32),
    /// The number of those who may go as one party, where it may go with others.
    pub(crate) pool: Option<u32>,
}

impl Unit {
    /// All units of the same person on the same day, this one included.
    pub fn same_day(&self) -> impl Iterator<Item = UnitId> + use<> {
        (self.same_day.0..self.same_day.1).map(UnitId)
    }

    /// Whether the two may go as one party: their shifts are alike.
    pub fn may_join(&self, other: &Self) -> bool {
        self.pool.is_some() && self.pool == other.pool && self.volunteer != other.volunteer
    }

    /// Length of the shift.
    pub fn length(&self) -> Seconds {
        self.end - self.start
    }
}

impl Volunteer {
    /// Whether some limit holds for each day.
    pub fn has_day_limits(&self) -> bool {
        self.per_day != DayLimits::default()
    }

    /// Service time at this person's pace, rounded up.
    pub fn paced(&self, ordinary: Seconds) -> Seconds {
        Seconds((ordinary.0 * i64::from(self.pace_permille) + 999) / 1000)
    }
}

/// The units of all volunteers, person by person and shift by shift, and where each person's begin.
pub(crate) fn units_of(
    volunteers: &[Volunteer],
    mode: impl Fn(&Volunteer, Time) -> ModeId,
    mut signature: impl FnMut(&Volunteer, Time) -> u32,
) -> (Vec<Unit>, Vec<Range<u32>>) {
    let mut units = Vec::new();
    let mut pools = FxHashMap::default();
    let mut ranges = Vec::with_capacity(volunteers.len());
    for (v, volunteer) in volunteers.iter().enumerate() {
        let first = units.len();
        for (s, shift) in volunteer.shifts.iter().enumerate() {
            let day_first = first + volunteer.shifts.partition_point(|other| other.day < shift.day);
            let day_last = first + volunteer.shifts.partition_point(|other| other.day <= shift.day);
            let from = shift.from.unwrap_or(volunteer.home);
            let to = match shift.to {
                RouteEnd::Home => Some(volunteer.home),
                RouteEnd::At(place) => Some(place),
                RouteEnd::Anywhere => None,
            };
            let mut pool = || {
                let next = pools.len() as u32;
                *pools.entry((shift.day, shift.start, shift.end, from, to)).or_insert(next)
            };
            units.push(Unit {
                volunteer: VolunteerId::new(v),
                shift: s as u32,
                day: shift.day,
                start: shift.start,
                end: shift.end,
                from,
                to,
                pool: shift.party.then(&mut pool),
                mode: mode(volunteer, shift.start),
                signature: signature(volunteer, shift.end),
                same_day: (day_first as u32, day_last as u32),
            });
        }
        ranges.push(first as u32..units.len() as u32);
    }
    (units, ranges)
}
