//! The figures of the page: those of the whole plan, by project, category, township and team.

use std::collections::BTreeMap;

use maud::{Markup, html};
use qise::fairness::{Group, GroupOf, by_area, by_category, by_project};
use qise::text;
use qise_io::text::{duration, kilometres};
use qise_io::words;

use super::Page;
use crate::ink::{Colour, PLAIN};
use crate::scene::Person;

/// So many violations are told.
const MOST_WARNINGS: usize = 20;

/// Key figures of the whole plan.
pub(super) fn tiles(page: &Page<'_>) -> Markup {
    let problem = &page.scenario.problem;
    let idle = (text!("on duty without a visit", "在岗无任务"), page.scene.all_idle.to_string());
    let figures = qise_io::text::plan_figures(problem, &page.solved.plan, &page.solved.evaluation, page.lang);
    html! {
        dl.tiles {
            @for (label, value) in figures.iter().chain([&idle]) { div { dt { (page.say(label)) } dd { (value) } } }
        }
    }
}

/// What must not be overlooked.
pub(super) fn warnings(page: &Page<'_>) -> Markup {
    let warnings = qise_io::text::warnings(&page.scenario.problem, page.solved);
    let more = warnings.len().saturating_sub(MOST_WARNINGS);
    html! {
        @if !warnings.is_empty() {
            div.warnings role="alert" {
                ul {
                    @for warning in warnings.iter().take(MOST_WARNINGS) {
                        li { (page.scenario.zone.tell(warning).in_lang(page.lang)) }
                    }
                    @if more > 0 { li { (page.say(&text!("… and {more} more", "……另有 {more} 条"))) } }
                }
            }
        }
    }
}

/// Figures of groups, and of teams.
pub(super) fn tables(page: &Page<'_>) -> Markup {
    let (problem, plan) = (&page.scenario.problem, &page.solved.plan);
    let groups = [
        (text!("By project", "按项目"), by_project(problem, plan)),
        (text!("By category", "按类别"), by_category(problem, plan)),
        (text!("By township", "按乡镇"), by_area(problem, plan)),
    ];
    html! {
        div.columns {
            @for (title, groups) in &groups {
                @if groups.iter().any(|group| group.of.key(problem).is_some()) { (of_groups(page, &page.say(title), groups)) }
            }
            @if page.scene.people.iter().chain(&page.scene.idle).any(|person| person.team.is_some()) { (of_teams(page)) }
        }
    }
}

fn of_groups(page: &Page<'_>, title: &str, groups: &[Group]) -> Markup {
    let problem = &page.scenario.problem;
    let colour = |of: GroupOf| match of {
        GroupOf::Category(id) => Some(Colour::of(&problem.categories()[id.index()].colour)),
        GroupOf::NoCategory => Some(PLAIN),
        _ => None,
    };
    let owner = |of: GroupOf| match of {
        GroupOf::Project(id) => problem.projects()[id.index()].owner.clone(),
        _ => None,
    };
    let wait =
        |group: &Group| group.mean_wait().map_or_else(|| "–".to_owned(), |wait| duration(wait.0, page.lang));
    html! {
        table.list {
            caption { (title) }
            thead { tr {
                th scope="col" {}
                th.number scope="col" { (page.say(&text!("served", "已满足"))) }
                th scope="col" {}
                th.number scope="col" { (page.say(&text!("priority served", "已满足优先级"))) }
                th.number scope="col" { (page.say(&text!("mean wait", "平均等待"))) }
            } }
            tbody {
                @for group in groups.iter().filter(|group| group.asked > 0) {
                    tr {
                        th scope="row" {
                            @if let Some(colour) = colour(group.of) { span.dot style={"background:" (colour)} {} }
                            (page.say(&words::group(problem, group.of)))
                            @if let Some(owner) = owner(group.of) { " " small { (owner) } }
                        }
                        td.number { (group.served) " / " (group.asked) }
                        td { (bar(group)) }
                        td.number { (group.priority_served) " / " (group.priority) }
                        td.number { (wait(group)) }
                    }
                }
            }
        }
    }
}

/// The share of needs served.
fn bar(group: &Group) -> Markup {
    let share = group.share_served().map_or(0.0, qise::fairness::Share::as_f64);
    let percent = format!("{:.0}%", share * 100.0);
    html! { span.share { span style={"width:" (percent)} {} } " " (percent) }
}

/// What a team does.
#[derive(Default)]
struct OfTeam {
    name: String,
    out: usize,
    idle: usize,
    visits: usize,
    seconds: i64,
    metres: i64,
}

fn of_teams(page: &Page<'_>) -> Markup {
    let mut teams = BTreeMap::<(bool, Option<usize>), OfTeam>::new();
    let key = |person: &Person| (person.team.is_none(), person.team);
    for person in &page.scene.people {
        let team = teams.entry(key(person)).or_default();
        team.name.clone_from(&person.team_name);
        team.out += 1;
        team.visits += person.visits().count();
        for route in &person.routes {
            team.seconds += (route.out.to.0 - route.out.from.0).max(0);
            team.metres += if route.follows { 0 } else { route.metres };
        }
    }
    for person in &page.scene.idle {
        let team = teams.entry(key(person)).or_default();
        team.name.clone_from(&person.team_name);
        team.idle += 1;
    }
    let no_team = text!("no team", "未编队");
    html! {
        table.list {
            caption { (page.say(&text!("By team", "按队伍"))) }
            thead { tr {
                th scope="col" {}
                th.number scope="col" { (page.say(&text!("sent out", "出动"))) }
                th.number scope="col" { (page.say(&text!("without a visit", "无任务"))) }
                th.number scope="col" { (page.say(&text!("visits", "服务次数"))) }
                th.number scope="col" { (page.say(&text!("working time", "工作时间"))) }
                th.number scope="col" { (page.say(&text!("on the road", "路途"))) }
            } }
            tbody {
                @for team in teams.values() {
                    tr {
                        th scope="row" { (if team.name.is_empty() { page.say(&no_team) } else { team.name.clone() }) }
                        td.number { (team.out) }
                        td.number { (team.idle) }
                        td.number { (team.visits) }
                        td.number { (duration(team.seconds, page.lang)) }
                        td.number { (kilometres(team.metres, page.lang)) }
                    }
                }
            }
        }
    }
}
