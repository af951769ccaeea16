//! A problem: immutable, and valid once built.

mod demand;
mod pairs;
mod supply;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use geo::{BoundingRect, Contains, Intersects};
use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar::Calendar;
use super::check;
use super::place::{Place, metres_to_chord2};
use super::signature::{BitMap, CompiledRequirement, Signatures, has, lasts};
use super::slot::{slots_of, start_gaps};
use super::travel_table::{ModeId, Travel};
use super::unit::{Facts, units_of};
use super::{
    Area, AreaId, Category, Depot, Dimension, Faults, Fingerprint, Good, Handling, LatLon, Link, LinkRule,
    Makespan, Need, NeedId, PlaceId, Population, Previous, PreviousVisit, ProblemData, Profile, ProfileId,
    Seconds, Skill, Slot, Slowdown, Team, Time, Unit, Vehicle, VehicleId, Volunteer, VolunteerId, Window,
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
    fingerprint: OnceLock<Fingerprint>,
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
    goods: Vec<Good>,
    depots: Vec<Depot>,
    /// How much of each kind of goods all depots together have to give, some of it in time; nothing where none keeps it.
    kept: Vec<Option<i64>>,
    vehicles: Vec<Vehicle>,
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
    calendar: Calendar,
    /// The links that ask for the same people at a price.
    acquaintances: Vec<(NeedId, NeedId, u32)>,
    choices: Vec<Vec<NeedId>>,
    /// In which of the choices a need is.
    choice_of: FxHashMap<NeedId, u32>,
    makespans: Vec<Makespan>,
    outsourcing: u32,
    has_rides: bool,
    has_goods: bool,
    /// How much of each kind of goods needs give away.
    collected: Vec<i64>,
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
        let vehicle_profiles = data.vehicles.iter().map(|vehicle| vehicle.profile).collect::<FxHashSet<_>>();
        let mut vehicle_profiles = vehicle_profiles.into_iter().collect::<Vec<_>>();
        vehicle_profiles.sort_unstable();
        let uses = data.volunteers.iter().flat_map(|v| {
            let profiles = std::iter::once(v.profile).chain(vehicle_profiles.iter().copied());
            profiles.flat_map(|profile| v.shifts.iter().map(move |s| (profile, s.start)))
        });
        let (travel, modes) =
            Travel::new(&data.places, &area_of, data.areas.len(), &data.profiles, &data.slowdowns, uses);
        let drivers = data.vehicles.iter();
        let drivers = drivers.map(|v| CompiledRequirement::new(&signatures.map, &v.drivers)).collect();
        let mut facts = Known {
            travel: &travel,
            modes: &modes,
            teams: &data.teams,
            vehicles: &data.vehicles,
            drivers,
            signatures: &mut signatures,
        };
        let (units, ranges) = units_of(&data.volunteers, &data.vehicles, &mut facts);
        let (slots, first_slot) = slots_of(&data.needs);
        let role = |slot: &Slot| &data.needs[slot.need.index()].roles[usize::from(slot.role)];
        let requirements = slots
            .iter()
            .map(|slot| CompiledRequirement::new(&signatures.map, &role(slot).requires))
            .collect();
        let crews = data.needs.iter().enumerate().filter(|(_, need)| need.people() > 1);
        let gaps = |(n, need): (usize, &Need)| start_gaps(need).map(|gaps| (NeedId::new(n), gaps));
        let start_gaps = crews.filter_map(gaps).collect();
        let windows = data.needs.iter().map(bound_windows).collect();
        let has_rides = data.needs.iter().any(Need::is_ride);
        let carries = data.volunteers.iter().flat_map(|v| &v.shifts).any(|shift| !shift.carries.is_empty());
        let has_goods = carries
            || data.vehicles.iter().any(|vehicle| !vehicle.carries.is_empty())
            || data.needs.iter().any(|need| !need.goods.is_empty());
        let mut collected = vec![0; data.goods.len()];
        for supply in data.needs.iter().flat_map(|need| &need.goods) {
            if supply.handling == Handling::Collect {
                collected[supply.what.good.index()] += supply.what.amount;
            }
        }
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
            kept: kept(&data.depots, data.goods.len()),
            goods: data.goods,
            depots: data.depots,
            vehicles: data.vehicles,
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
                acquaintances: data.links.iter().filter_map(acquaintance).collect(),
                links: data.links,
                calendar: data.calendar,
                choice_of: choice_of(&data.choices),
                choices: data.choices,
                makespans: data.makespans,
                outsourcing: data.outsourcing,
                has_rides,
                has_goods,
                collected,
                slots,
                first_slot,
                requirements,
                start_gaps,
                windows,
            }),
            objective: Arc::new(data.objective),
            previous,
            fingerprint: OnceLock::new(),
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
            goods: supply.goods.clone(),
            depots: supply.depots.clone(),
            vehicles: supply.vehicles.clone(),
            categories: supply.categories.clone(),
            teams: supply.teams.clone(),
            volunteers: supply.volunteers.clone(),
            apart: supply.apart.clone(),
            needs: self.demand.needs.clone(),
            links: self.demand.links.clone(),
            calendar: self.demand.calendar.clone(),
            choices: self.demand.choices.clone(),
            makespans: self.demand.makespans.clone(),
            outsourcing: self.demand.outsourcing,
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

    /// What the ids of this problem mean, as one number: a plan carries that of its problem. Reckoned when it is first asked for.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(self))
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What makes a plan good.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The plan that people were told already.
    pub fn previous(&self) -> Option<&Previous> {
        self.previous.as_ref().map(|p| &p.data)
    }
}

