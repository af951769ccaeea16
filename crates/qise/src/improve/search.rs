//! The fewest kinds of changes that let a need be served, and the least of each.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::change::{before_all, with};
use super::limits::{ChangeLimits, Kind};
use super::newcomer::knows_all_newcomers;
use super::suggestion::{Prices, Suggestion, left, serves, tightened};
use crate::base::{Stop, Threads};
use crate::explain::{Depth, Reason, Verdict, importance, reason, reasons};
use crate::model::{NeedId, Problem};
use crate::plan::{Plan, Score, evaluate};
use crate::query::PlanQuery;
use crate::solve::{self, solve};

/// How to look for changes that help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How far changes go.
    pub farthest: ChangeLimits,
    /// What they cost.
    pub prices: Prices,
    /// Steps of search with which every remedy is tried out.
    pub steps: u64,
    /// Seed of all random choices.
    pub seed: u64,
    /// Threads to use; 1 or more. They change how soon an answer comes, never the answer.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { farthest: ChangeLimits::FARTHEST, prices: Prices::default(), steps: 500, seed: 1, threads: 1 }
    }
}

/// How far the search for what helps a need has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Something helps: it was tried out.
    Helped,
    /// All that lies within the extents was looked at, and nothing was found; that is no proof.
    Nothing,
    /// Nothing within the extents helps: proven.
    Proven,
    /// The time was spent before all was tried.
    Untried,
}

impl Status {
    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Nothing => "nothing",
            Self::Proven => "proven",
            Self::Untried => "untried",
        }
    }
}

/// What would help a need.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The need.
    pub need: NeedId,
    /// How far the search has come.
    pub status: Status,
    /// What was found and tried out, the best first.
    pub remedies: Vec<Suggestion>,
    /// The proof that no changes within the extents help, all of them together: why the need is impossible even then.
    pub proof: Option<Reason>,
}

/// A plan, ready to be asked what would make it better.
pub struct Improver<'p> {
    pub(super) problem: &'p Problem,
    pub(super) options: Options,
    /// The plan that was given.
    given: Plan,
    /// What as many steps of search as every remedy has make of the plan without any changes.
    pub(super) plan: Plan,
    /// What it is worth, and what the given one was.
    score: Score,
    given_score: Score,
    /// The priority that it leaves.
    pub(super) left: i64,
    /// How much more it serves than the plan that was given.
    found: i64,
    pub(super) stop: Stop,
}

impl<'p> Improver<'p> {
    /// Makes a plan ready to be asked: searches on from it for a while, without any changes. `stop`
    /// ends this search and every later one; how many steps each takes, the options say.
    pub fn new(problem: &'p Problem, plan: &Plan, options: Options, stop: &Stop) -> Self {
        let search = solve::Options {
            seed: options.seed,
            threads: options.threads,
            warm: Some(plan.clone()),
            ..solve::Options::default()
        };
        let given = plan.clone();
        let leaves = left(problem, plan);
        let steps = stop.clone().or(Stop::iterations(options.steps));
        let found = solve(problem, &search, &steps).plan;
        let less = left(problem, &found);
        // What leaves as much, only elsewhere, is of no help: the needs that were left are those that are asked about.
        let judged = evaluate(problem, plan);
        let keeps = less >= leaves && judged.is_valid();
        let (plan, left) = if keeps { (plan.clone(), leaves) } else { (found, less) };
        let (score, given_score) = (evaluate(problem, &plan).score, judged.score);
        Self {
            problem,
            options,
            given,
            plan,
            score,
            given_score,
            left,
            found: leaves - left,
            stop: stop.clone(),
        }
    }

    /// The plan that remedies are compared with: the one that was given, or what as many steps of search as each of them has make of it
    /// where that serves more.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The needs that the given plan leaves, in the order of its list; of the ways to do one thing the one that comes nearest.
    pub fn left(&self) -> Vec<NeedId> {
        let reasons = reasons(self.problem, &self.given, Depth::Quick, &self.stop);
        reasons.into_iter().map(|reason| reason.need).collect()
    }

