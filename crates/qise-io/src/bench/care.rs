//! Home care with people who come together: patients who ask for one or two services, and caregivers who can give some of them.

use qise::model::{
    Code, Fault, Held, Need, Objective, Place, PlaceId, Preference, Profile, ProfileId, Promise, Quality,
    Requirement, Role, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, StartGap, Term, Terms, Time,
    TravelMatrix, TravelRule, Volunteer, VolunteerId, Weighted, Window,
};
use qise::plan::Plan;
use qise::{Faults, Problem, ProblemData, text};
use serde_json::{Value, json};

use super::benchmark::Counting;
use super::convention::Aim;
use super::{Benchmark, Convention};

/// An instance as its file states it, whatever the format. Place 0 is where all routes start and end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Care {
    /// Ways between all places, which are times as well.
    pub(super) ways: Vec<Vec<f64>>,
    pub(super) patients: Vec<Patient>,
    pub(super) caregivers: Vec<Caregiver>,
    /// Names of the services.
    pub(super) services: Vec<String>,
    /// The working day; without one it never ends, and what starts after its window closes is late instead of impossible.
    pub(super) day: Option<(f64, f64)>,
    pub(super) style: Style,
}

/// How a family writes its solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Every visit of a caregiver with its patient, service and start.
    Caregivers,
    /// Numbers of visits, and their starts apart.
    Numbers,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Patient {
    pub(super) id: String,
    pub(super) place: usize,
    pub(super) window: (f64, f64),
    pub(super) visits: Vec<Asked>,
    /// The least and the most between the starts of two visits.
    pub(super) gap: (f64, f64),
}

/// One visit that a patient asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// Its name in solutions.
    pub(super) id: String,
    /// The service; anybody can give it when missing.
    pub(super) service: Option<usize>,
    pub(super) duration: f64,
    /// What each caregiver would rather not; nobody minds when empty.
    pub(super) dislikes: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Caregiver {
    pub(super) id: String,
    /// The services that this one can give.
    pub(super) gives: Vec<usize>,
}

impl Asked {
    /// How much it is disliked by whom likes it best.
    fn least(&self) -> f64 {
        if self.dislikes.is_empty() {
            0.0
        } else {
            self.dislikes.iter().copied().fold(f64::INFINITY, f64::min)
        }
    }
}

/// Prices are whole: so many to one.
const PRICE: f64 = 1_000_000.0;

/// An instance whose problem is built.
#[derive(Debug)]
struct Built {
    care: Care,
    scale: f64,
    aim: Aim,
}

impl Care {
    /// Makes a problem of the instance.
    ///
    /// # Errors
    /// What the engine cannot take: numbers out of its range.
    pub(super) fn benchmark(self, name: &str, convention: Convention) -> Result<Benchmark, Faults> {
        let scale = 10_f64.powi(convention.decimals(0) as i32);
        let time = |time: f64| Convention::time(time, scale);
        let mut data = ProblemData::new(name);
        data.places = (0..self.ways.len())
            .map(|place| Place {
                key: place.to_string(),
                name: None,
                at: None,
                area: None,
                setup: Seconds::ZERO,
            })
            .collect();
        let rule = TravelRule::Matrix(self.table(convention, scale)?);
        data.profiles = vec![Profile { key: "caregiver".into(), name: None, rule }];
        let skill = |key: &String| Skill { key: key.clone(), name: None, kind: SkillKind::Skill, levels: 1 };
        data.skills = self.services.iter().map(skill).collect();
        let (from, to) = self.day.unwrap_or_else(|| (0.0, self.longest_day()));
        let day = Window { from: Time(time(from)), to: Time(time(to)) };
        data.needs = self.patients.iter().map(|patient| self.need(patient, day, &time)).collect();
        data.volunteers = self
            .caregivers
            .iter()
            .map(|caregiver| {
                let mut volunteer = Volunteer::new(caregiver.id.clone(), PlaceId(0), ProfileId(0));
                volunteer.shifts = vec![Shift::new(day.from, day.to, 0)];
                volunteer.holds =
                    caregiver.gives.iter().map(|&s| Held { what: level(s), expires: None }).collect();
                volunteer
            })
            .collect();
        let weighted = |terms: &[Term]| terms.iter().map(|&term| Weighted { term, weight: 1 }).collect();
        data.objective = if convention.aim == Aim::Preferences {
            Objective::ordered(&[Term::UnservedMandatory, Term::Preferences, Term::Distance])
        } else if convention.aim == Aim::Fairness {
            Objective::ordered(&[Term::UnservedMandatory, Term::Spread, Term::Distance])
        } else if self.day.is_none() {
            let all = [Term::Distance, Term::Tardiness, Term::WorstTardiness];
            Objective { levels: vec![weighted(&[Term::UnservedMandatory]), weighted(&all)] }
        } else {
            Objective::ordered(&[Term::UnservedMandatory, Term::Distance])
        };
        let problem = Problem::new(data)?;
        Ok(Benchmark { problem, counting: Box::new(Built { care: self, scale, aim: convention.aim }) })
    }

