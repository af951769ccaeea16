//! The legs of routes: where a visit can be put in, and what makes that cheap.
//!
//! A leg is the way from one stop of a route to the next; who stays at home has one, from where they start to where they end. A
//! detour from a leg with ends a and b by way of n is longer than the leg by |an| + |nb| − |ab| ≥ 2 (|mn| − |ab| / 2), where m is the
//! middle of the straight line between a and b. So of a leg its middle and its length are kept.

use super::sync_gain::SyncGains;
use crate::model::{PlaceId, Problem, TeamId, Time, UnitId};
use crate::solve::insertion::lower_bound::{Gain, RouteSlack, Stretches, is_before_meeting};
use crate::solve::instance::Instance;
use crate::solve::state::WorkingPlan;

/// What of a leg, or of many, makes a visit there possible and cheap: of many always the best. Rounded to the safe side, for much of the
/// time of a question is spent on fetching it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    /// What a radian on the way costs at least, in units of the weighted cost and time at work apart, and how long it takes.
    pub(crate) price: f32,
    pub(crate) seconds: f32,
    /// Half of its length, in radians.
    pub(crate) half: f32,
    /// So far from its middle its owner goes, in radians.
    pub(crate) far: f32,
    /// What a second more adds to the load of its owner, and half of what the next second adds beyond that.
    pub(crate) load: f32,
    pub(crate) curve: f32,
    /// Time that its owner takes for a service of a second.
    pub(crate) pace: f32,
    /// Time at work in which another visit takes no more of it.
    pub(crate) absorbable: f32,
    /// From when on its owner is free at its start, and by when they must be at its end, in seconds since the first shift.
    pub(crate) free: f32,
    pub(crate) limit: f32,
    /// By how much its route may cost less once it is timed in another way.
    pub(crate) retiming_gain: f32,
    /// What may be gained beyond that where the times of others change.
    pub(crate) gain: f32,
    /// Common wishes that anybody meets, and that everybody meets, one bit for each.
    pub(crate) any: u32,
    pub(crate) all: u32,
    /// Whether they end at a stop, all of them: behind the last stop of an open route there is no way on.
    pub(crate) closed: bool,
    /// Whether none of their owners is out yet.
    pub(crate) idle: bool,
    /// Whether no detour is quicker than the straight way.
    pub(crate) metric: bool,
}

/// A leg of a route.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub(crate) middle: [f32; 3],
    pub(crate) unit: UnitId,
    pub(crate) traits: Traits,
}

impl Traits {
    pub(crate) fn join(&mut self, other: &Self) {
        self.price = self.price.min(other.price);
        self.seconds = self.seconds.min(other.seconds);
        self.half = self.half.max(other.half);
        self.far = self.far.max(other.far);
        self.load = self.load.min(other.load);
        self.curve = self.curve.min(other.curve);
        self.pace = self.pace.min(other.pace);
        self.absorbable = self.absorbable.max(other.absorbable);
        self.free = self.free.min(other.free);
        self.limit = self.limit.max(other.limit);
        self.retiming_gain = self.retiming_gain.max(other.retiming_gain);
        self.gain = self.gain.max(other.gain);
        self.any |= other.any;
        self.all &= other.all;
        self.closed &= other.closed;
        self.idle &= other.idle;
        self.metric &= other.metric;
    }
}

