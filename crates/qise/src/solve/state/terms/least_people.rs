//! Teams of which fewer go out than should.

use crate::model::{LeastPeople, TeamId, Term, Terms, UnitId};
use crate::solve::instance::Instance;

/// How many members of each team go out; of nobody where no team asks for a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct TeamsDue {
    out: Vec<i64>,
}

impl TeamsDue {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let teams = instance.problem.teams();
        let asks = teams.iter().any(|team| team.least_people.is_some());
        Self { out: vec![0; if asks { teams.len() } else { 0 }] }
    }

    /// Whether some team asks for a number.
    #[inline]
    pub(crate) fn are_counted(&self) -> bool {
        !self.out.is_empty()
    }

    /// Takes note that the person of a unit goes out, or does so no more; by how much that moves the terms.
    pub(crate) fn note(&mut self, instance: &Instance<'_>, unit: UnitId, goes: bool) -> Terms {
        let mut change = Terms::default();
        if self.are_counted() {
            for (team, least) in asking(instance, unit) {
                let out = &mut self.out[team.index()];
                let before = missing(least, *out);
                *out += if goes { 1 } else { -1 };
                add(&mut change, least, missing(least, *out) - before);
            }
        }
        change
    }

    /// By how much the terms change when the person of a unit goes out, who does not yet: they grow by nothing.
    pub(crate) fn change_with(&self, instance: &Instance<'_>, unit: UnitId) -> Terms {
        let mut change = Terms::default();
        if self.are_counted() {
            for (team, least) in asking(instance, unit) {
                add(&mut change, least, -i64::from(missing(least, self.out[team.index()]) > 0));
            }
        }
        change
    }
}

/// Adds what is missing of every team where nobody goes out.
pub(crate) fn add_all_missing(instance: &Instance<'_>, terms: &mut Terms) {
    for least in instance.problem.teams().iter().filter_map(|team| team.least_people) {
        add(terms, least, least.count.into());
    }
}

/// The teams of a person that ask for a number.
fn asking<'i>(
    instance: &'i Instance<'_>,
    unit: UnitId,
) -> impl Iterator<Item = (TeamId, LeastPeople)> + use<'i> {
    let problem = instance.problem;
    let teams = &problem.volunteer(instance.unit(unit).volunteer).teams;
    teams.iter().filter_map(|&team| Some((team, problem.teams()[team.index()].least_people?)))
}

fn missing(least: LeastPeople, out: i64) -> i64 {
    (i64::from(least.count) - out).max(0)
}

/// Adds people who are missing.
fn add(terms: &mut Terms, least: LeastPeople, missing: i64) {
    match least.price {
        Some(price) => terms.add(Term::Preferences, missing.saturating_mul(price.into())),
        None => terms.add(Term::PeopleShort, missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Team;
    use crate::tests::{built, instance, line, person};

    #[test]
    fn each_who_goes_out_is_missed_no_more_until_there_are_enough() {
        let mut data = line(&[0]);
        data.teams = ["a", "b", "c"].map(Team::new).to_vec();
        data.teams[0].least_people = Some(LeastPeople { count: 2, price: Some(50) });
        data.teams[1].least_people = Some(LeastPeople { count: 1, price: None });
        for teams in [&[0][..], &[0, 1], &[0, 2], &[2]] {
            person(&mut data, 0, (0, 9)).teams = teams.iter().map(|&team| TeamId(team)).collect();
        }
        let problem = built(&data);
        let instance = instance(&problem);
        let mut due = TeamsDue::new(&instance);
        let told = |terms: &Terms| (terms.get(Term::Preferences), terms.get(Term::PeopleShort));
        let mut all = Terms::default();
        add_all_missing(&instance, &mut all);
        assert_eq!(told(&all), (100, 1));
        let change = |due: &TeamsDue| [0, 1, 2, 3].map(|u| told(&due.change_with(&instance, UnitId(u))));
        assert_eq!(change(&due), [(-50, 0), (-50, -1), (-50, 0), (0, 0)]);
        assert_eq!(told(&due.note(&instance, UnitId(1), true)), (-50, -1));
        assert_eq!(told(&due.note(&instance, UnitId(0), true)), (-50, 0));
        assert_eq!(change(&due)[2], (0, 0), "there are enough");
        assert_eq!(told(&due.note(&instance, UnitId(2), true)), (0, 0));
        assert_eq!(told(&due.note(&instance, UnitId(1), false)), (0, 1), "of three two are left");
    }
}
