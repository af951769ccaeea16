//! A problem: immutable, and valid once built.

use std::ops::Range;
use std::sync::Arc;

use geo::{BoundingRect, Contains, Intersects};
use rustc_hash::{FxHashMap, FxHashSet};

use super::check;
use super::place::{Place, great_circle, metres_to_chord2};
use super::signature::{self, BitMap, Bits, CompiledRequirement, Signatures, Unsuited};
use super::slot::{self, slots_of, start_gaps};
use super::travel_table::Travel;
use super::unit::units_of;
use super::{
    Area, AreaId, Category, Dimension, DimensionId, Faults, Link, Metres, Need, NeedId, PlaceId, Population,
    Previous, PreviousVisit, ProblemData, Profile, Quality, Role, Seconds, Skill, Slot, SlotId, Slowdown,
    Team, Unit, UnitId, Volunteer, VolunteerId, Window,
};
use crate::plan::Objective;

/// Needs, people, and how a plan for them is judged: immutable, and valid once built.
///
/// Cloning is cheap: the parts are shared. A variant is made by [`Problem::replace`].
#[derive(Clone, Debug)]
pub struct Problem {
    name: Arc<str>,
    supply: Arc<Supply>,
    demand: Arc<Demand>,
    objective: Arc<Objective>,
    previous: Option<Arc<PreviousPlan>>,
}

/// The people, the land between them, and what follows from both.
#[derive(Debug)]
struct Supply {
    places: Vec<Place>,
    areas: Vec<Area>,
    area_of: Vec<Option<AreaId>>,
    profiles: Vec<Profile>,
    slowdowns: Vec<Slowdown>,
    skills: Vec<Skill>,
    dimensions: Vec<Dimension>,
    categories: Vec<Category>,
    teams: Vec<Team>,
    volunteers: Vec<Volunteer>,
    apart: Vec<(VolunteerId, VolunteerId)>,
    /// The same pairs, the lower id first.
    are_apart: FxHashSet<(VolunteerId, VolunteerId)>,
    population: Vec<Population>,
    units: Vec<Unit>,
    units_of: Vec<Range<u32>>,
    /// Squared chord around each home beyond which the person's radius surely ends.
    radius_chord2: Vec<f64>,
    signatures: Signatures,
    travel: Travel,
}

/// The needs, and what follows from them.
#[derive(Debug)]
struct Demand {
    needs: Vec<Need>,
    links: Vec<Link>,
    slots: Vec<Slot>,
    first_slot: Vec<u32>,
    /// What each slot asks of a person.
    requirements: Vec<CompiledRequirement>,
    /// Start gaps between the roles of each need that asks for a crew, in the order of the needs.
    start_gaps: FxHashMap<NeedId, Vec<Vec<Option<Seconds>>>>,
    /// Whether each need's starts are bound by a hard promise, and the windows that remain.
    windows: Vec<Vec<Window>>,
}

#[derive(Debug)]
struct PreviousPlan {
    data: Previous,
    by_need: Vec<PreviousVisit>,
}

impl Problem {
    /// Checks the data and builds a problem of it.
    ///
    /// # Errors
    /// Every fault of the data at once.
    pub fn new(data: ProblemData) -> Result<Self, Faults> {
        check::check(&data)?;
        let area_of = areas_of(&data.places, &data.areas);
        let mut signatures = Signatures::new(BitMap::new(&data.skills, data.categories.len()));
        let uses = data.volunteers.iter().flat_map(|v| v.shifts.iter().map(|s| (v.profile, s.start)));
        let (travel, modes) = Travel::new(&data.places, &area_of, &data.profiles, &data.slowdowns, uses);
        let (units, ranges) = units_of(
            &data.volunteers,
            |volunteer, start| modes[&(volunteer.profile, start)],
            |volunteer, until| signatures.row_of(volunteer, &data.teams, until),
        );
        let (slots, first_slot) = slots_of(&data.needs);
        let role = |slot: &Slot| &data.needs[slot.need.index()].roles[usize::from(slot.role)];
        let requirements = slots
            .iter()
            .map(|slot| CompiledRequirement::new(&signatures.map, &role(slot).requires))
            .collect();
        let crews = data.needs.iter().enumerate().filter(|(_, need)| need.people() > 1);
        let gaps = |(n, need): (usize, &Need)| {
            start_gaps(&need.roles, &need.gaps).map(|gaps| (NeedId::new(n), gaps))
        };
        let start_gaps = crews.filter_map(gaps).collect();
        let windows = data.needs.iter().map(bound_windows).collect();
        let previous = data.previous.map(|previous| {
            let mut by_need = previous.assignments.clone();
            by_need.sort_by_key(|told| (told.need, told.volunteer));
            Arc::new(PreviousPlan { data: previous, by_need })
        });
        let radius_chord2 = data.volunteers.iter().map(|v| radius_chord2(v, &travel)).collect();
        let supply = Supply {
            radius_chord2,
            places: data.places,
            areas: data.areas,
            area_of,
            profiles: data.profiles,
            slowdowns: data.slowdowns,
            skills: data.skills,
            dimensions: data.dimensions,
            categories: data.categories,
            teams: data.teams,
            volunteers: data.volunteers,
            are_apart: data.apart.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect(),
            apart: data.apart,
            population: data.population,
            units,
            units_of: ranges,
            signatures,
            travel,
        };
        let problem = Self {
            name: data.name.into(),
            supply: Arc::new(supply),
            demand: Arc::new(Demand {
                needs: data.needs,
                links: data.links,
                slots,
                first_slot,
                requirements,
                start_gaps,
                windows,
            }),
            objective: Arc::new(data.objective),
            previous,
        };
        check::check_built(&problem)?;
        Ok(problem)
    }

