//! Why a need is not served: what is proven, what was tried, and whom each rule excluded.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::blame::{blame, with_one_role};
use super::conflict_proof::{Crowd, crowd};
use super::linked::{Clash, clash};
use super::shortage::{Shortage, shortage};
use crate::base::Stop;
use crate::bound::{Bound, quick_priority};
use crate::eligibility::{Exclusion, ExclusionSet, Funnel, can_reach, funnel, smallest_exclusion};
use crate::model::{Link, NeedId, Problem, SlotId, UnitId, VolunteerId};
use crate::plan::{Plan, evaluate};
use crate::query::{Offer, PlanQuery};

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
    /// Not looked into: no time was left, or nothing was to be tried. Only whom the rules exclude may be known.
    Unexamined,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: &'static [Self] =
        &[Self::Impossible, Self::Displacing, Self::Open, Self::Unfound, Self::Unexamined];

    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::Displacing => "displacing",
            Self::Open => "open",
            Self::Unfound => "unfound",
            Self::Unexamined => "unexamined",
        }
    }
}

/// How far reasons are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Depth {
    /// Only whom the rules exclude: needs are told to be impossible, or are not examined.
    Quick,
    /// Whatever can be proven or tried in the time there is.
    #[default]
    Proven,
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
    /// Whom each rule excluded from it; nothing where no time was left to ask.
    pub funnel: Option<Funnel>,
    /// Where it is impossible, the fewest rules that together exclude everybody from that role, or all but too few. Where people are left whom no
    /// rule excludes alone, those that together leave no room for it: none where the times of windows and shifts alone do.
    pub rules: ExclusionSet,
    /// Up to three of the nearest people who could fill it with nothing else to do: a plan in which they do, with all that the need hangs
    /// on, was made and judged.
    pub able: Vec<VolunteerId>,
    /// The cheapest way found to serve it, and what is given up for it.
    pub room: Option<Offer>,
    /// By how much each level of the objective would grow by that; more than nothing on the first that changes: it does not pay.
    pub change: Option<Vec<i64>>,
    /// The proof that something must be given up.
    pub crowd: Option<Crowd>,
    /// A need without which this one is not served: it is not served either, or never can be.
    pub hangs_on: Option<NeedId>,
    /// What keeps it from ever being served together with that need.
    pub clash: Option<Clash>,
    /// Goods of which the plan leaves too little in every depot.
    pub shortage: Option<Shortage>,
    /// Where the search found no place: how much priority any plan serves at most, and how much this one does.
    pub bound: Option<Bound>,
}

impl Reason {
    /// The more, the less stands in the way.
    fn nearness(&self) -> u8 {
        match self.verdict {
            Verdict::Impossible => 0,
            Verdict::Unexamined => 1,
            Verdict::Unfound => 2,
            Verdict::Displacing => 3,
            Verdict::Open => 4,
        }
    }

    /// Who would come at the least cost that was found.
    pub fn comes(&self, problem: &Problem) -> Vec<VolunteerId> {
        let visits = self.room.iter().flat_map(|room| room.visits().map(|(unit, _)| unit));
        let mut people = visits.map(|unit| problem.unit(unit).volunteer).collect::<Vec<_>>();
        people.dedup();
        people
    }

    /// The needs that would be given up for that.
    pub fn gives_up(&self) -> &[NeedId] {
        self.room.as_ref().map_or(&[], |room| &room.displaces)
    }
}

/// How many of the people who could serve a need a reason names.
pub(super) const NAMED: usize = 3;
/// No plan is made for more needs that hang together.
const HANGING: usize = 12;
/// How many people or crews are tried for a need that is not served.
pub(super) const TRIED: usize = 8;

/// The share of the budget in which the rules alone are asked, where more is to be looked into.
const RULES: f64 = 0.5;

/// Why a plan does not serve `need`; nothing where the problem does not have it. Of the empty plan it tells who could serve it with
/// nothing else to do. Once `stop` is over the need is not examined any further.
pub fn reason(problem: &Problem, plan: &Plan, need: NeedId, stop: &Stop) -> Option<Reason> {
    if need.index() >= problem.needs().len() {
        return None;
    }
    let needed = needed(problem);
    let needs = with_all_needed(&needed, need);
    let mut reasons = all(problem, plan, &needs, Depth::Proven, stop);
    hang(&needed, &mut reasons, false);
    let mut reason = reasons.swap_remove(0);
    tell_bound(problem, plan, std::slice::from_mut(&mut reason), stop);
    Some(reason)
}

