//! What is to be placed, in words.

use qise::coverage::{Cell, CoverageError, Demand, Measure, Method, Question, Sites, Team, Where, place};
use qise::model::{
    GoodId, Held, Metres, PlaceId, ProfileId, Seconds, Shift, TeamId, Time, Volunteer, VolunteerId,
};
use qise::{Problem, Stop, text};

use super::options::{position, skill_level, unknown};
use super::{BadOption, Placed, Row};
use crate::convert::bare;
use crate::{Scenario, words};

/// So many people make a team at most.
const MOST_PEOPLE: u32 = 1000;

/// What is to be placed: people like others, people with skills, or a point that lends a good.
#[derive(Clone, Debug, Default)]
pub struct Placing {
    /// How many.
    pub count: usize,
    /// The id of a team whose people, or of a volunteer, the new ones are like.
    pub like: Option<String>,
    /// The skills of new people, as `skill` or `skill:level`, on duty at all hours that are asked about.
    pub skills: Vec<String>,
    /// So many people with those skills; one when 0.
    pub people: u32,
    /// How they move, or how the way to a lending point is travelled; the way of most people when missing.
    pub profile: Option<String>,
    /// No farther than this from the site, in metres of road.
    pub radius_m: Option<u32>,
    /// The id of the good that is lent.
    pub lend: Option<String>,
    /// Where.
    pub candidates: Candidates,
    /// What is to be covered: `needs`, `residents` or `area`; the first of these that there is when missing.
    pub of: Option<Measure>,
    /// The best choice, by branch and bound of at most so many steps; one after the other when missing.
    pub exact: Option<u64>,
}

/// Where teams may be placed.
#[derive(Clone, Debug, Default)]
pub enum Candidates {
    /// The places of the scenario that have a name; all, where none has.
    #[default]
    Places,
    /// The bases of teams.
    Bases,
    /// Where needs are.
    Needs,
    /// The cells of the land.
    Cells,
    /// Points of a table.
    Rows(Vec<Row>),
}

impl Placing {
    pub(super) fn place(
        &self,
        scenario: &Scenario,
        demands: &[(Measure, Demand)],
        question: &Question,
        (limit, cells): (Seconds, &[Cell]),
        stop: &Stop,
    ) -> Result<Placed, BadOption> {
        let problem = &scenario.problem;
        let demand = demands.iter().find(|(measure, _)| self.of.is_none_or(|of| of == *measure));
        let Some((_, demand)) = demand else {
            let of = self.of.map_or("", Measure::as_str);
            return Err(BadOption(text!(
                "there is no layer of {of} to place for",
                "没有可供选址的 {of} 对象"
            )));
        };
        let candidates = self.candidates(problem, cells);
        let method = self.exact.map_or(Method::Greedy, |steps| Method::Exact { steps });
        let sites = Sites {
            candidates: candidates.iter().map(|(_, at)| *at).collect(),
            count: self.count,
            limit,
            team: self.team(problem, question)?,
            method,
        };
        let placement = place(problem, demand, question, &sites, stop).map_err(|error| match error {
            CoverageError::NothingToPlace if candidates.is_empty() => {
                BadOption(text!("there are no candidates of this kind", "没有此类候选地点"))
            }
            error => BadOption(words::coverage_error(&error)),
        })?;
        Ok(Placed { placement, candidates, limit, exact: self.exact.is_some() })
    }

    fn candidates(&self, problem: &Problem, cells: &[Cell]) -> Vec<(Option<String>, Where)> {
        let of_place = |id: PlaceId| {
            let place = problem.place(id);
            let id_or_name = place.name.clone().or_else(|| bare(place).is_none().then(|| place.key.clone()));
            (id_or_name, Where::Place(id))
        };
        let once = |mut places: Vec<PlaceId>| {
            places.sort_unstable();
            places.dedup();
            places.into_iter().map(of_place).collect()
        };
        match &self.candidates {
            Candidates::Places => {
                let all = || (0..problem.places().len()).map(PlaceId::new);
                let named = all().filter(|&id| problem.place(id).name.is_some()).collect::<Vec<_>>();
                once(if named.is_empty() { all().collect() } else { named })
            }
            Candidates::Bases => once(problem.teams().iter().filter_map(|team| team.base).collect()),
            Candidates::Needs => once(problem.need_ids().map(|need| problem.need_place(need)).collect()),
            Candidates::Cells => cells.iter().map(|cell| (None, Where::At(cell.middle))).collect(),
            Candidates::Rows(rows) => rows.iter().map(|row| (row.last.clone(), Where::At(row.at))).collect(),
        }
    }

