//! Which needs lie near each other: on the map, and in a plan.

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::model::{SlotId, UnitId};
use crate::solve::instance::Instance;
use crate::solve::instance::neighbours::Neighbours;

/// Needs remembered on the map around each need.
const AROUND: usize = 100;
/// Needs remembered as good to visit before or after each need.
const LINKED: usize = 60;
/// Up to this many needs, every pair is weighed; beyond it only those near on the map.
const ALL_PAIRS: usize = 1500;
/// Nearest needs on the map that are weighed in larger problems.
const WEIGHED: usize = 250;
/// What a second of waiting, and a second too late, count against a second on the way (Vidal et al. 2013, section 4.1).
const WAITING: f64 = 0.2;
const LATE: f64 = 1.0;

impl Neighbours {
    /// Once `stop` says so, the lists that are not found yet stay empty.
    pub(crate) fn new(instance: &Instance<'_>, stop: &(dyn Fn() -> bool + Sync)) -> Self {
        let ids = instance.problem.slot_ids().collect::<Vec<_>>();
        let on_map = Map::new(instance, &ids);
        let lists = ids
            .par_iter()
            .map_init(Vec::new, |buffer, &slot| {
                if stop() {
                    return (Vec::new(), Vec::new());
                }
                let near = on_map.nearest(instance, slot, &ids);
                (near.iter().copied().take(AROUND).collect::<Vec<_>>(), links(instance, slot, &near, buffer))
            })
            .collect::<Vec<_>>();
        let mut near = Self::default();
        for (around, linked) in lists {
            near.by_distance.push(around);
            near.by_proximity.push(linked);
        }
        near
    }
}

/// The needs by their points, or nothing where all pairs are weighed.
enum Map {
    Points(RTree<GeomWithData<[f64; 3], SlotId>>),
    Pairs,
}

impl Map {
    fn new(instance: &Instance<'_>, ids: &[SlotId]) -> Self {
        let has_points = ids.iter().all(|&n| instance.problem.place(instance.slot(n).place).at.is_some());
        if ids.len() <= ALL_PAIRS || !has_points {
            return Self::Pairs;
        }
        let entry = |&slot: &SlotId| GeomWithData::new(instance.point(slot), slot);
        Self::Points(RTree::bulk_load(ids.iter().map(entry).collect()))
    }

    /// The nearest needs, the need itself at the front.
    fn nearest(&self, instance: &Instance<'_>, slot: SlotId, ids: &[SlotId]) -> Vec<SlotId> {
        match self {
            Self::Points(tree) => {
                let near = tree.nearest_neighbor_iter(instance.point(slot)).map(|e| e.data);
                let others = near.filter(|&n| n != slot).take(WEIGHED);
                std::iter::once(slot).chain(others).collect()
            }
            Self::Pairs => {
                let Some(unit) = instance.problem.unit_ids().next() else { return vec![slot] };
                let here = instance.slot(slot).place;
                let away = |n: SlotId| {
                    let there = instance.slot(n).place;
                    let both =
                        instance.leg(unit, here, there).seconds + instance.leg(unit, there, here).seconds;
                    (n != slot, both, n)
                };
                let mut near = ids.iter().map(|&n| away(n)).collect::<Vec<_>>();
                near.sort_unstable();
                near.into_iter().map(|(_, _, n)| n).collect()
            }
        }
    }
}

/// The best of `near` to visit just before or after `need`.
fn links(
    instance: &Instance<'_>,
    slot: SlotId,
    near: &[SlotId],
    buffer: &mut Vec<(i64, SlotId)>,
) -> Vec<SlotId> {
    let Some(unit) = instance.problem.unit_ids().next() else { return Vec::new() };
    buffer.clear();
    let others = near.iter().copied().filter(|&n| n != slot);
    buffer.extend(others.map(|n| (gap(instance, unit, slot, n).min(gap(instance, unit, n, slot)), n)));
    let count = LINKED.min(buffer.len());
    if count < buffer.len() {
        buffer.select_nth_unstable(count);
    }
    buffer[..count].sort_unstable();
    buffer[..count].iter().map(|&(_, n)| n).collect()
}

/// How bad it is to visit `second` right after `first`: the way, and what waiting or lateness cannot be avoided.
fn gap(instance: &Instance<'_>, unit: UnitId, first: SlotId, second: SlotId) -> i64 {
    let (a, b) = (instance.slot(first), instance.slot(second));
    let travel = instance.leg(unit, a.place, b.place).seconds;
    let on_the_way = travel + a.ordinary().0;
    let waiting = (b.opens().0 - a.closes().0 - on_the_way).max(0);
    let late = (a.opens().0 + on_the_way - b.closes().0).max(0);
    travel + (waiting as f64 * WAITING + late as f64 * LATE) as i64
}
