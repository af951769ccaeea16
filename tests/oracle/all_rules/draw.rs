//! Small problems that are made tight on purpose: a plan is found, then something is asked for that this plan does not keep.

use qise::model::{
    Dimension, DimensionId, Gender, Held, LatLon, Ledger, Load, Makespan, Need, NeedId, Objective, Place,
    PlaceId, Preference, Previous, Profile, ProfileId, Promise, Quality, Rounding, RouteEnd, Seconds, Shift,
    Skill, SkillId, SkillKind, SkillLevel, Team, TeamId, Term, TravelMatrix, TravelRule, UnitId, Volunteer,
    VolunteerId, Weighted, Window,
};
use qise::plan::{Plan, Route, Visit, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, ProblemData, Stop};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::bound::bound;
use super::features::FEATURES;
use crate::support::MORNING;

/// The day of the first shifts, counted since 1970.
pub(super) const TODAY: i32 = 20_781;
/// Steps of search for the plans that are then forbidden.
const STEPS: u64 = 60;
/// So often a problem is drawn until its rule binds.
const MOST_DRAWS: u64 = 12;

/// A problem under way.
pub(super) struct Draw {
    pub(super) random: Pcg64Mcg,
    pub(super) data: ProblemData,
    pub(super) problem: Problem,
    /// A good plan of the problem as it is now.
    pub(super) plan: Plan,
    /// The problem before each of its features was there, with the plan for it.
    pub(super) earlier: Vec<(Problem, Plan)>,
    /// What was made tight, in order.
    pub(super) names: Vec<&'static str>,
}

/// The problem of a seed: one feature by its number, after up to three others at random. It is drawn anew until its rule binds, as far as
/// a plan of few steps can tell.
pub(super) fn draw(seed: u64) -> Draw {
    let aimed = (seed % FEATURES.len() as u64) as usize;
    let mut best: Option<(u32, Draw)> = None;
    for attempt in 0..MOST_DRAWS {
        let mut drawn = Draw::new(seed ^ (attempt << 48));
        for _ in 0..drawn.random.random_range(0..=3) {
            let other = drawn.random.random_range(0..FEATURES.len());
            drawn.add(other);
        }
        let added = drawn.add(aimed);
        let binds = added
            && bound(&drawn, &drawn.plan, &evaluate(&drawn.problem, &drawn.plan).score)
                .contains(&FEATURES[aimed].2);
        let rank = u32::from(added) + u32::from(binds);
        if best.as_ref().is_none_or(|(before, _)| rank > *before) {
            best = Some((rank, drawn));
        }
        if binds {
            break;
        }
    }
    best.expect("drawn once at least").1
}

impl Draw {
    fn new(seed: u64) -> Self {
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let data = base(&mut random);
        let problem = Problem::new(data.clone()).expect("nothing contradicts itself yet");
        let mut drawn = Self {
            random,
            data,
            plan: Plan::empty(&problem),
            problem,
            earlier: Vec::new(),
            names: Vec::new(),
        };
        drawn.settle();
        drawn.earlier.clear();
        drawn
    }

    /// Adds a feature; whether it could be.
    fn add(&mut self, number: usize) -> bool {
        let (name, feature, _) = FEATURES[number];
        let added = feature(self).is_some() && self.settle();
        if added {
            self.names.push(name);
        } else {
            self.data = self.problem.to_data();
        }
        added
    }

    /// Makes a problem of the data and finds a plan for it; where it is refused the data are as they were.
    pub(super) fn settle(&mut self) -> bool {
        let Ok(problem) = Problem::new(self.data.clone()) else {
            self.data = self.problem.to_data();
            return false;
        };
        let plan = solve(&problem, &Options::default(), &Stop::iterations(STEPS)).plan;
        let before = std::mem::replace(&mut self.problem, problem);
        self.earlier.push((before, std::mem::replace(&mut self.plan, plan)));
        true
    }

    pub(super) fn minutes(&mut self, least: i64, most: i64) -> Seconds {
        Seconds(60 * self.random.random_range(least..=most))
    }

