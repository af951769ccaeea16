//! Making room: what those who could serve a need would have to give up for it, once others have taken over what they can.

use std::ops::Range;

use super::ask::OF_SAME;
use super::{Offer, PlanQuery};
use crate::model::{NeedId, SlotId, UnitId};
use crate::solve::insertion::party::asks_party;
use crate::solve::instance::weights::Measure;
use crate::solve::state::CrewInsertion;

/// No longer runs of visits are given up together, short of all.
const LONGEST_RUN: usize = 4;

/// For so many ways to give something up it is asked who would take it over.
const LOOKED_AT: usize = 3;

/// What somebody gives up at first.
#[derive(Clone, Debug)]
enum Gives {
    /// One run of visits, by the only one who comes.
    Run(Range<usize>),
    /// All visits, by all who come.
    All,
}

impl PlanQuery<'_> {
    /// The cheapest way found to serve a need by one of these crews, who give up visits for it: as few as were found, for others take
    /// over what they can. Nothing where none of them can come whatever they give up.
    ///
    /// `crews`: people who could serve it with nothing else to do, such as [`PlanQuery::rank`] tells of an empty plan.
    ///
    /// Nothing as well where the problem does not have the need or somebody of the crews.
    pub fn displacement(&mut self, need: NeedId, crews: &[Vec<UnitId>]) -> Option<Offer> {
        let is_unknown = |unit: &UnitId| unit.index() >= self.instance.units.len();
        if !self.knows(need) || crews.iter().flatten().any(is_unknown) {
            return None;
        }
        let mut ways: Vec<(Measure, &[UnitId], Gives)> = Vec::new();
        for crew in crews {
            let count = if let [only] = crew[..] { self.plan.route(only).visits.len() } else { 0 };
            let runs = (0..count).flat_map(|from| {
                let ends = from + 1..=count.min(from + LONGEST_RUN);
                ends.map(move |to| Gives::Run(from..to))
            });
            for gives in runs.chain([Gives::All]) {
                if self.is_over() {
                    return None;
                }
                if let Some((cost, _)) = self.tried(need, crew, &gives, false) {
                    ways.push((cost, crew, gives));
                }
            }
        }
        // To ask for everything who would take it over takes long: that is done for what gives up little of worth.
        ways.sort_by(|a, b| a.0.cmp(&b.0));
        ways.truncate(LOOKED_AT);
        let mut best: Option<(Measure, &[UnitId], Gives)> = None;
        for (_, crew, gives) in ways {
            if self.is_over() {
                return None;
            }
            if let Some((cost, _)) = self.tried(need, crew, &gives, true)
                && best.as_ref().is_none_or(|(least, ..)| cost < *least)
            {
                best = Some((cost, crew, gives));
            }
        }
        let (_, crew, gives) = best?;
        if self.is_over() {
            return None;
        }
        let problem = self.instance.problem;
        let before = self.plan.all_terms(problem);
        self.plan.begin();
        let offer = self.give_up_for(need, crew, &gives, true).map(|(_, lost)| {
            let displaces = lost.iter().map(|&slot| problem.slot(slot).need).collect();
            self.offer_now(need, &before, displaces)
        });
        self.plan.undo(&self.instance);
        offer
    }

    /// What comes of it, once it is undone.
    fn tried(
        &mut self,
        need: NeedId,
        crew: &[UnitId],
        gives: &Gives,
        hand_over: bool,
    ) -> Option<(Measure, Vec<SlotId>)> {
        self.plan.begin();
        let found = self.give_up_for(need, crew, gives, hand_over);
        self.plan.undo(&self.instance);
        found
    }

    /// Serves a need by people who give up visits, and, to `hand_over`, has others take over what they can: the cost of the plan then, and
    /// the needs that are left by it. Within a trial, which the caller ends.
    fn give_up_for(
        &mut self,
        need: NeedId,
        crew: &[UnitId],
        gives: &Gives,
        hand_over: bool,
    ) -> Option<(Measure, Vec<SlotId>)> {
        let lead = self.lead(need);
        let _ = self.without(need);
        let mut given = Vec::new();
        for &unit in crew {
            let visits = &self.plan.route(unit).visits;
            let run = match gives {
                Gives::Run(run) => run.clone(),
                Gives::All => 0..visits.len(),
            };
            let positions = run.filter(|&at| !self.instance.slot(visits[at]).pinned).collect::<Vec<_>>();
            self.plan.take_out(&self.instance, unit, &positions, &mut given);
        }
        if self.is_unserved(need) {
            return None;
        }
        let found = self.cheapest_with(lead, crew)?;
        if !self.plan.place_crew(&self.instance, &found) {
            return None;
        }
        // What is worth most for the time it takes is taken over first.
        given.sort_by_key(|&slot| (std::cmp::Reverse(self.instance.density(slot, 0).to_bits()), slot));
        given.dedup();
        given.retain(|&slot| {
            let need = self.instance.problem.slot(slot).need;
            self.plan.unit_of(slot).is_none() && !(hand_over && self.take_over(need))
        });
        Some((self.plan.measure(&self.instance), given))
    }

    /// Somebody takes a need over, for as little as is found.
    fn take_over(&mut self, need: NeedId) -> bool {
        !self.is_unserved(need) && self.bring_in(need)
    }

    /// Somebody serves a need for as little as is found, whatever it hangs on.
    pub(crate) fn bring_in(&mut self, need: NeedId) -> bool {
        let lead = self.lead(need);
        let found = if self.is_for_one(need) {
            let Self { instance, plan, index, asker, stop, .. } = self;
            asker
                .cheapest(instance, plan, index, (lead, 1), &|| stop.spent())
                .into_iter()
                .next()
                .map(|found| found.crew)
        } else {
            self.cheapest_crews(lead, 1).into_iter().next()
        };
        // Nobody takes over at a higher price than it costs to leave it.
        let found = found.filter(|crew| crew.cost < self.instance.slot(lead).prize);
        found.is_some_and(|crew| self.plan.place_crew(&self.instance, &crew))
    }

    /// The cheapest places for a need with just these people.
    pub(super) fn cheapest_with(&mut self, lead: SlotId, crew: &[UnitId]) -> Option<CrewInsertion> {
        self.cheapest_in_roles(lead, crew, |_, _| true)
    }

    /// The same where it is said who may fill which role.
    pub(super) fn cheapest_in_roles(
        &mut self,
        lead: SlotId,
        crew: &[UnitId],
        may_fill: impl Fn(u16, UnitId) -> bool,
    ) -> Option<CrewInsertion> {
        let Self { instance, plan, asker, .. } = self;
        if let [only] = crew[..] {
            return asker.ask(instance, plan, lead, only).map(|found| found.crew);
        }
        let named = |slot: SlotId, units: &mut Vec<UnitId>| {
            let role = instance.problem.slot(slot).role;
            let fits = |unit: &UnitId| may_fill(role, *unit) && instance.is_compatible(slot, *unit);
            units.extend(crew.iter().copied().filter(fits));
        };
        if asks_party(instance, lead).is_some() {
            asker.crews.only = None;
            return asker.crews.find(instance, plan, lead, i64::MAX, &mut || false, named);
        }
        asker.crews_that_hold(instance, plan, lead, (1, OF_SAME), named).pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stop;
    use crate::model::{Objective, Term};
    use crate::plan::{Plan, evaluate};
    use crate::solve::{Options, solve};
    use crate::tests::{built, line, need, person};

    #[test]
    fn as_little_is_given_up_as_must_be() {
        let mut data = line(&[0]);
        data.objective = Objective::ordered(&[Term::UnservedPriority, Term::TravelTime]);
        person(&mut data, 0, (0, 100));
        // Four that fill the shift, the third of least worth; one that takes as long as the first or the third.
        for (window, priority) in [((0, 0), 5), ((20, 20), 6), ((40, 40), 1), ((60, 60), 7), ((0, 40), 4)] {
            need(&mut data, 0, window, 20).priority = priority;
        }
        let problem = built(&data);
        let mut without = problem.to_data();
        without.needs.pop();
        let plan = solve(&built(&without), &Options::default(), &Stop::iterations(20)).plan;
        let plan = Plan { fingerprint: None, unserved: vec![NeedId(4)], ..plan };
        let mut query = PlanQuery::new(&problem, &plan);
        assert_eq!(query.plan().served(), 4);
        assert!(query.rank(NeedId(4), 1).unwrap().is_empty(), "there is no room");
        let offer = query.displacement(NeedId(4), &[vec![UnitId(0)]]).unwrap();
        assert_eq!(offer.displaces, [NeedId(2)]);
        assert_eq!(offer.growth.get(Term::UnservedPriority), 1 - 4);
        let taken = offer.taken(&problem, &query.plan());
        assert!(evaluate(&problem, &taken).is_valid());
    }
}
