//! One panel of the map.

use std::collections::HashMap;

use maud::{Markup, Render, html};
use qise::text;

use super::ground::{Extent, Ground, near};
use super::labels::{Labels, Look};
use super::marks;
use crate::ink::PAPER;
use crate::markup::{Fine, Path, Px, anchored, hint, label, shortened, width_of};
use crate::scene::{Mark, Person, Point, Route, Scene, Spot, What};

/// So many bases and depots are named.
const MOST_LABELS: usize = 18;
/// So few needs have their names beside them.
const MOST_NAMED: usize = 24;
/// So wide is the name of a base or a need at most, in pixels.
const NAME: f64 = 130.0;
const GOLDEN_ANGLE: f64 = 2.399_963;
/// So many needs at one door are moved apart.
const MOST_AT_DOOR: u32 = 100;

/// What of the scene a panel shows.
#[derive(Clone, Copy)]
pub(super) struct Shows<'s> {
    pub(super) scene: &'s Scene,
    /// Longitudes are drawn within 180° of this.
    pub(super) meridian: f64,
    /// What lies in one of these is left to another panel, except for the ways.
    pub(super) hidden: &'s [Extent],
    /// Whether marks say what a filter goes by.
    pub(super) live: bool,
    /// Size of a dot.
    pub(super) dot: f64,
}

/// Where a need is drawn, and by how much it is moved from there.
struct Apart {
    at: (f64, f64),
    style: Option<String>,
}

/// A panel, and what it keeps in mind while it is drawn.
pub(super) struct Panel<'s> {
    shows: Shows<'s>,
    ground: Ground,
    /// How many needs are at a door.
    at_door: HashMap<(i64, i64), u32>,
    dots: Vec<(f64, f64)>,
    names: Vec<((f64, f64), &'s str)>,
}

impl<'s> Panel<'s> {
    pub(super) fn new(shows: Shows<'s>, ground: Ground) -> Self {
        Self { shows, ground, at_door: HashMap::new(), dots: Vec::new(), names: Vec::new() }
    }

    /// The panel with its left top corner at a point, and the extents of other panels in it, with their names.
    pub(super) fn draw(mut self, (x, y): (f64, f64), heading: &str, others: &[(Extent, String)]) -> Markup {
        let scene = self.shows.scene;
        let (width, height) = (self.ground.width, self.ground.height);
        let routes = scene.routes().map(|(person, route)| self.route(person, route)).collect::<Vec<_>>();
        let elsewhere = scene.elsewhere.iter().chain(&scene.outsourced).map(|spot| self.dot(spot, 0.45));
        let elsewhere = elsewhere.collect::<Vec<_>>();
        let left = scene.left.iter().map(|left| self.cross(&left.spot)).collect::<Vec<_>>();
        let idle = scene.idle.iter().map(|person| self.idle(person)).collect::<Vec<_>>();
        let bases =
            scene.bases.iter().filter_map(|mark| Some(marks::base(self.pixel(mark.at)?, &mark.about)));
        let depots =
            scene.depots.iter().filter_map(|mark| Some(marks::depot(self.pixel(mark.at)?, &mark.about)));
        let (bases, depots) = (bases.collect::<Vec<_>>(), depots.collect::<Vec<_>>());
        let class = if self.shows.live { "qise-panel" } else { "qise-still" };
        let frame = |strength: &str, fill: &str| {
            html! {
                rect x="0.5" y="0.5" width=(Px(width - 1.0)) height=(Px(height - 1.0)) rx="6" fill=(fill)
                    fill-opacity="0.03"
                    stroke="currentColor" stroke-opacity=(strength) pointer-events="none" {}
            }
        };
        html! {
            svg class=(class) x=(Px(x)) y=(Px(y)) width=(Px(width)) height=(Px(height))
                viewBox={"0 0 " (Px(width)) " " (Px(height))} overflow="hidden"
                    style={"--r:" (Px(self.shows.dot)) "px"} {
                (frame("0", "currentColor"))
                (self.areas())
                g style={"stroke:" (PAPER)} stroke-width="0.9" {
                    @for mark in routes.iter().chain(&elsewhere) { (mark) }
                }
                @for mark in idle.iter().chain(&bases).chain(&depots).chain(&left) { (mark) }
                (self.named(heading, others))
                (frame("0.3", "none"))
            }
        }
    }

