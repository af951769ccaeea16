//! A plan as it stands, ready to be asked: who could serve a need now, and what somebody could serve. No search: every answer is
//! a look at the routes as they are.

mod alone;
mod ask;
mod best;
mod displacement;
mod fresh_legs;
mod frontier;
mod leg;
mod leg_groups;
mod leg_index;
mod leg_query;
mod leg_tree;
mod live;
mod marks;
mod offer;
mod preferences;
mod rank;
mod renewal;
mod replacement;
mod route_bounds;
mod sync_gain;

use crate::solve::state::export;
use std::sync::Arc;

use crate::base::{Spent, Stop};
use crate::eligibility::can_reach;
use crate::model::{NeedId, Problem, Seconds, SlotId, Term, Terms, UnitId};
use crate::plan::{Plan, Route, Visit, evaluate};
use crate::solve::instance::Instance;
use crate::solve::phases::warm_start;
use crate::solve::state::WorkingPlan;
use crate::solve::state::schedule::timing::Timing;
use ask::Asker;
use frontier::{Frontier, Next};
use leg_index::{FEWER_LEGS, Index, MOST_LEGS};
use leg_query::Query;
pub use live::{KeptRoutes, LivePlan, LiveState, NeedInput, NotCommitted, Seat};
pub(crate) use replacement::Replacement;

/// A plan that stands, ready to be asked. A question needs it for itself: for several at a time, clone it; what is large is shared.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::{Plan, PlanQuery, evaluate};
///
/// let mut standing = PlanQuery::new(&problem, &Plan::empty(&problem));
/// // The three cheapest who could go now.
/// let offers = standing.rank(*visit, 3).expect("the need is known");
/// let (unit, at) = offers[0].visits().next().expect("somebody comes");
/// assert_eq!(problem.unit(unit).volunteer, *bat);
/// // The plan in which the first of them goes.
/// let plan = offers[0].taken(&problem, &standing.plan());
/// assert!(evaluate(&problem, &plan).is_valid() && at.start >= Time(0));
/// # Ok::<(), qise::Faults>(())
/// ```
#[derive(Clone)]
pub struct PlanQuery<'p> {
    instance: Arc<Instance<'p>>,
    plan: WorkingPlan,
    index: Arc<Index>,
    asker: Asker,
    timing: Timing,
    /// Says when no more questions are answered.
    stop: Stop,
}

/// A way to serve a need in a plan that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Offer {
    /// The need.
    pub need: NeedId,
    /// The routes that change, as they would be. The rest of the plan stays as it is.
    pub routes: Vec<Route>,
    /// Needs that would be served no more.
    pub displaces: Vec<NeedId>,
    /// True if the offer shifts other routes, for a need of one person. Returned only when too few offers avoid it.
    pub moves_others: bool,
    /// By how much the terms of the objective would grow, and travel time; a need that the plan serves already, or hands to others,
    /// is first taken out.
    pub growth: Terms,
}

impl Offer {
    /// Who would come, with the visit that each would make.
    pub fn visits(&self) -> impl Iterator<Item = (UnitId, &Visit)> {
        let need = self.need;
        let of = move |route: &'_ Route| route.unit;
        self.routes
            .iter()
            .flat_map(move |route| route.visits.iter().map(move |visit| (of(route), visit)))
            .filter(move |(_, visit)| visit.need == need)
    }

    /// Time on the way that is added, over all who come.
    pub fn travel(&self) -> Seconds {
        Seconds(self.growth.get(Term::TravelTime))
    }

    /// The plan in which the offer is taken; `plan` is the one that stands, as [`PlanQuery::plan`] tells it: a crew that could meet sooner
    /// than the plan has it that was taken over does so there.
    pub fn taken(&self, problem: &Problem, plan: &Plan) -> Plan {
        let mut taken = plan.clone();
        for new in &self.routes {
            match taken.routes.iter_mut().find(|route| route.unit == new.unit) {
                Some(route) => route.clone_from(new),
                None => taken.routes.push(new.clone()),
            }
        }
        taken.routes.retain(|route| !route.visits.is_empty());
        taken.routes.sort_by_key(|route| route.unit);
        // Of the ways to do one thing the first is listed.
        let listed = |need: NeedId| problem.ways(need).first().copied().unwrap_or(need);
        let is_served = |need: &NeedId| listed(*need) == listed(self.need);
        taken.unserved.extend(self.displaces.iter().map(|&need| listed(need)));
        taken.unserved.retain(|need| !is_served(need));
        taken.unserved.sort_unstable();
        taken.unserved.dedup();
        taken.outsourced.retain(|need| !is_served(need));
        taken
    }
}

