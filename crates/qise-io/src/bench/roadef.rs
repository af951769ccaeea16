//! Technicians who form parties for the day, as in the ROADEF challenge of 2007. An instance is a folder; its three lists are read one
//! after the other: `instance` (sizes, and what may be spent on others), `interv_list`, `tech_list`.
//!
//! P.-F. Dutot, A. Laugier, A.-M. Bustos (2006), Technicians and interventions scheduling for telecommunications, France Telecom R&D.

use std::collections::{BTreeMap, BTreeSet};

use qise::model::{
    Held, Link, LinkRule, Makespan, Need, NeedId, Objective, Place, PlaceId, Profile, ProfileId, Quality,
    Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, Tally, Term, Terms, Time, TravelMatrix,
    TravelRule, Volunteer, Window,
};
use qise::plan::Plan;
use qise::{Faults, Problem, ProblemData, Text, text};
use serde_json::{Value, json};

use super::Benchmark;
use super::benchmark::Counting;
use super::scan::{Line, Lines};

/// Units of a day.
const DAY: i64 = 120;
/// The most days that are looked at.
const MOST_DAYS: i64 = 400;
/// The most people, interventions, domains and levels.
const MOST: i64 = 10_000;
/// How much the last end of each priority counts, and that of all.
const WEIGHTS: [(i64, u32); 3] = [(1, 28), (2, 14), (3, 4)];

/// An instance as its lists state it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Technicians {
    levels: i64,
    budget: i64,
    interventions: Vec<Intervention>,
    people: Vec<Technician>,
}

#[derive(Clone, Debug, PartialEq)]
struct Intervention {
    id: i64,
    time: i64,
    before: Vec<i64>,
    priority: i64,
    cost: i64,
    /// How many people of each level or a higher one, domain by domain.
    asks: Vec<i64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Technician {
    id: i64,
    levels: Vec<i64>,
    away: BTreeSet<i64>,
}

/// The three lists of an instance, in the order in which they are read.
pub(super) const LISTS: [&str; 3] = ["instance", "interv_list", "tech_list"];

/// Reads an instance.
///
/// # Errors
/// The first line that is not as the format asks.
pub(super) fn read(bytes: &[u8]) -> Result<Technicians, Faults> {
    let sizes = text!(
        "name, domains, levels, technicians, interventions, budget",
        "名称、领域数、等级数、人数、任务数、外包预算"
    );
    let mut lines = Lines::of(bytes)?;
    lines.demand(sizes.clone())?;
    let line = lines.demand(sizes.clone())?;
    let numbers = whole(line, line.words.split_whitespace().skip(1), &sizes)?;
    let [domains, levels, people, count, budget] = numbers[..] else {
        return Err(line.fault(crate::read::quoted(line.words), sizes));
    };
    if [domains, levels, people, count].iter().any(|&size| !(0..=MOST).contains(&size))
        || domains * levels > MOST
    {
        return Err(
            line.fault(crate::read::quoted(line.words), text!("sizes up to {MOST}", "规模不超过 {MOST}"))
        );
    }
    let expected = text!(
        "number, time, [predecessors], priority, cost, {domains} x {levels} counts",
        "编号、时长、[前置任务]、优先级、费用、{domains} x {levels} 个人数"
    );
    lines.demand(expected.clone())?;
    let mut interventions = Vec::new();
    for _ in 0..count {
        let line = lines.demand(expected.clone())?;
        let (first, listed, rest) = parts(line, &expected)?;
        let (first, rest) = (whole(line, first, &expected)?, whole(line, rest, &expected)?);
        let before = whole(line, listed, &expected)?;
        let ([id, time], [priority, cost, asks @ ..]) = (&first[..], &rest[..]) else {
            return Err(line.fault(crate::read::quoted(line.words), expected));
        };
        if asks.len() as i64 != domains * levels || !(0..=DAY).contains(time) || *cost < 0 {
            return Err(line.fault(crate::read::quoted(line.words), expected));
        }
        interventions.push(Intervention {
            id: *id,
            time: *time,
            before,
            priority: *priority,
            cost: *cost,
            asks: asks.to_vec(),
        });
    }
    let expected = text!("number, {domains} levels, [days away]", "编号、{domains} 个等级、[缺勤日]");
    lines.demand(expected.clone())?;
    let mut technicians = Vec::new();
    for _ in 0..people {
        let line = lines.demand(expected.clone())?;
        let (first, away, _) = parts(line, &expected)?;
        let first = whole(line, first, &expected)?;
        let away = whole(line, away, &expected)?.into_iter().collect();
        match &first[..] {
            [id, held @ ..]
                if held.len() as i64 == domains && held.iter().all(|l| (0..=levels).contains(l)) =>
            {
                technicians.push(Technician { id: *id, levels: held.to_vec(), away });
            }
            _ => return Err(line.fault(crate::read::quoted(line.words), expected)),
        }
    }
    if let Some(line) = lines.next() {
        return Err(line.fault(crate::read::quoted(line.words), text!("the end of the list", "列表结尾")));
    }
    Ok(Technicians { levels, budget, interventions, people: technicians })
}

type Words<'t> = std::str::SplitWhitespace<'t>;

/// What stands before, in and behind the brackets of a line.
fn parts<'t>(line: Line<'t>, expected: &Text) -> Result<(Words<'t>, Words<'t>, Words<'t>), Faults> {
    let split = line.words.split_once('[').and_then(|(first, rest)| {
        let (listed, rest) = rest.split_once(']')?;
        Some((first.split_whitespace(), listed.split_whitespace(), rest.split_whitespace()))
    });
    split.ok_or_else(|| line.fault(crate::read::quoted(line.words), expected.clone()))
}

