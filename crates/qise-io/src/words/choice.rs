//! What decided, in words: for whoever plans, and for whoever asked.

use qise::explain::{Choice, Decision, RunnerUp};
use qise::model::Term;
use qise::{Problem, Text, text};

use super::{joined, length, needs_named, people_named};

/// So many terms are told to whoever asked.
const TOLD: usize = 2;

/// What decided, in words, for whoever plans: with the names of people and of other needs. Who serves the need is not said again.
pub fn choice(problem: &Problem, choice: &Choice) -> Text {
    let mut parts = Vec::new();
    if let Some(price) = problem.need(choice.need).outsource.filter(|_| choice.outsourced) {
        parts.push(text!("handed to others for {price}", "已交由他人办理（价 {price}）"));
    }
    parts.push(match &choice.runner_up {
        Some(other) => against(problem, choice, other),
        None => without_rivals(problem, choice),
    });
    if !choice.hanging.is_empty() {
        let (needs, needs_zh) = needs_named(problem, &choice.hanging);
        parts.push(text!(
            "counted with {needs}, not served without it",
            "连同离开它便无法服务的 {needs_zh} 一并计算"
        ));
    }
    if !choice.as_stated && choice.verdict != Decision::Unclear {
        parts.push(text!(
            "compared without what breaks a rule in the plan, and timed anew",
            "比较时略去方案中违规之处，并重新计时"
        ));
    }
    joined(&parts, "; ", "；")
}

/// What decided, in words that may be told to whoever asked for help, and to any volunteer: nobody is named, nor what anybody else asked
/// for or where they live.
pub fn public_choice(problem: &Problem, choice: &Choice) -> Text {
    let words = match choice.verdict {
        Decision::Best => {
            let decided = choice.runner_up.iter().flat_map(|other| other.deciding(problem.objective()));
            let spoke = decided.filter(|&(_, difference)| difference > 0).take(TOLD);
            let labels = spoke.map(|(term, _)| bare(term)).collect::<Vec<_>>();
            let Text { en, zh } = joined(&labels, ", ", "、");
            text!(
                "Somebody else could come too; what decided: {en}.",
                "也有其他人可以前来；起决定作用的是：{zh}。"
            )
        }
        Decision::Equal => text!("Somebody else could come just as well.", "也有其他人同样可以前来。"),
        Decision::Beaten => text!(
            "Somebody else could come too, and as things stand it would take less.",
            "也有其他人可以前来，就目前安排而言代价更小。"
        ),
        Decision::Pinned => text!("It was agreed who comes.", "由谁前来是事先约定的。"),
        Decision::Only => text!("Nobody else on our lists can do this.", "名册中没有其他人能够承担。"),
        Decision::Alone => {
            text!("Nobody else was found who could come.", "没有找到其他可以前来的人员。")
        }
        Decision::Unclear => {
            text!("Who else could come is not known.", "还有谁可以前来，尚不清楚。")
        }
    };
    let handed = text!("It was handed to others.", "此事已交由他人办理。");
    if choice.outsourced { joined(&[handed, words], " ", "") } else { words }
}

