//! Hours from left to right.

use maud::{Markup, html};

use crate::markup::{Path, Px, anchored};
use crate::scene::{Person, Scene, Span};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// So many full hours are marked at most.
const MARKS: i64 = 16;
/// Plans that break rules may name any time: no axis goes farther than this from the day of a route.
const EARLIEST: i64 = -12 * HOUR;
const LATEST: i64 = 8 * 24 * HOUR;

/// The hours of a day, or of a few, laid along pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hours {
    /// Seconds after midnight.
    first: i64,
    last: i64,
    left: f64,
    right: f64,
}

impl Hours {
    /// All hours in which somebody of the scene does something.
    pub(crate) fn of(scene: &Scene, left: f64, right: f64) -> Self {
        let routes = scene.people.iter().flat_map(|person| &person.routes).flat_map(|route| {
            let midnight = route.out.from.day() * DAY;
            let done = route.stops.iter().map(|stop| stop.done);
            let spans = std::iter::once(route.out).chain(done);
            spans.flat_map(move |span| [span.from.0 - midnight, span.to.0 - midnight])
        });
        let of_shift = |span: &Span| {
            let midnight = span.from.day() * DAY;
            [span.from.0 - midnight, span.to.0 - midnight]
        };
        let shifts = scene.idle.iter().flat_map(|person: &Person| &person.shifts).flat_map(of_shift);
        let (mut first, mut last) = (LATEST, EARLIEST);
        for moment in routes.chain(shifts) {
            let moment = moment.clamp(EARLIEST, LATEST);
            first = first.min(moment.div_euclid(HOUR) * HOUR);
            last = last.max((moment + HOUR - 1).div_euclid(HOUR) * HOUR);
        }
        let first = if first > last { 8 * HOUR } else { first };
        Self { first, last: last.max(first + HOUR), left, right }
    }

    /// Where a moment lies on the lane of a day, kept between the ends of the axis.
    pub(crate) fn x(&self, day: i64, moment: crate::scene::Local) -> f64 {
        let seconds = moment.0.saturating_sub(day * DAY).clamp(self.first, self.last);
        self.at(seconds)
    }

    fn at(&self, seconds: i64) -> f64 {
        self.left + (self.right - self.left) * (seconds - self.first) as f64 / (self.last - self.first) as f64
    }

    /// Full hours, not too many, and where they lie.
    fn marks(&self) -> impl Iterator<Item = (i64, f64)> + '_ {
        let hours = (self.last - self.first) / HOUR;
        let steps = [1, 2, 3, 6, 12, 24];
        let step =
            steps.into_iter().find(|step| hours / step <= MARKS).unwrap_or((hours + MARKS - 1) / MARKS);
        let first = (self.first / HOUR + step - 1).div_euclid(step) * step;
        (first..=self.last / HOUR).step_by(step as usize).map(|hour| (hour, self.at(hour * HOUR)))
    }

    /// Where the axis ends.
    pub(crate) fn end(&self) -> f64 {
        self.right
    }

    /// Where the first mark lies, and how far it is from one to the next, in pixels.
    pub(crate) fn grid(&self) -> (f64, f64) {
        let mut marks = self.marks().map(|(_, x)| x);
        let first = marks.next().unwrap_or(self.left);
        (first, marks.next().map_or(self.right - self.left, |next| next - first))
    }

    /// Lines at full hours, from one height to another.
    pub(crate) fn lines(&self, top: f64, bottom: f64) -> Markup {
        let mut lines = Path::default();
        for (_, x) in self.marks() {
            lines.to((x, top)).line((x, bottom));
        }
        html! { path d=(lines) stroke="currentColor" stroke-opacity="0.14" fill="none" {} }
    }

    /// The hours in words. Those of days after the first say so.
    pub(crate) fn names(&self, y: f64) -> Markup {
        let size = 10.5;
        html! {
            g fill-opacity="0.75" {
                @for (hour, x) in self.marks() {
                    @let later = if hour.div_euclid(24) == 0 { String::new() } else { format!(" {:+}", hour.div_euclid(24)) };
                    (anchored((x, y), size, "middle", &format!("{:02}:00{later}", hour.rem_euclid(24))))
                }
            }
        }
    }

    /// A bar over a span of time; broad enough to be seen.
    pub(crate) fn bar(&self, day: i64, span: Span, (y, height): (f64, f64), inner: &Markup) -> Markup {
        let (begin, end) = (self.x(day, span.from), self.x(day, span.to));
        let width = (end - begin).max(1.5);
        html! { rect x=(Px(begin)) y=(Px(y)) width=(Px(width)) height=(Px(height)) rx="2" { (inner) } }
    }
}