    /// Some visit of the plan, with its unit.
    pub(super) fn visit(&mut self) -> Option<(UnitId, Visit)> {
        let visits = self.plan.visits().map(|(unit, visit)| (unit, *visit)).collect::<Vec<_>>();
        visits.choose(&mut self.random).copied()
    }

    /// Some visit of a need for one person at one place that nothing hangs on yet.
    pub(super) fn plain_visit(&mut self) -> Option<(UnitId, Visit)> {
        let problem = self.problem.clone();
        let plain = |id: NeedId| {
            let need = problem.need(id);
            let linked = problem.links().iter().any(|link| [link.from, link.to].contains(&id));
            let alone = !need.is_crew() && !need.is_ride() && need.goods.is_empty();
            alone && !linked && problem.ways(id).is_empty() && !need.is_pinned()
        };
        let visits = self.plan.visits().filter(|(_, visit)| plain(visit.need));
        let visits = visits.map(|(unit, visit)| (unit, *visit)).collect::<Vec<_>>();
        visits.choose(&mut self.random).copied()
    }

    /// Some route of the plan.
    pub(super) fn route(&mut self) -> Option<Route> {
        self.plan.routes.choose(&mut self.random).cloned()
    }

    /// Who makes the routes of a unit.
    pub(super) fn who(&self, unit: UnitId) -> VolunteerId {
        self.problem.unit(unit).volunteer
    }

    pub(super) fn need(&mut self, id: NeedId) -> &mut Need {
        &mut self.data.needs[id.index()]
    }

    pub(super) fn volunteer(&mut self, id: VolunteerId) -> &mut Volunteer {
        &mut self.data.volunteers[id.index()]
    }

    /// The shift of a unit, to be changed.
    pub(super) fn shift(&mut self, unit: UnitId) -> &mut Shift {
        let shift = self.problem.unit(unit).shift as usize;
        let who = self.who(unit);
        &mut self.volunteer(who).shifts[shift]
    }

    /// Somebody else.
    pub(super) fn other(&mut self, than: VolunteerId) -> Option<VolunteerId> {
        let others = (0..self.data.volunteers.len()).map(VolunteerId::new).filter(|&who| who != than);
        others.collect::<Vec<_>>().choose(&mut self.random).copied()
    }

    /// Some need that the plan leaves.
    pub(super) fn left(&mut self) -> Option<NeedId> {
        let left = self.plan.unserved.clone();
        left.choose(&mut self.random).copied()
    }
}