/// What is known of people and roads when units are made.
struct Known<'a> {
    travel: &'a Travel,
    modes: &'a FxHashMap<(ProfileId, Time), ModeId>,
    teams: &'a [Team],
    vehicles: &'a [Vehicle],
    /// Who may take each vehicle.
    drivers: Vec<CompiledRequirement>,
    signatures: &'a mut Signatures,
}

impl Facts for Known<'_> {
    fn mode(&self, volunteer: &Volunteer, vehicle: Option<&Vehicle>, start: Time) -> ModeId {
        self.modes[&(vehicle.map_or(volunteer.profile, |vehicle| vehicle.profile), start)]
    }

    fn signature(&mut self, volunteer: &Volunteer, until: Time) -> u32 {
        self.signatures.row_of(volunteer, self.teams, until)
    }

    fn may_drive(
        &self,
        who: VolunteerId,
        volunteer: &Volunteer,
        (from, signature): (Time, u32),
        vehicle: VehicleId,
    ) -> Option<Time> {
        let bits = self.signatures.row(signature);
        let may = self.drivers[vehicle.index()].suits(bits, who, volunteer).is_ok();
        let quality = |quality| has(&self.signatures.map, bits, who, volunteer, quality);
        may.then(|| lasts(volunteer, &self.vehicles[vehicle.index()].drivers, from, quality))
    }

    fn seconds(&self, mode: ModeId, from: PlaceId, to: PlaceId) -> Seconds {
        self.travel.seconds(mode, from, to)
    }
}

/// The area of each place: the one it names, or the first whose outline contains it.
fn areas_of(places: &[Place], areas: &[Area]) -> Vec<Option<AreaId>> {
    let outlines = Outlines::new(areas);
    places.iter().map(|place| place.area.or_else(|| outlines.of(place.at?))).collect()
}

/// The outlines of areas, each with the box around it, which is asked first: most places lie outside of most areas.
pub(crate) struct Outlines(Vec<(Option<geo::Rect>, geo::Polygon)>);

impl Outlines {
    pub(crate) fn new(areas: &[Area]) -> Self {
        let outlines = areas.iter().map(Area::polygon);
        Self(outlines.map(|outline| (outline.bounding_rect(), outline)).collect())
    }

    /// The first area whose outline contains a point.
    pub(crate) fn of(&self, at: LatLon) -> Option<AreaId> {
        let point = geo::Point::new(at.lon(), at.lat());
        let around = |area: &Option<geo::Rect>| area.is_some_and(|area| area.intersects(&point));
        self.0.iter().position(|(area, outline)| around(area) && outline.contains(&point)).map(AreaId::new)
    }
}

/// How much of each kind all depots give: as much as anybody asks for where one of them never runs out.
fn kept(depots: &[Depot], goods: usize) -> Vec<Option<i64>> {
    let mut kept = vec![None; goods];
    for stock in depots.iter().flat_map(|depot| &depot.stocks) {
        let restocked = stock.restocks.iter().map(|restock| restock.amount).sum::<i64>();
        let more = stock.amount.map_or(i64::MAX, |amount| amount.saturating_add(restocked));
        let sum = kept[stock.good.index()].unwrap_or(0_i64);
        kept[stock.good.index()] = Some(sum.saturating_add(more));
    }
    kept
}

/// The first need, the second, and what each person costs who serves the second alone.
fn acquaintance(link: &Link) -> Option<(NeedId, NeedId, u32)> {
    match link.rule {
        LinkRule::SamePerson { price: Some(price) } => Some((link.from, link.to, price)),
        _ => None,
    }
}

/// In which of the choices each need is that is in one.
fn choice_of(choices: &[Vec<NeedId>]) -> FxHashMap<NeedId, u32> {
    let numbered = choices.iter().zip(0..);
    numbered.flat_map(|(ways, number)| ways.iter().map(move |&need| (need, number))).collect()
}

fn radius_chord2(volunteer: &Volunteer, travel: &Travel) -> f64 {
    let straight = volunteer.max_radius.and_then(|radius| travel.straight_metres(volunteer.profile, radius));
    // a metre, and a hair for the rounding of the chord itself
    straight.map_or(f64::INFINITY, |metres| metres_to_chord2(metres + 1.0) * (1.0 + 1e-9))
}

/// The windows of a need's first stop, cut at a hard promise to start.
fn bound_windows(need: &Need) -> Vec<Window> {
    let latest = need.promise.filter(|p| p.hard).and_then(|p| p.start_by);
    let windows = need.stops[0].windows.iter();
    windows
        .map(|w| Window { from: w.from, to: latest.map_or(w.to, |l| w.to.min(l)) })
        .filter(|w| w.from <= w.to)
        .collect()
}
