//! Why a need is not served: what is proven, what was tried, and whom each rule excluded.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::crowd::{Crowd, crowd};
use super::shortage::{Shortage, shortage};
use crate::bound::{Bound, quick_priority};
use crate::matching::{Cuts, Funnel, fewest, funnel, reach};
use crate::model::{Link, NeedId, Problem, SlotId, UnitId, VolunteerId};
use crate::plan::{Plan, evaluate};
use crate::solve::{Offer, Standing};

/// What is known about a need that nobody serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The rules exclude everybody in every plan: proven.
    Impossible,
    /// It can be served, but never beside all that the plan serves: both proven, the first by doing it.
    Displacing,
    /// It can be served beside all that the plan serves: shown by doing it.
    Open,
    /// The search found no place for it, and nothing proves that there is none.
    Unfound,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: &'static [Self] = &[Self::Impossible, Self::Displacing, Self::Open, Self::Unfound];

    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::Displacing => "displacing",
            Self::Open => "open",
            Self::Unfound => "unfound",
        }
    }
}

/// Why a need is not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The need; of the ways to do one thing the one that comes nearest.
    pub need: NeedId,
    /// What is known.
    pub verdict: Verdict,
    /// The role that is hardest to fill; the only one of a need for one person.
    pub role: u16,
    /// Whom each rule excluded from it.
    pub funnel: Funnel,
    /// Where it is impossible, the fewest rules that together exclude everybody from that role, or all but too few.
    pub rules: Cuts,
    /// Up to three of the nearest people who could fill it with nothing else to do.
    pub able: Vec<VolunteerId>,
    /// The cheapest way found to serve it, and what is given up for it.
    pub room: Option<Offer>,
    /// The proof that something must be given up.
    pub crowd: Option<Crowd>,
    /// A need without which this one is not served: it is not served either, or never can be.
    pub hangs_on: Option<NeedId>,
    /// Goods of which the plan leaves too little in every depot.
    pub shortage: Option<Shortage>,
    /// Where the search found no place: how much priority any plan serves at most, and how much this one does.
    pub bound: Option<Bound>,
}

/// How many of the people who could serve a need a reason names.
pub(super) const NAMED: usize = 3;
/// How many people or crews are tried for a need that is not served.
pub(super) const TRIED: usize = 8;

/// Why a plan does not serve `need`. Of the empty plan it tells who could serve it with nothing else to do.
pub fn reason(problem: &Problem, plan: &Plan, need: NeedId) -> Reason {
    let needed = needed(problem);
    let mut needs = vec![need];
    let mut next = 0;
    while let Some(others) = needs.get(next).map(|need| needed.get(need)) {
        let new = others.into_iter().flatten().filter(|other| !needs.contains(other)).copied();
        let new = new.collect::<Vec<_>>();
        needs.extend(new);
        next += 1;
    }
    let mut reasons = all(problem, plan, &needs);
    hang(&needed, &mut reasons, false);
    let mut reason = reasons.swap_remove(0);
    reason.shortage = shortage(problem, plan, need);
    tell_bound(problem, plan, std::slice::from_mut(&mut reason));
    reason
}

/// Why each unserved need of a plan is not served, in the order of the plan's list.
pub fn reasons(problem: &Problem, plan: &Plan) -> Vec<Reason> {
    let ways = |&need: &NeedId| {
        let others = problem.ways(need).iter().copied().filter(move |&way| way != need);
        std::iter::once(need).chain(others).collect::<Vec<_>>()
    };
    let reasons = plan.unserved.iter().map(ways).collect::<Vec<_>>();
    let mut told = all(problem, plan, &reasons.concat()).into_iter();
    // Of the ways to do one thing the one that comes nearest is told.
    let nearest = |ways: Vec<NeedId>| {
        told.by_ref()
            .take(ways.len())
            .reduce(|one, other| if other.nearness() > one.nearness() { other } else { one })
    };
    let mut reasons = reasons.into_iter().filter_map(nearest).collect::<Vec<_>>();
    hang(&needed(problem), &mut reasons, true);
    for reason in &mut reasons {
        reason.shortage = shortage(problem, plan, reason.need);
    }
    tell_bound(problem, plan, &mut reasons);
    reasons
}

/// Tells where no place was found what is proven of all plans instead: a quick bound, one for all. A plan that breaks rules may go beyond
/// it, and then it tells nothing.
fn tell_bound(problem: &Problem, plan: &Plan, reasons: &mut [Reason]) {
    let unfound = |reason: &Reason| reason.verdict == Verdict::Unfound;
    if !reasons.iter().any(unfound) {
        return;
    }
    let bound = quick_priority(problem, &evaluate(problem, plan).score);
    if bound.plan.is_none_or(|plan| plan <= bound.value) {
        for reason in reasons.iter_mut().filter(|reason| unfound(reason)) {
            reason.bound = Some(bound.clone());
        }
    }
}

/// The needs without which others are not served, by these others.
fn needed(problem: &Problem) -> FxHashMap<NeedId, Vec<NeedId>> {
    let mut needed = FxHashMap::<_, Vec<_>>::default();
    for (other, need) in problem.links().iter().flat_map(Link::needed) {
        needed.entry(need).or_default().push(other);
    }
    needed
}

