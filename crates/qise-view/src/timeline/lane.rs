//! What one person does on one day: shift, ways, services with the windows in which they may start, calls, breaks.

use std::collections::BTreeMap;

use maud::{Markup, html};
use qise::{Lang, text};

use super::hours::Hours;
use crate::ink::{PAPER, RED};
use crate::markup::{Path, Px, anchored, hint, shortened, width_of};
use crate::scene::{Person, Route, Span, Stop, Visit, What};

/// Height of a service.
const BLOCK: f64 = 14.0;
/// Size of the letters on it.
const LETTERS: f64 = 9.5;
/// So few letters of a name say nothing.
const LEAST: usize = 3;
/// So many days of one person are drawn.
const MOST_DAYS: usize = 31;

/// One person's day.
#[derive(Debug)]
pub(crate) struct Lane<'s> {
    /// Which day, as days since 1970-01-01.
    pub(crate) day: i64,
    shifts: Vec<Span>,
    routes: Vec<&'s Route>,
}

/// The days of a person.
#[derive(Debug)]
pub(crate) struct Days<'s> {
    /// Those on which they go out.
    pub(crate) out: Vec<Lane<'s>>,
    /// Their shifts on other days.
    pub(crate) free: Vec<Span>,
}

impl Days<'_> {
    /// How high they are, where a day on which somebody goes out is so high.
    pub(crate) fn height(&self, lane: f64) -> f64 {
        self.out.len() as f64 * lane + if self.free.is_empty() { 0.0 } else { super::IDLE }
    }
}

/// The days of a person on which they go out, and the shifts of the others.
pub(crate) fn days(person: &Person) -> Days<'_> {
    let mut out = BTreeMap::<i64, Lane<'_>>::new();
    for route in &person.routes {
        let day = route.out.from.day();
        let fresh = || Lane { day, shifts: Vec::new(), routes: Vec::new() };
        out.entry(day).or_insert_with(fresh).routes.push(route);
    }
    let mut free = Vec::new();
    for &shift in &person.shifts {
        // A shift may begin before midnight, and its route after it.
        let overlaps = |route: &&Route| shift.from <= route.out.from && route.out.from <= shift.to;
        let holds = |lane: &&Lane<'_>| lane.routes.iter().any(overlaps);
        let day = out.values().find(holds).map_or(shift.from.day(), |lane| lane.day);
        match out.get_mut(&day) {
            Some(lane) => lane.shifts.push(shift),
            None => free.push(shift),
        }
    }
    Days { out: out.into_values().take(MOST_DAYS).collect(), free }
}

/// Shifts in which somebody has nothing to do, over each other.
pub(crate) fn idle(hours: &Hours, shifts: &[Span], height: f64, lang: Lang) -> Markup {
    // So many shifts over each other are no darker than a few.
    let strength = (0.25 / shifts.len().max(1) as f64).min(0.09);
    let words = |shift: &Span| span(shift, &text!("shift", "班次"), lang);
    html! {
        g fill="currentColor" fill-opacity=(format!("{strength:.3}")) {
            @for shift in shifts.iter().take(MOST_DAYS) {
                (hours.bar(shift.from.day(), *shift, (2.0, height - 4.0), &hint(&words(shift))))
            }
        }
    }
}

/// Draws lanes of one height.
pub(crate) struct Drawer<'s> {
    pub(crate) hours: &'s Hours,
    pub(crate) height: f64,
    pub(crate) lang: Lang,
    /// Whether marks say what a filter goes by.
    pub(crate) live: bool,
}

