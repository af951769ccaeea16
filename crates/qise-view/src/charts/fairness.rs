//! Shares as bars: everybody's load in order, and service by area, category and project.

use maud::{Markup, html};
use qise::{Lang, text};
use qise_io::text::duration;
use serde::Deserialize;
use serde_json::Value;

use super::axis::{Axis, grid};
use super::{BadReport, WIDTH, percent, read, say};
use crate::ink::BLUE;
use crate::markup::{Px, anchored, heading, hint, label, note, picture, piece, shortened};

const FRAME: [f64; 4] = [60.0, 36.0, 740.0, 230.0];
const MOST_BARS: usize = 400;
const MOST_GROUPS: usize = 40;
const LINE: f64 = 20.0;
/// Width of a bar that is whole.
const WHOLE: f64 = 330.0;

#[derive(Deserialize)]
struct Fairness {
    load: Load,
    areas: Groups,
    categories: Groups,
    projects: Groups,
}

#[derive(Deserialize)]
struct Load {
    people: Vec<PersonLoad>,
    evenness: Evenness,
}

#[derive(Deserialize)]
struct PersonLoad {
    volunteer: String,
    name: Option<String>,
    share: f64,
}

#[derive(Deserialize)]
struct Evenness {
    least: f64,
    most: f64,
    gini: f64,
    jain: f64,
}

#[derive(Deserialize)]
struct Groups {
    groups: Vec<Group>,
    evenness: Evenness,
}

#[derive(Deserialize)]
struct Group {
    id: Option<String>,
    name: String,
    name_zh: String,
    asked: u64,
    served: u64,
    share_served: Option<f64>,
    mean_wait_s: Option<i64>,
}

/// The piece of a page that shows how evenly a plan shares out load and service, from [`qise_io::report::fairness`].
///
/// # Errors
/// Where the report is another one.
pub fn fairness_piece(report: &Value, lang: Lang) -> Result<String, BadReport> {
    let fairness = read::<Fairness>(report)?;
    let sections = [
        (text!("Service by area", "各区域服务"), &fairness.areas),
        (text!("Service by category", "各类别服务"), &fairness.categories),
        (text!("Service by project", "各项目服务"), &fairness.projects),
    ];
    let inner = html! {
        (people(&fairness.load.people, lang))
        (note(&evenness(&fairness.load.evenness, lang)))
        @for (title, groups) in &sections {
            @if groups.groups.iter().any(|group| group.id.is_some()) {
                (heading(title.in_lang(lang)))
                (bars(&groups.groups, title.in_lang(lang), lang))
                (note(&evenness(&groups.evenness, lang)))
            }
        }
    };
    Ok(piece(lang, WIDTH, &inner))
}

/// A bar for each person, the least used first; of very many people one in so many.
fn people(people: &[PersonLoad], lang: Lang) -> Markup {
    let mut people = people.iter().collect::<Vec<_>>();
    people.sort_by(|a, b| a.share.total_cmp(&b.share));
    if people.len() > MOST_BARS {
        let all = people.len() - 1;
        people = (0..MOST_BARS).map(|k| people[k * all / (MOST_BARS - 1)]).collect();
    }
    let [left, top, right, bottom] = FRAME;
    let y = Axis::new(people.iter().map(|person| person.share * 100.0), (bottom, top), true);
    let x = Axis::new([people.len().max(1) as f64], (left, right), true);
    let across = text!("people, the least used first", "人员（负荷由低到高）");
    let up = text!("share of the time offered that is worked (%)", "已工作时间占所提供时间（%）");
    let inner = html! {
        (grid(&x, &y, FRAME, across.in_lang(lang), up.in_lang(lang)))
        @for (number, person) in people.iter().enumerate() {
            @let (from, to) = (x.at(number as f64), x.at((number + 1) as f64));
            @let height = bottom - y.at(person.share * 100.0);
            @let name = person.name.as_deref().unwrap_or(&person.volunteer);
            rect x=(Px(from)) y=(Px(bottom - height)) width=(Px(((to - from) * 0.8).max(0.5)))
                height=(Px(height.max(0.0)))
                fill=(BLUE) { (hint(&format!("{name}: {}", percent(person.share, 1)))) }
        }
    };
    picture("qise-chart", (WIDTH, bottom + 44.0), up.in_lang(lang), &inner)
}

fn bars(groups: &[Group], name: &str, lang: Lang) -> Markup {
    let shown = &groups[..groups.len().min(MOST_GROUPS)];
    let line = |number: usize, group: &Group| {
        let y = number as f64 * LINE;
        let called = match lang {
            Lang::En => &group.name,
            Lang::Zh => &group.name_zh,
        };
        let share = group.share_served.unwrap_or(0.0).clamp(0.0, 1.0);
        let wait = group.mean_wait_s.map(|wait| {
            let time = duration(wait, lang);
            say(text!("mean wait {time}", "平均等待 {time}"), lang)
        });
        let served = Some(format!("{} / {}", group.served, group.asked));
        let figures = [served, group.share_served.map(|share| percent(share, 0)), wait];
        let figures = figures.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        html! {
            (anchored((190.0, y + 14.0), 12.0, "end", &shortened(called, 12.0, 185.0)))
            @if group.share_served.is_some() {
                rect x="198" y=(Px(y + 3.0)) width=(Px(WHOLE * share)) height=(Px(LINE - 6.0))
                    fill=(BLUE) { (hint(called)) }
            }
            (label((204.0 + WHOLE * share, y + 14.0), 11.0, &figures))
        }
    };
    let inner = html! { @for (number, group) in shown.iter().enumerate() { (line(number, group)) } };
    picture("qise-chart", (WIDTH, shown.len() as f64 * LINE + 4.0), name, &inner)
}

fn evenness(evenness: &Evenness, lang: Lang) -> String {
    let Evenness { gini, jain, .. } = evenness;
    let (least, most) = (percent(evenness.least, 1), percent(evenness.most, 1));
    let words = text!(
        "from {least} to {most} · Gini {gini:.3} · Jain {jain:.3}",
        "{least} 至 {most} · 基尼 {gini:.3} · Jain {jain:.3}"
    );
    say(words, lang)
}
