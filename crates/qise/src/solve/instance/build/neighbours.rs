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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LatLon, Place, Profile, Rounding, TravelRule};
    use crate::tests::{built, instance, line, need, person};
    use crate::{Problem, ProblemData};

    /// Somebody at home at 0, needs at 10, 20, 40 and 90 that take ten seconds each.
    fn four(windows: [(i64, i64); 4]) -> ProblemData {
        let mut data = line(&[0, 10, 20, 40, 90]);
        person(&mut data, 0, (0, 5000));
        for (place, window) in (1..).zip(windows) {
            need(&mut data, place, window, 10);
        }
        data
    }

    fn near(problem: &Problem, slot: u32) -> (Vec<u32>, Vec<u32>) {
        let instance = instance(problem);
        let numbers = |list: &[SlotId]| list.iter().map(|slot| slot.0).collect::<Vec<_>>();
        let near = &instance.proximity.neighbours;
        (numbers(near.by_distance(SlotId(slot))), numbers(near.by_proximity(SlotId(slot))))
    }

    #[test]
    fn on_the_map_the_nearest_come_first_and_the_need_itself_at_the_front() {
        let problem = built(&four([(0, 900); 4]));
        assert_eq!(near(&problem, 1), (vec![1, 0, 2, 3], vec![0, 2, 3]));
        assert_eq!(near(&problem, 3).0, [3, 2, 1, 0]);
    }

    #[test]
    fn in_a_plan_those_come_first_that_go_before_or_after_without_waiting() {
        // The second opens when the last is over, the first 1000 seconds later.
        let problem = built(&four([(1200, 1300), (0, 100), (5, 90), (0, 0)]));
        let instance = instance(&problem);
        let gap = |first, second| gap(&instance, UnitId(0), SlotId(first), SlotId(second));
        assert_eq!(gap(1, 0), 10 + (1200 - 100 - 20) / 5, "waiting counts a fifth");
        assert_eq!(gap(0, 1), 10 + (1220 - 100), "being late counts in full");
        assert_eq!(gap(3, 1), 70);
        assert_eq!(gap(1, 3), 70 + 80);
        assert_eq!(near(&problem, 1).1, [2, 3, 0], "70 from the last, 226 to the first");
    }

    #[test]
    fn where_there_is_no_more_time_the_lists_stay_empty() {
        let problem = built(&four([(0, 900); 4]));
        let near = Neighbours::new(&instance(&problem), &|| true);
        assert!(near.by_distance(SlotId(0)).is_empty() && near.by_proximity(SlotId(3)).is_empty());
    }

    /// In large problems the points are looked up in a tree.
    #[test]
    fn the_tree_finds_the_nearest_on_the_globe() {
        let mut data = line(&[0]);
        data.profiles = vec![Profile {
            key: "car".into(),
            name: None,
            rule: TravelRule::GreatCircle {
                metres_per_hour: 60_000,
                detour_permille: 1000,
                rounding: Rounding::Up,
            },
        }];
        let count = ALL_PAIRS as u32 + 1;
        let at = |n: u32| LatLon::new(38.0, 100.0 + f64::from(n * n) * 1e-6).unwrap();
        data.places = (0..count).map(|n| Place::new(format!("{n}"), at(n))).collect();
        person(&mut data, 0, (0, 90_000));
        for place in 0..count {
            need(&mut data, place, (0, 80_000), 10);
        }
        let problem = built(&data);
        let instance = crate::solve::instance::Instance::without_candidates(&problem);
        let ids = problem.slot_ids().collect::<Vec<_>>();
        let map = Map::new(&instance, &ids);
        assert!(matches!(map, Map::Points(_)));
        let found = map.nearest(&instance, SlotId(50), &ids);
        // 50² is nearer to 49² than to 51².
        assert_eq!(found[..5], [50, 49, 51, 48, 52].map(SlotId));
        assert_eq!(found.len(), 1 + WEIGHED);
    }
}
