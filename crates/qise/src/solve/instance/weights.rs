//! How the search weighs plans: level by level where levels are compared, by one price for each term where places are.
//!
//! A place for a visit is looked for by one integer, in which a level outweighs whatever one insertion can change on the levels
//! below. Whether a whole change is kept, which may take out several visits for one of more weight, is decided by
//! [`Weights::keeps`]: level by level, the last levels by their prices against a temperature. The best plan is chosen by the exact
//! levels alone.

use std::cmp::Ordering;

use crate::model::{Problem, Term, Terms};

/// What an insertion can cost stays below this.
const COST_LIMIT: i128 = 1 << 60;
/// Where the levels do not fit below that, the lowest outweigh what is below them by fewer than so many sixteenths of its digits.
const FULL: u32 = 16;
/// The least share for which levels further up are left as they are.
const LEAST: u32 = 8;

/// Prices of terms, and the levels in which plans are compared.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    cost: [i64; Term::COUNT],
    /// The levels of the objective: terms and weights.
    levels: Vec<Vec<(Term, i64)>>,
    /// Price of a unit of each level.
    prices: Vec<i64>,
    /// The first level that is weighed against those below it; those above are compared first.
    weighed_from: usize,
    /// The level of the needs left, and its term, where a level of effort follows it: the one price that may be softened.
    unserved: Option<(usize, Term)>,
}

/// The levels of a plan, and what guides the search besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Measure {
    levels: Vec<i64>,
    completion_guidance: i64,
}

impl Measure {
    /// Whether a plan with these levels is better, whatever guides the search.
    pub(crate) fn better_than(&self, other: &Self) -> bool {
        self.levels < other.levels
    }
}

impl Weights {
    pub(crate) fn new(problem: &Problem) -> Self {
        let of = |level: &Vec<crate::model::Weighted>| {
            level.iter().map(|w| (w.term, i64::from(w.weight))).collect::<Vec<_>>()
        };
        let mut levels = problem.objective().levels.iter().map(of).collect::<Vec<_>>();
        // People without whom a plan breaks a rule come before everything that it is judged by.
        let due = problem.regime().people_due > 0;
        if due {
            levels.insert(0, vec![(Term::PeopleShort, 1)]);
        }
        let limits = limits(problem, &levels);
        let reach = |level: &Vec<(Term, i64)>| {
            level
                .iter()
                .map(|&(term, weight)| i128::from(weight) * term.most_of_insertion(problem.regime()))
                .sum::<i128>()
        };
        let reach = levels.iter().map(reach).collect::<Vec<_>>();
        let prices = scales(&reach, &limits);
        let mut cost = [0_i64; Term::COUNT];
        for (level, price) in levels.iter().zip(&prices) {
            for &(term, weight) in level {
                cost[term as usize] = cost[term as usize].saturating_add(price.saturating_mul(weight));
            }
        }
        let last = levels.len().saturating_sub(1);
        let ends = levels.iter().position(|level| level.iter().any(|&(term, _)| term == Term::Makespan));
        let left = softenable(problem).map(|(level, term)| (level + usize::from(due), term));
        Self { cost, levels, prices, weighed_from: ends.map_or(last, |ends| ends.min(last)), unserved: left }
    }

    /// The same weights with a lower price for the needs left: `price` for a unit of it, and whatever else is on its level cheaper by the
    /// same factor. Levels above are still compared first.
    pub(crate) fn softened(&self, price: f64) -> Self {
        let mut soft = self.clone();
        let Some((level, left)) = self.unserved else { return soft };
        let factor = price / self.of(left) as f64;
        if factor < 1.0 {
            let soften = |cost: i64| ((cost as f64 * factor) as i64).max(1);
            for &(term, weight) in &self.levels[level] {
                // It may stand in other levels too.
                let (whole, own) = (self.cost[term as usize], self.prices[level].saturating_mul(weight));
                soft.cost[term as usize] = soften(own).saturating_add(whole.saturating_sub(own));
            }
            soft.prices[level] = soften(self.prices[level]);
            soft.weighed_from = self.weighed_from.min(level);
        }
        soft
    }

