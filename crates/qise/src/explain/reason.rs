//! Why a need is not served: whom each rule excluded, and what became of those who remain.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::shortage::{Shortage, shortage};
use crate::matching::{Funnel, able, funnel};
use crate::model::{Link, NeedId, Problem, SlotId, UnitId, VolunteerId};
use crate::plan::Plan;
use crate::solve::Alone;
use crate::{Text, text};

/// What is known about a need that nobody serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The rules exclude everybody in every plan: proven.
    Impossible,
    /// Somebody could serve it with nothing else to do; in this plan other needs took their time.
    Outcompeted,
    /// Nobody could be shown able, and nothing proves that nobody is.
    Undecided,
}

impl Verdict {
    /// The name in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::Outcompeted => "outcompeted",
            Self::Undecided => "undecided",
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
    /// Up to three of the nearest people who could fill it with nothing else to do.
    pub able: Vec<VolunteerId>,
    /// A need without which this one is not served: it is not served either, or never can be.
    pub hangs_on: Option<NeedId>,
    /// Goods of which the plan leaves too little in every depot.
    pub shortage: Option<Shortage>,
}

/// How many of the people who could serve a need a reason names.
const NAMED: usize = 3;
/// How many of the nearest are asked before everybody is.
const ASKED: usize = 32;

/// Why `need` is not served.
pub fn reason(problem: &Problem, need: NeedId) -> Reason {
    let needed = needed(problem);
    let mut needs = vec![need];
    let mut next = 0;
    while let Some(others) = needs.get(next).map(|need| needed.get(need)) {
        let new = others.into_iter().flatten().filter(|other| !needs.contains(other)).copied();
        let new = new.collect::<Vec<_>>();
        needs.extend(new);
        next += 1;
    }
    let mut reasons = all(problem, &needs);
    hang(&needed, &mut reasons, false);
    reasons.swap_remove(0)
}

