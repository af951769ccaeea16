//! Units: the owners of routes.
//!
//! A unit is a person in one shift, by their own means or with a vehicle: a shift has one unit for each vehicle that its person may take.
//! Units of one shift, and of one vehicle at one time, exclude each other: one of them goes out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::travel_table::ModeId;
use super::{
    PlaceId, RouteEnd, RouteStart, Seconds, Time, UnitId, Vehicle, VehicleId, Volunteer, VolunteerId, Window,
};

/// The most units: a shift is one by its person's own means, and one more for each vehicle that the person may take.
pub(super) const MOST_UNITS: usize = 16_000_000;

/// The owner of one route: one person in one shift, by their own means or with a vehicle. Of the units of one shift one goes out.
///
/// A party has the unit of its lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The person.
    pub volunteer: VolunteerId,
    /// Which of the person's shifts.
    pub shift: u32,
    /// The vehicle, where it is not the person's own means.
    pub vehicle: Option<VehicleId>,
    /// The day on which its work counts.
    pub day: i32,
    /// No departure before this.
    pub start: Time,
    /// No return after this.
    pub end: Time,
    /// A return after this is overtime.
    pub overtime_from: Time,
    /// Where the route starts; of a shift that starts where the one before ended, the home of the person.
    pub from: PlaceId,
    /// What it follows, of a shift that starts where the one before ended.
    pub follows: Option<ShiftBefore>,
    /// Where it ends; with the last visit when missing.
    pub to: Option<PlaceId>,
    /// How the person moves on that day.
    pub mode: ModeId,
    /// What the person can do when the shift begins: the row of the signature table. Of somebody who may go in a party, what counts to the
    /// end of the shift.
    pub(crate) signature: u32,
    /// What the person can do to the end of the shift.
    pub(crate) lasting: u32,
    /// Whether something that the person holds when the shift begins runs out in it.
    pub(crate) expires: bool,
    /// Whether something that the person held has run out before.
    pub(crate) expired: bool,
    /// The number of those who may go as one party, where it may go with others.
    pub(crate) pool: Option<u32>,
}

/// The shift before of the same person, where a unit starts where it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftBefore {
    /// The units of that shift, one after the other.
    units: (u32, u32),
    /// Where it ends; with the last visit when missing, or where the vehicle stands that was taken.
    pub end: Option<PlaceId>,
}

impl ShiftBefore {
    /// Whether a unit is one of them.
    pub fn contains(self, unit: UnitId) -> bool {
        (self.units.0..self.units.1).contains(&unit.0)
    }

    /// The units of that shift, of which one may go out.
    pub fn units(self) -> impl Iterator<Item = UnitId> + use<> {
        (self.units.0..self.units.1).map(UnitId)
    }
}

impl Unit {
    /// Whether the two may go as one party: their shifts are alike.
    pub fn may_join(&self, other: &Self) -> bool {
        self.pool.is_some() && self.pool == other.pool && self.volunteer != other.volunteer
    }

    /// Where it may start: at `from`, or where the shift before ends. Nothing where that may be anywhere.
    pub fn starts(&self) -> Option<[PlaceId; 2]> {
        match self.follows.filter(|_| self.vehicle.is_none()) {
            None => Some([self.from; 2]),
            Some(before) => before.end.map(|end| [self.from, end]),
        }
    }

    /// The least of something over all places where it may start; nothing of it where that may be anywhere.
    #[inline]
    pub(crate) fn least_of_starts<T: Ord + Default>(&self, of: impl Fn(PlaceId) -> T) -> T {
        match self.starts() {
            None => T::default(),
            Some([from, end]) if from == end => of(from),
            Some([from, end]) => of(from).min(of(end)),
        }
    }

    /// Until when it is on duty, overtime apart.
    pub fn duty_end(&self) -> Time {
        self.end.min(self.overtime_from)
    }

    /// Length of the shift, with all the overtime there may be.
    pub fn length(&self) -> Seconds {
        self.end - self.start
    }

    /// Whether the two cannot both go out: one shift of one person, or one vehicle at one time.
    pub fn excludes(&self, other: &Self) -> bool {
        let shift = (self.volunteer, self.shift) == (other.volunteer, other.shift);
        let vehicle = self.vehicle.is_some()
            && self.vehicle == other.vehicle
            && self.start < other.end
            && other.start < self.end;
        (shift || vehicle)
            && (self.volunteer, self.shift, self.vehicle) != (other.volunteer, other.shift, other.vehicle)
    }
}