    /// The same weights with every need worth more than anything else that it may cost; nothing where needs left
    /// come before all else.
    pub(crate) fn coverage_first(&self, problem: &Problem) -> Option<Self> {
        let is_left =
            |term: Term| matches!(term, Term::UnservedMandatory | Term::UnservedPriority | Term::Unserved);
        let counts = |term: Term| matches!(term, Term::UnservedPriority | Term::Unserved);
        let levels = &problem.objective().levels;
        let last = levels.iter().rposition(|level| level.iter().any(|w| counts(w.term)));
        let upto = last.map_or(&[][..], |last| &levels[..=last]);
        let weighed = upto.iter().flatten().any(|w| !is_left(w.term));
        let effort = |term: Term| i128::from(self.of(term)) * term.most_of_insertion(problem.regime());
        let most: i128 = Term::ALL.iter().copied().filter(|&t| !is_left(t)).map(effort).sum();
        let limit = COST_LIMIT / 4 / problem.needs().len().max(1) as i128;
        let mut weights = self.clone();
        weights.cost[Term::Unserved as usize] += most.min(limit) as i64;
        weighed.then_some(weights)
    }

    /// Whether a level of people comes after needs left and before all effort.
    pub(crate) fn puts_people_first(problem: &Problem) -> bool {
        let levels = &problem.objective().levels;
        let of = |is: fn(Term) -> bool| levels.iter().position(|level| level.iter().any(|w| is(w.term)));
        let people = of(|t| t == Term::People);
        let left = of(|t| matches!(t, Term::Unserved | Term::UnservedPriority | Term::UnservedMandatory));
        let rest = levels.iter().position(|level| {
            level.iter().any(|w| {
                let counted = matches!(
                    w.term,
                    Term::Unserved | Term::UnservedPriority | Term::UnservedMandatory | Term::People
                );
                !counted
            })
        });
        people.is_some_and(|p| left.is_some_and(|l| l < p) && rest.is_none_or(|r| p < r))
    }

    /// The weights for a search in which `price` is what a need left costs for each of its priority, and people nothing.
    pub(crate) fn fleet_weights(&self, price: i64) -> Self {
        let mut weights = self.clone();
        for term in [Term::Unserved, Term::UnservedMandatory, Term::People, Term::PeopleShort] {
            weights.cost[term as usize] = 0;
        }
        weights.cost[Term::UnservedPriority as usize] = price.max(1);
        // All is weighed against all.
        weights.levels = vec![Term::ALL.iter().map(|&term| (term, weights.of(term))).collect()];
        (weights.prices, weights.weighed_from) = (vec![1], 0);
        weights
    }

    /// The levels of the objective: terms and weights.
    pub(crate) fn levels(&self) -> &[Vec<(Term, i64)>] {
        &self.levels
    }

    /// The term of the needs left, and the price of a unit of it, where that price may be softened.
    pub(crate) fn price_of_unserved(&self) -> Option<(Term, i64)> {
        self.unserved.map(|(_, term)| (term, self.of(term)))
    }

    /// Cost of one unit of `term`.
    #[inline]
    pub(crate) fn of(&self, term: Term) -> i64 {
        self.cost[term as usize]
    }

    /// Whether it counts which share of the time that they offered people work.
    #[inline]
    pub(crate) fn weighs_shares(&self) -> bool {
        self.of(Term::LoadRange) != 0 || self.of(Term::LoadWorst) != 0
    }

    /// Cost of leaving a need of this priority.
    pub(crate) fn prize(&self, priority: i64, comes_first: bool) -> i64 {
        let priority = priority.saturating_mul(self.of(Term::UnservedPriority));
        let first = if comes_first { self.of(Term::UnservedMandatory) } else { 0 };
        priority.saturating_add(first).saturating_add(self.of(Term::Unserved))
    }

    /// Cost of a plan with these terms, in the currency of insertions.
    pub(crate) fn cost(&self, terms: &Terms) -> i128 {
        terms.iter().map(|(term, value)| i128::from(self.of(term)) * i128::from(value)).sum()
    }

    /// The levels of a plan with these terms, into `measure`.
    pub(crate) fn measure(&self, terms: &Terms, pull: i64, measure: &mut Measure) {
        measure.completion_guidance = pull;
        measure.levels.clear();
        measure.levels.extend(self.levels.iter().map(|level| {
            let values = level.iter().map(|&(term, weight)| weight.saturating_mul(terms.get(term)));
            values.fold(0, i64::saturating_add)
        }));
    }

    /// Whether a change from one plan to another is kept: where a level that is compared first grows, or falls, that decides; else
    /// what the levels below cost more may be up to `margin`.
    pub(crate) fn keeps(&self, from: &Measure, to: &Measure, margin: f64) -> bool {
        match self.first_compared(from, to) {
            Some(l) => self.step(l, from, to) as f64 <= margin,
            None => self.growth(from, to) <= margin,
        }
    }

