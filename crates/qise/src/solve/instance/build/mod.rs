//! Makes an instance of a problem.

pub(crate) mod neighbours;
pub(crate) mod recreate_keys;

use super::Instance;
use super::depot_calls::DepotCalls;
use super::exclusive_units::ExclusiveUnits;
use super::links::Links;
use super::makespans::Makespans;
use super::neighbours::Neighbours;
use super::party_pools::Parties;
use super::precedence::Precedence;
use super::recreate_keys::RecreateKeys;
use super::slot::{FlatSlot, counted_makespans, flat_units};
use super::stakes::Stakes;
use super::weights::Weights;
use crate::eligibility::{Candidates, Compatibility, candidates_among};
use crate::model::{DimensionId, IdenticalUnits, NeedId, Problem, Seconds, SlotId, Term};

/// Units remembered as near each need.
const NEAREST_UNITS: usize = 96;

impl<'p> Instance<'p> {
    /// `None` if `stop` says that there is no more time before all is told that a search asks.
    pub(crate) fn new(problem: &'p Problem, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let mut instance = Self::without_candidates(problem);
        let leads = |unit| instance.identical.is_representative(unit);
        instance.candidates = candidates_among(problem, NEAREST_UNITS, leads, stop);
        if !stop() {
            instance.neighbours = Neighbours::new(&instance, stop);
        }
        if stop() {
            return None;
        }
        instance.recreate_keys = RecreateKeys::new(&instance);
        Some(instance)
    }

    /// For questions about single pairs.
    pub(crate) fn without_candidates(problem: &'p Problem) -> Self {
        let objective = problem.objective();
        let weights = Weights::new(problem);
        let mut slots = problem.slot_ids().map(|id| FlatSlot::new(problem, &weights, id)).collect::<Vec<_>>();
        let calls = DepotCalls::new(problem);
        slots.extend(calls.list().iter().map(|call| FlatSlot::call(problem, call)));
        let links = Links::new(problem);
        let parties = Parties::new(problem);
        let crews = Precedence::new(problem);
        for (flat, id) in slots.iter_mut().zip(problem.slot_ids()) {
            let need = problem.slot(id).need;
            let asks = !problem.need(need).crew.is_empty();
            let bound = problem.need(need).max_ride.is_some();
            let waits = !crews.successors(id).is_empty() || !crews.predecessors(id).is_empty();
            flat.stays = problem.need(need).people() > 1
                || asks
                || bound
                || waits
                || !parties.is_empty()
                || flat.groups != 0 && ends_outweigh_work(problem, &weights);
            flat.is_synchronised = flat.stays || flat.groups != 0 || !links.of(need).is_empty();
            flat.is_dependent =
                flat.is_synchronised || problem.need(need).is_ride() || !problem.need(need).goods.is_empty();
        }
        let of_calls = calls.list().len() * problem.dimensions().len();
        let limits =
            |f: fn(&crate::model::DayLimits) -> bool| problem.volunteers().iter().any(|v| f(&v.per_day));
        let tardy = slots.iter().any(FlatSlot::is_promised)
            && [Term::Tardiness, Term::WorstTardiness, Term::Late].iter().any(|&t| objective.uses(t));
        let retimed = objective.uses(Term::Disruption) && slots.iter().any(|n| !n.previous.is_empty());
        let of_work = [Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst];
        let work = of_work.iter().any(|&t| objective.uses(t));
        let dimensions = problem.dimensions().len();
        let all = || (0..dimensions).map(DimensionId::new);
        Self {
            depot_calls: calls,
            exclusive_units: ExclusiveUnits::new(problem),
            precedence: crews,
            links,
            parties,
            makespans: Makespans::new(problem),
            candidates: Candidates::default(),
            identical: IdenticalUnits::new(problem),
            neighbours: Neighbours::default(),
            recreate_keys: RecreateKeys::default(),
            compatibility: Compatibility::new(problem),
            timed: tardy || retimed || work,
            compress: work
                || limits(|d| d.work.is_some())
                // Whoever leaves later has rested longer.
                || problem.volunteers().iter().any(|v| v.week_work.is_some() || v.rest > Seconds::ZERO),
            metres: objective.uses(Term::Distance)
                || limits(|d| d.distance.is_some())
                || problem.vehicles().iter().any(|v| v.range.is_some()),
            loads: {
                let of_needs = problem.slot_ids().flat_map(|n| all().map(move |d| problem.load(n, d)));
                of_needs.chain(std::iter::repeat_n(0, of_calls)).collect()
            },
            rides: problem.has_rides(),
            unloads: problem.has_rides() || problem.has_goods(),
            capacities: problem
                .units()
                .iter()
                .flat_map(|u| all().map(move |d| problem.capacity(u, d)))
                .collect(),
            dimensions,
            travel_cost: weights.of(Term::TravelTime),
            metre_cost: weights.of(Term::Distance),
            second_cost: (weights.of(Term::TravelTime) + weights.of(Term::WorkTime))
                .max(weights.of(Term::Distance))
                .max(1),
            all_prizes_equal: {
                let mut worths = slots.iter().filter(|slot| slot.leads).map(|slot| slot.prize);
                let first = worths.next();
                worths.all(|worth| Some(worth) == first)
            },
            counts_people: objective.uses(Term::People),
            people_first: Weights::puts_people_first(problem),
            weighs_unserved: weights.coverage_first(problem).is_some(),
            handed_out: may_be_handed_out(problem),
            units: flat_units(problem),
            stakes: Stakes::new(&weights, slots.iter().map(|s| (s.leads, s.priority, s.comes_first))),
            problem,
            slots,
            weights,
        }
    }
}

/// The needs that the budget allows to hand to others.
fn may_be_handed_out(problem: &Problem) -> Vec<SlotId> {
    let budget = problem.outsourcing();
    let affordable =
        |need: &NeedId| problem.need(*need).outsource.is_some_and(|price| i64::from(price) <= budget);
    problem.need_ids().filter(affordable).map(|need| problem.first_slot(need)).collect()
}

/// Whether a second by which last ends come sooner is worth more than a second at work.
fn ends_outweigh_work(problem: &Problem, weights: &Weights) -> bool {
    let of_work = [Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst];
    let work = of_work.iter().map(|&term| weights.of(term)).fold(0, i64::saturating_add);
    let groups = counted_makespans(problem).iter().map(|group| i64::from(group.weight)).sum::<i64>();
    weights.of(Term::Makespan).saturating_mul(groups) >= work
}
