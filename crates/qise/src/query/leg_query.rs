//! What a place for a slot costs at least, as far as a leg, or a box of legs, tells it.

use super::leg::Traits;
use super::leg_tree::Tree;
use super::preferences::{Preferences, Wished};
use crate::model::{SlotId, Term, Time};
use crate::solve::insertion::crew::asks_sequence;
use crate::solve::insertion::lower_bound::has_lower_bound;
use crate::solve::instance::Instance;

/// So many radians rounding can hide of a distance: less than a metre.
const HAIR: f64 = 1e-7;
/// So many seconds rounding can hide of a way there and on, and of a change of a route.
const WAYS: f64 = 2.0;
const CHANGE: f64 = 4.0;
/// The same where several stops are made.
const STOPS: f64 = 8.0;

/// A question for places for a slot.
pub(crate) struct Query {
    pub(crate) centre: [f64; 3],
    /// When it may start.
    opens: f64,
    closes: f64,
    /// How long it takes somebody of ordinary pace, and at least those who have a time of their own.
    service: f64,
    own_service: f64,
    /// What it costs with somebody who is out, and with somebody who is not.
    out: i64,
    idle: i64,
    /// Prices of a second at work, and of what it adds to a load.
    work: f64,
    load: f64,
    /// So much of what a detour costs rounding can hide, and so much of its time.
    hidden: f64,
    hidden_s: f64,
    wished: Wished,
    /// Whether people on other routes may come sooner or later for it.
    moves: bool,
    /// Whether anything is known of what it costs.
    known: bool,
}

impl Query {
    /// Where people on other routes may come sooner or later for it, `gain` is what those may gain who wait for the slot itself.
    pub(crate) fn new(
        instance: &Instance<'_>,
        (origin, wishes): (Time, &Preferences),
        slot: SlotId,
        gain: Option<i64>,
    ) -> Self {
        let flat = instance.slot(slot);
        let price = |term: Term| instance.weights.of(term);
        let told = flat.previous.iter().map(|before| before.reassign).max().unwrap_or(0);
        let out = (-price(Term::Disruption).saturating_mul(told)).saturating_sub(gain.unwrap_or(0));
        let own = instance.problem.role(slot).service_by.iter().map(|(_, service)| service.0).min();
        let stops = if asks_sequence(instance, slot) { STOPS } else { 1.0 };
        Self {
            centre: instance.point(slot),
            opens: (flat.opens() - origin).0 as f64,
            closes: (flat.closes() - origin).0 as f64,
            service: flat.ordinary().0 as f64,
            own_service: own.map_or(f64::INFINITY, |own| own as f64),
            out,
            idle: out.saturating_add(price(Term::People)),
            work: price(Term::WorkTime) as f64,
            load: price(Term::Load) as f64,
            hidden: stops * CHANGE * instance.leg_price(1.0, 1.0),
            hidden_s: stops * CHANGE,
            wished: wishes.of(instance, slot),
            moves: gain.is_some(),
            known: has_lower_bound(instance),
        }
    }

    /// The same, asked for everybody who could come at any price.
    pub(crate) fn at_any_price(self) -> Self {
        Self { known: false, ..self }
    }

    /// The squared distance to the nearest point of a box.
    pub(crate) fn away2(&self, low: &[f32; 3], high: &[f32; 3]) -> f64 {
        let axis = |a: usize| {
            let off = (f64::from(low[a]) - self.centre[a]).max(self.centre[a] - f64::from(high[a])).max(0.0);
            off * off
        };
        axis(0) + axis(1) + axis(2)
    }

    /// What a place on such a leg costs at least that has its middle so far off; nothing where there is none. Where nothing is known of
    /// that, the least number.
    pub(crate) fn least(&self, tree: &Tree, away2: f64, traits: &Traits) -> Option<i64> {
        let service = (self.service * f64::from(traits.pace)).min(self.own_service);
        let (free, limit) = (f64::from(traits.free), f64::from(traits.limit));
        if free - WAYS > self.closes || free.max(self.opens) + service - WAYS > limit {
            return None;
        }
        let away = (away2.sqrt() - HAIR).max(0.0);
        if away > f64::from(traits.far) + HAIR {
            return None;
        }
        let beyond = away - f64::from(traits.half);
        let way = beyond.max(0.0) * f64::from(traits.seconds);
        let ready = (free + way - WAYS).max(self.opens);
        let on = if traits.closed { way } else { 0.0 };
        if ready > self.closes || ready + service + on - WAYS > limit {
            return None;
        }
        // A detour is no shorter than the straight way, but for rounding.
        let longer = traits.metric && service >= WAYS;
        if !self.known || !longer && self.moves && !traits.idle {
            return Some(i64::MIN);
        }
        let beyond = if longer { beyond.max(0.0) } else { beyond };
        let (seconds, price) = if beyond < 0.0 {
            (2.0 * tree.most_seconds, 2.0 * tree.most_price)
        } else {
            let times = if traits.closed { 2.0 } else { 1.0 };
            (times * f64::from(traits.seconds), times * f64::from(traits.price))
        };
        let more = beyond * seconds + service - f64::from(traits.absorbable) - self.hidden_s;
        let more = if longer { more.max(0.0) } else { more };
        let load = if more < 0.0 {
            more * tree.most_load
        } else {
            more * (f64::from(traits.load) + more * f64::from(traits.curve))
        };
        let time = self.work * more + self.load * (load - 1.0);
        let cost = beyond * price - self.hidden + time;
        let cost = if longer { cost.max(0.0) } else { cost };
        let floor = if traits.idle { self.idle } else { self.out };
        let floor = floor.saturating_add(self.wished.unmet(traits.any, traits.all));
        let gain = if self.moves { f64::from(traits.gain) } else { 0.0 };
        let cost = cost - f64::from(traits.retiming_gain) - gain;
        // One less than what is cut off: no more than the number itself.
        Some(floor.saturating_add((cost as i64).saturating_sub(1)))
    }
}
