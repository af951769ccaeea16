//! Looks everything up.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use qise::explain::Reason;
use qise::improve::Outcome;
use qise::model::{AreaId, CategoryId, Need, NeedId, PlaceId, TeamId, Unit, VolunteerId};
use qise::plan::{self, Plan, RouteStarts, Step};
use qise::{Lang, Problem, text};
use qise_io::Scenario;
use qise_io::text::name;

use super::about::About;
use super::{Left, Limits, Mark, Person, Point, Route, Scene, Span, Spot, Stop, Tags, Visit, What};
use crate::ink::{Colour, PLAIN};

/// What there is to draw of a plan. What the plan names and the scenario does not have is passed over; names must be
/// [`qise_io::visible`]. Reasons stand in the order of the plan's unserved needs.
pub(crate) fn gather(
    scenario: &Scenario,
    plan: &Plan,
    (reasons, remedies): (&[Reason], &[Outcome]),
    limits: Limits,
    lang: Lang,
) -> Scene {
    let about = About { scenario, lang };
    let gatherer =
        Gatherer { problem: &scenario.problem, about, starts: RouteStarts::of(&scenario.problem, plan) };
    let mut scene = gatherer.land();
    gatherer.people(&mut scene, plan, limits);
    gatherer.left(&mut scene, plan, reasons, remedies, limits);
    scene
}

struct Gatherer<'p> {
    problem: &'p Problem,
    about: About<'p>,
    starts: RouteStarts<'p>,
}

