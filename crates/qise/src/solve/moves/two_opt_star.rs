//! Exchanging the tails of two routes: what string removal cannot do where routes are long.
//!
//! Source: J.-Y. Potvin, J.-M. Rousseau (1995), An exchange heuristic for routeing problems with time windows, Journal of the
//! Operational Research Society 46(12): 2-opt*. Cut before the first visits of both, it exchanges whole routes between people.

use super::site::{Outcome, Site};
use super::subproblem::Subproblem;
use crate::model::{Seconds, SlotId, Term, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::route::gap::Gap;
use crate::solve::state::route::tail_of;
use crate::solve::state::route_change::{RouteChange, is_feasible};
use crate::solve::state::schedule::segment::Segment;
use crate::solve::state::tail_exchange;
use crate::solve::state::{TailCut, WorkingPlan};

/// Idle people asked for the tail of a route.
const STARTS: usize = 4;

/// Of these exchanges those of whole routes between people, one in so many.
const OWNER: u32 = 8;

/// Exchanges tails of two routes, or owners of one, around a visit drawn at random.
pub(super) fn exchange(site: &mut Site<'_>) -> Outcome {
    let Site { instance, plan, subproblem, random, margin } = site;
    let slots = subproblem.slots();
    let lead = slots[random.below(slots.len() as u32) as usize];
    let mut crew = instance.crew(lead);
    let seed = match crew.len() as u32 {
        0 | 1 => lead,
        people => crew.nth(random.below(people) as usize).unwrap_or(lead),
    };
    let find = if random.once_in(OWNER) { best_owner } else { best_exchange };
    match find(instance, plan, subproblem, seed, *margin) {
        Some((a, b)) if tail_exchange::exchange(plan, instance, a, b) => Outcome::Changed,
        _ => Outcome::NotPossible,
    }
}

/// The best exchange that has `seed` followed by another need near it; nothing where none is possible, or all cost
/// more than `most` as far as the ways tell.
fn best_exchange(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    subproblem: &Subproblem,
    seed: SlotId,
    most: f64,
) -> Option<(TailCut, TailCut)> {
    let unit = plan.unit_of(seed).filter(|&unit| subproblem.contains(unit))?;
    let first = TailCut { unit, at: plan.position(seed) + 1 };
    let near = instance.proximity.neighbours.by_proximity(seed).iter().filter_map(|&slot| {
        let unit = plan.unit_of(slot)?;
        Some(TailCut { unit, at: plan.position(slot) })
    });
    // A route is also cut in two, where somebody else goes out for its tail.
    let leaders = instance.proximity.candidates.of(seed).iter().take(STARTS);
    let idle = leaders.filter_map(|&leader| {
        let unit = subproblem.starter(instance, plan, leader)?;
        (!plan.route(unit).out).then_some(TailCut { unit, at: 0 })
    });
    best_with(instance, plan, subproblem, first, near.chain(idle), most)
}

/// The best other person for the whole route that serves `seed`, who takes it over in exchange for theirs.
fn best_owner(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    subproblem: &Subproblem,
    seed: SlotId,
    most: f64,
) -> Option<(TailCut, TailCut)> {
    let unit = plan.unit_of(seed).filter(|&unit| subproblem.contains(unit))?;
    let first = TailCut { unit, at: 0 };
    let leaders = instance
        .proximity
        .candidates
        .of(seed)
        .iter()
        .filter(|&&l| l != instance.units.identical.representative(unit));
    let others =
        leaders.filter_map(|&l| Some(TailCut { unit: subproblem.starter(instance, plan, l)?, at: 0 }));
    best_with(instance, plan, subproblem, first, others, most)
}

/// The cheapest exchange with one of the others.
fn best_with(
    instance: &Instance<'_>,
    plan: &WorkingPlan,
    subproblem: &Subproblem,
    first: TailCut,
    others: impl Iterator<Item = TailCut>,
    most: f64,
) -> Option<(TailCut, TailCut)> {
    let mut best = None;
    let mut bound = most;
    // Whoever gives all away to somebody idle stays at home instead.
    let but = |second: UnitId| if first.at == 0 { first.unit } else { second };
    let may = |c: &TailCut| {
        c.unit != first.unit
            && subproblem.contains(c.unit)
            && !plan.routes().is_blocked_but(instance, c.unit, but(c.unit))
    };
    for second in others.filter(may) {
        if let Some(cost) = cost(instance, plan, first, second, bound)
            && fits(instance, plan, first, second)
        {
            bound = cost as f64;
            best = Some((first, second));
        }
    }
    best
}

/// What an exchange costs in ways, if that is less than `below` and no visit comes too late, breaks apart.
fn cost(instance: &Instance<'_>, plan: &WorkingPlan, a: TailCut, b: TailCut, below: f64) -> Option<i64> {
    let (a, b) = (Cut::new(instance, plan, a), Cut::new(instance, plan, b));
    let (ab, ba) = (b.gap.way_on(instance, a.owner, a.gap.from), a.gap.way_on(instance, b.owner, b.gap.from));
    // Time first: where nobody can travel a way, its cost is no number to count with.
    if !(a.is_in_time(ab, &b) && b.is_in_time(ba, &a)) {
        return None;
    }
    let ways = instance.leg_cost(ab) + instance.leg_cost(ba) - a.gap.cost - b.gap.cost;
    let cost = ways.saturating_add(work(instance, (&a, ab), (&b, ba)));
    ((cost as f64) < below).then_some(cost)
}

/// What the time at work costs more, where it counts and can be told by merging stretches.
fn work(instance: &Instance<'_>, (a, ab): (&Cut<'_>, Leg), (b, ba): (&Cut<'_>, Leg)) -> i64 {
    let price = instance.weights.of(Term::WorkTime);
    let (Some((head_a, tail_a)), Some((head_b, tail_b))) = (a.stretches, b.stretches) else { return 0 };
    if price == 0 {
        return 0;
    }
    let duration = |head: &Cut<'_>, stretch: Segment, way: Leg, tail: &Cut<'_>, rest: Segment| {
        if head.at == 0 && tail.gap.next.is_none() {
            return 0;
        }
        // The end of a route is its owner's, whoever made the visits before.
        let rest = if tail.gap.next.is_some() { rest } else { tail_of(head.owner) };
        stretch.then(Seconds(way.seconds) + tail.gap.entry(head.gap.from), rest).duration.0
    };
    let now = duration(a, head_a, ab, b, tail_b) + duration(b, head_b, ba, a, tail_a);
    price.saturating_mul(now - a.work - b.work)
}

/// Where a route is cut, with both of its sides.
struct Cut<'a> {
    owner: &'a FlatUnit,
    at: usize,
    gap: Gap,
    /// Time at work on the whole route, and both sides as stretches where they can be merged.
    work: i64,
    stretches: Option<(Segment, Segment)>,
}

