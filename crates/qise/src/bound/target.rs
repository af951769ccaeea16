//! What a bound is asked for: the least value of a weighted sum of terms, where other terms may not exceed some limits; and what that
//! makes of the needs: each group of ways to do one thing is done in one of them, left, or handed to others.
//!
//! Costs here are scaled: multiplied by a power of two, so that prices may be fractions and sums stay exact integers.
//!
//! A plan is compared with plans like it: the least effort is that of plans that are on no earlier level worse than the given one, so
//! that serving less is no way to be cheap.

use std::cmp::Ordering;

use crate::model::{NeedId, Problem, SlotId, Term};
use crate::plan::Score;

/// No cost is counted beyond this: a lower one is still a bound, and sums stay far from the end of the range.
const MOST_COST: i64 = 1 << 40;
/// Scaled costs stay about below this.
const MOST_SCALED: i64 = 1 << 42;

/// The least value of Σ weight · term of any plan in which no term of `limits` exceeds its limit.
#[derive(Clone, Debug)]
pub(super) struct BoundTarget {
    weights: [i64; Term::COUNT],
    limits: Vec<(Term, i64)>,
}

/// What is asked for once, in whichever way.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) ways: Vec<Way>,
    /// What it costs to leave it; nothing where the limits forbid that.
    pub(super) leave: Option<i64>,
    /// How much of each limit it takes to leave it.
    pub(super) uses: Vec<i64>,
    /// What handing it to others takes of their budget, and costs besides.
    outsource: Option<(i64, i64)>,
}

/// One way to do what a group asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// Its slots, one after the other.
    pub(super) first: u32,
    pub(super) end: u32,
    /// What it costs to do no more than this.
    pub(super) extra: i64,
}

/// The groups of a question, priced.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) groups: Vec<Group>,
    /// Limits of what is left, one for each entry of [`Group::uses`].
    limits: Vec<i64>,
    outsourcing: i64,
    pub(super) scale: i64,
}

impl BoundTarget {
    /// The least unserved priority, whatever else a plan does.
    pub(super) fn priority() -> Self {
        let mut weights = [0; Term::COUNT];
        weights[Term::UnservedPriority as usize] = 1;
        Self { weights, limits: Vec::new() }
    }

    /// The least value of a level, of any plan that is on no level before it worse than `score`: without one, of any that leaves
    /// nothing that those levels count.
    pub(super) fn level(problem: &Problem, level: usize, score: Option<&Score>) -> Self {
        let levels = &problem.objective().levels;
        let mut weights = [0; Term::COUNT];
        for weighted in &levels[level] {
            weights[weighted.term as usize] += i64::from(weighted.weight);
        }
        let mut limits = Vec::new();
        for (before, weighted) in levels[..level].iter().enumerate() {
            for w in weighted.iter().filter(|w| is_left(w.term)) {
                let value = score.map_or(0, |score| score.levels[before].max(0));
                limits.push((w.term, value / i64::from(w.weight).max(1)));
            }
        }
        Self { weights, limits }
    }

    /// How much a unit of a term weighs.
    pub(super) fn weight(&self, term: Term) -> i64 {
        self.weights[term as usize]
    }

    /// Whether routes cost anything.
    pub(super) fn weighs_routes(&self) -> bool {
        COUNTED.iter().any(|&term| self.weight(term) > 0)
    }

    /// Whether what is left is weighed against routes.
    pub(super) fn weighs_left(&self) -> bool {
        Term::ALL.iter().any(|&term| is_left(term) && self.weight(term) > 0)
    }

    /// The terms that weigh something and are passed over: they are never less than nothing.
    pub(super) fn passed_over(&self) -> Vec<Term> {
        let counts = |term: Term| is_left(term) || COUNTED.contains(&term);
        Term::ALL.iter().copied().filter(|&term| self.weight(term) > 0 && !counts(term)).collect()
    }

