//! The people of the page: who goes out, with the list of their visits to hand over; and who has nothing to do.

use std::collections::BTreeMap;

use maud::{Markup, html};
use qise::text;
use qise_io::text::{duration, kilometres};

use super::Page;
use super::rows::plural;
use crate::scene::{Person, Route, Spot, Stop, What};

/// The section.
pub(super) fn section(page: &Page<'_>) -> Markup {
    let scene = page.scene;
    let (all, shown) = (scene.routes.0, scene.routes.1);
    let cut = text!(
        "{shown} of {all} routes are shown; the plan document has all of them.",
        "仅显示 {all} 条路线中的 {shown} 条；方案文件中有全部路线。"
    );
    html! {
        div.sheets { @for person in &scene.people { (sheet(page, person)) } }
        @if shown < all { p.remark { (page.say(&cut)) } }
        @if scene.all_idle > 0 { (idle(page)) }
    }
}

/// What one person does.
fn sheet(page: &Page<'_>, person: &Person) -> Markup {
    let routes = &person.routes;
    let (metres, travel) =
        routes.iter().fold((0, 0), |sum, route| (sum.0 + route.metres, sum.1 + route.travel));
    let days = routes.iter().map(|route| {
        format!("{} {}–{}", route.out.from.date(), route.out.from.clock(), route.out.to.clock())
    });
    let days = match routes.len() {
        1 => days.collect::<String>(),
        count => page.say(&text!("{count} routes", "{count} 条路线")),
    };
    let road = format!("{} · {}", kilometres(metres, page.lang), duration(travel, page.lang));
    html! {
        details.person data-t=(person.team.map_or_else(String::new, |team| team.to_string())) {
            summary style={"border-left-color:" (person.colour)} {
                b { (person.name) } span { (person.team_name) } span { (days) }
                span { (plural(person.visits().count(), page.lang)) } span { (road) }
            }
            ul {
                @for route in routes {
                    @for stop in &route.stops { (item(page, route, stop)) }
                }
            }
        }
    }
}

/// One visit, or one call. Each is one entry of text: a page may have ten thousand of them.
fn item(page: &Page<'_>, route: &Route, stop: &Stop) -> Markup {
    let (from, to) = (stop.done.from, stop.done.to);
    let date = if page.many { from.date() + " " } else { String::new() };
    let day = page.many.then(|| route.out.from.day());
    let when = format!("{date}{}–{} ", from.clock(), to.clock());
    match &stop.what {
        What::Visit(visit) => {
            let Spot { name, place, colour, tags, .. } = &visit.spot;
            let place = if place.is_empty() { String::new() } else { format!(" · {place}") };
            html! {
                li data-c=(number(tags.category)) data-a=(number(tags.area)) data-d=[day] style={"--c:" (colour)} {
                    (when) (name) (place)
                    @if visit.late > 0 { " " em.late { (page.say(&late(visit.late, page.lang))) } }
                }
            }
        }
        What::Call { name, about, .. } => {
            let goods = about.lines().skip(1).collect::<Vec<_>>().join("; ");
            html! { li data-d=[day] { (when) (name) " · " (goods) } }
        }
    }
}

fn late(seconds: i64, lang: qise::Lang) -> qise::Text {
    let by = duration(seconds, lang);
    text!("promise missed by {by}", "承诺超时 {by}")
}

fn number(tag: Option<usize>) -> String {
    tag.map_or_else(String::new, |tag| tag.to_string())
}

/// Names of people who have nothing to do, team by team.
fn idle(page: &Page<'_>) -> Markup {
    let scene = page.scene;
    let mut teams = BTreeMap::<(bool, Option<usize>), Vec<&Person>>::new();
    for person in &scene.idle {
        teams.entry((person.team.is_none(), person.team)).or_default().push(person);
    }
    let more = scene.all_idle - scene.idle.len();
    let cut = text!("… and {more} more", "……另有 {more} 人");
    let no_team = text!("no team", "未编队");
    html! {
        h3 { (page.say(&text!("On duty without a visit", "在岗无任务"))) ": " (scene.all_idle) }
        dl.idle {
            @for ((_, team), people) in &teams {
                div data-t=(number(*team)) {
                    dt { (if people[0].team_name.is_empty() { page.say(&no_team) } else { people[0].team_name.clone() }) }
                    dd { (people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(" · ")) }
                }
            }
        }
        @if more > 0 { p.remark { (page.say(&cut)) } }
    }
}
