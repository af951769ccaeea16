//! The problem as the search sees it: flat arrays, and one number to go by.

use super::calls::Calls;
use super::crews::Crews;
use super::flat::{FlatSlot, FlatUnit, counted_makespans, flat_units};
use super::guide::Guide;
use super::links::Links;
use super::near::Near;
use super::order::Orders;
use super::outsource::may_be_handed_out;
use super::parties::Parties;
use super::rivals::Rivals;
use super::stakes::Stakes;
use super::twins::Twins;
use crate::matching::{Admission, Candidates, candidates_among, earliest_start, latest_start_by};
use crate::model::{DimensionId, PlaceId, Problem, Seconds, SlotId, Time, TravelMatrix, UnitId};
use crate::plan::Term;

/// Units remembered as near each need.
const NEAREST_UNITS: usize = 96;

/// The problem, flattened for the search.
pub(super) struct Instance<'p> {
    pub(super) problem: &'p Problem,
    pub(super) slots: Vec<FlatSlot>,
    pub(super) units: Vec<FlatUnit>,
    pub(super) calls: Calls,
    pub(super) rivals: Rivals,
    pub(super) crews: Crews,
    pub(super) links: Links,
    pub(super) parties: Parties,
    /// From when on the last end of each group of needs counts, and how much.
    pub(super) makespans: Vec<(Time, i64)>,
    /// The first moment from which one counts.
    pub(super) origin: Time,
    /// What it costs that visits end late although they are not the last, as a share of what last ends cost, in thousandths.
    pub(super) pull: i64,
    pub(super) twins: Twins,
    /// The leaders of twins near each slot.
    pub(super) candidates: Candidates,
    pub(super) near: Near,
    pub(super) orders: Orders,
    pub(super) guide: Guide,
    pub(super) stakes: Stakes,
    admission: Admission,
    /// Whether more than the ways count: then the timing of a route is reckoned too.
    pub(super) timed: bool,
    /// Whether visits are moved together to spare working and waiting time.
    pub(super) compress: bool,
    /// Whether metres count, in the objective or against a limit.
    pub(super) metres: bool,
    /// Whether some need has several stops.
    pub(super) rides: bool,
    /// Whether what is on board changes on the way.
    pub(super) unloads: bool,
    /// Loads of the slots, `dimensions` a slot.
    loads: Vec<i64>,
    /// Capacities of the units, `dimensions` a unit.
    capacities: Vec<i64>,
    pub(super) dimensions: usize,
    travel_cost: i64,
    metre_cost: i64,
    /// What a second on duty costs at least, in the guide's currency.
    second_cost: i64,
    pub(super) all_worth_the_same: bool,
    /// Whether it counts how many people are out.
    pub(super) counts_people: bool,
    /// Whether the number of people comes before all effort.
    pub(super) people_first: bool,
    /// Whether effort is weighed against needs left: some are not worth it alone, but together.
    pub(super) weighs_left: bool,
    /// The first slots of the needs that may be handed to others.
    pub(super) handed_out: Vec<SlotId>,
}

/// A way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) seconds: i64,
    pub(super) metres: i64,
}

impl Leg {
    #[inline]
    pub(super) fn plus(self, other: Self) -> Self {
        Self { seconds: self.seconds + other.seconds, metres: self.metres + other.metres }
    }

    #[inline]
    pub(super) fn minus(self, other: Self) -> Self {
        Self { seconds: self.seconds - other.seconds, metres: self.metres - other.metres }
    }
}

impl<'p> Instance<'p> {
    /// `None` if `stop` says that there is no more time before all is told that a search asks.
    pub(super) fn new(problem: &'p Problem, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let mut instance = Self::without_candidates(problem);
        let leads = |unit| instance.twins.leads(unit);
        instance.candidates = candidates_among(problem, NEAREST_UNITS, leads, stop);
        if !stop() {
            instance.near = Near::new(&instance, stop);
        }
        if stop() {
            return None;
        }
        instance.orders = Orders::new(&instance);
        Some(instance)
    }