/// People who may do everything, and needs of which not all can be served.
fn base(random: &mut Pcg64Mcg) -> ProblemData {
    let mut data = ProblemData::new("tight");
    let needs = *[3, 3, 4, 4, 4, 5, 5, 6, 7].choose(random).expect("some");
    let people = random.random_range(1..=3);
    for p in 0..=needs + people {
        let mut at = || random.random_range(-0.12..0.12);
        let at = LatLon::new(38.8 + at(), 105.6 + at()).expect("near Bayanhot");
        let mut place = Place::new(format!("p{p}"), at);
        if random.random_bool(0.2) {
            place.setup = Seconds(random.random_range(0..600));
        }
        data.places.push(place);
    }
    data.profiles = profiles(random, data.places.len());
    for (key, kind) in [("s", SkillKind::Skill), ("c", SkillKind::Credential), ("l", SkillKind::Language)] {
        data.skills.push(Skill { key: key.into(), name: None, kind, levels: 3 });
    }
    for t in 0..2_u32 {
        let category = Some(qise::model::CategoryId(t));
        data.teams.push(Team { category, ..Team::new(format!("t{t}")) });
    }
    data.dimensions = vec![Dimension { key: "kg".into(), name: None }];
    let days = random.random_range(1..=3);
    for v in 0..people {
        let home = PlaceId::new(needs + v);
        let mut volunteer = Volunteer::new(format!("v{v}"), home, ProfileId(random.random_range(0..2)));
        volunteer.gender = Some(if random.random_bool(0.5) { Gender::Female } else { Gender::Male });
        volunteer.teams = vec![TeamId(random.random_range(0..2))];
        volunteer.holds = (0..3).map(|s| Held { what: level(s, 2), expires: None }).collect();
        volunteer.capacity = vec![Load { dimension: DimensionId(0), amount: random.random_range(8..20) }];
        for day in 0..days {
            let night = random.random_bool(0.2);
            let begin = MORNING
                + Seconds(day * 86_400 + if night { 13 * 3600 } else { random.random_range(0..4) * 1800 });
            let length = Seconds(random.random_range(5..13) * 1800);
            let mut shift = Shift::new(begin, begin + length, TODAY + day as i32);
            if random.random_bool(0.15) {
                shift.to = RouteEnd::Anywhere;
            } else if random.random_bool(0.1) {
                shift.to = RouteEnd::At(PlaceId::new(needs + people));
            }
            volunteer.shifts.push(shift);
        }
        if random.random_bool(0.3) {
            volunteer.pace_permille = random.random_range(800..1300);
        }
        if random.random_bool(0.3) {
            volunteer.ledger = Ledger {
                worked: Seconds(random.random_range(0..90_000)),
                offered: Seconds(random.random_range(0..180_000)),
            };
        }
        data.volunteers.push(volunteer);
    }
    for n in 0..needs {
        let need = need(random, &data, n);
        data.needs.push(need);
    }
    data.makespans = vec![Makespan {
        needs: (0..needs).filter(|_| random.random_bool(0.6)).map(NeedId::new).collect(),
        from: MORNING,
        weight: random.random_range(1..5),
    }];
    data.objective = objective(random);
    data
}

/// A skill at a level.
pub(super) fn level(skill: u32, level: u8) -> SkillLevel {
    SkillLevel { skill: SkillId(skill), level }
}

fn profiles(random: &mut Pcg64Mcg, places: usize) -> Vec<Profile> {
    let sphere = |key: &str, metres_per_hour| Profile {
        key: key.into(),
        name: None,
        rule: TravelRule::GreatCircle { metres_per_hour, detour_permille: 1300, rounding: Rounding::Up },
    };
    let mut profiles = vec![sphere("car", 50_000), sphere("bike", 22_000)];
    if random.random_bool(0.15) {
        let mut table =
            |most| (0..places * places).map(|_| random.random_range(0..most)).collect::<Vec<u32>>();
        let (seconds, metres) = (table(3600), table(40_000));
        let places = (0..places).map(PlaceId::new).collect();
        profiles[0].rule = TravelRule::Matrix(TravelMatrix { places, seconds, metres });
    }
    profiles
}

fn need(random: &mut Pcg64Mcg, data: &ProblemData, n: usize) -> Need {
    let place = if n > 0 && random.random_bool(0.2) { n - 1 } else { n };
    let volunteer = data.volunteers.choose(random).expect("somebody");
    let shift = volunteer.shifts.choose(random).expect("a shift");
    let span = (shift.end - shift.start).0;
    let open = shift.start + Seconds(random.random_range(0..span * 2 / 3) / 300 * 300);
    let window = Window { from: open, to: open + Seconds(random.random_range(0..span / 2)) };
    let service = Seconds(random.random_range(2..12) * 600);
    let mut need = Need::new(format!("n{n}"), PlaceId::new(place), window, service);
    if random.random_bool(0.3) {
        let from = window.to + Seconds(random.random_range(1..40_000));
        need.stops[0].windows.push(Window { from, to: from + Seconds(random.random_range(0..14_400)) });
    }
    need.priority = random.random_range(0..=9);
    need.mandatory = random.random_bool(0.15);
    need.roles[0].load = vec![Load { dimension: DimensionId(0), amount: random.random_range(0..5) }];
    let anybody = |random: &mut Pcg64Mcg| VolunteerId(random.random_range(0..data.volunteers.len() as u32));
    if random.random_bool(0.2) {
        let (start_by, finish_by) =
            (Some(open + Seconds(random.random_range(0..3600))), Some(open + service));
        let (start_by, finish_by) =
            if random.random_bool(0.5) { (start_by, None) } else { (None, finish_by) };
        need.promise = Some(Promise { start_by, finish_by, hard: false });
    }
    if random.random_bool(0.3) {
        let quality = Quality::Volunteer(anybody(random));
        let wanted = random.random_bool(0.5);
        need.roles[0].prefers = vec![Preference { quality, wanted, price: random.random_range(1..5000) }];
    }
    if random.random_bool(0.15) {
        need.roles[0].service_by = vec![(anybody(random), Seconds(random.random_range(1..6) * 600))];
    }
    need.change_price = random.random_bool(0.2).then(|| random.random_range(0..5000));
    need
}

