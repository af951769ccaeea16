//! The plan that lives, and how it is asked and changed.

use super::crew::Crew;
use super::reserve::Reserve;
use crate::base::Stop;
use crate::model::problem::regime::Used;
use crate::model::{Need, NeedId, Problem, SlotId, StartGap, Time, UnitId, Window};
use crate::plan::{Plan, Route};
use crate::query::ask::Asker;
use crate::query::leg_index::{Index, MOST_LEGS};
use crate::query::{Offer, PlanQuery, taken_over};
use crate::solve::instance::present::Present;
use crate::solve::instance::{Flat, Instance};
use crate::solve::phases::warm_start::start_exactly;
use crate::solve::state::schedule::timing::Timing;
use crate::solve::state::{WorkingPlan, export};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A plan that lives, and the problem that it is for.
///
/// ```
/// # use qise::model::{LatLon, Need, Place, PlaceId, Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30));
/// # let problem = b.build()?;
/// use qise::Plan;
/// use qise::query::{LivePlan, NeedInput};
///
/// let mut live = LivePlan::new(&problem, &Plan::empty(&problem));
/// let need = Need::new("tap", PlaceId(0), Window::new(Time(0), Time(9000)), Seconds::minutes(20));
/// let at = Place::new("by the river", LatLon::new(38.85, 105.71).expect("on the globe"));
/// let tap = live.add_need(NeedInput::at(need, at))?;
///
/// let offers = live.rank(tap, 3).expect("the need is known");
/// let seats = live.commit(tap, &offers[0].units()).expect("nothing has changed since");
/// assert_eq!(live.problem().unit(seats[0].unit).volunteer, *bat);
/// # Ok::<(), qise::Faults>(())
/// ```
pub struct LivePlan {
    pub(super) problem: Problem,
    /// `None` only while somebody asks.
    pub(super) parts: Option<Parts>,
    pub(super) reserve: Reserve,
    /// The need of each key, places in crews included.
    pub(super) keys: FxHashMap<String, NeedId>,
    pub(super) used: Used,
    /// When needs may be served whose times are settled by somebody who is committed to them.
    pub(super) asked: FxHashMap<NeedId, Asked>,
    /// Crews of which some have their places.
    pub(super) crews: FxHashMap<NeedId, Crew>,
    /// The need in whose crew each visit is a place that is a need of its own.
    pub(super) places: FxHashMap<NeedId, NeedId>,
    pub(super) rebuilds: u64,
    /// Needs that nobody serves any more because something else has changed, since somebody asked.
    pub(super) lost: Vec<NeedId>,
}

/// When a need may be served as long as nobody is committed to it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Stop by stop.
    pub(super) windows: Vec<Vec<Window>>,
    /// When roles start apart.
    pub(super) gaps: Vec<StartGap>,
}

impl Asked {
    pub(super) fn of(need: &Need) -> Self {
        let windows = need.stops.iter().map(|stop| stop.windows.clone()).collect();
        Self { windows, gaps: need.gaps.clone() }
    }
}

/// What is derived from the problem and its plan. It borrows nothing, so that the problem can change.
pub(super) struct Parts {
    pub(super) flat: Flat,
    pub(super) plan: WorkingPlan,
    pub(super) index: Index,
    pub(super) asker: Asker,
    pub(super) timing: Timing,
}

