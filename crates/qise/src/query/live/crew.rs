//! A crew of which some have their places: who may be among it, and the visit of each.

use super::seat::Seat;
use crate::model::{CrewRules, Need, NeedId, Problem, TeamId, Unit, UnitId, VolunteerId};

/// A crew of which some have their places.
pub(super) struct Crew {
    /// What the need asks for as long as nobody has a place.
    pub(super) asked: Need,
    pub(super) held: Vec<Held>,
}

/// A place in a crew.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) seat: Seat,
    /// The need that stands for the visit.
    pub(super) visit: NeedId,
}

/// The visit of one person of a crew, as a need of its own.
pub(super) fn visit_of(asked: &Need, role: u16, number: usize) -> Need {
    let mut visit = asked.clone();
    visit.key = key_of_visit(asked, number);
    visit.roles = vec![asked.roles[usize::from(role)].clone()];
    visit.roles[0].count = 1;
    visit.crew = CrewRules::default();
    visit
}

/// The key of such a visit: no document has one like it.
pub(super) fn key_of_visit(asked: &Need, number: usize) -> String {
    format!("{}\u{0}{number}", asked.key)
}

/// The unit of the same shift of the same person, with the same vehicle.
pub(super) fn unit_like(problem: &Problem, unit: &Unit) -> Option<UnitId> {
    let is_like = |id: &UnitId| {
        let other = problem.unit(*id);
        (other.shift, other.vehicle) == (unit.shift, unit.vehicle)
    };
    problem.units_of(unit.volunteer).find(is_like)
}

/// Whether these people may be among a crew, as far as it is known who else comes.
pub(super) fn may_be_a_crew(problem: &Problem, asked: &Need, units: &[UnitId]) -> bool {
    let people = units.iter().map(|&unit| problem.unit(unit).volunteer).collect::<Vec<_>>();
    let meet = people
        .iter()
        .enumerate()
        .any(|(k, &one)| people[..k].iter().any(|&other| other == one || problem.are_apart(other, one)));
    let missing = asked.people() - units.len().min(asked.people());
    let tallies = asked.crew.tallies.iter().all(|tally| {
        let holders = units.iter().filter(|&&unit| problem.has(unit, tally.quality)).count();
        holders + missing >= tally.min as usize && tally.max.is_none_or(|max| holders <= max as usize)
    });
    !meet && tallies && (!asked.crew.same_team || !common_teams(problem, &people).is_empty())
}

/// The teams to which all of some people belong.
pub(super) fn common_teams(problem: &Problem, people: &[VolunteerId]) -> Vec<TeamId> {
    let Some((first, others)) = people.split_first() else { return Vec::new() };
    let shared = |team: &&TeamId| others.iter().all(|&other| problem.volunteer(other).teams.contains(team));
    problem.volunteer(*first).teams.iter().filter(shared).copied().collect()
}