    fn at(&self, point: Point) -> (f64, f64) {
        self.ground.pixel(near(point, self.shows.meridian))
    }

    /// Where a point is drawn; nothing where it is not shown, or left to another panel.
    fn pixel(&self, point: Point) -> Option<(f64, f64)> {
        let point = near(point, self.shows.meridian);
        let is_hidden = self.shows.hidden.iter().any(|extent| extent.holds(point));
        (self.ground.shows(point) && !is_hidden).then(|| self.ground.pixel(point))
    }

    /// The same of a need; needs at one door are moved apart by a few pixels. In a panel that can be enlarged these stay
    /// pixels, and only what is at the very same place is moved.
    fn apart(&mut self, spot: &'s Spot) -> Option<Apart> {
        let (x, y) = self.pixel(spot.at?)?;
        let (dot, live) = (self.shows.dot, self.shows.live);
        let width = if live { 0.02 } else { dot };
        let door = ((x / width).round() as i64, (y / width).round() as i64);
        let count = self.at_door.entry(door).or_default();
        // A crowd is no larger than a town.
        let number = f64::from(*count % MOST_AT_DOOR);
        *count += 1;
        let (turn, away) = (number * GOLDEN_ANGLE, dot * 1.7 * number.sqrt());
        let (dx, dy) = (away * turn.cos(), away * turn.sin());
        let at = (x + dx, y + dy);
        self.dots.push(at);
        self.names.push((at, &spot.name));
        let moved = live && number > 0.0;
        let style =
            moved.then(|| format!("translate:calc({}px*var(--k)) calc({}px*var(--k))", Px(dx), Px(dy)));
        Some(Apart { at: if live { (x, y) } else { at }, style })
    }

    /// A number of pixels: fine where the panel can be enlarged.
    fn number(&self, value: f64) -> Markup {
        if self.shows.live { Fine(value).render() } else { Px(value).render() }
    }

    fn areas(&self) -> Markup {
        let outlines = self.shows.scene.areas.iter().map(|(name, outline)| {
            let corners = outline.iter().map(|&corner| self.at(corner)).collect::<Vec<_>>();
            (name, Path::through(&corners, true))
        });
        html! {
            @for (name, outline) in outlines {
                path class="qise-a" d=(outline) fill="currentColor" fill-opacity="0.03" stroke="currentColor"
                    stroke-opacity="0.22" stroke-dasharray="5 3" { (hint(name)) }
            }
        }
    }