/// Offers the legs of a unit; nothing where distance does not tell what a detour from one costs.
pub(crate) fn legs(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    (gains, slack, by): (&SyncGains, &RouteSlack, &[Time]),
    stretches: &mut Stretches,
    (unit, met, origin): (UnitId, u32, Time),
    mut offer: impl FnMut(Leg),
) -> Option<()> {
    let (owner, route) = (instance.unit(unit), plan.route(unit));
    let problem: &Problem = instance.problem;
    // A shift in reserve: nobody is there.
    if problem.shift(problem.unit(unit)).is_vacant() {
        return Some(());
    }
    let (seconds, metres) = problem.travel().per_radian(owner.mode)?;
    // Whoever is missing from a team may come for less than nothing.
    let team_asks = |team: &TeamId| problem.teams()[team.index()].least_people.is_some();
    // Who goes out again from where the route ends may start nearer; who does not follow a shift yet may do so in another plan.
    let may_follow = problem.unit(unit).follows.is_some() && route.after.is_none();
    if may_follow || plan.is_followed(instance, unit) {
        return None;
    }
    if !route.out && problem.volunteer(owner.volunteer).teams.iter().any(team_asks) {
        return None;
    }
    let idle = !route.out && !plan.routes().goes_out_besides(instance, owner.volunteer, unit);
    let home = problem.volunteer(owner.volunteer).home;
    let radius = problem.radius_chord2(owner.volunteer).sqrt();
    let point = |place: PlaceId| problem.place(place).at.map(|_| problem.travel().point(place));
    let offered = slack.work.offered as f64;
    let traits = Traits {
        price: down(instance.leg_price(seconds, metres)),
        seconds: down(seconds),
        half: 0.0,
        far: f32::INFINITY,
        load: down(2.0 * slack.work.worked as f64 / offered),
        curve: down(1.0 / offered),
        pace: down(f64::from(owner.pace_permille) / 1000.0),
        absorbable: 0.0,
        free: 0.0,
        limit: 0.0,
        retiming_gain: 0.0,
        gain: 0.0,
        any: met,
        all: met,
        closed: true,
        idle,
        metric: owner.metric,
    };
    let mut idle_on = Vec::new();
    stretches.absorbable_on_legs(instance, plan, unit, slack, &mut idle_on);
    let mut leg = |at: usize, from: PlaceId, to: Option<PlaceId>, taken: i64, (free, limit): (Time, Time)| {
        let a = point(from)?;
        let b = to.map_or(Some(a), point)?;
        let half = if to.is_none_or(|to| to == from) { 0.0 } else { (taken + 1) as f64 / seconds / 2.0 };
        let middle: [f64; 3] = std::array::from_fn(|axis| f64::midpoint(a[axis], b[axis]));
        let far = if radius.is_finite() { radius + distance(point(home)?, middle) } else { radius };
        let Gain { own, others } = gains.at(unit, at);
        let mut gain = others.saturating_sub(slack.work.of(-own));
        let mut loose = slack.retiming_gain;
        let pinned = if is_before_meeting(by, at) { &mut loose } else { &mut gain };
        *pinned = pinned.saturating_sub(slack.work.of(-slack.pinned.min(idle_on[at])));
        let traits = Traits {
            half: up(half),
            far: up(far),
            absorbable: up(idle_on[at] as f64),
            free: down((free - origin).0 as f64),
            limit: up((limit - origin).0 as f64),
            retiming_gain: up(loose as f64),
            gain: up(gain as f64),
            closed: to.is_some(),
            ..traits
        };
        offer(Leg { middle: middle.map(|axis| axis as f32), unit, traits });
        Some(())
    };
    let (mut here, mut free) = route.start(owner);
    for (at, node) in route.nodes.iter().enumerate() {
        leg(at, here, Some(node.place), node.leg.seconds, (free, node.latest))?;
        (here, free) = (node.place, node.end);
    }
    let back = owner.to.map_or(0, |to| instance.leg(unit, here, to).seconds);
    leg(route.nodes.len(), here, owner.to, back, (free, owner.end))
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    let square = |axis: usize| (a[axis] - b[axis]) * (a[axis] - b[axis]);
    (square(0) + square(1) + square(2)).sqrt()
}

/// No less than a number.
fn up(value: f64) -> f32 {
    (value as f32).next_up()
}

/// No more than a number.
fn down(value: f64) -> f32 {
    (value as f32).next_down()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_legs_the_best_is_known() {
        let one = Traits {
            price: 1.0,
            seconds: 5.0,
            half: 2.0,
            far: 9.0,
            load: 1.0,
            curve: 4.0,
            pace: 1.0,
            absorbable: 3.0,
            free: 10.0,
            limit: 90.0,
            retiming_gain: 1.0,
            gain: 0.0,
            any: 0b011,
            all: 0b011,
            closed: true,
            idle: true,
            metric: true,
        };
        let mut both = one;
        both.join(&one);
        assert_eq!((both.price, both.any, both.idle), (1.0, 0b011, true), "of one and itself");
        both.join(&Traits {
            price: 2.0,
            seconds: 4.0,
            half: 1.0,
            far: 10.0,
            load: 0.5,
            curve: 5.0,
            pace: 0.9,
            absorbable: 4.0,
            free: 12.0,
            limit: 95.0,
            retiming_gain: 0.0,
            gain: 7.0,
            any: 0b110,
            all: 0b110,
            closed: false,
            idle: false,
            metric: false,
        });
        assert_eq!((both.price, both.seconds, both.half, both.far), (1.0, 4.0, 2.0, 10.0));
        assert_eq!((both.load, both.curve, both.pace, both.absorbable), (0.5, 4.0, 0.9, 4.0));
        assert_eq!((both.free, both.limit, both.retiming_gain, both.gain), (10.0, 95.0, 1.0, 7.0));
        assert_eq!((both.any, both.all), (0b111, 0b010));
        assert!(!both.closed && !both.idle && !both.metric);
    }

    #[test]
    fn rounding_goes_to_the_safe_side() {
        for value in [0.0, 1.0, 0.1, -0.1, 123_456_789.123, -1e30] {
            assert!(f64::from(up(value)) > value && f64::from(down(value)) < value, "{value}");
        }
        assert!((distance([1.0, 2.0, 2.0], [0.0, 0.0, 0.0]) - 3.0).abs() < 1e-12);
    }
}