    /// For questions about single pairs.
    pub(super) fn without_candidates(problem: &'p Problem) -> Self {
        let objective = problem.objective();
        let guide = Guide::new(problem);
        let mut slots = problem.slot_ids().map(|id| FlatSlot::new(problem, &guide, id)).collect::<Vec<_>>();
        let calls = Calls::new(problem);
        slots.extend(calls.list().iter().map(|call| FlatSlot::call(problem, call)));
        let links = Links::new(problem);
        let parties = Parties::new(problem);
        let crews = Crews::new(problem);
        for (flat, id) in slots.iter_mut().zip(problem.slot_ids()) {
            let need = problem.slot(id).need;
            let asks = !problem.need(need).crew.is_empty();
            let bound = problem.need(need).max_ride.is_some();
            let waits = !crews.mates(id).is_empty() || !crews.awaited(id).is_empty();
            flat.stays = problem.need(need).people() > 1
                || asks
                || bound
                || waits
                || !parties.is_empty()
                || flat.groups != 0 && ends_outweigh_work(problem, &guide);
            flat.meets = flat.stays || flat.groups != 0 || !links.of(need).is_empty();
            flat.tied = flat.meets || problem.need(need).is_ride() || !problem.need(need).goods.is_empty();
        }
        let of_calls = calls.list().len() * problem.dimensions().len();
        let limits =
            |f: fn(&crate::model::DayLimits) -> bool| problem.volunteers().iter().any(|v| f(&v.per_day));
        let tardy = slots.iter().any(FlatSlot::is_promised)
            && [Term::Tardiness, Term::WorstTardiness, Term::Late].iter().any(|&t| objective.uses(t));
        let retimed = objective.uses(Term::Disruption) && slots.iter().any(|n| !n.told.is_empty());
        let of_work = [Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst];
        let work = of_work.iter().any(|&t| objective.uses(t));
        let dimensions = problem.dimensions().len();
        let all = || (0..dimensions).map(DimensionId::new);
        Self {
            calls,
            rivals: Rivals::new(problem),
            crews,
            links,
            parties,
            origin: counted_makespans(problem).iter().map(|group| group.from).min().unwrap_or(Time(0)),
            pull: 0,
            makespans: counted_makespans(problem)
                .iter()
                .map(|group| (group.from, group.weight.into()))
                .collect(),
            candidates: Candidates::default(),
            twins: Twins::new(problem),
            near: Near::default(),
            orders: Orders::default(),
            admission: Admission::new(problem),
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
            travel_cost: guide.of(Term::TravelTime),
            metre_cost: guide.of(Term::Distance),
            second_cost: (guide.of(Term::TravelTime) + guide.of(Term::WorkTime))
                .max(guide.of(Term::Distance))
                .max(1),
            all_worth_the_same: {
                let mut worths = slots.iter().filter(|slot| slot.leads).map(|slot| slot.worth);
                let first = worths.next();
                worths.all(|worth| Some(worth) == first)
            },
            counts_people: objective.uses(Term::People) || cfg!(debug_assertions),
            people_first: Guide::puts_people_first(problem),
            weighs_left: guide.at_any_effort(problem).is_some(),
            handed_out: may_be_handed_out(problem),
            units: flat_units(problem),
            stakes: Stakes::new(&guide, slots.iter().map(|s| (s.leads, s.priority, s.comes_first))),
            problem,
            slots,
            guide,
        }
    }

    /// Goes by another guide from here on.
    pub(super) fn follow_guide(&mut self, guide: Guide) {
        self.travel_cost = guide.of(Term::TravelTime);
        self.metre_cost = guide.of(Term::Distance);
        self.guide = guide;
        self.reprice();
    }

