//! The problem as the search sees it: flat arrays, and one number to go by.

use super::guide::Guide;
use super::near::Near;
use super::twins::Twins;
use crate::matching::{Admission, Candidates, candidates_among, earliest_start, latest_start_by};
use crate::model::{
    DimensionId, ModeId, NeedId, PlaceId, Problem, Promise, Seconds, Time, TravelMatrix, Unit, UnitId,
    Volunteer, VolunteerId, Window,
};
use crate::plan::Term;

/// Units remembered as near each need.
const NEAREST_UNITS: usize = 96;

/// The problem, flattened for the search.
pub(super) struct Instance<'p> {
    pub(super) problem: &'p Problem,
    pub(super) needs: Vec<FlatNeed>,
    pub(super) units: Vec<FlatUnit>,
    pub(super) twins: Twins,
    /// The leaders of twins near each need.
    pub(super) candidates: Candidates,
    pub(super) near: Near,
    pub(super) guide: Guide,
    admission: Admission,
    /// Whether more than the ways count: then the timing of a route is reckoned too.
    pub(super) timed: bool,
    /// Whether visits are moved together to spare working and waiting time.
    pub(super) compress: bool,
    /// Whether metres count, in the objective or against a limit.
    pub(super) metres: bool,
    /// Loads of the needs, `dimensions` a need.
    loads: Vec<i64>,
    /// Capacities of the units, `dimensions` a unit.
    capacities: Vec<i64>,
    pub(super) dimensions: usize,
    travel_cost: i64,
    metre_cost: i64,
    /// What a second on duty costs at least, in the guide's currency.
    second_cost: i64,
    pub(super) all_worth_the_same: bool,
}

/// What the search asks of a need, again and again.
#[derive(Clone, Debug)]
pub(super) struct FlatNeed {
    pub(super) place: PlaceId,
    pub(super) setup: Seconds,
    service: Seconds,
    /// The one window, cut at a hard promise and at a pinned start; the hull of all where there are several.
    window: Window,
    /// The end that a hard promise asks for.
    finish_by: Time,
    several_windows: bool,
    soft_start: Time,
    soft_finish: Time,
    /// Cost of leaving it, in the guide's currency.
    pub(super) worth: i64,
    pub(super) priority: i64,
    pub(super) comes_first: bool,
    pub(super) previous: Option<Before>,
    has_wishes: bool,
    has_own_service: bool,
    /// Whether somebody who may serve it must stay as it is.
    pub(super) pinned: bool,
}

/// What the search asks of a unit, again and again.
#[derive(Clone, Debug)]
pub(super) struct FlatUnit {
    pub(super) mode: ModeId,
    pub(super) from: PlaceId,
    pub(super) to: Option<PlaceId>,
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) volunteer: VolunteerId,
    pace_permille: u32,
    /// Whether every way takes as long, and is as far, as the way back.
    pub(super) symmetric: bool,
    /// Whether no detour is quicker than the straight way, but for rounding.
    pub(super) metric: bool,
    /// Has breaks: its routes cannot be judged by slack alone.
    pub(super) breaks: bool,
    /// Has limits of the day.
    pub(super) limited: bool,
    /// Time worked and offered before this plan, and time offered in it too.
    pub(super) worked: i64,
    pub(super) offered: i64,
}

/// What the previous plan said of a need, and what it costs to change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) volunteer: VolunteerId,
    pub(super) start: Time,
    pub(super) reassign: i64,
    pub(super) retime: i64,
}

/// A way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) seconds: i64,
    pub(super) metres: i64,
}

impl<'p> Instance<'p> {
    pub(super) fn new(problem: &'p Problem) -> Self {
        let mut instance =
            Self::with(problem, |twins| candidates_among(problem, NEAREST_UNITS, |unit| twins.leads(unit)));
        instance.near = Near::new(&instance);
        instance
    }

    /// For questions about single pairs.
    pub(super) fn without_candidates(problem: &'p Problem) -> Self {
        Self::with(problem, |_| Candidates::default())
    }

