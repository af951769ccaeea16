//! Vehicles that several people may take, one at a time.

use crate::base::named_enum;

use super::{Amount, Load, Metres, PlaceId, ProfileId, Requirement, VehicleId, Window};

/// A vehicle of a team or of the office. Who takes it has it for a whole shift, or for the part of it in which it is there to be taken.
///
/// A person's own car is no vehicle of this kind: it is that person's profile and capacity.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Where it is kept: routes with it start and end there. The way to it, and home from it, shortens the shift.
    pub place: PlaceId,
    /// How it moves.
    pub profile: ProfileId,
    /// What it can carry, of each dimension, instead of what its driver can; nothing of a dimension that is missing.
    pub capacity: Vec<Load>,
    /// In which order it is unloaded.
    pub unload: Unload,
    /// It goes no farther than this in one route.
    pub range: Option<Metres>,
    /// Who may take it.
    pub drivers: Requirement,
    /// When it may be out, in order, apart from each other; at any time where there is none.
    pub windows: Vec<Window>,
    /// What is on board at the start of every route with it, beside what the driver carries.
    pub carries: Vec<Amount>,
}

named_enum!(
    /// In which order what is on board is unloaded.
    #[derive(Default)]
    pub enum Unload;

    /// In any order.
    #[default]
    AnyOrder = "any_order";
    /// What was loaded last comes first: one door, at the back.
    LastInFirstOut = "last_in_first_out";
);

/// By what somebody comes: one vehicle, or any of a kind.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// This vehicle.
    Vehicle(VehicleId),
    /// Whatever moves by this profile: a vehicle, or a person by their own means.
    Kind(ProfileId),
}

impl Vehicle {
    /// A vehicle that anybody may take at any time, and that carries nothing.
    pub fn new(key: impl Into<String>, place: impl Into<PlaceId>, profile: impl Into<ProfileId>) -> Self {
        Self {
            key: key.into(),
            name: None,
            place: place.into(),
            profile: profile.into(),
            capacity: Vec::new(),
            unload: Unload::AnyOrder,
            range: None,
            drivers: Requirement::default(),
            windows: Vec::new(),
            carries: Vec::new(),
        }
    }
}
