//! Reasons in words: for whoever plans, and for whoever asked.

use qise::bound::Bound;
use qise::eligibility::{Exclusion, Funnel};
use qise::explain::{Clash, Reason, Shortage, Verdict};
use qise::{Problem, Text, text};

use super::choice::signed;
use super::{joined, needs_named, people_named};

/// The reason in words, for whoever plans: with the names of people and of other needs.
pub fn reason(problem: &Problem, reason: &Reason) -> Text {
    let Some(other) = reason.hangs_on else { return own(problem, reason) };
    let (key, own) = (&problem.need(other).key, own(problem, reason));
    if let Some(Text { en, zh }) = reason.clash.map(clash) {
        return text!("impossible: it hangs on {key}, and {en}", "不可能：它依赖需求 {key}，而{zh}");
    }
    if reason.rules.has(Exclusion::Link) {
        return text!(
            "impossible: it hangs on {key}, which is impossible",
            "不可能：它依赖需求 {key}，而后者不可能满足"
        );
    }
    let (en, zh) = (own.en, own.zh);
    text!("{en}; and it hangs on {key}, which is not served", "{zh}；且它依赖需求 {key}，而后者未被服务")
}

/// The reason in words that may be told to whoever asked for help, and to any volunteer: nobody else is named, nor what anybody
/// else asked for or where they live.
pub fn public_reason(reason: &Reason) -> Text {
    if reason.hangs_on.is_some() && reason.verdict != Verdict::Open {
        return text!(
            "It can only be done together with something else, for which nobody was found.",
            "此事须与另一项服务一并安排，而后者目前无人可承担。"
        );
    }
    match reason.verdict {
        Verdict::Impossible => {
            let (en, zh) = labels(reason.rules.iter());
            if en.is_empty() || reason.rules.has(Exclusion::Link) {
                return text!(
                    "Nobody on our lists can do this as it was asked for.",
                    "按目前的要求，名册中无人能够承担。"
                );
            }
            text!(
                "Nobody on our lists can do this as it was asked for. No volunteer qualifies: {en}.",
                "按目前的要求，名册中无人能够承担：所有人{zh}。"
            )
        }
        Verdict::Displacing => text!(
            "All who could come are needed elsewhere at that time.",
            "能够前来的人员届时均已有其他任务。"
        ),
        Verdict::Open if worth(reason) == Worth::Less => text!(
            "Somebody could come, but as things stand other services would suffer more from it.",
            "有人可以前来，但就目前安排而言，会给其他服务带来更大影响。"
        ),
        Verdict::Open => text!("Somebody can come; it is being arranged.", "有人可以前来，正在安排。"),
        Verdict::Unfound => {
            text!("No free person was found for that time so far.", "目前尚未找到该时段有空的人员。")
        }
        Verdict::Unexamined => {
            text!("Nobody has looked yet into who could come.", "尚未核查谁可以前来。")
        }
    }
}

/// The reason in words, other needs that it hangs on apart.
fn own(problem: &Problem, reason: &Reason) -> Text {
    let own = of_people(problem, reason);
    let Some(shortage) = reason.shortage.filter(|_| reason.verdict != Verdict::Impossible) else {
        return own;
    };
    let (short, own) = (shortage_named(problem, shortage), own);
    let (en, zh, own_en, own_zh) = (short.en, short.zh, own.en, own.zh);
    text!("{en}; {own_en}", "{zh}；{own_zh}")
}