/// Why each unserved need of a plan is not served, in the order of the plan's list.
pub fn reasons(problem: &Problem, plan: &Plan) -> Vec<Reason> {
    let ways = |&need: &NeedId| {
        let others = problem.ways(need).iter().copied().filter(move |&way| way != need);
        std::iter::once(need).chain(others).collect::<Vec<_>>()
    };
    let reasons = plan.unserved.iter().map(ways).collect::<Vec<_>>();
    let mut told = all(problem, &reasons.concat()).into_iter();
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
    reasons
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

fn all(problem: &Problem, needs: &[NeedId]) -> Vec<Reason> {
    let alone = Alone::new(problem);
    let of = |&need: &NeedId| roles_of(problem, need);
    let slots = needs.iter().flat_map(of).collect::<Vec<_>>();
    let near = able(problem, &slots, ASKED);
    let asked = slots.par_iter().zip(&near).map(|(&slot, near)| Asked::new(problem, slot, near, &alone));
    let mut asked = asked.collect::<Vec<_>>().into_iter();
    let roles = needs.iter().map(|need| asked.by_ref().take(of(need).len()).collect::<Vec<_>>());
    let roles = roles.collect::<Vec<_>>();
    needs.par_iter().zip(roles).map(|(&need, roles)| one(problem, need, roles, &alone)).collect()
}

/// One slot for each role of a need: those of one role ask the same.
fn roles_of(problem: &Problem, need: NeedId) -> Vec<SlotId> {
    let mut slots = problem.slots_of(need).collect::<Vec<_>>();
    slots.dedup_by_key(|&mut slot| problem.slot(slot).role);
    slots
}

/// What is known of one role: whom each rule excluded, and who is nearest of those who could fill it.
struct Asked {
    slot: SlotId,
    funnel: Funnel,
    able: Vec<VolunteerId>,
}

impl Asked {
    fn new(problem: &Problem, slot: SlotId, near: &[UnitId], alone: &Alone<'_>) -> Self {
        let mut able_people = who_serve(problem, slot, near, alone);
        if able_people.is_empty() && near.len() == ASKED {
            // Those who are near cannot for want of good roads or of breaks; somebody farther off still may.
            let everybody = able(problem, &[slot], usize::MAX);
            able_people = who_serve(problem, slot, &everybody[0], alone);
        }
        Self { slot, funnel: funnel(problem, slot), able: able_people }
    }

    /// How many people the rules leave beyond those that are asked for.
    fn spare(&self, problem: &Problem) -> i64 {
        i64::from(self.funnel.left) - i64::from(problem.role(self.slot).count)
    }
}

fn one(problem: &Problem, need: NeedId, roles: Vec<Asked>, alone: &Alone<'_>) -> Reason {
    let together = || roles.len() == 1 && problem.need(need).people() == 1 || alone.serve_together(need);
    let verdict = if roles.iter().all(|role| !role.able.is_empty()) && together() {
        Verdict::Outcompeted
    } else if roles.iter().any(|role| role.spare(problem) < 0) && problem.travel().least_is_proven() {
        Verdict::Impossible
    } else {
        Verdict::Undecided
    };
    let hardest = roles.into_iter().min_by_key(|role| (!role.able.is_empty(), role.spare(problem)));
    let Asked { slot, funnel, able } = hardest.expect("every need has a role");
    Reason { need, verdict, role: problem.slot(slot).role, funnel, able, hangs_on: None, shortage: None }
}

/// The first few people among `units` who could fill `slot` with nothing else to do.
fn who_serve(problem: &Problem, slot: SlotId, units: &[UnitId], alone: &Alone<'_>) -> Vec<VolunteerId> {
    let mut who: Vec<VolunteerId> = Vec::with_capacity(NAMED);
    for &unit in units {
        let volunteer = problem.unit(unit).volunteer;
        if !who.contains(&volunteer) && alone.serves(slot, unit) {
            who.push(volunteer);
            if who.len() == NAMED {
                break;
            }
        }
    }
    who
}

impl Reason {
    /// The more, the less stands in the way.
    fn nearness(&self) -> u8 {
        match self.verdict {
            Verdict::Impossible => 0,
            Verdict::Undecided => 1,
            Verdict::Outcompeted => 2,
        }
    }

    /// The reason in words.
    pub fn text(&self, problem: &Problem) -> Text {
        let Some(other) = self.hangs_on else { return self.own_text(problem) };
        let (key, own) = (&problem.need(other).key, self.own_text(problem));
        let asked = problem.need(self.need).roles[usize::from(self.role)].count;
        if self.verdict == Verdict::Impossible && self.funnel.left >= asked {
            return text!(
                "impossible: it hangs on {key}, which is impossible",
                "不可能:它依赖需求 {key},而后者不可能满足"
            );
        }
        let (en, zh) = (own.en, own.zh);
        text!("{en}; and it hangs on {key}, which is not served", "{zh};且它依赖需求 {key},而后者未被服务")
    }

    /// The reason in words, other needs apart.
    fn own_text(&self, problem: &Problem) -> Text {
        let own = self.text_of_people(problem);
        let Some(shortage) = self.shortage.filter(|_| self.verdict != Verdict::Impossible) else {
            return own;
        };
        let (short, own) = (shortage.text(problem), own);
        let (en, zh, own_en, own_zh) = (short.en, short.zh, own.en, own.zh);
        text!("{en}; {own_en}", "{zh};{own_zh}")
    }

    /// What is known of the people who could come.
    fn text_of_people(&self, problem: &Problem) -> Text {
        let cuts = |pick: fn(&Text) -> &str, people: &str, stop: &str| {
            let parts =
                self.funnel.cuts().map(|(cut, count)| format!("{count}{people}{}", pick(&cut.label())));
            parts.collect::<Vec<_>>().join(stop)
        };
        let (en, zh) = (cuts(|t| &t.en, " ", ", "), cuts(|t| &t.zh, " 人", "、"));
        let (people, left) = (self.funnel.people, self.funnel.left);
        let names = |stop: &str| {
            let name = |&who: &VolunteerId| {
                problem.volunteer(who).name.as_ref().unwrap_or(&problem.volunteer(who).key)
            };
            self.able.iter().map(name).map(String::as_str).collect::<Vec<_>>().join(stop)
        };
        let (crew, count) = (problem.need(self.need).people(), problem.need(self.need).roles.len());
        let (of, of_zh) = if count > 1 {
            let role = self.role + 1;
            (format!(", in role {role} of {count}"), format!("({count} 个角色中的第 {role} 个)"))
        } else {
            Default::default()
        };
        match self.verdict {
            Verdict::Impossible if people == 0 => {
                text!("impossible: there are no volunteers", "不可能:没有志愿者")
            }
            Verdict::Impossible => {
                let asked = problem.need(self.need).roles[usize::from(self.role)].count;
                if crew > 1 {
                    text!(
                        "impossible{of}: {asked} asked for, {left} of {people} people remain: {en}",
                        "不可能{of_zh}:需要 {asked} 人,共 {people} 人中只剩 {left} 人:{zh}"
                    )
                } else {
                    text!("impossible for all {people} people: {en}", "不可能:共 {people} 人,其中 {zh}")
                }
            }
            Verdict::Outcompeted if crew > 1 => {
                let (nearest, nearest_zh) = (names(", "), names("、"));
                text!(
                    "lost in competition: a crew of {crew} could serve it if they had nothing else to do; fewest to spare{of}: {left} (nearest: {nearest})",
                    "竞争落选:若无其他任务,{crew} 人可共同服务;最紧缺的角色{of_zh}有 {left} 人(最近:{nearest_zh})"
                )
            }
            Verdict::Undecided if crew > 1 => text!(
                "not served, and not proven impossible: no {crew} people were found who can be there together; {left} of {people} people pass the rules{of}",
                "未满足,但未证明不可能:未找到可同时到场的 {crew} 人;角色{of_zh}共 {people} 人中 {left} 人通过规则"
            ),
            Verdict::Outcompeted => {
                let (nearest, nearest_zh) = (names(", "), names("、"));
                text!(
                    "lost in competition: {left} could serve it if they had nothing else to do (nearest: {nearest})",
                    "竞争落选:若无其他任务有 {left} 人可服务(最近:{nearest_zh})"
                )
            }
            Verdict::Undecided => text!(
                "not served, and not proven impossible: {left} of {people} people pass every rule that can be checked alone",
                "未满足,但未证明不可能:共 {people} 人,{left} 人通过全部单独检查的规则"
            ),
        }
    }
}
