//! Teams of which somebody goes out.

use crate::model::{Term, UnitId};
use crate::solve::instance::Instance;

/// How many routes the members of each team have; of nobody where the objective does not count teams.
#[derive(Clone, Debug, Default)]
pub(crate) struct Teams {
    routes: Vec<u32>,
    out: i64,
}

impl Teams {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let counts = instance.problem.objective().uses(Term::Teams);
        Self { routes: vec![0; if counts { instance.problem.teams().len() } else { 0 }], out: 0 }
    }

    /// How many teams go out.
    pub(crate) fn out(&self) -> i64 {
        self.out
    }

    /// Takes note that a unit has a route, or has one no more.
    pub(crate) fn note(&mut self, instance: &Instance<'_>, unit: UnitId, goes: bool) {
        for team in &instance.problem.volunteer(instance.unit(unit).volunteer).teams {
            let Some(routes) = self.routes.get_mut(team.index()) else { return };
            if goes {
                self.out += i64::from(*routes == 0);
                *routes += 1;
            } else {
                *routes -= 1;
                self.out -= i64::from(*routes == 0);
            }
        }
    }

    /// How many more teams go out with a unit that has no route yet.
    pub(crate) fn more_with(&self, instance: &Instance<'_>, unit: UnitId) -> i64 {
        let idle = |team: &&crate::model::TeamId| self.routes.get(team.index()) == Some(&0);
        let teams = &instance.problem.volunteer(instance.unit(unit).volunteer).teams;
        teams.iter().filter(idle).count() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Objective, Team, TeamId};
    use crate::tests::{built, instance, line, person};

    #[test]
    fn a_team_counts_once_as_long_as_somebody_of_it_is_out() {
        let mut data = line(&[0]);
        data.objective = Objective::ordered(&[Term::Unserved, Term::Teams]);
        data.teams = ["a", "b"].map(Team::new).to_vec();
        for teams in [&[0][..], &[0, 1], &[]] {
            person(&mut data, 0, (0, 9)).teams = teams.iter().map(|&team| TeamId(team)).collect();
        }
        let problem = built(&data);
        let instance = instance(&problem);
        let mut teams = Teams::new(&instance);
        let more = |teams: &Teams| [0, 1, 2].map(|unit| teams.more_with(&instance, UnitId(unit)));
        assert_eq!((teams.out(), more(&teams)), (0, [1, 2, 0]));
        teams.note(&instance, UnitId(0), true);
        assert_eq!((teams.out(), more(&teams)), (1, [0, 1, 0]));
        teams.note(&instance, UnitId(1), true);
        teams.note(&instance, UnitId(2), true);
        assert_eq!((teams.out(), more(&teams)), (2, [0, 0, 0]));
        teams.note(&instance, UnitId(0), false);
        assert_eq!(teams.out(), 2);
        teams.note(&instance, UnitId(1), false);
        assert_eq!((teams.out(), more(&teams)), (0, [1, 2, 0]));
    }
}
