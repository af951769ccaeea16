//! Plans as pictures: SVG that can be read on light and on dark ground, with the whole land and its most crowded town.
//!
//! Lines run straight from stop to stop, not along roads. A line has the colour of its team's category, a dot that of its need's.

mod ground;
mod marks;

use std::fmt::Write as _;

use qise::model::{CategoryId, NeedId, PlaceId};
use qise::plan::{Plan, Route, RouteStarts};
use qise::{Lang, Problem, text};
use unicode_width::UnicodeWidthStr;

use ground::{Extent, Ground, Point, near};
use marks::{STYLE, apart, cross, depot, dot, escaped, words};

/// Width of the picture and height of its panels, in pixels.
const WIDTH: f64 = 960.0;
const PANEL: f64 = 440.0;
const GAP: f64 = 12.0;
/// Where panels begin, below the title.
const TOP: f64 = 40.0;
/// Height of a line of the legend.
const LINE: f64 = 22.0;
/// The colour of what belongs to no category: grey.
const PLAIN: &str = "#808080";
/// A town gets a panel of its own where at least one in so many needs lies in it, and no fewer than [`LEAST_CROWD`].
const CROWD: usize = 8;
const LEAST_CROWD: usize = 8;
/// So many places are named in a panel.
const NAMES: usize = 14;

/// A plan as an SVG document: a line for each route, a dot for each visit, a cross for each need that nobody serves, a square for
/// each depot, with a title, a scale and a legend. What has no coordinates is not drawn.
pub fn plan(problem: &Problem, plan: &Plan, lang: Lang) -> String {
    let drawing = Drawing::new(problem, plan, lang);
    let all = drawing.points();
    let extent = Extent::around(&all);
    let legend = drawing.legend();
    let height = TOP + PANEL + GAP + legend.1;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n<style>\n{STYLE}\n</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    drawing.title(&mut svg);
    if let Some(extent) = extent {
        let half = (WIDTH - GAP) / 2.0;
        let needs = drawing.needs();
        let least = (needs.len() / CROWD).max(LEAST_CROWD);
        match Ground::new(&extent, half, PANEL).crowd(&needs, least) {
            Some(town) => {
                drawing.panel(&mut svg, 0.0, &Ground::new(&extent, half, PANEL), Some(&town));
                drawing.panel(&mut svg, half + GAP, &Ground::new(&town, half, PANEL), None);
            }
            None => drawing.panel(&mut svg, 0.0, &Ground::new(&extent, WIDTH, PANEL), None),
        }
    }
    svg.push_str(&legend.0);
    svg.push_str("</svg>\n");
    svg
}

struct Drawing<'p> {
    problem: &'p Problem,
    plan: &'p Plan,
    starts: RouteStarts<'p>,
    lang: Lang,
    /// Longitudes are drawn within 180° of this.
    meridian: f64,
}

impl<'p> Drawing<'p> {
    fn new(problem: &'p Problem, plan: &'p Plan, lang: Lang) -> Self {
        let meridian =
            problem.places().iter().find_map(|place| place.at).map_or(0.0, qise::model::LatLon::lon);
        Self { problem, plan, starts: RouteStarts::of(problem, plan), lang, meridian }
    }

    fn at(&self, place: PlaceId) -> Option<Point> {
        self.problem.place(place).at.map(|at| (near(at.lon(), self.meridian), at.lat()))
    }

    fn colour(&self, category: Option<CategoryId>) -> String {
        escaped(category.map_or(PLAIN, |category| &self.problem.categories()[category.index()].colour))
    }

    /// The category of the first team of a route's person that has one.
    fn team(&self, route: &Route) -> Option<CategoryId> {
        let unit = self.problem.units().get(route.unit.index())?;
        let teams = &self.problem.volunteer(unit.volunteer).teams;
        teams.iter().find_map(|team| self.problem.teams()[team.index()].category)
    }

    fn way(&self, route: &Route) -> Vec<Point> {
        self.starts.places(route).into_iter().filter_map(|place| self.at(place)).collect()
    }