fn whole<'t>(
    line: Line<'_>,
    words: impl Iterator<Item = &'t str>,
    expected: &Text,
) -> Result<Vec<i64>, Faults> {
    let number = |word: &str| word.parse::<i32>().map(i64::from);
    words
        .map(|word| number(word).map_err(|_| line.fault(crate::read::quoted(word), expected.clone())))
        .collect()
}

impl Technicians {
    pub(super) fn count(&self) -> usize {
        self.interventions.len()
    }

    /// Makes a problem of the instance.
    ///
    /// # Errors
    /// What the engine cannot take: numbers out of its range, work that follows what is not listed.
    pub(super) fn benchmark(self, name: &str) -> Result<Benchmark, Faults> {
        let days = self.days();
        let mut data = ProblemData::new(name);
        data.places =
            vec![Place { key: "site".into(), name: None, at: None, area: None, setup: Seconds::ZERO }];
        let here = TravelMatrix { places: vec![PlaceId(0)], seconds: vec![0], metres: vec![0] };
        data.profiles =
            vec![Profile { key: "technician".into(), name: None, rule: TravelRule::Matrix(here) }];
        let domains = self.people.first().map_or(0, |technician| technician.levels.len());
        data.skills = (1..=domains)
            .map(|domain| Skill {
                key: format!("domain {domain}"),
                name: None,
                kind: SkillKind::Skill,
                levels: self.levels.clamp(1, 100) as _,
            })
            .collect();
        data.volunteers = self.people.iter().map(|technician| volunteer(technician, days)).collect();
        let day = Window { from: Time(0), to: Time(days * DAY) };
        data.needs = self.interventions.iter().map(|work| self.need(work, day)).collect();
        let ids = self.interventions.iter().enumerate().map(|(n, work)| (work.id, NeedId::new(n)));
        let ids = ids.collect::<BTreeMap<_, _>>();
        let unknown = NeedId::new(self.interventions.len());
        for (n, work) in self.interventions.iter().enumerate() {
            let rule = LinkRule::After { min: Seconds::ZERO, max: None };
            let before = work.before.iter().map(|id| ids.get(id).copied().unwrap_or(unknown));
            data.links.extend(before.map(|from| Link { from, to: NeedId::new(n), rule }));
        }
        let of = |priority: Option<i64>| {
            let works = self.interventions.iter().enumerate();
            let works = works.filter(|(_, work)| priority.is_none_or(|priority| work.priority == priority));
            works.map(|(n, _)| NeedId::new(n)).collect()
        };
        data.makespans = WEIGHTS
            .iter()
            .map(|&(priority, weight)| Makespan { needs: of(Some(priority)), from: Time(0), weight })
            .chain([Makespan { needs: of(None), from: Time(0), weight: 1 }])
            .collect();
        data.outsourcing = self.budget.max(0) as u32;
        data.objective = Objective::ordered(&[Term::UnservedMandatory, Term::Makespan]);
        let problem = Problem::new(data)?;
        Ok(Benchmark { problem, counting: Box::new(self) })
    }

