//! From an instance to a problem.

use std::collections::BTreeMap;

use qise::model::{
    Code, Dimension, DimensionId, Fault, Held, Load, Need, Objective, Place, PlaceId, Profile, ProfileId,
    Quality, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, Stop, Term, Terms, Time, TravelMatrix,
    TravelRule, UnitId, Volunteer, Weighted, Window,
};
use qise::plan::{Plan, Visit};
use qise::{Faults, Problem, ProblemData, text};

use super::benchmark::Counting;
use super::convention::Aim;
use super::routing::{Goal, Routing, Site, Vehicle};
use super::{Benchmark, Convention, solution};

/// The most sites of which a table of travel is made.
const MOST_SITES: usize = 8192;

/// A vehicle routing instance whose problem is built.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub(super) instance: Routing,
    convention: Convention,
    /// The sites of each need, one a stop.
    sites: Vec<Vec<usize>>,
    scale: f64,
}

impl Routing {
    /// Makes a problem of the instance.
    ///
    /// # Errors
    /// What the engine cannot take: numbers out of its range, too many sites.
    pub(super) fn benchmark(self, name: &str, convention: Convention) -> Result<Benchmark, Faults> {
        let scale = 10_f64.powi(convention.decimals(self.decimals) as i32);
        let mut data = ProblemData::new(name);
        data.places = self.sites.iter().map(place).collect();
        let rule = TravelRule::Matrix(self.table(convention, scale)?);
        data.profiles = vec![Profile { key: "vehicle".into(), name: None, rule }];
        if self.vehicles.iter().any(|vehicle| vehicle.capacity.is_some()) {
            data.dimensions = vec![Dimension { key: "load".into(), name: None }];
        }
        let classes = self.classes();
        data.skills = (0..classes.len())
            .map(|class| Skill {
                key: format!("class {class}"),
                name: None,
                kind: SkillKind::Skill,
                levels: 1,
            })
            .collect();
        let sites = self.orders();
        data.needs = sites.iter().map(|sites| self.need(sites, scale)).collect();
        data.volunteers = (0..self.vehicles.len()).map(|vehicle| self.volunteer(vehicle, scale)).collect();
        for (class, (vehicles, members)) in classes.iter().enumerate() {
            let what = SkillLevel { skill: SkillId::new(class), level: 1 };
            for &vehicle in vehicles {
                data.volunteers[vehicle].holds.push(Held { what, expires: None });
            }
            for &need in members {
                data.needs[need].roles[0].requires.all = vec![Quality::Skill(what)];
            }
        }
        data.objective = self.objective(convention);
        let problem = Problem::new(data)?;
        Ok(Benchmark { problem, counting: Box::new(Built { instance: self, convention, sites, scale }) })
    }

    /// Needs that not every vehicle may serve, by the vehicles that may: each such set of vehicles is one skill.
    fn classes(&self) -> BTreeMap<Vec<usize>, Vec<usize>> {
        let mut classes: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        if self.vehicles.iter().any(|vehicle| vehicle.serves.is_some()) {
            for (need, site) in self.customers().enumerate() {
                let may = |v: &usize| self.vehicles[*v].serves.as_ref().is_none_or(|serves| serves[site]);
                let vehicles = (0..self.vehicles.len()).filter(may).collect::<Vec<_>>();
                if vehicles.len() < self.vehicles.len() {
                    classes.entry(vehicles).or_default().push(need);
                }
            }
        }
        classes
    }

    fn table(&self, convention: Convention, scale: f64) -> Result<TravelMatrix, Faults> {
        let count = self.sites.len();
        let fault = |code, found: String, expected| Faults(vec![Fault::new("$", code, found, expected)]);
        if count > MOST_SITES {
            let expected = text!("at most {MOST_SITES} sites", "最多 {MOST_SITES} 个地点");
            return Err(fault(Code::TooMany, count.to_string(), expected));
        }
        let mut table = Vec::with_capacity(count * count);
        for from in 0..count {
            for to in 0..count {
                let away = if from == to { 0.0 } else { self.distance(from, to) };
                let whole = convention.distance(away, scale).max(0);
                let entry = u32::try_from(whole).ok().filter(|&entry| entry != TravelMatrix::NO_WAY);
                table.push(entry.ok_or_else(|| {
                    let expected =
                        text!("distances that fit 32 bits when scaled", "换算后不超过 32 位整数的距离");
                    fault(Code::OutOfRange, away.to_string(), expected)
                })?);
            }
        }
        let places = (0..count).map(PlaceId::new).collect();
        Ok(TravelMatrix { places, seconds: table.clone(), metres: table })
    }

