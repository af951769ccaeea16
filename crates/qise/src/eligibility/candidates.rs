//! The units that could serve each need, nearest first.
//!
//! Needs that ask the same of a person are looked at together: the units that suit are collected once, by signature, and
//! put into a spatial index, from which each need takes its nearest until it has enough. Nothing dense is ever built.
//!
//! In the empty parts of the land, where nearest first would walk through everybody, a flat look at all bounds is quicker.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use super::exclusion::can_reach_suited;
use crate::base::Csr;
use crate::model::place::chord2;
use crate::model::signature::CompiledRequirement;
use crate::model::{Problem, Seconds, SlotId, UnitId};

/// Below this many suitable units, asking each is quicker than an index.
const FEW: usize = 64;
/// So many entries of the index, for each unit wanted, are taken in order of distance before all are looked at at once.
const PATIENCE: usize = 4;

/// For each need the units that could serve it, nearest first.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    units: Csr<UnitId>,
    complete: Vec<bool>,
}

impl Candidates {
    /// The units for one need, nearest first.
    pub fn of(&self, slot: SlotId) -> &[UnitId] {
        self.units.row(slot.index())
    }

    /// Whether the list holds every unit that could serve the need, not only the nearest.
    pub fn complete(&self, slot: SlotId) -> bool {
        self.complete[slot.index()]
    }

    /// Number of entries over all needs.
    pub fn len(&self) -> usize {
        self.units.items().len()
    }

    /// Whether nobody could serve anything.
    pub fn is_empty(&self) -> bool {
        self.units.items().is_empty()
    }
}

/// Says when there is no more time to look.
type Stop<'s> = &'s (dyn Fn() -> bool + Sync);

/// Finds up to `most` units for each need, the nearest of those that could serve it with nothing else to do.
pub fn candidates(problem: &Problem, most: usize) -> Candidates {
    candidates_among(problem, most, |_| true, &|| false)
}

/// [`candidates`] among some of the units. Once `stop` says so, the lists that are not found yet stay empty.
pub(crate) fn candidates_among(
    problem: &Problem,
    most: usize,
    among: impl Fn(UnitId) -> bool,
    stop: Stop<'_>,
) -> Candidates {
    let slots = problem.slot_ids().collect::<Vec<_>>();
    let lists = nearest(problem, &slots, most, among, stop);
    let mut all = Candidates::default();
    for (units, complete) in lists {
        all.units.push(units);
        all.complete.push(complete);
    }
    all
}

/// For each of these needs up to `most` units that could serve it with nothing else to do, nearest first.
pub fn able(problem: &Problem, slots: &[SlotId], most: usize) -> Vec<Vec<UnitId>> {
    able_among(problem, slots, most, |_| true, &|| false)
}

/// [`able`] among some of the units. Once `stop` says so, the lists that are not found yet stay empty.
pub(crate) fn able_among(
    problem: &Problem,
    slots: &[SlotId],
    most: usize,
    among: impl Fn(UnitId) -> bool,
    stop: Stop<'_>,
) -> Vec<Vec<UnitId>> {
    nearest(problem, slots, most, among, stop).into_iter().map(|(units, _)| units).collect()
}

