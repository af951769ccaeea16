//! The neutral format in which engines are compared: field service with skills, priorities and limits of travel.
//!
//! A problem is `{name, metric, needs: [{id, at: [x, y], service, skills, tw, priority, demand}], teams: [{id, start, end, skills,
//! shift, capacity, max_travel}]}`, a plan `{"routes": [{"team": id, "needs": [ids]}]}`. A team here is one person with one
//! route. Metrics: `haversine` (`at` is longitude, latitude; seconds to the nearest) and `euclid10` (ten times the straight
//! line, cut). Priority comes first, then time on the way.
//!
//! Nothing here is said twice or explained, so that reading ten thousand needs takes some milliseconds.

use std::collections::HashMap;

use qise::model::{
    Code, Dimension, DimensionId, Fault, Held, LatLon, Load, Need, NeedId, Objective, Place, PlaceId,
    Profile, ProfileId, Quality, Rounding, RouteEnd, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel,
    Term, Terms, Time, TravelMatrix, TravelRule, Volunteer, VolunteerId, Window,
};
use qise::plan::{Plan, Score};
use qise::{Faults, Problem, ProblemData, Text, text};
use serde::{Deserialize, Serialize};

/// A neutral problem as one of the engine, with the ids of its document.
#[derive(Clone, Debug)]
pub struct Neutral {
    /// The problem.
    pub problem: Problem,
    needs: Vec<Id>,
    teams: Vec<Id>,
}

/// An id: a number or a text, written back as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