    /// What would help each of these needs, in their order. Those that matter most are looked at first; needs that the problem does not
    /// have are passed over.
    pub fn remedies(&self, needs: &[NeedId]) -> Vec<Outcome> {
        let known = needs.iter().copied().filter(|need| need.index() < self.problem.needs().len());
        let needs = known.collect::<Vec<_>>();
        let mut order = (0..needs.len()).collect::<Vec<_>>();
        order.sort_by_key(|&n| importance(self.problem, needs[n]));
        let next = AtomicUsize::new(0);
        let work = || {
            let hands = (0..rayon::current_num_threads()).into_par_iter().flat_map_iter(|_| {
                let take = || order.get(next.fetch_add(1, Ordering::Relaxed));
                std::iter::from_fn(|| take().map(|&n| (n, self.remedy(needs[n])))).collect::<Vec<_>>()
            });
            hands.collect::<Vec<_>>()
        };
        let mut found = Threads::new(self.options.threads).install(work);
        found.sort_by_key(|&(n, _)| n);
        found.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// What would help one need.
    fn remedy(&self, need: NeedId) -> Outcome {
        let mut outcome = Outcome { need, status: Status::Untried, remedies: Vec::new(), proof: None };
        if serves(self.problem, &self.plan, need) {
            outcome.status = Status::Helped;
            outcome.remedies.push(Suggestion {
                changes: Vec::new(),
                cost: 0,
                gain: self.found,
                levels: differences(&self.score, &self.given_score),
                problem: self.problem.clone(),
                plan: self.plan.clone(),
            });
            return outcome;
        }
        if self.is_over() {
            return outcome;
        }
        let matters = |kind: &Kind| self.options.farthest.of(*kind) > 0 && kind.matters(self.problem, need);
        let kinds = Kind::ALL.iter().copied().filter(matters).collect::<Vec<_>>();
        let mut found = self.fewest(&kinds, &|extent| self.beside_all(need, extent));
        if found.is_empty() && !self.is_over() {
            outcome.proof = self.proof(need, &kinds);
            if outcome.proof.is_none() {
                // Nobody is free even then: whether others could do what they do is left to a search.
                found = self.fewest(&kinds, &|extent| self.by_search(need, extent));
            }
        }
        let remedies = found.into_iter().filter_map(|extent| self.tried_out(need, &extent));
        outcome.remedies = remedies.collect();
        outcome.remedies.sort_by_key(Suggestion::rank);
        outcome.status = match &outcome.proof {
            _ if !outcome.remedies.is_empty() => Status::Helped,
            Some(_) => Status::Proven,
            None if self.is_over() => Status::Untried,
            None => Status::Nothing,
        };
        outcome
    }

    /// The least extents of the smallest sets of kinds that help. `helps` grows with the extent.
    fn fewest(&self, kinds: &[Kind], helps: &dyn Fn(&ChangeLimits) -> Option<Plan>) -> Vec<ChangeLimits> {
        let farthest = self.options.farthest;
        let whole = |set: u32| {
            let chosen = kinds.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1);
            chosen.fold(ChangeLimits::default(), |extent, (_, &kind)| extent.with(kind, farthest.of(kind)))
        };
        let mut sets = (0..1_u32 << kinds.len()).collect::<Vec<_>>();
        sets.sort_by_key(|set| (set.count_ones(), *set));
        let all = sets.last().copied().unwrap_or(0);
        if helps(&whole(all)).is_none() {
            return Vec::new();
        }
        let mut helping: Vec<u32> = Vec::new();
        let mut found = Vec::new();
        for set in sets {
            let lies_within = |smaller: &u32| smaller & !set == 0;
            if helping.iter().any(lies_within) || self.is_over() {
                continue;
            }
            if helps(&whole(set)).is_some() {
                helping.push(set);
                let chosen = kinds.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1);
                found.push(chosen.fold(whole(set), |extent, (_, &kind)| self.least(extent, kind, helps)));
            }
        }
        found
    }

    /// The extent with as little of a kind as helps.
    fn least(
        &self,
        extent: ChangeLimits,
        kind: Kind,
        helps: &dyn Fn(&ChangeLimits) -> Option<Plan>,
    ) -> ChangeLimits {
        let steps = kind.steps(extent.of(kind));
        // The last step helps, that is known.
        let (mut low, mut high) = (0, steps.len() - 1);
        while low < high && !self.is_over() {
            let middle = usize::midpoint(low, high);
            if helps(&extent.with(kind, steps[middle])).is_some() {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        extent.with(kind, steps[high])
    }

    /// A plan that serves a need beside all that is served, once changes of this extent are made.
    fn beside_all(&self, need: NeedId, extent: &ChangeLimits) -> Option<Plan> {
        let changed = with(self.problem, &extent.changes(self.problem, need))?;
        let plan = self.plan.carried(self.problem, &changed).0;
        let mut standing = PlanQuery::within(&changed, &plan, &self.stop)?;
        let offer = standing.rank(need, 1)?.pop()?;
        offer.displaces.is_empty().then(|| offer.taken(&changed, &standing.plan()))
    }

    /// The same by a search, which may arrange everything anew and must not serve less.
    fn by_search(&self, need: NeedId, extent: &ChangeLimits) -> Option<Plan> {
        let changed = with(self.problem, &extent.changes(self.problem, need))?;
        let plan = self.solved(&before_all(&changed, need)?, &self.plan);
        (serves(&changed, &plan, need) && left(&changed, &plan) < self.left).then_some(plan)
    }

    /// What a search makes of a plan for a changed problem, which may be one for the problem as it is.
    pub(super) fn solved(&self, problem: &Problem, warm: &Plan) -> Plan {
        // Changes may add people, and vehicles to those who come: the ids of routes are others then.
        let warm = if warm.is_of(problem) { warm.clone() } else { warm.carried(self.problem, problem).0 };
        let options = solve::Options {
            seed: self.options.seed,
            threads: 1,
            warm: Some(warm),
            ..solve::Options::default()
        };
        let stop = self.stop.clone().or(Stop::iterations(self.options.steps));
        solve(problem, &options, &stop).plan
    }

    /// The remedy of an extent, if a solve that must serve the need does.
    fn tried_out(&self, need: NeedId, extent: &ChangeLimits) -> Option<Suggestion> {
        let changes = extent.changes(self.problem, need);
        let changed = with(self.problem, &changes)?;
        let first = self.beside_all(need, extent).or_else(|| self.by_search(need, extent))?;
        let plan = self.solved(&before_all(&changed, need)?, &first);
        let plan = [plan, first].into_iter().find(|plan| serves(&changed, plan, need))?;
        let (changes, problem, plan) = tightened(self.problem, need, &changed, &changes, &plan)?;
        let gain = self.left - left(&problem, &plan);
        (gain > 0).then(|| {
            let cost = self.options.prices.of(&changes);
            let levels = differences(&evaluate(&problem, &plan).score, &self.score);
            Suggestion { changes, cost, gain, levels, problem, plan }
        })
    }

    /// The proof that the largest changes of all kinds together do not help; nothing where there is none.
    fn proof(&self, need: NeedId, kinds: &[Kind]) -> Option<Reason> {
        let farthest = kinds
            .iter()
            .fold(ChangeLimits::default(), |extent, &kind| extent.with(kind, self.options.farthest.of(kind)));
        let changed = with(self.problem, &farthest.changes(self.problem, need))?;
        if !knows_all_newcomers(self.problem, &changed, need, self.options.farthest.people) {
            return None;
        }
        let reason = reason(&changed, &Plan::empty(&changed), need, &self.stop)?;
        // What another need lacks, on which this one hangs, was not changed.
        (reason.verdict == Verdict::Impossible && reason.hangs_on.is_none()).then_some(reason)
    }

    pub(super) fn is_over(&self) -> bool {
        self.stop.is_over()
    }
}

/// By how much each level of one score is more than that of another.
fn differences(one: &Score, other: &Score) -> Vec<i64> {
    one.levels.iter().zip(&other.levels).map(|(one, other)| one.saturating_sub(*other)).collect()
}
