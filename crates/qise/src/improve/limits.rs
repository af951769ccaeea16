//! How far changes of each kind go.

use crate::model::{Amount, Handling, Metres, NeedId, PlaceId, Problem, Seconds, UnitId};

/// How far changes of each kind go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeLimits {
    /// Windows open so much sooner.
    pub sooner: Seconds,
    /// Windows close so much later.
    pub later: Seconds,
    /// Everybody who set a radius goes so much farther.
    pub radius: Metres,
    /// So many people join, who live as near as anybody does and can do what is asked.
    pub people: u32,
    /// So many more of each kind of goods that the need asks for are in a depot.
    pub units: u32,
}

impl ChangeLimits {
    /// As far as suggestions go unless told otherwise: 4 h, 200 km, two people, one more unit.
    pub const FARTHEST: Self = Self {
        sooner: Seconds(4 * 3600),
        later: Seconds(4 * 3600),
        radius: Metres(200_000),
        people: 2,
        units: 1,
    };

    /// How far changes of a kind go, in the kind's own unit.
    pub(super) fn of(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Sooner => self.sooner.0,
            Kind::Later => self.later.0,
            Kind::Radius => self.radius.0,
            Kind::People => self.people.into(),
            Kind::Units => self.units.into(),
        }
    }

    /// The same but for one kind.
    pub(super) fn with(mut self, kind: Kind, far: i64) -> Self {
        match kind {
            Kind::Sooner => self.sooner = Seconds(far),
            Kind::Later => self.later = Seconds(far),
            Kind::Radius => self.radius = Metres(far),
            Kind::People => self.people = far as u32,
            Kind::Units => self.units = far as u32,
        }
        self
    }
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Sooner,
    Later,
    Radius,
    Units,
    People,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Sooner, Self::Later, Self::Radius, Self::Units, Self::People];

    /// How far it may go, step by step, up to `farthest`.
    pub(super) fn steps(self, farthest: i64) -> Vec<i64> {
        const MINUTES: [i64; 7] = [20, 40, 60, 90, 120, 180, 240];
        const KILOMETRES: [i64; 8] = [3, 5, 10, 20, 30, 50, 100, 200];
        let mut steps = match self {
            Self::Sooner | Self::Later => MINUTES.iter().map(|minutes| minutes * 60).collect(),
            Self::Radius => KILOMETRES.iter().map(|kilometres| kilometres * 1000).collect(),
            // Doubled again and again.
            Self::People | Self::Units => (0..31).map(|power| 1_i64 << power).collect::<Vec<_>>(),
        };
        steps.retain(|&step| step < farthest);
        steps.push(farthest);
        steps
    }

    /// Whether such a change could make any difference to a need.
    pub(super) fn matters(self, problem: &Problem, need: NeedId) -> bool {
        let pinned = || {
            problem.slots_of(need).all(|slot| problem.role(slot).pin.is_some_and(|pin| pin.start.is_some()))
        };
        match self {
            Self::Sooner | Self::Later => !pinned(),
            Self::Radius => problem.volunteers().iter().any(|volunteer| volunteer.max_radius.is_some()),
            Self::Units => asked(problem, need).next().is_some() && !problem.depots().is_empty(),
            Self::People => true,
        }
    }
}

/// The goods that a need asks for, and that could be short.
pub(super) fn asked(problem: &Problem, need: NeedId) -> impl Iterator<Item = Amount> + '_ {
    let supplies = problem.need(need).goods.iter();
    supplies.filter(|supply| supply.handling != Handling::Collect).map(|supply| supply.what)
}

/// Who lives so that they are soonest at a place, no nearer than `apart`, with the way there.
pub(super) fn nearest_home(problem: &Problem, place: PlaceId, apart: Metres) -> Option<(UnitId, Seconds)> {
    let far_enough = |unit: UnitId| {
        apart <= Metres::ZERO || problem.from_home(problem.unit(unit).volunteer, place) >= apart
    };
    let way = |id: UnitId| {
        let unit = problem.unit(id);
        let home = problem.volunteer(unit.volunteer).home;
        problem.travel().least_seconds(unit.mode, home, place)
    };
    let own = problem.unit_ids().filter(|&unit| problem.unit(unit).vehicle.is_none() && far_enough(unit));
    own.map(|unit| (way(unit), unit)).min().map(|(way, unit)| (unit, way))
}