    /// The groups of a problem as this question sees them. `routes`: the most that one step of a route costs. `able`: whether
    /// anybody could fill a slot.
    pub(super) fn asked(&self, problem: &Problem, routes: i64, able: &[bool]) -> Asked {
        let (mut groups, mut most) = (Vec::new(), routes.max(1));
        for id in problem.standing() {
            let group = self.group(problem, id, able);
            let costs = group.ways.iter().map(|way| way.extra).chain(group.leave);
            most = costs.fold(most, i64::max);
            groups.push(group);
        }
        // What nobody can do is left by every plan, and takes its part of the limits.
        let mut limits = self.limits.iter().map(|&(_, most)| most).collect::<Vec<_>>();
        for group in groups.iter().filter(|group| group.ways.is_empty() && group.outsource.is_none()) {
            for (limit, uses) in limits.iter_mut().zip(&group.uses) {
                *limit = (*limit - uses).max(0);
            }
        }
        for group in groups.iter_mut().filter(|group| !group.ways.is_empty()) {
            group.leave =
                group.leave.filter(|_| group.uses.iter().zip(&limits).all(|(uses, most)| uses <= most));
        }
        let mut scale = 1;
        while scale < 1 << 20 && most.saturating_mul(scale * 2) <= MOST_SCALED {
            scale *= 2;
        }
        for group in &mut groups {
            group.leave = group.leave.map(|cost| cost * scale);
            group.outsource = group.outsource.map(|(price, extra)| (price, extra * scale));
            for way in &mut group.ways {
                way.extra *= scale;
            }
        }
        Asked { groups, limits, outsourcing: problem.outsourcing(), scale }
    }

    fn group(&self, problem: &Problem, id: NeedId, able: &[bool]) -> Group {
        let alone = [id];
        let ways = if problem.ways(id).is_empty() { &alone[..] } else { problem.ways(id) };
        let priority = |way: NeedId| i64::from(problem.need(way).priority);
        let most = ways.iter().map(|&way| priority(way)).max().unwrap_or(0);
        let left = |term: Term| match term {
            Term::UnservedPriority => most,
            Term::Unserved => 1,
            Term::UnservedMandatory => i64::from(problem.comes_first(id)),
            _ => 0,
        };
        let lost = |way: NeedId| capped(self.weight(Term::UnservedPriority), most - priority(way));
        let leave = [Term::UnservedPriority, Term::Unserved, Term::UnservedMandatory];
        let leave = leave.iter().map(|&term| capped(self.weight(term), left(term))).sum::<i64>();
        let uses = self.limits.iter().map(|&(term, _)| left(term)).collect::<Vec<_>>();
        let slots = |way: NeedId| problem.slots_of(way);
        let possible = ways.iter().filter(|&&way| slots(way).all(|SlotId(slot)| able[slot as usize]));
        let ways = possible.map(|&way| {
            let first = problem.first_slot(way).0;
            Way { first, end: first + slots(way).len() as u32, extra: lost(way) }
        });
        let ways = ways.collect::<Vec<_>>();
        let price = problem.need(id).outsource.map(i64::from).filter(|&price| price <= problem.outsourcing());
        Group { ways, leave: Some(leave), uses, outsource: price.map(|price| (price, lost(id))) }
    }
}

/// The terms of which every route has its share.
const COUNTED: [Term; 7] = [
    Term::TravelTime,
    Term::Distance,
    Term::WorkTime,
    Term::People,
    Term::Preferences,
    Term::Tardiness,
    Term::Late,
];

/// Whether a term counts what is left.
pub(super) fn is_left(term: Term) -> bool {
    matches!(term, Term::UnservedMandatory | Term::UnservedPriority | Term::Unserved)
}

/// A product, or the largest cost that is counted.
pub(super) fn capped(weight: i64, amount: i64) -> i64 {
    weight.saturating_mul(amount).clamp(0, MOST_COST)
}

/// A cost of a route, scaled, or the largest that is counted.
pub(super) fn scaled(cost: i64, scale: i64) -> i64 {
    cost.saturating_mul(scale).min(2 * MOST_SCALED)
}

impl Group {
    /// What handing it to others takes of their budget, and costs besides, where it may be.
    pub(super) fn outsource(&self) -> Option<(i64, i64)> {
        self.outsource
    }