    fn team(&self, problem: &Problem, question: &Question) -> Result<Team, BadOption> {
        let profile = match &self.profile {
            Some(key) => {
                let keys = || problem.profiles().iter().map(|profile| profile.key.as_str());
                ProfileId::new(position(&text!("profile", "出行方式"), key, keys)?)
            }
            None => usual_profile(problem),
        };
        let given = [self.like.is_some(), !self.skills.is_empty(), self.lend.is_some()];
        if given.iter().filter(|&&given| given).count() > 1 {
            return Err(BadOption(text!(
                "people like others, people with skills, or a good that is lent: only one of these",
                "“仿照某队伍或人员”“指定技能”“出借物品”三者只能选其一"
            )));
        }
        if let Some(key) = &self.lend {
            let keys = || problem.goods().iter().map(|good| good.key.as_str());
            let good = GoodId::new(position(&text!("good", "物品"), key, keys)?);
            return Ok(Team::Lending { good, profile });
        }
        let mut team = match &self.like {
            Some(key) => like(problem, key)?,
            None => self.skilled(problem, question, profile)?,
        };
        if let Team::People(people) = &mut team {
            for person in people {
                if self.profile.is_some() {
                    person.profile = profile;
                }
                if let Some(radius) = self.radius_m {
                    person.max_radius = Some(Metres(radius.into()));
                }
            }
        }
        Ok(team)
    }

    /// People with the skills that are named, on duty at all moments.
    fn skilled(&self, problem: &Problem, question: &Question, profile: ProfileId) -> Result<Team, BadOption> {
        if self.people > MOST_PEOPLE {
            let people = self.people;
            let words = text!(
                "{people} people in a team are more than {MOST_PEOPLE}",
                "一支队伍 {people} 人，超过 {MOST_PEOPLE} 人"
            );
            return Err(BadOption(words));
        }
        let held = |words: &String| skill_level(problem, words).map(|what| Held { what, expires: None });
        let holds = self.skills.iter().map(held).collect::<Result<Vec<_>, _>>()?;
        let moments = &question.moments;
        let (first, last) = moments.first().zip(moments.last()).unwrap_or((&Time(0), &Time(0)));
        let mut person = Volunteer::new("new", PlaceId(0), profile);
        person.holds = holds;
        person.shifts = vec![Shift::new(*first, *last + Seconds::HOUR, 0)];
        Ok(Team::People(vec![person; self.people.max(1) as usize]))
    }
}

/// People like those of a team, or like one volunteer.
fn like(problem: &Problem, key: &str) -> Result<Team, BadOption> {
    if let Some(team) = problem.teams().iter().position(|team| team.key == key) {
        return Ok(Team::like(problem, TeamId::new(team)));
    }
    let volunteers = problem.volunteers();
    if let Some(who) = volunteers.iter().position(|volunteer| volunteer.key == key) {
        return Ok(Team::People(vec![problem.volunteer(VolunteerId::new(who)).clone()]));
    }
    let teams = problem.teams().iter().map(|team| team.key.as_str());
    let keys = teams.chain(volunteers.iter().map(|volunteer| volunteer.key.as_str()));
    Err(unknown(&text!("team or volunteer", "队伍或志愿者"), key, keys))
}

/// The profile of most people; of equals the first.
fn usual_profile(problem: &Problem) -> ProfileId {
    let mut counts = vec![0_usize; problem.profiles().len()];
    problem.volunteers().iter().for_each(|volunteer| counts[volunteer.profile.index()] += 1);
    let most = counts.iter().enumerate().max_by_key(|&(n, &count)| (count, std::cmp::Reverse(n)));
    ProfileId::new(most.map_or(0, |(n, _)| n))
}
