//! Bounds for people to read.

use std::collections::BTreeSet;

use qise::bound::{Bound, Bounds, Relaxation};
use qise::model::Rule;
use qise::{Lang, Problem, Text, text};

use super::table;

/// What is proven of all plans.
pub fn bounds(problem: &Problem, found: &Bounds, seconds: f64, lang: Lang) -> String {
    let mut out = format!("{}\n", text!("No plan goes beyond", "任何方案都不会优于").in_lang(lang));
    out.push_str(&table::rows(2, &rows(problem, found, lang)));
    if found.levels.is_empty() && found.priority.plan.is_none() {
        let words = text!(
            "No bound of effort: no plan serves all; with --plan it is that of any plan that serves as much.\n",
            "未给出代价下界：没有方案能满足全部需求；给出 --plan 则按不少于该方案的方案计算。\n"
        );
        out.push_str(words.in_lang(lang));
    }
    out.push_str(&left_out(found, lang));
    let rounds = found.rounds;
    let last = text!("{rounds} rounds of pricing, {seconds:.2} s\n", "定价 {rounds} 轮，{seconds:.2} 秒\n");
    out.push_str(last.in_lang(lang));
    out
}

/// Rules named one by one at most; a looser relaxation leaves out most of them.
const MOST_NAMED: usize = 20;

/// The rules that each relaxation leaves out, on a line of its own.
fn left_out(found: &Bounds, lang: Lang) -> String {
    let all = std::iter::once(&found.priority).chain(found.levels.iter().map(|level| &level.bound));
    let relaxations = all.map(|bound| bound.relaxation).collect::<BTreeSet<_>>();
    let line = |relaxation: Relaxation| {
        let rules = relaxation.relaxes().map(Rule::as_str).collect::<Vec<_>>();
        let (label, count) = (relaxation.label(), rules.len());
        let names = if count > MOST_NAMED { "--json".to_owned() } else { rules.join(", ") };
        let (en, zh) = (label.en, label.zh);
        let words =
            text!("{en}: leaves out {count} rules ({names})\n", "{zh}：未考虑 {count} 条规则（{names}）\n");
        words.in_lang(lang).to_owned()
    };
    relaxations.into_iter().map(line).collect()
}

/// The rows of the bounds that say something of the plan.
pub fn telling_rows(problem: &Problem, found: &Bounds, lang: Lang) -> Vec<Vec<String>> {
    let all = std::iter::once(&found.priority).chain(found.levels.iter().map(|level| &level.bound));
    let rows = rows(problem, found, lang).into_iter().zip(all);
    rows.filter(|(_, bound)| bound.says_something()).map(|(row, _)| row).collect()
}

/// One row for each bound: what it is of, the bound, what the plan reaches, the gap, and what proves it.
pub fn rows(problem: &Problem, found: &Bounds, lang: Lang) -> Vec<Vec<String>> {
    let of =
        |label: Text, bound: &Bound, sign: &str| {
            let mut row = vec![label.in_lang(lang).to_owned(), format!("{sign} {}", bound.value)];
            row.push(bound.plan.map_or_else(String::new, |plan| {
                text!("plan {plan}", "方案 {plan}").in_lang(lang).to_owned()
            }));
            row.push(bound.gap_percent().map_or_else(String::new, |gap| {
                text!("gap {gap:.2} %", "差距 {gap:.2} %").in_lang(lang).to_owned()
            }));
            row.push(bound.relaxation.label().in_lang(lang).to_owned());
            row
        };
    let mut rows = vec![of(text!("priority served", "已满足优先级"), &found.priority, "≤")];
    rows.extend(found.levels.iter().map(|level| {
        let terms = problem.objective().levels[level.level].iter();
        let terms = terms.map(|w| match w.weight {
            1 => w.term.label(),
            weight => {
                let label = w.term.label();
                let (en, zh) = (label.en, label.zh);
                text!("{weight} × {en}", "{weight} × {zh}")
            }
        });
        let terms = terms.map(|label| label.in_lang(lang).to_owned()).collect::<Vec<_>>();
        let label = match terms.len().checked_sub(2) {
            // The figures of the plan list all of them; a whole level in one cell would push the columns off the screen.
            Some(more @ 1..) => {
                let first = terms[..2].join(" + ");
                text!("{first} + {more} more", "{first} 等 {more} 项")
            }
            _ => Text::same(terms.join(" + ")),
        };
        of(label, &level.bound, "≥")
    }));
    rows
}
