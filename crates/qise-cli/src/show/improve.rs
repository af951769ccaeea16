//! What would help: for each need, and for the whole plan.

use qise::improve::{Change, Outcome, Status, Worth};
use qise::{Lang, text};
use qise_io::{Scenario, words};

use super::route::{clock, date};
use super::{duration, heading, name, none, table};

/// What would help each need: its remedies, one a line, or why nothing would.
pub(crate) fn remedies(scenario: &Scenario, outcomes: &[Outcome], lang: Lang) -> String {
    let problem = &scenario.problem;
    let mut out = String::new();
    heading(&mut out, &text!("What would help", "哪些改变有帮助"), lang);
    if outcomes.is_empty() {
        out.push_str(none(lang));
        return out;
    }
    let heads = [
        text!("need", "需求"),
        text!("priority won", "增加的优先级"),
        text!("cost", "代价"),
        text!("what changes", "改变"),
    ];
    let mut rows = vec![heads.iter().map(|head| head.in_lang(lang).to_owned()).collect::<Vec<_>>()];
    for outcome in outcomes {
        let need = problem.need(outcome.need);
        let need = name(need.name.as_ref(), &need.key);
        for (number, remedy) in outcome.remedies.iter().enumerate() {
            let changes = remedy.changes.iter().map(|change| words(scenario, change, lang));
            let mut changes = changes.collect::<Vec<_>>().join(if lang == Lang::En { "; " } else { "；" });
            if changes.is_empty() {
                text!("nothing has to change: it can be served as it is", "无需改变：照现状即可满足")
                    .in_lang(lang)
                    .clone_into(&mut changes);
            }
            if !remedy.pays() {
                let levels = remedy.levels.iter().map(|level| format!("{level:+}"));
                let levels = levels.collect::<Vec<_>>().join(" / ");
                let words = text!(
                    " (does not pay by the objective: levels {levels})",
                    "（就目标而言得不偿失：各级 {levels}）"
                );
                changes += words.in_lang(lang);
            }
            let need = if number == 0 { need } else { "" };
            rows.push(vec![
                need.to_owned(),
                format!("+{}", remedy.gain),
                duration(remedy.cost.saturating_mul(60), lang),
                changes,
            ]);
        }
        if outcome.remedies.is_empty() {
            let words = match &outcome.proof {
                Some(reason) => {
                    let rules = reason.rules.iter().map(qise::eligibility::Exclusion::label);
                    let stop = if lang == Lang::En { ", " } else { "、" };
                    let rules =
                        rules.map(|label| label.in_lang(lang).to_owned()).collect::<Vec<_>>().join(stop);
                    text!(
                        "nothing within these limits, proven: even then everybody, or all but too few, {rules}",
                        "在此范围内无济于事（已证明）：即使如此，几乎所有人仍{rules}"
                    )
                }
                None if outcome.status == Status::Untried => {
                    text!("not tried to the end: the time was spent", "时间已用完，未全部试算")
                }
                None => text!("nothing was found within these limits", "在此范围内未找到"),
            };
            let words = words.in_lang(lang).to_owned();
            rows.push(vec![need.to_owned(), String::new(), String::new(), words]);
        }
    }
    out.push_str(&table::rows(2, &rows));
    out
}

/// What would raise the whole plan, one change a line.
pub(crate) fn worths(scenario: &Scenario, worths: Option<&[Worth]>, lang: Lang) -> String {
    let mut out = String::new();
    heading(&mut out, &text!("What would raise the whole plan", "哪些改变能提升整个方案"), lang);
    let Some(worths) = worths else {
        let words =
            text!("  too many needs and people for shadow prices\n", "  需求与人员过多，无法计算影子价格\n");
        out.push_str(words.in_lang(lang));
        return out;
    };
    if worths.is_empty() {
        out.push_str(none(lang));
        return out;
    }
    let heads = [
        text!("priority won", "增加的优先级"),
        text!("shadow price", "影子价格"),
        text!("cost", "代价"),
        text!("what changes", "改变"),
    ];
    let mut rows = vec![heads.iter().map(|head| head.in_lang(lang).to_owned()).collect::<Vec<_>>()];
    for worth in worths {
        let mut change = words(scenario, &worth.change, lang);
        let alike = worth.alike;
        if alike > 0 {
            change +=
                text!(" (or any of {alike} others alike)", "（或其他相同的 {alike} 人之一）").in_lang(lang);
        }
        rows.push(vec![
            format!("+{}", worth.gain),
            format!("{:.1}", worth.price),
            duration(worth.cost.saturating_mul(60), lang),
            change,
        ]);
    }
    out.push_str(&table::rows(2, &rows));
    out
}

fn words(scenario: &Scenario, change: &Change, lang: Lang) -> String {
    let moment = |time| format!("{} {}", date(scenario, time), clock(scenario, time));
    words::change(&scenario.problem, change, moment).in_lang(lang).to_owned()
}
