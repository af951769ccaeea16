//! A problem from its data: everything that follows from them is found once, here.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_key::ByKey;
use super::term_range::check_weights;
use super::{Demand, PreviousPlan, Problem, Supply};
use crate::model::check::check;
use crate::model::outlines::Outlines;
use crate::model::place::{Place, metres_to_chord2};
use crate::model::signature::{BitMap, CompiledRequirement, Signatures, has, lasts};
use crate::model::slot::{slots_of, start_gaps};
use crate::model::travel_table::{ModeId, Travel};
use crate::model::unit::MOST_UNITS;
use crate::model::unit::{Facts, units_of};
use crate::model::{
    AreaId, Code, Depot, Fault, Faults, Handling, Link, LinkRule, Need, NeedId, PlaceId, ProblemData,
    ProfileId, Seconds, Slot, Team, Time, Vehicle, VehicleId, Volunteer, VolunteerId, Window,
};
use crate::text;

impl Problem {
    /// Builds a problem of data that are whole in themselves; `faults` grows by what only the built problem shows.
    ///
    /// # Errors
    /// Every fault of the data at once.
    pub(crate) fn build(data: ProblemData, faults: &mut Faults) -> Result<Self, Faults> {
        check(&data)?;
        let problem = Self::assemble(data);
        check_units(&problem, faults);
        check_weights(&problem, faults);
        Ok(problem)
    }

    /// A problem of data that are whole.
    pub(super) fn assemble(data: ProblemData) -> Self {
        let outlines = Outlines::new(&data.areas);
        let area_of = data.places.iter().map(|place| area_of(place, &outlines)).collect::<Vec<_>>();
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
        let (slots, spans) = slots_of(&data.needs);
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
        let sum = |handling: Handling| {
            let mut sums = vec![0; data.goods.len()];
            let all = data.needs.iter().flat_map(|need| &need.goods);
            for supply in all.filter(|supply| supply.handling == handling) {
                sums[supply.what.good.index()] += supply.what.amount;
            }
            sums
        };
        let (collected, delivered) = (sum(Handling::Collect), sum(Handling::Deliver));
        let previous = data.previous.map(|previous| {
            let mut by_need = previous.assignments.clone();
            by_need.sort_by_key(|told| (told.need, told.volunteer));
            Arc::new(PreviousPlan { data: previous, by_need })
        });
        let radius_chord2 = data.volunteers.iter().map(|v| radius_chord2(v, &travel)).collect();
        let supply = Supply {
            radius_chord2,
            places_by_key: ByKey::default(),
            volunteers_by_key: ByKey::default(),
            places: data.places,
            areas: data.areas,
            area_of,
            outlines,
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
        Self {
            name: data.name.into(),
            supply: Arc::new(supply),
            demand: Arc::new(Demand {
                outsourceable: outsourceable(&data.needs, data.outsourcing),
                projects: data.projects,
                needs: data.needs,
                by_key: ByKey::default(),
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
                delivered,
                slots,
                spans,
                requirements,
                start_gaps,
                windows,
            }),
            objective: Arc::new(data.objective),
            previous,
            fingerprint: OnceLock::new(),
            regime: OnceLock::new(),
        }
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

/// The area of a place: the one it names, or the first whose outline contains it.
pub(super) fn area_of(place: &Place, outlines: &Outlines) -> Option<AreaId> {
    place.area.or_else(|| outlines.of(place.at?))
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

/// The needs that the budget allows to hand to others.
pub(super) fn outsourceable(needs: &[Need], budget: u32) -> Vec<NeedId> {
    let affordable = |need: &Need| need.outsource.is_some_and(|price| price <= budget);
    (0..).map(NeedId).zip(needs).filter(|(_, need)| affordable(need)).map(|(id, _)| id).collect()
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
pub(super) fn bound_windows(need: &Need) -> Vec<Window> {
    let latest = need.promise.filter(|p| p.hard).and_then(|p| p.start_by);
    let windows = need.stops[0].windows.iter();
    windows
        .map(|w| Window { from: w.from, to: latest.map_or(w.to, |l| w.to.min(l)) })
        .filter(|w| w.from <= w.to)
        .collect()
}

/// No more units than the engine takes.
fn check_units(problem: &Problem, faults: &mut Faults) {
    if problem.units().len() >= MOST_UNITS {
        let expected = text!(
            "fewer than {MOST_UNITS} pairs of a shift and a vehicle that its person may take",
            "班次与其人员可用车辆的组合少于 {MOST_UNITS} 个"
        );
        let found = text!("{MOST_UNITS} or more", "不少于 {MOST_UNITS} 个");
        faults.push(Fault::new("$.vehicles", Code::TooMany, found, expected));
    }
}
