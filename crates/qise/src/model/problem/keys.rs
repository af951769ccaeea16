//! Ids by their keys.

use super::Problem;
use crate::model::{
    AreaId, CategoryId, DepotId, DimensionId, GoodId, NeedId, PlaceId, ProfileId, ProjectId, SkillId, TeamId,
    VehicleId, VolunteerId,
};

/// The ids of short lists.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $list:ident, $id:ident;)*) => {
        impl Problem {$(
            $(#[$doc])*
            pub fn $name(&self, key: &str) -> Option<$id> {
                self.$list().iter().position(|entry| entry.key == key).map($id::new)
            }
        )*}
    };
}

ids!(
    /// The area of a key; `None` if there is no such area.
    area_id, areas, AreaId;
    /// The travel profile of a key; `None` if there is no such profile.
    profile_id, profiles, ProfileId;
    /// The skill, credential or language of a key; `None` if there is no such skill.
    skill_id, skills, SkillId;
    /// The dimension of a key; `None` if there is no such dimension.
    dimension_id, dimensions, DimensionId;
    /// The kind of goods of a key; `None` if there is no such kind.
    good_id, goods, GoodId;
    /// The depot of a key; `None` if there is no such depot.
    depot_id, depots, DepotId;
    /// The vehicle of a key; `None` if there is no such vehicle.
    vehicle_id, vehicles, VehicleId;
    /// The category of a key; `None` if there is no such category.
    category_id, categories, CategoryId;
    /// The project of a key; `None` if there is no such project.
    project_id, projects, ProjectId;
    /// The team of a key; `None` if there is no such team.
    team_id, teams, TeamId;
);

impl Problem {
    /// The need of a key; `None` if there is no such need.
    pub fn need_id(&self, key: &str) -> Option<NeedId> {
        self.demand.by_key.find(self.needs(), |need| &need.key, key).map(NeedId::new)
    }

    /// The person of a key; `None` if there is no such person.
    pub fn volunteer_id(&self, key: &str) -> Option<VolunteerId> {
        self.supply.volunteers_by_key.find(self.volunteers(), |who| &who.key, key).map(VolunteerId::new)
    }

    /// The place of a key; `None` if there is no such place.
    pub fn place_id(&self, key: &str) -> Option<PlaceId> {
        self.supply.places_by_key.find(self.places(), |place| &place.key, key).map(PlaceId::new)
    }
}
