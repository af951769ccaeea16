//! Units that are each other's equals: while several of them are idle, trying one is trying all.

use super::{Problem, Quality, UnitId};

/// Runs of units, one after the other in the list, that are equal in everything a plan can see. A fleet of like vehicles is
/// one run.
#[derive(Clone, Debug)]
pub(crate) struct IdenticalUnits {
    /// The first unit of each unit's run.
    representative: Vec<UnitId>,
    /// Length of the run of each representative; 0 for the others.
    length: Vec<u32>,
}

impl IdenticalUnits {
    pub(crate) fn new(problem: &Problem) -> Self {
        let count = problem.units().len();
        let named = named(problem);
        let mut representative: Vec<UnitId> = problem.unit_ids().collect();
        let mut length = vec![0; count];
        for unit in problem.unit_ids() {
            let before = unit.0.checked_sub(1).map(UnitId);
            if let Some(before) = before.filter(|&before| are_equal(problem, &named, before, unit)) {
                representative[unit.index()] = representative[before.index()];
            }
            length[representative[unit.index()].index()] += 1;
        }
        Self { representative, length }
    }

    /// As if no two units were equal.
    pub(crate) fn none(units: usize) -> Self {
        Self { representative: (0..units as u32).map(UnitId).collect(), length: vec![1; units] }
    }

    /// The first of a unit's equals.
    #[inline]
    pub(crate) fn representative(&self, unit: UnitId) -> UnitId {
        self.representative[unit.index()]
    }

    /// Whether a unit is the first of its equals.
    pub(crate) fn is_representative(&self, unit: UnitId) -> bool {
        self.representative(unit) == unit
    }

    /// Whether a unit has no equals.
    #[inline]
    pub(crate) fn is_alone(&self, unit: UnitId) -> bool {
        self.length[self.representative(unit).index()] == 1
    }

    /// A representative and its equals, in order.
    pub(crate) fn class(&self, representative: UnitId) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        self.class_from(representative)
    }

    /// The units of the class of a unit, from this one on.
    #[inline]
    pub(crate) fn class_from(&self, unit: UnitId) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        let first = self.representative(unit);
        (unit.0..first.0 + self.length[first.index()]).map(UnitId)
    }
}

fn are_equal(problem: &Problem, named: &[bool], a: UnitId, b: UnitId) -> bool {
    let (a, b) = (problem.unit(a), problem.unit(b));
    let (one, other) = (problem.volunteer(a.volunteer), problem.volunteer(b.volunteer));
    one.shifts.len() == 1
        && other.shifts.len() == 1
        && !named[a.volunteer.index()]
        && !named[b.volunteer.index()]
        && (a.start, a.end, a.overtime_from, a.from, a.to, a.mode, a.signature, a.lasting)
            == (b.start, b.end, b.overtime_from, b.from, b.to, b.mode, b.signature, b.lasting)
        && !a.expires
        && !b.expires
        && (a.vehicle, b.vehicle) == (None, None)
        && (&one.shifts[0].breaks, &one.shifts[0].carries, one.shifts[0].most_calls)
            == (&other.shifts[0].breaks, &other.shifts[0].carries, other.shifts[0].most_calls)
        && (one.per_day, one.per_week, one.rest) == (other.per_day, other.per_week, other.rest)
        && (one.home, one.profile, one.max_radius, one.pace_permille, one.ledger)
            == (other.home, other.profile, other.max_radius, other.pace_permille, other.ledger)
        && one.teams == other.teams
        && (&one.capacity, one.unload) == (&other.capacity, other.unload)
}

/// The people whom some need, or the previous plan, names.
fn named(problem: &Problem) -> Vec<bool> {
    let mut named = vec![false; problem.volunteers().len()];
    for need in problem.needs() {
        for role in &need.roles {
            let asked =
                role.requires.all.iter().chain(role.requires.any.iter().flatten()).chain(&role.requires.none);
            for quality in asked.copied().chain(role.prefers.iter().map(|p| p.quality)) {
                if let Quality::Volunteer(who) = quality {
                    named[who.index()] = true;
                }
            }
            for &(who, _) in &role.service_by {
                named[who.index()] = true;
            }
            if let Some(pin) = role.pin {
                named[pin.volunteer.index()] = true;
            }
        }
    }
    let tallies = problem.needs().iter().flat_map(|need| &need.crew.tallies);
    let tallied = tallies.filter_map(|tally| match tally.quality {
        Quality::Volunteer(who) => Some(who),
        _ => None,
    });
    let apart = problem.apart().iter().flat_map(|&(one, other)| [one, other]);
    for who in tallied.chain(apart) {
        named[who.index()] = true;
    }
    for before in problem.previous().iter().flat_map(|p| &p.assignments) {
        named[before.volunteer.index()] = true;
    }
    named
}
