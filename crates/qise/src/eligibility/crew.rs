//! Whether people may make up a crew together.

use crate::model::{NeedId, Problem, TeamId, UnitId};

/// Whether the people of `units` may serve `need` together: nobody who must not meet, all of one team where that is asked, and as
/// many as it says of what they must hold among them. Whether each of them suits is another question.
pub fn crew_compatible(problem: &Problem, need: NeedId, units: &[UnitId]) -> bool {
    let rules = &problem.need(need).crew;
    let who = |unit: &UnitId| problem.unit(*unit).volunteer;
    let meet = units
        .iter()
        .enumerate()
        .any(|(k, unit)| units[..k].iter().any(|other| problem.are_apart(who(other), who(unit))));
    let held = rules.tallies.iter().all(|tally| {
        let holders = units.iter().filter(|&&unit| problem.has(unit, tally.quality)).count();
        holders >= tally.min as usize && tally.max.is_none_or(|max| holders <= max as usize)
    });
    !meet && held && (!rules.same_team || units.is_empty() || have_common_team(problem, units))
}

fn have_common_team(problem: &Problem, units: &[UnitId]) -> bool {
    let teams = |unit: UnitId| &problem.volunteer(problem.unit(unit).volunteer).teams;
    let shared = |team: &TeamId| units[1..].iter().all(|&unit| teams(unit).contains(team));
    teams(units[0]).iter().any(shared)
}
