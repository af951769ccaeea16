//! The problem as the search sees it: flat arrays, and one number to go by.

use super::guide::Guide;
use crate::matching::{Candidates, candidates, latest_start};
use crate::model::{NeedId, PlaceId, Problem, Seconds, Time, Unit, UnitId, VolunteerId, Window};
use crate::plan::Term;

/// Candidate lists hold at most this many entries over all needs (4 bytes each)…
const MOST_CANDIDATES: usize = 6_000_000;
/// … and for each need so many that a plan of this many units is looked at as a whole, …
const UNITS_AT_ONCE: usize = 200_000;
/// … but never fewer than this.
const LEAST_CANDIDATES: usize = 64;

/// The problem, flattened for the search.
pub(super) struct Instance<'p> {
    pub(super) problem: &'p Problem,
    pub(super) needs: Vec<FlatNeed>,
    pub(super) candidates: Candidates,
    pub(super) guide: Guide,
    /// Whether the timing of a route counts beyond its feasibility: then every change is timed in full.
    pub(super) timed: bool,
    /// Whether visits are moved together to spare working and waiting time.
    pub(super) compress: bool,
    /// Whether metres count, in the objective or against a limit.
    pub(super) metres: bool,
    /// Units whose routes cannot be judged by slack alone: breaks, or limits of the day.
    pub(super) special: Vec<bool>,
}

/// What the search asks of a need, again and again.
#[derive(Clone, Debug)]
pub(super) struct FlatNeed {
    pub(super) place: PlaceId,
    pub(super) setup: Seconds,
    service: Seconds,
    pub(super) pinned: Option<Time>,
    soft_start: Time,
    soft_finish: Time,
    /// Cost of leaving it, in the guide's currency.
    pub(super) worth: i64,
    pub(super) previous: Option<Before>,
    has_wishes: bool,
    has_own_service: bool,
}

/// What the previous plan said of a need, and what it costs to change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) volunteer: VolunteerId,
    pub(super) start: Time,
    pub(super) reassign: i64,
    pub(super) retime: i64,
}

impl<'p> Instance<'p> {
    pub(super) fn new(problem: &'p Problem) -> Self {
        let most = (MOST_CANDIDATES / problem.needs().len().max(1))
            .min(UNITS_AT_ONCE / problem.units().len().max(1));
        let most = most.max(LEAST_CANDIDATES);
        Self::with(problem, candidates(problem, most))
    }

    /// For questions about single pairs.
    pub(super) fn without_candidates(problem: &'p Problem) -> Self {
        Self::with(problem, Candidates::default())
    }

    fn with(problem: &'p Problem, candidates: Candidates) -> Self {
        let objective = problem.objective();
        let guide = Guide::new(problem);
        let needs = problem.need_ids().map(|id| FlatNeed::new(problem, &guide, id)).collect::<Vec<_>>();
        let limits =
            |f: fn(&crate::model::DayLimits) -> bool| problem.volunteers().iter().any(|v| f(&v.per_day));
        let tardy = needs.iter().any(FlatNeed::is_promised)
            && [Term::Tardiness, Term::WorstTardiness, Term::Late].iter().any(|&t| objective.uses(t));
        let retimed = objective.uses(Term::Disruption) && needs.iter().any(|n| n.previous.is_some());
        let work = [Term::WorkTime, Term::Waiting, Term::Load].iter().any(|&t| objective.uses(t));
        let special = problem.units().iter().map(|unit| {
            let volunteer = problem.volunteer(unit.volunteer);
            volunteer.has_day_limits() || !volunteer.shifts[unit.shift as usize].breaks.is_empty()
        });
        Self {
            problem,
            candidates,
            timed: tardy || retimed || work,
            compress: work || limits(|d| d.work.is_some()),
            metres: objective.uses(Term::Distance) || limits(|d| d.distance.is_some()),
            special: special.collect(),
            needs,
            guide,
        }
    }

    pub(super) fn need(&self, need: NeedId) -> &FlatNeed {
        &self.needs[need.index()]
    }

    pub(super) fn unit(&self, unit: UnitId) -> &'p Unit {
        self.problem.unit(unit)
    }

    pub(super) fn windows(&self, need: NeedId) -> &'p [Window] {
        self.problem.windows(need)
    }

    /// How long a visit takes.
    #[inline]
    pub(super) fn service(&self, need: NeedId, unit: &Unit) -> Seconds {
        let flat = self.need(need);
        if flat.has_own_service {
            self.problem.service(need, unit.volunteer)
        } else {
            self.problem.volunteer(unit.volunteer).paced(flat.service)
        }
    }

    /// The latest start that a hard promise to finish leaves.
    #[inline]
    pub(super) fn latest(&self, need: NeedId, service: Seconds) -> Time {
        latest_start(self.problem.need(need), service)
    }

    /// Travel and setup from one place to a need.
    #[inline]
    pub(super) fn arc(&self, unit: &Unit, from: PlaceId, need: NeedId) -> Seconds {
        let flat = self.need(need);
        if from == flat.place {
            Seconds::ZERO
        } else {
            self.problem.travel().seconds(unit.mode, from, flat.place) + flat.setup
        }
    }

    /// The way from a place to the end of the route.
    #[inline]
    pub(super) fn back(&self, unit: &Unit, from: PlaceId) -> Seconds {
        unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, from, to))
    }

    /// Price of the wishes that `unit` does not meet at `need`.
    #[inline]
    pub(super) fn wishes(&self, need: NeedId, unit: UnitId) -> i64 {
        if self.need(need).has_wishes { self.problem.preference_price(need, unit) } else { 0 }
    }
}

impl FlatNeed {
    fn new(problem: &Problem, guide: &Guide, id: NeedId) -> Self {
        let need = problem.need(id);
        let place = need.stops[0].place;
        let soft = need.promise.filter(|p| !p.hard);
        let previous = problem.previous_visit(id).zip(problem.previous()).map(|(visit, plan)| Before {
            volunteer: visit.volunteer,
            start: visit.start,
            reassign: i64::from(need.change_price.unwrap_or(plan.reassign_price)),
            retime: i64::from(need.change_price.unwrap_or(plan.retime_price)),
        });
        Self {
            place,
            setup: problem.place(place).setup,
            service: need.stops[0].service,
            pinned: need.pin.and_then(|pin| pin.start),
            soft_start: soft.and_then(|p| p.start_by).unwrap_or(Time::MAX),
            soft_finish: soft.and_then(|p| p.finish_by).unwrap_or(Time::MAX),
            worth: guide.worth(need.priority, problem.comes_first(id)),
            previous,
            has_wishes: !need.roles[0].prefers.is_empty(),
            has_own_service: !need.roles[0].service_by.is_empty(),
        }
    }

    fn is_promised(&self) -> bool {
        self.soft_start < Time::MAX || self.soft_finish < Time::MAX
    }

    /// By how much a soft promise is missed.
    #[inline]
    pub(super) fn tardiness(&self, start: Time, service: Seconds) -> i64 {
        (start.0 - self.soft_start.0).max(start.0 + service.0 - self.soft_finish.0).max(0)
    }

    /// The latest start that keeps every soft promise.
    #[inline]
    pub(super) fn in_time(&self, service: Seconds) -> Time {
        self.soft_start.min(self.soft_finish - service)
    }
}
