//! A problem put together one entry at a time: nobody counts ids by hand.

mod entries;
mod need;
mod volunteer;

use super::reference::Ref;
use super::{
    Category, CategoryId, Code, Depot, DepotId, Dimension, DimensionId, Fault, Faults, Good, GoodId, LatLon,
    Link, LinkRule, Need, NeedId, Objective, Place, PlaceId, ProblemData, Profile, ProfileId, Project,
    ProjectId, Seconds, Skill, SkillId, Team, TeamId, TravelRule, Vehicle, VehicleId, Volunteer, VolunteerId,
    Window,
};
use crate::text;
use entries::Entries;
pub use need::NeedBuilder;
pub use volunteer::VolunteerBuilder;

/// Puts a problem together. Every entry that is added gives back its id, by which later ones refer
/// to it; what is wrong, ids of other builders included, [`ProblemBuilder::build`] tells all at
/// once.
///
/// ```
/// use qise::Problem;
/// use qise::model::{Seconds, Time, TravelRule, Window};
///
/// let mut b = Problem::builder("two doors");
/// let car = b.profile("car", TravelRule::great_circle(35_000, 1300)); // 35 km/h, roads 1.3 times the crow's way
/// let (centre, east) = (b.place("centre", 38.833, 105.665), b.place("east", 38.835, 105.700));
/// let care = b.skill("care", 3);
/// let nine = Time(1_795_482_000);
/// let bat = b.volunteer("bat", centre, car).skill(care, 2).shift(nine, nine + Seconds::hours(4)).id();
/// let visit = b.need("visit", east, Window::new(nine, nine + Seconds::HOUR), Seconds::minutes(30));
/// let visit = visit.skill(care, 2).priority(5).id();
///
/// let problem = b.build()?;
/// assert_eq!(problem.need_id("visit"), Some(*visit));
/// assert_eq!(problem.volunteer(*bat).key, "bat");
/// # Ok::<(), qise::Faults>(())
/// ```
///
/// Whatever has no method of its own is set in the records themselves: [`VolunteerBuilder::edit`],
/// [`NeedBuilder::edit`], [`ProblemBuilder::data`].
#[derive(Debug)]
pub struct ProblemBuilder {
    entries: Entries,
}

impl ProblemBuilder {
    /// A problem with the seven categories built in and nothing else.
    pub fn new(name: impl Into<String>) -> Self {
        Self { entries: Entries::new(ProblemData::new(name)) }
    }

    /// A way of moving.
    pub fn profile(&mut self, key: impl Into<String>, rule: TravelRule) -> Ref<ProfileId> {
        self.entries.data.profiles.push(Profile::new(key, rule));
        self.entries.last(self.entries.data.profiles.len(), ProfileId::new)
    }

    /// A place at a latitude and longitude in degrees, WGS-84.
    pub fn place(&mut self, key: impl Into<String>, lat: f64, lon: f64) -> Ref<PlaceId> {
        let at = LatLon::new(lat, lon);
        if at.is_none() {
            let path = format!("$.places[{}].at", self.entries.data.places.len());
            let expected = text!(
                "a latitude of −90 to 90, a longitude of −180 to 180",
                "纬度 −90 至 90，经度 −180 至 180"
            );
            self.entries.faults.push(Fault::new(
                path,
                Code::BadCoordinate,
                format!("({lat}, {lon})"),
                expected,
            ));
        }
        self.add_place(Place { at, ..Place::unlocated(key) })
    }

    /// A place of any kind; [`Place::unlocated`] makes one that only travel matrices know.
    pub fn add_place(&mut self, place: Place) -> Ref<PlaceId> {
        self.entries.data.places.push(place);
        self.entries.last(self.entries.data.places.len(), PlaceId::new)
    }

    /// A skill, credential or language with levels from 1 to `levels`.
    pub fn skill(&mut self, key: impl Into<String>, levels: u8) -> Ref<SkillId> {
        self.entries.data.skills.push(Skill::new(key, levels));
        self.entries.last(self.entries.data.skills.len(), SkillId::new)
    }

    /// A kind of service: the one of this key, such as one of the seven built in, or else a new
    /// one.
    pub fn category(&mut self, key: &str) -> Ref<CategoryId> {
        let known = self.entries.data.categories.iter().position(|category| category.key == key);
        let index = known.unwrap_or_else(|| {
            self.entries.data.categories.push(Category::new(key));
            self.entries.data.categories.len() - 1
        });
        Ref::new(CategoryId::new(index), self.entries.number)
    }

    /// A standing organisation.
    pub fn team(&mut self, key: impl Into<String>) -> Ref<TeamId> {
        self.add_team(Team::new(key))
    }

