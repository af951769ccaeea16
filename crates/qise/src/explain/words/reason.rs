//! Reasons in words: for whoever plans, and for whoever asked.

use super::{needs_named, people_named};
use crate::bound::Bound;
use crate::explain::reason::{Reason, Verdict};
use crate::matching::Cut;
use crate::model::{NeedId, Problem, VolunteerId};
use crate::{Text, text};

impl Reason {
    /// The more, the less stands in the way.
    pub(in crate::explain) fn nearness(&self) -> u8 {
        match self.verdict {
            Verdict::Impossible => 0,
            Verdict::Unfound => 1,
            Verdict::Displacing => 2,
            Verdict::Open => 3,
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

    /// The reason in words, for whoever plans: with the names of people and of other needs.
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

    /// The reason in words that may be told to whoever asked for help, and to any volunteer: nobody else is named, nor what anybody
    /// else asked for or where they live.
    pub fn public_text(&self) -> Text {
        if self.hangs_on.is_some() && self.verdict != Verdict::Open {
            return text!(
                "It can only be done together with something else, for which nobody was found.",
                "此事须与另一项服务一并安排,而后者目前无人可承担。"
            );
        }
        match self.verdict {
            Verdict::Impossible => {
                let (en, zh) = labels(self.rules.iter());
                if en.is_empty() {
                    return text!(
                        "Nobody on our lists can do this as it was asked for.",
                        "按目前的要求,名册中无人能够承担。"
                    );
                }
                text!(
                    "Nobody on our lists can do this as it was asked for. Everybody is {en}.",
                    "按目前的要求,名册中无人能够承担:所有人{zh}。"
                )
            }
            Verdict::Displacing => text!(
                "All who could come are needed elsewhere at that time.",
                "能够前来的人员届时均已有其他任务。"
            ),
            Verdict::Open => text!("Somebody can come; it is being arranged.", "有人可以前来,正在安排。"),
            Verdict::Unfound => {
                text!("No free person was found for that time so far.", "目前尚未找到该时段有空的人员。")
            }
        }
    }

    /// The reason in words, other needs that it hangs on apart.
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
        let crew = problem.need(self.need).people();
        match self.verdict {
            Verdict::Impossible => self.text_of_rules(problem),
            Verdict::Open => {
                let (en, zh) = self.who_comes(problem);
                text!("could be served: {en} can come", "可以满足:{zh} 可前往")
            }
            Verdict::Displacing => {
                let (gives, who) = (self.text_of_room(problem), self.crowd.as_ref());
                let (en, zh) = (gives.en, gives.zh);
                let (people, needs) = who.map_or((0, 0), |crowd| (crowd.people.len(), crowd.needs.len()));
                let (names, names_zh) =
                    who.map(|crowd| people_named(problem, &crowd.people)).unwrap_or_default();
                text!(
                    "possible only by giving something up: {en} (proven: nobody but {names} could serve these {needs} needs, and {people} cannot serve all)",
                    "只有放弃其他需求才可能满足:{zh}(已证明:{needs} 项需求只有 {names_zh} 能承担,{people} 人无法全部完成)"
                )
            }
            Verdict::Unfound => {
                let (left, people) = (self.funnel.left, self.funnel.people);
                let words = if self.room.is_some() {
                    let gives = self.text_of_room(problem);
                    let (en, zh) = (gives.en, gives.zh);
                    text!(
                        "no place found: {left} of {people} people could serve it with nothing else to do; {en}",
                        "未找到安排:共 {people} 人,若无其他任务有 {left} 人可服务;{zh}"
                    )
                } else if crew > 1 {
                    let (of, of_zh) = self.role_named(problem);
                    text!(
                        "no place found, and not proven impossible: no {crew} people were found who can be there together; {left} of {people} people pass the rules{of}",
                        "未找到安排,但未证明不可能:未找到可同时到场的 {crew} 人;角色{of_zh}共 {people} 人中 {left} 人通过规则"
                    )
                } else {
                    text!(
                        "no place found, and not proven impossible: {left} of {people} people pass every rule that can be checked alone",
                        "未找到安排,但未证明不可能:共 {people} 人,{left} 人通过全部单独检查的规则"
                    )
                };
                match &self.bound {
                    Some(bound) => with_bound(words, bound),
                    None => words,
                }
            }
        }
    }

    /// Whom the rules exclude, and which of them would do alone.
    fn text_of_rules(&self, problem: &Problem) -> Text {
        let cuts = |pick: fn(&Text) -> &str, people: &str, stop: &str| {
            let label = |cut: Cut| match self.funnel.expires.filter(|_| cut == Cut::Expired) {
                Some(expires) => {
                    text!("whose paper or skill expires {expires}", "资质或技能有效期至 {expires}")
                }
                None => cut.label(),
            };
            let parts =
                self.funnel.cuts().map(|(cut, count)| format!("{count}{people}{}", pick(&label(cut))));
            parts.collect::<Vec<_>>().join(stop)
        };
        let (en, zh) = (cuts(|t| &t.en, " ", ", "), cuts(|t| &t.zh, " 人", "、"));
        let (people, left) = (self.funnel.people, self.funnel.left);
        if people == 0 {
            return text!("impossible: there are no volunteers", "不可能:没有志愿者");
        }
        let asked = problem.need(self.need).roles[usize::from(self.role)].count;
        if left >= asked {
            return text!(
                "impossible: {left} of {people} people pass every rule alone, and none of them can fit it in, for breaks, limits or roads, with nothing else to do",
                "不可能:共 {people} 人中 {left} 人逐条规则均符合,但因休息、限额或路况,即使无其他任务也无法安排"
            );
        }
        let (of, of_zh) = self.role_named(problem);
        let words = if problem.need(self.need).people() > 1 {
            text!(
                "impossible{of}: {asked} asked for, {left} of {people} people remain: {en}",
                "不可能{of_zh}:需要 {asked} 人,共 {people} 人中只剩 {left} 人:{zh}"
            )
        } else {
            text!("impossible for all {people} people: {en}", "不可能:共 {people} 人,其中 {zh}")
        };
        let enough = self.rules.iter().count();
        if enough == 0 || enough == self.funnel.cuts().count() {
            return words;
        }
        let ((rules, rules_zh), (en, zh)) = (labels(self.rules.iter()), (words.en, words.zh));
        text!("{en} (enough alone: {rules})", "{zh}(仅凭以下即足以排除:{rules_zh})")
    }

    /// Who would come, and what is given up for it.
    fn text_of_room(&self, problem: &Problem) -> Text {
        let (who, who_zh) = self.who_comes(problem);
        let (needs, needs_zh) = needs_named(problem, self.gives_up());
        text!("{who} could come if {needs} were given up", "若放弃{needs_zh},{who_zh} 可前往")
    }

    fn who_comes(&self, problem: &Problem) -> (String, String) {
        people_named(problem, &self.comes(problem))
    }

    fn role_named(&self, problem: &Problem) -> (String, String) {
        let count = problem.need(self.need).roles.len();
        if count == 1 {
            return Default::default();
        }
        let role = self.role + 1;
        (format!(", in role {role} of {count}"), format!("({count} 个角色中的第 {role} 个)"))
    }
}

/// The words, and what is proven of how much any plan serves.
fn with_bound(words: Text, bound: &Bound) -> Text {
    let (Text { en, zh }, most) = (words, bound.value);
    match bound.plan {
        Some(plan) if plan == most => text!(
            "{en}; no plan serves more than the {most} points of priority that this one does (proven)",
            "{zh};已证明:本方案满足优先级 {most},任何方案都不会更多"
        ),
        Some(plan) => text!(
            "{en}; no plan serves more than {most} points of priority (proven), this one serves {plan}",
            "{zh};已证明:任何方案至多满足优先级 {most},本方案为 {plan}"
        ),
        None => text!(
            "{en}; no plan serves more than {most} points of priority (proven)",
            "{zh};已证明:任何方案至多满足优先级 {most}"
        ),
    }
}

/// Rules in a row.
fn labels(rules: impl Iterator<Item = Cut>) -> (String, String) {
    let labels = rules.map(Cut::label).collect::<Vec<_>>();
    let join = |pick: fn(&Text) -> &str, stop| labels.iter().map(pick).collect::<Vec<_>>().join(stop);
    (join(|t| &t.en, " or "), join(|t| &t.zh, "或"))
}
