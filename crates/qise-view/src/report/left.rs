//! The needs that nobody serves, with reasons and what would help; and those that are handed to others.

use maud::{Markup, html};
use qise::text;

use super::Page;
use crate::scene::{Left, Spot};

/// So many are listed.
const MOST: usize = 2000;

/// So many rows are laid out together, when they come into view.
const TOGETHER: usize = 40;

/// The section.
pub(super) fn section(page: &Page<'_>) -> Markup {
    let scene = page.scene;
    let more = scene.all_left.saturating_sub(MOST);
    let has_remedies = scene.left.iter().any(|left| !left.remedies.is_empty());
    let cut = text!("… and {more} more: see the plan document", "…… 另有 {more} 项，见方案文件");
    html! {
        @if scene.all_left == 0 {
            p { (page.say(&text!("Every need is served.", "所有需求均已满足。"))) }
        } @else {
            table.list.rows.helped[has_remedies] role="table" {
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { (page.say(&text!("Need", "需求"))) }
                    th scope="col" role="columnheader" { (page.say(&text!("Where", "地点"))) }
                    th scope="col" role="columnheader" { (page.say(&text!("Matters", "重要性"))) }
                    th scope="col" role="columnheader" { (page.say(&text!("Why nobody serves it", "未满足的原因"))) }
                    @if has_remedies { th scope="col"
                        role="columnheader" { (page.say(&text!("What would help", "哪些改变有帮助"))) } }
                } }
                @for rows in scene.left[..scene.left.len().min(MOST)].chunks(TOGETHER) {
                    tbody role="rowgroup" { @for left in rows { (row(left, has_remedies)) } }
                }
            }
            @if more > 0 { p.remark { (page.say(&cut)) } }
        }
        @if !scene.outsourced.is_empty() {
            h3 { (page.say(&text!("Handed to others", "交由他人办理"))) ": " (page.solved.plan.outsourced.len()) }
            ul { @for spot in scene.outsourced.iter().take(MOST) { (item(spot)) } }
        }
    }
}

fn row(left: &Left, has_remedies: bool) -> Markup {
    let (category, area) = tags(&left.spot);
    html! {
        tr.left role="row" data-c=(category) data-a=(area) {
            th scope="row" role="rowheader" { span.dot style={"background:" (left.spot.colour)} {} (left.spot.name) }
            td role="cell" { (left.spot.place) }
            td.rank role="cell" { (left.rank) }
            td role="cell" { (left.reason) }
            @if has_remedies {
                td role="cell" { @if !left.remedies.is_empty() { ul { @for remedy in &left.remedies { li { (remedy) } } } } }
            }
        }
    }
}

fn item(spot: &Spot) -> Markup {
    let (category, area) = tags(spot);
    html! { li data-c=(category) data-a=(area) { span.dot style={"background:" (spot.colour)} {} (spot.name) } }
}

fn tags(spot: &Spot) -> (String, String) {
    let number = |tag: Option<usize>| tag.map_or_else(String::new, |tag| tag.to_string());
    (number(spot.tags.category), number(spot.tags.area))
}