impl Gatherer<'_> {
    fn at(&self, place: PlaceId) -> Option<Point> {
        self.problem.place(place).at.map(|at| (at.lon(), at.lat()))
    }

    /// The name of a place; that of its area where it has none.
    fn place_name(&self, place: PlaceId) -> String {
        let area = || {
            let area = &self.problem.areas()[self.problem.area_of(place)?.index()];
            Some(name(area.name.as_ref(), &area.key).to_owned())
        };
        self.problem.place(place).name.clone().or_else(area).unwrap_or_default()
    }

    fn colour(&self, category: Option<CategoryId>) -> Colour {
        category.map_or(PLAIN, |id| Colour::of(&self.problem.categories()[id.index()].colour))
    }

    fn team_name(&self, team: TeamId) -> &str {
        let team = &self.problem.teams()[team.index()];
        name(team.name.as_ref(), &team.key)
    }

    /// What there is without a plan: areas, places, bases, depots, categories.
    fn land(&self) -> Scene {
        let problem = self.problem;
        let lang = self.about.lang;
        let mut residents = BTreeMap::<PlaceId, u64>::new();
        for people in problem.population() {
            *residents.entry(people.place).or_default() += u64::from(people.residents);
        }
        let places = (0..problem.places().len()).map(PlaceId::new).filter_map(|id| {
            let name = problem.place(id).name.clone()?;
            Some((self.at(id)?, name, residents.get(&id).copied().unwrap_or(0)))
        });
        let areas = problem.areas().iter().filter(|area| !area.outline.is_empty()).map(|area| {
            let outline = area.outline.iter().map(|at| (at.lon(), at.lat())).collect();
            (name(area.name.as_ref(), &area.key).to_owned(), outline)
        });
        let depots = problem.depots().iter().filter_map(|depot| {
            let name = name(depot.name.as_ref(), &depot.key);
            let about = text!("{name} · depot", "{name} · 仓储点").in_lang(lang).to_owned();
            Some(Mark { at: self.at(depot.place)?, name: name.to_owned(), about })
        });
        let asked = problem.needs().iter().filter_map(|need| need.category).collect::<BTreeSet<_>>();
        let legend = asked.into_iter().map(|id| {
            let name = problem.categories()[id.index()].name.in_lang(lang).to_owned();
            (self.colour(Some(id)), id.index(), name)
        });
        Scene {
            lang,
            name: problem.name().to_owned(),
            people: Vec::new(),
            idle: Vec::new(),
            all_idle: 0,
            routes: (0, 0),
            elsewhere: Vec::new(),
            outsourced: Vec::new(),
            left: Vec::new(),
            all_left: 0,
            asked: problem.asked(),
            bases: self.bases(),
            depots: depots.collect(),
            areas: areas.collect(),
            places: places.collect(),
            legend: legend.collect(),
        }
    }

    /// Bases, each with the teams that have it, those of most teams first.
    fn bases(&self) -> Vec<Mark> {
        let mut teams = BTreeMap::<PlaceId, Vec<&str>>::new();
        for (t, team) in self.problem.teams().iter().enumerate() {
            if let Some(base) = team.base {
                teams.entry(base).or_default().push(self.team_name(TeamId::new(t)));
            }
        }
        let mut bases = teams.into_iter().collect::<Vec<_>>();
        bases.sort_by_key(|(place, teams)| (Reverse(teams.len()), *place));
        let marks = bases.into_iter().filter_map(|(base, teams)| {
            let (first, more) = (teams[0], teams.len() - 1);
            let name = if more > 0 { format!("{first} +{more}") } else { first.to_owned() };
            let (all, place) = (teams.join(", "), self.place_name(base));
            let words = text!("base of {all}", "{all} 驻地").in_lang(self.about.lang).to_owned();
            let about = if place.is_empty() { words } else { format!("{place}\n{words}") };
            Some(Mark { at: self.at(base)?, name, about })
        });
        marks.collect()
    }

    /// Who goes out, and who is on duty and does not.
    fn people(&self, scene: &mut Scene, plan: &Plan, limits: Limits) {
        let mut outings = BTreeMap::<VolunteerId, Vec<Route>>::new();
        let mut busy = BTreeSet::new();
        for (number, route) in plan.routes.iter().enumerate() {
            let unit = |id: qise::model::UnitId| self.problem.units().get(id.index());
            let Some(lead) = unit(route.unit) else { continue };
            scene.routes.0 += 1;
            let company = route.company.iter().filter_map(|&id| unit(id)).map(|unit| unit.volunteer);
            let company = company.collect::<Vec<_>>();
            busy.insert(lead.volunteer);
            busy.extend(&company);
            if scene.routes.1 == limits.routes {
                let needs = route.visits.iter().filter(|visit| visit.stop == 0);
                let known = needs.filter_map(|visit| self.spot(visit.need, 0, ""));
                let room = limits.needs.saturating_sub(scene.elsewhere.len());
                scene.elsewhere.extend(known.take(room));
                continue;
            }
            scene.routes.1 += 1;
            let drawn = self.route(number, route, lead);
            for who in company {
                let followed = Route { follows: true, ..drawn.clone() };
                outings.entry(who).or_default().push(followed);
            }
            outings.entry(lead.volunteer).or_default().push(drawn);
        }
        scene.people = outings.into_iter().map(|(who, routes)| self.person(who, routes)).collect();
        scene.people.sort_by_key(|person| (person.team.is_none(), person.team, person.who));
        let idle = self.problem.volunteer_ids().filter(|who| !busy.contains(who));
        let idle = idle.filter(|&who| !self.problem.volunteer(who).shifts.is_empty()).collect::<Vec<_>>();
        scene.all_idle = idle.len();
        scene.idle = idle.into_iter().take(limits.idle).map(|who| self.person(who, Vec::new())).collect();
        scene.idle.sort_by_key(|person| (person.team.is_none(), person.team, person.who));
    }

    fn person(&self, who: VolunteerId, mut routes: Vec<Route>) -> Person {
        let volunteer = self.problem.volunteer(who);
        let category = volunteer.teams.iter().find_map(|team| self.problem.teams()[team.index()].category);
        let team = volunteer.teams.first();
        routes.sort_by_key(|route| route.out.from);
        Person {
            who,
            name: name(volunteer.name.as_ref(), &volunteer.key).to_owned(),
            team: team.map(|team| team.index()),
            team_name: team.map_or_else(String::new, |&team| self.team_name(team).to_owned()),
            colour: self.colour(category),
            home: self.at(volunteer.home),
            shifts: volunteer.shifts.iter().map(|shift| self.about.span(shift.start, shift.end)).collect(),
            routes,
        }
    }

    fn route(&self, number: usize, route: &plan::Route, unit: &Unit) -> Route {
        let volunteer = self.problem.volunteer(unit.volunteer);
        let who = name(volunteer.name.as_ref(), &volunteer.key);
        let places = self.starts.places(route);
        let travel = self.problem.travel();
        let legs = || places.windows(2).map(|leg| (leg[0], leg[1]));
        let metres = legs().map(|(a, b)| travel.metres(unit.mode, a, b).0).sum::<i64>();
        let seconds = legs().map(|(a, b)| travel.seconds(unit.mode, a, b).0).sum::<i64>();
        let begin = self.starts.unit(route.unit).map_or(unit.from, |unit| unit.from);
        let vehicle = unit.vehicle.map_or("", |vehicle| {
            let vehicle = self.problem.vehicle(vehicle);
            name(vehicle.name.as_ref(), &vehicle.key)
        });
        let team = volunteer.teams.first().map_or("", |&team| self.team_name(team));
        let company = route.company.iter().filter_map(|other| {
            let other = self.problem.units().get(other.index())?;
            let other = self.problem.volunteer(other.volunteer);
            Some(name(other.name.as_ref(), &other.key))
        });
        let party = std::iter::once(who).chain(company).collect::<Vec<_>>().join(", ");
        let out = self.about.span(route.departure, route.finish);
        Route {
            number,
            follows: false,
            begin: self.at(begin),
            way: places.iter().filter_map(|&place| self.at(place)).collect(),
            out,
            stops: self.stops(route, unit, begin, &party),
            breaks: route.breaks.iter().map(|rest| self.about.span(rest.start, rest.end())).collect(),
            metres,
            travel: seconds,
            about: self.about.route(&[&party, team, vehicle], out, metres, seconds),
        }
    }

    /// The stops of a route, each with the way there: as late as it can be left for.
    fn stops(&self, route: &plan::Route, unit: &Unit, begin: PlaceId, who: &str) -> Vec<Stop> {
        let mut here = begin;
        let mut stops = Vec::with_capacity(route.visits.len() + route.calls.len());
        for step in route.steps() {
            let Some((place, what)) = self.what(step, who) else { continue };
            let travel = self.problem.travel().seconds(unit.mode, here, place).0;
            let arrival = self.about.span(step.arrival(), step.arrival()).from;
            let mut left = arrival.0.saturating_sub(travel);
            // The way pauses for breaks.
            for rest in route.breaks.iter().rev() {
                let rest = self.about.span(rest.start, rest.end());
                if rest.from < arrival && rest.to.0 > left {
                    left = left.saturating_sub(rest.to.0 - rest.from.0);
                }
            }
            let way = Span { from: super::Local(left), to: arrival };
            stops.push(Stop { what, way, done: self.about.span(step.start(), step.end()) });
            here = place;
        }
        stops
    }

    fn what(&self, step: Step<'_>, who: &str) -> Option<(PlaceId, What)> {
        match step {
            Step::Visit(_, visit) => {
                let need = self.problem.needs().get(visit.need.index())?;
                let stop = need.stops.get(usize::from(visit.stop))?;
                let late = late(need, visit);
                let fate = self.about.served(who, self.about.span(visit.start, visit.end), late);
                let spot = self.spot(visit.need, usize::from(visit.stop), &fate)?;
                let holds = |w: &&qise::model::Window| w.from <= visit.start && visit.start <= w.to;
                let window = stop.windows.iter().find(holds).or(stop.windows.first());
                let window = window.map(|window| self.about.span(window.from, window.to));
                Some((stop.place, What::Visit(Visit { spot, window, late })))
            }
            Step::Call(_, call) => {
                let depot = self.problem.depots().get(call.depot.index())?;
                let name = name(depot.name.as_ref(), &depot.key).to_owned();
                let done = self.about.span(call.start, call.end);
                let about = self.about.call(&name, done, &call.takes, &call.gives);
                Some((depot.place, What::Call { name, about }))
            }
        }
    }

    /// A need at one of its stops.
    fn spot(&self, id: NeedId, stop: usize, fate: &str) -> Option<Spot> {
        let need = self.problem.needs().get(id.index())?;
        let there = need.stops.get(stop)?;
        Some(Spot {
            need: id,
            name: name(need.name.as_ref(), &need.key).to_owned(),
            colour: self.colour(need.category),
            at: self.at(there.place),
            place: self.place_name(there.place),
            about: self.about.need(need, &there.windows, fate),
            tags: Tags {
                category: need.category.map(CategoryId::index),
                area: self.problem.area_of(there.place).map(AreaId::index),
            },
        })
    }

    /// Needs that nobody serves, the most important first, and those that are handed to others.
    fn left(&self, scene: &mut Scene, plan: &Plan, reasons: &[Reason], remedies: &[Outcome], limits: Limits) {
        let lang = self.about.lang;
        let known = |need: &&NeedId| need.index() < self.problem.needs().len();
        let mut left = plan.unserved.iter().filter(known).copied().enumerate().collect::<Vec<_>>();
        scene.all_left = left.len();
        left.sort_by_key(|&(_, id)| {
            let need = self.problem.need(id);
            Reverse((need.mandatory, need.priority))
        });
        let told = left.into_iter().take(limits.needs).filter_map(|(number, id)| {
            let reason = self.about.reason(reasons.get(number));
            let mut fate = text!("not served", "未满足").in_lang(lang).to_owned();
            if !reason.is_empty() {
                fate = format!("{fate} · {reason}");
            }
            Some(Left {
                spot: self.spot(id, 0, &fate)?,
                reason,
                remedies: self.about.remedies(id, remedies),
                rank: self.about.rank(self.problem.need(id)),
            })
        });
        scene.left = told.collect();
        let words = text!("handed to others", "交由他人办理");
        let handed = plan.outsourced.iter().filter_map(|&id| self.spot(id, 0, words.in_lang(lang)));
        scene.outsourced = handed.take(limits.needs).collect();
    }
}