    /// Where each visit is made, with its need.
    fn visits(&self) -> impl Iterator<Item = (Point, NeedId)> + '_ {
        self.plan.routes.iter().flat_map(|route| &route.visits).filter_map(|visit| {
            let need = self.problem.needs().get(visit.need.index())?;
            let stop = need.stops.get(usize::from(visit.stop))?;
            Some((self.at(stop.place)?, visit.need))
        })
    }

    /// Where the needs are that nobody serves.
    fn unserved(&self) -> impl Iterator<Item = (Point, NeedId)> + '_ {
        let known = self.plan.unserved.iter().filter(|need| need.index() < self.problem.needs().len());
        known.filter_map(|&need| Some((self.at(self.problem.need_place(need))?, need)))
    }

    fn depots(&self) -> impl Iterator<Item = Point> + '_ {
        self.problem.depots().iter().filter_map(|depot| self.at(depot.place))
    }

    /// Where needs are, served or not.
    fn needs(&self) -> Vec<Point> {
        self.visits().chain(self.unserved()).map(|(at, _)| at).collect()
    }

    /// Everything that is drawn.
    fn points(&self) -> Vec<Point> {
        let ways = self.plan.routes.iter().flat_map(|route| self.way(route));
        ways.chain(self.needs()).chain(self.depots()).collect()
    }

    fn title(&self, svg: &mut String) {
        let (served, needs, routes) = (self.plan.served(), self.problem.asked(), self.plan.routes.len());
        let told = text!(
            "needs served: {served} / {needs} · routes: {routes}",
            "满足需求 {served} / {needs} 项 · 路线 {routes} 条"
        );
        let name = self.problem.name();
        words(svg, (0.0, 24.0), "class=\"title\"", &format!("{name} — {}", told.in_lang(self.lang)));
    }

    /// One panel; with a town, what lies there is left to the panel of its own.
    fn panel(&self, svg: &mut String, left: f64, ground: &Ground, town: Option<&Extent>) {
        let (width, height) = (ground.width, ground.height);
        let shown = |point: Point| ground.shows(point) && !town.is_some_and(|town| town.holds(point));
        let _ = writeln!(
            svg,
            "<svg x=\"{left}\" y=\"{TOP}\" width=\"{width}\" height=\"{height}\">\n\
             <rect class=\"frame\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
            width - 1.0,
            height - 1.0
        );
        for route in &self.plan.routes {
            let points = self.way(route).into_iter().map(|at| ground.pixel(at));
            let points = points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
            let colour = self.colour(self.team(route));
            let _ = writeln!(svg, "<polyline class=\"route\" stroke=\"{colour}\" points=\"{points}\"/>");
        }
        for (x, y) in self.depots().filter(|&at| shown(at)).map(|at| ground.pixel(at)) {
            let _ = writeln!(svg, "{}", depot(x, y));
        }
        for (at, need) in self.visits().filter(|&(at, _)| shown(at)) {
            let colour = self.colour(self.problem.need(need).category);
            let _ = writeln!(svg, "{}", dot(ground.pixel(at), &colour, &self.name(need)));
        }
        for (at, need) in self.unserved().filter(|&(at, _)| shown(at)) {
            let _ = writeln!(svg, "{}", cross(ground.pixel(at), &self.name(need)));
        }
        if let Some(town) = town {
            let ((x, y), (right, bottom)) =
                (ground.pixel((town.west, town.north)), ground.pixel((town.east, town.south)));
            let (x, y, right, bottom) = (x - 6.0, y - 6.0, right + 6.0, bottom + 6.0);
            let (width, height) = (right - x, bottom - y);
            let _ = writeln!(
                svg,
                "<rect class=\"box\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
            );
            words(svg, (right + 4.0, bottom), "class=\"name\"", "▸");
        }
        self.names(svg, ground, town);
        let (length, metres) = ground.bar();
        let (from, y) = (14.0, height - 14.0);
        let to = from + length;
        let _ = writeln!(svg, "<path class=\"bar\" d=\"M{from} {y}H{to:.1}\"/>");
        let told = if metres >= 1000 { format!("{} km", metres / 1000) } else { format!("{metres} m") };
        words(svg, (to + 6.0, y + 4.0), "class=\"name\"", &told);
        svg.push_str("</svg>\n");
    }

    /// Names of places, those with most residents first, where there is room for them.
    fn names(&self, svg: &mut String, ground: &Ground, town: Option<&Extent>) {
        let mut residents = vec![0_u64; self.problem.places().len()];
        for people in self.problem.population() {
            residents[people.place.index()] += u64::from(people.residents);
        }
        let mut places = (0..residents.len()).map(PlaceId::new).collect::<Vec<_>>();
        places.sort_by_key(|place| std::cmp::Reverse(residents[place.index()]));
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut told: Vec<&str> = Vec::new();
        for place in places {
            let (Some(name), Some(at)) = (self.problem.place(place).name.as_deref(), self.at(place)) else {
                continue;
            };
            let (x, y) = ground.pixel(at);
            // In the town's own panel the name of the whole town would say nothing.
            let inside = town.is_none_or(|town| !town.holds(at)) || taken.is_empty();
            let label = [x + 5.0, y - 9.0, x + 9.0 + 5.6 * name.width() as f64, y + 5.0];
            let fits =
                label[0] > 0.0 && label[1] > 0.0 && label[2] < ground.width && label[3] < ground.height;
            let free = taken.iter().all(|other| apart(label, *other));
            if taken.len() < NAMES && inside && fits && free && !told.contains(&name) {
                words(svg, (x + 7.0, y + 3.0), "class=\"name\"", name);
                taken.push(label);
                told.push(name);
            }
        }
    }

    /// What the lines, dots and crosses mean, and how high that is.
    fn legend(&self) -> (String, f64) {
        let mut entries = Vec::new();
        for (c, category) in self.problem.categories().iter().enumerate() {
            let id = CategoryId::new(c);
            let routes = self.plan.routes.iter().filter(|route| self.team(route) == Some(id)).count();
            let is_used =
                routes > 0 || self.visits().any(|(_, need)| self.problem.need(need).category == Some(id));
            if is_used {
                let colour = self.colour(Some(id));
                let sample = format!(
                    "<path class=\"route\" stroke=\"{colour}\" d=\"M-8 -4H8\"/>{}",
                    dot((0.0, -4.0), &colour, "")
                );
                entries.push((sample, category.name.in_lang(self.lang).to_owned()));
            }
        }
        let told = text!("not served", "未满足");
        entries.push((cross((0.0, -4.0), ""), told.in_lang(self.lang).to_owned()));
        if !self.problem.depots().is_empty() {
            entries.push((depot(0.0, -4.0), text!("depot", "仓储点").in_lang(self.lang).to_owned()));
        }
        let told = text!("lines: routes, straight from stop to stop", "线条为路线，各站之间以直线相连");
        entries.push((String::new(), told.in_lang(self.lang).to_owned()));
        let (mut svg, mut x, mut y) = (String::new(), 0.0, TOP + PANEL + LINE);
        for (sample, told) in entries {
            let width = 28.0 + 6.6 * told.width() as f64 + 14.0;
            if x + width > WIDTH {
                (x, y) = (0.0, y + LINE);
            }
            let _ = writeln!(svg, "<g transform=\"translate({:.1} {y})\">{sample}</g>", x + 10.0);
            words(&mut svg, (x + 24.0, y), "", &told);
            x += width;
        }
        (svg, y - TOP - PANEL)
    }

    /// What a pointer resting on a need shows.
    fn name(&self, need: NeedId) -> String {
        let need = self.problem.need(need);
        need.name.as_ref().map_or_else(|| need.key.clone(), |name| format!("{name} ({})", need.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_picture() {
        let document = r#"{"format": "qise/scenario", "version": 1, "name": "a < b & \"c\"", "datum": "WGS-84", "time_zone": "Asia/Shanghai",
            "places": [{"id": "p", "name": "<script>", "lon": 105.6, "lat": 38.8}],
            "volunteers": [{"id": "v", "home": "p", "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
            "needs": [{"id": "near", "name": "</title>\u001b", "at": "p", "service": 60, "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T10:00"}]},
                      {"id": "late", "at": "p", "service": 60, "windows": [{"from": "2026-11-25T09:00", "to": "2026-11-25T10:00"}]}]}"#;
        let scenario = crate::read_scenario(document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
        let plan = br#"{"format": "qise/plan", "version": 1, "routes": [{"volunteer": "v", "visits": [{"need": "near"}]}], "unserved": [{"need": "late"}]}"#;
        let plan = crate::read_plan(&scenario.problem, &scenario.zone, plan)
            .unwrap_or_else(|faults| panic!("{faults}"));
        let drawn = super::plan(&scenario.problem, &plan.plan, Lang::En);
        assert!(drawn.contains("a &lt; b &amp; &quot;c&quot; — needs served: 1 / 2 · routes: 1"), "{drawn}");
        assert!(
            drawn.contains("&lt;script&gt;") && drawn.contains("&lt;/title&gt;\\u{1b} (near)"),
            "{drawn}"
        );
        // A dot for what is served; a cross for what is not, and one in the legend.
        assert_eq!(
            (drawn.matches("<circle").count(), drawn.matches("class=\"left\"").count()),
            (1, 2),
            "{drawn}"
        );
        assert_eq!(drawn.matches('<').count(), drawn.matches('>').count());
    }
}