    /// More days than a plan that is any good takes.
    fn days(&self) -> i64 {
        let people = |work: &Intervention| work.asks.iter().copied().max().unwrap_or(0).max(1);
        let labour = self.interventions.iter().map(|work| people(work) * work.time).sum::<i64>();
        let everybody = (self.people.len() as i64 * DAY).max(1);
        (3 * (labour / everybody) + 20).min(MOST_DAYS)
    }

    fn need(&self, work: &Intervention, day: Window) -> Need {
        let mut need = Need::new(work.id.to_string(), PlaceId(0), day, Seconds(work.time));
        need.mandatory = true;
        need.outsource = Some(work.cost as u32);
        let levels = self.levels as usize;
        for (k, &min) in work.asks.iter().enumerate().filter(|(_, asked)| **asked > 0) {
            let quality =
                Quality::Skill(SkillLevel { skill: SkillId::new(k / levels), level: (k % levels + 1) as _ });
            need.crew.tallies.push(Tally { quality, min: min as u32, max: None });
        }
        need
    }
}

fn volunteer(technician: &Technician, days: i64) -> Volunteer {
    let mut volunteer = Volunteer::new(technician.id.to_string(), PlaceId(0), ProfileId(0));
    let present = (1..=days).filter(|day| !technician.away.contains(day));
    volunteer.shifts = present
        .map(|day| Shift { party: true, ..Shift::new(Time((day - 1) * DAY), Time(day * DAY), day as i32) })
        .collect();
    let held = technician.levels.iter().enumerate().filter(|(_, level)| **level > 0);
    volunteer.holds = held
        .map(|(domain, &level)| Held {
            what: SkillLevel { skill: SkillId::new(domain), level: level as _ },
            expires: None,
        })
        .collect();
    volunteer
}

impl Counting for Technicians {
    fn value(&self, terms: &Terms) -> f64 {
        terms.get(Term::Makespan) as f64
    }

    fn decimals(&self) -> usize {
        0
    }

    fn solution(&self, problem: &Problem, plan: &Plan) -> Value {
        let id = |unit| self.people[problem.unit(unit).volunteer.index()].id;
        let mut days: BTreeMap<i32, Vec<Vec<i64>>> = BTreeMap::new();
        let mut works = Vec::new();
        for route in plan.routes.iter().filter(|route| !route.visits.is_empty()) {
            let day = problem.unit(route.unit).day;
            let teams = days.entry(day).or_default();
            teams.push(std::iter::once(route.unit).chain(route.company.iter().copied()).map(id).collect());
            let number = teams.len();
            works.extend(route.visits.iter().map(|visit| {
                let start = visit.start.0 - (i64::from(day) - 1) * DAY;
                let id = self.interventions[visit.need.index()].id;
                json!({ "id": id, "day": day, "start": start, "team": number })
            }));
        }
        let days = days.iter().map(|(day, teams)| json!({ "day": day, "teams": teams })).collect::<Vec<_>>();
        json!({ "days": days, "interventions": works })
    }
}