    /// Long enough for one caregiver to do everything.
    fn longest_day(&self) -> f64 {
        let farthest = self.ways.iter().flatten().copied().fold(0.0, f64::max);
        let closes = self.patients.iter().map(|patient| patient.window.1).fold(0.0, f64::max);
        let gaps = self.patients.iter().map(|patient| patient.gap.1.max(0.0)).sum::<f64>();
        let visits = self.patients.iter().flat_map(|patient| &patient.visits);
        closes + gaps + farthest + visits.map(|visit| visit.duration + farthest).sum::<f64>()
    }

    fn table(&self, convention: Convention, scale: f64) -> Result<TravelMatrix, Faults> {
        let mut table = Vec::with_capacity(self.ways.len() * self.ways.len());
        for &way in self.ways.iter().flatten() {
            let whole = u32::try_from(convention.distance(way, scale)).ok();
            let entry = whole.filter(|&entry| entry != TravelMatrix::NO_WAY);
            table.push(entry.ok_or_else(|| {
                let expected = text!("ways that fit 32 bits when scaled", "换算后不超过 32 位整数的路程");
                Faults(vec![Fault::new("$", Code::OutOfRange, way.to_string(), expected)])
            })?);
        }
        let places = (0..self.ways.len()).map(PlaceId::new).collect();
        Ok(TravelMatrix { places, seconds: table.clone(), metres: table })
    }

    fn need(&self, patient: &Patient, day: Window, time: &impl Fn(f64) -> i64) -> Need {
        let (opens, closes) = (Time(time(patient.window.0)), Time(time(patient.window.1)));
        let to = if self.day.is_some() { closes } else { day.to };
        let place = PlaceId::new(patient.place);
        let mut need = Need::new(patient.id.clone(), place, Window { from: opens, to }, Seconds::ZERO);
        need.mandatory = true;
        if self.day.is_none() {
            need.promise = Some(Promise { start_by: Some(closes), finish_by: None, hard: false });
        }
        need.roles = patient.visits.iter().map(|visit| role(visit, time)).collect();
        let (min, max) = (Seconds(time(patient.gap.0)), Seconds(time(patient.gap.1)));
        if patient.visits.len() == 2 {
            need.gaps = vec![StartGap { from: 0, to: 1, min, max }];
        }
        need
    }
}

fn level(service: usize) -> SkillLevel {
    SkillLevel { skill: SkillId::new(service), level: 1 }
}

fn role(visit: &Asked, time: &impl Fn(f64) -> i64) -> Role {
    let all = visit.service.map(|service| Quality::Skill(level(service))).into_iter().collect();
    let mut role = Role::new(Requirement { all, ..Requirement::default() });
    role.service = Some(Seconds(time(visit.duration)));
    let least = visit.least();
    let dislike = |(v, &dislike): (usize, &f64)| Preference {
        quality: Quality::Volunteer(VolunteerId::new(v)),
        wanted: false,
        price: ((dislike - least) * PRICE).round() as u32,
    };
    role.prefers = visit.dislikes.iter().enumerate().map(dislike).filter(|wish| wish.price > 0).collect();
    role
}

impl Counting for Built {
    fn value(&self, terms: &Terms) -> f64 {
        match self.aim {
            Aim::Preferences => {
                // Prices count from the least for each visit.
                let visits = self.care.patients.iter().flat_map(|patient| &patient.visits);
                let least: f64 = visits.map(Asked::least).sum();
                return terms.get(Term::Preferences) as f64 / PRICE + least;
            }
            Aim::Fairness => return terms.get(Term::Spread) as f64 / self.scale,
            Aim::Usual | Aim::VehiclesFirst => {}
        }
        let distance = terms.get(Term::Distance);
        if self.care.day.is_some() {
            return distance as f64 / self.scale;
        }
        let late = terms.get(Term::Tardiness) + terms.get(Term::WorstTardiness);
        (distance + late) as f64 / self.scale / 3.0
    }

    fn decimals(&self) -> usize {
        if self.aim == Aim::Preferences {
            4
        } else if self.care.day.is_some() {
            0
        } else {
            3
        }
    }

    fn solution(&self, problem: &Problem, plan: &Plan) -> Value {
        let start = |start: Time| start.0 as f64 / self.scale;
        let routes = plan.routes.iter().filter(|route| !route.visits.is_empty());
        let who = |route: &qise::plan::Route| problem.unit(route.unit).volunteer.index();
        let asked = |visit: &qise::plan::Visit| {
            let patient = &self.care.patients[visit.need.index()];
            (patient, &patient.visits[usize::from(visit.role)])
        };
        if self.care.style == Style::Caregivers {
            let routes = routes.map(|route| {
                let visits = route.visits.iter().map(|visit| {
                    let (patient, service) = asked(visit);
                    json!({ "patient": patient.id, "service": service.id, "start": start(visit.start) })
                });
                json!({ "caregiver": self.care.caregivers[who(route)].id, "visits": visits.collect::<Vec<_>>() })
            });
            return json!({ "routes": routes.collect::<Vec<_>>() });
        }
        let number = |visit: &qise::plan::Visit| asked(visit).1.id.parse::<u32>().unwrap_or_default();
        let routes = routes.map(|route| {
            json!({ "staff": who(route) + 1, "visits": route.visits.iter().map(number).collect::<Vec<_>>() })
        });
        let starts = plan.visits().map(|(_, visit)| (asked(visit).1.id.clone(), json!(start(visit.start))));
        let starts = starts.collect::<serde_json::Map<_, _>>();
        json!({ "routes": routes.collect::<Vec<_>>(), "starts": starts })
    }
}