    /// Brings what needs are worth up to date with the guide and their priorities.
    pub(super) fn reprice(&mut self) {
        for slot in &mut self.slots {
            slot.worth = if slot.leads { self.guide.worth(slot.priority, slot.comes_first) } else { 0 };
        }
    }

    #[inline]
    pub(super) fn slot(&self, slot: SlotId) -> &FlatSlot {
        &self.slots[slot.index()]
    }

    #[inline]
    pub(super) fn unit(&self, unit: UnitId) -> &FlatUnit {
        &self.units[unit.index()]
    }

    /// All slots of the need of a slot.
    pub(super) fn crew(&self, slot: SlotId) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        self.problem.slots_of(self.problem.slot(slot).need)
    }

    /// The slot that stands for the need of a slot.
    pub(super) fn lead(&self, slot: SlotId) -> SlotId {
        self.problem.first_slot(self.problem.slot(slot).need)
    }

    /// The slots that stand for all needs.
    pub(super) fn leaders(&self) -> impl Iterator<Item = SlotId> + '_ {
        self.problem.slot_ids().filter(|&slot| self.slot(slot).leads)
    }

    /// Whether `unit` may serve `need` at all, time and load apart.
    #[inline]
    pub(super) fn admits(&self, slot: SlotId, unit: UnitId) -> bool {
        self.is_call(slot) || self.admission.admits(self.problem, slot, unit)
    }

    pub(super) fn loads(&self, slot: SlotId) -> &[i64] {
        &self.loads[slot.index() * self.dimensions..][..self.dimensions]
    }

    /// Whether the need of a slot has several stops.
    #[inline]
    pub(super) fn is_ride(&self, slot: SlotId) -> bool {
        self.rides && self.slot(slot).stops > 1
    }

    /// By how much what is on board changes at a slot: a ride gets in at its first stop and off at its last, what goes to a single stop
    /// is left there.
    pub(super) fn load_change(&self, slot: SlotId, dimension: usize) -> i64 {
        let (load, flat) = (self.loads(slot)[dimension], self.slot(slot));
        match (flat.stops, flat.stop) {
            (1, _) => -load,
            (_, 0) => load,
            (stops, stop) if stop + 1 == stops => -load,
            _ => 0,
        }
    }

    pub(super) fn capacities(&self, unit: UnitId) -> &[i64] {
        &self.capacities[unit.index() * self.dimensions..][..self.dimensions]
    }

    pub(super) fn point(&self, slot: SlotId) -> [f64; 3] {
        self.problem.travel().point(self.slot(slot).place)
    }

    /// How long a visit takes.
    #[inline]
    pub(super) fn service(&self, slot: SlotId, unit: &FlatUnit) -> Seconds {
        let flat = self.slot(slot);
        if flat.has_own_service {
            self.problem.service(slot, unit.volunteer)
        } else if unit.pace_permille == 1000 || self.is_call(slot) {
            flat.service
        } else {
            self.problem.volunteer(unit.volunteer).paced(flat.service)
        }
    }

    /// What a need is worth for what it takes: its service, and the growth of cost that it brings.
    pub(super) fn density(&self, slot: SlotId, cost: i64) -> f64 {
        let flat = self.slot(slot);
        flat.worth as f64 / (flat.crew_service.0 as f64 * self.second_cost as f64 + cost.max(0) as f64 + 1.0)
    }

    /// The earliest start of a visit that takes `service`, at or after `ready`.
    #[inline(always)]
    #[allow(clippy::inline_always)] // asked at every step of every walk
    pub(super) fn earliest(&self, slot: SlotId, ready: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let latest = flat.finish_by - service;
        if flat.several_windows() {
            return earliest_start(self.windows_of(slot), ready, latest, self.pinned_start(slot));
        }
        let start = ready.max(flat.window.from);
        (start <= flat.window.to && start <= latest).then_some(start)
    }

    /// The latest start of a visit that takes `service`, at or before `limit`.
    #[inline]
    pub(super) fn latest(&self, slot: SlotId, limit: Time, service: Seconds) -> Option<Time> {
        let flat = self.slot(slot);
        let limit = limit.min(flat.finish_by - service);
        if flat.several_windows() {
            return latest_start_by(self.windows_of(slot), limit, self.pinned_start(slot));
        }
        let start = limit.min(flat.window.to);
        (start >= flat.window.from).then_some(start)
    }

    /// Whether nothing is lost where visits move, as long as nobody comes late: neither time at work nor an end has a price.
    #[inline]
    pub(super) fn may_move(&self) -> bool {
        let priced = [Term::WorkTime, Term::Load, Term::LoadRange, Term::LoadWorst];
        priced.iter().all(|&term| self.guide.of(term) == 0) && self.makespans.is_empty()
    }

    /// The latest start that keeps every soft promise, where promises count.
    #[inline]
    pub(super) fn in_time(&self, slot: SlotId, service: Seconds) -> Time {
        if self.timed { self.slot(slot).in_time(service) } else { Time::MAX }
    }

    fn pinned_start(&self, slot: SlotId) -> Option<Time> {
        if self.is_call(slot) { None } else { self.problem.pinned_start(slot) }
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

    /// By when a visit ends for which the person holds what it asks for.
    #[inline]
    pub(super) fn suits_until(&self, unit: &FlatUnit, slot: SlotId) -> Time {
        match unit.expires {
            Some(unit) if !self.is_call(slot) => self.problem.suits_until(slot, unit),
            _ => Time::MAX,
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

    /// What a way costs that takes so many seconds and metres, which may be fractions.
    pub(super) fn leg_price(&self, seconds: f64, metres: f64) -> f64 {
        self.travel_cost as f64 * seconds + self.metre_cost as f64 * metres
    }

    /// Travel and setup from one place to a need.
    #[inline]
    pub(super) fn arc(&self, unit: &FlatUnit, from: PlaceId, slot: SlotId) -> Seconds {
        let (travel, setup) = self.travel_and_setup(unit, from, slot);
        travel + setup
    }

    /// Travel and setup from one place to a need, apart.
    pub(super) fn travel_and_setup(
        &self,
        unit: &FlatUnit,
        from: PlaceId,
        slot: SlotId,
    ) -> (Seconds, Seconds) {
        let flat = self.slot(slot);
        if from == flat.place {
            (Seconds::ZERO, Seconds::ZERO)
        } else {
            (self.problem.travel().seconds(unit.mode, from, flat.place), flat.setup)
        }
    }

    /// Setup at a slot for somebody who comes from a place.
    #[inline]
    pub(super) fn setup_after(&self, here: PlaceId, slot: SlotId) -> Seconds {
        let flat = self.slot(slot);
        if here == flat.place { Seconds::ZERO } else { flat.setup }
    }

    /// The time from a place to the end of the route.
    #[inline]
    pub(super) fn back(&self, unit: &FlatUnit, from: PlaceId) -> Seconds {
        unit.to.map_or(Seconds::ZERO, |to| self.problem.travel().seconds(unit.mode, from, to))
    }

    /// Price of the wishes that `unit` does not meet at `need`.
    #[inline]
    pub(super) fn wishes(&self, slot: SlotId, unit: UnitId) -> i64 {
        if self.slot(slot).has_wishes { self.problem.preference_price(slot, unit) } else { 0 }
    }
}

/// Whether a second by which last ends come sooner is worth more than a second at work.
fn ends_outweigh_work(problem: &Problem, guide: &Guide) -> bool {
    let of_work = [Term::WorkTime, Term::Waiting, Term::Load, Term::LoadRange, Term::LoadWorst];
    let work = of_work.iter().map(|&term| guide.of(term)).fold(0, i64::saturating_add);
    let weights = counted_makespans(problem).iter().map(|group| i64::from(group.weight)).sum::<i64>();
    guide.of(Term::Makespan).saturating_mul(weights) >= work
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
