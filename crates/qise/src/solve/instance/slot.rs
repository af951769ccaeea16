//! Needs and people as the search sees them: what it asks again and again, without a look into the model.
//!
//! A need asks for roles, and a role for people: a slot is one visit to make. The first slot of a need is its lead, which stands for the need
//! wherever needs are counted, ordered or left.

use super::depot_calls::DepotVisitSlot;
use super::weights::Weights;
use crate::model::{
    Makespan, ModeId, NeedId, PlaceId, Problem, Promise, Seconds, SlotId, Term, Time, UnitId, Unload,
    VolunteerId, Window,
};

/// What the search asks of a slot, again and again.
#[derive(Clone, Debug)]
pub(crate) struct FlatSlot {
    pub(crate) place: PlaceId,
    pub(crate) setup: Seconds,
    pub(crate) service: Seconds,
    /// The service of everybody who comes.
    pub(crate) crew_service: Seconds,
    /// Whether it stands for its need: the first slot of each. What the need is worth is told by this slot alone.
    pub(crate) leads: bool,
    /// Whether it hangs together with others, of its crew, of linked needs or of one ride, or asks for goods.
    pub(crate) is_dependent: bool,
    /// How many stops its need has, and which of them it is.
    pub(crate) stops: u16,
    pub(crate) stop: u16,
    /// Whether its start hangs on that of others, or counts beyond its own route.
    pub(crate) is_synchronised: bool,
    /// Whether it starts as early as it can, even where its route could spare time at work by a later start.
    pub(crate) stays: bool,
    /// The groups whose last end counts that its need belongs to, a bit each.
    pub(crate) groups: u8,
    /// What a second by which it ends later counts where all ends of a group count alike, in thousandths: its share of the last end.
    pub(crate) completion_guidance: i64,
    /// The one window, cut at a hard promise and at a pinned start; the hull of all where there are several.
    pub(crate) window: Window,
    /// The end that a hard promise asks for.
    pub(crate) finish_by: Time,
    several_windows: bool,
    soft_start: Time,
    soft_finish: Time,
    /// Cost of leaving it, in units of the weighted cost.
    pub(crate) prize: i64,
    pub(crate) priority: i64,
    pub(crate) comes_first: bool,
    /// What the previous plan said of its need, of each person.
    pub(crate) previous: Vec<PreviousVisit>,
    pub(crate) has_wishes: bool,
    pub(crate) has_own_service: bool,
    /// Whether pins settle who serves its need: it is not taken out.
    pub(crate) pinned: bool,
}

/// What the search asks of a unit, again and again.
#[derive(Clone, Debug)]
pub(crate) struct FlatUnit {
    pub(crate) mode: ModeId,
    /// Where and from when on it starts, but where it follows another shift: [`Route::start`](crate::solve::state::route::Route::start).
    pub(crate) usual_start: (PlaceId, Time),
    pub(crate) to: Option<PlaceId>,
    pub(crate) end: Time,
    pub(crate) overtime_from: Time,
    pub(crate) volunteer: VolunteerId,
    pub(crate) pace_permille: u32,
    /// Whether every way takes as long, and is as far, as the way back.
    pub(crate) symmetric: bool,
    /// Whether no detour is quicker than the straight way, but for rounding.
    pub(crate) metric: bool,
    /// Has breaks, or something that it holds runs out in the shift: its routes cannot be judged by slack alone.
    pub(crate) breaks: bool,
    /// Has breaks for which nothing of a need may be on board.
    pub(crate) empty_breaks: bool,
    /// Has breaks that are taken at certain places.
    pub(crate) breaks_at_places: bool,
    /// In which order it unloads.
    pub(crate) unload: Unload,
    /// The unit itself, where something that it holds runs out in the shift.
    pub(crate) expires: Option<UnitId>,
    /// Has limits beyond one route, or on how far it goes.
    pub(crate) limited: bool,
    /// Rests for so long between the days.
    pub(crate) rest: Seconds,
    /// Time worked and offered before this plan, and time offered in it too.
    pub(crate) worked: i64,
    pub(crate) offered: i64,
}

impl FlatUnit {
    /// Whether its routes are timed as a whole, whatever they visit: breaks are to be placed, or it matters when it leaves and is back.
    pub(crate) fn is_timed_whole(&self) -> bool {
        self.breaks || self.rest > Seconds::ZERO || self.overtime_from < self.end
    }
}

