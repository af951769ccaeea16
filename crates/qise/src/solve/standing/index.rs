//! Whom to ask first: the legs of all who suit a requirement, by how little a detour from them to a place can cost.
//!
//! A leg is the way from one stop of a route to the next; who stays at home has one, from where they start to where they end. A
//! detour from a leg with ends a and b by way of n is longer than the leg by |an| + |nb| − |ab| ≥ 2 (|mn| − |ab| / 2), where m is the
//! middle of the straight line between a and b. So legs are kept by their middles, those of about one length together,
//! and taken nearest first, each length by its own.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use crate::matching::reach_chord2;
use crate::model::signature::CompiledRequirement;
use crate::model::{PlaceId, Problem, Seconds, SlotId, UnitId};
use crate::plan::Term;
use crate::solve::instance::Instance;
use crate::solve::working::WorkingPlan;

/// Below this many who suit, asking each is quicker than an index.
const FEW: usize = 64;
/// Half of the longest leg of the first class, in radians: about 6 metres. Those of each class after it are so many times as long.
const SHORTEST: f64 = 1e-6;
const LONGER: f64 = 8.0;
/// Longest spare times of the classes after the first, whose owners have none; the last knows no bound.
const SPARE: [i64; 3] = [900, 3600, i64::MAX / 2];

type Entry = GeomWithData<[f64; 3], UnitId>;

/// The legs of all units, by what the slots of the problem ask of a person.
pub(super) struct Index {
    /// The group of each slot.
    group_of: Vec<u32>,
    groups: Vec<Group>,
}

/// Those who suit one requirement, names apart.
enum Group {
    /// Everybody is asked: they are few, or distance does not tell what a detour costs.
    All(Vec<UnitId>),
    Classes(Vec<Class>),
}

/// Legs of about one length.
struct Class {
    legs: RTree<Entry>,
    /// Half of the longest, in radians.
    half: f64,
    /// What a radian on the way costs at least, in the guide's currency, and its time at work.
    way: f64,
    work: f64,
    /// No owner who is not out yet can serve anything farther off than that, in radians.
    farthest: f64,
    kind: Kind,
}

/// What tells legs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Kind {
    /// How often the shortest length is made longer.
    length: u32,
    /// Whether they end at a stop; behind the last stop of an open route there is no way on.
    closed: bool,
    /// Whether their owners are not out yet.
    idle: bool,
    /// How much spare time their owners have between departure and return, in which another visit takes no more of their time: the number
    /// of the bound in [`SPARE`], counted from 1; 0 for none.
    spare: usize,
}

/// A leg before it is sorted into a class.
struct Leg {
    middle: [f64; 3],
    half: f64,
    way: f64,
    work: f64,
    farthest: f64,
    kind: Kind,
    unit: UnitId,
}

/// What a place for a need costs at least, detours apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Floor {
    /// What it costs with somebody who is out, and with somebody who is not.
    pub(super) out: i64,
    pub(super) idle: i64,
    /// Time at work that the visit takes at least, and the price of a second of it.
    pub(super) service: Seconds,
    pub(super) work_price: i64,
}

impl Index {
    pub(super) fn new(instance: &Instance<'_>, plan: &WorkingPlan) -> Self {
        let problem = instance.problem;
        let mut by_requirement = FxHashMap::default();
        let mut parts: Vec<CompiledRequirement> = Vec::new();
        let group_of = problem.slot_ids().map(|slot| {
            *by_requirement.entry(problem.requirement(slot).bits_part()).or_insert_with_key(|part| {
                parts.push(part.clone());
                parts.len() as u32 - 1
            })
        });
        let group_of = group_of.collect();
        let mut by_signature = vec![Vec::new(); problem.signature_count()];
        for unit in problem.unit_ids() {
            by_signature[problem.unit(unit).signature as usize].push(unit);
        }
        let group = |part: &CompiledRequirement| {
            let rows = by_signature.iter().enumerate();
            let rows = rows.filter(|&(row, _)| part.may_suit(problem.signature(row as u32)));
            Group::new(instance, plan, rows.flat_map(|(_, units)| units.iter().copied()).collect())
        };
        let groups = parts.par_iter().map(group).collect();
        Self { group_of, groups }
    }

    /// Names those who suit a slot by all that bits tell, one after the other, until nobody is left who may cost no more than `ask` says.
    /// Somebody may be named more than once. Where nothing is known of what a place costs at least, everybody is named.
    pub(super) fn walk(
        &self,
        instance: &Instance<'_>,
        slot: SlotId,
        floor: Option<Floor>,
        mut ask: impl FnMut(UnitId) -> i64,
    ) {
        match &self.groups[self.group_of[slot.index()] as usize] {
            Group::All(units) => {
                for &unit in units {
                    ask(unit);
                }
            }
            Group::Classes(classes) => walk(instance, classes, instance.point(slot), floor, ask),
        }
    }
}

/// The next leg of a class, with what it costs at least.
struct Next<'i, I> {
    class: &'i Class,
    legs: I,
    leg: Option<(UnitId, i64)>,
}

fn walk(
    instance: &Instance<'_>,
    classes: &[Class],
    centre: [f64; 3],
    floor: Option<Floor>,
    mut ask: impl FnMut(UnitId) -> i64,
) {
    let rounding = rounding(instance);
    let ways = classes.iter().map(|class| {
        let legs = class.legs.nearest_neighbor_iter_with_distance_2(centre);
        let mut next = Next { class, legs, leg: None };
        next.go_on(floor, rounding);
        next
    });
    let mut ways = ways.collect::<Vec<_>>();
    let mut bound = i64::MAX;
    loop {
        ways.retain(|way| way.leg.is_some_and(|(_, least)| least <= bound));
        let Some(way) = ways.iter_mut().min_by_key(|way| way.leg.map(|(_, least)| least)) else { return };
        if let Some((unit, _)) = way.leg {
            bound = ask(unit);
        }
        way.go_on(floor, rounding);
    }
}