    /// A variant of this problem: the data copied, changed, and checked again.
    ///
    /// # Errors
    /// Every fault of the changed data at once.
    pub fn replace(&self, change: impl FnOnce(&mut ProblemData)) -> Result<Self, Faults> {
        let mut data = self.to_data();
        change(&mut data);
        Self::new(data)
    }

    /// A copy of the data this problem was built from.
    pub fn to_data(&self) -> ProblemData {
        let supply = &*self.supply;
        ProblemData {
            name: self.name.to_string(),
            places: supply.places.clone(),
            areas: supply.areas.clone(),
            profiles: supply.profiles.clone(),
            slowdowns: supply.slowdowns.clone(),
            skills: supply.skills.clone(),
            dimensions: supply.dimensions.clone(),
            categories: supply.categories.clone(),
            teams: supply.teams.clone(),
            volunteers: supply.volunteers.clone(),
            apart: supply.apart.clone(),
            needs: self.demand.needs.clone(),
            links: self.demand.links.clone(),
            population: supply.population.clone(),
            objective: (*self.objective).clone(),
            previous: self.previous.as_ref().map(|p| p.data.clone()),
        }
    }

    /// The same problem with another previous plan, or none.
    ///
    /// # Errors
    /// The faults of that plan: unknown ids, a need twice.
    pub fn with_previous(&self, previous: Option<Previous>) -> Result<Self, Faults> {
        self.replace(|data| data.previous = previous)
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All needs.
    pub fn needs(&self) -> &[Need] {
        &self.demand.needs
    }

    /// All ids of needs.
    pub fn need_ids(&self) -> impl ExactSizeIterator<Item = NeedId> + use<> {
        (0..self.demand.needs.len() as u32).map(NeedId)
    }

    /// One need.
    pub fn need(&self, id: NeedId) -> &Need {
        &self.demand.needs[id.index()]
    }

    /// The place of a need's one stop.
    pub fn need_place(&self, id: NeedId) -> PlaceId {
        self.need(id).stops[0].place
    }

    /// When a need's service may start: its windows, cut at a hard promise to start.
    pub fn windows(&self, id: NeedId) -> &[Window] {
        &self.demand.windows[id.index()]
    }

    /// The places in the crews of all needs, need by need and role by role.
    pub fn slots(&self) -> &[Slot] {
        &self.demand.slots
    }

    /// All ids of slots.
    pub fn slot_ids(&self) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        (0..self.demand.slots.len() as u32).map(SlotId)
    }

    /// One slot.
    pub fn slot(&self, id: SlotId) -> Slot {
        self.demand.slots[id.index()]
    }

