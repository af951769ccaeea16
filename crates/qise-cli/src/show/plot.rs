//! Curves over time as a picture: SVG, with time on a logarithmic axis.

use std::fmt::Write as _;

use qise_io::visible::visible;

/// The values of one run over time, in order.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) name: String,
    pub(crate) points: Vec<Point>,
}

/// The best value at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) seconds: f64,
    pub(crate) value: f64,
    /// By how many percent it is worse than the best known value, where one is known.
    pub(crate) gap: Option<f64>,
}

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
/// The frame: left, top, right, bottom.
const FRAME: [f64; 4] = [70.0, 44.0, 680.0, 470.0];
/// Nothing earlier is drawn: a tenth of the first hundredth of a second is all the same.
const EARLIEST: f64 = 0.01;
const COLOURS: [&str; 10] = [
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22",
    "#17becf",
];
/// So many names fit beside the frame.
const NAMES: usize = 24;

/// The axes of a picture.
struct Axes {
    latest: f64,
    lowest: f64,
    highest: f64,
}

impl Axes {
    fn x(&self, seconds: f64) -> f64 {
        let share = (seconds.max(EARLIEST) / EARLIEST).ln() / (self.latest / EARLIEST).ln();
        FRAME[0] + share * (FRAME[2] - FRAME[0])
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.lowest) / (self.highest - self.lowest);
        FRAME[3] - share.min(1.0) * (FRAME[3] - FRAME[1])
    }
}

/// Draws curves of gaps where every point has one, else of values.
pub(crate) fn plot(title: &str, curves: &[Curve]) -> String {
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let as_gaps = points().all(|point| point.gap.is_some());
    let height = |point: &Point| point.gap.filter(|_| as_gaps).unwrap_or(point.value);
    let (lowest, highest) = points()
        .map(height)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    let latest = points().map(|point| point.seconds).fold(10.0 * EARLIEST, f64::max);
    let lowest = if as_gaps { lowest.min(0.0) } else { lowest };
    let highest = if as_gaps { highest.min(tallest_gap(curves)) } else { highest };
    let axes = Axes { latest, lowest, highest: highest.max(lowest + 1e-9) };

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let label = if as_gaps { "gap to the best known value (%)" } else { "value" };
    words(&mut svg, FRAME[0], 26.0, "start", &format!("{title} — {label}"));
    words(&mut svg, f64::midpoint(FRAME[0], FRAME[2]), HEIGHT - 12.0, "middle", "seconds");
    grid(&mut svg, &axes);
    for (c, curve) in curves.iter().enumerate() {
        let colour = COLOURS[c % COLOURS.len()];
        let mut line = String::new();
        let mut before: Option<f64> = None;
        for point in &curve.points {
            // The best value stays as it is until it improves: steps, not slopes.
            let (x, y) = (axes.x(point.seconds), axes.y(height(point)));
            if let Some(before) = before {
                let _ = write!(line, "{x:.1},{before:.1} ");
            }
            let _ = write!(line, "{x:.1},{y:.1} ");
            before = Some(y);
        }
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\"{}\"/>",
            line.trim_end()
        );
        if c < NAMES {
            let y = FRAME[1] + 12.0 + 17.0 * c as f64;
            let _ = writeln!(
                svg,
                "<rect x=\"692\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>",
                y - 9.0
            );
            words(&mut svg, 708.0, y, "start", &curve.name);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Gaps above this are drawn at the top of the frame: the first plans are so far off that beside them the last ones would all
/// look alike.
fn tallest_gap(curves: &[Curve]) -> f64 {
    let ends = curves.iter().filter_map(|curve| curve.points.last()?.gap);
    10.0 * ends.fold(0.5, f64::max)
}

/// The frame, with a line for each power of ten and for five heights.
fn grid(svg: &mut String, axes: &Axes) {
    let [left, top, right, bottom] = FRAME;
    let mut line = |x1: f64, y1: f64, x2: f64, y2: f64| {
        let _ = writeln!(
            svg,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>"
        );
    };
    let powers = (-2..10).map(|power| 10_f64.powi(power)).filter(|&seconds| seconds <= axes.latest * 1.001);
    let powers = powers.collect::<Vec<_>>();
    let heights = (0..=5).map(|part| axes.lowest + f64::from(part) / 5.0 * (axes.highest - axes.lowest));
    let heights = heights.collect::<Vec<_>>();
    for &seconds in &powers {
        line(axes.x(seconds), top, axes.x(seconds), bottom);
    }
    for &height in &heights {
        line(left, axes.y(height), right, axes.y(height));
    }
    for seconds in powers {
        words(svg, axes.x(seconds), bottom + 18.0, "middle", &seconds.to_string());
    }
    for height in heights {
        words(svg, left - 8.0, axes.y(height) + 4.0, "end", &format!("{height:.4}"));
    }
}

fn words(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = visible(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_steps_within_the_frame() {
        let point = |seconds, value| Point { seconds, value, gap: None };
        let points = vec![point(0.0, 9.0), point(1.0, 5.0), point(1.0, 5.0), point(10.0, 5.0)];
        let curve = Curve { name: "a<b".into(), points };
        let svg = plot("t & u", &[curve]);
        assert!(svg.contains("t &amp; u — value") && svg.contains("a&lt;b"));
        let at = svg.find("points=\"").map(|at| at + 8).expect("a curve");
        let line = &svg[at..at + svg[at..].find('"').expect("an end")];
        assert!(line.starts_with("70.0,44.0 ") && line.ends_with("680.0,470.0"), "{line}");
    }

    #[test]
    fn wild_beginnings_are_cut() {
        let point = |seconds, gap| Point { seconds, value: gap, gap: Some(gap) };
        let curve = Curve { name: "x".into(), points: vec![point(0.01, 400.0), point(1.0, 1.0)] };
        let svg = plot("gaps", &[curve]);
        assert!(svg.contains("points=\"70.0,44.0 680.0,44.0 680.0,427.4\""), "{svg}");
        assert!(svg.contains(">10.0000</text>"));
    }

    #[test]
    fn a_single_point_is_drawn_too() {
        let points = vec![Point { seconds: 0.5, value: 1.0, gap: Some(0.0) }];
        let svg = plot("one", &[Curve { name: "x".into(), points }]);
        assert!(svg.contains("gap to the best known value") && !svg.contains("NaN") && !svg.contains("inf"));
    }
}
