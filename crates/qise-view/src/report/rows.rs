//! The timeline of the page: a table with one row for each person, whose head is on every printed page.

use maud::{Markup, html};
use qise::{Lang, text};

use crate::markup::Px;
use crate::scene::{Person, Scene, short_date};
use crate::timeline::{DATE, Drawer, Hours, IDLE, OF_MANY, ONE, date, days, free_days, idle};

/// Width of the hours, in pixels.
const WIDTH: f64 = 980.0;
/// So many people who have nothing to do get a row.
const MOST_IDLE: usize = 200;

/// So many rows are laid out together, when they come into view.
const TOGETHER: usize = 40;

/// The table. Its parts are named by roles: a browser lays rows out one part at a time, which tables are not made for.
pub(super) fn table(scene: &Scene, many: bool) -> Markup {
    let left = if many { DATE } else { 22.0 };
    let hours = Hours::of(scene, left, WIDTH - 22.0);
    let height = if many { OF_MANY } else { ONE };
    let drawer = Drawer { hours: &hours, height, lang: scene.lang, live: true };
    let (first, step) = (hours.grid().0 / WIDTH * 100.0, hours.grid().1 / WIDTH * 100.0);
    // Positions of backgrounds are shares of what is left beside them.
    let lines = format!("--step:{step:.3}%;--first:{:.3}%", first / (100.0 - step).max(1.0) * 100.0);
    let more = scene.all_idle.saturating_sub(MOST_IDLE);
    let without = text!("on duty, no visit", "在岗，无任务");
    let cut = text!("… and {more} more on duty without a visit", "……另有 {more} 人在岗无任务");
    html! {
        table.timeline.many[many] role="table" style=(lines) {
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { (text!("Person", "人员").in_lang(scene.lang)) }
                    th scope="col" role="columnheader" {
                        svg viewBox={"0 0 " (Px(WIDTH)) " 18"} width="100%" role="img"
                            aria-label=(text!("Hours", "时刻").in_lang(scene.lang)) { (hours.names(13.0)) }
                    }
                }
            }
            @for people in scene.people.chunks(TOGETHER) {
                tbody role="rowgroup" style={"--rows:" (Px(room(people, height))) "px"} { @for person in people {
                    tr.person role="row" data-t=(team(person)) {
                        (head(person))
                        td role="cell" {
                            @let days = days(person);
                            @for lane in &days.out {
                                (strip(height, Some(lane.day), &html! {
                                    @if many { (date(&short_date(lane.day, scene.lang), left - 10.0, height / 2.0 + 2.0)) }
                                    (drawer.draw(person, lane))
                                }))
                            }
                            @if !days.free.is_empty() {
                                (strip(IDLE, None, &html! {
                                    (date(&free_days(days.free.len(), scene.lang), left - 10.0, 9.0))
                                    (idle(&hours, &days.free, IDLE, scene.lang))
                                }))
                            }
                        }
                    }
                } }
            }
            @if !scene.idle.is_empty() {
                tbody.idle role="rowgroup" {
                    tr.title role="row" { th scope="rowgroup" colspan="2"
                        role="columnheader" { (without.in_lang(scene.lang)) ": " (scene.all_idle) } }
                    @for person in scene.idle.iter().take(MOST_IDLE) {
                        tr.nobody role="row" data-t=(team(person)) {
                            (head(person))
                            td role="cell" { (strip(IDLE + 2.0, None, &idle(&hours, &person.shifts, IDLE + 2.0, scene.lang))) }
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

/// How high some rows are, about.
fn room(people: &[Person], height: f64) -> f64 {
    people.iter().map(|person| days(person).height(height) + 1.0).sum()
}

fn head(person: &Person) -> Markup {
    html! {
        th scope="row" role="rowheader"
            style={"border-left-color:" (person.colour)} { (person.name) " " small { (person.team_name) } }
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