    /// The cheapest way at these prices of slots, and its number; nothing where there is none.
    pub(super) fn cheapest(&self, prices: &[i64]) -> Option<(i64, usize)> {
        let price = |way: &Way| way.extra + prices[way.first as usize..way.end as usize].iter().sum::<i64>();
        self.ways.iter().map(price).zip(0..).min()
    }
}

impl Asked {
    /// Limits of what is left, one for each entry of [`Group::uses`].
    pub(super) fn limits(&self) -> &[i64] {
        &self.limits
    }

    /// What may be spent on others.
    pub(super) fn outsourcing(&self) -> i64 {
        self.outsourcing
    }

    /// The least that all groups cost at these prices, each slot that is filled at its price. Where `left` is given, the share of
    /// each group that is not done is written there.
    pub(super) fn value(&self, prices: &[i64], mut left: Option<&mut [f64]>) -> i128 {
        let mut sum = 0_i128;
        // What is won by leaving each group instead of doing it, or by handing it to others.
        let (mut leaving, mut handing) = (Vec::new(), Vec::new());
        if let Some(left) = &mut left {
            left.fill(0.0);
        }
        for (g, group) in self.groups.iter().enumerate() {
            let Some((done, _)) = group.cheapest(prices) else {
                sum += i128::from(group.leave.unwrap_or(0).min(group.outsource.map_or(i64::MAX, |o| o.1)));
                if let Some(left) = &mut left {
                    left[g] = 1.0;
                }
                continue;
            };
            sum += i128::from(done);
            if let Some(won) = group.leave.map(|leave| done - leave).filter(|&won| won > 0) {
                leaving.push((g, won));
            }
            if let Some((price, extra)) = group.outsource
                && done > extra
            {
                handing.push(Item { group: g, won: done - extra, uses: price });
            }
        }
        let mut best: Option<(i128, Vec<(usize, f64)>)> = None;
        for (l, &most) in self.limits.iter().enumerate() {
            let items =
                leaving.iter().map(|&(group, won)| Item { group, won, uses: self.groups[group].uses[l] });
            let filled = fill(items.collect(), most);
            if best.as_ref().is_none_or(|best| filled.0 < best.0) {
                best = Some(filled);
            }
        }
        let all = || {
            (
                leaving.iter().map(|&(_, won)| i128::from(won)).sum(),
                leaving.iter().map(|&(g, _)| (g, 1.0)).collect(),
            )
        };
        let (won, shares) = best.unwrap_or_else(all);
        let (handed, more) = fill(handing, self.outsourcing);
        if let Some(left) = left {
            for (g, share) in shares.into_iter().chain(more) {
                left[g] = f64::min(1.0, left[g] + share);
            }
        }
        sum - won - handed
    }
}

/// Something that may be put into a knapsack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) group: usize,
    pub(super) won: i64,
    pub(super) uses: i64,
}

/// The most that items win together that use no more than `most`, where the last may be cut: never less than whole items win. With
/// the share of each that is taken.
pub(super) fn fill(mut items: Vec<Item>, most: i64) -> (i128, Vec<(usize, f64)>) {
    items.sort_unstable_by(richer);
    let (mut sum, mut room) = (0_i128, most.max(0));
    let mut shares = Vec::new();
    for item in items {
        if item.uses <= room {
            room -= item.uses.max(0);
            sum += i128::from(item.won);
            shares.push((item.group, 1.0));
        } else {
            let (won, room, uses) = (i128::from(item.won), i128::from(room), i128::from(item.uses));
            // Rounded up: more is on the safe side.
            sum += (won * room + uses - 1) / uses;
            shares.push((item.group, room as f64 / uses as f64));
            break;
        }
    }
    (sum, shares)
}

/// Items that win more for what they use first.
fn richer(a: &Item, b: &Item) -> Ordering {
    let left = i128::from(a.won) * i128::from(b.uses.max(0));
    let right = i128::from(b.won) * i128::from(a.uses.max(0));
    right.cmp(&left).then(a.group.cmp(&b.group))
}

#[cfg(test)]
mod tests;