impl LivePlan {
    /// Takes over a problem and a plan. What of the plan breaks a rule is left out.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let (own, reserve) = Reserve::of(problem);
        let (plan, _) = plan.carried(problem, &own);
        let parts = Parts::new(&own, &plan, Present::default());
        Self {
            keys: keys_of(&own),
            used: Used::by(&own),
            problem: own,
            parts: Some(parts),
            reserve,
            asked: FxHashMap::default(),
            crews: FxHashMap::default(),
            places: FxHashMap::default(),
            rebuilds: 0,
            lost: Vec::new(),
        }
    }

    /// The problem as it is now, with entries in reserve. A clone of it stays as it is.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// How often everything had to be built anew. Units may have other ids after that; needs and people have not.
    pub fn rebuilds(&self) -> u64 {
        self.rebuilds
    }

    /// The needs that lost somebody who serves them because something else has changed: another need that they hung on or whose goods
    /// they used, a shift, or everything built anew. Each is told once, with those that have somebody again by now.
    pub fn take_lost(&mut self) -> Vec<NeedId> {
        let mut lost = std::mem::take(&mut self.lost);
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Whether somebody serves a need, places in its crew apart.
    pub fn is_served(&self, need: NeedId) -> bool {
        let first = (need.index() < self.problem.needs().len()).then(|| self.problem.first_slot(need));
        let plan = self.parts.as_ref().map(|parts| &parts.plan);
        first.zip(plan).is_some_and(|(first, plan)| plan.unit_of(first).is_some())
    }

    /// It is now that late: nobody leaves for a visit before, but for those who are committed. [`Time::MIN`]: no time is told.
    pub fn set_now(&mut self, now: Time) {
        self.change(|instance, _, _| instance.present.now = now);
    }

    /// What time it is; [`Time::MIN`] where none is told.
    pub fn now(&self) -> Time {
        self.parts.as_ref().map_or(Time::MIN, |parts| parts.flat.present.now)
    }

    /// The need of a key; `None` if there is no such need.
    pub fn need_id(&self, key: &str) -> Option<NeedId> {
        self.keys.get(key).copied().filter(|need| !self.places.contains_key(need))
    }

    /// The plan as it is now, for [`LivePlan::problem`]. A place in a crew that comes together one by one is a need of its own there, which
    /// [`LivePlan::seat_of`] knows.
    pub fn plan(&mut self) -> Plan {
        self.ask(|query| query.plan())
    }

    /// Up to `most` ways to serve a need, as [`PlanQuery::rank`] tells them. `None` if there is no such need.
    pub fn rank(&mut self, need: NeedId, most: usize) -> Option<Vec<Offer>> {
        if self.asks_for(need) { self.ask(|query| query.rank(need, most)) } else { None }
    }

    /// What it would take if somebody with this route came, as [`PlanQuery::offer`] tells it.
    pub fn offer(&mut self, need: NeedId, unit: UnitId) -> Option<Offer> {
        if self.asks_for(need) { self.ask(|query| query.offer(need, unit)) } else { None }
    }

    /// Up to `most` needs that somebody with one of these routes could serve, as [`PlanQuery::needs_for`] tells them.
    pub fn needs_for(&mut self, units: &[UnitId], most: usize) -> Option<Vec<Offer>> {
        self.ask(|query| query.needs_for(units, most))
    }

    /// Whether somebody is asked for to serve a need: there is such a need, not all places of its crew are taken, and it is neither an entry in
    /// reserve nor a place in a crew.
    pub fn asks_for(&self, need: NeedId) -> bool {
        need.index() < self.problem.needs().len()
            && self.problem.is_asked(need)
            && !self.places.contains_key(&need)
    }

    /// The route of a unit as it is now.
    pub fn route(&mut self, unit: UnitId) -> Route {
        self.ask(|query| export::to_route(&query.plan, &query.instance, unit, &mut query.timing))
    }

    /// Asks the plan as it is now.
    pub(super) fn ask<R>(&mut self, question: impl FnOnce(&mut PlanQuery<'_>) -> R) -> R {
        let parts = self.parts.take().expect("nobody else asks meanwhile");
        let Parts { flat, plan, index, asker, timing } = parts;
        let instance = Arc::new(Instance { problem: &self.problem, flat });
        let mut query =
            PlanQuery { instance, plan, index: Arc::new(index), asker, timing, stop: Stop::never() };
        let answer = question(&mut query);
        let PlanQuery { instance, plan, index, asker, timing, .. } = query;
        let (Some(instance), Some(index)) = (Arc::into_inner(instance), Arc::into_inner(index)) else {
            unreachable!("a question keeps nothing of the plan")
        };
        self.parts = Some(Parts { flat: instance.flat, plan, index, asker, timing });
        answer
    }

    /// Changes the plan and what is derived from the problem, which stays as it is meanwhile.
    pub(super) fn change<R>(
        &mut self,
        change: impl FnOnce(&mut Instance<'_>, &mut WorkingPlan, &mut Index) -> R,
    ) -> R {
        let mut parts = self.parts.take().expect("nobody else asks meanwhile");
        let mut instance = Instance { problem: &self.problem, flat: parts.flat };
        let result = change(&mut instance, &mut parts.plan, &mut parts.index);
        parts.flat = instance.flat;
        self.parts = Some(parts);
        result
    }

    /// The index follows all routes that have changed since the present trial began, and those of these units.
    pub(super) fn follow_changes(&mut self, also: &[UnitId]) {
        self.change(|instance, plan, index| {
            let mut changed = plan.trial().changed().collect::<Vec<_>>();
            changed.extend_from_slice(also);
            changed.sort_unstable();
            changed.dedup();
            index.refresh_routes(instance, plan, &changed);
        });
    }
}

/// The need of each key, but for those in reserve that never had one.
pub(super) fn keys_of(problem: &Problem) -> FxHashMap<String, NeedId> {
    let needs = problem.need_ids().zip(problem.needs());
    needs.filter(|(_, need)| !need.is_unnamed()).map(|(id, need)| (need.key.clone(), id)).collect()
}

impl Parts {
    pub(super) fn new(problem: &Problem, plan: &Plan, present: Present) -> Self {
        Self::of(problem, plan, None, present)
    }

    /// `routes`: the slots of each route, where they are known.
    pub(super) fn of(
        problem: &Problem,
        plan: &Plan,
        routes: Option<&[(UnitId, Vec<SlotId>)]>,
        present: Present,
    ) -> Self {
        let mut instance = Instance::without_candidates(problem);
        instance.present = present;
        instance.tell_all_units_apart();
        let plan = routes
            .and_then(|routes| exactly_as_it_was(&instance, routes, plan))
            .unwrap_or_else(|| taken_over(&instance, plan, &|| 0.0));
        let index = Index::new(&instance, &plan, (MOST_LEGS, true), &|| 0.0);
        let asker = Asker::new(&instance);
        Self { flat: instance.flat, plan, index, asker, timing: Timing::default() }
    }
}

/// A working plan with just these slots in its routes, and what the plan hands to others; `None` where they cannot be so.
fn exactly_as_it_was(
    instance: &Instance<'_>,
    routes: &[(UnitId, Vec<SlotId>)],
    plan: &Plan,
) -> Option<WorkingPlan> {
    let mut working = WorkingPlan::new(instance);
    start_exactly(instance, &mut working, routes, plan).then_some(working)
}
