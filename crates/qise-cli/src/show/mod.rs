//! Plans for people to read.

mod figures;
mod need;
pub(crate) mod plot;
mod route;
mod table;

use qise::explain::Reason;
use qise::solve::Solved;
use qise::{Lang, text};
use qise_io::Scenario;

pub(crate) use figures::score;
pub(crate) use need::{served, unserved};

/// So many routes are printed; beyond that a plan is for machines.
const MOST_ROUTES: usize = 60;
/// So many unserved needs are printed.
const MOST_UNSERVED: usize = 60;

/// A whole plan: routes, unserved needs with reasons, key figures.
pub(crate) fn plan(scenario: &Scenario, solved: &Solved, reasons: &[Reason], lang: Lang) -> String {
    let problem = &scenario.problem;
    let plan = &solved.plan;
    let (needs, people, teams) = (problem.needs().len(), problem.volunteers().len(), problem.teams().len());
    let size = text!(
        "{needs} needs, {people} volunteers, {teams} teams",
        "{needs} 项需求,{people} 名志愿者,{teams} 支队伍"
    );
    let mut out = format!("{} — {}\n", problem.name(), size.in_lang(lang));

    heading(&mut out, &text!("Routes", "路线"), lang);
    for route in plan.routes.iter().take(MOST_ROUTES) {
        out.push_str(&route::route(scenario, route, lang));
    }
    cut(&mut out, plan.routes.len(), MOST_ROUTES, lang);

    heading(&mut out, &text!("Unserved", "未满足的需求"), lang);
    for reason in reasons.iter().take(MOST_UNSERVED) {
        out.push_str(&need::line(problem, reason, lang));
    }
    if reasons.is_empty() {
        out.push_str(text!("  none\n", "  无\n").in_lang(lang));
    }
    cut(&mut out, reasons.len(), MOST_UNSERVED, lang);

    heading(&mut out, &text!("Key figures", "关键指标"), lang);
    out.push_str(&figures::figures(problem, solved, lang));
    out
}

fn heading(out: &mut String, words: &qise::Text, lang: Lang) {
    out.push('\n');
    out.push_str(words.in_lang(lang));
    out.push('\n');
}

fn cut(out: &mut String, count: usize, most: usize, lang: Lang) {
    if count > most {
        let more = count - most;
        let words = text!(
            "  … and {more} more: see the plan document (--out)\n",
            "  …… 另有 {more} 项,见方案文件(--out)\n"
        );
        out.push_str(words.in_lang(lang));
    }
}

/// The name of something, or its id where it has none.
fn name<'a>(name: Option<&'a String>, key: &'a str) -> &'a str {
    name.map_or(key, String::as_str)
}

/// A length of time as hours and minutes.
fn duration(seconds: i64, lang: Lang) -> String {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    let words = if hours == 0 {
        text!("{minutes} min", "{minutes} 分钟")
    } else {
        text!("{hours} h {minutes:02} min", "{hours} 小时 {minutes:02} 分")
    };
    words.in_lang(lang).to_owned()
}

/// Kilometres with one decimal.
fn kilometres(metres: i64, lang: Lang) -> String {
    let km = metres as f64 / 1000.0;
    text!("{km:.1} km", "{km:.1} 公里").in_lang(lang).to_owned()
}