/// Why each unserved need of a plan is not served, in the order of the plan's list. Needs that the problem does not have are passed over.
///
/// Needs that matter most are looked into first: those that are mandatory or pinned, then
/// those of the highest priority. Once `stop` is over, the rest is not examined.
pub fn reasons(problem: &Problem, plan: &Plan, depth: Depth, stop: &Stop) -> Vec<Reason> {
    let ways = |&need: &NeedId| {
        let others = problem.ways(need).iter().copied().filter(move |&way| way != need);
        std::iter::once(need).chain(others).collect::<Vec<_>>()
    };
    let known = plan.unserved.iter().filter(|need| need.index() < problem.needs().len());
    let reasons = known.map(ways).collect::<Vec<_>>();
    let mut told = all(problem, plan, &reasons.concat(), depth, stop).into_iter();
    // Of the ways to do one thing the one that comes nearest is told.
    let nearest = |ways: Vec<NeedId>| {
        told.by_ref()
            .take(ways.len())
            .reduce(|one, other| if other.nearness() > one.nearness() { other } else { one })
    };
    let mut reasons = reasons.into_iter().filter_map(nearest).collect::<Vec<_>>();
    hang(&needed(problem), &mut reasons, true);
    tell_bound(problem, plan, &mut reasons, stop);
    reasons
}

/// Tells where no place was found what is proven of all plans instead: a quick bound, one for all. A plan that breaks rules may go beyond
/// it, and then it tells nothing.
fn tell_bound(problem: &Problem, plan: &Plan, reasons: &mut [Reason], stop: &Stop) {
    let unfound = |reason: &Reason| reason.verdict == Verdict::Unfound;
    if !reasons.iter().any(unfound) || stop.is_over() {
        return;
    }
    let bound = quick_priority(problem, &evaluate(problem, plan).score, stop);
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

/// A need, and after it all those without which it is not served.
fn with_all_needed(needed: &FxHashMap<NeedId, Vec<NeedId>>, need: NeedId) -> Vec<NeedId> {
    let mut known = FxHashSet::from_iter([need]);
    let mut needs = vec![need];
    let mut next = 0;
    while let Some(asked) = needs.get(next) {
        let others = needed.get(asked).into_iter().flatten().copied();
        let new = others.filter(|&other| known.insert(other)).collect::<Vec<_>>();
        needs.extend(new);
        next += 1;
    }
    needs
}

/// Tells of each need which of the others it hangs on; where these cannot be served, neither can it. `left`: they are all left,
/// whether they could be served or not.
fn hang(needed: &FxHashMap<NeedId, Vec<NeedId>>, reasons: &mut [Reason], left: bool) {
    let numbers = reasons.iter().enumerate().map(|(r, reason)| (reason.need, r)).collect::<FxHashMap<_, _>>();
    let mut again = !needed.is_empty();
    while std::mem::take(&mut again) {
        for r in 0..reasons.len() {
            if reasons[r].clash.is_some() {
                continue;
            }
            let others = needed.get(&reasons[r].need).into_iter().flatten();
            let others =
                others.filter_map(|other| numbers.get(other)).map(|&o| (reasons[o].verdict, reasons[o].need));
            let worst = others.min_by_key(|&(verdict, _)| verdict != Verdict::Impossible);
            let Some((verdict, other)) = worst.filter(|&(verdict, _)| left || verdict == Verdict::Impossible)
            else {
                continue;
            };
            again |= verdict == Verdict::Impossible && reasons[r].verdict != verdict;
            let reason = &mut reasons[r];
            if verdict == Verdict::Impossible && reason.verdict != verdict {
                // Whoever could come cannot do what it hangs on.
                reason.verdict = verdict;
                reason.rules = ExclusionSet::default();
                reason.rules.add(Exclusion::Link);
                reason.able.clear();
                (reason.room, reason.change, reason.crowd, reason.shortage) = (None, None, None, None);
            }
            reason.hangs_on = Some(other);
        }
    }
}

/// The reasons of these needs, in their order, those of the needs that matter most looked for first.
fn all(problem: &Problem, plan: &Plan, needs: &[NeedId], depth: Depth, stop: &Stop) -> Vec<Reason> {
    let mut order = (0..needs.len()).collect::<Vec<_>>();
    order.sort_by_key(|&n| importance(problem, needs[n]));
    let begun = stop.spent().clamp(0.0, 1.0);
    let share = if depth == Depth::Quick { 1.0 } else { RULES };
    let until = begun + (1.0 - begun) * share;
    let mut reasons = needs.iter().map(|&need| Reason::unexamined(problem, need)).collect::<Vec<_>>();
    let by_rules = |(): &mut (), n: usize| (stop.spent() < until).then(|| by_rules(problem, needs[n]));
    told(&mut reasons, &order, vec![(); rayon::current_num_threads()], by_rules);
    if depth == Depth::Quick {
        return reasons;
    }
    order.retain(|&n| reasons[n].verdict == Verdict::Unexamined && reasons[n].funnel.is_some());
    if order.is_empty() {
        return reasons;
    }
    let Some(alone) = PlanQuery::within(problem, &Plan::empty(problem), stop) else { return reasons };
    let Some(standing) = alone.other(plan) else { return reasons };
    let needed = needed(problem);
    let asker = Asker { problem, plan, empty: Plan::empty(problem), needed: &needed, alone, standing, stop };
    let askers = vec![asker; rayon::current_num_threads().min(order.len())];
    let known = reasons.clone();
    told(&mut reasons, &order, askers, |asker, n| {
        // What was found when the budget went may be only a part.
        if stop.is_over() {
            return None;
        }
        Some(asker.reason(known[n].clone())).filter(|_| !stop.is_over())
    });
    reasons
}

/// What comes first: what must be served, then what is worth most.
pub(crate) fn importance(problem: &Problem, need: NeedId) -> (bool, Reverse<u32>, NeedId) {
    let asked = problem.need(need);
    let must = asked.mandatory || asked.roles.iter().any(|role| role.pin.is_some());
    (!must, Reverse(asked.priority), need)
}

/// Finds reasons in this order with several hands at once, as long as there are more; where nothing is found the old one stays.
fn told<H: Send>(
    reasons: &mut [Reason],
    order: &[usize],
    hands: Vec<H>,
    find: impl Fn(&mut H, usize) -> Option<Reason> + Sync,
) {
    let next = AtomicUsize::new(0);
    let found = hands.into_par_iter().flat_map_iter(|mut hand| {
        let mut found = Vec::new();
        while let Some(&n) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            match find(&mut hand, n) {
                Some(reason) => found.push((n, reason)),
                None => break,
            }
        }
        found
    });
    for (n, reason) in found.collect::<Vec<_>>() {
        reasons[n] = reason;
    }
}

