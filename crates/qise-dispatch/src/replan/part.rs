//! Which part of the problem a search is given: what stays as it is, and what may change.

use qise::Problem;
use qise::model::{
    LatLon, NeedId, Objective, PreviousVisit, Restriction, Term, Time, UnitId, VolunteerId, Weighted, Window,
};
use qise::plan::{Plan, Visit};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Known, Prices, Replan};

/// Around a need, so many needs and people may change, the nearest.
const NEAREST_NEEDS: usize = 64;
const NEAREST_PEOPLE: usize = 256;

/// No weight of the objective of a search is made larger than this.
const MOST_WEIGHT: u32 = 1_000_000;

/// The visits of a plan, need by need.
pub(super) type Visits = FxHashMap<NeedId, Vec<(UnitId, Visit)>>;

/// What a search is given.
pub(super) struct Part {
    pub(super) problem: Problem,
    /// The plan as it stands, as far as it is part of the search.
    pub(super) plan: Plan,
    /// The needs whose visits may be others, by their entries in the problem.
    pub(super) free: FxHashSet<NeedId>,
}

impl Prices {
    /// What changes of a need cost, where that is said at all and counts.
    pub(super) fn of(problem: &Problem, need: NeedId) -> Option<Self> {
        let own = problem.need(need).change_price;
        let previous = problem.previous();
        let reassign = own.or(previous.map(|previous| previous.reassign_price)).unwrap_or(0);
        let retime = own.or(previous.map(|previous| previous.retime_price)).unwrap_or(0);
        let tolerance = previous.map_or(0, |previous| previous.tolerance.0);
        let prices = Self { reassign, retime, tolerance };
        (problem.objective().uses(Term::Disruption) && (reassign > 0 || retime > 0)).then_some(prices)
    }
}

pub(super) fn visits_of(plan: &Plan) -> Visits {
    let mut visits = Visits::default();
    for (unit, visit) in plan.visits() {
        visits.entry(visit.need).or_default().push((unit, *visit));
    }
    visits
}

impl Replan {
    /// The part of the problem that is searched.
    pub(super) fn part(&self) -> Part {
        let problem = &self.view.problem;
        let visits = visits_of(&self.plan);
        let nearest = self.around.map(|around| self.nearest(around));
        let is_near = |need: NeedId| nearest.as_ref().is_none_or(|(needs, _)| needs.contains(&need));
        let known = self.needs.iter().filter(|known| is_near(known.live)).map(|known| (known.live, known));
        let known = known.collect::<FxHashMap<_, _>>();
        let gone = nearest.map(|(_, people)| self.far_away(&visits, &known, &people)).unwrap_or_default();

        let (mut scope, mut free) = (Restriction::default(), FxHashSet::default());
        let mut told = Vec::new();
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            if need.stops[0].windows.is_empty() {
                continue;
            }
            let own = visits.get(&id).map_or(&[][..], Vec::as_slice);
            let is_away = own.iter().any(|(unit, _)| gone.contains(&problem.unit(*unit).volunteer));
            let known = known.get(&id).filter(|known| {
                // A crew that came together one by one stays: its visits stand for themselves.
                known.prices.is_none() == own.is_empty()
                    && (own.is_empty() || own.len() == need.people() * need.stops.len())
            });
            match known {
                None if own.is_empty() || is_away => scope.closed.push(id),
                None => {
                    scope.windows.push((id, settled(need.stops.len(), own)));
                    scope.only.push((id, crew_of(problem, id, own)));
                }
                Some(known) => {
                    free.insert(id);
                    let barred = known.barred.iter().map(|who| VolunteerId(who.0)).collect();
                    scope.barred.push((id, barred));
                    let prices = known.prices.unwrap_or(Prices { reassign: 1, retime: 1, tolerance: 0 });
                    let settled = || settled(need.stops.len(), own);
                    let windows = if prices.retime > 0 { known.windows.clone() } else { settled() };
                    scope.windows.push((id, windows));
                    if prices.reassign == 0 {
                        scope.only.push((id, crew_of(problem, id, own)));
                    }
                    let first = own.iter().filter(|(_, visit)| visit.stop == 0);
                    told.extend(first.map(|(unit, visit)| {
                        PreviousVisit::new(id, problem.unit(*unit).volunteer, visit.start)
                    }));
                }
            }
        }
        self.leave_later(&mut scope);
        scope.absent.extend(&gone);
        if !told.is_empty() {
            scope.objective = dear_changes(problem);
            let mut previous = problem.previous().cloned().unwrap_or_default();
            previous.assignments.extend(told);
            scope.previous = Some(previous);
        }
        let mut plan = self.plan.clone();
        plan.routes.retain(|route| !gone.contains(&problem.unit(route.unit).volunteer));
        let served = plan.served_needs();
        let left = self.plan.served_needs().into_iter().filter(|need| !served.contains(need));
        plan.unserved.extend(left);
        plan.unserved.sort_unstable();
        Part { problem: problem.restricted(&scope), plan, free }
    }

    /// Whoever is not on the way yet leaves from now on only.
    fn leave_later(&self, scope: &mut Restriction) {
        let problem = &self.view.problem;
        let from = Time(self.from.0);
        let left = self.plan.routes.iter().filter(|route| route.departure < from).map(|route| route.unit);
        let left = left.collect::<FxHashSet<_>>();
        for (id, unit) in problem.unit_ids().zip(problem.units()) {
            if unit.start < from && from < unit.end && !left.contains(&id) {
                scope.leaves.push((unit.volunteer, unit.shift, from));
            }
        }
    }

    /// The needs and the people who are nearest to a need. Where it cannot be told where something is, it is near.
    fn nearest(&self, around: NeedId) -> (FxHashSet<NeedId>, FxHashSet<VolunteerId>) {
        let problem = &self.view.problem;
        let place = |need: NeedId| problem.place(problem.need(need).stops[0].place).at;
        let here = place(around);
        let far = |there: Option<LatLon>| match (here, there) {
            (Some(here), Some(there)) => square(here, there),
            _ => 0.0,
        };
        let mut needs =
            self.needs.iter().map(|known| (far(place(known.live)), known.live)).collect::<Vec<_>>();
        needs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let on_duty = problem.units().iter().filter(|unit| unit.end.0 > self.from.0);
        let mut people =
            on_duty.map(|unit| (far(problem.place(unit.from).at), unit.volunteer)).collect::<Vec<_>>();
        people.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let needs = needs.into_iter().take(NEAREST_NEEDS).map(|(_, need)| need).chain([around]);
        (needs.collect(), people.into_iter().take(NEAREST_PEOPLE).map(|(_, who)| who).collect())
    }

    /// The people who have no part in the search: far away, with nothing to do with those who are near.
    fn far_away(
        &self,
        visits: &Visits,
        known: &FxHashMap<NeedId, &Known>,
        near: &FxHashSet<VolunteerId>,
    ) -> FxHashSet<VolunteerId> {
        let problem = &self.view.problem;
        if !problem.vehicles().is_empty() || !problem.links().is_empty() {
            return FxHashSet::default();
        }
        let who = |unit: UnitId| problem.unit(unit).volunteer;
        let mut stay = near.clone();
        // Whoever serves together with somebody who stays, stays.
        loop {
            let before = stay.len();
            for (need, own) in visits {
                if known.contains_key(need) || own.iter().any(|(unit, _)| stay.contains(&who(*unit))) {
                    stay.extend(own.iter().map(|(unit, _)| who(*unit)));
                }
            }
            if stay.len() == before {
                break;
            }
        }
        problem.volunteer_ids().filter(|who| !stay.contains(who)).collect()
    }
}