    /// Which of two plans the search would rather go on from.
    pub(crate) fn compare(&self, one: &Measure, other: &Measure) -> Ordering {
        match self.first_compared(one, other) {
            Some(l) => one.levels[l].cmp(&other.levels[l]),
            None => 0.0_f64.total_cmp(&self.growth(one, other)),
        }
    }

    /// What the levels that are weighed against each other cost more in one plan than in another.
    pub(crate) fn growth(&self, from: &Measure, to: &Measure) -> f64 {
        let levels = self.weighed_from..self.levels.len();
        let growth = levels.map(|l| self.step(l, from, to)).fold(0, i128::saturating_add);
        growth.saturating_add(i128::from(to.completion_guidance) - i128::from(from.completion_guidance))
            as f64
    }

    fn step(&self, l: usize, from: &Measure, to: &Measure) -> i128 {
        let step = i128::from(to.levels[l]) - i128::from(from.levels[l]);
        step * i128::from(self.prices[l])
    }

    /// The first of the levels that are compared before all else in which two plans differ.
    fn first_compared(&self, one: &Measure, other: &Measure) -> Option<usize> {
        let most = self.weighed_from.min(one.levels.len());
        (0..most).find(|&l| one.levels[l] != other.levels[l])
    }
}

/// The most that a unit of each level may cost, so that whatever a route, a person or a need adds to a term stays below
/// [`COST_LIMIT`].
fn limits(problem: &Problem, levels: &[Vec<(Term, i64)>]) -> Vec<i128> {
    let terms = levels.iter().map(Vec::len).sum::<usize>().max(1) as i128;
    let limit = |&(term, weight): &(Term, i64)| {
        COST_LIMIT / terms / term.most_of_route(problem.regime()).max(1) / i128::from(weight.max(1))
    };
    levels.iter().map(|level| level.iter().map(limit).min().unwrap_or(COST_LIMIT)).collect()
}

/// The price of a unit of each level: it outweighs what one insertion can change on the levels below. Where such prices are too
/// high, the lowest levels are squeezed first: those above decide what is served, and are to be told by prices too.
fn scales(reach: &[i128], limits: &[i128]) -> Vec<i64> {
    let steps = reach.len().saturating_sub(1);
    let few = (1..steps).flat_map(|lowest| (LEAST..FULL).rev().map(move |share| (lowest, share)));
    let all = (1..FULL).rev().map(|share| (steps, share));
    let squeezed = std::iter::once((0, FULL)).chain(few).chain(all);
    squeezed
        .into_iter()
        .find_map(|(lowest, share)| squeeze(reach, limits, lowest, share))
        .unwrap_or_else(|| vec![1; reach.len()])
}

/// The same where the `lowest` levels but the last outweigh `share` sixteenths of the digits of what is below. `None` if the prices
/// are too high, but for the least share.
fn squeeze(reach: &[i128], limits: &[i128], lowest: usize, share: u32) -> Option<Vec<i64>> {
    let most = COST_LIMIT / (1 + reach.len() as i128);
    let mut scale: i128 = 1;
    let mut scales = Vec::with_capacity(reach.len());
    for (step, (&reach, &limit)) in reach.iter().zip(limits).rev().enumerate() {
        if scale > most.min(limit.max(1)) && share > 1 {
            return None;
        }
        let price = scale.min(limit).max(1);
        scales.push(price as i64);
        let digits = 128 - reach.leading_zeros();
        let outweighed = if step < lowest { 1 << (digits * share / FULL).min(60) } else { 1 + reach };
        scale = price.saturating_mul(outweighed).min(2 * COST_LIMIT);
    }
    scales.reverse();
    Some(scales)
}

/// The level of the needs left and its term, where nothing but effort stands below, and on one level.
fn softenable(problem: &Problem) -> Option<(usize, Term)> {
    let levels = &problem.objective().levels;
    let promised = problem.regime().promised > 0;
    let is_effort =
        |term: Term| promised || !matches!(term, Term::Tardiness | Term::WorstTardiness | Term::Late);
    levels.iter().enumerate().find_map(|(l, level)| {
        let left =
            level.iter().map(|w| w.term).find(|t| matches!(t, Term::UnservedPriority | Term::Unserved))?;
        let below = levels[l + 1..].iter().filter(|level| level.iter().any(|w| is_effort(w.term))).count();
        (below == 1).then_some((l, left))
    })
}

#[cfg(test)]
mod tests;