/// What the rules alone say of a need.
fn by_rules(problem: &Problem, need: NeedId) -> Reason {
    let (slot, funnel) = hardest(problem, need);
    let asked = problem.role(slot).count;
    let left = funnel.left;
    let mut reason =
        Reason { role: problem.slot(slot).role, funnel: Some(funnel), ..Reason::unexamined(problem, need) };
    if left < asked && problem.travel().least_is_proven() {
        reason.verdict = Verdict::Impossible;
        reason.rules = smallest_exclusion(problem, slot, asked).unwrap_or_default();
    }
    reason
}

impl Reason {
    /// Of a need into which nobody has looked yet.
    fn unexamined(problem: &Problem, need: NeedId) -> Self {
        Self {
            need,
            verdict: Verdict::Unexamined,
            role: problem.slot(problem.first_slot(need)).role,
            funnel: None,
            rules: ExclusionSet::default(),
            able: Vec::new(),
            room: None,
            change: None,
            crowd: None,
            hangs_on: None,
            clash: None,
            shortage: None,
            bound: None,
        }
    }
}

/// A plan and the plan in which nobody goes out, ready to be asked.
#[derive(Clone)]
struct Asker<'p> {
    problem: &'p Problem,
    plan: &'p Plan,
    empty: Plan,
    /// The needs without which others are not served.
    needed: &'p FxHashMap<NeedId, Vec<NeedId>>,
    alone: PlanQuery<'p>,
    standing: PlanQuery<'p>,
    stop: &'p Stop,
}

