//! Exchanging the tails of two routes: what string removal cannot do where routes are long.
//!
//! Source: J.-Y. Potvin, J.-M. Rousseau (1995), An exchange heuristic for routeing problems with time windows, Journal of the
//! Operational Research Society 46(12): 2-opt*. Cut before the first visits of both, it exchanges whole routes between people.

use super::subproblem::Subproblem;
use super::{Outcome, Site};
use crate::model::{PlaceId, Seconds, SlotId, Term, Time, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::leg::Leg;
use crate::solve::instance::slot::FlatUnit;
use crate::solve::state::route::goods_transfers::joined;
use crate::solve::state::route::{Route, head_of, tail_of};
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
    let (a, b) = (End::new(instance, plan, a), End::new(instance, plan, b));
    let (ab, ba) = (a.way_to(instance, &b), b.way_to(instance, &a));
    // Time first: where nobody can travel a way, its cost is no number to count with.
    if !(a.is_in_time(ab, &b) && b.is_in_time(ba, &a)) {
        return None;
    }
    let ways = instance.leg_cost(ab) + instance.leg_cost(ba) - a.cost - b.cost;
    let cost = ways.saturating_add(work(instance, (&a, ab), (&b, ba)));
    ((cost as f64) < below).then_some(cost)
}

/// What the time at work costs more, where it counts and can be told by merging stretches.
fn work(instance: &Instance<'_>, (a, ab): (&End<'_>, Leg), (b, ba): (&End<'_>, Leg)) -> i64 {
    let price = instance.weights.of(Term::WorkTime);
    let (Some((head_a, tail_a)), Some((head_b, tail_b))) = (a.stretches, b.stretches) else { return 0 };
    if price == 0 {
        return 0;
    }
    let is_empty = |head: &End<'_>, tail: &End<'_>| head.starts && tail.next.is_none();
    let duration = |head: &End<'_>, stretch: Segment, way: Leg, tail: &End<'_>, rest: Segment| {
        if is_empty(head, tail) {
            return 0;
        }
        let setup =
            tail.next.filter(|(place, ..)| *place != head.from).map_or(Seconds::ZERO, |(_, setup, _)| setup);
        // The end of a route is its owner's, whoever made the visits before.
        let rest = if tail.next.is_some() { rest } else { tail_of(head.owner) };
        stretch.then(Seconds(way.seconds) + setup, rest).duration.0
    };
    let now = duration(a, head_a, ab, b, tail_b) + duration(b, head_b, ba, a, tail_a);
    price.saturating_mul(now - a.work - b.work)
}

/// Both sides of a cut.
struct End<'a> {
    owner: &'a FlatUnit,
    /// Where the head ends, and when it can be left.
    from: PlaceId,
    free: Time,
    /// Where the tail begins, its setup, and when it must begin; nothing behind the last visit.
    next: Option<(PlaceId, Seconds, Time)>,
    /// Cost of the way between the two.
    cost: i64,
    /// Whether the head is empty.
    starts: bool,
    /// Time at work on the whole route, and both sides as stretches where they can be merged.
    work: i64,
    stretches: Option<(Segment, Segment)>,
}

impl<'a> End<'a> {
    fn new(instance: &'a Instance<'_>, plan: &WorkingPlan, cut: TailCut) -> Self {
        let owner = instance.unit(cut.unit);
        let route: &Route = plan.route(cut.unit);
        let (from, free) = match cut.at.checked_sub(1) {
            Some(last) => (route.nodes[last].place, route.nodes[last].end),
            None => (owner.from, owner.start),
        };
        let next = route.nodes.get(cut.at);
        let merges = instance.features.compress && !route.needs_full_timing;
        let head = cut.at.checked_sub(1).and_then(|last| route.heads.get(last).copied());
        let tail = route.tails.get(cut.at).copied();
        let stretches = (head.unwrap_or_else(|| head_of(owner)), tail.unwrap_or_else(|| tail_of(owner)));
        Self {
            owner,
            from,
            free,
            next: next.map(|node| (node.place, node.setup, node.latest)),
            cost: next.map_or(route.back_cost, |node| node.cost),
            starts: cut.at == 0,
            work: route.totals.work,
            stretches: merges.then_some(stretches),
        }
    }

