//! The timeline of the page: a table with one row for each person, whose head is on every printed page.

use maud::{Markup, html};
use qise::{Lang, text};

use crate::markup::Px;
use crate::scene::{Person, Scene};
use crate::timeline::{DATE, Drawer, Hours, IDLE, OF_MANY, ONE, date, idle, lanes};

/// Width of the hours, in pixels.
const WIDTH: f64 = 980.0;
/// So many people who have nothing to do get a row.
const MOST_IDLE: usize = 200;

/// The table.
pub(super) fn table(scene: &Scene, days: bool) -> Markup {
    let left = if days { DATE } else { 22.0 };
    let hours = Hours::of(scene, left, WIDTH - 22.0);
    let height = if days { OF_MANY } else { ONE };
    let drawer = Drawer { hours: &hours, height, lang: scene.lang, live: true };
    let more = scene.all_idle.saturating_sub(MOST_IDLE);
    let without = text!("on duty, no visit", "在岗,无任务");
    let cut = text!("… and {more} more on duty without a visit", "……另有 {more} 人在岗无任务");
    html! {
        table.timeline {
            thead {
                tr {
                    th scope="col" { (text!("Person", "人员").in_lang(scene.lang)) }
                    th scope="col" {
                        svg viewBox={"0 0 " (Px(WIDTH)) " 18"} width="100%" role="img"
                            aria-label=(text!("Hours", "时刻").in_lang(scene.lang)) { (hours.names(13.0)) }
                    }
                }
            }
            tbody {
                @for person in &scene.people {
                    tr.person data-t=(team(person)) {
                        (head(person))
                        td {
                            @for lane in lanes(person) {
                                (strip(height, Some(lane.day), &html! {
                                    (hours.lines(0.0, height))
                                    @if days { (date(lane.day, left - 10.0, height / 2.0 + 2.0, scene.lang)) }
                                    (drawer.draw(person, &lane))
                                }))
                            }
                        }
                    }
                }
            }
            @if !scene.idle.is_empty() {
                tbody.idle {
                    tr { th scope="rowgroup" colspan="2" { (without.in_lang(scene.lang)) ": " (scene.all_idle) } }
                    @for person in scene.idle.iter().take(MOST_IDLE) {
                        tr.nobody data-t=(team(person)) {
                            (head(person))
                            td { (strip(IDLE + 2.0, None, &idle(&hours, person, IDLE + 2.0, scene.lang))) }
                        }
                    }
                }
            }
        }
        @if more > 0 { p.remark { (cut.in_lang(scene.lang)) } }
    }
}

fn team(person: &Person) -> String {
    person.team.map_or_else(String::new, |team| team.to_string())
}

fn head(person: &Person) -> Markup {
    html! {
        th scope="row" style={"border-left-color:" (person.colour)} { (person.name) " " small { (person.team_name) } }
    }
}

/// The picture of one day of one person.
fn strip(height: f64, day: Option<i64>, inner: &Markup) -> Markup {
    html! {
        svg viewBox={"0 0 " (Px(WIDTH)) " " (Px(height))} width="100%" data-d=[day] { (inner) }
    }
}

/// The words of a language that a row of visits needs.
pub(super) fn plural(count: usize, lang: Lang) -> String {
    let in_visits = qise_io::text::count(count, "visit");
    text!("{in_visits}", "{count} 次服务").in_lang(lang).to_owned()
}
