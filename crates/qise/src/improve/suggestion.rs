//! Changes that were tried out: what they come to once only what is used of them is kept, what they cost, and what they bring.

use std::cmp::Reverse;

use super::change::{Change, with};
use super::newcomer::{GRID, able_to};
use crate::model::{
    Metres, NeedId, PlaceId, Problem, Requirement, Seconds, Shift, Term, Time, UnitId, Volunteer, VolunteerId,
};
use crate::plan::{Plan, Route, evaluate};

/// What changes cost, in minutes of somebody's time: the measure by which remedies are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices {
    /// A minute by which windows are wider.
    pub minute: i64,
    /// A kilometre farther from home: there and back.
    pub kilometre: i64,
    /// An hour on duty of somebody who joins.
    pub hour: i64,
    /// Finding somebody who joins, beside their hours.
    pub newcomer: i64,
    /// One more of some goods.
    pub unit: i64,
    /// Learning a skill.
    pub skill: i64,
}

impl Default for Prices {
    /// A minute is a minute, a kilometre two (there and back at 60 km/h); finding somebody takes two hours, one more unit one
    /// hour, learning a skill two days of eight hours.
    fn default() -> Self {
        Self { minute: 1, kilometre: 2, hour: 60, newcomer: 120, unit: 60, skill: 960 }
    }
}

/// Changes that let a need be served, tried out by solving the changed problem.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suggestion {
    /// The changes; none where the need can be served as it is.
    pub changes: Vec<Change>,
    /// What they cost, in minutes of somebody's time.
    pub cost: i64,
    /// How much more priority is served than by the plan without the changes, after as many steps of search.
    pub gain: i64,
    /// By how much each level of the objective grows from the plan without the changes to this one.
    pub levels: Vec<i64>,
    /// The problem with the changes.
    pub problem: Problem,
    /// A plan for it that serves the need and breaks no rule.
    pub plan: Plan,
}

impl Suggestion {
    /// Which is better: more gain for each minute of cost, of equals the cheaper one.
    pub(super) fn rank(&self) -> (Reverse<i128>, i64, usize) {
        (per_minute(self.gain, self.cost), self.cost, self.changes.len())
    }

    /// Whether the plan with it is no worse than the one without the changes: where more than the objective allows is given up elsewhere, it
    /// does not pay, and no search serves the need.
    pub fn pays(&self) -> bool {
        self.levels.iter().find(|level| **level != 0).is_none_or(|level| *level < 0)
    }

    /// The people who join.
    pub fn newcomers(&self) -> impl Iterator<Item = &Volunteer> {
        self.changes.iter().filter_map(|change| match change {
            Change::Newcomer(newcomer) => Some(&**newcomer),
            _ => None,
        })
    }
}

impl Prices {
    /// What changes cost together.
    pub fn of(&self, changes: &[Change]) -> i64 {
        let cost = |change: &Change| match change {
            Change::Window { sooner, later, .. } => up(sooner.0.saturating_add(later.0), 60) * self.minute,
            Change::Radius { by, .. } => up(by.0, 1000) * self.kilometre,
            Change::Hours { sooner, later, .. } => {
                up(sooner.0.saturating_add(later.0).saturating_mul(self.hour), 3600)
            }
            Change::Skill { .. } => self.skill,
            Change::Newcomer(newcomer) => {
                let hours =
                    newcomer.shifts.iter().map(|shift| up((shift.end - shift.start).0 * self.hour, 3600));
                self.newcomer + hours.sum::<i64>()
            }
            Change::Stock { amount, .. } => amount.saturating_mul(self.unit),
        };
        changes.iter().map(cost).fold(0, i64::saturating_add)
    }
}

fn up(amount: i64, unit: i64) -> i64 {
    (amount + unit - 1).div_euclid(unit)
}

/// What sorts changes by how much is gained for each minute of cost, the most first.
pub(super) fn per_minute(gain: i64, cost: i64) -> Reverse<i128> {
    Reverse(i128::from(gain) * 1_000_000 / i128::from(cost.max(1)))
}

/// The priority that a plan leaves.
pub(super) fn left(problem: &Problem, plan: &Plan) -> i64 {
    evaluate(problem, plan).score.terms.get(Term::UnservedPriority)
}

/// Whether a plan serves a need, or does in another way what it asks for.
pub(super) fn serves(problem: &Problem, plan: &Plan, need: NeedId) -> bool {
    let served = plan.served_needs();
    served.contains(&need) || problem.ways(need).iter().any(|way| served.contains(way))
}