impl<'a> Cut<'a> {
    fn new(instance: &'a Instance<'_>, plan: &WorkingPlan, cut: TailCut) -> Self {
        let (owner, route) = (instance.unit(cut.unit), plan.route(cut.unit));
        let merges = instance.features.compress && !route.needs_full_timing;
        Self {
            owner,
            at: cut.at,
            gap: route.gap(owner, cut.at),
            work: route.totals.work,
            stretches: merges.then(|| route.stretches(owner, cut.at)),
        }
    }

    /// Whether this head, the way, and the tail of the other fit together.
    fn is_in_time(&self, way: Leg, other: &Self) -> bool {
        let there = self.gap.free + Seconds(way.seconds) + other.gap.entry(self.gap.from);
        // The end of a shift is that of who goes on.
        there <= if other.gap.next.is_some() { other.gap.latest } else { self.owner.end }
    }
}

/// Whether both people may serve what they get, and can carry it.
fn fits(instance: &Instance<'_>, plan: &WorkingPlan, a: TailCut, b: TailCut) -> bool {
    let (visits_a, visits_b) = (&plan.route(a.unit).visits, &plan.route(b.unit).visits);
    let a = RouteChange { unit: a.unit, head: &visits_a[..a.at], gained: &visits_b[b.at..] };
    let b = RouteChange { unit: b.unit, head: &visits_b[..b.at], gained: &visits_a[a.head.len()..] };
    is_feasible(instance, plan, &[a, b])
}

#[cfg(test)]
mod tests;
