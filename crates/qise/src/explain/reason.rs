//! Why a need is not served: whom each rule excluded, and what became of those who remain.

use rayon::prelude::*;

use crate::matching::{Funnel, able, funnel};
use crate::model::{NeedId, Problem, UnitId, VolunteerId};
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
    /// The need.
    pub need: NeedId,
    /// What is known.
    pub verdict: Verdict,
    /// Whom each rule excluded.
    pub funnel: Funnel,
    /// Up to three of the nearest people who could serve it with nothing else to do.
    pub able: Vec<VolunteerId>,
}

/// How many of the people who could serve a need a reason names.
const NAMED: usize = 3;
/// How many of the nearest are asked before everybody is.
const ASKED: usize = 32;

/// Why `need` is not served.
pub fn reason(problem: &Problem, need: NeedId) -> Reason {
    all(problem, &[need]).pop().expect("one reason for one need")
}

/// Why each unserved need of a plan is not served, in the order of the plan's list.
pub fn reasons(problem: &Problem, plan: &Plan) -> Vec<Reason> {
    all(problem, &plan.unserved)
}

fn all(problem: &Problem, needs: &[NeedId]) -> Vec<Reason> {
    let alone = Alone::new(problem);
    let near = able(problem, needs, ASKED);
    needs.par_iter().zip(&near).map(|(&need, near)| one(problem, need, near, &alone)).collect()
}

fn one(problem: &Problem, need: NeedId, near: &[UnitId], alone: &Alone<'_>) -> Reason {
    let funnel = funnel(problem, need);
    let mut nearest = who_serve(problem, need, near, alone);
    if nearest.is_empty() && near.len() == ASKED {
        // Those who are near cannot for want of good roads or of breaks; somebody farther off still may.
        let everybody = able(problem, &[need], usize::MAX);
        nearest = who_serve(problem, need, &everybody[0], alone);
    }
    let verdict = if !nearest.is_empty() {
        Verdict::Outcompeted
    } else if funnel.left == 0 && problem.travel().least_is_proven() {
        Verdict::Impossible
    } else {
        Verdict::Undecided
    };
    Reason { need, verdict, funnel, able: nearest }
}

/// The first few people among `units` who could serve `need` with nothing else to do.
fn who_serve(problem: &Problem, need: NeedId, units: &[UnitId], alone: &Alone<'_>) -> Vec<VolunteerId> {
    let mut who: Vec<VolunteerId> = Vec::with_capacity(NAMED);
    for &unit in units {
        let volunteer = problem.unit(unit).volunteer;
        if !who.contains(&volunteer) && alone.serves(need, unit) {
            who.push(volunteer);
            if who.len() == NAMED {
                break;
            }
        }
    }
    who
}

impl Reason {
    /// The reason in words.
    pub fn text(&self, problem: &Problem) -> Text {
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
        match self.verdict {
            Verdict::Impossible if people == 0 => {
                text!("impossible: there are no volunteers", "不可能:没有志愿者")
            }
            Verdict::Impossible => {
                text!("impossible for all {people} people: {en}", "不可能:共 {people} 人,其中 {zh}")
            }
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