    /// The slots of one need.
    pub fn slots_of(&self, need: NeedId) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        slot::range(&self.demand.first_slot, need).map(SlotId)
    }

    /// The first slot of a need: the only one where one person is asked for.
    pub fn first_slot(&self, need: NeedId) -> SlotId {
        SlotId(self.demand.first_slot[need.index()])
    }

    /// The need of a slot.
    pub fn need_of(&self, slot: SlotId) -> &Need {
        self.need(self.slot(slot).need)
    }

    /// Where a slot is filled.
    pub fn place_of(&self, slot: SlotId) -> PlaceId {
        self.need_place(self.slot(slot).need)
    }

    /// When the service of a slot may start.
    pub fn windows_of(&self, slot: SlotId) -> &[Window] {
        self.windows(self.slot(slot).need)
    }

    /// The role of a slot.
    pub fn role(&self, slot: SlotId) -> &Role {
        let Slot { need, role } = self.slot(slot);
        &self.need(need).roles[usize::from(role)]
    }

    /// How much later at least the person of one slot starts than that of another slot of the same need, less than nothing
    /// where it may be sooner; nothing where neither waits for the other.
    pub fn start_gap(&self, from: SlotId, to: SlotId) -> Option<Seconds> {
        let (one, other) = (self.slot(from), self.slot(to));
        let gaps = self.demand.start_gaps.get(&one.need).filter(|_| one.need == other.need)?;
        gaps[usize::from(one.role)][usize::from(other.role)]
    }

    /// How long `volunteer` serves in a slot.
    pub fn service(&self, slot: SlotId, volunteer: VolunteerId) -> Seconds {
        let own = self.role(slot).service_by.iter().find(|(v, _)| *v == volunteer);
        own.map_or_else(
            || self.volunteer(volunteer).paced(self.ordinary_service(slot)),
            |&(_, service)| service,
        )
    }

    /// How long the service of a slot takes a person of ordinary pace.
    pub fn ordinary_service(&self, slot: SlotId) -> Seconds {
        self.role(slot).service.unwrap_or(self.need_of(slot).stops[0].service)
    }

    /// Whether a need comes before every priority: it is mandatory, or settled by a pin.
    pub fn comes_first(&self, id: NeedId) -> bool {
        let need = self.need(id);
        need.mandatory || need.is_pinned()
    }

    /// How needs hang together.
    pub fn links(&self) -> &[Link] {
        &self.demand.links
    }

    /// Pairs of people who must not be in one crew.
    pub fn apart(&self) -> &[(VolunteerId, VolunteerId)] {
        &self.supply.apart
    }

    /// Whether two people must not meet in a crew.
    pub fn are_apart(&self, a: VolunteerId, b: VolunteerId) -> bool {
        !self.supply.are_apart.is_empty() && self.supply.are_apart.contains(&(a.min(b), a.max(b)))
    }

    /// All people.
    pub fn volunteers(&self) -> &[Volunteer] {
        &self.supply.volunteers
    }

    /// One person.
    pub fn volunteer(&self, id: VolunteerId) -> &Volunteer {
        &self.supply.volunteers[id.index()]
    }

    /// All units.
    pub fn units(&self) -> &[Unit] {
        &self.supply.units
    }

    /// One unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.supply.units[id.index()]
    }

    /// All ids of units.
    pub fn unit_ids(&self) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        (0..self.supply.units.len() as u32).map(UnitId)
    }

    /// The units of one person, shift by shift.
    pub fn units_of(&self, volunteer: VolunteerId) -> impl ExactSizeIterator<Item = UnitId> + use<> {
        self.supply.units_of[volunteer.index()].clone().map(UnitId)
    }

    /// All places.
    pub fn places(&self) -> &[Place] {
        &self.supply.places
    }

    /// One place.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.supply.places[id.index()]
    }

    /// All areas.
    pub fn areas(&self) -> &[Area] {
        &self.supply.areas
    }

    /// The area of a place: the one it names, or the first whose outline contains it.
    pub fn area_of(&self, id: PlaceId) -> Option<AreaId> {
        self.supply.area_of[id.index()]
    }

    /// All travel profiles.
    pub fn profiles(&self) -> &[Profile] {
        &self.supply.profiles
    }

    /// All slow-downs.
    pub fn slowdowns(&self) -> &[Slowdown] {
        &self.supply.slowdowns
    }

    /// All skills, credentials and languages.
    pub fn skills(&self) -> &[Skill] {
        &self.supply.skills
    }

    /// In what loads are counted.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.supply.dimensions
    }

    /// How much of a dimension the person of a slot brings.
    pub fn load(&self, slot: SlotId, dimension: DimensionId) -> i64 {
        self.role(slot).load.iter().find(|l| l.dimension == dimension).map_or(0, |l| l.amount)
    }

    /// How much of a dimension a person can carry.
    pub fn capacity(&self, volunteer: VolunteerId, dimension: DimensionId) -> i64 {
        self.volunteer(volunteer).capacity.iter().find(|l| l.dimension == dimension).map_or(0, |l| l.amount)
    }

    /// All categories of service.
    pub fn categories(&self) -> &[Category] {
        &self.supply.categories
    }

    /// All teams.
    pub fn teams(&self) -> &[Team] {
        &self.supply.teams
    }

    /// Where residents live.
    pub fn population(&self) -> &[Population] {
        &self.supply.population
    }

    /// Travel between all places.
    pub fn travel(&self) -> &Travel {
        &self.supply.travel
    }

    /// What makes a plan good.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The plan that people were told already.
    pub fn previous(&self) -> Option<&Previous> {
        self.previous.as_ref().map(|p| &p.data)
    }

    /// What the previous plan said about a need: one entry for each person who was to come.
    pub fn told(&self, id: NeedId) -> &[PreviousVisit] {
        let all = self.previous.as_ref().map_or(&[][..], |previous| &previous.by_need);
        let first = all.partition_point(|told| told.need < id);
        let count = all[first..].partition_point(|told| told.need == id);
        &all[first..first + count]
    }

    /// Whether the person of `unit` suits the role of `slot` on that day; the first reason against it when not.
    ///
    /// # Errors
    /// What speaks against it.
    pub fn suits(&self, slot: SlotId, unit: UnitId) -> Result<(), Unsuited> {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        self.requirement(slot).suits(bits, unit.volunteer, self.volunteer(unit.volunteer))
    }

    /// Whether a quality is true of the person of `unit` on that day.
    pub fn has(&self, unit: UnitId, quality: Quality) -> bool {
        let unit = self.unit(unit);
        let bits = self.supply.signatures.row(unit.signature);
        let volunteer = self.volunteer(unit.volunteer);
        signature::has(&self.supply.signatures.map, bits, unit.volunteer, volunteer, quality)
    }

    /// Squared chord around a home beyond which the person's radius surely ends; infinite where there is no radius, or
    /// none that goes by distance.
    pub(crate) fn radius_chord2(&self, volunteer: VolunteerId) -> f64 {
        self.supply.radius_chord2[volunteer.index()]
    }

    /// How far a place is from somebody's home: as the crow flies, or by that person's own matrix without coordinates.
    pub fn from_home(&self, volunteer: VolunteerId, place: PlaceId) -> Metres {
        let volunteer = self.volunteer(volunteer);
        match (self.place(volunteer.home).at, self.place(place).at) {
            (Some(home), Some(place)) => great_circle(home, place),
            _ => self.travel().profile_metres(volunteer.profile, volunteer.home, place),
        }
    }

    /// Sum of the prices of the wishes that `unit` would not meet in `slot`.
    pub fn preference_price(&self, slot: SlotId, unit: UnitId) -> i64 {
        let wishes = &self.role(slot).prefers;
        wishes.iter().filter(|w| self.has(unit, w.quality) != w.wanted).map(|w| i64::from(w.price)).sum()
    }

    pub(crate) fn requirement(&self, slot: SlotId) -> &CompiledRequirement {
        &self.demand.requirements[slot.index()]
    }

    pub(crate) fn signature_count(&self) -> usize {
        self.supply.signatures.len()
    }

    pub(crate) fn signature(&self, row: u32) -> &Bits {
        self.supply.signatures.row(row)
    }
}