impl<'p> PlanQuery<'p> {
    /// Takes over a plan. What of it breaks a rule is left out, as [`PlanQuery::plan`] shows; of the plan of another problem everything.
    pub fn new(problem: &'p Problem, plan: &Plan) -> Self {
        Self::with_index_of(problem, plan, MOST_LEGS)
    }

    /// The same with an index of no more than so many legs of routes, of some 100 bytes each, over all requirements. Needs whose
    /// requirement suits too many people for that are answered by a look at everybody: later, but the same.
    pub fn with_index_of(problem: &'p Problem, plan: &Plan, legs: usize) -> Self {
        let instance = Arc::new(Instance::without_candidates(problem));
        let working = taken_over(&instance, plan, &|| 0.0);
        let index = Index::new(&instance, &working, (legs, false), &|| 0.0);
        Self::of(instance, working, index, Stop::never())
    }

    /// The same within a budget; `None` if `stop` is over before the plan is ready. Once it is over, a
    /// question ends where it stands, and its answer may lack some of what there is.
    pub fn within(problem: &'p Problem, plan: &Plan, stop: &Stop) -> Option<Self> {
        if stop.is_over() {
            return None;
        }
        let instance = Arc::new(Instance::without_candidates(problem));
        Self::beside(instance, plan, stop)
    }

    /// Another plan for the same problem, within the same budget.
    pub(crate) fn other(&self, plan: &Plan) -> Option<Self> {
        Self::beside(Arc::clone(&self.instance), plan, &self.stop)
    }

    fn beside(instance: Arc<Instance<'p>>, plan: &Plan, stop: &Stop) -> Option<Self> {
        if stop.is_over() {
            return None;
        }
        let working = taken_over(&instance, plan, &|| stop.spent());
        if stop.is_over() {
            return None;
        }
        let index = Index::new(&instance, &working, (FEWER_LEGS, false), &|| stop.spent());
        (!stop.is_over()).then(|| Self::of(instance, working, index, stop.clone()))
    }

    fn of(instance: Arc<Instance<'p>>, plan: WorkingPlan, index: Index, stop: Stop) -> Self {
        let asker = Asker::new(&instance);
        Self { instance, plan, index: Arc::new(index), asker, timing: Timing::default(), stop }
    }

    /// Whether the budget is gone.
    pub(crate) fn is_over(&self) -> bool {
        self.stop.is_over()
    }

    /// Whether the problem has such a need.
    fn knows(&self, need: NeedId) -> bool {
        need.index() < self.instance.problem.needs().len()
    }

    /// All who could fill a slot with nothing else to do, where they are no more than `most`.
    pub(crate) fn reaching(&self, slot: SlotId, most: usize) -> Option<Vec<UnitId>> {
        let problem = self.instance.problem;
        let mut units = Vec::new();
        let query = Query::new(&self.instance, self.index.times_and_preferences(), slot, None).at_any_price();
        let mut frontier = Frontier::default();
        frontier.begin(&self.instance, &self.index, slot, &query);
        while let Some(Next::Named(unit, _)) = frontier.next(&self.index, slot, &query, i64::MAX) {
            if self.is_over() {
                return None;
            }
            if !units.contains(&unit) && can_reach(problem, slot, unit).is_ok() {
                units.push(unit);
            }
            if units.len() > most {
                break;
            }
        }
        units.sort_unstable();
        (units.len() <= most).then_some(units)
    }

    /// The current plan.
    #[must_use]
    pub fn plan(&self) -> Plan {
        export::to_plan(&self.plan, &self.instance)
    }
}

fn taken_over(instance: &Instance<'_>, plan: &Plan, spent: Spent<'_>) -> WorkingPlan {
    let mut working = WorkingPlan::new(instance);
    let is_valid = evaluate(instance.problem, plan).is_valid();
    warm_start::start_from(instance, &mut working, (plan, is_valid), spent);
    working
}
