//! Plans for people to read, in English and Chinese: the route sheet, unserved needs with reasons, key figures, bounds.

pub mod bound;
mod figures;
mod goods;
mod need;
pub mod route;
pub mod table;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::Scenario;
use crate::visible::shown;
use qise::bound::Bounds;
use qise::explain::Reason;
use qise::solve::Solved;
use qise::{Lang, Text, text};

pub use figures::score;
pub use need::{served, unserved};

/// So many routes are printed; beyond that a plan is for machines.
pub const MOST_ROUTES: usize = 100;
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
        text!("{in_needs}, {in_people}, {in_teams}", "{needs} 项需求,{people} 名志愿者,{teams} 支队伍");
    let mut out = format!("{} — {}\n", problem.name(), size.in_lang(lang));

    let mut days = BTreeMap::<String, Vec<_>>::new();
    for route in plan.routes.iter().take(MOST_ROUTES) {
        days.entry(route::date(scenario, route.departure)).or_default().push(route);
    }
    let crews = plan.crews();
    for (day, routes) in days {
        heading(&mut out, &text!("Routes of {day}", "{day} 的路线"), lang);
        for route in routes {
            out.push_str(&route::route(scenario, route, &crews, lang));
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
    heading(
        &mut out,
        &text!(
            "No plan goes beyond (`qise bound` proves more)",
            "任何方案都不会优于(`qise bound` 可给出更紧的界)"
        ),
        lang,
    );
    out.push_str(&table::rows(2, &bound::rows(problem, bounds, lang)));
    out
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
        let words = text!(
            "  … and {more} more: see the plan document (--out)\n",
            "  …… 另有 {more} 项,见方案文件(--out)\n"
        );
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
