//! Whether a unit could ever serve a need: alone, with nothing else to do, on the quickest roads.
//!
//! Every test here is a bound that holds in any plan, so that what it excludes is excluded for good. A unit that passes
//! may still fail in a plan, for want of time.

use std::ops::ControlFlow;

use super::course::Course;
use super::rest::can_rest;
use super::starts::{earliest_start, latest_start};
use crate::base::named_enum;
use crate::model::place::chord2;
use crate::model::{
    Amount, Break, Handling, Measure, ModeId, PlaceId, Problem, Seconds, SlotId, Span, Supply, Time, Travel,
    Unit, UnitId, Unsuited, Window,
};

named_enum!(
    /// Why a person can never serve a need, in the order in which the rules are asked.
    #[non_exhaustive]
    pub enum Exclusion;

    /// A skill is missing, too low or expired.
    Skill = "skill", "without the skill", "缺少技能";
    /// A credential is missing or expired.
    Credential = "credential", "without the credential", "缺少资质证明";
    /// A language is missing.
    Language = "language", "not speaking the language", "语言不通";
    /// The resident wishes another gender.
    Gender = "gender", "not of the gender asked for", "性别不符";
    /// Not of a team, or category of teams, that may serve.
    Team = "team", "in no team that may serve", "不属于可服务的队伍";
    /// Excluded by name, or not among those named.
    Person = "person", "excluded by name", "被点名排除";
    /// Settled for somebody else.
    Pinned = "pinned", "not the person it is pinned to", "已指定他人";
    /// Not with a vehicle, or kind of vehicle, that may serve.
    Vehicle = "vehicle", "without a vehicle that may serve", "没有可服务此需求的车辆";
    /// The load is more than the person can carry, even with nothing else on board.
    Capacity = "capacity", "unable to carry the load", "载不下所需物资";
    /// The goods that are asked for are in no depot, and not with the person.
    Goods = "goods", "without the goods, which no depot has", "没有且无处可取所需物资";
    /// Done sooner than the time that they are to spend with another of the crew.
    TooBrief = "too_brief", "done before their time together is over", "服务时间短于须共处的时间";
    /// Lives too near for the resident's dignity.
    TooNear = "too_near", "living too near", "住得太近";
    /// Beyond the radius that the person set.
    Radius = "radius", "beyond their own radius", "超出服务半径";
    /// Not present when the service may start.
    Absent = "absent", "not on duty at that time", "该时段不在岗";
    /// Present, but the way there, the service and the way back do not fit in.
    OutOfTime = "out_of_time", "unable to get there and back in time", "往返时间不够";
    /// Present, but something that is asked for has run out by then.
    Expired = "expired", "holding papers or skills that will have expired", "届时资质或技能已过期";
    /// In time on an ordinary day, but not on slowed roads.
    Slowdown = "slowdown", "kept from it by slowed roads", "因道路缓行而往返时间不够";
    /// The way from the first stop of a ride to the last is longer than it may be.
    MaxRide = "max_ride", "unable to keep the longest time of the ride", "无法满足最长乘车时间";
    /// A break leaves no room for it.
    Break = "break", "kept from it by a break", "因休息时间而无法安排";
    /// No depot that keeps the goods is open early enough.
    Depot = "depot", "in time for no depot that has the goods", "来不及到有货的仓储点取货";
    /// More time on the way than the person gives in a day.
    DayTravel = "day_travel", "beyond their own travel time of a day", "超出个人每日路途时间";
    /// More work than the person gives in a day.
    DayWork = "day_work", "beyond their own work of a day", "超出个人每日工作时间";
    /// Farther than the person goes in a day.
    DayDistance = "day_distance", "beyond their own distance of a day", "超出个人每日路程";
    /// More visits than the person makes in a day.
    DayVisits = "day_visits", "beyond their own visits of a day", "超出个人每日次数";
    /// More time on the way than the person gives in a week.
    WeekTravel = "week_travel", "beyond their own travel time of a week", "超出个人每周路途时间";
    /// More work than the person gives in a week.
    WeekWork = "week_work", "beyond their own work of a week", "超出个人每周工作时间";
    /// Farther than the person goes in a week.
    WeekDistance = "week_distance", "beyond their own distance of a week", "超出个人每周路程";
    /// More visits than the person makes in a week.
    WeekVisits = "week_visits", "beyond their own visits of a week", "超出个人每周次数";
    /// Farther than the vehicle of the route goes.
    Range = "range", "beyond the range of their vehicle", "超出所用车辆续航";
    /// Bound to another need with which it does not go together.
    Link = "link", "kept from it by a link with another need", "因与另一需求的关联而无法安排";
);