/// The objective by which few changes are sought: one of them weighs half as much as a need of the least priority, beside what it costs. By
/// that alone a search that has little time moves many people for the last needs, more than are allowed to be moved.
fn dear_changes(problem: &Problem) -> Option<Objective> {
    const SHARE: u32 = 2;
    let price = problem.previous()?.reassign_price;
    let served = |weighted: &&Weighted| matches!(weighted.term, Term::UnservedPriority | Term::Unserved);
    let mut objective = problem.objective().clone();
    let level = objective.levels.iter_mut().find(|level| level.iter().any(|one| served(&one)))?;
    let least = level.iter().filter(served).map(|weighted| weighted.weight).min()?;
    let is_there = level.iter().any(|weighted| weighted.term == Term::Disruption);
    let scale = price.checked_mul(SHARE).filter(|_| price > 0 && !is_there)?;
    for weighted in level.iter_mut() {
        weighted.weight = weighted.weight.checked_mul(scale).filter(|weight| *weight <= MOST_WEIGHT)?;
    }
    level.push(Weighted::new(Term::Disruption, least));
    Some(objective)
}

/// How far two places are apart, squared, in degrees: for the order only.
fn square(a: LatLon, b: LatLon) -> f64 {
    let east = (a.lon() - b.lon()) * a.lat().to_radians().cos();
    (a.lat() - b.lat()).powi(2) + east.powi(2)
}

/// The times at which a need is served, stop by stop.
fn settled(stops: usize, visits: &[(UnitId, Visit)]) -> Vec<Vec<Window>> {
    let window = |stop: usize| {
        let starts = || {
            visits.iter().filter(|(_, visit)| usize::from(visit.stop) == stop).map(|(_, visit)| visit.start)
        };
        starts().min().zip(starts().max()).map(|(from, to)| Window { from, to }).into_iter().collect()
    };
    (0..stops).map(window).collect()
}

/// Who serves a need, role by role.
fn crew_of(problem: &Problem, need: NeedId, visits: &[(UnitId, Visit)]) -> Vec<Vec<VolunteerId>> {
    let role = |role: usize| {
        let own = visits.iter().filter(|(_, visit)| usize::from(visit.role) == role && visit.stop == 0);
        own.map(|(unit, _)| problem.unit(*unit).volunteer).collect()
    };
    (0..problem.need(need).roles.len()).map(role).collect()
}
