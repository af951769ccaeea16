//! What the reader may pick: categories by colour, a team, an area, a day, a name.

use std::collections::BTreeSet;

use maud::{Markup, html};
use qise::text;

use super::Page;
use crate::ink::PLAIN;
use crate::scene::{Scene, date, short_date};

/// The days on which people go out, as days since 1970-01-01.
pub(super) fn days(scene: &Scene) -> Vec<i64> {
    let routes = scene.people.iter().flat_map(|person| &person.routes);
    routes.map(|route| route.out.from.day()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The bar of filters; it does nothing without a script, and is not shown then.
pub(super) fn bar(page: &Page<'_>) -> Markup {
    let (scene, problem) = (page.scene, &page.scenario.problem);
    let teams = scene.people.iter().chain(&scene.idle).filter_map(|person| person.team);
    let teams = teams.collect::<BTreeSet<_>>().into_iter().map(|team| {
        let record = &problem.teams()[team];
        (team.to_string(), qise_io::text::name(record.name.as_ref(), &record.key).to_owned())
    });
    let areas = scene.spots().filter_map(|spot| spot.tags.area).collect::<BTreeSet<_>>();
    let areas = areas.into_iter().map(|area| {
        let record = &problem.areas()[area];
        (area.to_string(), qise_io::text::name(record.name.as_ref(), &record.key).to_owned())
    });
    let days = days(scene).into_iter().map(|day| {
        let year = date(day);
        (
            day.to_string(),
            format!("{} {}", year, short_date(day, page.lang).split(' ').next_back().unwrap_or_default()),
        )
    });
    let picks = [
        ("t", text!("Team", "队伍"), teams.collect::<Vec<_>>()),
        ("a", text!("Township", "乡镇"), areas.collect::<Vec<_>>()),
        ("d", text!("Day", "日期"), days.collect::<Vec<_>>()),
    ];
    let has_plain = scene.spots().any(|spot| spot.tags.category.is_none());
    let all = page.say(&text!("all", "全部"));
    html! {
        form.filters.script-only role="search" aria-label=(page.say(&text!("Filters", "筛选"))) {
            fieldset {
                legend { (page.say(&text!("Category", "类别"))) }
                @for (colour, number, name) in &scene.legend {
                    label.chip { input type="checkbox" name="c" value=(number) checked; span
                        style={"background:" (colour)} {} (name) }
                }
                @if has_plain {
                    label.chip { input type="checkbox" name="c" value="" checked; span
                        style={"background:" (PLAIN)} {} (page.say(&text!("no category", "未分类"))) }
                }
            }
            @for (id, title, options) in picks.iter().filter(|(_, _, options)| options.len() > 1) {
                label { (page.say(title)) " "
                    select name=(id) {
                        option value="" { (all) }
                        @for (value, name) in options { option value=(value) { (name) } }
                    }
                }
            }
            label { (page.say(&text!("Name", "姓名或需求"))) " " input type="search" name="q"; }
            button type="reset" { (page.say(&text!("Show all", "全部显示"))) }
            output aria-live="polite" data-people=(page.say(&text!("people", "人")))
                data-visits=(page.say(&text!("visits", "次服务"))) data-left=(page.say(&text!("unserved", "项未满足"))) {}
        }
    }
}
