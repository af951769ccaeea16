//! Writing SVG and HTML. Markup is made by [`maud::html!`] alone, which escapes whatever is put into it: there is no other
//! place where a name could become markup.
//!
//! Every element is written with an end of its own (`circle {}`), so that a piece of a page is well-formed XML.

use std::fmt::Write as _;

use maud::{Markup, Render, html};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::ink::PAPER_IS;

/// Fonts that have Latin and Chinese letters.
pub(crate) const FONT: &str = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// A number of pixels, with one decimal; what is no number is 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Px(pub(crate) f64);

impl Render for Px {
    fn render_to(&self, buffer: &mut String) {
        write_number(buffer, self.0, 1);
    }
}

/// A number of pixels of a map that may be enlarged a thousand times, with three decimals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fine(pub(crate) f64);

impl Render for Fine {
    fn render_to(&self, buffer: &mut String) {
        write_number(buffer, self.0, 3);
    }
}

/// Writes a number with so many decimals at most, without zeros at its end.
fn write_number(buffer: &mut String, value: f64, decimals: u32) {
    let unit = 10_u64.pow(decimals);
    let parts = if value.is_finite() { (value * unit as f64).round() as i64 } else { 0 };
    let (sign, size) = (if parts < 0 { "-" } else { "" }, parts.unsigned_abs());
    let (whole, mut rest, mut digits) = (size / unit, size % unit, decimals as usize);
    while rest > 0 && rest % 10 == 0 {
        (rest, digits) = (rest / 10, digits - 1);
    }
    // Writing to a string cannot fail.
    let _ = match rest {
        0 => write!(buffer, "{sign}{whole}"),
        _ => write!(buffer, "{sign}{whole}.{rest:0digits$}"),
    };
}

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render().0)
    }
}

/// A path that is written step by step.
#[derive(Clone, Debug)]
pub(crate) struct Path(String, u32);

impl Default for Path {
    fn default() -> Self {
        Self(String::new(), 1)
    }
}

impl Path {
    /// Goes somewhere without a line.
    pub(crate) fn to(&mut self, (x, y): (f64, f64)) -> &mut Self {
        self.step('M', x, y)
    }

    /// Draws a line to somewhere.
    pub(crate) fn line(&mut self, (x, y): (f64, f64)) -> &mut Self {
        self.step('L', x, y)
    }

    fn step(&mut self, letter: char, x: f64, y: f64) -> &mut Self {
        self.0.push(letter);
        write_number(&mut self.0, x, self.1);
        self.0.push(' ');
        write_number(&mut self.0, y, self.1);
        self
    }

    /// A path through points, open or closed.
    pub(crate) fn through(points: &[(f64, f64)], is_closed: bool) -> Self {
        Self::of(points, is_closed, 1)
    }

    /// The same on a map that may be enlarged.
    pub(crate) fn fine(points: &[(f64, f64)], is_closed: bool) -> Self {
        Self::of(points, is_closed, 3)
    }

    fn of(points: &[(f64, f64)], is_closed: bool, decimals: u32) -> Self {
        let mut path = Self(String::new(), decimals);
        for (number, &point) in points.iter().enumerate() {
            if number == 0 {
                path.to(point)
            } else {
                path.line(point)
            };
        }
        if is_closed && !points.is_empty() {
            path.0.push('z');
        }
        path
    }

    /// Adds another.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }
}

impl Render for Path {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

/// A whole picture, as wide as the page allows.
pub(crate) fn picture(class: &str, (width, height): (f64, f64), words: &str, inner: &Markup) -> Markup {
    html! {
        svg class=(class) xmlns="http://www.w3.org/2000/svg" viewBox={"0 0 " (Px(width)) " " (Px(height))}
            width="100%"
            role="img" aria-label=(words) font-family=(FONT)
            style={"max-width:" (Px(width)) "px;height:auto;display:block;color:inherit;" (PAPER_IS)} { (inner) }
    }
}

/// What is shown when the pointer rests on the element around it.
pub(crate) fn hint(words: &str) -> Markup {
    html! { title { (words) } }
}

/// A text in the colour of the page.
pub(crate) fn label((x, y): (f64, f64), size: f64, words: &str) -> Markup {
    html! { text x=(Px(x)) y=(Px(y)) font-size=(Px(size)) fill="currentColor" { (words) } }
}

/// The same, to the left of its point (`end`) or around it (`middle`).
pub(crate) fn anchored((x, y): (f64, f64), size: f64, anchor: &str, words: &str) -> Markup {
    html! {
        text x=(Px(x)) y=(Px(y)) font-size=(Px(size)) fill="currentColor" text-anchor=(anchor) { (words) }
    }
}

/// A heading within a piece of a page.
pub(crate) fn heading(words: &str) -> Markup {
    html! { div style="font-size:14px;font-weight:600;margin-top:8px" { (words) } }
}

/// A remark within a piece of a page.
pub(crate) fn note(words: &str) -> Markup {
    html! { div style="font-size:12px;opacity:.8;margin:4px 0" { (words) } }
}

/// A piece of a page, which takes the colours of letters and ground from the page around it.
pub(crate) fn piece(lang: qise::Lang, width: f64, inner: &Markup) -> String {
    let style = format!("font-family:{FONT};max-width:{width}px;line-height:1.45;color:inherit");
    html! { div lang=(tag(lang)) style=(style) { (inner) } }.0
}

/// A language as pages name it.
pub(crate) fn tag(lang: qise::Lang) -> &'static str {
    match lang {
        qise::Lang::En => "en",
        qise::Lang::Zh => "zh-CN",
    }
}

/// About how wide a text is: letters of the Han script are square.
pub(crate) fn width_of(words: &str, size: f64) -> f64 {
    let wide = words.width().saturating_sub(words.chars().count()) as f64;
    size * (words.chars().count() as f64 * 0.57 + wide * 0.43)
}

/// The text, cut with an ellipsis where there is no room for all of it; empty where there is none at all.
pub(crate) fn shortened(words: &str, size: f64, room: f64) -> String {
    if width_of(words, size) <= room {
        return words.to_owned();
    }
    let (mut kept, mut left) = (String::new(), room - size * 0.8);
    for letter in words.chars() {
        left -= size * if letter.width() == Some(2) { 1.0 } else { 0.57 };
        if left < 0.0 {
            break;
        }
        kept.push(letter);
    }
    let kept = kept.trim_end();
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_are_numbers() {
        let written = |value: f64| Px(value).render().0;
        assert_eq!(written(12.0), "12");
        assert_eq!(written(-0.04), "0");
        assert_eq!(written(-3.25), "-3.3");
        assert_eq!((Fine(1.0205).render().0, Fine(-7.1).render().0), ("1.021".into(), "-7.1".into()));
        assert_eq!(written(f64::NAN), "0");
    }

    #[test]
    fn names_cannot_become_markup() {
        let evil = "</title><script>alert(1)</script>\" onload=\"x";
        let drawn = html! { g aria-label=(evil) { (hint(evil)) } }.0;
        assert!(!drawn.contains("<script") && !drawn.contains("\" onload"), "{drawn}");
        assert_eq!(drawn.matches('<').count(), 4, "{drawn}");
    }

    #[test]
    fn a_text_is_cut_where_its_room_ends() {
        assert_eq!(shortened("萨日娜", 10.0, 30.0), "萨日娜");
        assert_eq!(shortened("萨日娜", 10.0, 29.0), "萨日…");
        assert_eq!(shortened("巴图", 10.0, 8.0), "");
        assert!(width_of("abc", 10.0) < width_of("巴图图", 10.0));
    }
}