    /// The way from this head to the tail of the other.
    fn way_to(&self, instance: &Instance<'_>, other: &Self) -> Leg {
        match (other.next, self.owner.to) {
            (Some((place, ..)), _) => instance.way(self.owner, self.from, place),
            (None, Some(to)) => instance.way(self.owner, self.from, to),
            (None, None) => Leg::default(),
        }
    }

    fn is_in_time(&self, way: Leg, other: &Self) -> bool {
        match other.next {
            Some((place, setup, latest)) => {
                let setup = if place == self.from { Seconds::ZERO } else { setup };
                self.free + Seconds(way.seconds) + setup <= latest
            }
            None => self.free + Seconds(way.seconds) <= self.owner.end,
        }
    }
}

/// Whether both people may serve what they get, and can carry it.
fn fits(instance: &Instance<'_>, plan: &WorkingPlan, a: TailCut, b: TailCut) -> bool {
    let equal =
        instance.units.identical.representative(a.unit) == instance.units.identical.representative(b.unit);
    let (visits_a, visits_b) = (&plan.route(a.unit).visits, &plan.route(b.unit).visits);
    let takes = |unit: UnitId, tail: &[SlotId]| {
        tail.iter().all(|&slot| !instance.slot(slot).pinned && (equal || instance.is_compatible(slot, unit)))
    };
    if !takes(a.unit, &visits_b[b.at..]) || !takes(b.unit, &visits_a[a.at..]) {
        return false;
    }
    // Nobody comes to one need twice.
    let twice = |head: &[SlotId], tail: &[SlotId]| {
        let mut crews = tail.iter().filter(|&&slot| instance.slot(slot).is_dependent);
        crews.any(|&slot| instance.crew(slot).any(|partner| head.contains(&partner)))
    };
    if instance.has_synchronisation()
        && (twice(&visits_a[..a.at], &visits_b[b.at..])
            || twice(&visits_b[..b.at], &visits_a[a.at..])
            || !go_together(instance, plan, a, b))
    {
        return false;
    }
    if instance.features.rides
        && !(plan.route(a.unit).is_open(instance, a.at) && plan.route(b.unit).is_open(instance, b.at))
    {
        return false;
    }
    let supplied =
        |unit: UnitId, head: &[SlotId], tail: &[SlotId]| joined(instance, unit, head, tail).is_some();
    let both = || {
        supplied(a.unit, &visits_a[..a.at], &visits_b[b.at..])
            && supplied(b.unit, &visits_b[..b.at], &visits_a[a.at..])
    };
    if !instance.depot_calls.is_empty() && !both() {
        return false;
    }
    (0..instance.loads.dimensions).all(|d| {
        let single = |slot: &&SlotId| !instance.is_ride(**slot);
        let load =
            |visits: &[SlotId]| visits.iter().filter(single).map(|&n| instance.loads.of(n)[d]).sum::<i64>();
        let carries = |unit: UnitId, head: &[SlotId], tail: &[SlotId]| {
            load(head) + load(tail) <= instance.loads.capacities(unit)[d]
        };
        carries(a.unit, &visits_a[..a.at], &visits_b[b.at..])
            && carries(b.unit, &visits_b[..b.at], &visits_a[a.at..])
    })
}

/// Whether the crews and linked needs of both tails may be served by the people who would serve them.
fn go_together(instance: &Instance<'_>, plan: &WorkingPlan, a: TailCut, b: TailCut) -> bool {
    let tails = [a, b].map(|cut| &plan.route(cut.unit).visits[cut.at..]);
    let moved = |slot: SlotId| {
        let unit = plan.unit_of(slot)?;
        let behind = |cut: TailCut| unit == cut.unit && plan.position(slot) >= cut.at;
        Some(if behind(a) {
            b.unit
        } else if behind(b) {
            a.unit
        } else {
            unit
        })
    };
    let tied = tails.into_iter().flatten().filter(|&&slot| instance.slot(slot).is_dependent);
    let mut needs = tied.map(|&slot| instance.problem.slot(slot).need);
    let people = |need| {
        let leads = instance.problem.slots_of(need).filter_map(moved);
        leads.flat_map(|lead| std::iter::once(lead).chain(plan.route(lead).company.iter().copied())).collect()
    };
    needs.all(|need| instance.is_plain(need) || instance.goes_together(need, &people))
}
