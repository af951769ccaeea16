//! One need: what it asks for, and by whom it is served, or why by nobody.

use std::fmt::Write as _;

use crate::{Scenario, words};
use qise::explain::Reason;
use qise::model::{Gender, NeedId, Quality, Role, SkillLevel, Time, UnitId, Window};
use qise::plan::Visit;
use qise::{Lang, Problem, Text, text};

use super::route::{clock, date};
use super::{duration, goods, name, table};

/// One unserved need in a line, and its reason in another.
pub(super) fn line(scenario: &Scenario, reason: &Reason, lang: Lang) -> String {
    let problem = &scenario.problem;
    let words = scenario.zone.tell(&words::reason(problem, reason));
    format!("{}      {}\n", title(problem, reason.need, lang), words.in_lang(lang))
}

/// The name of a need, its id, and how much it matters.
fn title(problem: &Problem, need: NeedId, lang: Lang) -> String {
    let need = problem.need(need);
    let (key, priority) = (&need.key, need.priority);
    let label = name(need.name.as_ref(), key);
    let rank = if need.mandatory {
        text!("mandatory", "必办")
    } else {
        text!("priority {priority}", "优先级 {priority}")
    };
    format!("  {label} ({key}, {})\n", rank.in_lang(lang))
}

/// Why a need is not served: in words, and rule by rule.
pub fn unserved(scenario: &Scenario, reason: &Reason, lang: Lang) -> String {
    let problem = &scenario.problem;
    let mut out = title(problem, reason.need, lang) + &asked(scenario, reason.need, lang);
    let _ = writeln!(out, "      {}", scenario.zone.tell(&words::reason(problem, reason)).in_lang(lang));
    let Some(funnel) = &reason.funnel else { return out };
    let (people, left) = (funnel.people, funnel.left);
    let mut rows = vec![vec![people.to_string(), text!("people in all", "总人数").in_lang(lang).to_owned()]];
    for (cut, count) in funnel.cuts() {
        rows.push(vec![format!("−{count}"), cut.label().in_lang(lang).to_owned()]);
    }
    let rest = text!("pass every rule that can be checked alone", "通过全部单独检查的规则");
    rows.push(vec![format!("= {left}"), rest.in_lang(lang).to_owned()]);
    let able = reason.able.iter().map(|&who| problem.volunteer(who));
    let able = able.map(|who| name(who.name.as_ref(), &who.key)).collect::<Vec<_>>();
    if !able.is_empty() {
        let (able, able_zh) = (able.join(", "), able.join("、"));
        let words = text!(
            "could serve it with nothing else to do, as tried: {able}",
            "经试排，若无其他任务即可服务：{able_zh}"
        );
        rows.push(vec![String::new(), words.in_lang(lang).to_owned()]);
    }
    out.push_str(&table::rows(6, &rows));
    out
}

/// By whom and when a need is served.
pub fn served(scenario: &Scenario, need: NeedId, visits: &[(UnitId, &Visit)], lang: Lang) -> String {
    let problem = &scenario.problem;
    let mut words = title(problem, need, lang) + &asked(scenario, need, lang);
    for (unit, visit) in visits {
        let volunteer = problem.volunteer(problem.unit(*unit).volunteer);
        let mut who = name(volunteer.name.as_ref(), &volunteer.key).to_owned();
        if let Some(vehicle) = problem.unit(*unit).vehicle.map(|vehicle| problem.vehicle(vehicle)) {
            let vehicle = name(vehicle.name.as_ref(), &vehicle.key);
            who += text!(" with {vehicle}", "({vehicle})").in_lang(lang);
        }
        let (day, from, to) =
            (date(scenario, visit.start), clock(scenario, visit.start), clock(scenario, visit.end));
        let by =
            text!("      served by {who}, {day} {from}–{to}\n", "      由 {who} 服务，{day} {from}–{to}\n");
        words += by.in_lang(lang);
    }
    words
}