/// What is known of the people who could come.
fn of_people(problem: &Problem, reason: &Reason) -> Text {
    let crew = problem.need(reason.need).people();
    match reason.verdict {
        Verdict::Impossible => of_rules(problem, reason),
        Verdict::Unexamined => of_unexamined(reason),
        Verdict::Open => {
            let ((who, who_zh), Text { en, zh }) = (who_comes(problem, reason), of_worth(problem, reason));
            text!("could be served: {who} can come{en}", "可以满足：{who_zh} 可前往{zh}")
        }
        Verdict::Displacing => {
            let (gives, who) = (of_room(problem, reason), reason.crowd.as_ref());
            let (en, zh) = (gives.en, gives.zh);
            let (people, needs) = who.map_or((0, 0), |crowd| (crowd.people.len(), crowd.needs.len()));
            let (names, names_zh) = who.map(|crowd| people_named(problem, &crowd.people)).unwrap_or_default();
            text!(
                "possible only by giving something up: {en} (proven: nobody but {names} could serve these {needs} needs, and {people} cannot serve all)",
                "只有放弃其他需求才可能满足：{zh}（已证明：{needs} 项需求只有 {names_zh} 能承担，{people} 人无法全部完成）"
            )
        }
        Verdict::Unfound => {
            let (left, people) = (remain(reason), problem.volunteers().len());
            let (able, able_zh) = people_named(problem, &reason.able);
            let words = if reason.room.is_some() {
                let gives = of_room(problem, reason);
                let (en, zh) = (gives.en, gives.zh);
                text!("no place found, and not proven impossible: {en}", "未找到安排，但未证明不可能：{zh}")
            } else if !reason.able.is_empty() {
                text!(
                    "no place found, and not proven impossible: with nothing else to do {able} could serve it",
                    "未找到安排，但未证明不可能：若无其他任务，{able_zh} 可服务"
                )
            } else if crew > 1 {
                let (of, of_zh) = role_named(problem, reason);
                text!(
                    "no place found, and not proven impossible: no {crew} people were found who can be there together; {left} of {people} people pass the rules{of}",
                    "未找到安排，但未证明不可能：未找到可同时到场的 {crew} 人；角色{of_zh}共 {people} 人中 {left} 人通过规则"
                )
            } else {
                text!(
                    "no place found, not even with nothing else to do, and not proven impossible: {left} of {people} people pass every rule that can be checked alone",
                    "未找到安排，即使无其他任务亦然，但未证明不可能：共 {people} 人，{left} 人通过全部单独检查的规则"
                )
            };
            match &reason.bound {
                Some(bound) if bound.says_something() => with_bound(words, bound),
                _ => words,
            }
        }
    }
}

/// How many people the rules leave.
fn remain(reason: &Reason) -> u32 {
    reason.funnel.as_ref().map_or(0, |funnel| funnel.left)
}

/// What is known where nobody has looked any further.
fn of_unexamined(reason: &Reason) -> Text {
    match &reason.funnel {
        Some(Funnel { left, people, .. }) => text!(
            "not examined: {left} of {people} people pass every rule that can be checked alone; whether they have time was not looked into",
            "尚未分析：共 {people} 人，{left} 人通过全部单独检查的规则；尚未核查其时间安排"
        ),
        None => text!("not examined: no time was left for it", "尚未分析：时间已用完"),
    }
}

/// What a rule says of people; of papers that run out, when they do.
fn label(reason: &Reason, cut: Exclusion) -> Text {
    match reason.funnel.as_ref().and_then(|funnel| funnel.expires).filter(|_| cut == Exclusion::Expired) {
        Some(expires) => {
            text!("whose paper or skill expires {expires}", "资质或技能有效期至 {expires}")
        }
        None => cut.label(),
    }
}

