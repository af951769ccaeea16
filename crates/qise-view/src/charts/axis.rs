//! Axes of plots: from values to pixels, and round values to mark.

use maud::{Markup, html};

use crate::markup::{Px, anchored, label};

/// Values from the least to the greatest, with some room, laid along pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Axis {
    /// For these values; with 0 as its begin if `zero`.
    pub(crate) fn new(values: impl IntoIterator<Item = f64>, (start, end): (f64, f64), zero: bool) -> Self {
        let values = values.into_iter().filter(|value| value.is_finite());
        let known = values.chain(zero.then_some(0.0)).collect::<Vec<_>>();
        let low = known.iter().copied().reduce(f64::min).unwrap_or(0.0);
        let high = known.iter().copied().reduce(f64::max).unwrap_or(0.0);
        let room = if high > low { (high - low) * 0.06 } else { 0.5 };
        Self { low: if zero { low } else { low - room }, high: high + room, start, end }
    }

    /// Where a value lies.
    pub(crate) fn at(&self, value: f64) -> f64 {
        self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
    }

    /// About five round values.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let range = self.high - self.low;
        let power = 10_f64.powf((range / 4.0).log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let step = steps.into_iter().find(|step| range / step <= 6.0).unwrap_or(10.0 * power);
        let first = (self.low / step).ceil();
        let count = ((self.high / step).floor() - first).max(-1.0) as i32;
        (0..=count).map(|k| (first + f64::from(k)) * step).collect()
    }
}

/// A round value in as few digits as it needs.
fn told(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    let written = format!("{rounded}");
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
    let (whole, rest) = digits.split_once('.').map_or((digits, String::new()), |(w, r)| (w, format!(".{r}")));
    let mut grouped = String::new();
    for (number, digit) in whole.chars().enumerate() {
        if number > 0 && (whole.len() - number) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// Lines at round values, their numbers, and what the axes mean. `frame`: left, top, right, bottom.
pub(crate) fn grid(x: &Axis, y: &Axis, frame: [f64; 4], across: &str, up: &str) -> Markup {
    let [left, top, right, bottom] = frame;
    html! {
        g fill="none" stroke="currentColor" stroke-opacity="0.15" {
            @for tick in x.ticks() { path d={"M" (Px(x.at(tick))) " " (Px(top)) "V" (Px(bottom))} {} }
            @for tick in y.ticks() { path d={"M" (Px(left)) " " (Px(y.at(tick))) "H" (Px(right))} {} }
        }
        @for tick in x.ticks() { (anchored((x.at(tick), bottom + 16.0), 10.0, "middle", &told(tick))) }
        @for tick in y.ticks() { (anchored((left - 6.0, y.at(tick) + 3.5), 10.0, "end", &told(tick))) }
        (anchored((f64::midpoint(left, right), bottom + 34.0), 12.0, "middle", across))
        (label((left - 6.0, top - 10.0), 12.0, up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let axis = Axis::new([3.0, 47.0], (0.0, 100.0), false);
        assert_eq!(axis.ticks(), [10.0, 20.0, 30.0, 40.0]);
        assert_eq!(Axis::new([], (0.0, 100.0), false).ticks().len(), 5);
        assert_eq!(
            (told(1_234_567.0), told(-0.25), told(1000.0)),
            ("1,234,567".into(), "-0.25".into(), "1,000".into())
        );
    }
}
