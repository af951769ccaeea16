//! A plan: key figures, a map, a timeline, and who is left and why.

use maud::{Markup, html};
use qise::explain::Reason;
use qise::model::Term;
use qise::plan::{Evaluation, Plan};
use qise::{Lang, text};
use qise_io::Scenario;
use qise_io::text::{count, duration, kilometres};
use qise_io::visible::shown;

use super::legend;
use crate::markup::{note, piece};
use crate::scene::{Limits, Scene, gather};
use crate::{map, timeline};

/// What a notebook can show without becoming slow.
const LIMITS: Limits = Limits { routes: 100, needs: 1500, idle: 24 };
/// A dot of some colour before a name.
const DOT: &str = "display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:6px;background:";
/// So many needs that nobody serves are listed.
const MOST_UNSERVED: usize = 60;

/// The piece of a page that shows a plan. `reasons` stand in the order of the plan's unserved needs, and may be missing.
///
/// ```
/// # let scenario = qise_io::read_scenario(include_bytes!("../../../../docs/examples/first.json"))?;
/// use qise::{Lang, Stop, solve, solve::Options};
///
/// let solved = solve(&scenario.problem, &Options::default(), &Stop::iterations(20));
/// let piece = qise_view::plan_piece(&scenario, &solved.plan, &solved.evaluation, &[], Lang::En);
/// assert!(piece.starts_with("<div"));
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn plan_piece(
    scenario: &Scenario,
    plan: &Plan,
    evaluation: &Evaluation,
    reasons: &[Reason],
    lang: Lang,
) -> String {
    let scenario = &*shown(scenario);
    let scene = gather(scenario, plan, (reasons, &[]), LIMITS, lang);
    let say = |words: &qise::Text| note(words.in_lang(lang));
    let map =
        map::still(&scene).unwrap_or_else(|| say(&text!("No coordinates: no map.", "无坐标，无地图。")));
    let (timeline, left_out) =
        timeline::still(&scene).unwrap_or_else(|| (say(&text!("Nobody is sent out.", "无人出动。")), 0));
    let inner = html! {
        (head(&scene, plan, evaluation))
        (map)
        (legend(&scene))
        (timeline)
        @for words in cuts(&scene, left_out) { (say(&words)) }
        (unserved(&scene))
    };
    piece(lang, map::WIDTH, &inner)
}

fn head(scene: &Scene, plan: &Plan, evaluation: &Evaluation) -> Markup {
    let (lang, terms) = (scene.lang, &evaluation.score.terms);
    let (served, asked, people) = (plan.served(), scene.asked, terms.get(Term::People));
    let (in_routes, in_people) =
        (count(scene.routes.0, "route"), count(usize::try_from(people).unwrap_or(0), "volunteer"));
    let (routes, idle) = (scene.routes.0, scene.all_idle);
    let road = kilometres(terms.get(Term::Distance), lang);
    let time = duration(terms.get(Term::TravelTime), lang);
    let figures = [
        text!("{served} of {asked} needs served", "已满足 {served} / {asked} 项需求"),
        text!("{in_routes}", "{routes} 条路线"),
        text!("{in_people}", "{people} 人"),
        text!("{idle} on duty without a visit", "{idle} 人在岗无任务"),
        text!("{road}, {time} on the road", "路程 {road}，路途 {time}"),
    ];
    let line = figures.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join(" · ");
    html! {
        div style="font-size:17px;font-weight:600" { (scene.name) }
        div style="font-size:13px;opacity:.8;margin-bottom:8px" { (line) }
    }
}

/// What the pictures do not show.
fn cuts(scene: &Scene, left_out: usize) -> Vec<qise::Text> {
    let mut notes = Vec::new();
    let (all, shown) = scene.routes;
    if shown < all {
        notes.push(text!(
            "{shown} of {all} routes are drawn; plan.routes has all of them.",
            "仅绘制 {all} 条路线中的 {shown} 条；全部见 plan.routes。"
        ));
    }
    if left_out > 0 {
        notes.push(text!(
            "{left_out} more people go out than the timeline has rows for.",
            "时间表另有 {left_out} 名出动人员未列出。"
        ));
    }
    let (drawn, asked) = (scene.drawn(), scene.asked);
    if drawn < asked {
        notes.push(text!(
            "{drawn} of {asked} needs are drawn on the map.",
            "地图仅绘制 {asked} 项需求中的 {drawn} 项。"
        ));
    }
    if scene.idle.len() < scene.all_idle {
        let (shown, all) = (scene.idle.len(), scene.all_idle);
        notes.push(text!(
            "{shown} of {all} people on duty without a visit are drawn.",
            "仅绘制 {all} 名在岗无任务人员中的 {shown} 名。"
        ));
    }
    notes
}

fn unserved(scene: &Scene) -> Markup {
    let lang = scene.lang;
    let everybody = scene.all_left;
    if everybody == 0 {
        return note(text!("Every need is served.", "所有需求均已满足。").in_lang(lang));
    }
    let listed = &scene.left[..scene.left.len().min(MOST_UNSERVED)];
    let more = everybody - listed.len();
    let head = text!("{everybody} unserved: why", "{everybody} 项未满足：原因");
    let cell = "text-align:left;vertical-align:top;padding:2px 14px 2px 0";
    html! {
        details {
            summary style="font-size:13px;cursor:pointer" { (head.in_lang(lang)) }
            table style="font-size:12px;border-collapse:collapse;margin:4px 0" {
                tbody {
                    @for left in listed {
                        tr {
                            td style={(cell) ";white-space:nowrap"} {
                                span style={(DOT) (left.spot.colour)} {}
                                (left.spot.name)
                            }
                            td style=(cell) { (left.reason) }
                        }
                    }
                }
            }
            @if more > 0 {
                @let words = text!("… and {more} more: see plan.unserved.", "……另有 {more} 项，见 plan.unserved。");
                (note(words.in_lang(lang)))
            }
        }
    }
}