impl Id {
    fn key(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(words) => words.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    name: String,
    metric: Metric,
    needs: Vec<GivenNeed>,
    teams: Vec<GivenTeam>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
enum Metric {
    Haversine { radius_m: f64, speed_kmh: f64, detour: f64 },
    Euclid10,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNeed {
    id: Id,
    at: [f64; 2],
    service: i64,
    skills: Vec<Id>,
    tw: [i64; 2],
    priority: u32,
    demand: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenTeam {
    id: Id,
    start: [f64; 2],
    end: [f64; 2],
    skills: Vec<Id>,
    shift: [i64; 2],
    capacity: Option<i64>,
    max_travel: Option<i64>,
}

/// The most points of which a table of travel is made.
const MOST_POINTS: usize = 8192;

/// Reads a problem.
///
/// # Errors
/// The first fault of its structure, or all faults of its values.
pub fn read(bytes: &[u8]) -> Result<Neutral, Faults> {
    let document: Document = serde_json::from_slice(bytes).map_err(|error| {
        let path = format!("line {} column {}", error.line(), error.column());
        let expected = text!("a problem in the neutral format", "neutral 格式的问题");
        Faults(vec![Fault::new(path, Code::Syntax, error.to_string(), expected)])
    })?;
    let Document { name, metric, needs, teams } = document;
    let mut data = ProblemData::new(name);
    data.objective = Objective::ordered(&[Term::UnservedPriority, Term::TravelTime]);
    let carried = teams.iter().any(|team| team.capacity.is_some());
    if carried {
        data.dimensions = vec![Dimension { key: "load".into(), name: None }];
    }
    let mut points = Points { spherical: matches!(metric, Metric::Haversine { .. }), ..Points::default() };
    let mut skills = Skills::default();
    for (n, need) in needs.iter().enumerate() {
        let place = points.place(need.at, || format!("$.needs[{n}].at"))?;
        data.needs.push(need.need(place, carried, &mut skills));
    }
    for (t, team) in teams.iter().enumerate() {
        let start = points.place(team.start, || format!("$.teams[{t}].start"))?;
        let end = points.place(team.end, || format!("$.teams[{t}].end"))?;
        data.volunteers.push(team.volunteer(start, end, carried, &mut skills));
    }
    data.profiles = vec![Profile { key: "road".into(), name: None, rule: metric.rule(&points)? }];
    (data.places, data.skills) = (points.places, skills.skills);
    let problem = Problem::new(data).map_err(|faults| {
        let renamed = |mut fault: Fault| {
            fault.path = fault.path.replacen("$.volunteers", "$.teams", 1);
            fault
        };
        Faults(faults.0.into_iter().map(renamed).collect())
    })?;
    let ids = (needs.into_iter().map(|need| need.id), teams.into_iter().map(|team| team.id));
    Ok(Neutral { problem, needs: ids.0.collect(), teams: ids.1.collect() })
}

impl GivenNeed {
    fn need(&self, place: PlaceId, carried: bool, skills: &mut Skills) -> Need {
        let window = Window { from: Time(self.tw[0]), to: Time(self.tw[1]) };
        let mut need = Need::new(self.id.key(), place, window, Seconds(self.service));
        need.priority = self.priority;
        need.roles[0].requires.all = self.skills.iter().map(|id| Quality::Skill(skills.level(id))).collect();
        if carried {
            need.roles[0].load = vec![Load { dimension: DimensionId(0), amount: self.demand }];
        }
        need
    }
}

impl GivenTeam {
    fn volunteer(&self, start: PlaceId, end: PlaceId, carried: bool, skills: &mut Skills) -> Volunteer {
        let mut volunteer = Volunteer::new(self.id.key(), start, ProfileId(0));
        let mut shift = Shift::new(Time(self.shift[0]), Time(self.shift[1]), 0);
        if end != start {
            shift.to = RouteEnd::At(end);
        }
        volunteer.shifts = vec![shift];
        volunteer.holds =
            self.skills.iter().map(|id| Held { what: skills.level(id), expires: None }).collect();
        volunteer.per_day.travel = self.max_travel.map(Seconds);
        if carried {
            let amount = self.capacity.unwrap_or(Load::LIMIT);
            volunteer.capacity = vec![Load { dimension: DimensionId(0), amount }];
        }
        volunteer
    }
}

/// The skills met so far.
#[derive(Default)]
struct Skills {
    numbers: HashMap<Id, u32>,
    skills: Vec<Skill>,
}

impl Skills {
    fn level(&mut self, id: &Id) -> SkillLevel {
        let number = self.numbers.get(id).copied().unwrap_or_else(|| {
            let number = self.skills.len() as u32;
            self.numbers.insert(id.clone(), number);
            self.skills.push(Skill { key: id.key(), name: None, kind: SkillKind::Skill, levels: 1 });
            number
        });
        SkillLevel { skill: SkillId(number), level: 1 }
    }
}

/// The points met so far; equal ones are one place.
#[derive(Default)]
struct Points {
    spherical: bool,
    numbers: HashMap<[u64; 2], u32>,
    places: Vec<Place>,
    at: Vec<[f64; 2]>,
}

impl Points {
    fn place(&mut self, at: [f64; 2], path: impl Fn() -> String) -> Result<PlaceId, Faults> {
        let number = self.places.len() as u32;
        match self.numbers.entry(at.map(f64::to_bits)) {
            std::collections::hash_map::Entry::Occupied(known) => Ok(PlaceId(*known.get())),
            std::collections::hash_map::Entry::Vacant(new) => {
                let on_globe = self.spherical.then(|| LatLon::new(at[1], at[0]));
                if on_globe == Some(None) {
                    let expected = text!("longitude and latitude in degrees", "以度计的经度和纬度");
                    let fault = Fault::new(path(), Code::BadCoordinate, format!("{at:?}"), expected);
                    return Err(Faults(vec![fault]));
                }
                new.insert(number);
                let (name, area, setup) = (None, None, Seconds::ZERO);
                self.places.push(Place {
                    key: number.to_string(),
                    name,
                    at: on_globe.flatten(),
                    area,
                    setup,
                });
                self.at.push(at);
                Ok(PlaceId(number))
            }
        }
    }
}

impl Metric {
    fn rule(&self, points: &Points) -> Result<TravelRule, Faults> {
        match *self {
            Self::Haversine { radius_m, speed_kmh, detour } => {
                if (radius_m - qise::model::EARTH_RADIUS_M).abs() > 0.5 {
                    let expected = text!("the earth's radius, 6371000 m", "地球半径 6371000 米");
                    return Err(fault(".radius_m", Code::OutOfRange, radius_m.to_string(), expected));
                }
                let metres_per_hour = thousandths(".speed_kmh", speed_kmh)?;
                let detour_permille = thousandths(".detour", detour)?;
                Ok(TravelRule::GreatCircle { metres_per_hour, detour_permille, rounding: Rounding::Nearest })
            }
            Self::Euclid10 => Ok(TravelRule::Matrix(table(&points.at)?)),
        }
    }
}

fn fault(field: &str, code: Code, found: String, expected: Text) -> Faults {
    Faults(vec![Fault::new(format!("$.metric{field}"), code, found, expected)])
}

/// A number of at most three decimals, in thousandths.
fn thousandths(field: &str, value: f64) -> Result<u32, Faults> {
    let scaled = (value * 1000.0).round();
    if (0.0..=2e9).contains(&scaled) && (scaled - value * 1000.0).abs() < 1e-6 {
        return Ok(scaled as u32);
    }
    let expected = text!("a number of at most three decimals", "最多三位小数的数");
    Err(fault(field, Code::OutOfRange, value.to_string(), expected))
}

/// Ten times the straight line between all points, cut to a whole number.
fn table(at: &[[f64; 2]]) -> Result<TravelMatrix, Faults> {
    if at.len() > MOST_POINTS {
        let expected = text!("at most {MOST_POINTS} points", "最多 {MOST_POINTS} 个点");
        return Err(fault("", Code::TooMany, at.len().to_string(), expected));
    }
    let mut table = Vec::with_capacity(at.len() * at.len());
    for a in at {
        for b in at {
            let away =
                (10.0 * ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()).floor();
            if !(0.0..f64::from(u32::MAX)).contains(&away) {
                let expected = text!("points less than 4·10^8 apart", "相距小于 4·10^8 的点");
                return Err(fault("", Code::OutOfRange, away.to_string(), expected));
            }
            table.push(away as u32);
        }
    }
    let places = (0..at.len()).map(PlaceId::new).collect();
    Ok(TravelMatrix { places, seconds: table.clone(), metres: table })
}

#[derive(Deserialize)]
struct GivenPlan {
    routes: Vec<GivenRoute>,
}

#[derive(Deserialize)]
struct GivenRoute {
    team: Id,
    needs: Vec<Id>,
}

#[derive(Serialize)]
struct WrittenPlan<'n> {
    routes: Vec<WrittenRoute<'n>>,
}

#[derive(Serialize)]
struct WrittenRoute<'n> {
    team: &'n Id,
    needs: Vec<&'n Id>,
}

impl Neutral {
    /// The score of a plan of this format, as far as the order of visits tells it: priority, time and length of the ways. Nothing is judged.
    ///
    /// # Errors
    /// The first fault of its structure, or the first id that the problem does not have.
    pub fn score(&self, bytes: &[u8]) -> Result<Score, Faults> {
        let given: GivenPlan = serde_json::from_slice(bytes).map_err(|error| {
            let path = format!("line {} column {}", error.line(), error.column());
            let expected = text!("a plan in the neutral format", "neutral 格式的方案");
            Faults(vec![Fault::new(path, Code::Syntax, error.to_string(), expected)])
        })?;
        let numbers = |ids: &[Id]| ids.iter().cloned().zip(0..).collect::<HashMap<Id, u32>>();
        let (teams, needs) = (numbers(&self.teams), numbers(&self.needs));
        let unknown = |path: String, id: &Id, what: Text| {
            Faults(vec![Fault::new(path, Code::UnknownReference, id.key(), what)])
        };
        let mut terms = Terms::default();
        let mut served = vec![false; needs.len()];
        for (r, route) in given.routes.iter().enumerate() {
            let known = || text!("a team of the problem", "问题中的队伍");
            let team = teams.get(&route.team);
            let team = team.ok_or_else(|| unknown(format!("$.routes[{r}].team"), &route.team, known()))?;
            let Some(unit) = self.problem.units_of(VolunteerId(*team)).next() else { continue };
            let unit = self.problem.unit(unit);
            let mut places = vec![unit.from];
            for (n, id) in route.needs.iter().enumerate() {
                let known = || text!("a need of the problem", "问题中的需求");
                let path = || format!("$.routes[{r}].needs[{n}]");
                let need = *needs.get(id).ok_or_else(|| unknown(path(), id, known()))?;
                served[need as usize] = true;
                places.push(self.problem.need_place(NeedId(need)));
            }
            if places.len() > 1 {
                places.extend(unit.to);
                terms.add(Term::People, 1);
            }
            for pair in places.windows(2) {
                terms.add(Term::TravelTime, self.problem.travel().seconds(unit.mode, pair[0], pair[1]).0);
                terms.add(Term::Distance, self.problem.travel().metres(unit.mode, pair[0], pair[1]).0);
            }
        }
        for need in self.problem.need_ids().filter(|need| !served[need.index()]) {
            terms.add(Term::Unserved, 1);
            terms.add(Term::UnservedPriority, self.problem.need(need).priority.into());
        }
        Ok(self.problem.objective().score(&terms))
    }

    /// A plan in this format: who visits whom, in order, and nothing else.
    pub fn plan(&self, plan: &Plan) -> String {
        let routes = plan.routes.iter().filter(|route| !route.visits.is_empty()).map(|route| WrittenRoute {
            team: &self.teams[self.problem.unit(route.unit).volunteer.index()],
            needs: route.visits.iter().map(|visit| &self.needs[visit.need.index()]).collect(),
        });
        let written = serde_json::to_string(&WrittenPlan { routes: routes.collect() });
        debug_assert!(written.is_ok(), "{written:?}");
        written.unwrap_or_default()
    }
}