impl Drawer<'_> {
    /// The lane, from its top at 0.
    pub(crate) fn draw(&self, person: &Person, lane: &Lane<'_>) -> Markup {
        let shift = |shift: &Span| hint(&span(shift, &text!("shift", "班次"), self.lang));
        html! {
            g fill="currentColor" fill-opacity="0.07" {
                @for one in &lane.shifts {
                    (self.hours.bar(lane.day, *one, (2.0, self.height - 4.0), &if self.live { Markup::default() } else { shift(one) }))
                }
            }
            @for route in &lane.routes { (self.route(person, lane.day, route)) }
        }
    }

    fn middle(&self) -> f64 {
        self.height / 2.0 - 1.5
    }

    fn route(&self, person: &Person, day: i64, route: &Route) -> Markup {
        let mut ways = Path::default();
        let y = self.middle();
        let last = route.stops.last().map_or(route.out.from, |stop| stop.done.to);
        let back = Span { from: last, to: route.out.to };
        for way in route.stops.iter().map(|stop| stop.way).chain([back]) {
            ways.to((self.hours.x(day, way.from), y)).line((self.hours.x(day, way.to), y));
        }
        let colour = person.colour;
        let after = |number: usize| {
            let next =
                route.stops.get(number + 1).map_or(f64::INFINITY, |stop| self.hours.x(day, stop.done.from));
            let rests = route.breaks.iter().map(|rest| self.hours.x(day, rest.from));
            rests.filter(|&x| x > self.hours.x(day, route.stops[number].done.from)).fold(next, f64::min)
        };
        html! {
            g class="qise-r" data-r=[self.live.then_some(route.number)] style={"stroke:" (PAPER)} stroke-width="0" {
                path d=(ways) fill="none" stroke-width="2.2" stroke=(colour) style=(colour.line())
                    data-about=[self.live.then_some(&route.about)] { @if !self.live { (hint(&route.about)) } }
                @for rest in &route.breaks { (self.rest(day, *rest)) }
                @for (number, stop) in route.stops.iter().enumerate() {
                    @match &stop.what {
                        What::Visit(visit) => (self.visit(day, stop, visit, after(number))),
                        What::Call { about, .. } => (self.call(day, stop, about)),
                    }
                }
            }
        }
    }

    /// A service, the window in which it may start beneath it, and its name on it, or beside it where there is room.
    fn visit(&self, day: i64, stop: &Stop, visit: &Visit, next: f64) -> Markup {
        let y = self.middle();
        let (begin, end) = (self.hours.x(day, stop.done.from), self.hours.x(day, stop.done.to));
        let end = end.max(begin + 1.5);
        let spot = &visit.spot;
        let name = spot.name.as_str();
        let on = shortened(name, LETTERS, end - begin - 5.0);
        let beside = shortened(name, LETTERS, (next.min(self.hours.end() + 18.0) - end).min(190.0) - 8.0);
        let says = |words: &str| words.chars().count() >= LEAST.min(name.chars().count());
        // On it if all of it is, beside it if that tells more.
        let is_beside = on != name && width_of(&beside, LETTERS) > width_of(&on, LETTERS) + 6.0;
        let (late, about) = (visit.late > 0, self.live.then_some(&spot.about));
        let number =
            |tag: Option<usize>| self.live.then(|| tag.map_or_else(String::new, |tag| tag.to_string()));
        html! {
            g class="qise-v" data-c=[number(spot.tags.category)] data-a=[number(spot.tags.area)] {
                rect x=(Px(begin)) y=(Px(y - BLOCK / 2.0)) width=(Px(end - begin)) height=(Px(BLOCK)) rx="2"
                    fill=(spot.colour)
                    stroke-width=(if late { "1.8" } else { "0.8" }) style=[late.then(|| format!("stroke:{RED}"))]
                    data-about=[about] { @if !self.live { (hint(&spot.about)) } }
                @if let Some(window) = visit.window { (self.window(day, window, visit)) }
                @if is_beside && says(&beside) {
                    text x=(Px(end + 4.0)) y=(Px(y + 3.5)) font-size=(Px(LETTERS)) fill="currentColor"
                        pointer-events="none"
                        style="paint-order:stroke" stroke-width="3" { (beside) }
                } @else if !is_beside && says(&on) {
                    text x=(Px(begin + 3.0)) y=(Px(y + 3.5)) font-size=(Px(LETTERS)) fill=(spot.colour.ink())
                        pointer-events="none" { (on) }
                }
            }
        }
    }

    fn window(&self, day: i64, window: Span, visit: &Visit) -> Markup {
        let (begin, end) = (self.hours.x(day, window.from), self.hours.x(day, window.to));
        let y = self.height - 4.0;
        let path = format!("M{} {}v3m0 -1.5H{}m0 -1.5v3", Px(begin), Px(y - 1.5), Px(end.max(begin + 1.0)));
        let colour = visit.spot.colour;
        html! {
            path d=(path) fill="none" stroke=(colour) stroke-opacity="0.8" stroke-width="1" {}
        }
    }

    fn call(&self, day: i64, stop: &Stop, about: &str) -> Markup {
        let bar =
            self.hours.bar(day, stop.done, (self.middle() - BLOCK / 2.0 + 1.0, BLOCK - 2.0), &hint(about));
        html! { g style={"fill:" (PAPER) ";stroke:currentColor"} stroke-width="1.5" { (bar) } }
    }

    fn rest(&self, day: i64, rest: Span) -> Markup {
        let words = text!("break", "休息");
        let told = hint(&span(&rest, &words, self.lang));
        let y = self.middle();
        let bar = self.hours.bar(day, rest, (y - BLOCK / 2.0 + 1.0, BLOCK - 2.0), &told);
        let (begin, end) = (self.hours.x(day, rest.from), self.hours.x(day, rest.to));
        let words = words.in_lang(self.lang);
        html! {
            g style={"fill:" (PAPER) ";stroke:currentColor"} stroke-width="1" stroke-opacity="0.55"
                stroke-dasharray="2.5 2" { (bar) }
            @if width_of(words, 9.0) <= end - begin - 4.0 {
                g fill-opacity="0.7" { (anchored((f64::midpoint(begin, end), y + 3.2), 9.0, "middle", words)) }
            }
        }
    }
}

fn span(span: &Span, words: &qise::Text, lang: Lang) -> String {
    format!("{} {}–{}", words.in_lang(lang), span.from.clock(), span.to.clock())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ink::Colour;
    use crate::scene::Local;

    #[test]
    fn days_without_a_route_share_a_line() {
        let hour = |day: i64, hour: i64| Local(day * 86_400 + hour * 3600);
        let span = |day: i64, from: i64, to: i64| Span { from: hour(day, from), to: hour(day, to) };
        let route = |out| Route {
            number: 0,
            follows: false,
            begin: None,
            way: Vec::new(),
            out,
            stops: Vec::new(),
            breaks: Vec::new(),
            metres: 0,
            travel: 0,
            about: String::new(),
        };
        let person = Person {
            who: qise::model::VolunteerId(0),
            name: "v".into(),
            team: None,
            team_name: String::new(),
            colour: Colour::of(""),
            home: None,
            // The second begins before midnight, and its route after it.
            shifts: vec![span(1, 8, 12), span(1, 22, 30), span(3, 8, 12), span(4, 8, 12)],
            routes: vec![route(span(1, 9, 10)), route(span(2, 1, 2)), route(span(2, 3, 4))],
        };
        let days = days(&person);
        let lanes = days.out.iter().map(|lane| (lane.day, lane.shifts.len(), lane.routes.len()));
        assert_eq!(lanes.collect::<Vec<_>>(), [(1, 1, 1), (2, 1, 2)]);
        assert_eq!(days.free.len(), 2);
    }
}