    fn with(problem: &'p Problem, candidates: impl FnOnce(&Twins) -> Candidates) -> Self {
        let twins = Twins::new(problem);
        let objective = problem.objective();
        let guide = Guide::new(problem);
        let needs = problem.need_ids().map(|id| FlatNeed::new(problem, &guide, id)).collect::<Vec<_>>();
        let limits =
            |f: fn(&crate::model::DayLimits) -> bool| problem.volunteers().iter().any(|v| f(&v.per_day));
        let tardy = needs.iter().any(FlatNeed::is_promised)
            && [Term::Tardiness, Term::WorstTardiness, Term::Late].iter().any(|&t| objective.uses(t));
        let retimed = objective.uses(Term::Disruption) && needs.iter().any(|n| n.previous.is_some());
        let work = [Term::WorkTime, Term::Waiting, Term::Load].iter().any(|&t| objective.uses(t));
        let dimensions = problem.dimensions().len();
        let all = || (0..dimensions).map(DimensionId::new);
        Self {
            candidates: candidates(&twins),
            twins,
            near: Near::default(),
            admission: Admission::new(problem),
            timed: tardy || retimed || work,
            compress: work || limits(|d| d.work.is_some()),
            metres: objective.uses(Term::Distance) || limits(|d| d.distance.is_some()),
            loads: problem.need_ids().flat_map(|n| all().map(move |d| problem.load(n, d))).collect(),
            capacities: problem
                .units()
                .iter()
                .flat_map(|u| all().map(move |d| problem.capacity(u.volunteer, d)))
                .collect(),
            dimensions,
            travel_cost: guide.of(Term::TravelTime),
            metre_cost: guide.of(Term::Distance),
            second_cost: (guide.of(Term::TravelTime) + guide.of(Term::WorkTime))
                .max(guide.of(Term::Distance))
                .max(1),
            all_worth_the_same: needs.windows(2).all(|pair| pair[0].worth == pair[1].worth),
            units: flat_units(problem),
            problem,
            needs,
            guide,
        }
    }

    /// Goes by another guide from here on.
    pub(super) fn follow_guide(&mut self, guide: Guide) {
        for need in &mut self.needs {
            need.worth = guide.worth(need.priority, need.comes_first);
        }
        self.travel_cost = guide.of(Term::TravelTime);
        self.metre_cost = guide.of(Term::Distance);
        self.guide = guide;
    }

    #[inline]
    pub(super) fn need(&self, need: NeedId) -> &FlatNeed {
        &self.needs[need.index()]
    }

    #[inline]
    pub(super) fn unit(&self, unit: UnitId) -> &FlatUnit {
        &self.units[unit.index()]
    }

    /// Whether `unit` may serve `need` at all, time and load apart.
    #[inline]
    pub(super) fn admits(&self, need: NeedId, unit: UnitId) -> bool {
        self.admission.admits(self.problem, need, unit)
    }

    pub(super) fn loads(&self, need: NeedId) -> &[i64] {
        &self.loads[need.index() * self.dimensions..][..self.dimensions]
    }

    pub(super) fn capacities(&self, unit: UnitId) -> &[i64] {
        &self.capacities[unit.index() * self.dimensions..][..self.dimensions]
    }

    pub(super) fn point(&self, need: NeedId) -> [f64; 3] {
        self.problem.travel().point(self.need(need).place)
    }

    /// How long a visit takes.
    #[inline]
    pub(super) fn service(&self, need: NeedId, unit: &FlatUnit) -> Seconds {
        let flat = self.need(need);
        if flat.has_own_service {
            self.problem.service(need, unit.volunteer)
        } else if unit.pace_permille == 1000 {
            flat.service
        } else {
            self.problem.volunteer(unit.volunteer).paced(flat.service)
        }
    }

