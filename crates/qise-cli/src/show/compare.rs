//! Two plans side by side.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::path::Path;

use qise::compare::{Change, Difference};
use qise::model::Time;
use qise::{Lang, Text, text};
use qise_io::time::Zone;
use qise_io::visible::visible;
use qise_io::{CheckedPlan, Scenario, words};

use super::route::{clock, date};
use super::{MOST_ROUTES, MOST_UNSERVED, count, cut, heading, name, table};

/// So many violations of a plan are told; `qise check` tells all.
const MOST_VIOLATIONS: usize = 5;

/// That times of a plan were filled in; nothing where all were stated.
pub(crate) fn filled(path: &Path, filled: usize, lang: Lang) -> String {
    let path = path.display().to_string();
    let (path, times) = (visible(&path), count(filled, "time"));
    let words = text!(
        "{path}: {times} not stated, filled in as early as possible\n",
        "{path}：未写明的时刻 {filled} 处，已按最早可行时间补齐\n"
    );
    if filled == 0 { String::new() } else { words.in_lang(lang).to_owned() }
}

/// Everything in which two plans differ. `checked` is what the judge says of the old plan and of the new one.
pub(crate) fn difference(
    scenario: &Scenario,
    difference: &Difference,
    checked: [&CheckedPlan; 2],
    lang: Lang,
) -> String {
    let verdict = match (difference.is_empty(), difference.better()) {
        (true, _) => text!("the two plans are the same\n", "两个方案相同\n"),
        (false, Ordering::Less) => text!("the new plan scores better\n", "新方案得分更好\n"),
        (false, Ordering::Equal) => text!("the two plans score the same\n", "两个方案得分相同\n"),
        (false, Ordering::Greater) => text!("the old plan scores better\n", "原方案得分更好\n"),
    };
    let mut out = verdict.in_lang(lang).to_owned();
    validity(&mut out, &scenario.zone, text!("old plan", "原方案"), checked[0], lang);
    validity(&mut out, &scenario.zone, text!("new plan", "新方案"), checked[1], lang);
    needs(&mut out, scenario, difference, lang);
    people(&mut out, scenario, difference, lang);
    scores(&mut out, scenario, difference, lang);
    out
}

fn validity(out: &mut String, zone: &Zone, plan: Text, checked: &CheckedPlan, lang: Lang) {
    let violations = &checked.findings;
    let (number, broken) = (violations.len(), count(violations.len(), "violation"));
    let (plan, plan_zh) = (plan.en, plan.zh);
    let words = if number == 0 {
        text!("  {plan}: valid\n", "  {plan_zh}：有效\n")
    } else {
        text!("  {plan}: invalid, {broken}\n", "  {plan_zh}：无效，{number} 处违规\n")
    };
    out.push_str(words.in_lang(lang));
    for violation in violations.iter().take(MOST_VIOLATIONS) {
        let _ = writeln!(out, "    {}", zone.tell(&violation.message()).in_lang(lang));
    }
    if number > MOST_VIOLATIONS {
        let more = number - MOST_VIOLATIONS;
        let words =
            text!("    … and {more} more: see `qise check`\n", "    …… 另有 {more} 处，见 `qise check`\n");
        out.push_str(words.in_lang(lang));
    }
}

fn needs(out: &mut String, scenario: &Scenario, difference: &Difference, lang: Lang) {
    let problem = &scenario.problem;
    let one_day = problem.units().iter().map(|unit| date(scenario, unit.start)).is_sorted_by(|a, b| a == b);
    let moment = |time: Time| {
        let clock = clock(scenario, time);
        if one_day { clock } else { format!("{} {clock}", date(scenario, time)) }
    };
    for &change in Change::ALL {
        let number = difference.count(change);
        if number == 0 {
            continue;
        }
        let (label, in_needs) = (change.label(), count(number, "need"));
        let (en, zh) = (label.en, label.zh);
        heading(out, &text!("{en}: {in_needs}", "{zh}：{number} 项需求"), lang);
        let of_kind = difference.needs.iter().filter(|need| need.change == change);
        for changed in of_kind.take(MOST_UNSERVED) {
            let need = problem.need(changed.need);
            let (key, priority) = (&need.key, need.priority);
            let rank = text!("priority {priority}", "优先级 {priority}");
            let words = words::need_change(problem, changed, moment);
            let (label, words) = (name(need.name.as_ref(), key), words.in_lang(lang));
            let _ = writeln!(out, "  {label} ({key}, {})\n      {words}", rank.in_lang(lang));
        }
        cut(out, number, MOST_UNSERVED, lang);
    }
}

fn people(out: &mut String, scenario: &Scenario, difference: &Difference, lang: Lang) {
    let number = difference.people.len();
    if number == 0 {
        return;
    }
    let changes = if number == 1 { "person changes" } else { "people change" };
    heading(out, &text!("Routes: {number} {changes}", "路线：{number} 人有变动"), lang);
    let problem = &scenario.problem;
    let rows = difference.people.iter().take(MOST_ROUTES).map(|change| {
        let volunteer = problem.volunteer(change.volunteer);
        let who = name(volunteer.name.as_ref(), &volunteer.key).to_owned();
        vec![who, words::person_change(problem, change).in_lang(lang).to_owned()]
    });
    out.push_str(&table::rows(2, &rows.collect::<Vec<_>>()));
    cut(out, number, MOST_ROUTES, lang);
}

fn scores(out: &mut String, scenario: &Scenario, difference: &Difference, lang: Lang) {
    heading(out, &text!("Score, less is better: old, new, difference", "得分（越小越好）：原、新、差"), lang);
    let change = |old: i64, new: i64, label: String| {
        let by = new.saturating_sub(old);
        vec![old.to_string(), new.to_string(), if by == 0 { "=".into() } else { format!("{by:+}") }, label]
    };
    let levels = scenario.problem.objective().levels.iter().zip(difference.levels());
    let levels = levels.map(|(level, (old, new))| {
        let terms = level.iter().map(|w| format!("{} × {}", w.weight, w.term.label().in_lang(lang)));
        change(old, new, terms.collect::<Vec<_>>().join(" + "))
    });
    out.push_str(&table::rows(2, &levels.collect::<Vec<_>>()));
    let differing = difference.terms().filter(|&(_, old, new)| old != new);
    let terms = differing.map(|(term, old, new)| change(old, new, term.label().in_lang(lang).to_owned()));
    let terms = terms.collect::<Vec<_>>();
    if !terms.is_empty() {
        out.push_str(text!("  terms that differ\n", "  有变化的指标\n").in_lang(lang));
        out.push_str(&table::rows(4, &terms));
    }
}