    /// A route: its way, where it starts, and the needs that it serves. All of it is one, so that a pointer on any part
    /// of it means the whole.
    fn route(&mut self, person: &'s Person, route: &'s Route) -> Markup {
        let way = route.way.iter().map(|&point| self.at(point)).collect::<Vec<_>>();
        let inside = |&(x, y): &(f64, f64)| {
            (0.0..=self.ground.width).contains(&x) && (0.0..=self.ground.height).contains(&y)
        };
        let crosses = way.windows(2).any(|leg| {
            // Not surely outside: both ends beyond one edge.
            let beyond = |pick: fn(&(f64, f64)) -> f64, most: f64| {
                leg.iter().all(|at| pick(at) < 0.0) || leg.iter().all(|at| pick(at) > most)
            };
            !beyond(|at| at.0, self.ground.width) && !beyond(|at| at.1, self.ground.height)
        });
        if !crosses && !way.iter().any(inside) {
            return Markup::default();
        }
        let visits = route.stops.iter().filter_map(|stop| match &stop.what {
            What::Visit(visit) => Some(&visit.spot),
            What::Call { .. } => None,
        });
        let dots = visits.enumerate().map(|(number, spot)| self.served(spot, number)).collect::<Vec<_>>();
        let begin = route.begin.and_then(|begin| self.pixel(begin));
        self.dots.extend(begin);
        let (live, colour) = (self.shows.live, person.colour);
        let who = &person.name;
        let start = text!("start of {who}", "{who} 出发点").in_lang(self.shows.scene.lang).to_owned();
        let line = if live { Path::fine(&way, false) } else { Path::through(&way, false) };
        html! {
            g class="qise-r" data-r=[live.then_some(route.number)] data-t=[team(live, person)]
                data-d=[live.then(|| route.out.from.day())] {
                @if way.len() >= 2 {
                    path class="qise-w" d=(line) fill="none" stroke=(colour) stroke-width="1.5"
                        stroke-opacity="0.75" stroke-linejoin="round" style=(colour.line()) { @if !live { (hint(&route.about)) } }
                    @for leg in way.windows(2) { (marks::arrow(leg[0], leg[1], colour)) }
                }
                @if let Some((x, y)) = begin {
                    circle class="qise-h" cx=(self.number(x)) cy=(self.number(y)) r="2.6" stroke=(colour)
                        stroke-width="1.3"
                        style={"fill:" (PAPER) ";" (colour.line())} { @if !live { (hint(&start)) } }
                }
                @for dot in &dots { (dot) }
            }
        }
    }

    /// A need that is served, on its route. On a page with a script the hint stands in the timeline alone, from where
    /// the number of the visit finds it: of thousands of needs it would be half of the page.
    fn served(&mut self, spot: &'s Spot, number: usize) -> Markup {
        if !self.shows.live {
            return self.dot(spot, 1.0);
        }
        let Some(Apart { at: (x, y), style }) = self.apart(spot) else { return Markup::default() };
        let (category, area) = tags(true, spot);
        html! {
            circle class="qise-n" cx=(self.number(x)) cy=(self.number(y)) r=(Px(self.shows.dot)) fill=(spot.colour)
                data-c=[category] data-a=[area] data-n=(number) style=[style] {}
        }
    }

    fn dot(&mut self, spot: &'s Spot, strength: f64) -> Markup {
        let Some(Apart { at: (x, y), style }) = self.apart(spot) else { return Markup::default() };
        let (category, area) = tags(self.shows.live, spot);
        let opacity = (strength < 1.0).then_some(strength);
        html! {
            circle class="qise-n" cx=(self.number(x)) cy=(self.number(y)) r=(Px(self.shows.dot)) fill=(spot.colour)
                fill-opacity=[opacity] data-c=[category] data-a=[area] style=[style] { (hint(&spot.about)) }
        }
    }

    fn cross(&mut self, spot: &'s Spot) -> Markup {
        let Some(Apart { at: (x, y), style }) = self.apart(spot) else { return Markup::default() };
        let (category, area) = tags(self.shows.live, spot);
        html! {
            g class="qise-u" transform={"translate(" (self.number(x)) " " (self.number(y)) ")"}
                data-c=[category] data-a=[area] style=[style] {
                (marks::cross(self.shows.dot + 0.6, spot.colour, &hint(&spot.about)))
            }
        }
    }

    fn idle(&mut self, person: &'s Person) -> Markup {
        let Some(at) = person.home.and_then(|home| self.pixel(home)) else { return Markup::default() };
        let who = &person.name;
        let words = text!("{who}: on duty, no visit", "{who}：在岗，无任务");
        let words = [words.in_lang(self.shows.scene.lang), &person.team_name].join("\n");
        marks::idle(at, person.colour, team(self.shows.live, person), words.trim_end())
    }