/// A plan for a changed problem with as much of the changes as it uses, and the problem with no more than these; nothing where it breaks
/// a rule then.
pub(super) fn tightened(
    problem: &Problem,
    need: NeedId,
    changed: &Problem,
    changes: &[Change],
    plan: &Plan,
) -> Option<(Vec<Change>, Problem, Plan)> {
    // Newcomers follow everybody else, in their order.
    let mut newcomers = changed.volunteer_ids().skip(problem.volunteers().len());
    let mut kept = Vec::new();
    for change in changes {
        match change {
            Change::Window { need, sooner, later } => {
                kept.extend(window_used(problem, *need, plan, *sooner, *later));
            }
            &Change::Radius { who, by } => kept.extend(radius_used(problem, changed, plan, who, by)),
            Change::Stock { .. } | Change::Hours { .. } | Change::Skill { .. } => kept.push(change.clone()),
            Change::Newcomer(newcomer) => {
                let who = newcomers.next()?;
                let routes =
                    plan.routes.iter().filter(|route| comes(changed, route, who)).collect::<Vec<_>>();
                if !routes.is_empty() {
                    let newcomer = hours_used(changed, &routes, newcomer);
                    kept.push(Change::Newcomer(Box::new(newcomer)));
                }
            }
        }
    }
    let tight = with(problem, &kept)?;
    let (plan, lost) = plan.carried(changed, &tight);
    (lost.is_empty() && evaluate(&tight, &plan).is_valid() && serves(&tight, &plan, need))
        .then_some((kept, tight, plan))
}

fn comes(problem: &Problem, route: &Route, who: VolunteerId) -> bool {
    let mut units = std::iter::once(&route.unit).chain(&route.company);
    units.any(|&unit| problem.unit(unit).volunteer == who)
}

/// As much of wider windows as the visits of a need use.
fn window_used(
    problem: &Problem,
    need: NeedId,
    plan: &Plan,
    sooner: Seconds,
    later: Seconds,
) -> Option<Change> {
    let asked = problem.need(need);
    let (mut early, mut late) = (Seconds::ZERO, Seconds::ZERO);
    for (_, visit) in plan.visits().filter(|(_, visit)| visit.need == need) {
        let windows = &asked.stops[usize::from(visit.stop)].windows;
        let bound = asked.promise.filter(|promise| promise.hard);
        let start_by = bound.and_then(|promise| promise.start_by).unwrap_or(Time::MAX);
        let finish_by = bound.and_then(|promise| promise.finish_by).unwrap_or(Time::MAX);
        // The window that is nearest to the start needs the least.
        let needs = windows.iter().map(|window| (window.from - visit.start, visit.start - window.to));
        let least = needs.min_by_key(|(before, after)| (*before).max(*after))?;
        early = early.max(least.0);
        late = late.max(least.1).max(visit.start - start_by).max(visit.end - finish_by);
    }
    // Whole minutes can be told to people.
    let whole = |used: Seconds, most: Seconds| Seconds(up(used.0, 60) * 60).min(most);
    let (sooner, later) = (whole(early, sooner), whole(late, later));
    (sooner > Seconds::ZERO || later > Seconds::ZERO).then_some(Change::Window { need, sooner, later })
}

/// As much of a wider radius as the visits of a person use, in a plan of the changed problem.
fn radius_used(
    problem: &Problem,
    changed: &Problem,
    plan: &Plan,
    who: VolunteerId,
    by: Metres,
) -> Option<Change> {
    let volunteer = problem.volunteer(who);
    let radius = volunteer.max_radius?;
    let away = |place: PlaceId| problem.travel().profile_metres(volunteer.profile, volunteer.home, place);
    let routes = plan.routes.iter().filter(|route| comes(changed, route, who));
    let places = routes.flat_map(|route| &route.visits);
    // A radius goes for all stops of a need.
    let places = places.flat_map(|visit| problem.need(visit.need).stops.iter().map(|stop| stop.place));
    let beyond = places.map(|place| away(place) - radius).max()?;
    let by = Metres(up(beyond.0, 1000) * 1000).min(by);
    (by > Metres::ZERO).then_some(Change::Radius { who, by })
}

/// Somebody who joins, on duty as long as their routes take and with the skills that their visits ask for.
fn hours_used(problem: &Problem, routes: &[&Route], who: &Volunteer) -> Volunteer {
    let mut person = who.clone();
    let visits = || routes.iter().flat_map(|route| route.visits.iter());
    let bare = Volunteer { holds: Vec::new(), teams: Vec::new(), gender: None, ..person.clone() };
    let asked = visits().map(|visit| &problem.need(visit.need).roles[usize::from(visit.role)].requires);
    let mut asked = asked.collect::<Vec<&Requirement>>();
    asked.dedup();
    let plain = visits().all(|visit| problem.need(visit.need).crew.is_empty());
    let drives = |unit: UnitId| problem.unit(unit).vehicle.is_some();
    let drives = routes.iter().any(|route| drives(route.unit));
    if plain && !drives {
        let able = asked.into_iter().try_fold(bare, |person, asked| able_to(problem, &person, asked));
        person = able.unwrap_or(person);
    }
    // Whoever takes a vehicle goes to where it stands first.
    if let [shift] = &mut person.shifts[..]
        && !drives
    {
        let from = routes.iter().map(|route| route.departure).min();
        let to = routes.iter().map(|route| route.finish).max();
        let (start, end) = (shift.start, shift.end);
        if let (Some(from), Some(to)) = (from, to) {
            *shift = Shift {
                start: Time(from.0.div_euclid(GRID) * GRID).max(start),
                end: Time(up(to.0, GRID) * GRID).min(end),
                ..shift.clone()
            };
        }
    }
    person
}
