//! The timeline: one row for each person, hours from left to right, days of one person below each other.

mod hours;
mod lane;

use maud::{Markup, html};
use qise::{Lang, text};

pub(crate) use hours::Hours;
pub(crate) use lane::{Drawer, days, idle};

use crate::markup::{Px, anchored, hint, label, picture, shortened, width_of};
use crate::scene::{Local, Person, Scene, short_date};

/// Width of the timeline of a piece, in pixels.
const WIDTH: f64 = 960.0;
/// Where the hours begin; names stand to the left.
const LEFT: f64 = 190.0;
/// Where they end.
const RIGHT: f64 = 938.0;
/// Room for the date of a day, before the hours.
pub(crate) const DATE: f64 = 78.0;
/// Height of a lane: of a plan of one day, of several, of somebody who has nothing to do.
pub(crate) const ONE: f64 = 25.0;
pub(crate) const OF_MANY: f64 = 21.0;
pub(crate) const IDLE: f64 = 13.0;
const HEAD: f64 = 22.0;
/// So many lanes are drawn in a piece.
const MOST_LANES: usize = 140;
/// More rows than this tell their hours beneath, too.
const LONG: usize = 16;

/// Whether people go out, or are on duty, on several days.
pub(crate) fn has_days(scene: &Scene) -> bool {
    let routes = scene.people.iter().flat_map(|person| &person.routes).map(|route| route.out.from);
    let shifts = scene.people.iter().chain(&scene.idle).flat_map(|person| &person.shifts).map(|s| s.from);
    let mut days = routes.chain(shifts).map(Local::day);
    days.next().is_some_and(|first| days.any(|day| day != first))
}

/// The timeline of a piece, and how many people it leaves out; `None` where nobody is sent out.
pub(crate) fn still(scene: &Scene) -> Option<(Markup, usize)> {
    if scene.people.is_empty() {
        return None;
    }
    let many = has_days(scene);
    let hours = Hours::of(scene, LEFT, RIGHT);
    let height = if many { OF_MANY } else { ONE };
    let drawer = Drawer { hours: &hours, height, lang: scene.lang, live: false };
    let (mut rows, mut y, mut drawn) = (Vec::new(), HEAD, 0);
    let mut count = 0;
    for person in &scene.people {
        let days = days(person);
        if drawn > 0 && drawn + days.out.len() > MOST_LANES {
            break;
        }
        (drawn, count) = (drawn + days.out.len(), count + 1);
        let free = y + days.out.len() as f64 * height;
        rows.push(html! {
            (name(person, y + height / 2.0 - 1.5, if many { DATE } else { 0.0 }, days.height(height) > height))
            @for (number, lane) in days.out.iter().enumerate() {
                @let top = y + number as f64 * height;
                @if many { (date(&short_date(lane.day, scene.lang), LEFT - 6.0, top + height / 2.0 + 2.0)) }
                g transform={"translate(0 " (Px(top)) ")"} { (drawer.draw(person, lane)) }
            }
            @if !days.free.is_empty() {
                (date(&free_days(days.free.len(), scene.lang), LEFT - 6.0, free + 9.0))
                g transform={"translate(0 " (Px(free)) ")"} { (idle(&hours, &days.free, IDLE, scene.lang)) }
            }
        });
        y += days.height(height) + if many { 5.0 } else { 0.0 };
    }
    let left_out = scene.people.len() - count;
    if left_out == 0 {
        for person in &scene.idle {
            rows.push(html! {
                g fill-opacity="0.65" { (name(person, y + IDLE / 2.0, 0.0, false)) }
                g transform={"translate(0 " (Px(y)) ")"} { (idle(&hours, &person.shifts, IDLE, scene.lang)) }
            });
            y += IDLE;
        }
    }
    let days = scene.people.iter().flat_map(|person| &person.routes).map(|route| route.out.from);
    let (first, last) = (days.clone().min(), days.max());
    let dates = [first, last].map(|day| day.map_or_else(String::new, Local::date));
    let day = if dates[0] == dates[1] { dates[0].clone() } else { dates.join(" – ") };
    let is_long = rows.len() > LONG;
    let inner = html! {
        (hours.lines(HEAD - 4.0, y))
        g font-weight="bold" { (label((0.0, 14.0), 12.0, &day)) }
        (hours.names(13.0))
        @for row in &rows { (row) }
        @if is_long { (hours.names(y + 9.0)) }
    };
    let height = y + if is_long { 16.0 } else { 4.0 };
    let words = text!("Timeline of the plan", "方案时间表");
    Some((picture("qise-timeline", (WIDTH, height), words.in_lang(scene.lang), &inner), left_out))
}

/// The date of a lane, before its hours.
pub(crate) fn date(words: &str, x: f64, y: f64) -> Markup {
    html! { g fill-opacity="0.7" { (anchored((x, y), 9.5, "end", words)) } }
}

/// What stands before the shifts of days on which somebody does not go out.
pub(crate) fn free_days(count: usize, lang: Lang) -> String {
    let in_days = qise_io::text::count(count, "free shift");
    text!("{in_days}", "空闲 {count} 班").in_lang(lang).to_owned()
}

/// The name of a person and of their team, beside it or `beneath` it; `kept` pixels of the room are for something else.
fn name(person: &Person, middle: f64, kept: f64, beneath: bool) -> Markup {
    let who = shortened(&person.name, 12.0, LEFT - 22.0 - kept);
    let used = width_of(&who, 12.0) + 16.0;
    let at = if beneath { (9.0, middle + 18.0) } else { (used, middle + 4.0) };
    let team = shortened(&person.team_name, 10.0, LEFT - kept - at.0 - 10.0);
    let about = [person.name.as_str(), &person.team_name].join("\n");
    html! {
        g {
            (hint(about.trim_end()))
            rect x="0" y=(Px(middle - 5.0)) width="4" height="10" rx="1" fill=(person.colour) {}
            (label((9.0, middle + 4.0), 12.0, &who))
            @if !team.is_empty() { g fill-opacity="0.6" { (label(at, 10.0, &team)) } }
        }
    }
}