/// Tells of each need which of the others it hangs on; where these cannot be served, neither can it. `left`: they are all left,
/// whether they could be served or not.
fn hang(needed: &FxHashMap<NeedId, Vec<NeedId>>, reasons: &mut [Reason], left: bool) {
    let numbers = reasons.iter().enumerate().map(|(r, reason)| (reason.need, r)).collect::<FxHashMap<_, _>>();
    let mut again = !needed.is_empty();
    while std::mem::take(&mut again) {
        for r in 0..reasons.len() {
            let others = needed.get(&reasons[r].need).into_iter().flatten();
            let others =
                others.filter_map(|other| numbers.get(other)).map(|&o| (reasons[o].verdict, reasons[o].need));
            let worst = others.min_by_key(|&(verdict, _)| verdict != Verdict::Impossible);
            let Some((verdict, other)) = worst.filter(|&(verdict, _)| left || verdict == Verdict::Impossible)
            else {
                continue;
            };
            again |= verdict == Verdict::Impossible && reasons[r].verdict != verdict;
            if verdict == Verdict::Impossible {
                reasons[r].verdict = verdict;
            }
            reasons[r].hangs_on = Some(other);
        }
    }
}

fn all(problem: &Problem, plan: &Plan, needs: &[NeedId]) -> Vec<Reason> {
    if needs.is_empty() {
        return Vec::new();
    }
    let alone = Standing::new(problem, &Plan::empty(problem));
    let standing = Standing::new(problem, plan);
    let asker = Asker { problem, plan, alone, standing };
    // Each thread asks with plans of its own.
    let share = needs.len().div_ceil(rayon::current_num_threads()).max(1);
    let told = needs.par_chunks(share).flat_map_iter(|needs| {
        let mut asker = asker.clone();
        needs.iter().map(|&need| asker.reason(need)).collect::<Vec<_>>()
    });
    told.collect()
}

/// A plan and the plan in which nobody goes out, ready to be asked.
#[derive(Clone)]
struct Asker<'p> {
    problem: &'p Problem,
    plan: &'p Plan,
    alone: Standing<'p>,
    standing: Standing<'p>,
}

impl Asker<'_> {
    fn reason(&mut self, need: NeedId) -> Reason {
        let problem = self.problem;
        let count = |slot| problem.role(slot).count;
        let (slot, funnel) = hardest(problem, need);
        let crews = self.alone.able(need, TRIED);
        let mut reason = Reason {
            need,
            verdict: Verdict::Unfound,
            role: problem.slot(slot).role,
            rules: Cuts::default(),
            able: self.named(slot, &crews),
            room: None,
            crowd: None,
            hangs_on: None,
            shortage: None,
            bound: None,
            funnel,
        };
        if reason.funnel.left < count(slot) && problem.travel().least_is_proven() {
            reason.verdict = Verdict::Impossible;
            reason.rules = fewest(problem, slot, count(slot)).unwrap_or_default();
            return reason;
        }
        if crews.is_empty() && self.alone.tells_all(need) && problem.travel().least_is_proven() {
            reason.verdict = Verdict::Impossible;
            return reason;
        }
        let free = self.standing.rank(need, 1).into_iter().next();
        reason.room = free.or_else(|| self.standing.make_room(need, &crews));
        if let Some(room) = &reason.room {
            if room.displaces.is_empty() {
                reason.verdict = Verdict::Open;
            } else {
                reason.crowd = crowd(problem, self.plan, &self.alone, need);
                if reason.crowd.is_some() {
                    reason.verdict = Verdict::Displacing;
                }
            }
        }
        reason
    }

    /// The nearest who could fill a role, by the crews that could serve the need.
    fn named(&self, slot: SlotId, crews: &[Vec<UnitId>]) -> Vec<VolunteerId> {
        let mut named = Vec::new();
        for &unit in crews.iter().flatten() {
            let who = self.problem.unit(unit).volunteer;
            let able = reach(self.problem, slot, unit).is_ok();
            if named.len() < NAMED && able && !named.contains(&who) {
                named.push(who);
            }
        }
        named
    }
}

/// A slot of the role that is hardest to fill, and whom each rule excludes from it.
pub(super) fn hardest(problem: &Problem, need: NeedId) -> (SlotId, Funnel) {
    let roles = roles_of(problem, need).into_iter().map(|slot| (slot, funnel(problem, slot)));
    let spare = |slot, funnel: &Funnel| i64::from(funnel.left) - i64::from(problem.role(slot).count);
    roles.min_by_key(|(slot, funnel)| spare(*slot, funnel)).expect("every need has a role")
}

/// One slot for each role of a need: those of one role ask the same.
fn roles_of(problem: &Problem, need: NeedId) -> Vec<SlotId> {
    let mut slots = problem.slots_of(need).collect::<Vec<_>>();
    slots.dedup_by_key(|&mut slot| problem.slot(slot).role);
    slots
}