/// For each need its nearest units, and whether these are all.
fn nearest(
    problem: &Problem,
    slots: &[SlotId],
    most: usize,
    among: impl Fn(UnitId) -> bool,
    stop: Stop<'_>,
) -> Vec<(Vec<UnitId>, bool)> {
    let mut by_requirement: FxHashMap<CompiledRequirement, usize> = FxHashMap::default();
    let mut groups: Vec<(CompiledRequirement, Vec<usize>)> = Vec::new();
    for (n, &slot) in slots.iter().enumerate() {
        let part = problem.requirement(slot).bits_part();
        let group = *by_requirement.entry(part).or_insert_with_key(|part| {
            groups.push((part.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(n);
    }
    let by_signature = units_by_signature(problem, among);
    let found = groups
        .par_iter()
        .flat_map(|(requirement, members)| {
            if stop() {
                return members.iter().map(|&n| (n, (Vec::new(), false))).collect();
            }
            let suited = Suited::new(problem, requirement, &by_signature);
            let list = |n: usize| {
                if stop() { (Vec::new(), false) } else { suited.nearest(problem, slots[n], most) }
            };
            members.par_iter().map(|&n| (n, list(n))).collect::<Vec<(usize, (Vec<UnitId>, bool))>>()
        })
        .collect::<Vec<_>>();
    let mut lists = vec![(Vec::new(), true); slots.len()];
    for (n, list) in found {
        lists[n] = list;
    }
    lists
}

fn units_by_signature(problem: &Problem, among: impl Fn(UnitId) -> bool) -> Vec<Vec<UnitId>> {
    let mut rows = vec![Vec::new(); problem.signature_count()];
    for unit in problem.unit_ids().filter(|&unit| among(unit)) {
        rows[problem.unit(unit).signature as usize].push(unit);
    }
    rows
}

/// The units that suit one requirement, indexed by where they start.
enum Suited {
    Few(Vec<UnitId>),
    Indexed {
        tree: RTree<GeomWithData<[f64; 3], UnitId>>,
        flat: Vec<Entry>,
        /// No unit can serve anything beyond this squared chord.
        bound: f64,
    },
}

/// A unit, where it starts, and the squared chord around it beyond which it can serve nothing.
struct Entry {
    point: [f64; 3],
    bound: f64,
    unit: UnitId,
}

impl Suited {
    fn new(problem: &Problem, requirement: &CompiledRequirement, by_signature: &[Vec<UnitId>]) -> Self {
        let rows = by_signature.iter().enumerate();
        let mut units = rows
            .filter(|&(row, _)| requirement.may_suit(problem.signature(row as u32)))
            .flat_map(|(_, units)| units.iter().copied())
            .collect::<Vec<_>>();
        units.sort_unstable();
        let point = |unit: UnitId| problem.travel().point(problem.unit(unit).from);
        let entry = |&unit: &UnitId| {
            reach_chord2(problem, unit).map(|bound| Entry { point: point(unit), bound, unit })
        };
        match units.iter().map(entry).collect::<Option<Vec<_>>>() {
            Some(flat) if units.len() > FEW => {
                let bound = flat.iter().map(|e| e.bound).fold(0.0, f64::max);
                let tree =
                    RTree::bulk_load(flat.iter().map(|e| GeomWithData::new(e.point, e.unit)).collect());
                Self::Indexed { tree, flat, bound }
            }
            _ => Self::Few(units),
        }
    }

    fn nearest(&self, problem: &Problem, slot: SlotId, most: usize) -> (Vec<UnitId>, bool) {
        let by_name = problem.requirement(slot).names_ids();
        let reaches = |unit: UnitId| {
            (!by_name || problem.suits(slot, unit).is_ok()) && can_reach_suited(problem, slot, unit).is_ok()
        };
        let mut list = match self {
            Self::Few(units) => units.iter().copied().filter(|&unit| reaches(unit)).collect(),
            Self::Indexed { tree, flat, bound } => {
                let centre = problem.travel().point(problem.place_of(slot));
                if most < flat.len()
                    && let Some(list) = one_by_one(tree, *bound, centre, most, reaches)
                {
                    list
                } else {
                    all_at_once(flat, centre, most, reaches)
                }
            }
        };
        let complete = list.len() <= most;
        list.truncate(most);
        let place = problem.place_of(slot);
        list.sort_by_cached_key(|&unit| {
            let owner = problem.unit(unit);
            let way = |from| problem.travel().least_seconds(owner.mode, from, place);
            (owner.least_of_starts(way), unit)
        });
        (list, complete)
    }
}

/// The nearest units that reach, in order of distance, one more than `most` if there are so many; nothing when patience ends
/// first, as it does in the empty parts of the land.
fn one_by_one(
    tree: &RTree<GeomWithData<[f64; 3], UnitId>>,
    bound: f64,
    centre: [f64; 3],
    most: usize,
    reaches: impl Fn(UnitId) -> bool,
) -> Option<Vec<UnitId>> {
    let mut list = Vec::with_capacity(most + 1);
    for (seen, entry) in tree.nearest_neighbor_iter(centre).enumerate() {
        if list.len() > most || chord2(*entry.geom(), centre) > bound {
            return Some(list);
        }
        if seen >= most.saturating_mul(PATIENCE) {
            return None;
        }
        if reaches(entry.data) {
            list.push(entry.data);
        }
    }
    Some(list)
}

/// The same, but every unit is measured first and only those within their own bounds are sorted and asked.
fn all_at_once(
    flat: &[Entry],
    centre: [f64; 3],
    most: usize,
    reaches: impl Fn(UnitId) -> bool,
) -> Vec<UnitId> {
    let measured = flat.iter().map(|e| (chord2(e.point, centre), e));
    let near = measured.filter(|(away, e)| *away <= e.bound);
    let mut near = near.map(|(away, e)| (away.to_bits(), e.unit)).collect::<Vec<_>>();
    near.sort_unstable();
    let able = near.into_iter().map(|(_, unit)| unit).filter(|&unit| reaches(unit));
    able.take(most.saturating_add(1)).collect()
}

/// The squared chord around its start beyond which a unit can serve nothing; nothing when it does not go by distance.
fn reach_chord2(problem: &Problem, unit: UnitId) -> Option<f64> {
    let unit = problem.unit(unit);
    // Who starts where another shift has ended may be anywhere then.
    if unit.starts() != Some([unit.from; 2]) {
        return None;
    }
    let there_and_back = unit.to == Some(unit.from);
    let farthest = if there_and_back { Seconds(unit.length().0 / 2 + 1) } else { unit.length() };
    let by_time = problem.travel().reach_chord2(unit.mode, farthest)?;
    let by_radius = if unit.from == problem.volunteer(unit.volunteer).home {
        problem.radius_chord2(unit.volunteer)
    } else {
        f64::INFINITY
    };
    Some(by_time.min(by_radius))
}
