//! A need that is being added.

use super::entries::Entries;
use crate::model::reference::Ref;
use crate::model::{
    CategoryId, DimensionId, GoodId, Handling, Load, Means, Need, NeedId, Pin, PlaceId, Preference,
    ProfileId, ProjectId, Promise, Quality, Requirement, Role, Seconds, SkillId, SkillLevel, Stop, Supply,
    Time, VehicleId, VolunteerId, Window,
};

/// A need that is being added to a problem, see
/// [`ProblemBuilder::need`](super::ProblemBuilder::need). It asks for one person in one role, at
/// priority 1, unless more is said.
#[derive(Debug)]
pub struct NeedBuilder<'b> {
    pub(super) entries: &'b mut Entries,
    pub(super) at: usize,
}

#[allow(clippy::return_self_not_must_use)] // the entry stands in its builder already, whether it is gone on with or not
impl NeedBuilder<'_> {
    /// The id of this need.
    pub fn id(self) -> Ref<NeedId> {
        Ref::new(NeedId::new(self.at), self.entries.number)
    }

    /// A name for people.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.edit(|need| need.name = Some(name.into()))
    }

    /// The project that it belongs to.
    pub fn project(self, project: impl Into<Ref<ProjectId>>) -> Self {
        let at = self.at;
        let project = self.entries.own(project, || format!("$.needs[{at}].project"));
        self.edit(|need| need.project = Some(project))
    }

    /// The kind of service.
    pub fn category(self, category: impl Into<Ref<CategoryId>>) -> Self {
        let at = self.at;
        let category = self.entries.own(category, || format!("$.needs[{at}].category"));
        self.edit(|need| need.category = Some(category))
    }

    /// A vehicle that may serve it; others may not, but for those that are named too.
    pub fn vehicle(self, vehicle: impl Into<Ref<VehicleId>>) -> Self {
        let at = self.at;
        let vehicle = self.entries.own(vehicle, || format!("$.needs[{at}].vehicle"));
        self.edit(|need| need.vehicles.push(Means::Vehicle(vehicle)))
    }

    /// A kind of vehicle that may serve it, as [`NeedBuilder::vehicle`].
    pub fn kind_of_vehicle(self, profile: impl Into<Ref<ProfileId>>) -> Self {
        let at = self.at;
        let profile = self.entries.own(profile, || format!("$.needs[{at}].vehicle"));
        self.edit(|need| need.vehicles.push(Means::Kind(profile)))
    }

    /// How much it matters, against other needs.
    pub fn priority(self, priority: u32) -> Self {
        self.edit(|need| need.priority = priority)
    }

    /// It comes before every priority.
    pub fn mandatory(self) -> Self {
        self.edit(|need| need.mandatory = true)
    }

    /// Another window in which the service may start; windows are given in order.
    pub fn window(self, window: Window) -> Self {
        self.edit(|need| {
            if let Some(stop) = need.stops.last_mut() {
                stop.windows.push(window);
            }
        })
    }

    /// Another stop, which the same person makes after those before: the need is a ride.
    pub fn then(self, place: impl Into<Ref<PlaceId>>, window: Window, service: Seconds) -> Self {
        let (at, stop) = (self.at, self.record().stops.len() - 1);
        let place = self.entries.own(place, || format!("$.needs[{at}].then[{stop}].at"));
        self.edit(|need| need.stops.push(Stop::new(place, window, service)))
    }

    /// Asks for one more role beside those before. What is said after this is said of it.
    pub fn role(self, role: Role) -> Self {
        self.edit(|need| need.roles.push(role))
    }

    /// How many people come in the last role; they start together.
    pub fn people(self, count: u32) -> Self {
        self.edit_role(|role| role.count = count)
    }

    /// Asks the people of the last role for a skill at a level, beside what is asked already.
    pub fn skill(mut self, skill: impl Into<Ref<SkillId>>, level: u8) -> Self {
        let asked = self.record().roles.last().map_or(0, |role| role.requires.all.len());
        let skill = self.of_role(skill, &format!("requires.all[{asked}].skill"));
        self.edit_role(|role| role.requires.all.push(Quality::Skill(SkillLevel::new(skill, level))))
    }

    /// What the last role asks of its people, instead of what was said before.
    pub fn requires(self, requirement: Requirement) -> Self {
        self.edit_role(|role| role.requires = requirement)
    }

    /// A wish for the last role.
    pub fn prefers(self, wish: Preference) -> Self {
        self.edit_role(|role| role.prefers.push(wish))
    }

    /// Who fills the last role is settled.
    pub fn pin(mut self, volunteer: impl Into<Ref<VolunteerId>>) -> Self {
        let volunteer = self.of_role(volunteer, "pinned.volunteer");
        self.edit_role(|role| role.pin = Some(Pin::new(volunteer)))
    }

    /// Who fills the last role is settled, and when they start.
    pub fn pin_at(mut self, volunteer: impl Into<Ref<VolunteerId>>, start: Time) -> Self {
        let volunteer = self.of_role(volunteer, "pinned.volunteer");
        self.edit_role(|role| role.pin = Some(Pin { start: Some(start), ..Pin::new(volunteer) }))
    }

    /// Each person of the last role brings so much of a dimension from the start of the route.
    pub fn load(mut self, dimension: impl Into<Ref<DimensionId>>, amount: i64) -> Self {
        let dimension = self.of_role(dimension, "load");
        self.edit_role(|role| role.load.push(Load::new(dimension, amount)))
    }

    /// Goods that whoever serves brings, has at hand or takes away.
    pub fn goods(self, good: impl Into<Ref<GoodId>>, amount: i64, handling: Handling) -> Self {
        let (at, k) = (self.at, self.record().goods.len());
        let good = self.entries.own(good, || format!("$.needs[{at}].goods[{k}].good"));
        self.edit(|need| need.goods.push(Supply::new(good, amount, handling)))
    }

    /// By when somebody has promised to be there or to be done.
    pub fn promise(self, promise: Promise) -> Self {
        self.edit(|need| need.promise = Some(promise))
    }

    /// Changes whatever else there is to say.
    pub fn edit(self, change: impl FnOnce(&mut Need)) -> Self {
        change(&mut self.entries.data.needs[self.at]);
        self
    }

    fn record(&self) -> &Need {
        &self.entries.data.needs[self.at]
    }

    fn edit_role(self, change: impl FnOnce(&mut Role)) -> Self {
        self.edit(|need| {
            // None is left only where they were taken out by hand.
            if let Some(role) = need.roles.last_mut() {
                change(role);
            }
        })
    }

    /// The id that the last role refers to.
    fn of_role<I: Copy>(&mut self, reference: impl Into<Ref<I>>, field: &str) -> I {
        let (at, roles) = (self.at, self.record().roles.len());
        // Only what asks for several roles is written with a list of them.
        let role = if roles > 1 { format!("roles[{}].", roles - 1) } else { String::new() };
        self.entries.own(reference, || format!("$.needs[{at}].{role}{field}"))
    }
}
