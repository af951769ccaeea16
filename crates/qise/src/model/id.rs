//! Dense, typed ids. Text keys live only at the border.

use super::reference::Ref;
use crate::base::Id;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the `index`-th element.
            ///
            /// # Panics
            /// If `index` exceeds `u32::MAX`, which no valid problem does.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a problem holds fewer than 2^32 of anything"))
            }

            /// The position in the list of its kind.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<Ref<$name>> for $name {
            fn from(reference: Ref<$name>) -> Self {
                *reference
            }
        }

        impl PartialEq<Ref<$name>> for $name {
            fn eq(&self, other: &Ref<$name>) -> bool {
                *self == **other
            }
        }

        impl Id for $name {
            #[inline]
            fn position(self) -> usize {
                self.index()
            }
        }
    )*};
}

id!(
    /// A [`Need`](super::Need).
    NeedId,
    /// A [`Slot`](super::Slot): one person's place in the crew of a need.
    SlotId,
    /// A [`Volunteer`](super::Volunteer).
    VolunteerId,
    /// A [`Team`](super::Team).
    TeamId,
    /// A [`Category`](super::Category) of service.
    CategoryId,
    /// A [`Project`](super::Project).
    ProjectId,
    /// A [`Skill`](super::Skill), credential or language.
    SkillId,
    /// A [`Place`](super::Place).
    PlaceId,
    /// An [`Area`](super::Area).
    AreaId,
    /// A travel [`Profile`](super::Profile).
    ProfileId,
    /// A [`Dimension`](super::Dimension) of loads.
    DimensionId,
    /// A [`Good`](super::Good).
    GoodId,
    /// A [`Depot`](super::Depot).
    DepotId,
    /// A [`Vehicle`](super::Vehicle).
    VehicleId,
    /// A [`Unit`](super::Unit): the owner of one route.
    UnitId,
);