impl Exclusion {
    /// Whom a limit of theirs excludes.
    pub fn of_limit(span: Span, what: Measure) -> Self {
        match (span, what) {
            (Span::Day, Measure::Travel) => Self::DayTravel,
            (Span::Day, Measure::Work) => Self::DayWork,
            (Span::Day, Measure::Distance) => Self::DayDistance,
            (Span::Day, Measure::Visits) => Self::DayVisits,
            (Span::Week, Measure::Travel) => Self::WeekTravel,
            (Span::Week, Measure::Work) => Self::WeekWork,
            (Span::Week, Measure::Distance) => Self::WeekDistance,
            (Span::Week, Measure::Visits) => Self::WeekVisits,
        }
    }
}

impl From<Unsuited> for Exclusion {
    fn from(reason: Unsuited) -> Self {
        match reason {
            Unsuited::Skill => Self::Skill,
            Unsuited::Credential => Self::Credential,
            Unsuited::Language => Self::Language,
            Unsuited::Gender => Self::Gender,
            Unsuited::Team => Self::Team,
            Unsuited::Person => Self::Person,
        }
    }
}

/// Whether `unit` could fill `slot` with nothing else to do.
///
/// # Errors
/// The first rule that excludes it in every plan.
///
/// ```
/// # use qise::model::{Seconds, Time, TravelRule, Window};
/// # let mut b = qise::Problem::builder("example");
/// # let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
/// # let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
/// # let bat = b.volunteer("bat", home, car).shift(Time(0), Time(20_000)).id();
/// # let visit = b.need("visit", door, Window::new(Time(0), Time(9000)), Seconds::minutes(30)).id();
/// # let problem = b.build()?;
/// use qise::eligibility::{Exclusion, can_reach};
///
/// let unit = problem.units_of(*bat).next().expect("one shift");
/// assert!(can_reach(&problem, problem.first_slot(*visit), unit).is_ok());
/// // Whoever stays within a kilometre of home cannot come.
/// let near = problem.replace(|data| data.volunteers[0].max_radius = Some(qise::model::Metres(1000)))?;
/// assert_eq!(can_reach(&near, near.first_slot(*visit), unit), Err(Exclusion::Radius));
/// # Ok::<(), qise::Faults>(())
/// ```
pub fn can_reach(problem: &Problem, slot: SlotId, unit: UnitId) -> Result<(), Exclusion> {
    problem.suits(slot, unit).map_err(|reason| expired(problem, slot, unit).unwrap_or(reason.into()))?;
    can_reach_suited(problem, slot, unit)
}

/// Whether it is only for something that ran out before the shift that a unit does not suit.
pub(crate) fn expired(problem: &Problem, slot: SlotId, unit: UnitId) -> Option<Exclusion> {
    let is_expired =
        problem.suited_until(slot, unit).is_some() && can_reach_suited(problem, slot, unit).is_ok();
    is_expired.then_some(Exclusion::Expired)
}

/// [`can_reach`] for a unit whose person is known to suit.
pub(crate) fn can_reach_suited(problem: &Problem, id: SlotId, unit_id: UnitId) -> Result<(), Exclusion> {
    let mut first = None;
    let _ = rules(problem, id, unit_id, &mut |cut| {
        first = Some(cut);
        ControlFlow::Break(())
    });
    first.map_or(Ok(()), Err)
}

