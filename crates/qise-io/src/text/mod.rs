//! Plans for people to read, in English and Chinese: the route sheet, unserved needs with reasons, key figures, bounds.

pub mod bound;
mod figures;
mod goods;
mod need;
pub mod route;
pub mod table;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Scenario;
use crate::visible::shown;
use crate::words::Finding;
use qise::bound::Bounds;
use qise::explain::{Reason, Verdict};
use qise::plan::RouteStarts;
use qise::solve::Solved;
use qise::{Lang, Problem, Text, text};

pub use figures::{key_figures, plan_figures, score};
pub use need::{served, unserved};

/// So many routes are printed; beyond that a plan is for machines.
pub const MOST_ROUTES: usize = 100;
/// So many needs are named in a warning.
const MOST_NAMED: usize = 10;
/// So many unserved needs are printed.
pub const MOST_UNSERVED: usize = 60;

/// A whole plan: routes day by day, unserved needs with reasons, key figures. Names are [`crate::visible`].
pub fn plan(scenario: &Scenario, solved: &Solved, reasons: &[Reason], bounds: &Bounds, lang: Lang) -> String {
    let scenario = &*shown(scenario);
    let problem = &scenario.problem;
    let plan = &solved.plan;
    let sizes = [problem.asked(), problem.volunteers().len(), problem.teams().len()];
    let [needs, people, teams] = sizes;
    let [in_needs, in_people, in_teams] =
        [count(needs, "need"), count(people, "volunteer"), count(teams, "team")];
    let size =
        text!("{in_needs}, {in_people}, {in_teams}", "{needs} 项需求，{people} 名志愿者，{teams} 支队伍");
    let mut out = String::new();
    for warning in warnings(problem, solved) {
        out.extend([warning.in_lang(lang), "\n"]);
    }
    let _ = writeln!(out, "{} — {}", problem.name(), size.in_lang(lang));

    let mut days = BTreeMap::<String, Vec<_>>::new();
    for route in plan.routes.iter().take(MOST_ROUTES) {
        days.entry(route::date(scenario, route.departure)).or_default().push(route);
    }
    let (crews, starts) = (plan.crews(), RouteStarts::of(problem, plan));
    for (day, routes) in days {
        heading(&mut out, &text!("Routes of {day}", "{day} 的路线"), lang);
        for route in routes {
            out.push_str(&route::route(scenario, &starts, route, &crews, lang));
        }
    }
    if plan.routes.is_empty() {
        heading(&mut out, &text!("Routes", "路线"), lang);
        out.push_str(none(lang));
    }
    cut(&mut out, plan.routes.len(), MOST_ROUTES, lang);

    heading(&mut out, &text!("Unserved", "未满足的需求"), lang);
    let mut worst = reasons.iter().collect::<Vec<_>>();
    worst.sort_by_key(|reason| {
        let need = problem.need(reason.need);
        Reverse((need.mandatory, need.priority))
    });
    for reason in worst.into_iter().take(MOST_UNSERVED) {
        out.push_str(&need::line(scenario, reason, lang));
    }
    if reasons.is_empty() {
        out.push_str(none(lang));
    }
    cut(&mut out, reasons.len(), MOST_UNSERVED, lang);
    let unexamined = reasons.iter().filter(|reason| reason.verdict == Verdict::Unexamined).count();
    if unexamined > 0 {
        let words = text!(
            "  not examined for want of time: {unexamined} (a longer time limit tells more)\n",
            "  因时间用完未作分析：{unexamined} 项（延长时限可分析更多）\n"
        );
        out.push_str(words.in_lang(lang));
    }

    if !plan.outsourced.is_empty() {
        heading(&mut out, &text!("Handed to others", "交由他人办理"), lang);
        for &need in plan.outsourced.iter().take(MOST_UNSERVED) {
            let need = problem.need(need);
            let (name, key) = (name(need.name.as_ref(), &need.key), need.key.as_str());
            out.extend(["  ", name, "  ", key, "\n"]);
        }
        cut(&mut out, plan.outsourced.len(), MOST_UNSERVED, lang);
    }

    heading(&mut out, &text!("Key figures", "关键指标"), lang);
    out.push_str(&figures::figures(problem, solved, lang));
    let rows = bound::telling_rows(problem, bounds, lang);
    if rows.is_empty() {
        return out;
    }
    heading(
        &mut out,
        &text!("No plan goes beyond (`bound` proves more)", "任何方案都不会优于（`bound` 可给出更紧的界）"),
        lang,
    );
    out.push_str(&table::rows(2, &rows));
    out
}

/// What must not be overlooked in a plan: that the search ended before it was complete, and needs left that had to be served.
pub fn warnings(problem: &Problem, solved: &Solved) -> Vec<Text> {
    let mut warnings = Vec::new();
    if !solved.statistics.complete {
        warnings.push(text!(
            "WARNING: the search ended before a first complete plan: needs may be left that somebody could serve (allow more time)",
            "警告：搜索在得出首个完整方案之前即已结束，可能遗漏本可满足的需求（请延长时间）"
        ));
    }
    let left = solved.plan.unserved.iter().filter_map(|need| problem.needs().get(need.index()));
    let left = left.filter(|need| need.mandatory).collect::<Vec<_>>();
    if !left.is_empty() {
        let names = left.iter().take(MOST_NAMED);
        let mut names = names.map(|need| name(need.name.as_ref(), &need.key)).collect::<Vec<_>>();
        if left.len() > MOST_NAMED {
            names.push("…");
        }
        let (needs, number) = (count(left.len(), "mandatory need"), left.len());
        let (names, names_zh) = (names.join(", "), names.join("、"));
        warnings.push(text!("WARNING: {needs} left: {names}", "警告：{number} 项必办需求未满足：{names_zh}"));
    }
    for violation in &solved.evaluation.violations {
        let Finding { detail: Text { en, zh }, rule, .. } = Finding::new(problem, violation);
        let Text { en: rule, zh: rule_zh } = rule.label();
        warnings.push(text!("WARNING: {rule}: {en}", "警告：{rule_zh}：{zh}"));
    }
    warnings
}

/// A line that opens a section, after an empty one.
pub fn heading(out: &mut String, words: &Text, lang: Lang) {
    out.push('\n');
    out.push_str(words.in_lang(lang));
    out.push('\n');
}

/// What stands where there is nothing to list.
pub fn none(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "  none\n",
        Lang::Zh => "  无\n",
    }
}

/// Says how many more there are than are listed.
pub fn cut(out: &mut String, count: usize, most: usize, lang: Lang) {
    if count > most {
        let more = count - most;
        let words =
            text!("  … and {more} more: see the plan document\n", "  …… 另有 {more} 项，见方案文件\n");
        out.push_str(words.in_lang(lang));
    }
}

/// So many of something, in English: `1 visit`, `2 visits`.
pub fn count(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// The name of something, or its id where it has none.
pub fn name<'a>(name: Option<&'a String>, key: &'a str) -> &'a str {
    name.map_or(key, String::as_str)
}

/// A length of time as hours and minutes.
pub fn duration(seconds: i64, lang: Lang) -> String {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    let words = if hours == 0 {
        text!("{minutes} min", "{minutes} 分钟")
    } else {
        text!("{hours} h {minutes:02} min", "{hours} 小时 {minutes:02} 分")
    };
    words.in_lang(lang).to_owned()
}

/// Kilometres with one decimal.
pub fn kilometres(metres: i64, lang: Lang) -> String {
    let km = metres as f64 / 1000.0;
    text!("{km:.1} km", "{km:.1} 公里").in_lang(lang).to_owned()
}
