//! What is asked more rarely, added to a scenario that is already made: projects, overtime, visits of a week, breaks with nothing on board
//! and at the base, shifts that start where the one before ended, loads in order, teams that go out, vehicles that needs name.

use qise::ProblemData;
use qise::model::{LeastPeople, Means, ProfileId, Project, ProjectId, RouteStart, Seconds, Unload};

use super::GenerateOptions;
use super::draw::{Draw, Stream};

/// Key, name and owner of the projects.
const PROJECTS: [(&str, &str, &str); 4] = [
    ("spring", "春季走访", "盟民政局"),
    ("herders", "牧区助老", "左旗团委"),
    ("clinic", "流动诊所", "盟卫健委"),
    ("ecology", "植树治沙", "林草局"),
];

/// Adds it to so many of a hundred shifts, people, teams, vehicles and needs. Whatever was there stays as it is.
pub(super) fn add(data: &mut ProblemData, options: &GenerateOptions) {
    let share = f64::from(options.extras_percent) / 100.0;
    if share == 0.0 {
        return;
    }
    let mut draw = Draw::new(options.seed, Stream::Extras);
    let project = |&(key, name, owner): &(&str, &str, &str)| Project {
        key: key.into(),
        name: Some(name.into()),
        owner: Some(owner.into()),
    };
    data.projects = PROJECTS.iter().map(project).collect();
    for volunteer in &mut data.volunteers {
        let mut bases =
            volunteer.teams.iter().filter_map(|team| data.teams[team.index()].base).collect::<Vec<_>>();
        bases.sort_unstable();
        bases.dedup();
        for s in 0..volunteer.shifts.len() {
            let most = Seconds(draw.stepped(30, 120, 30) * 60);
            let next = volunteer.shifts.get(s + 1).map(|next| next.start);
            let shift = &mut volunteer.shifts[s];
            if draw.chance(share) && next.is_none_or(|next| shift.end + most <= next) {
                shift.overtime = most;
            }
            for rest in &mut shift.breaks {
                rest.only_when_empty = draw.chance(share);
                if draw.chance(share) {
                    rest.at.clone_from(&bases);
                }
            }
            if draw.chance(share) && s > 0 && !shift.party && shift.from == RouteStart::Home {
                shift.from = RouteStart::Previous;
            }
        }
        let visits = draw.between(3, 12) as u32;
        if draw.chance(share) {
            volunteer.per_week.visits = Some(visits);
        }
    }
    for team in &mut data.teams {
        let (count, price) = (draw.between(1, 4) as u32, draw.stepped(100, 2000, 100) as u32);
        if draw.chance(share) {
            team.least_people = Some(LeastPeople { count, price: Some(price) });
        }
    }
    for vehicle in &mut data.vehicles {
        if draw.chance(share) {
            vehicle.unload = Unload::LastInFirstOut;
        }
    }
    for need in &mut data.needs {
        let project = draw.below(PROJECTS.len());
        if draw.chance(share) {
            need.project = Some(ProjectId::new(project));
        }
        if draw.chance(share / 4.0) {
            need.vehicles = vec![Means::Kind(ProfileId(0))];
        }
    }
}