    /// A standing organisation, as its record says.
    pub fn add_team(&mut self, team: Team) -> Ref<TeamId> {
        self.entries.data.teams.push(team);
        self.entries.last(self.entries.data.teams.len(), TeamId::new)
    }

    /// A group of needs.
    pub fn add_project(&mut self, project: Project) -> Ref<ProjectId> {
        self.entries.data.projects.push(project);
        self.entries.last(self.entries.data.projects.len(), ProjectId::new)
    }

    /// Something in which loads are counted.
    pub fn dimension(&mut self, key: impl Into<String>) -> Ref<DimensionId> {
        self.entries.data.dimensions.push(Dimension::new(key));
        self.entries.last(self.entries.data.dimensions.len(), DimensionId::new)
    }

    /// A kind of things that are brought, lent and fetched.
    pub fn add_good(&mut self, good: Good) -> Ref<GoodId> {
        self.entries.data.goods.push(good);
        self.entries.last(self.entries.data.goods.len(), GoodId::new)
    }

    /// A place where goods are kept.
    pub fn add_depot(&mut self, depot: Depot) -> Ref<DepotId> {
        self.entries.data.depots.push(depot);
        self.entries.last(self.entries.data.depots.len(), DepotId::new)
    }

    /// A vehicle that several people may take.
    pub fn add_vehicle(&mut self, vehicle: Vehicle) -> Ref<VehicleId> {
        self.entries.data.vehicles.push(vehicle);
        self.entries.last(self.entries.data.vehicles.len(), VehicleId::new)
    }

    /// A person who helps. What more there is to say is added to what comes back;
    /// [`VolunteerBuilder::id`] ends it.
    pub fn volunteer(
        &mut self,
        key: impl Into<String>,
        home: impl Into<Ref<PlaceId>>,
        profile: impl Into<Ref<ProfileId>>,
    ) -> VolunteerBuilder<'_> {
        let at = self.entries.data.volunteers.len();
        let home = self.entries.own(home, || format!("$.volunteers[{at}].home"));
        let profile = self.entries.own(profile, || format!("$.volunteers[{at}].profile"));
        self.entries.data.volunteers.push(Volunteer::new(key, home, profile));
        VolunteerBuilder { entries: &mut self.entries, at }
    }

    /// What somebody asks for: a visit to a place that starts within a window and takes so long.
    /// What more there is to say is added to what comes back; [`NeedBuilder::id`] ends it.
    pub fn need(
        &mut self,
        key: impl Into<String>,
        place: impl Into<Ref<PlaceId>>,
        window: Window,
        service: Seconds,
    ) -> NeedBuilder<'_> {
        let at = self.entries.data.needs.len();
        let place = self.entries.own(place, || format!("$.needs[{at}].at"));
        self.entries.data.needs.push(Need::new(key, place, window, service));
        NeedBuilder { entries: &mut self.entries, at }
    }

    /// How two needs hang together.
    pub fn link(
        &mut self,
        from: impl Into<Ref<NeedId>>,
        to: impl Into<Ref<NeedId>>,
        rule: LinkRule,
    ) -> &mut Self {
        let at = self.entries.data.links.len();
        let from = self.entries.own(from, || format!("$.links[{at}].from"));
        let to = self.entries.own(to, || format!("$.links[{at}].to"));
        self.entries.data.links.push(Link::new(from, to, rule));
        self
    }

    /// Ways to do one thing, of which one is served at most.
    pub fn choice<R: Into<Ref<NeedId>>>(&mut self, ways: impl IntoIterator<Item = R>) -> &mut Self {
        let at = self.entries.data.choices.len();
        let ways = ways.into_iter().enumerate();
        let ways =
            ways.map(|(w, way)| self.entries.own(way, || format!("$.choices[{at}].needs[{w}]"))).collect();
        self.entries.data.choices.push(ways);
        self
    }

    /// Two people who must not be in one crew.
    pub fn apart(
        &mut self,
        one: impl Into<Ref<VolunteerId>>,
        other: impl Into<Ref<VolunteerId>>,
    ) -> &mut Self {
        let at = self.entries.data.apart.len();
        let pair = [one.into(), other.into()].map(|who| self.entries.own(who, || format!("$.apart[{at}]")));
        self.entries.data.apart.push((pair[0], pair[1]));
        self
    }

    /// What makes a plan good; [`Objective::default`] if nothing is said.
    pub fn objective(&mut self, objective: Objective) -> &mut Self {
        self.entries.data.objective = objective;
        self
    }

    /// The data as they are so far, to set what has no method of its own: calendar, areas, slow
    /// roads, the plan told before.
    pub fn data(&mut self) -> &mut ProblemData {
        &mut self.entries.data
    }

    /// The data, and what was wrong with what was put in.
    pub(crate) fn into_data(self) -> (ProblemData, Faults) {
        self.entries.into_data()
    }
}

#[cfg(test)]
mod tests;