/// The area of each place: the one it names, or the first whose outline contains it.
fn areas_of(places: &[Place], areas: &[Area]) -> Vec<Option<AreaId>> {
    // The box around an outline is asked first: most places lie outside of most areas.
    let outlines = areas.iter().map(Area::polygon).map(|outline| (outline.bounding_rect(), outline));
    let outlines = outlines.collect::<Vec<_>>();
    let found = |place: &Place| {
        let point = place.at.map(|at| geo::Point::new(at.lon(), at.lat()))?;
        let around = |area: &Option<geo::Rect>| area.is_some_and(|area| area.intersects(&point));
        outlines.iter().position(|(area, outline)| around(area) && outline.contains(&point)).map(AreaId::new)
    };
    places.iter().map(|place| place.area.or_else(|| found(place))).collect()
}

fn radius_chord2(volunteer: &Volunteer, travel: &Travel) -> f64 {
    let straight = volunteer.max_radius.and_then(|radius| travel.straight_metres(volunteer.profile, radius));
    // a metre, and a hair for the rounding of the chord itself
    straight.map_or(f64::INFINITY, |metres| metres_to_chord2(metres + 1.0) * (1.0 + 1e-9))
}

/// The windows of a need's stop, cut at a hard promise to start.
fn bound_windows(need: &Need) -> Vec<Window> {
    let latest = need.promise.filter(|p| p.hard).and_then(|p| p.start_by);
    let windows = need.stops[0].windows.iter();
    windows
        .map(|w| Window { from: w.from, to: latest.map_or(w.to, |l| w.to.min(l)) })
        .filter(|w| w.from <= w.to)
        .collect()
}