impl<'i, I: Iterator<Item = (&'i Entry, f64)>> Next<'i, I> {
    fn go_on(&mut self, floor: Option<Floor>, rounding: f64) {
        let class = self.class;
        self.leg = self.legs.next().and_then(|(leg, away2)| {
            let beyond = away2.sqrt() - class.half;
            let least = floor.map_or(i64::MIN, |floor| class.least(floor, beyond, rounding));
            (beyond <= class.farthest).then_some((leg.data, least))
        });
    }
}

impl Class {
    /// What a place costs at least that is so many radians farther off than half of a leg.
    fn least(&self, floor: Floor, beyond: f64, rounding: f64) -> i64 {
        let ways = beyond.max(0.0) * if self.kind.closed { 2.0 } else { 1.0 };
        let spare = self.kind.spare.checked_sub(1).map_or(0, |bound| SPARE[bound]);
        let work = ways * self.work + floor.work_price as f64 * (floor.service.0 - spare) as f64;
        let cost = (ways * self.way + work.max(0.0) - rounding).max(0.0) as i64;
        let floor = if self.kind.idle { floor.idle } else { floor.out };
        floor.saturating_add(cost)
    }
}

/// So much of what a detour costs rounding can hide: of every way a second and a metre.
fn rounding(instance: &Instance<'_>) -> f64 {
    4.0 * (instance.leg_price(1.0, 1.0) + instance.guide.of(Term::WorkTime) as f64)
}

impl Group {
    fn new(instance: &Instance<'_>, plan: &WorkingPlan, mut units: Vec<UnitId>) -> Self {
        units.sort_unstable();
        if units.len() <= FEW {
            return Self::All(units);
        }
        let mut classes = FxHashMap::<Kind, Vec<Leg>>::default();
        for &unit in &units {
            let known = legs(instance, plan, unit, |leg| classes.entry(leg.kind).or_default().push(leg));
            if known.is_none() {
                return Self::All(units);
            }
        }
        let mut classes = classes.into_iter().collect::<Vec<_>>();
        classes.sort_unstable_by_key(|(kind, _)| *kind);
        let class = |(kind, legs): (Kind, Vec<Leg>)| Class {
            half: legs.iter().map(|leg| leg.half).fold(0.0, f64::max),
            way: legs.iter().map(|leg| leg.way).fold(f64::INFINITY, f64::min),
            work: legs.iter().map(|leg| leg.work).fold(f64::INFINITY, f64::min),
            farthest: legs.iter().map(|leg| leg.farthest).fold(0.0, f64::max),
            legs: RTree::bulk_load(legs.iter().map(|leg| Entry::new(leg.middle, leg.unit)).collect()),
            kind,
        };
        Self::Classes(classes.into_iter().map(class).collect())
    }
}

/// Offers the legs of a unit; nothing where distance does not tell what a detour from one costs.
fn legs(instance: &Instance<'_>, plan: &WorkingPlan, unit: UnitId, mut offer: impl FnMut(Leg)) -> Option<()> {
    let (owner, route) = (instance.unit(unit), plan.route(unit));
    let problem: &Problem = instance.problem;
    let (seconds, metres) = problem.travel().per_radian(owner.mode)?;
    let idle = !route.out && !plan.goes_out_besides(instance, owner.volunteer, unit);
    let way = instance.leg_price(seconds, metres);
    let work = instance.guide.of(Term::WorkTime) as f64 * seconds;
    if way + work <= 0.0 {
        return None;
    }
    // Whatever is neither travel nor service: waiting, breaks, setups.
    let spare = route.sums.spare();
    let spare = if spare <= 0 { 0 } else { 1 + SPARE.iter().take_while(|&&most| spare > most).count() };
    let farthest = match reach_chord2(problem, unit) {
        // As far as that from where they start, and no leg of theirs is anywhere else.
        Some(chord2) if idle && owner.to == Some(owner.from) => chord2.sqrt(),
        _ => f64::INFINITY,
    };
    let point = |place: PlaceId| problem.place(place).at.map(|_| problem.travel().point(place));
    let mut leg = |from: PlaceId, to: Option<PlaceId>, taken: i64| {
        let a = point(from)?;
        let b = to.map_or(Some(a), point)?;
        let half = if to.is_none_or(|to| to == from) { 0.0 } else { (taken + 1) as f64 / seconds / 2.0 };
        let kind = Kind { length: class_of(half), closed: to.is_some(), idle, spare };
        let middle = std::array::from_fn(|axis| f64::midpoint(a[axis], b[axis]));
        offer(Leg { middle, half, way, work, farthest, kind, unit });
        Some(())
    };
    let mut here = owner.from;
    for node in &route.nodes {
        leg(here, Some(node.place), node.leg.seconds)?;
        here = node.place;
    }
    let back = owner.to.map_or(0, |to| instance.leg(unit, here, to).seconds);
    leg(here, owner.to, back)
}

/// How often the shortest length must be made longer to be as long.
fn class_of(half: f64) -> u32 {
    let mut length = SHORTEST;
    let mut class = 0;
    while length < half {
        length *= LONGER;
        class += 1;
    }
    class
}
