//! Whom service reaches: by area, by kind of need, and by project.

use super::{Evenness, Share};
use crate::model::{AreaId, CategoryId, NeedId, Problem, ProjectId, Seconds, Time};
use crate::plan::Plan;

/// Which needs are counted together.
// Not `non_exhaustive`: whoever adds a variant must learn from the compiler where it is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupOf {
    /// Those in an area.
    Area(AreaId),
    /// Those in no area.
    NoArea,
    /// Those of a category.
    Category(CategoryId),
    /// Those without a category.
    NoCategory,
    /// Those of a project.
    Project(ProjectId),
    /// Those of no project.
    NoProject,
}

impl GroupOf {
    /// The id of the area, category or project in documents; `None` for needs that have none.
    pub fn key(self, problem: &Problem) -> Option<&str> {
        match self {
            Self::Area(area) => Some(&problem.areas()[area.index()].key),
            Self::Category(category) => Some(&problem.categories()[category.index()].key),
            Self::Project(project) => Some(&problem.projects()[project.index()].key),
            Self::NoArea | Self::NoCategory | Self::NoProject => None,
        }
    }
}

/// How a part of the needs is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which needs they are.
    pub of: GroupOf,
    /// Residents counted there; 0 for categories and projects.
    pub residents: u64,
    /// What is asked for; the ways to do one thing count once.
    pub asked: usize,
    /// How much of that is served.
    pub served: usize,
    /// How much is handed to others.
    pub outsourced: usize,
    /// The priority of what is asked for.
    pub priority: i64,
    /// The priority of what is not left, as the term `unserved_priority` counts it.
    pub priority_served: i64,
    /// From the moment when each served need could first start until it starts, summed.
    pub waited: Seconds,
    /// The longest of these times.
    pub longest: Seconds,
}

impl Group {
    fn new(of: GroupOf) -> Self {
        Self {
            of,
            residents: 0,
            asked: 0,
            served: 0,
            outsourced: 0,
            priority: 0,
            priority_served: 0,
            waited: Seconds::ZERO,
            longest: Seconds::ZERO,
        }
    }

    /// The share of what is asked for that is served; nothing where nothing is asked for.
    pub fn share_served(&self) -> Option<Share> {
        Share::of(self.served as i64, self.asked as i64)
    }

    /// The share of the priority that is not left; nothing where there is no priority.
    pub fn share_of_priority(&self) -> Option<Share> {
        Share::of(self.priority_served, self.priority)
    }

    /// The mean time that served needs wait, rounded down; nothing where none is served.
    pub fn mean_wait(&self) -> Option<Seconds> {
        (self.served > 0).then(|| Seconds(self.waited.0 / self.served as i64))
    }
}

/// How evenly groups are served: over the share served of each in which something is asked for.
pub fn evenness(groups: &[Group]) -> Evenness {
    Evenness::of(groups.iter().filter_map(Group::share_served))
}

/// How each area is served, in the order of the problem, and what lies in none last: by the place of the first stop, of several ways to do
/// one thing that of the first. Areas without needs are listed, what lies in none only where something does.
pub fn by_area(problem: &Problem, plan: &Plan) -> Vec<Group> {
    let areas = (0..problem.areas().len()).map(|area| GroupOf::Area(AreaId::new(area)));
    let mut groups = areas.chain([GroupOf::NoArea]).map(Group::new).collect::<Vec<_>>();
    let last = groups.len() - 1;
    let area = |place| problem.area_of(place).map_or(last, AreaId::index);
    for people in problem.population() {
        let residents = &mut groups[area(people.place)].residents;
        *residents = residents.saturating_add(people.residents.into());
    }
    count(problem, plan, &mut groups, |need| area(problem.stop_place(need, 0)));
    groups.retain(|group| group.of != GroupOf::NoArea || group.asked > 0 || group.residents > 0);
    groups
}

/// How each category is served in which something is asked for, in the order of the problem, and needs without one last.
pub fn by_category(problem: &Problem, plan: &Plan) -> Vec<Group> {
    let categories =
        (0..problem.categories().len()).map(|category| GroupOf::Category(CategoryId::new(category)));
    let mut groups = categories.chain([GroupOf::NoCategory]).map(Group::new).collect::<Vec<_>>();
    let last = groups.len() - 1;
    count(problem, plan, &mut groups, |need| problem.need(need).category.map_or(last, CategoryId::index));
    groups.retain(|group| group.asked > 0);
    groups
}

/// How each project is served in which something is asked for, in the order of the problem, and needs of none last; nothing where there are
/// no projects.
pub fn by_project(problem: &Problem, plan: &Plan) -> Vec<Group> {
    if problem.projects().is_empty() {
        return Vec::new();
    }
    let projects = (0..problem.projects().len()).map(|project| GroupOf::Project(ProjectId::new(project)));
    let mut groups = projects.chain([GroupOf::NoProject]).map(Group::new).collect::<Vec<_>>();
    let last = groups.len() - 1;
    count(problem, plan, &mut groups, |need| problem.need(need).project.map_or(last, ProjectId::index));
    groups.retain(|group| group.asked > 0);
    groups
}

/// Counts what is asked for and what is served into groups.
fn count(problem: &Problem, plan: &Plan, groups: &mut [Group], group_of: impl Fn(NeedId) -> usize) {
    // The first start of each need that is served.
    let mut starts: Vec<Option<Time>> = vec![None; problem.needs().len()];
    for (_, visit) in plan.visits().filter(|(_, visit)| visit.need.index() < problem.needs().len()) {
        let start = &mut starts[visit.need.index()];
        *start = Some(start.map_or(visit.start, |first| first.min(visit.start)));
    }
    let mut outsourced = vec![false; starts.len()];
    for need in plan.outsourced.iter().filter(|need| need.index() < problem.needs().len()) {
        outsourced[need.index()] = true;
    }
    for need in problem.standing() {
        let alone = [need];
        let ways = if problem.ways(need).is_empty() { &alone } else { problem.ways(need) };
        let group = &mut groups[group_of(need)];
        let priority = |way: &NeedId| i64::from(problem.need(*way).priority);
        let most = ways.iter().map(priority).max().unwrap_or(0);
        group.asked += 1;
        group.priority = group.priority.saturating_add(most);
        let taken = ways.iter().find(|way| starts[way.index()].is_some() || outsourced[way.index()]);
        let Some(way) = taken else { continue };
        group.priority_served = group.priority_served.saturating_add(priority(way));
        let Some(start) = starts[way.index()] else {
            group.outsourced += 1;
            continue;
        };
        group.served += 1;
        let could = problem.need(*way).stops[0].windows.first().map_or(start, |window| window.from);
        let wait = Seconds(start.0.saturating_sub(could.0).clamp(0, Seconds::MAX.0));
        group.waited = Seconds(group.waited.0.saturating_add(wait.0));
        group.longest = group.longest.max(wait);
    }
}