impl Asker<'_> {
    /// What is found beyond the rules, of a need that they let pass.
    fn reason(&mut self, mut reason: Reason) -> Reason {
        let (problem, need) = (self.problem, reason.need);
        let slots = problem.slots_of(need);
        let slot = slots.into_iter().find(|&slot| problem.slot(slot).role == reason.role);
        let (crews, judged) = self.crews_alone(need);
        reason.verdict = Verdict::Unfound;
        reason.able = slot.map(|slot| self.named(slot, &crews, judged)).unwrap_or_default();
        if judged == 0 && self.never(&mut reason) {
            reason.verdict = Verdict::Impossible;
            return reason;
        }
        reason.shortage = shortage(problem, self.plan, need);
        let free = self.standing.rank(need, 1).and_then(|offers| offers.into_iter().next());
        reason.room = free.or_else(|| self.standing.displacement(need, &crews));
        reason.change = reason.room.as_ref().map(|room| problem.objective().score(&room.growth).levels);
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

    /// Who could serve a need with nothing else to do but what it hangs on, the cheapest first, and of how many of
    /// them a plan in which they do was judged.
    fn crews_alone(&mut self, need: NeedId) -> (Vec<Vec<UnitId>>, usize) {
        let problem = self.problem;
        let needs = self.with_all_needed(need);
        let of = |plan: &Plan| {
            let routes = plan.routes.iter().filter(|route| route.visits.iter().any(|v| v.need == need));
            let mut units = routes
                .flat_map(|route| std::iter::once(route.unit).chain(route.company.iter().copied()))
                .collect::<Vec<_>>();
            units.sort_unstable();
            units.dedup();
            units
        };
        let holds = |plan: &Plan| evaluate(problem, plan).is_valid();
        if needs.len() > 1 {
            // Whether others could do all that it hangs on as well is not known: they are asked, and not named.
            let mut crews = self.alone.able(need, TRIED);
            let few = needs.len() <= HANGING;
            let plan = if few { self.alone.together(&needs).filter(holds) } else { None };
            let Some(first) = plan.map(|plan| of(&plan)) else { return (crews, 0) };
            crews.retain(|crew| *crew != first);
            crews.insert(0, first);
            return (crews, 1);
        }
        let offers = self.alone.rank(need, TRIED).unwrap_or_default();
        let mut crews = Vec::new();
        let mut judged = 0;
        for (number, offer) in offers.iter().enumerate() {
            let plan = offer.taken(problem, &self.empty);
            if number >= NAMED || holds(&plan) {
                judged += usize::from(number < NAMED);
                crews.push(of(&plan));
            }
        }
        (crews, judged)
    }

    /// A need, after all those without which it is not served.
    fn with_all_needed(&self, need: NeedId) -> Vec<NeedId> {
        let mut needs = with_all_needed(self.needed, need);
        needs.reverse();
        needs
    }

    /// Whether a need that nobody was found for can never be served, and why: that is proven.
    fn never(&mut self, reason: &mut Reason) -> bool {
        let (problem, need) = (self.problem, reason.need);
        if !problem.travel().least_is_proven() {
            return false;
        }
        if let Some((other, clash)) = clash(problem, need) {
            reason.rules.add(Exclusion::Link);
            (reason.hangs_on, reason.clash) = (Some(other), Some(clash));
            return true;
        }
        if self.alone.tells_all(need) {
            let nobody = self.alone.able(need, 1).is_empty();
            if nobody {
                reason.rules = blame(problem, need, 1, self.stop);
            }
            return nobody;
        }
        let roles = problem.need(need).roles.iter().enumerate();
        for (role, asked) in roles.filter(|_| !problem.need(need).is_ride()) {
            let Some(relaxed) = with_one_role(problem, need, role) else { return false };
            let empty = Plan::empty(&relaxed);
            let Some(mut alone) = PlanQuery::within(&relaxed, &empty, self.stop) else { return false };
            let able = alone.able(need, asked.count as usize).len();
            if able < asked.count as usize && alone.tells_all(need) {
                reason.role = role as u16;
                reason.funnel = Some(funnel(problem, slot_of_role(problem, need, role)));
                reason.rules = blame(&relaxed, need, asked.count as usize, self.stop);
                return true;
            }
        }
        false
    }

    /// The nearest who could fill a role, by the crews that could serve the need.
    fn named(&self, slot: SlotId, crews: &[Vec<UnitId>], judged: usize) -> Vec<VolunteerId> {
        let mut named = Vec::new();
        for &unit in crews.iter().take(judged).flatten() {
            let who = self.problem.unit(unit).volunteer;
            let able = can_reach(self.problem, slot, unit).is_ok();
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

/// The first slot of a role.
fn slot_of_role(problem: &Problem, need: NeedId, role: usize) -> SlotId {
    let mut slots = problem.slots_of(need);
    let of_role = |slot: &SlotId| usize::from(problem.slot(*slot).role) == role;
    slots.find(of_role).unwrap_or_else(|| problem.first_slot(need))
}

/// One slot for each role of a need: those of one role ask the same.
fn roles_of(problem: &Problem, need: NeedId) -> Vec<SlotId> {
    let mut slots = problem.slots_of(need).collect::<Vec<_>>();
    slots.dedup_by_key(|&mut slot| problem.slot(slot).role);
    slots
}
