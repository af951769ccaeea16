//! What places for a need come to: the routes that change, and the growth of every term.

use super::ask::Found;
use super::{Offer, PlanQuery};
use crate::model::{NeedId, Problem, SlotId, Term, Terms, UnitId};
use crate::plan::Route;
use crate::solve::state::export;
use crate::solve::state::independence;
use crate::solve::state::meets_as_before;
use crate::solve::state::route::RouteTotals;

impl PlanQuery<'_> {
    /// The offers that places for a need make, in their order. In a trial in which the need was lifted from routes of these units, and
    /// which ends here; places that do not hold once they are taken make none.
    pub(crate) fn offers(&mut self, need: NeedId, lifted: &[UnitId], found: &[Found]) -> Vec<Offer> {
        let displaces = self.lost(need, lifted);
        let routes =
            lifted.iter().map(|&unit| export::to_route(&self.plan, &self.instance, unit, &mut self.timing));
        let routes = routes.collect::<Vec<_>>();
        let quick =
            found.iter().map(|found| self.at_a_glance(need, found, &routes, &displaces)).collect::<Vec<_>>();
        self.plan.undo(&self.instance);
        let all = quick.into_iter().zip(found);
        all.filter_map(|(offer, found)| offer.or_else(|| self.by_doing_it(need, found, &displaces))).collect()
    }

    /// The needs that are not served any more once `need` was lifted from routes of these units, itself and other ways to do it apart.
    pub(crate) fn lost(&self, need: NeedId, lifted: &[UnitId]) -> Vec<NeedId> {
        let problem = self.instance.problem;
        // Calls at depots lead nothing.
        let leaves = |&slot: &SlotId| self.instance.slot(slot).leads && self.plan.unit_of(slot).is_none();
        let another = |other: &NeedId| *other != need && !problem.ways(need).contains(other);
        let gone = lifted.iter().flat_map(|&unit| self.plan.trial().lost_by(unit));
        gone.filter(leaves).map(|slot| problem.slot(slot).need).filter(another).collect()
    }

    /// The offer of a place that changes nothing but one route; nothing where that is not known.
    fn at_a_glance(
        &mut self,
        need: NeedId,
        found: &Found,
        lifted: &[Route],
        displaces: &[NeedId],
    ) -> Option<Offer> {
        let Self { instance, plan, timing, .. } = self;
        let [place] = found.crew.placings[..] else { return None };
        let (flat, route) = (instance.slot(place.slot), plan.route(place.unit));
        if flat.is_dependent || found.moves || !independence::routes_tell(instance) {
            return None;
        }
        let mut before = Vec::new();
        let meets = route.is_synchronised(instance);
        if meets {
            independence::starts(plan, instance, place.unit, timing, &mut before);
        }
        let mut visits = route.visits.clone();
        visits.insert(place.at, place.slot);
        if !timing.set(instance, place.unit, route.start(instance.unit(place.unit)), &visits, plan.releases())
            || meets && !meets_as_before(instance, &visits, place.at, timing, &before)
            || !plan.keeps_end(instance, place.unit, place.at)
        {
            return None;
        }
        let totals = RouteTotals::of(instance, place.unit, &visits, timing);
        let growth = plan.terms().growth(instance, plan.routes(), (place.unit, &totals), flat);
        let new = export::timed_route(plan, instance, place.unit, &visits, timing);
        let mut routes = lifted.iter().filter(|route| route.unit != place.unit).cloned().collect::<Vec<_>>();
        routes.push(new);
        routes.sort_unstable_by_key(|route| route.unit);
        Some(Offer {
            need,
            routes,
            displaces: displaces.to_vec(),
            moves_others: false,
            growth: told(self.instance.problem, &growth),
        })
    }

    fn by_doing_it(&mut self, need: NeedId, found: &Found, displaces: &[NeedId]) -> Option<Offer> {
        self.plan.begin();
        let _ = self.without(need);
        let before = self.plan.all_terms(self.instance.problem);
        let holds = self.plan.place_crew(&self.instance, &found.crew);
        let moves_others = found.moves;
        let offer =
            holds.then(|| Offer { moves_others, ..self.offer_now(need, &before, displaces.to_vec()) });
        self.plan.undo(&self.instance);
        offer
    }

    /// The offer that the plan as it is now makes, in a trial; `before`: the terms before it began.
    pub(crate) fn offer_now(&mut self, need: NeedId, before: &Terms, displaces: Vec<NeedId>) -> Offer {
        let after = self.plan.all_terms(self.instance.problem);
        let mut growth = Terms::default();
        for &term in Term::ALL {
            growth.set(term, after.get(term) - before.get(term));
        }
        let mut units = self.plan.trial().changed().collect::<Vec<UnitId>>();
        units.sort_unstable();
        let Self { instance, plan, timing, .. } = self;
        let routes = units.into_iter().map(|unit| export::to_route(plan, instance, unit, timing)).collect();
        Offer { need, routes, displaces, moves_others: false, growth: told(self.instance.problem, &growth) }
    }
}

/// The terms that the objective uses, travel time, and people who are missing: the others are not kept up to date.
fn told(problem: &Problem, growth: &Terms) -> Terms {
    let objective = problem.objective();
    let mut told = Terms::default();
    let always = [Term::TravelTime, Term::PeopleShort];
    for &term in Term::ALL.iter().filter(|t| always.contains(t) || objective.uses(**t)) {
        told.set(term, growth.get(term));
    }
    told
}