/// Tells every rule that excludes a unit whose person suits, in order; `hit` says whether to go on.
pub(crate) fn rules(
    problem: &Problem,
    id: SlotId,
    unit_id: UnitId,
    hit: &mut impl FnMut(Exclusion) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let unit = problem.unit(unit_id);
    let place = problem.place_of(id);
    let travel = problem.travel();

    may_go_rules(problem, id, unit_id, hit)?;
    let is_ride = problem.need_of(id).is_ride() && problem.slot(id).stop == 0;
    let slowed = travel.is_slowed(unit.mode);
    if is_ride {
        match ride_end(problem, id, unit_id, Travel::least_seconds) {
            Some(end) if end > problem.suits_until(id, unit_id) => hit(Exclusion::Expired)?,
            Some(_) => {}
            None => {
                let is_slow = slowed && ride_end(problem, id, unit_id, Travel::least_unslowed).is_some();
                hit(if is_slow { Exclusion::Slowdown } else { Exclusion::OutOfTime })?;
            }
        }
    }

    let service = problem.service(id, unit.volunteer);
    let latest =
        if problem.is_last_stop(id) { latest_start(problem.need_of(id), service) } else { Time::MAX };
    let windows = problem.windows_of(id);
    let pinned = problem.pinned_start(id);
    let start_from = |time: Time| earliest_start(windows, time, latest, pinned);

    let ways = |least: fn(&Travel, ModeId, PlaceId, PlaceId) -> Seconds| {
        let out = |from| least(travel, unit.mode, from, place) + problem.setup(from, place);
        let back = unit.to.map_or(Seconds::ZERO, |to| least(travel, unit.mode, place, to));
        (unit.least_of_starts(out), back)
    };
    let fits = |(out, back): (Seconds, Seconds)| {
        start_from(unit.start + out).is_some_and(|start| start + service + back <= unit.end)
    };
    let (out, back) = ways(Travel::least_seconds);
    let is_there = start_from(unit.start).is_some_and(|start| start + service <= unit.end);
    let in_time = is_there && fits((out, back));
    if !is_there {
        // Who is not there at all is not too slow as well.
        hit(Exclusion::Absent)?;
    } else if !in_time {
        let is_slow = slowed && fits(ways(Travel::least_unslowed));
        hit(if is_slow { Exclusion::Slowdown } else { Exclusion::OutOfTime })?;
    } else if start_from(unit.start + out)
        .is_some_and(|start| start + service > problem.suits_until(id, unit_id))
    {
        hit(Exclusion::Expired)?;
    }
    if problem.slot(id).stop > 0 {
        // The first stop of a ride tells what all of them together come to.
        return ControlFlow::Continue(());
    }
    if let Some(most) = problem.need_of(id).max_ride
        && Course::of(problem, id, unit).ride > most
    {
        hit(Exclusion::MaxRide)?;
    }
    let mut rests =
        problem.shift(unit).breaks.iter().filter(|due| is_ride || due.only_when_empty || !due.at.is_empty());
    if in_time && rests.any(|due| !can_rest(problem, id, unit_id, due)) {
        hit(Exclusion::Break)?;
    } else if in_time && !is_ride {
        let span = (unit.start + out, latest.min(unit.end - back - service));
        let leaves_room = |due: &Break| {
            let (first, last) = starts_beside(unit, due, out, service, back);
            may_start(windows, span, pinned, first, last)
        };
        if !problem.shift(unit).breaks.iter().all(leaves_room) {
            hit(Exclusion::Break)?;
        }
    }
    let has = |supply: &Supply| has_in_time(problem, id, unit_id, *supply);
    let need = problem.need_of(id);
    if in_time && (is_ride || need.people() == 1) && !need.goods.iter().all(has) {
        hit(Exclusion::Depot)?;
    }
    over_limits(problem, id, unit, hit)
}