    /// What a need is worth for what it takes: its service, and the growth of cost that it brings.
    pub(super) fn density(&self, need: NeedId, cost: i64) -> f64 {
        let flat = self.need(need);
        flat.worth as f64 / (flat.service.0 as f64 * self.second_cost as f64 + cost.max(0) as f64 + 1.0)
    }

    /// The earliest start of a visit that takes `service`, at or after `ready`.
    #[inline]
    pub(super) fn earliest(&self, need: NeedId, ready: Time, service: Seconds) -> Option<Time> {
        let flat = self.need(need);
        let latest = flat.finish_by - service;
        if flat.several_windows {
            return earliest_start(self.problem.windows(need), ready, latest, self.pinned_start(need));
        }
        let start = ready.max(flat.window.from);
        (start <= flat.window.to && start <= latest).then_some(start)
    }

    /// The latest start of a visit that takes `service`, at or before `limit`.
    #[inline]
    pub(super) fn latest(&self, need: NeedId, limit: Time, service: Seconds) -> Option<Time> {
        let flat = self.need(need);
        let limit = limit.min(flat.finish_by - service);
        if flat.several_windows {
            return latest_start_by(self.problem.windows(need), limit, self.pinned_start(need));
        }
        let start = limit.min(flat.window.to);
        (start >= flat.window.from).then_some(start)
    }

    fn pinned_start(&self, need: NeedId) -> Option<Time> {
        self.problem.need(need).pin.and_then(|pin| pin.start)
    }

    /// The way from one place to another.
    #[inline]
    pub(super) fn leg(&self, unit: UnitId, from: PlaceId, to: PlaceId) -> Leg {
        self.way(self.unit(unit), from, to)
    }

    /// The way from one place to another.
    #[inline]
    pub(super) fn way(&self, unit: &FlatUnit, from: PlaceId, to: PlaceId) -> Leg {
        let travel = self.problem.travel();
        Leg {
            seconds: travel.seconds(unit.mode, from, to).0,
            metres: if self.metres { travel.metres(unit.mode, from, to).0 } else { 0 },
        }
    }

    /// The ways from one place to all others.
    #[inline]
    pub(super) fn ways_from<'i>(&'i self, unit: &'i FlatUnit, from: PlaceId) -> Ways<'i> {
        let (seconds, metres) = self.problem.travel().row(unit.mode, from);
        Ways { instance: self, unit, from, seconds, metres: if self.metres { metres } else { &[] } }
    }

    /// What a way costs in the guide's currency.
    #[inline]
    pub(super) fn leg_cost(&self, leg: Leg) -> i64 {
        self.travel_cost * leg.seconds + self.metre_cost * leg.metres
    }

    /// Travel and setup from one place to a need.
    #[inline]
    pub(super) fn arc(&self, unit: &FlatUnit, from: PlaceId, need: NeedId) -> Seconds {
        let flat = self.need(need);
        if from == flat.place {
            Seconds::ZERO
        } else {
            self.problem.travel().seconds(unit.mode, from, flat.place) + flat.setup
        }
    }

    /// The time from a place to the end of the route.
    #[inline]
    pub(super) fn back(&self, unit: &FlatUnit, from: PlaceId) -> Seconds {
        unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, from, to))
    }

    /// Price of the wishes that `unit` does not meet at `need`.
    #[inline]
    pub(super) fn wishes(&self, need: NeedId, unit: UnitId) -> i64 {
        if self.need(need).has_wishes { self.problem.preference_price(need, unit) } else { 0 }
    }
}

/// The ways from one place to all others, as one unit moves.
#[derive(Clone, Copy)]
pub(super) struct Ways<'i> {
    instance: &'i Instance<'i>,
    unit: &'i FlatUnit,
    from: PlaceId,
    seconds: &'i [u32],
    metres: &'i [u32],
}

