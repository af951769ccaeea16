//! Efficiency against fairness: a dot for each plan, a line along those that no other dominates.

use maud::html;
use qise::{Lang, text};
use serde::Deserialize;
use serde_json::Value;

use super::axis::{Axis, grid};
use super::{BadReport, WIDTH, read, say};
use crate::ink::{BLUE, PAPER};
use crate::markup::{Path, Px, hint, label, note, picture, piece};

const HEIGHT: f64 = 400.0;
const FRAME: [f64; 4] = [90.0, 36.0, 730.0, 350.0];

#[derive(Deserialize)]
struct Frontier {
    term: String,
    points: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    weight: u64,
    mark: String,
    served: u64,
    efficiency: Vec<i64>,
    unfairness: i64,
}

impl Point {
    fn is_efficient(&self) -> bool {
        self.mark == "efficient"
    }

    fn across(&self, level: usize) -> f64 {
        self.efficiency.get(level).map_or(0.0, |&value| value as f64)
    }
}

impl Frontier {
    /// The first level in which the efficient points differ, or the last.
    fn level(&self) -> usize {
        let efficient = || self.points.iter().filter(|point| point.is_efficient());
        let levels = efficient().map(|point| point.efficiency.len()).min().unwrap_or(0);
        let differs = |level: &usize| {
            let mut values = efficient().map(|point| point.efficiency[*level]);
            values.next().is_some_and(|first| values.any(|value| value != first))
        };
        (0..levels).find(differs).unwrap_or(levels.saturating_sub(1))
    }
}

/// The piece of a page that shows a frontier, from [`qise_io::report::frontier`].
///
/// # Errors
/// Where the report is another one.
pub fn frontier_piece(report: &Value, lang: Lang) -> Result<String, BadReport> {
    let frontier = read::<Frontier>(report)?;
    let level = frontier.level();
    let [left, top, right, bottom] = FRAME;
    let x = Axis::new(frontier.points.iter().map(|point| point.across(level)), (left, right), false);
    let up = frontier.points.iter().map(|point| point.unfairness as f64);
    let y = Axis::new(up, (bottom, top), false);
    let at = |point: &Point| (x.at(point.across(level)), y.at(point.unfairness as f64));
    let n = level + 1;
    let across = text!(
        "level {n} of the objective without this term, less is better",
        "去掉该项后目标第 {n} 层的值，越小越好"
    );
    let line = frontier.points.iter().filter(|point| point.is_efficient()).map(at).collect::<Vec<_>>();
    let shown = frontier.points.iter().filter(|point| point.mark != "repeated").collect::<Vec<_>>();
    let about = |point: &Point| {
        let (weight, served) = (point.weight, point.served);
        let mark = if point.is_efficient() {
            text!("efficient", "有效前沿")
        } else {
            text!("dominated", "被支配")
        };
        let (en, zh) = (mark.en, mark.zh);
        say(
            text!(
                "weight {weight}: {en}, {served} needs served",
                "权重 {weight}：{zh}，已满足 {served} 项需求"
            ),
            lang,
        )
    };
    let inner = html! {
        (grid(&x, &y, FRAME, across.in_lang(lang), &frontier.term))
        path d=(Path::through(&line, false)) fill="none" stroke=(BLUE) stroke-width="1.5" {}
        @for point in &shown {
            circle cx=(Px(at(point).0)) cy=(Px(at(point).1)) r="5"
                fill=(if point.is_efficient() { BLUE } else { "none" })
                stroke=(BLUE) stroke-width="1.5" pointer-events="all" { (hint(&about(point))) }
        }
        g style={"paint-order:stroke;stroke:" (PAPER) ";stroke-width:3px"} {
            @for point in &shown { (label((at(point).0 + 8.0, at(point).1 - 6.0), 11.0, &format!("× {}", point.weight))) }
        }
    };
    let name = text!("Efficiency against fairness", "效率与公平");
    let drawn = picture("qise-chart", (WIDTH, HEIGHT), name.in_lang(lang), &inner);
    let words = text!(
        "Down and to the left is better; hollow dots are dominated by another plan.",
        "越靠左下越好；空心点被其他方案支配。"
    );
    Ok(piece(lang, WIDTH, &html! { (drawn) (note(words.in_lang(lang))) }))
}
