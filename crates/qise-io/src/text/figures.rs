//! Key figures and scores.

use qise::fairness::{by_category, by_project};
use qise::model::{Term, Unit};
use qise::plan::{Evaluation, Plan, Score};
use qise::solve::Solved;
use qise::{Lang, Problem, Text, text};

use super::{duration, goods, kilometres, table};
use crate::words;

/// The key figures of what a search has found, with their labels.
pub fn key_figures(problem: &Problem, solved: &Solved, lang: Lang) -> Vec<(Text, String)> {
    let mut rows = own_figures(problem, &solved.plan, &solved.evaluation, lang);
    rows.push((text!("steps of search", "搜索步数"), solved.statistics.iterations.to_string()));
    rows.extend(circle(problem));
    rows
}

/// The key figures of a plan, however it was found, with their labels.
pub fn plan_figures(
    problem: &Problem,
    plan: &Plan,
    evaluation: &Evaluation,
    lang: Lang,
) -> Vec<(Text, String)> {
    let mut rows = own_figures(problem, plan, evaluation, lang);
    rows.extend(circle(problem));
    rows
}

/// What a plan does.
fn own_figures(problem: &Problem, plan: &Plan, evaluation: &Evaluation, lang: Lang) -> Vec<(Text, String)> {
    let terms = &evaluation.score.terms;
    let (served, needs) = (plan.served(), problem.asked());
    let all = problem.asked_priority();
    let won = all - terms.get(Term::UnservedPriority);
    let share = if all > 0 { 100.0 * won as f64 / all as f64 } else { 100.0 };
    let (kept, promised) = promises(problem, plan);
    let people = terms.get(Term::People);
    let (travel, work) =
        (duration(terms.get(Term::TravelTime), lang), duration(terms.get(Term::WorkTime), lang));
    let distance = kilometres(terms.get(Term::Distance), lang);
    let volunteers = problem.volunteers().len();
    let mut rows = vec![
        (text!("needs served", "已满足需求"), format!("{served} / {needs}")),
        (text!("priority served", "已满足优先级"), format!("{won} / {all} ({share:.1} %)")),
        (text!("people sent out", "出动人数"), format!("{people} / {volunteers}")),
        (text!("on the road", "路途"), format!("{distance} · {travel}")),
        (text!("working time", "工作时间"), work),
    ];
    let overtime = terms.get(Term::Overtime);
    if overtime > 0 {
        rows.push((text!("overtime", "加班"), duration(overtime, lang)));
    }
    if promised > 0 {
        rows.insert(2, (text!("promises kept", "承诺兑现"), format!("{kept} / {promised}")));
    }
    rows.extend(goods::figures(problem, plan, lang));
    rows
}

/// The key figures of a plan, and what it serves by category and project.
pub(super) fn figures(problem: &Problem, solved: &Solved, lang: Lang) -> String {
    let mut out = listed(2, key_figures(problem, solved, lang), lang);
    for (title, groups) in [
        (text!("  needs served by category\n", "  各类已满足需求\n"), by_category(problem, &solved.plan)),
        (text!("  needs served by project\n", "  各项目已满足需求\n"), by_project(problem, &solved.plan)),
    ] {
        let named = groups.iter().filter(|group| group.of.key(problem).is_some());
        let rows = named
            .map(|group| (words::group(problem, group.of), format!("{} / {}", group.served, group.asked)))
            .collect::<Vec<_>>();
        if !rows.is_empty() {
            out.push_str(title.in_lang(lang));
            out.push_str(&listed(4, rows, lang));
        }
    }
    out
}

/// Labels with their values.
fn listed(indent: usize, rows: Vec<(Text, String)>, lang: Lang) -> String {
    let cells = rows.into_iter().map(|(label, value)| vec![label.in_lang(lang).to_owned(), value]);
    table::rows(indent, &cells.collect::<Vec<_>>())
}

/// Promises kept by the plan, and promises made.
fn promises(problem: &Problem, plan: &Plan) -> (usize, usize) {
    (plan.promises_kept(problem), problem.promised())
}

/// The 15-minute circle: the share of residents who have some volunteer's start within 15 and 60 minutes.
fn circle(problem: &Problem) -> Option<(Text, String)> {
    let all: u64 = problem.population().iter().map(|p| u64::from(p.residents)).sum();
    if all == 0 || problem.units().is_empty() {
        return None;
    }
    let (mut quarter, mut hour) = (0_u64, 0_u64);
    for people in problem.population() {
        let seconds = |unit: &Unit| problem.travel().seconds(unit.mode, unit.from, people.place).0;
        let nearest = problem.units().iter().map(seconds).min().unwrap_or(i64::MAX);
        quarter += if nearest <= 15 * 60 { u64::from(people.residents) } else { 0 };
        hour += if nearest <= 60 * 60 { u64::from(people.residents) } else { 0 };
    }
    let share = |part: u64| format!("{:.0} %", 100.0 * part as f64 / all as f64);
    let label = text!("residents within 15 / 60 min of a volunteer", "15 / 60 分钟内有志愿者的居民");
    Some((label, format!("{} / {}", share(quarter), share(hour))))
}

/// A score, level by level and term by term.
pub fn score(problem: &Problem, score: &Score, lang: Lang) -> String {
    let mut rows = Vec::new();
    for (level, value) in problem.objective().levels.iter().zip(&score.levels) {
        let terms = level.iter().map(|w| format!("{} × {}", w.weight, w.term.label().in_lang(lang)));
        rows.push(vec![value.to_string(), terms.collect::<Vec<_>>().join(" + ")]);
    }
    let mut out =
        format!("{}\n", text!("score by level, less is better", "逐层得分，越小越好").in_lang(lang));
    out.push_str(&table::rows(2, &rows));
    out.push_str(text!("terms\n", "各项指标\n").in_lang(lang));
    let terms = score
        .terms
        .iter()
        .map(|(term, value)| vec![value.to_string(), term.label().in_lang(lang).to_owned()]);
    out.push_str(&table::rows(2, &terms.collect::<Vec<_>>()));
    out
}
