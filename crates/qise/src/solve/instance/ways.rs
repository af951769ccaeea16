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
            _ => computed(self.instance, self.unit, self.from, place),
        }
    }

    /// The way back from a place.
    #[inline(always)]
    #[allow(clippy::inline_always)] // the same
    pub(crate) fn back_from(&self, place: PlaceId) -> Leg {
        if self.unit.symmetric {
            self.to(place)
        } else {
            computed(self.instance, self.unit, place, self.from)
        }
    }
}

/// A way that no table holds. No method: a reference to the ways would keep all of a walk in memory.
#[inline(never)]
fn computed(instance: &Instance<'_>, unit: &FlatUnit, from: PlaceId, to: PlaceId) -> Leg {
    instance.way(unit, from, to)
}

#[cfg(test)]
mod tests {
    use crate::ProblemData;
    use crate::model::{PlaceId, RouteEnd, Seconds, SlotId, Term, TravelRule, UnitId};
    use crate::solve::instance::leg::Leg;
    use crate::tests::{built, instance, line, need, person, weighing};

    fn data(terms: &[(Term, u32)]) -> ProblemData {
        let mut data = line(&[0, 10, 25]);
        data.objective = weighing(terms);
        person(&mut data, 0, (0, 1000));
        need(&mut data, 1, (0, 900), 10);
        data
    }

    const ME: UnitId = UnitId(0);

    #[test]
    fn ways_count_metres_only_where_they_matter() {
        let mut data = data(&[(Term::TravelTime, 3), (Term::Distance, 2)]);
        let leg = |data: &ProblemData| {
            let problem = built(data);
            let instance = instance(&problem);
            let leg = instance.leg(ME, PlaceId(1), PlaceId(2));
            (leg.seconds, leg.metres, instance.leg_cost(leg), instance.leg_price(0.5, 2.0))
        };
        assert_eq!(leg(&data), (15, 150, 3 * 15 + 2 * 150, 5.5));
        data.objective = weighing(&[(Term::TravelTime, 3)]);
        assert_eq!(leg(&data), (15, 0, 45, 1.5));
        data.volunteers[0].per_day.distance = Some(crate::model::Metres(900));
        assert_eq!(leg(&data), (15, 150, 45, 1.5), "against a limit");
    }

    #[test]
    fn setup_is_due_when_one_comes_from_elsewhere() {
        let mut data = data(&[(Term::TravelTime, 1)]);
        data.places[1].setup = Seconds(4);
        let problem = built(&data);
        let instance = instance(&problem);
        let arc = |from| instance.arc(instance.unit(ME), PlaceId(from), SlotId(0)).0;
        assert_eq!([0, 1, 2].map(arc), [14, 0, 19]);
        assert_eq!([0, 1].map(|from| instance.setup_after(PlaceId(from), SlotId(0)).0), [4, 0]);
    }

    #[test]
    fn the_way_home_is_free_where_a_route_ends_anywhere() {
        let mut data = data(&[(Term::TravelTime, 1)]);
        let back = |data: &ProblemData| {
            let problem = built(data);
            let instance = instance(&problem);
            instance.back(instance.unit(ME), PlaceId(2)).0
        };
        assert_eq!(back(&data), 25);
        data.volunteers[0].shifts[0].to = RouteEnd::At(PlaceId(1));
        assert_eq!(back(&data), 15);
        data.volunteers[0].shifts[0].to = RouteEnd::Anywhere;
        assert_eq!(back(&data), 0);
    }

    /// Rows of the table tell the same as single ways, forth and back, on one-way roads too.
    #[test]
    fn ways_from_a_place_are_the_ways() {
        for one_way in [false, true] {
            let mut data = data(&[(Term::TravelTime, 1), (Term::Distance, 1)]);
            if let TravelRule::Matrix(matrix) = &mut data.profiles[0].rule {
                matrix.seconds[5] += 100 * u32::from(one_way);
            }
            let problem = built(&data);
            let instance = instance(&problem);
            let unit = instance.unit(ME);
            for from in (0..3).map(PlaceId) {
                let ways = instance.ways_from(unit, from);
                for to in (0..3).map(PlaceId) {
                    assert_eq!(ways.to(to), instance.way(unit, from, to));
                    assert_eq!(ways.back_from(to), instance.way(unit, to, from));
                }
            }
            let far = Leg { seconds: 15 + 100 * i64::from(one_way), metres: 150 };
            assert_eq!(instance.ways_from(unit, PlaceId(2)).back_from(PlaceId(1)), far);
        }
    }
}
