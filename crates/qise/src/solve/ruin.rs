//! Taking visits out, near each other, so that they can be put back better.
//!
//! Adjacent string removal: strings of consecutive visits from routes that pass near one place.
//! Source: J. Christiaens, G. Vanden Berghe (2020), Slack induction by string removals for vehicle routing problems,
//! Transportation Science 54(2).

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::instance::Instance;
use super::random::Random;
use super::working::WorkingPlan;
use crate::model::{ModeId, NeedId, UnitId};

/// Average number of visits taken out at once.
const AVERAGE_REMOVED: f64 = 10.0;
/// Longest string taken out of one route.
const LONGEST_STRING: f64 = 10.0;
/// Share of removals in which a string keeps a part of itself.
const SPLIT_SHARE: f64 = 0.5;
/// Chance that the kept part grows by one more visit.
const SPLIT_GROWTH: f64 = 0.01;
/// Near needs remembered for each need.
const NEAR: usize = 80;

/// For each need the needs near it, itself first.
pub(super) struct Neighbours {
    first: Vec<u32>,
    needs: Vec<NeedId>,
}

impl Neighbours {
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        let lists = match instance.problem.units().first() {
            Some(unit)
                if instance.problem.travel().reach_chord2(unit.mode, crate::model::Seconds(1)).is_none() =>
            {
                by_matrix(instance, unit.mode)
            }
            _ => by_point(instance),
        };
        let mut all = Self { first: vec![0], needs: Vec::new() };
        for list in lists {
            all.needs.extend(list);
            all.first.push(all.needs.len() as u32);
        }
        all
    }

    pub(super) fn of(&self, need: NeedId) -> &[NeedId] {
        &self.needs[self.first[need.index()] as usize..self.first[need.index() + 1] as usize]
    }
}

fn by_point(instance: &Instance<'_>) -> Vec<Vec<NeedId>> {
    use rayon::prelude::*;
    let point = |need: NeedId| instance.problem.travel().point(instance.need(need).place);
    let ids = instance.problem.need_ids().collect::<Vec<_>>();
    let tree = RTree::bulk_load(ids.iter().map(|&need| GeomWithData::new(point(need), need)).collect());
    let near = |&need: &NeedId| {
        let others = tree.nearest_neighbor_iter(point(need)).map(|e| e.data).filter(|&n| n != need);
        std::iter::once(need).chain(others.take(NEAR)).collect::<Vec<_>>()
    };
    ids.par_iter().map(near).collect()
}

fn by_matrix(instance: &Instance<'_>, mode: ModeId) -> Vec<Vec<NeedId>> {
    let travel = instance.problem.travel();
    let ids = instance.problem.need_ids().collect::<Vec<_>>();
    let near = |&need: &NeedId| {
        let here = instance.need(need).place;
        let away = |&n: &NeedId| {
            let there = instance.need(n).place;
            (n != need, travel.seconds(mode, here, there) + travel.seconds(mode, there, here), n)
        };
        let mut others = ids.clone();
        others.sort_by_cached_key(away);
        others.truncate(NEAR + 1);
        others
    };
    ids.iter().map(near).collect()
}

/// Takes strings of visits out of the routes that pass near `seed`. Pinned visits stay where they are.
pub(super) fn strings(
    instance: &Instance<'_>,
    plan: &mut WorkingPlan,
    near: &Neighbours,
    seed: NeedId,
    random: &mut Random,
    removed: &mut Vec<NeedId>,
) {
    let routes = instance.problem.needs().len().saturating_sub(plan.absent().len());
    if routes == 0 {
        return;
    }
    let longest = LONGEST_STRING.min(average_length(plan, near, seed)).max(1.0);
    let most_strings = 4.0 * AVERAGE_REMOVED / (1.0 + longest) - 1.0;
    let strings = (random.unit() * most_strings + 1.0) as usize;
    let mut ruined: Vec<UnitId> = Vec::with_capacity(strings);
    for &need in near.of(seed) {
        if ruined.len() >= strings {
            break;
        }
        let Some(unit) = plan.unit_of(need) else { continue };
        if ruined.contains(&unit) {
            continue;
        }
        let visits = &plan.route(unit).visits;
        let Some(at) = visits.iter().position(|&n| n == need) else { continue };
        let most = longest.min(visits.len() as f64);
        let length = ((random.unit() * most + 1.0) as usize).min(visits.len());
        let chosen = choose(visits, at, length, random);
        for need in chosen {
            if instance.problem.need(need).pin.is_none() {
                plan.remove(instance, need, removed);
            }
        }
        ruined.push(unit);
    }
}

/// Average number of visits of the routes that pass near `seed`.
fn average_length(plan: &WorkingPlan, near: &Neighbours, seed: NeedId) -> f64 {
    let lengths =
        near.of(seed).iter().filter_map(|&n| plan.unit_of(n)).map(|u| plan.route(u).visits.len()).take(16);
    let (sum, count) = lengths.fold((0, 0), |(sum, count), length| (sum + length, count + 1));
    sum as f64 / f64::from(count.max(1))
}

/// A string of `length` visits that contains position `at`, or one with a part kept in its middle.
fn choose(visits: &[NeedId], at: usize, length: usize, random: &mut Random) -> Vec<NeedId> {
    let mut kept = 0;
    if length > 1 && length < visits.len() && random.unit() < SPLIT_SHARE {
        kept = 1;
        while length + kept < visits.len() && random.unit() < SPLIT_GROWTH {
            kept += 1;
        }
    }
    let span = length + kept;
    let first = at.saturating_sub(span - 1);
    let last = at.min(visits.len() - span);
    let start = first + random.below((last - first + 1) as u32) as usize;
    let keep_from = start + 1 + if kept > 0 { random.below(length as u32 - 1) as usize } else { 0 };
    let keep = keep_from..keep_from + kept;
    (start..start + span).filter(|i| !keep.contains(i)).map(|i| visits[i]).collect()
}