/// Whom the rules exclude, and which of them would do alone.
fn of_rules(problem: &Problem, reason: &Reason) -> Text {
    let cuts = |pick: fn(&Text) -> &str, people: &str, stop: &str| {
        let parts = reason
            .funnel
            .iter()
            .flat_map(Funnel::cuts)
            .map(|(cut, count)| format!("{count}{people}{}", pick(&label(reason, cut))));
        parts.collect::<Vec<_>>().join(stop)
    };
    let (en, zh) = (cuts(|t| &t.en, " ", ", "), cuts(|t| &t.zh, " 人", "、"));
    let (people, left) = (problem.volunteers().len(), remain(reason));
    if people == 0 {
        return text!("impossible: there are no volunteers", "不可能：没有志愿者");
    }
    let asked = problem.need(reason.need).roles[usize::from(reason.role)].count;
    if left >= asked {
        let rules = reason.rules.iter().map(Exclusion::label).collect::<Vec<_>>();
        let Text { en, zh } = joined(&rules, " and ", "且");
        return if rules.is_empty() {
            text!(
                "impossible: {left} of {people} people pass every rule alone, but not all rules together, even with nothing else to do",
                "不可能：共 {people} 人中 {left} 人逐条规则均符合，但即使无其他任务也无法同时符合全部规则"
            )
        } else {
            text!(
                "impossible: {left} of {people} people pass every rule alone, but not all together, even with nothing else to do: {en}",
                "不可能：共 {people} 人中 {left} 人逐条规则均符合，但即使无其他任务也无法同时符合：{zh}"
            )
        };
    }
    let (of, of_zh) = role_named(problem, reason);
    let words = if problem.need(reason.need).people() > 1 {
        text!(
            "impossible{of}: {asked} asked for, {left} of {people} people remain: {en}",
            "不可能{of_zh}：需要 {asked} 人，共 {people} 人中只剩 {left} 人：{zh}"
        )
    } else if people == 1 {
        let labels = reason.funnel.iter().flat_map(Funnel::cuts).map(|(cut, _)| label(reason, cut));
        let Text { en: rules, zh: rules_zh } = joined(&labels.collect::<Vec<_>>(), " and ", "且");
        text!("impossible for the only person there is: {rules}", "不可能：仅有 1 人，{rules_zh}")
    } else {
        text!("impossible for all {people} people: {en}", "不可能：共 {people} 人，其中 {zh}")
    };
    let enough = reason.rules.iter().count();
    if enough == 0 || enough == reason.funnel.iter().flat_map(Funnel::cuts).count() {
        return words;
    }
    let ((rules, rules_zh), (en, zh)) = (labels(reason.rules.iter()), (words.en, words.zh));
    text!("{en} (enough alone: {rules})", "{zh}（仅凭以下即足以排除：{rules_zh}）")
}

/// Who would come, and what is given up for it.
fn of_room(problem: &Problem, reason: &Reason) -> Text {
    let (who, who_zh) = who_comes(problem, reason);
    let (needs, needs_zh) = needs_named(problem, reason.gives_up());
    text!("{who} could come if {needs} were given up", "若放弃{needs_zh}，{who_zh} 可前往")
}

/// Whether the plan would be better by serving it as was found.
fn worth(reason: &Reason) -> Worth {
    let mut levels = reason.change.iter().flatten();
    match levels.find(|level| **level != 0) {
        Some(&level) if level > 0 => Worth::Less,
        Some(_) => Worth::More,
        None => Worth::Same,
    }
}

/// What serving it as was found would gain and cost, level by level.
fn of_worth(problem: &Problem, reason: &Reason) -> Text {
    let (Some(room), Some(levels)) = (&reason.room, &reason.change) else { return Text::default() };
    let count = levels.len();
    let told = levels.iter().zip(&problem.objective().levels).enumerate();
    let told = told.filter(|(_, (change, _))| **change != 0).map(|(number, (change, terms))| {
        let changes = terms.iter().map(|w| (w.term, room.growth.get(w.term)));
        let changes = changes.filter(|&(_, change)| change != 0).map(|(term, change)| signed(term, change));
        let Text { en, zh } = joined(&changes.collect::<Vec<_>>(), ", ", "、");
        let sign = if *change < 0 { '−' } else { '+' };
        let (size, level) = (change.unsigned_abs(), number + 1);
        if count == 1 {
            text!("{sign}{size} ({en})", "{sign}{size}({zh})")
        } else {
            text!(
                "level {level} of {count} {sign}{size} ({en})",
                "第 {level} 级（共 {count} 级）{sign}{size}({zh})"
            )
        }
    });
    let Text { en, zh } = joined(&told.collect::<Vec<_>>(), "; ", "；");
    match worth(reason) {
        Worth::More => text!(", and the plan would be better for it: {en}", "，且方案会因此改善：{zh}"),
        Worth::Less => text!(
            ", but it does not pay, the plan would be worse for it: {en}",
            "，但得不偿失，方案会因此变差：{zh}"
        ),
        Worth::Same => text!(", and no level of the objective would change", "，且目标各级均不变"),
    }
}