/// What is asked about people, shifts and vehicles to make units of them.
pub(crate) trait Facts {
    /// How a person moves in a shift by their own means, or with a vehicle.
    fn mode(&self, volunteer: &Volunteer, vehicle: Option<&Vehicle>, start: Time) -> ModeId;
    /// What a person can do until a moment.
    fn signature(&mut self, volunteer: &Volunteer, until: Time) -> u32;
    /// Until when the person may take a vehicle, by what they hold from `from` on; nothing where they may not.
    fn may_drive(
        &self,
        who: VolunteerId,
        volunteer: &Volunteer,
        from: (Time, u32),
        vehicle: VehicleId,
    ) -> Option<Time>;
    /// How long a way takes at best.
    fn seconds(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds;
}

/// The spans of a shift in which a person has a vehicle: those in which it may be out, less the ways to it and home from it.
fn spans(unit: &Unit, vehicle: &Vehicle, until: Time, facts: &impl Facts) -> Vec<Window> {
    // From where is known only in a plan where it follows another shift.
    let way = if unit.follows.is_some() {
        Seconds::ZERO
    } else {
        facts.seconds(unit.mode, unit.from, vehicle.place)
    };
    let there = unit.start + way;
    let back = unit.to.map_or(Seconds::ZERO, |to| facts.seconds(unit.mode, vehicle.place, to));
    let always = [Window::ALWAYS];
    let windows = if vehicle.windows.is_empty() { &always[..] } else { &vehicle.windows };
    let cut =
        windows.iter().map(|w| Window { from: w.from.max(there), to: w.to.min(unit.end - back).min(until) });
    cut.filter(|span| span.from < span.to).collect()
}

/// Whether something that somebody holds at `from` runs out before `to`.
pub(super) fn runs_out(volunteer: &Volunteer, from: Time, to: Time) -> bool {
    let runs_out = |expires: Time| from <= expires && expires < to;
    volunteer.holds.iter().any(|held| held.expires.is_some_and(runs_out))
}

/// Whether something that somebody held has run out before `from`.
pub(super) fn has_run_out(volunteer: &Volunteer, from: Time) -> bool {
    volunteer.holds.iter().any(|held| held.expires.is_some_and(|expires| expires < from))
}

/// The shift before shift number `s` of the person whose units begin with number `first`.
fn before_of(units: &[Unit], first: usize, s: usize) -> Option<ShiftBefore> {
    let before = u32::try_from(s).ok()?.checked_sub(1)?;
    let begin = first + units[first..].partition_point(|unit| unit.shift < before);
    let end = units.get(begin)?.to;
    Some(ShiftBefore { units: (begin as u32, units.len() as u32), end })
}

/// The units of all volunteers, person by person and shift by shift, by their own means before those with vehicles, and where each
/// person's begin.
pub(crate) fn units_of(
    volunteers: &[Volunteer],
    vehicles: &[Vehicle],
    facts: &mut impl Facts,
) -> (Vec<Unit>, Vec<Range<u32>>) {
    let mut units: Vec<Unit> = Vec::new();
    let mut with_vehicles = Vec::new();
    let mut pools = FxHashMap::default();
    let mut ranges = Vec::with_capacity(volunteers.len());
    for (v, volunteer) in volunteers.iter().enumerate() {
        let first = units.len();
        for (s, shift) in volunteer.shifts.iter().enumerate() {
            let from = match shift.from {
                RouteStart::At(place) => place,
                RouteStart::Home | RouteStart::Previous => volunteer.home,
            };
            let follows = (shift.from == RouteStart::Previous).then(|| before_of(&units, first, s)).flatten();
            let to = match shift.to {
                RouteEnd::Home => Some(volunteer.home),
                RouteEnd::At(place) => Some(place),
                RouteEnd::Anywhere => None,
            };
            let mut pool = || {
                let next = pools.len() as u32;
                *pools.entry((shift.day, shift.start, shift.end, from, to)).or_insert(next)
            };
            let who = VolunteerId::new(v);
            let starting = facts.signature(volunteer, shift.start);
            let end = shift.latest_end();
            let lasting = facts.signature(volunteer, end);
            let own = Unit {
                volunteer: who,
                shift: s as u32,
                vehicle: None,
                day: shift.day,
                start: shift.start,
                end,
                overtime_from: shift.end,
                from,
                follows,
                to,
                pool: shift.party.then(&mut pool),
                mode: facts.mode(volunteer, None, shift.start),
                signature: if shift.party { lasting } else { starting },
                lasting,
                expires: !shift.party && runs_out(volunteer, shift.start, end),
                expired: has_run_out(volunteer, shift.start),
            };
            for (number, vehicle) in vehicles.iter().enumerate() {
                let id = VehicleId::new(number);
                let full = units.len() + with_vehicles.len() >= MOST_UNITS;
                if full {
                    continue;
                }
                // Whoever may take it for a part of the shift is back by then.
                let held = (own.start, starting);
                let Some(until) = facts.may_drive(who, volunteer, held, id) else { continue };
                // Of several spans of one shift the longest: the vehicle is taken once.
                let longest = spans(&own, vehicle, until, facts)
                    .into_iter()
                    .max_by_key(|span| (span.to - span.from, -span.from.0));
                let Some(span) = longest else { continue };
                let home = own.to.map_or(Seconds::ZERO, |to| facts.seconds(own.mode, vehicle.place, to));
                with_vehicles.push(Unit {
                    vehicle: Some(id),
                    start: span.from,
                    end: span.to,
                    overtime_from: own.overtime_from - home,
                    from: vehicle.place,
                    to: Some(vehicle.place),
                    pool: None,
                    mode: facts.mode(volunteer, Some(vehicle), shift.start),
                    signature: facts.signature(volunteer, span.from),
                    lasting: facts.signature(volunteer, span.to),
                    expires: runs_out(volunteer, span.from, span.to),
                    expired: has_run_out(volunteer, span.from),
                    ..own.clone()
                });
            }
            units.push(own);
            units.append(&mut with_vehicles);
        }
        ranges.push(first as u32..units.len() as u32);
    }
    (units, ranges)
}
