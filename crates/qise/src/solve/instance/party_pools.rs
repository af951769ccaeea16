//! People who may go as one party: what each brings to it, and what needs ask of it.

use rustc_hash::FxHashMap;

use super::slot::counted_makespans;
use crate::model::{LinkRule, Need, NeedId, Problem, Quality, Seconds, Time, UnitId};

/// Those who may go as one party, on one day.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub(crate) units: Vec<UnitId>,
    pub(crate) start: Time,
    pub(crate) end: Time,
    /// Who of them takes least time for an ordinary service.
    pub(crate) quickest: UnitId,
}

/// Who may go with whom. Empty where nobody may: then nothing is kept for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parties {
    /// In order of time.
    pools: Vec<Pool>,
    /// The pool of each unit.
    pool_of: Vec<u32>,
    are_all: bool,
    /// The qualities that needs ask of parties, in order.
    qualities: Vec<Quality>,
    /// What a person is worth on average, by the qualities that they hold.
    average: f64,
    /// How many people each need asks to hold each quality at least.
    asked: Vec<u16>,
    /// What each kind of person holds: 1 or 0 for each quality.
    held: Vec<u16>,
    kind: Vec<u32>,
    /// How scarce each quality is, up to [`SCARCEST`]: time asked for it over people who hold it.
    scarcity: Vec<u16>,
    /// What a person of each kind is worth; 1 on average.
    value: Vec<f64>,
    /// What those are worth together who serve each need, were nobody to bring more than is asked.
    price: Vec<f64>,
    /// Whether numbers of people who hold something are all that is asked of people together.
    pub(crate) only_counts: bool,
    /// What a second of a person of average worth counts, in thousandths of what a second of last ends does: with one more person
    /// everybody would be done so much sooner.
    pub(crate) wage: f64,
}

/// No pool.
const NONE: u32 = u32::MAX;
/// The scarcest quality counts so much.
const SCARCEST: f64 = 60_000.0;
/// The share of what labour costs by that reckoning that counts for the search.
const WAGE: f64 = 0.3;
/// A person's worth that does not hang on what they hold.
const PLAIN_WORTH: f64 = 0.3;

impl Parties {
    /// The time of all who serve a need together for so long, weighed by what they are worth; in hundredths of seconds.
    pub(crate) fn labour(&self, need: NeedId, service: Seconds) -> u64 {
        (self.price(need) * service.0.max(0) as f64 * 100.0).min(f64::from(u32::MAX)) as u64
    }

    pub(crate) fn new(problem: &Problem) -> Self {
        let mut pools: FxHashMap<u32, Pool> = FxHashMap::default();
        for (id, unit) in problem.unit_ids().zip(problem.units()) {
            let Some(pool) = unit.pool else { continue };
            let empty = || Pool { units: Vec::new(), start: unit.start, end: unit.end, quickest: id };
            let pool = pools.entry(pool).or_insert_with(empty);
            pool.units.push(id);
            let pace = |unit| problem.volunteer(problem.unit(unit).volunteer).pace_permille;
            if pace(id) < pace(pool.quickest) {
                pool.quickest = id;
            }
        }
        if pools.is_empty() {
            return Self::default();
        }
        let mut pools = pools.into_values().collect::<Vec<_>>();
        pools.sort_by_key(|pool| (pool.start, pool.end, pool.units[0]));
        let mut pool_of = vec![NONE; problem.units().len()];
        for (p, pool) in pools.iter().enumerate() {
            pool.units.iter().for_each(|unit| pool_of[unit.index()] = p as u32);
        }
        let are_all = pool_of.iter().all(|&pool| pool != NONE);
        let mut parties =
            Self { pools, pool_of, are_all, only_counts: only_counts(problem), ..Self::default() };
        parties.count(problem);
        let weights = counted_makespans(problem).iter().map(|group| f64::from(group.weight)).sum::<f64>();
        let people = parties.pools.iter().map(|pool| pool.units.len()).sum::<usize>() as f64;
        parties.wage = WAGE * 1000.0 * weights * parties.pools.len() as f64 / people.max(1.0);
        parties
    }