/// What a need asks for: when, how long, by when at the latest, and of whom.
fn asked(scenario: &Scenario, id: NeedId, lang: Lang) -> String {
    let problem = &scenario.problem;
    let need = problem.need(id);
    let stop = &need.stops[0];
    let moment = |time: Time| format!("{} {}", date(scenario, time), clock(scenario, time));
    let window = |window: &Window| {
        let one_day = date(scenario, window.from) == date(scenario, window.to);
        let to = if one_day { clock(scenario, window.to) } else { moment(window.to) };
        format!("{}–{to}", moment(window.from))
    };
    let windows = stop.windows.iter().map(window).collect::<Vec<_>>().join(", ");
    let length = duration(stop.service.0, lang);
    let mut parts =
        vec![text!("may start {windows}", "可开始时间 {windows}"), text!("takes {length}", "需时 {length}")];
    for stop in &need.stops[1..] {
        let place = problem.place(stop.place);
        let there = place.name.as_ref().unwrap_or(&place.key);
        parts.push(text!("then to {there}", "然后到 {there}"));
    }
    parts.extend(goods::asked(problem, need, lang));
    if let Some(promise) = need.promise {
        let hard = if promise.hard { text!(" at any price", "，不得超时") } else { Text::default() };
        let (en, zh) = (hard.en, hard.zh);
        if let Some(by) = promise.start_by.map(moment) {
            parts.push(text!("promised to start by {by}{en}", "承诺 {by} 前开始{zh}"));
        }
        if let Some(by) = promise.finish_by.map(moment) {
            parts.push(text!("promised to end by {by}{en}", "承诺 {by} 前完成{zh}"));
        }
    }
    for role in &need.roles {
        let mut asked = of_role(problem, role, lang);
        if need.people() > 1 {
            let (count, length) = (role.count, duration(role.service.unwrap_or(stop.service).0, lang));
            asked.insert(0, text!("{count} for {length}", "{count} 人，{length}"));
            let joined =
                |pick: fn(&Text) -> &str, comma: &str| asked.iter().map(pick).collect::<Vec<_>>().join(comma);
            parts.push(Text::new(joined(|t| &t.en, ", "), joined(|t| &t.zh, "、")));
        } else {
            parts.extend(asked);
        }
    }
    let parts = parts.iter().map(|part| part.in_lang(lang)).collect::<Vec<_>>();
    format!("      {}\n", parts.join(if lang == Lang::En { "; " } else { "；" }))
}

/// What one role asks of a person.
fn of_role(problem: &Problem, role: &Role, lang: Lang) -> Vec<Text> {
    let requires = &role.requires;
    let mut parts = Vec::new();
    let words = |one: &Quality| quality(problem, *one).in_lang(lang).to_owned();
    let (comma, or) = if lang == Lang::En { (", ", " or ") } else { ("、", "或") };
    let groups = requires.any.iter().map(|group| group.iter().map(words).collect::<Vec<_>>().join(or));
    let asked = requires.all.iter().map(words).chain(groups).collect::<Vec<_>>().join(comma);
    if !asked.is_empty() {
        parts.push(text!("asks for {asked}", "要求{asked}"));
    }
    let excluded = requires.none.iter().map(words).collect::<Vec<_>>().join(if lang == Lang::En {
        ", not "
    } else {
        comma
    });
    if !excluded.is_empty() {
        parts.push(text!("not {excluded}", "排除{excluded}"));
    }
    let metres = role.min_home_distance.0;
    if metres > 0 {
        parts.push(text!("nobody who lives nearer than {metres} m", "住处须在 {metres} 米以外"));
    }
    parts
}

/// A quality of a person in words.
fn quality(problem: &Problem, quality: Quality) -> Text {
    let named = |label: Option<&String>, key: &str| name(label, key).to_owned();
    match quality {
        Quality::Skill(SkillLevel { skill, level }) => {
            let skill = &problem.skills()[skill.index()];
            let label = named(skill.name.as_ref(), &skill.key);
            if skill.levels > 1 {
                text!("{label} at level {level}", "{label} {level} 级")
            } else {
                Text::same(label)
            }
        }
        Quality::Gender(Gender::Female) => text!("a woman", "女性"),
        Quality::Gender(Gender::Male) => text!("a man", "男性"),
        Quality::Team(team) => {
            let team = &problem.teams()[team.index()];
            let label = named(team.name.as_ref(), &team.key);
            text!("team {label}", "队伍 {label}")
        }
        Quality::Category(category) => {
            let Text { en, zh } = &problem.categories()[category.index()].name;
            text!("a team for {en}", "{zh}类队伍")
        }
        Quality::Volunteer(who) => {
            let who = problem.volunteer(who);
            Text::same(named(who.name.as_ref(), &who.key))
        }
    }
}
