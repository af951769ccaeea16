//! Whether a unit could ever serve a need: alone, with nothing else to do, on the quickest roads.
//!
//! Every test here is a bound that holds in any plan, so that what it excludes is excluded for good. A unit that passes
//! may still fail in a plan, for want of time.

use std::ops::ControlFlow;

use crate::Text;
use crate::model::place::chord2;
use crate::model::{
    Amount, Handling, Need, Problem, Promise, Seconds, SlotId, Supply, Time, UnitId, Unsuited, Window,
};

macro_rules! cuts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $en:literal, $zh:literal);* $(;)?) => {
        /// Why a person can never serve a need, in the order in which the rules are asked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cut {
            $($(#[$doc])* $variant),*
        }

        impl Cut {
            /// All cuts, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name in documents.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it says of people, of one as of many: "40 beyond their own radius".
            pub fn label(self) -> Text {
                match self { $(Self::$variant => Text::new($en, $zh)),* }
            }
        }
    };
}

cuts!(
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
    /// More travel, work or distance than the person gives in a day.
    DayLimit = "day_limit", "beyond their own limits of a day", "超出个人每日限额";
);

impl From<Unsuited> for Cut {
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
pub fn reach(problem: &Problem, slot: SlotId, unit: UnitId) -> Result<(), Cut> {
    problem.suits(slot, unit).map_err(|reason| expired(problem, slot, unit).unwrap_or(reason.into()))?;
    reach_suited(problem, slot, unit)
}

/// Whether it is only for something that ran out before the shift that a unit does not suit.
pub(super) fn expired(problem: &Problem, slot: SlotId, unit: UnitId) -> Option<Cut> {
    let is_expired = problem.suited_until(slot, unit).is_some() && reach_suited(problem, slot, unit).is_ok();
    is_expired.then_some(Cut::Expired)
}

/// [`reach`] for a unit whose person is known to suit.
pub(super) fn reach_suited(problem: &Problem, id: SlotId, unit_id: UnitId) -> Result<(), Cut> {
    let mut first = None;
    let _ = rules(problem, id, unit_id, &mut |cut| {
        first = Some(cut);
        ControlFlow::Break(())
    });
    first.map_or(Ok(()), Err)
}

/// Tells every rule that excludes a unit whose person suits, in order; `hit` says whether to go on.
pub(super) fn rules(
    problem: &Problem,
    id: SlotId,
    unit_id: UnitId,
    hit: &mut impl FnMut(Cut) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let unit = problem.unit(unit_id);
    let volunteer = problem.volunteer(unit.volunteer);
    let place = problem.place_of(id);
    let travel = problem.travel();

    may_go_rules(problem, id, unit_id, hit)?;
    let is_ride = problem.need_of(id).is_ride() && problem.slot(id).stop == 0;
    if is_ride && let Err(cut) = ride(problem, id, unit_id) {
        hit(cut)?;
    }

    let service = problem.service(id, unit.volunteer);
    let latest =
        if problem.is_last_stop(id) { latest_start(problem.need_of(id), service) } else { Time::MAX };
    let windows = problem.windows_of(id);
    let pinned = problem.pinned_start(id);
    let start_from = |time: Time| earliest_start(windows, time, latest, pinned);

    let out = travel.least_seconds(unit.mode, unit.from, place);
    let back = unit.to.map_or(Seconds::ZERO, |to| travel.least_seconds(unit.mode, place, to));
    let setup = if unit.from == place { Seconds::ZERO } else { problem.place(place).setup };
    match start_from(unit.start) {
        // Who is not there at all is not too slow as well.
        Some(start) if start + service <= unit.end => match start_from(unit.start + out + setup) {
            Some(start) if start + service + back <= unit.end => {
                if start + service > problem.suits_until(id, unit_id) {
                    hit(Cut::Expired)?;
                }
            }
            _ => hit(Cut::OutOfTime)?,
        },
        _ => hit(Cut::Absent)?,
    }

    let limits = volunteer.per_day;
    let over = limits.travel.is_some_and(|most| out + back > most)
        || limits.work.is_some_and(|most| out + setup + service + back > most)
        || limits.visits == Some(0);
    if over { hit(Cut::DayLimit) } else { ControlFlow::Continue(()) }
}

/// Whether the stops of a ride, from the first on, fit into the shift one after the other.
fn ride(problem: &Problem, first: SlotId, unit_id: UnitId) -> Result<(), Cut> {
    let unit = problem.unit(unit_id);
    let travel = problem.travel();
    let (mut here, mut free) = (unit.from, unit.start);
    for slot in problem.slots_of(problem.slot(first).need) {
        let place = problem.place_of(slot);
        let setup = if here == place { Seconds::ZERO } else { problem.place(place).setup };
        let ready = free + travel.least_seconds(unit.mode, here, place) + setup;
        let service = problem.service(slot, unit.volunteer);
        let latest =
            if problem.is_last_stop(slot) { latest_start(problem.need_of(slot), service) } else { Time::MAX };
        // A way that nobody can travel has no time to count with.
        let in_shift = Some(ready).filter(|&ready| ready <= unit.end);
        let start = in_shift.and_then(|ready| {
            earliest_start(problem.windows_of(slot), ready, latest, problem.pinned_start(slot))
        });
        (here, free) = (place, start.ok_or(Cut::OutOfTime)? + service);
    }
    if free > problem.suits_until(first, unit_id) {
        return Err(Cut::Expired);
    }
    let back = unit.to.map_or(Seconds::ZERO, |to| travel.least_seconds(unit.mode, here, to));
    if free + back > unit.end { Err(Cut::OutOfTime) } else { Ok(()) }
}

/// What neither skills nor time decide: pins, capacity, dignity, and the radius of the person.
pub(crate) fn may_go(problem: &Problem, id: SlotId, unit: UnitId) -> Result<(), Cut> {
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
    hit: &mut impl FnMut(Cut) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let need = problem.need_of(id);
    let who = problem.unit(unit).volunteer;
    let volunteer = problem.volunteer(who);
    let travel = problem.travel();
    let role = problem.role(id);
    if role.pin.is_some_and(|pin| pin.volunteer != who) {
        hit(Cut::Pinned)?;
    }
    if role.load.iter().any(|l| l.amount > problem.capacity(problem.unit(unit), l.dimension)) {
        hit(Cut::Capacity)?;
    }
    if need.goods.iter().any(|supply| !is_to_be_had(problem, unit, *supply)) {
        hit(Cut::Goods)?;
    }
    let shared = need.overlaps.iter().filter(|o| [o.one, o.other].contains(&problem.slot(id).role));
    if let Some(least) = shared.map(|overlap| overlap.least).max()
        && problem.service(id, who) < least
    {
        hit(Cut::TooBrief)?;
    }
    let dignity = role.min_home_distance;
    let places = || need.stops.iter().map(|stop| stop.place);
    if dignity.0 > 0 && places().any(|place| problem.from_home(who, place) < dignity) {
        hit(Cut::TooNear)?;
    }
    let too_far = |radius, place| {
        chord2(travel.point(volunteer.home), travel.point(place)) > problem.radius_chord2(who)
            || travel.profile_metres(volunteer.profile, volunteer.home, place) > radius
    };
    if let Some(radius) = volunteer.max_radius
        && places().any(|place| too_far(radius, place))
    {
        hit(Cut::Radius)?;
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
pub(super) fn depots_have(problem: &Problem, supply: Supply) -> bool {
    let Amount { good, amount } = supply.what;
    let kept = problem.kept(good);
    if supply.handling == Handling::Collect {
        return kept.is_some();
    }
    // What others collect may be brought on, or lent once more.
    kept.unwrap_or(0).saturating_add(problem.collected(good)) >= amount
}

/// The latest start that a hard promise to finish leaves for a service of this length.
pub(crate) fn latest_start(need: &Need, service: Seconds) -> Time {
    match need.promise {
        Some(Promise { finish_by: Some(finish), hard: true, .. }) => finish - service,
        _ => Time::MAX,
    }
}

/// The earliest start at or after `time`, in one of the windows, not after `latest`, and at the pinned moment if any.
#[inline]
pub(crate) fn earliest_start(
    windows: &[Window],
    time: Time,
    latest: Time,
    pinned: Option<Time>,
) -> Option<Time> {
    let time = match pinned {
        Some(pin) if pin < time => return None,
        Some(pin) => pin,
        None => time,
    };
    // They are in order, and there may be thousands.
    let window = windows.get(windows.partition_point(|w| w.to < time))?;
    let start = window.from.max(time);
    (start <= latest && (pinned.is_none() || start == time)).then_some(start)
}

/// The latest start not after `time`, in one of the windows, and at the pinned moment if any.
#[inline]
pub(crate) fn latest_start_by(windows: &[Window], time: Time, pinned: Option<Time>) -> Option<Time> {
    let time = match pinned {
        Some(pin) if pin > time => return None,
        Some(pin) => pin,
        None => time,
    };
    let window = &windows[windows.partition_point(|w| w.from <= time).checked_sub(1)?];
    let start = window.to.min(time);
    (pinned.is_none() || start == time).then_some(start)
}
