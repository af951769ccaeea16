//! Efficiency against fairness as a picture: SVG, a dot for each plan, a line along those that no other dominates.

use std::fmt::Write as _;

use qise::fairness::{Frontier, Mark, Point};
use qise::{Lang, Problem, text};
use qise_io::visible::visible;

use super::fairness::mark;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
/// The frame: left, top, right, bottom.
const FRAME: [f64; 4] = [90.0, 50.0, 830.0, 450.0];

/// From values to pixels.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = i64> + Clone, from: f64, to: f64) -> Self {
        let (low, high) = (values.clone().min().unwrap_or(0) as f64, values.max().unwrap_or(0) as f64);
        let room = ((high - low) * 0.06).max(0.5);
        Self { low: low - room, high: high + room, from, to }
    }

    fn at(&self, value: i64) -> f64 {
        self.from + (value as f64 - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn ticks(&self) -> impl Iterator<Item = i64> + '_ {
        let step = (self.high - self.low) / 5.0;
        let mut ticks = (0..=5).map(|k| (self.low + f64::from(k) * step).round() as i64).collect::<Vec<_>>();
        ticks.dedup();
        ticks.into_iter().filter(|&tick| (self.low..=self.high).contains(&(tick as f64)))
    }
}

/// The value by which points lie from left to right: the first level in which the efficient ones differ, or the last.
fn level_of(frontier: &Frontier) -> usize {
    let count = frontier.points.first().map_or(0, |point| point.efficiency.len());
    let differ = |&level: &usize| {
        let mut values = frontier.efficient().map(|point| point.efficiency[level]);
        values.next().is_some_and(|first| values.any(|other| other != first))
    };
    (0..count).find(differ).unwrap_or(count.saturating_sub(1))
}

/// Draws a frontier.
pub(crate) fn scatter(problem: &Problem, frontier: &Frontier, lang: Lang) -> String {
    let [left, top, right, bottom] = FRAME;
    let level = level_of(frontier);
    let efficiency = |point: &Point| point.efficiency.get(level).copied().unwrap_or(0);
    let x = Axis::new(frontier.points.iter().map(efficiency), left, right);
    let y = Axis::new(frontier.points.iter().map(|point| point.unfairness), bottom, top);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let number = level + 1;
    let across = text!(
        "level {number} of the objective without this term, less is better",
        "去掉该项后目标第 {number} 层的值，越小越好"
    );
    let title = format!("{} — {}", problem.name(), frontier.term.label().in_lang(lang));
    words(&mut svg, left, 28.0, "start", &title);
    words(&mut svg, f64::midpoint(left, right), HEIGHT - 20.0, "middle", across.in_lang(lang));
    for tick in x.ticks() {
        line(&mut svg, [x.at(tick), top, x.at(tick), bottom]);
        words(&mut svg, x.at(tick), bottom + 18.0, "middle", &tick.to_string());
    }
    for tick in y.ticks() {
        line(&mut svg, [left, y.at(tick), right, y.at(tick)]);
        words(&mut svg, left - 8.0, y.at(tick) + 4.0, "end", &tick.to_string());
    }
    let at = |point: &Point| (x.at(efficiency(point)), y.at(point.unfairness));
    let along = frontier.efficient().map(at).map(|(x, y)| format!("{x:.1},{y:.1}"));
    let along = along.collect::<Vec<_>>().join(" ");
    let _ =
        writeln!(svg, "<polyline fill=\"none\" stroke=\"#1f6fb5\" stroke-width=\"1.5\" points=\"{along}\"/>");
    for point in frontier.points.iter().filter(|point| point.mark != Mark::Repeated) {
        let (cx, cy) = at(point);
        let fill = if point.mark == Mark::Efficient { "#1f6fb5" } else { "white" };
        let (weight, standing) = (point.weight, mark(point.mark));
        let (en, zh) = (standing.en, standing.zh);
        let title = text!("weight {weight}: {en}", "权重 {weight}：{zh}");
        let title = title.in_lang(lang);
        let _ = writeln!(
            svg,
            "<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"5\" fill=\"{fill}\" stroke=\"#1f6fb5\"><title>{title}</title></circle>"
        );
        words(&mut svg, cx + 8.0, cy - 6.0, "start", &format!("× {weight}"));
    }
    svg.push_str("</svg>\n");
    svg
}

fn line(svg: &mut String, [x1, y1, x2, y2]: [f64; 4]) {
    let _ =
        writeln!(svg, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>");
}

fn words(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = visible(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>");
}
