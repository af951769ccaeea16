//! Others in the stead of those who serve a need, in the plan as it stands.

use std::cmp::Ordering;

use super::ask::Found;
use super::{Offer, PlanQuery};
use crate::model::{NeedId, Problem, VolunteerId};
use crate::plan::Plan;
use crate::solve::insertion::prerequisites::remove_dependents;
use crate::solve::instance::links::TieKind;
use crate::solve::state::WorkingPlan;

/// People or crews that are looked at: a place may not hold once it is taken, and where other needs have to be brought back after the need,
/// that may turn their order round.
const LOOKED_AT: usize = 8;
/// No more ways to serve a need are asked for until some of other people are among them.
const MOST_ASKED: usize = 64;

/// A plan without a need, and who else could serve it.
pub(crate) struct Replacement {
    /// The plan in which nobody sees to the need, nor to those that go with it.
    pub(crate) without: Plan,
    /// The needs that are not served without it.
    pub(crate) hanging: Vec<NeedId>,
    /// The best way found to serve it by other people, in whichever of the ways to do it. What hangs on it is served again where
    /// somebody was found for it, and displaced elsewhere; growth is told against the plan without them.
    pub(crate) offer: Option<Offer>,
}

impl PlanQuery<'_> {
    /// What the plan is without a need that somebody sees to, and the best that other people could do instead: anybody but just these
    /// `holders`, who are in order. For a need of one person that nothing hangs on it is the first of all in the order of ranking.
    pub(crate) fn replacement(&mut self, need: NeedId, holders: &[VolunteerId]) -> Replacement {
        let problem = self.instance.problem;
        self.plan.begin();
        let lifted = self.without(need);
        let hanging = self.lost(need, &lifted);
        let without = self.plan();
        self.plan.undo(&self.instance);

        let alone = [need];
        let ways = if problem.ways(need).is_empty() { &alone } else { problem.ways(need) };
        let mut best: Option<Offer> = None;
        for &way in ways {
            for found in self.others(way, holders, &hanging) {
                let Some(offer) = self.in_their_stead(way, &found, &hanging) else { continue };
                if best.as_ref().is_none_or(|best| self.compare(&offer, best).is_lt()) {
                    best = Some(offer);
                }
                // They come in their order.
                if hanging.is_empty() {
                    break;
                }
            }
        }
        Replacement { without, hanging, offer: best }
    }

    /// Which of two offers is the better: the less. As in ranking, those come first that leave the times of others as they are.
    fn compare(&self, one: &Offer, other: &Offer) -> Ordering {
        let score = |offer: &Offer| self.instance.problem.objective().score(&offer.growth);
        let moves = one.moves_others.cmp(&other.moves_others);
        moves.then_with(|| score(one).cmp_levels(&score(other)))
    }

    /// The cheapest places for a need, each for other people than `holders`; what hangs on it stays lifted.
    fn others(&mut self, need: NeedId, holders: &[VolunteerId], hanging: &[NeedId]) -> Vec<Found> {
        self.plan.begin();
        let _ = self.without(need);
        let missing = |other: &NeedId| self.plan.unit_of(self.lead(*other)).is_none();
        let needed = self.instance.links.others(need, TieKind::Needs);
        let lacks = needed.filter(missing).any(|other| !hanging.contains(&other));
        let found = if lacks { Vec::new() } else { self.cheapest_but(need, holders) };
        self.plan.undo(&self.instance);
        found
    }

    /// Up to so many of the cheapest places for a need as are looked at, each for other people than `holders`, within a trial.
    fn cheapest_but(&mut self, need: NeedId, holders: &[VolunteerId]) -> Vec<Found> {
        let mut most = LOOKED_AT + 1;
        loop {
            let mut found = self.cheapest(need, most);
            let all = found.len() < most || most >= MOST_ASKED;
            found.retain(|found| people_in(self.instance.problem, &self.plan, found) != holders);
            if all || found.len() >= LOOKED_AT {
                found.truncate(LOOKED_AT);
                return found;
            }
            most *= 4;
        }
    }

    /// What it comes to when these people serve a need, and whatever hangs on it is served again for as little as is found.
    fn in_their_stead(&mut self, need: NeedId, found: &Found, hanging: &[NeedId]) -> Option<Offer> {
        let problem = self.instance.problem;
        self.plan.begin();
        let _ = self.without(need);
        let before = self.plan.all_terms(problem);
        let holds = self.plan.place_crew(&self.instance, &found.crew) && self.bring_back(need, hanging);
        let offer = holds.then(|| {
            let left = hanging.iter().copied().filter(|&other| self.plan.unit_of(self.lead(other)).is_none());
            let left = left.collect();
            Offer { moves_others: found.moves, ..self.offer_now(need, &before, left) }
        });
        self.plan.undo(&self.instance);
        offer
    }

    /// Serves again what hangs on a need, as far as somebody is found for it; false where the need itself cannot stay without some of it.
    fn bring_back(&mut self, need: NeedId, hanging: &[NeedId]) -> bool {
        let mut absent = hanging.to_vec();
        while !absent.is_empty() {
            // What nothing is missing for comes first; of needs that hang on each other one has to begin.
            let next = absent.iter().position(|&other| !self.is_unserved(other)).unwrap_or(0);
            let other = absent.remove(next);
            self.bring_in(other);
        }
        let all = hanging.iter().copied().chain([need]).collect::<Vec<_>>();
        remove_dependents(&self.instance, &mut self.plan, &all);
        self.plan.unit_of(self.lead(need)).is_some()
    }
}

/// Everybody who comes, in order.
fn people_in(problem: &Problem, plan: &WorkingPlan, Found { crew, .. }: &Found) -> Vec<VolunteerId> {
    let along = |unit| plan.route(unit).company.iter().copied();
    let units = crew.placings.iter().flat_map(|placing| along(placing.unit).chain([placing.unit]));
    let units = units.chain(crew.company.iter().copied());
    let mut people = units.map(|unit| problem.unit(unit).volunteer).collect::<Vec<VolunteerId>>();
    people.sort_unstable();
    people.dedup();
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stop;
    use crate::model::{LinkRule, Seconds, Term, UnitId};
    use crate::solve::{Options, solve};
    use crate::tests::{built, line, link, need, person, weighing};

    #[test]
    fn somebody_else_comes_and_what_hangs_on_it_is_served_again() {
        let mut data = line(&[0, 10, 50, 12]);
        data.objective = weighing(&[(Term::Unserved, 100_000), (Term::TravelTime, 1)]);
        for home in [0, 2] {
            person(&mut data, home, (0, 500));
        }
        need(&mut data, 1, (0, 400), 5);
        need(&mut data, 3, (0, 400), 5);
        data.links = vec![link(0, 1, LinkRule::After { min: Seconds(0), max: None })];
        let problem = built(&data);
        let plan = solve(&problem, &Options::default(), &Stop::iterations(20)).plan;
        let mut query = PlanQuery::new(&problem, &plan);
        assert!(plan.visits().all(|(unit, _)| unit == UnitId(0)), "24 steps and no more");
        let found = query.replacement(NeedId(0), &[VolunteerId(0)]);
        assert_eq!((found.hanging, found.without.served()), (vec![NeedId(1)], 0));
        let offer = found.offer.unwrap();
        assert!(offer.visits().all(|(unit, _)| unit == UnitId(1)) && offer.displaces.is_empty());
        assert_eq!(offer.growth.get(Term::Unserved), -2, "both are served again");
        assert_eq!(query.plan(), plan);
    }
}
