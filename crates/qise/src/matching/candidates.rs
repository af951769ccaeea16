//! The units that could serve each need, nearest first.
//!
//! Needs that ask the same of a person are looked at together: the units that suit are collected once, by signature, and
//! put into a spatial index, from which each need takes its nearest until it has enough. Nothing dense is ever built.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use super::reach::reach_suited;
use crate::model::place::{chord2, metres_to_chord2};
use crate::model::signature::CompiledRequirement;
use crate::model::{NeedId, Problem, UnitId};

/// Below this many suitable units, asking each is quicker than an index.
const FEW: usize = 64;

/// For each need the units that could serve it, nearest first.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    first: Vec<u32>,
    units: Vec<UnitId>,
    complete: Vec<bool>,
}

impl Candidates {
    /// The units for one need, nearest first.
    pub fn of(&self, need: NeedId) -> &[UnitId] {
        &self.units[self.first[need.index()] as usize..self.first[need.index() + 1] as usize]
    }

    /// Whether the list holds every unit that could serve the need, not only the nearest.
    pub fn complete(&self, need: NeedId) -> bool {
        self.complete[need.index()]
    }

    /// Number of entries over all needs.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether nobody could serve anything.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}

/// Finds up to `most` units for each need, the nearest of those that could serve it with nothing else to do.
pub fn candidates(problem: &Problem, most: usize) -> Candidates {
    let mut by_requirement: FxHashMap<&CompiledRequirement, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<NeedId>> = Vec::new();
    for need in problem.need_ids() {
        let group = *by_requirement.entry(problem.requirement(need)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(need);
    }
    let by_signature = units_by_signature(problem);
    let found = groups
        .par_iter()
        .flat_map_iter(|needs| {
            let suited = Suited::new(problem, needs[0], &by_signature);
            needs.iter().map(move |&need| (need, suited.nearest(problem, need, most))).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>();

    let count = problem.needs().len();
    let mut lists = vec![(Vec::new(), true); count];
    for (need, list) in found {
        lists[need.index()] = list;
    }
    let mut all =
        Candidates { first: Vec::with_capacity(count + 1), units: Vec::new(), complete: Vec::new() };
    all.first.push(0);
    for (units, complete) in lists {
        all.units.extend(units);
        all.first.push(all.units.len() as u32);
        all.complete.push(complete);
    }
    all
}

fn units_by_signature(problem: &Problem) -> Vec<Vec<UnitId>> {
    let mut rows = vec![Vec::new(); problem.signature_count()];
    for unit in problem.unit_ids() {
        rows[problem.unit(unit).signature as usize].push(unit);
    }
    rows
}

/// The units that suit one requirement, indexed by where they start.
enum Suited {
    Few(Vec<UnitId>),
    Indexed {
        tree: RTree<GeomWithData<[f64; 3], UnitId>>,
        /// No unit of the tree can serve anything beyond this squared chord.
        bound: f64,
    },
}

impl Suited {
    fn new(problem: &Problem, example: NeedId, by_signature: &[Vec<UnitId>]) -> Self {
        let requirement = problem.requirement(example);
        let rows = by_signature.iter().enumerate();
        let mut units = rows
            .filter(|&(row, _)| requirement.may_suit(problem.signature(row as u32)))
            .flat_map(|(_, units)| units.iter().copied())
            .collect::<Vec<_>>();
        if requirement.names_ids() {
            units.retain(|&unit| problem.suits(example, unit).is_ok());
        }
        units.sort_unstable();
        let bounds = units.iter().map(|&unit| bound_chord2(problem, unit)).collect::<Option<Vec<_>>>();
        match bounds {
            Some(bounds) if units.len() > FEW => {
                let bound = bounds.into_iter().fold(0.0, f64::max);
                let point = |unit: UnitId| problem.travel().point(problem.unit(unit).from);
                let entries = units.into_iter().map(|unit| GeomWithData::new(point(unit), unit)).collect();
                Self::Indexed { tree: RTree::bulk_load(entries), bound }
            }
            _ => Self::Few(units),
        }
    }

    fn nearest(&self, problem: &Problem, need: NeedId, most: usize) -> (Vec<UnitId>, bool) {
        let place = problem.need_place(need);
        let seconds = |unit: UnitId| {
            let u = problem.unit(unit);
            (problem.travel().least_seconds(u.mode, u.from, place), unit)
        };
        let mut complete = true;
        let mut list = Vec::new();
        match self {
            Self::Few(units) => {
                list.extend(
                    units.iter().copied().filter(|&u| reach_suited(problem, need, u).is_ok()).map(seconds),
                );
            }
            Self::Indexed { tree, bound } => {
                let centre = problem.travel().point(place);
                for entry in tree.nearest_neighbor_iter(centre) {
                    if chord2(*entry.geom(), centre) > *bound {
                        break;
                    }
                    if list.len() >= most {
                        complete = false;
                        break;
                    }
                    if reach_suited(problem, need, entry.data).is_ok() {
                        list.push(seconds(entry.data));
                    }
                }
            }
        }
        list.sort_unstable();
        complete &= list.len() <= most;
        list.truncate(most);
        (list.into_iter().map(|(_, unit)| unit).collect(), complete)
    }
}

/// The squared chord around its start beyond which a unit can serve nothing; nothing when it does not go by distance.
fn bound_chord2(problem: &Problem, unit: UnitId) -> Option<f64> {
    let unit = problem.unit(unit);
    let volunteer = problem.volunteer(unit.volunteer);
    let by_time = problem.travel().reach_chord2(unit.mode, unit.length())?;
    let by_radius = match volunteer.max_radius {
        Some(radius) if unit.from == volunteer.home => metres_to_chord2(radius.0 as f64 + 1.0) * (1.0 + 1e-9),
        _ => f64::INFINITY,
    };
    Some(by_time.min(by_radius))
}