    fn need(&self, sites: &[usize], scale: f64) -> Need {
        let time = |time| Convention::time(time, scale);
        let stops = sites.iter().map(|&site| {
            let Site { window, service, .. } = self.sites[site];
            let window = Window { from: Time(time(window.0)), to: Time(time(window.1)) };
            Stop { place: PlaceId::new(site), windows: vec![window], service: Seconds(time(service)) }
        });
        let stops = stops.collect::<Vec<_>>();
        let given = &self.sites[sites[0]];
        let first = &stops[0];
        let mut need = Need::new(given.id.to_string(), first.place, first.windows[0], first.service);
        need.stops = stops;
        if self.vehicles.iter().any(|vehicle| vehicle.capacity.is_some()) {
            need.roles[0].load = vec![Load { dimension: DimensionId(0), amount: given.demand }];
        }
        match self.goal {
            Goal::Distance => need.mandatory = true,
            // A lost prize counts as much as a distance of so many units.
            Goal::DistanceAndPrizes => need.priority = (given.prize as f64 * scale) as u32,
            Goal::Prizes => need.priority = given.prize as u32,
        }
        need
    }

    fn volunteer(&self, number: usize, scale: f64) -> Volunteer {
        let given = &self.vehicles[number];
        let time = |time| Convention::time(time, scale);
        let depot = self.depots[given.depot];
        let mut volunteer = Volunteer::new((number + 1).to_string(), PlaceId::new(depot), ProfileId(0));
        let (from, to) = self.sites[depot].window;
        volunteer.shifts = vec![Shift::new(Time(time(from)), Time(time(to)), 0)];
        volunteer.per_day.work = given.duration.map(|longest| Seconds(time(longest)));
        volunteer.capacity =
            given.capacity.map(|amount| Load { dimension: DimensionId(0), amount }).into_iter().collect();
        volunteer
    }

    fn objective(&self, convention: Convention) -> Objective {
        match self.goal {
            Goal::Distance if convention.aim == Aim::VehiclesFirst => {
                Objective::ordered(&[Term::UnservedMandatory, Term::People, Term::Distance])
            }
            Goal::Distance => Objective::ordered(&[Term::UnservedMandatory, Term::Distance]),
            Goal::DistanceAndPrizes => {
                let terms = [Term::Distance, Term::UnservedPriority];
                Objective { levels: vec![terms.map(|term| Weighted { term, weight: 1 }).into()] }
            }
            Goal::Prizes => Objective::ordered(&[Term::UnservedPriority, Term::TravelTime]),
        }
    }
}

fn place(site: &Site) -> Place {
    Place { key: site.id.to_string(), name: None, at: None, area: None, setup: Seconds::ZERO }
}

impl Counting for Built {
    fn value(&self, terms: &Terms) -> f64 {
        let missed = terms.get(Term::UnservedPriority);
        match self.instance.goal {
            Goal::Distance => terms.get(Term::Distance) as f64 / self.scale,
            Goal::DistanceAndPrizes => (terms.get(Term::Distance) + missed) as f64 / self.scale,
            Goal::Prizes => (self.instance.sites.iter().map(|site| site.prize).sum::<i64>() - missed) as f64,
        }
    }

    fn exact_value(&self, problem: &Problem, plan: &Plan, terms: &Terms) -> f64 {
        if !self.convention.is_double() || self.instance.goal != Goal::Distance {
            return self.value(terms);
        }
        let mut sum = 0.0;
        for route in plan.routes.iter().filter(|route| !route.visits.is_empty()) {
            let depot = self.instance.depots[self.vehicle(problem, route.unit).depot];
            let mut here = depot;
            for visit in &route.visits {
                let next = self.sites[visit.need.index()][usize::from(visit.stop)];
                sum += self.instance.distance(here, next);
                here = next;
            }
            sum += self.instance.distance(here, depot);
        }
        sum
    }

    fn decimals(&self) -> usize {
        match (self.instance.goal, self.convention.is_double()) {
            (Goal::Prizes, _) => 0,
            (_, true) => 4,
            (_, false) => self.convention.decimals(self.instance.decimals) as usize,
        }
    }

    fn solution(&self, problem: &Problem, plan: &Plan) -> serde_json::Value {
        solution::written(self, problem, plan)
    }
}

impl Built {
    /// The vehicle of a unit: every volunteer has one shift.
    pub(super) fn vehicle(&self, problem: &Problem, unit: UnitId) -> &Vehicle {
        &self.instance.vehicles[problem.unit(unit).volunteer.index()]
    }

    /// The number in solutions of the customer who is visited.
    pub(super) fn customer(&self, visit: &Visit) -> i64 {
        self.instance.sites[self.sites[visit.need.index()][usize::from(visit.stop)]].id
    }
}