/// By how many seconds a visit misses its promise.
fn late(need: &Need, visit: &plan::Visit) -> i64 {
    let Some(promise) = need.promise else { return 0 };
    let is_last = usize::from(visit.stop) + 1 == need.stops.len();
    let start = promise.start_by.filter(|_| visit.stop == 0).map(|by| visit.start.0.saturating_sub(by.0));
    let finish = promise.finish_by.filter(|_| is_last).map(|by| visit.end.0.saturating_sub(by.0));
    start.into_iter().chain(finish).max().unwrap_or(0).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { routes: 9, needs: 9, idle: 9 };

    /// Two people of one team, of whom one goes out, for one of three needs.
    fn scene(limits: Limits) -> Scene {
        let scenario = qise_io::read_scenario(
            br#"{"format": "qise/scenario", "version": 1, "name": "n", "datum": "WGS-84", "time_zone": "Asia/Shanghai",
            "places": [{"id": "p", "name": "P", "lon": 105.6, "lat": 38.8}],
            "teams": [{"id": "t", "name": "T", "base": "p"}, {"id": "u", "name": "U", "base": "p"}],
            "volunteers": [{"id": "v", "home": "p", "teams": ["t"], "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]},
                           {"id": "w", "home": "p", "teams": ["t"], "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
            "needs": [{"id": "a", "at": "p", "service": 60, "promise": {"start_by": "2026-11-24T09:00"},
                       "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T10:00"}]},
                      {"id": "b", "at": "p", "service": 60, "priority": 2, "windows": [{"from": "2026-11-25T09:00", "to": "2026-11-25T10:00"}]},
                      {"id": "c", "at": "p", "service": 60, "priority": 7, "windows": [{"from": "2026-11-25T09:00", "to": "2026-11-25T10:00"}]}]}"#,
        );
        let scenario = scenario.unwrap_or_else(|faults| panic!("{faults}"));
        let plan = br#"{"format": "qise/plan", "version": 1, "unserved": [{"need": "b"}, {"need": "c"}],
            "routes": [{"volunteer": "v", "visits": [{"need": "a", "start": "2026-11-24T09:30:00+08:00"}]}]}"#;
        let read = qise_io::read_plan(&scenario.problem, &scenario.zone, plan);
        let plan = read.unwrap_or_else(|faults| panic!("{faults}")).plan;
        gather(&scenario, &plan, (&[], &[]), limits, Lang::En)
    }

    #[test]
    fn who_goes_out_who_is_idle_and_what_is_left() {
        let scene = scene(LIMITS);
        let names = |people: &[Person]| people.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        assert_eq!((names(&scene.people), names(&scene.idle)), (vec!["v".to_owned()], vec!["w".to_owned()]));
        assert_eq!(
            scene.left.iter().map(|left| left.rank.as_str()).collect::<Vec<_>>(),
            ["priority 7", "priority 2"]
        );
        let late = scene.people[0].visits().map(|(_, visit)| visit.late).collect::<Vec<_>>();
        assert_eq!((late, scene.drawn()), (vec![1800], 3));
        assert_eq!((scene.bases.len(), scene.bases[0].name.as_str()), (1, "T +1"));
        assert_eq!(scene.bases[0].about, "P\nbase of T, U");
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        let scene = scene(Limits { routes: 0, needs: 1, idle: 0 });
        assert_eq!((scene.routes, scene.all_idle, scene.idle.len()), ((1, 0), 1, 0));
        assert_eq!((scene.elsewhere.len(), scene.all_left, scene.left.len()), (1, 2, 1));
    }
}