/// What the previous plan said of a need, and what it costs to change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreviousVisit {
    pub(crate) volunteer: VolunteerId,
    pub(crate) start: Time,
    pub(crate) reassign: i64,
    pub(crate) retime: i64,
}

impl FlatSlot {
    pub(crate) fn new(problem: &Problem, weights: &Weights, id: SlotId) -> Self {
        let need = problem.need_of(id);
        let role = problem.role(id);
        let place = problem.place_of(id);
        // A promise speaks of the start at the first stop and of the end at the last; whoever was told a visit was told its start.
        let (is_first, is_last) = (problem.slot(id).stop == 0, problem.is_last_stop(id));
        let soft = need.promise.filter(|p| !p.hard);
        let told = problem
            .told(problem.slot(id).need)
            .iter()
            .filter(|_| is_first)
            .zip(problem.previous().into_iter().cycle());
        let told = told.map(|(visit, plan)| PreviousVisit {
            volunteer: visit.volunteer,
            start: visit.start,
            reassign: i64::from(need.change_price.unwrap_or(plan.reassign_price)),
            retime: i64::from(need.change_price.unwrap_or(plan.retime_price)),
        });
        let crew = problem.slots_of(problem.slot(id).need);
        let leads = problem.first_slot(problem.slot(id).need) == id && !need.is_vacant();
        let comes_first = problem.comes_first(problem.slot(id).need);
        let windows = problem.windows_of(id);
        let from = windows.first().map_or(Time::MAX, |w| w.from);
        let to = windows.last().map_or(Time::MIN, |w| w.to);
        let pinned_start = problem.pinned_start(id);
        let window = match pinned_start {
            Some(start) if windows.iter().any(|w| w.contains(start)) => Window { from: start, to: start },
            Some(_) => Window { from: Time::MAX, to: Time::MIN },
            None => Window { from, to },
        };
        Self {
            place,
            setup: problem.place(place).setup,
            service: problem.ordinary_service(id),
            window,
            finish_by: match need.promise {
                Some(Promise { finish_by: Some(finish), hard: true, .. }) if is_last => finish,
                _ => Time::MAX,
            },
            several_windows: windows.len() > 1 && pinned_start.is_none(),
            soft_start: soft.filter(|_| is_first).and_then(|p| p.start_by).unwrap_or(Time::MAX),
            soft_finish: soft.filter(|_| is_last).and_then(|p| p.finish_by).unwrap_or(Time::MAX),
            leads,
            crew_service: crew.map(|slot| problem.ordinary_service(slot)).sum(),
            is_dependent: false,
            is_synchronised: false,
            stays: false,
            stops: need.stops.len() as u16,
            stop: problem.slot(id).stop,
            groups: groups(problem, problem.slot(id).need),
            completion_guidance: completion_guidance(problem, problem.slot(id).need),
            prize: if leads { weights.prize(i64::from(need.priority), comes_first) } else { 0 },
            priority: if leads { i64::from(need.priority) } else { 0 },
            comes_first: leads && comes_first,
            previous: told.collect(),
            has_wishes: is_first && !role.prefers.is_empty(),
            has_own_service: !role.service_by.is_empty(),
            pinned: need.roles.iter().all(|role| role.pin.is_some()),
        }
    }

    /// A call at a depot.
    pub(crate) fn call(problem: &Problem, call: &DepotVisitSlot) -> Self {
        let depot = problem.depot(call.depot);
        let windows = call.windows();
        let from = windows.first().map_or(Time::MAX, |w| w.from);
        let to = windows.last().map_or(Time::MIN, |w| w.to);
        Self {
            place: depot.place,
            setup: problem.place(depot.place).setup,
            service: depot.service,
            crew_service: depot.service,
            leads: false,
            is_dependent: false,
            stops: 1,
            stop: 0,
            is_synchronised: false,
            stays: false,
            groups: 0,
            completion_guidance: 0,
            window: Window { from, to },
            finish_by: Time::MAX,
            several_windows: windows.len() > 1,
            soft_start: Time::MAX,
            soft_finish: Time::MAX,
            prize: 0,
            priority: 0,
            comes_first: false,
            previous: Vec::new(),
            has_wishes: false,
            has_own_service: false,
            pinned: false,
        }
    }