impl Ways<'_> {
    /// The way to a place.
    #[inline]
    pub(super) fn to(&self, place: PlaceId) -> Leg {
        match self.seconds.get(place.index()) {
            Some(&seconds) if seconds != TravelMatrix::NO_WAY => Leg {
                seconds: i64::from(seconds),
                metres: self.metres.get(place.index()).map_or(0, |&m| i64::from(m)),
            },
            _ => self.instance.way(self.unit, self.from, place),
        }
    }

    /// The way back from a place.
    #[inline]
    pub(super) fn back_from(&self, place: PlaceId) -> Leg {
        if self.unit.symmetric { self.to(place) } else { self.instance.way(self.unit, place, self.from) }
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
        let windows = problem.windows(id);
        let from = windows.first().map_or(Time::MAX, |w| w.from);
        let to = windows.last().map_or(Time::MIN, |w| w.to);
        let pinned_start = need.pin.and_then(|pin| pin.start);
        let window = match pinned_start {
            Some(start) if windows.iter().any(|w| w.contains(start)) => Window { from: start, to: start },
            Some(_) => Window { from: Time::MAX, to: Time::MIN },
            None => Window { from, to },
        };
        Self {
            place,
            setup: problem.place(place).setup,
            service: need.stops[0].service,
            window,
            finish_by: match need.promise {
                Some(Promise { finish_by: Some(finish), hard: true, .. }) => finish,
                _ => Time::MAX,
            },
            several_windows: windows.len() > 1 && pinned_start.is_none(),
            soft_start: soft.and_then(|p| p.start_by).unwrap_or(Time::MAX),
            soft_finish: soft.and_then(|p| p.finish_by).unwrap_or(Time::MAX),
            worth: guide.worth(i64::from(need.priority), problem.comes_first(id)),
            priority: i64::from(need.priority),
            comes_first: problem.comes_first(id),
            previous,
            has_wishes: !need.roles[0].prefers.is_empty(),
            has_own_service: !need.roles[0].service_by.is_empty(),
            pinned: need.pin.is_some(),
        }
    }

    /// The service at an ordinary pace.
    pub(super) fn ordinary(&self) -> Seconds {
        self.service
    }

    /// The first moment at which it may start.
    #[inline]
    pub(super) fn opens(&self) -> Time {
        self.window.from
    }

    /// The last moment at which it may start.
    #[inline]
    pub(super) fn closes(&self) -> Time {
        self.window.to
    }

    /// The last moment at which a visit that takes `service` may start.
    #[inline]
    pub(super) fn closes_for(&self, service: Seconds) -> Time {
        self.window.to.min(self.finish_by - service)
    }

    pub(super) fn several_windows(&self) -> bool {
        self.several_windows
    }

    pub(super) fn is_promised(&self) -> bool {
        self.soft_start < Time::MAX || self.soft_finish < Time::MAX
    }

    /// Whether the timing of its visit cannot be merged from parts: several windows, or a start told to `who` before.
    #[inline]
    pub(super) fn is_odd(&self, who: VolunteerId) -> bool {
        self.several_windows || self.previous.is_some_and(|b| b.volunteer == who)
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

fn flat_units(problem: &Problem) -> Vec<FlatUnit> {
    let shifts = |v: &Volunteer| v.shifts.iter().map(|s| s.end - s.start).sum::<Seconds>();
    let offered = problem.volunteers().iter().map(|v| (shifts(v) + v.ledger.offered).0).collect::<Vec<_>>();
    let flat = |unit: &Unit| {
        let volunteer = problem.volunteer(unit.volunteer);
        FlatUnit {
            mode: unit.mode,
            from: unit.from,
            to: unit.to,
            start: unit.start,
            end: unit.end,
            volunteer: unit.volunteer,
            pace_permille: volunteer.pace_permille,
            metric: problem.travel().is_metric(unit.mode),
            symmetric: problem.travel().is_symmetric(unit.mode),
            breaks: !volunteer.shifts[unit.shift as usize].breaks.is_empty(),
            limited: volunteer.has_day_limits(),
            worked: volunteer.ledger.worked.0,
            offered: offered[unit.volunteer.index()].max(1),
        }
    };
    problem.units().iter().map(flat).collect()
}