/// What is left counts in levels of its own, before all else.
pub(super) fn serves_first(objective: &Objective) -> bool {
    let left = |weighted: &Weighted| LEFT.contains(&weighted.term);
    let level = |level: &Vec<Weighted>| level.iter().all(left);
    let most = [Term::UnservedPriority, Term::Unserved];
    let decides = |level: &Vec<Weighted>| level.iter().any(|weighted| most.contains(&weighted.term));
    objective.levels.iter().take_while(|l| level(l)).any(decides)
}

const LEFT: [Term; 3] = [Term::UnservedMandatory, Term::UnservedPriority, Term::Unserved];

/// Two to four levels of terms in any order. What is left counts somewhere, and mostly before all else.
fn objective(random: &mut Pcg64Mcg) -> Objective {
    let mut terms = Term::ALL.to_vec();
    let mut levels = Vec::new();
    if random.random_bool(0.75) {
        let first =
            *[Term::UnservedPriority, Term::UnservedPriority, Term::Unserved].choose(random).expect("some");
        let weigh = |term, weight| Weighted { term, weight };
        match random.random_range(0..3) {
            0 => levels.extend([vec![weigh(Term::UnservedMandatory, 1)], vec![weigh(first, 1)]]),
            1 => {
                levels.push(vec![weigh(Term::UnservedMandatory, random.random_range(1..9)), weigh(first, 1)]);
            }
            _ => levels.push(vec![weigh(first, random.random_range(1..9))]),
        }
        terms.retain(|term| !levels.iter().flatten().any(|weighted| weighted.term == *term));
    }
    let count = random.random_range(2..=4);
    while levels.len() < count {
        let mut level = Vec::new();
        for _ in 0..random.random_range(1..=3) {
            let Some(&term) = terms.choose(random) else { continue };
            terms.retain(|&other| other != term);
            let much = LEFT.contains(&term) && random.random_bool(0.7);
            let weight = if much { random.random_range(200..3000) } else { random.random_range(1..4) };
            level.push(Weighted { term, weight });
        }
        if !level.is_empty() {
            levels.push(level);
        }
    }
    if random.random_bool(0.25) {
        // A term counts again, beside others.
        let again = *levels[0].choose(random).expect("no level is empty");
        let level = levels.last_mut().expect("two levels or more");
        if level.iter().all(|other| other.term != again.term) {
            level.push(Weighted { weight: random.random_range(1..4), ..again });
        }
    }
    if !levels.iter().flatten().any(|weighted| LEFT.contains(&weighted.term)) {
        levels.insert(0, vec![Weighted { term: Term::UnservedPriority, weight: 1 }]);
    }
    Objective { levels }
}

/// The plan of a problem as one that people were told, at times that are not quite those of the plan.
pub(super) fn told(draw: &mut Draw) -> Option<()> {
    let prices = Previous {
        reassign_price: draw.random.random_range(0..4000),
        retime_price: draw.random.random_range(0..1000),
        tolerance: draw.minutes(0, 20),
        ..Previous::default()
    };
    let mut previous = prices.of_plan(&draw.problem, &draw.plan);
    for told in &mut previous.assignments {
        told.start += Seconds(60 * draw.random.random_range(-30..=30));
    }
    let some = !previous.assignments.is_empty();
    draw.data.previous = Some(previous);
    some.then_some(())
}