/// Tells which limits of a person, or of the vehicle, a need exceeds alone.
fn over_limits(
    problem: &Problem,
    id: SlotId,
    unit: &Unit,
    hit: &mut impl FnMut(Exclusion) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let volunteer = problem.volunteer(unit.volunteer);
    let range = unit.vehicle.and_then(|vehicle| problem.vehicle(vehicle).range);
    if !volunteer.per_day.are_set() && !volunteer.per_week.are_set() && range.is_none() {
        return ControlFlow::Continue(());
    }
    let course = Course::of(problem, id, unit);
    let is_short = problem.travel().is_short(unit.mode);
    let effort = course.effort();
    for &span in Span::ALL {
        let over = volunteer.limits(span).exceeded_by(effort);
        // A longer way may be shorter where detours are.
        for what in over.filter(|&what| what != Measure::Distance || is_short) {
            hit(Exclusion::of_limit(span, what))?;
        }
    }
    if is_short && range.is_some_and(|most| course.metres > most) {
        hit(Exclusion::Range)?;
    }
    ControlFlow::Continue(())
}

/// By when at the latest, or else from when on, a service may start for a break to be taken: the route begins after it or ends before it,
/// or it is taken on the way there or on the way back.
fn starts_beside(unit: &Unit, due: &Break, out: Seconds, service: Seconds, back: Seconds) -> (Time, Time) {
    let after = due.earliest + due.duration;
    let first = (after + out).min(after.max(unit.start + out + due.duration));
    let before = (due.latest - service - back)
        .max((due.latest - service).min(unit.end - due.duration - back - service));
    (first, before)
}

/// Whether a service may start in one of its windows, within some span, from `first` on or no later than `last`.
fn may_start(
    windows: &[Window],
    (from, to): (Time, Time),
    pinned: Option<Time>,
    first: Time,
    last: Time,
) -> bool {
    windows.iter().any(|window| {
        let (from, to) = (window.from.max(from), window.to.min(to));
        let (from, to) = pinned.map_or((from, to), |pin| (from.max(pin), to.min(pin)));
        from <= to && (to >= first || from <= last)
    })
}

/// Whether goods that are brought may be on board in time: carried from the start, collected on the way, or taken at a depot.
fn has_in_time(problem: &Problem, id: SlotId, unit_id: UnitId, supply: Supply) -> bool {
    let Amount { good, amount } = supply.what;
    let unit = problem.unit(unit_id);
    let own = problem.carries(unit).filter(|own| own.good == good).map(|own| own.amount).sum::<i64>();
    if supply.handling == Handling::Collect || own >= amount || problem.collected(good) > 0 {
        return true;
    }
    if problem.shift(unit).most_calls == Some(0) {
        return false;
    }
    let (travel, place) = (problem.travel(), problem.place_of(id));
    let service = problem.service(id, unit.volunteer);
    let latest =
        if problem.is_last_stop(id) { latest_start(problem.need_of(id), service) } else { Time::MAX };
    problem.depots().iter().filter(|depot| depot.stock(good).is_some()).any(|depot| {
        let way = |from, to| travel.least_seconds(unit.mode, from, to) + problem.setup(from, to);
        let there = unit.start + unit.least_of_starts(|from| way(from, depot.place));
        let always = [Window::ALWAYS];
        let windows = if depot.windows.is_empty() { &always[..] } else { &depot.windows };
        let Some(call) = earliest_start(windows, there, Time::MAX, None) else { return false };
        let ready = call + depot.service + way(depot.place, place);
        let back = unit.to.map_or(Seconds::ZERO, |to| travel.least_seconds(unit.mode, place, to));
        let start = earliest_start(problem.windows_of(id), ready, latest, problem.pinned_start(id));
        ready <= unit.end && start.is_some_and(|start| start + service + back <= unit.end)
    })
}