    /// The service at an ordinary pace.
    pub(crate) fn ordinary(&self) -> Seconds {
        self.service
    }

    /// The first moment at which it may start.
    #[inline]
    pub(crate) fn opens(&self) -> Time {
        self.window.from
    }

    /// The last moment at which it may start.
    #[inline]
    pub(crate) fn closes(&self) -> Time {
        self.window.to
    }

    /// The last moment at which a visit that takes `service` may start.
    #[inline]
    pub(crate) fn closes_for(&self, service: Seconds) -> Time {
        self.window.to.min(self.finish_by - service)
    }

    /// Whether it may start in more than one window.
    pub(crate) fn several_windows(&self) -> bool {
        self.several_windows
    }

    pub(crate) fn is_promised(&self) -> bool {
        self.soft_start < Time::MAX || self.soft_finish < Time::MAX
    }

    /// Whether the timing of its visit cannot be merged from parts: several windows, or a start told to `who` before.
    #[inline]
    pub(crate) fn has_timing_choice(&self, who: VolunteerId) -> bool {
        self.several_windows || self.previous_of(who).is_some()
    }

    /// What `who` was told of it before.
    #[inline]
    pub(crate) fn previous_of(&self, who: VolunteerId) -> Option<PreviousVisit> {
        self.previous.iter().find(|before| before.volunteer == who).copied()
    }

    /// By how much a soft promise is missed.
    #[inline]
    pub(crate) fn tardiness(&self, start: Time, service: Seconds) -> i64 {
        (start.0 - self.soft_start.0).max(start.0 + service.0 - self.soft_finish.0).max(0)
    }

    /// The latest start that keeps every soft promise.
    #[inline]
    pub(crate) fn in_time(&self, service: Seconds) -> Time {
        self.soft_start.min(self.soft_finish - service)
    }
}

/// The groups whose last end counts that a need belongs to, a bit each.
fn groups(problem: &Problem, need: NeedId) -> u8 {
    let groups = counted_makespans(problem).iter().enumerate();
    groups.filter(|(_, group)| group.needs.contains(&need)).fold(0, |bits, (g, _)| bits | 1 << g)
}

/// The groups of needs of which last ends count: none where the objective does not ask for them.
pub(crate) fn counted_makespans(problem: &Problem) -> &[Makespan] {
    if problem.objective().uses(Term::Makespan) { problem.makespans() } else { &[] }
}

/// Its share of what counts of last ends, in thousandths a second.
fn completion_guidance(problem: &Problem, need: NeedId) -> i64 {
    let groups = counted_makespans(problem).iter().filter(|group| group.needs.contains(&need));
    groups.map(|group| i64::from(group.weight) * 1000 / group.needs.len() as i64).sum()
}

/// All units, flat.
pub(crate) fn flat_units(problem: &Problem) -> Vec<FlatUnit> {
    problem.unit_ids().map(|id| flat_unit(problem, id)).collect()
}

/// A unit, flat.
pub(crate) fn flat_unit(problem: &Problem, id: UnitId) -> FlatUnit {
    let unit = problem.unit(id);
    let (volunteer, shift) = (problem.volunteer(unit.volunteer), problem.shift(unit));
    FlatUnit {
        mode: unit.mode,
        usual_start: (unit.from, unit.start),
        to: unit.to,
        end: unit.end,
        overtime_from: unit.overtime_from,
        volunteer: unit.volunteer,
        pace_permille: volunteer.pace_permille,
        metric: problem.travel().is_metric(unit.mode),
        symmetric: problem.travel().is_symmetric(unit.mode),
        breaks: unit.expires || !shift.breaks.is_empty(),
        empty_breaks: shift.breaks.iter().any(|rest| rest.only_when_empty),
        breaks_at_places: shift.breaks.iter().any(|rest| !rest.at.is_empty()),
        unload: problem.unload(unit),
        expires: unit.expires.then_some(id),
        limited: volunteer.has_limits() || unit.vehicle.is_some_and(|v| problem.vehicle(v).range.is_some()),
        rest: volunteer.rest,
        worked: volunteer.ledger.worked.0,
        offered: volunteer.offered().0.max(1),
    }
}

#[cfg(test)]
mod tests;