/// By what the best others differ.
fn against(problem: &Problem, choice: &Choice, other: &RunnerUp) -> Text {
    let (who, who_zh) = people_named(problem, &other.people);
    let (key, way) = (&problem.need(other.offer.need).key, other.offer.need != choice.need);
    let way = if way { text!(" ({key})", "({key})") } else { Text::default() };
    let (way, way_zh) = (way.en, way.zh);
    let mut parts = vec![match other.level() {
        None => text!(
            "{who} instead{way} would be exactly as good: only the order decided",
            "若改由 {who_zh}{way_zh}，各级目标均相同：仅由先后次序决定"
        ),
        Some(level) => {
            let terms = other.deciding(problem.objective());
            let terms = terms.into_iter().map(|(term, difference)| signed(term, difference));
            let terms = joined(&terms.collect::<Vec<_>>(), ", ", "、");
            let (sum, levels) = (other.difference.levels[level], problem.objective().levels.len());
            let (by, level) = (sum.unsigned_abs(), level + 1);
            let on = if levels > 1 {
                text!(" on level {level} of {levels}", "第 {level} 级（共 {levels} 级）")
            } else {
                Text::default()
            };
            let (en, zh, on, on_zh) = (terms.en, terms.zh, on.en, on.zh);
            if sum > 0 {
                text!(
                    "{who} instead{way} would be worse by {by}{on}: {en}",
                    "若改由 {who_zh}{way_zh}，{on_zh}目标变差 {by}：{zh}"
                )
            } else {
                text!(
                    "{who} instead{way} would be better by {by}{on}, as the plan stands: {en}",
                    "若改由 {who_zh}{way_zh}，就当前方案而言，{on_zh}目标改善 {by}：{zh}"
                )
            }
        }
    }];
    if other.offer.moves_others {
        parts.push(text!(
            "others whom they meet would have to come at other times",
            "届时与其会合的人员须改变时间"
        ));
    }
    if !other.offer.displaces.is_empty() {
        let (needs, needs_zh) = needs_named(problem, &other.offer.displaces);
        parts.push(text!("{needs} would be left then", "届时 {needs_zh} 将无人服务"));
    }
    joined(&parts, "; ", "；")
}

/// Why nobody else stands beside those who serve it.
fn without_rivals(problem: &Problem, choice: &Choice) -> Text {
    let nobody = if choice.outsourced {
        text!("nobody", "没有人")
    } else {
        text!("nobody else", "没有其他人")
    };
    let (nobody, nobody_zh) = (nobody.en, nobody.zh);
    let (left, people) = (choice.funnel.left, choice.funnel.people);
    match choice.verdict {
        Decision::Pinned => text!("pinned: it was settled who comes", "已指定人员"),
        Decision::Only => {
            text!("{nobody} could come in any plan (proven)", "已证明：任何方案中都{nobody_zh}能够前来")
        }
        Decision::Unclear => text!(
            "nothing to compare: the plan could not be taken over as it stands here",
            "无从比较：方案在此处无法原样采用"
        ),
        _ if choice.able.is_empty() => text!(
            "{nobody} was found who can come, even with nothing else to do; {left} of {people} people pass every rule that can be checked alone",
            "{nobody_zh}可以前来，即使无其他任务亦然；共 {people} 人，{left} 人通过全部单独检查的规则"
        ),
        _ => {
            let (names, names_zh) = people_named(problem, &choice.able);
            text!(
                "{nobody} was found who can come as the plan stands; with nothing else to do {names} could",
                "就当前方案而言{nobody_zh}可以前来；若无其他任务，{names_zh} 可前往"
            )
        }
    }
}

/// The name of a term without its unit.
fn bare(term: Term) -> Text {
    let Text { en, zh } = term.label();
    let name = |label: &str| label.split(['(', '（']).next().unwrap_or(label).trim().to_owned();
    Text::new(name(&en), name(&zh))
}

/// A difference in a term, with its sign and its unit.
pub(super) fn signed(term: Term, difference: i64) -> Text {
    let sign = if difference < 0 { '−' } else { '+' };
    let size = i64::try_from(difference.unsigned_abs()).unwrap_or(i64::MAX);
    let amount = match term {
        Term::TravelTime
        | Term::WorkTime
        | Term::Overtime
        | Term::Waiting
        | Term::Tardiness
        | Term::WorstTardiness
        | Term::Spread => length(size),
        Term::Distance if size < 1000 => text!("{size} m", "{size} 米"),
        Term::Distance => {
            let km = size as f64 / 1000.0;
            text!("{km:.1} km", "{km:.1} 公里")
        }
        Term::LoadRange | Term::LoadWorst => text!("{size} ‰", "{size}‰"),
        _ => Text::same(size.to_string()),
    };
    let (name, amount) = (bare(term), amount);
    let (name, name_zh, amount, amount_zh) = (name.en, name.zh, amount.en, amount.zh);
    text!("{name} {sign}{amount}", "{name_zh} {sign}{amount_zh}")
}
