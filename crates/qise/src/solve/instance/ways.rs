//! Ways between places, as units travel them, and what they cost.

use super::Instance;
use super::leg::Leg;
use super::slot::FlatUnit;
use crate::model::{PlaceId, Seconds, SlotId, Term, TravelMatrix, UnitId};

impl Instance<'_> {
    /// The way from one place to another.
    #[inline]
    pub(crate) fn leg(&self, unit: UnitId, from: PlaceId, to: PlaceId) -> Leg {
        self.way(self.unit(unit), from, to)
    }

    /// The way from one place to another.
    #[inline]
    pub(crate) fn way(&self, unit: &FlatUnit, from: PlaceId, to: PlaceId) -> Leg {
        let travel = self.problem.travel();
        Leg {
            seconds: travel.seconds(unit.mode, from, to).0,
            metres: if self.features.metres { travel.metres(unit.mode, from, to).0 } else { 0 },
        }
    }

    /// The ways from one place to all others.
    #[inline]
    pub(crate) fn ways_from<'i>(&'i self, unit: &'i FlatUnit, from: PlaceId) -> Ways<'i> {
        let (seconds, metres) = self.problem.travel().row(unit.mode, from);
        Ways { instance: self, unit, from, seconds, metres: if self.features.metres { metres } else { &[] } }
    }

    /// What a way costs in units of the weighted cost.
    #[inline]
    pub(crate) fn leg_cost(&self, leg: Leg) -> i64 {
        self.weights.of(Term::TravelTime) * leg.seconds + self.weights.of(Term::Distance) * leg.metres
    }

    /// What a way costs that takes so many seconds and metres, which may be fractions.
    pub(crate) fn leg_price(&self, seconds: f64, metres: f64) -> f64 {
        self.weights.of(Term::TravelTime) as f64 * seconds + self.weights.of(Term::Distance) as f64 * metres
    }

    /// Travel and setup from one place to a need.
    #[inline]
    pub(crate) fn arc(&self, unit: &FlatUnit, from: PlaceId, slot: SlotId) -> Seconds {
        let (travel, setup) = self.travel_and_setup(unit, from, slot);
        travel + setup
    }

    /// Travel and setup from one place to a need, apart.
    pub(crate) fn travel_and_setup(
        &self,
        unit: &FlatUnit,
        from: PlaceId,
        slot: SlotId,
    ) -> (Seconds, Seconds) {
        let flat = self.slot(slot);
        if from == flat.place {
            (Seconds::ZERO, Seconds::ZERO)
        } else {
            (self.problem.travel().seconds(unit.mode, from, flat.place), flat.setup)
        }
    }

    /// Setup at a slot for somebody who comes from a place.
    #[inline]
    pub(crate) fn setup_after(&self, here: PlaceId, slot: SlotId) -> Seconds {
        let flat = self.slot(slot);
        if here == flat.place { Seconds::ZERO } else { flat.setup }
    }

    /// The time from a place to the end of the route.
    #[inline]
    pub(crate) fn back(&self, unit: &FlatUnit, from: PlaceId) -> Seconds {
        unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, from, to))
    }
}

/// The ways from one place to all others, as one unit moves.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'i> {
    instance: &'i Instance<'i>,
    unit: &'i FlatUnit,
    from: PlaceId,
    seconds: &'i [u32],
    metres: &'i [u32],
}

impl Ways<'_> {
    /// The way to a place.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked twice at every position of every walk
    pub(crate) fn to(&self, place: PlaceId) -> Leg {
        match self.seconds.get(place.index()) {
            Some(&seconds) if seconds != TravelMatrix::NO_WAY => Leg {
                seconds: i64::from(seconds),
                metres: self.metres.get(place.index()).map_or(0, |&m| i64::from(m)),
            },
            _ => self.computed(self.from, place),
        }
    }

    /// The way back from a place.
    #[inline(always)]
    #[allow(clippy::inline_always)] // the same
    pub(crate) fn back_from(&self, place: PlaceId) -> Leg {
        if self.unit.symmetric { self.to(place) } else { self.computed(place, self.from) }
    }

    /// A way that no table holds.
    fn computed(&self, from: PlaceId, to: PlaceId) -> Leg {
        self.instance.way(self.unit, from, to)
    }
}