    fn count(&mut self, problem: &Problem) {
        let tallies = || problem.needs().iter().flat_map(|need| &need.crew.tallies).filter(|t| t.min > 0);
        let mut qualities = tallies().map(|tally| tally.quality).collect::<Vec<Quality>>();
        qualities.sort_unstable();
        qualities.dedup();
        let count = qualities.len();
        self.asked = problem.needs().iter().flat_map(|need| asked_by(need, &qualities)).collect();
        let mut kinds: FxHashMap<Vec<u16>, u32> = FxHashMap::default();
        let mut people: Vec<f64> = Vec::new();
        for unit in problem.unit_ids() {
            let row = qualities.iter().map(|&quality| u16::from(problem.has(unit, quality)));
            let row = row.collect::<Vec<_>>();
            let next = kinds.len() as u32;
            let kind = *kinds.entry(row).or_insert_with_key(|row| {
                self.held.extend(row);
                people.push(0.0);
                next
            });
            people[kind as usize] += f64::from(u8::from(self.pool_of[unit.index()] != NONE));
            self.kind.push(kind);
        }
        let scarcity = (0..count)
            .map(|q| {
                let time = problem.needs().iter().zip(self.asked.chunks(count.max(1)));
                let time =
                    time.map(|(need, row)| need.stops[0].service.0 as f64 * f64::from(row[q])).sum::<f64>();
                let hold = people.iter().zip(self.held.chunks(count.max(1)));
                time / hold.map(|(people, row)| people * f64::from(row[q])).sum::<f64>().max(1.0)
            })
            .collect::<Vec<_>>();
        // What is scarcest holds up the rest: it counts more than its share.
        let scarcity = scarcity.iter().map(|scarcity: &f64| scarcity * scarcity).collect::<Vec<_>>();
        let most = scarcity.iter().copied().fold(1e-9, f64::max);
        self.scarcity = scarcity.iter().map(|s| (s / most * SCARCEST).ceil() as u16).collect();
        let worth = |row: &[u16]| {
            row.iter().zip(&self.scarcity).map(|(&h, &s)| f64::from(h) * f64::from(s)).sum::<f64>()
        };
        let worths = (0..people.len()).map(|k| worth(&self.held[k * count..][..count])).collect::<Vec<_>>();
        let all = worths.iter().zip(&people).map(|(worth, people)| worth * people).sum::<f64>();
        let average = (all / people.iter().sum::<f64>().max(1.0)).max(1e-9);
        let value = |worth: &f64| PLAIN_WORTH + (1.0 - PLAIN_WORTH) * worth / average;
        self.value = worths.iter().map(value).collect();
        (self.average, self.qualities) = (average, qualities);
        self.price = problem.need_ids().map(|need| self.price_of(self.asked(need))).collect();
    }

    /// What those are worth together who serve a need that asks for so many.
    fn price_of(&self, row: &[u16]) -> f64 {
        if self.qualities.is_empty() {
            return 1.0;
        }
        let people = f64::from(row.iter().copied().max().unwrap_or(0).max(1));
        let worth = row.iter().zip(&self.scarcity).map(|(&h, &s)| f64::from(h) * f64::from(s)).sum::<f64>();
        PLAIN_WORTH * people + (1.0 - PLAIN_WORTH) * worth / self.average
    }

    /// Brings a need that has changed up to date. It asks for no quality that no need asked for before.
    pub(super) fn refresh(&mut self, problem: &Problem, need: NeedId) {
        if !self.is_empty() {
            let row = asked_by(problem.need(need), &self.qualities);
            self.price[need.index()] = self.price_of(&row);
            self.asked[need.index() * row.len()..][..row.len()].copy_from_slice(&row);
        }
    }

    /// Whether nobody may go with anybody.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.pools.is_empty()
    }

    /// Whether everybody may go with somebody.
    #[inline]
    pub(crate) fn are_all(&self) -> bool {
        self.are_all
    }

    pub(crate) fn pools(&self) -> &[Pool] {
        &self.pools
    }

    /// The pool of a unit.
    pub(crate) fn pool_of(&self, unit: UnitId) -> Option<&Pool> {
        self.pools.get(*self.pool_of.get(unit.index())? as usize)
    }

    /// How many people a need asks to hold each quality at least.
    #[inline]
    pub(crate) fn asked(&self, need: NeedId) -> &[u16] {
        let count = self.qualities.len();
        &self.asked[need.index() * count..][..count]
    }

    /// What the person of a unit holds of the qualities that needs ask of parties.
    #[inline]
    pub(crate) fn held(&self, unit: UnitId) -> &[u16] {
        let count = self.qualities.len();
        &self.held[self.kind[unit.index()] as usize * count..][..count]
    }

    /// What the person of a unit is worth; 1 on average.
    #[inline]
    pub(crate) fn value(&self, unit: UnitId) -> f64 {
        self.value[self.kind[unit.index()] as usize]
    }

    pub(crate) fn scarcity(&self) -> &[u16] {
        &self.scarcity
    }

    /// What those are worth together who serve a need, were nobody to bring more than is asked.
    pub(crate) fn price(&self, need: NeedId) -> f64 {
        self.price.get(need.index()).copied().unwrap_or(1.0)
    }
}

/// How many people a need asks to hold each of these qualities at least.
fn asked_by(need: &Need, qualities: &[Quality]) -> Vec<u16> {
    let mut asked = vec![0; qualities.len()];
    for tally in &need.crew.tallies {
        if let Ok(q) = qualities.binary_search(&tally.quality) {
            asked[q] = asked[q].max(u16::try_from(tally.min).unwrap_or(u16::MAX));
        }
    }
    asked
}

/// Whether numbers of people who hold something are all that is asked of people together.
fn only_counts(problem: &Problem) -> bool {
    let counts = |need: &crate::model::Need| {
        !need.crew.same_team && need.crew.tallies.iter().all(|tally| tally.max.is_none())
    };
    let orders = |rule: LinkRule| {
        matches!(rule, LinkRule::After { .. } | LinkRule::DaysApart { .. } | LinkRule::Together)
    };
    problem.apart().is_empty()
        && problem.needs().iter().all(counts)
        && problem.links().iter().all(|link| orders(link.rule))
}

#[cfg(test)]
mod tests;
