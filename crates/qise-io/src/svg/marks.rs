//! Dots, crosses, squares and words, as SVG.

use std::fmt::Write as _;

use super::ground::Point;
use crate::visible::visible;

/// Colours on light and on dark ground.
pub(super) const STYLE: &str = "\
text { fill: #24292f; font: 12px system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
.paper { fill: #ffffff; } .frame { fill: #f6f8fa; stroke: #d0d7de; } .box { fill: none; stroke: #57606a; }
.name { fill: #57606a; font-size: 11px; paint-order: stroke; stroke: #f6f8fa; stroke-width: 3px; }
.title { font-size: 16px; }
.route { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-opacity: 0.85; } .dot { stroke: #f6f8fa; }
.left { fill: none; stroke: #cf222e; stroke-width: 1.8; } .bar { stroke: #24292f; } .depot { fill: none; stroke: #57606a; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .paper { fill: #0d1117; } .frame { fill: #161b22; stroke: #30363d; } .box { stroke: #8b949e; }
.name { fill: #8b949e; stroke: #161b22; } .dot { stroke: #161b22; } .left { stroke: #ff7b72; } .bar { stroke: #e6edf3; }
.depot { stroke: #8b949e; } }";

/// Whether two labels (left, top, right, bottom) do not overlap.
pub(super) fn apart(a: [f64; 4], b: [f64; 4]) -> bool {
    a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1]
}

pub(super) fn dot((x, y): Point, colour: &str, title: &str) -> String {
    format!(
        "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" fill=\"{colour}\">{}</circle>",
        hover(title)
    )
}

pub(super) fn cross((x, y): Point, title: &str) -> String {
    let shape = format!("M{:.1} {:.1}l7 7m0 -7l-7 7", x - 3.5, y - 3.5);
    format!("<path class=\"left\" d=\"{shape}\">{}</path>", hover(title))
}

pub(super) fn depot(x: f64, y: f64) -> String {
    format!("<rect class=\"depot\" x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\"/>", x - 4.0, y - 4.0)
}

fn hover(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(title)) }
}

pub(super) fn words(svg: &mut String, (x, y): Point, attributes: &str, words: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" {attributes}>{}</text>", escaped(words));
}

/// Text as it may stand between tags and in attributes.
pub(super) fn escaped(words: &str) -> String {
    let words = visible(words).replace('&', "&amp;");
    words.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