/// When the last stop of a ride ends at the earliest, made from the first on, one after the other; `None` if they do not fit into the
/// shift.
fn ride_end(
    problem: &Problem,
    first: SlotId,
    unit: UnitId,
    least: fn(&Travel, ModeId, PlaceId, PlaceId) -> Seconds,
) -> Option<Time> {
    let unit = problem.unit(unit);
    let least = |from, to| least(problem.travel(), unit.mode, from, to);
    let (mut here, mut free) = (None, unit.start);
    for slot in problem.slots_of(problem.slot(first).need) {
        let place = problem.place_of(slot);
        let way = |from| least(from, place) + problem.setup(from, place);
        let ready = free + here.map_or_else(|| unit.least_of_starts(way), way);
        let service = problem.service(slot, unit.volunteer);
        let latest =
            if problem.is_last_stop(slot) { latest_start(problem.need_of(slot), service) } else { Time::MAX };
        // A way that nobody can travel has no time to count with.
        let in_shift = Some(ready).filter(|&ready| ready <= unit.end);
        let start = in_shift.and_then(|ready| {
            earliest_start(problem.windows_of(slot), ready, latest, problem.pinned_start(slot))
        });
        (here, free) = (Some(place), start? + service);
    }
    let back = here.zip(unit.to).map_or(Seconds::ZERO, |(here, to)| least(here, to));
    (free + back <= unit.end).then_some(free)
}

/// What neither skills nor time decide: pins, capacity, dignity, and the radius of the person.
pub(crate) fn may_go(problem: &Problem, id: SlotId, unit: UnitId) -> Result<(), Exclusion> {
    let mut first = None;
    let _ = may_go_rules(problem, id, unit, &mut |cut| {
        first = Some(cut);
        ControlFlow::Break(())
    });
    first.map_or(Ok(()), Err)
}

fn may_go_rules(
    problem: &Problem,
    id: SlotId,
    unit: UnitId,
    hit: &mut impl FnMut(Exclusion) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let need = problem.need_of(id);
    let who = problem.unit(unit).volunteer;
    let volunteer = problem.volunteer(who);
    let travel = problem.travel();
    let role = problem.role(id);
    if role.pin.is_some_and(|pin| pin.volunteer != who) {
        hit(Exclusion::Pinned)?;
    }
    if !need.vehicles.is_empty() && !need.vehicles.iter().any(|&means| problem.comes_by(unit, means)) {
        hit(Exclusion::Vehicle)?;
    }
    if role.load.iter().any(|l| l.amount > problem.capacity(problem.unit(unit), l.dimension)) {
        hit(Exclusion::Capacity)?;
    }
    if need.goods.iter().any(|supply| !is_to_be_had(problem, unit, *supply)) {
        hit(Exclusion::Goods)?;
    }
    let shared = need.overlaps.iter().filter(|o| [o.one, o.other].contains(&problem.slot(id).role));
    if let Some(least) = shared.map(|overlap| overlap.least).max()
        && problem.service(id, who) < least
    {
        hit(Exclusion::TooBrief)?;
    }
    let dignity = role.min_home_distance;
    let places = || need.stops.iter().map(|stop| stop.place);
    if dignity.0 > 0 && places().any(|place| problem.from_home(who, place) < dignity) {
        hit(Exclusion::TooNear)?;
    }
    let too_far = |radius, place| {
        chord2(travel.point(volunteer.home), travel.point(place)) > problem.radius_chord2(who)
            || travel.profile_metres(volunteer.profile, volunteer.home, place) > radius
    };
    if let Some(radius) = volunteer.max_radius
        && places().any(|place| too_far(radius, place))
    {
        hit(Exclusion::Radius)?;
    }
    ControlFlow::Continue(())
}

/// Whether goods could be on board in some plan, or be brought to a depot.
fn is_to_be_had(problem: &Problem, unit: UnitId, supply: Supply) -> bool {
    let Amount { good, amount } = supply.what;
    let own = problem.carries(problem.unit(unit)).filter(|own| own.good == good).map(|own| own.amount);
    let own = own.sum::<i64>();
    let short = Amount { good, amount: amount - own };
    supply.handling != Handling::Collect && short.amount <= 0
        || depots_have(problem, Supply { what: short, ..supply })
}

/// Whether all depots together could give so much in some plan, or take it back.
pub(crate) fn depots_have(problem: &Problem, supply: Supply) -> bool {
    let Amount { good, amount } = supply.what;
    let kept = problem.kept(good);
    if supply.handling == Handling::Collect {
        // Others may take it, on the same route.
        return kept.is_some() || problem.delivered(good) >= amount;
    }
    // What others collect may be brought on, or lent once more.
    kept.unwrap_or(0).saturating_add(problem.collected(good)) >= amount
}