    /// The extents of other panels, the scale, and all names.
    fn named(&self, heading: &str, others: &[(Extent, String)]) -> Markup {
        let scene = self.shows.scene;
        let (width, height) = (self.ground.width, self.ground.height);
        let mut labels = Labels::new(width, height, &self.dots);
        let (length, bar) = self.ground.bar();
        labels.reserve([0.0, height - 30.0, length + 24.0, height]);
        if !heading.is_empty() {
            labels.reserve([0.0, 0.0, 18.0 + width_of(heading, 13.5), 26.0]);
        }
        let frames = others.iter().map(|(extent, name)| (self.frame(extent), name)).collect::<Vec<_>>();
        for ([left, top, side], _) in &frames {
            labels.reserve([*left, *top, left + side, top + side]);
        }
        let plain = Look { size: 11.0, away: 7.0, weight: 400, opacity: 1.0, class: "" };
        let mut names = Vec::new();
        for ([left, top, side], name) in &frames {
            let look = Look { size: 12.0, away: side / 2.0 + 2.0, weight: 700, opacity: 1.0, class: "" };
            names.push(labels.place((left + side / 2.0, top + side / 2.0), name, look));
        }
        let marked = scene.bases.iter().chain(&scene.depots);
        let seen = marked.filter_map(|Mark { at, name, .. }| Some((self.pixel(*at)?, name)));
        names.extend(
            seen.take(MOST_LABELS).map(|(at, name)| labels.place(at, &shortened(name, 11.0, NAME), plain)),
        );
        if self.names.len() <= MOST_NAMED {
            let look = Look { size: 10.0, opacity: 0.75, class: " qise-name", ..plain };
            names.extend(
                self.names.iter().map(|(at, name)| labels.place(*at, &shortened(name, 10.0, NAME), look)),
            );
        }
        for (name, outline) in &scene.areas {
            let count = outline.len().max(1) as f64;
            let corners = outline.iter().map(|&corner| self.at(corner));
            let middle = corners.fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x / count, sum.1 + y / count));
            names.push(labels.place(middle, name, Look { size: 12.0, away: 0.0, opacity: 0.5, ..plain }));
        }
        html! {
            @for ([left, top, side], _) in &frames {
                rect class="qise-f" x=(Px(*left)) y=(Px(*top)) width=(Px(*side)) height=(Px(*side)) rx="2"
                    fill="currentColor"
                    fill-opacity="0.12" stroke="currentColor" stroke-width="1.5" pointer-events="none" {}
            }
            g class="qise-l"
                style={"paint-order:stroke;stroke:" (PAPER) ";stroke-width:3px;stroke-linejoin:round"}
                pointer-events="none" {
                @for name in &names { (name) }
            }
            g class="qise-s"
                style={"paint-order:stroke;stroke:" (PAPER) ";stroke-width:3px;stroke-linejoin:round"}
                pointer-events="none" {
                @if !heading.is_empty() { g font-weight="bold" { (label((10.0, 18.0), 13.0, heading)) } }
                (anchored((10.0 + length / 2.0, height - 16.0), 10.5, "middle", &bar))
            }
            path class="qise-s" d={"M10 " (Px(height - 16.0)) "v5h" (Px(length)) "v-5"} fill="none"
                stroke="currentColor"
                stroke-width="1.3" {}
        }
    }

    /// A town that has a panel of its own: left, top and side of its frame.
    fn frame(&self, extent: &Extent) -> [f64; 3] {
        let (left, top) = self.ground.pixel((extent.west, extent.north));
        let (right, bottom) = self.ground.pixel((extent.east, extent.south));
        let side = (right - left).max(bottom - top).max(9.0) + 3.0;
        [f64::midpoint(left, right) - side / 2.0, f64::midpoint(top, bottom) - side / 2.0, side]
    }
}

/// What a filter by category and area goes by.
fn tags(live: bool, spot: &Spot) -> (Option<String>, Option<String>) {
    let number = |tag: Option<usize>| live.then(|| tag.map_or_else(String::new, |tag| tag.to_string()));
    (number(spot.tags.category), number(spot.tags.area))
}

/// What a filter by team goes by.
fn team(live: bool, person: &Person) -> Option<String> {
    live.then(|| person.team.map_or_else(String::new, |team| team.to_string()))
}