fn who_comes(problem: &Problem, reason: &Reason) -> (String, String) {
    people_named(problem, &reason.comes(problem))
}

fn role_named(problem: &Problem, reason: &Reason) -> (String, String) {
    let count = problem.need(reason.need).roles.len();
    if count == 1 {
        return Default::default();
    }
    let role = reason.role + 1;
    (format!(", in role {role} of {count}"), format!("（{count} 个角色中的第 {role} 个）"))
}

/// Goods that no depot has left.
fn shortage_named(problem: &Problem, shortage: Shortage) -> Text {
    let (good, depot) = (problem.good(shortage.good), problem.depot(shortage.depot));
    let what = good.name.as_ref().unwrap_or(&good.key);
    let place = depot.name.as_ref().unwrap_or(&depot.key);
    let unit = good.unit.as_ref().map(|unit| format!("{unit} ")).unwrap_or_default();
    let (short, unit_zh) = (shortage.short, unit.trim());
    text!(
        "{short} {unit}short of {what}, at {place} as at any depot",
        "{what}缺 {short} {unit_zh}（{place}等各仓储点均不足）"
    )
}

/// What keeps two needs from being served together.
fn clash(clash: Clash) -> Text {
    match clash {
        Clash::Time => text!("no times of the two fit their link", "两者没有符合关联要求的时间"),
        Clash::Person => text!("nobody can serve both, as their link asks", "没有人能按关联要求同时承担两者"),
        Clash::Persons => text!(
            "one person alone could serve either, and their link asks for two",
            "两者都只有同一人能承担，而关联要求不同人员"
        ),
        Clash::Day => text!("no day fits both, as their link asks", "没有一天符合两者的关联要求"),
    }
}

/// What a plan comes to by serving a need that could be served.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    More,
    Same,
    Less,
}

/// The words, and what is proven of how much any plan serves.
fn with_bound(words: Text, bound: &Bound) -> Text {
    let (Text { en, zh }, most) = (words, bound.value);
    let points = |count: i64| if count == 1 { "point" } else { "points" };
    let (of_most, of_plan) = (points(most), points(bound.plan.unwrap_or(0)));
    match bound.plan {
        Some(plan) if plan == most => text!(
            "{en}; no plan serves more than the {most} {of_most} of priority that this one does (proven)",
            "{zh}；已证明：本方案满足优先级 {most}，任何方案都不会更多"
        ),
        Some(plan) => text!(
            "{en}; no plan serves more than {most} {of_most} of priority (proven), this one serves {plan} {of_plan}",
            "{zh}；已证明：任何方案至多满足优先级 {most}，本方案为 {plan}"
        ),
        None => text!(
            "{en}; no plan serves more than {most} {of_most} of priority (proven)",
            "{zh}；已证明：任何方案至多满足优先级 {most}"
        ),
    }
}

/// Rules in a row.
fn labels(rules: impl Iterator<Item = Exclusion>) -> (String, String) {
    let labels = rules.map(Exclusion::label).collect::<Vec<_>>();
    let join = |pick: fn(&Text) -> &str, stop| labels.iter().map(pick).collect::<Vec<_>>().join(stop);
    (join(|t| &t.en, " or "), join(|t| &t.zh, "或"))
}
