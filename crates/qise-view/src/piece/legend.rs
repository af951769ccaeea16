//! What the marks of map and timeline mean.

use maud::{Markup, html};
use qise::{Lang, Text, text};

use crate::ink::{PAPER_IS, PLAIN, RED};
use crate::scene::{Scene, What};

/// The legend of a scene: only what occurs in it.
pub(crate) fn legend(scene: &Scene) -> Markup {
    let ink = |inner: Markup| {
        html! { g fill="none" stroke="currentColor" { (inner) } }
    };
    let mut entries = Vec::new();
    let mut add = |picture: Markup, words: &str| entries.push(entry(&picture, words));
    let say = |words: Text| in_lang(words, scene.lang);
    for (colour, _, name) in &scene.legend {
        add(html! { circle cx="8" cy="6" r="5" fill=(colour) {} }, name);
    }
    if scene.spots().any(|spot| spot.tags.category.is_none()) {
        add(html! { circle cx="8" cy="6" r="5" fill=(PLAIN) {} }, &say(text!("need", "需求")));
    }
    if !scene.elsewhere.is_empty() {
        let words = text!("served by a route not drawn", "由未绘制的路线服务");
        add(html! { circle cx="8" cy="6" r="5" fill="currentColor" fill-opacity="0.45" {} }, &say(words));
    }
    let routes = || scene.people.iter().flat_map(|person| &person.routes);
    let stops = || routes().flat_map(|route| &route.stops);
    if !scene.left.is_empty() {
        let cross = html! { path d="M4 2l8 8m0 -8l-8 8" stroke-width="2.2" {} };
        add(ink(cross), &say(text!("unserved", "未满足")));
    }
    add(ink(html! { circle cx="8" cy="6" r="3" stroke-width="1.4" {} }), &say(text!("start", "出发点")));
    if !scene.idle.is_empty() {
        let diamond = html! { path d="M8 2l4 4l-4 4l-4 -4z" stroke-width="1.3" {} };
        add(ink(diamond), &say(text!("on duty, no visit", "在岗，无任务")));
    }
    if !scene.bases.is_empty() {
        let square = html! { rect x="4" y="2" width="8" height="8" stroke-width="1.5" {} };
        add(ink(square), &say(text!("base of a team", "队伍驻地")));
    }
    if !scene.depots.is_empty() || stops().any(|stop| matches!(stop.what, What::Call { .. })) {
        let roof = html! { path d="M3 11v-5l5 -4l5 4v5z" stroke-width="1.4" {} };
        add(ink(roof), &say(text!("depot, call there", "仓储点及停靠")));
    }
    if stops().next().is_some() {
        add(ink(html! { path d="M1 6h14" stroke-width="2.2" {} }), &say(text!("on the way", "路途")));
        let block = html! { rect x="1" y="1" width="14" height="10" rx="2" fill="currentColor" {} };
        add(block, &say(text!("service", "服务")));
        add(ink(html! { path d="M1 4v4m0 -2h14m0 -2v4" {} }), &say(text!("may start", "可开始时间")));
    }
    if routes().any(|route| !route.breaks.is_empty()) {
        let box_ = html! { rect x="1" y="1" width="14" height="10" stroke-dasharray="2.5 2" {} };
        add(ink(box_), &say(text!("break", "休息")));
    }
    if stops().any(|stop| matches!(&stop.what, What::Visit(visit) if visit.late > 0)) {
        let late = html! {
            rect x="1" y="1" width="14" height="10" rx="2" fill="none" stroke=(RED) stroke-width="1.8" {}
        };
        add(late, &say(text!("promise missed", "承诺超时")));
    }
    html! { div class="qise-legend" style="font-size:12px;margin:6px 0 12px" { @for entry in &entries { (entry) } } }
}

fn entry(picture: &Markup, words: &str) -> Markup {
    html! {
        span style="display:inline-block;margin:0 12px 2px 0;white-space:nowrap" {
            svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true"
                style={"vertical-align:-1px;" (PAPER_IS)} { (picture) }
            " " (words)
        }
    }
}

/// Words in a language.
fn in_lang(words: Text, lang: Lang) -> String {
    match lang {
        Lang::En => words.en,
        Lang::Zh => words.zh,
    }
}
