//! A report to hand over: one page with everything that is known of a plan, which asks no host for anything.
//!
//! The page says itself that nothing may be fetched, and that only its own script may run (`Content-Security-Policy`), so
//! a name that came as far as the markup could still do nothing. Without the script it is whole, too: it can be read and
//! printed; the script adds filters, layers, and a map that can be enlarged.

mod figures;
mod filters;
mod hash;
mod left;
mod people;
mod rows;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use qise::explain::Reason;
use qise::improve::Outcome;
use qise::plan::{Evaluation, Plan};
use qise::solve::{Solved, Statistics};
use qise::{Lang, Text, text};
use qise_io::Scenario;
use qise_io::visible::shown;

use crate::markup::{Px, tag};
use crate::scene::{Limits, Scene, gather};
use crate::{map, piece, timeline};

/// What a browser shows without becoming slow.
const LIMITS: Limits = Limits { routes: 6000, needs: 20_000, idle: 2000 };
/// Size of the map, in pixels.
const MAP: (f64, f64) = (1160.0, 580.0);

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("page.js");

/// What else is known of a plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answers<'a> {
    /// Why needs are left, in the order of the plan's unserved needs; may be missing.
    pub reasons: &'a [Reason],
    /// What would help, of as many needs as it was looked for.
    pub remedies: &'a [Outcome],
}

/// The page.
///
/// ```
/// # let scenario = qise_io::read_scenario(include_bytes!("../../../../docs/examples/first.json"))?;
/// use qise::{Lang, Stop, solve, solve::Options};
/// use qise_view::{Answers, report};
///
/// let solved = solve(&scenario.problem, &Options::default(), &Stop::iterations(20));
/// let page = report(&scenario, &solved.plan, &solved.evaluation, &Answers::default(), Lang::En);
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("two doors in Bayanhot"));
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn report(
    scenario: &Scenario,
    plan: &Plan,
    evaluation: &Evaluation,
    answers: &Answers<'_>,
    lang: Lang,
) -> String {
    let scenario = &*shown(scenario);
    let statistics = Statistics { complete: true, ..Statistics::default() };
    let solved = Solved { plan: plan.clone(), evaluation: evaluation.clone(), statistics };
    let scene = gather(scenario, plan, (answers.reasons, answers.remedies), LIMITS, lang);
    let many = timeline::has_days(&scene);
    let page = Page { scenario, solved: &solved, scene: &scene, many, lang };
    page.whole().0
}

/// What the parts of the page are made of.
struct Page<'a> {
    scenario: &'a Scenario,
    solved: &'a Solved,
    scene: &'a Scene,
    /// Whether it is about several days.
    many: bool,
    lang: Lang,
}

impl Page<'_> {
    fn say(&self, words: &Text) -> String {
        words.in_lang(self.lang).to_owned()
    }

    fn whole(&self) -> Markup {
        let policy = format!(
            "default-src 'none'; style-src 'unsafe-inline'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            hash::sha256(SCRIPT)
        );
        let sections = [
            ("map", text!("Map", "地图"), self.map()),
            ("timeline", text!("Timeline", "时间表"), self.timeline()),
            ("unserved", text!("Unserved needs", "未满足的需求"), left::section(self)),
            ("people", text!("People", "人员"), people::section(self)),
            ("figures", text!("Figures", "指标"), figures::tables(self)),
        ];
        html! {
            (DOCTYPE)
            html lang=(tag(self.lang)) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.scene.name) }
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#map" { (self.say(&text!("Skip to the map", "跳到地图"))) }
                    header {
                        h1 { (self.scene.name) }
                        (self.days())
                        (figures::tiles(self))
                        (figures::warnings(self))
                        nav aria-label=(self.say(&text!("Sections", "目录"))) {
                            @for (id, title, _) in &sections { a href={"#" (id)} { (self.say(title)) } }
                        }
                    }
                    (filters::bar(self))
                    main {
                        @for (id, title, section) in &sections {
                            section id=(id) aria-labelledby={(id) "-title"} {
                                h2 id={(id) "-title"} { (self.say(title)) }
                                (section)
                            }
                        }
                    }
                    footer { p { (self.say(&text!(
                        "Made by qise. Lines run straight from stop to stop, not along roads.",
                        "由 qise 生成。线条为各站之间的直线，并非实际道路。"
                    ))) } }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    /// On which days people go out.
    fn days(&self) -> Markup {
        let days = filters::days(self.scene);
        let (first, last) = (days.first().copied(), days.last().copied());
        let told = match first.zip(last) {
            None => self.say(&text!("nobody goes out", "无人出动")),
            Some((first, last)) if first == last => crate::scene::date(first),
            Some((first, last)) => format!("{} – {}", crate::scene::date(first), crate::scene::date(last)),
        };
        html! { p.days { (told) " · " (self.scenario.zone.name()) } }
    }

    fn map(&self) -> Markup {
        let Some(live) = map::live(self.scene, MAP) else {
            return html! { p { (self.say(&text!("No coordinates: no map.", "无坐标，无地图。"))) } };
        };
        let layers = [
            ("served", text!("served", "已满足")),
            ("unserved", text!("unserved", "未满足")),
            ("ways", text!("routes", "路线")),
            ("bases", text!("bases and depots", "驻地与仓储点")),
            ("idle", text!("people without a visit", "无任务人员")),
            ("names", text!("names", "名称")),
        ];
        let view = |view: &[f64; 4]| view.map(|value| Px(value).to_string()).join(" ");
        html! {
            div.tools.script-only {
                fieldset {
                    legend { (self.say(&text!("Layers", "图层"))) }
                    @for (id, words) in &layers {
                        label { input type="checkbox" data-layer=(id) checked; " " (self.say(words)) }
                    }
                }
                div.zoom role="group" aria-label=(self.say(&text!("Part of the map", "地图范围"))) {
                    button type="button" data-zoom="in" aria-label=(self.say(&text!("Enlarge", "放大"))) { "+" }
                    button type="button" data-zoom="out" aria-label=(self.say(&text!("Reduce", "缩小"))) { "−" }
                    button type="button" data-zoom="all" { (self.say(&text!("Everything", "全图"))) }
                    @for (name, part) in &live.views { button type="button" data-view=(view(part)) { (name) } }
                    span.remark { (self.say(&text!("drag to move, Ctrl and wheel to enlarge", "拖动平移，Ctrl + 滚轮缩放"))) }
                }
            }
            div.map tabindex="0" data-metres=(format!("{:.3}", live.metres)) {
                (live.map)
                div.scale.script-only aria-hidden="true" { span {} b {} }
            }
            @if !live.insets.0.is_empty() { div.insets { (live.insets) } }
            (piece::legend(self.scene))
        }
    }

    fn timeline(&self) -> Markup {
        if self.scene.people.is_empty() {
            return html! { p { (self.say(&text!("Nobody is sent out.", "无人出动。"))) } };
        }
        rows::table(self.scene, self.many)
    }
}
