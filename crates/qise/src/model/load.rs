//! What is carried: loads of visits against what a person, or later a vehicle, can carry.

use super::DimensionId;

/// Something in which loads are counted: kilograms, bales, seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
}

/// An amount of one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// What is counted.
    pub dimension: DimensionId,
    /// How much of it, from 0 to [`Load::LIMIT`].
    pub amount: i64,
}

impl Load {
    /// The largest amount that a problem may state.
    pub const LIMIT: i64 = 1_000_000_000_000;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        LatLon, Need, Place, PlaceId, Profile, ProfileId, Rounding, Seconds, Time, TravelRule,
    };
    use crate::model::{Volunteer, Window};
    use crate::{Problem, ProblemData};

    #[test]
    fn every_faulty_load_is_named() {
        let mut data = ProblemData::new("loads");
        data.places = vec![Place::new("here", LatLon::new(38.8, 105.6).unwrap())];
        let rule = TravelRule::GreatCircle {
            metres_per_hour: 60_000,
            detour_permille: 1000,
            rounding: Rounding::Up,
        };
        data.profiles = vec![Profile { key: "car".into(), name: None, rule }];
        data.dimensions = ["kg", "kg"].map(|key| Dimension { key: key.into(), name: None }).into();
        let load = |dimension, amount| Load { dimension: DimensionId(dimension), amount };
        let window = Window { from: Time(0), to: Time(9) };
        let mut need = Need::new("n", PlaceId(0), window, Seconds(1));
        need.roles[0].load = vec![load(0, Load::LIMIT), load(0, 0), load(2, 1)];
        data.needs = vec![need];
        let mut volunteer = Volunteer::new("v", PlaceId(0), ProfileId(0));
        volunteer.capacity = vec![load(0, Load::LIMIT + 1), load(1, -1)];
        data.volunteers = vec![volunteer];
        let faults = Problem::new(data).unwrap_err().0;
        let found = faults.iter().map(|fault| format!("{} {}", fault.code, fault.path)).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                "duplicate_key $.dimensions[1].id",
                "out_of_range $.volunteers[0].capacity[0].amount",
                "out_of_range $.volunteers[0].capacity[1].amount",
                "duplicate_entry $.needs[0].load[1].dimension",
                "unknown_reference $.needs[0].load[2].dimension",
            ]
        );
        let mut many = ProblemData::new("too many dimensions");
        many.dimensions = (0..101).map(|key| Dimension { key: format!("{key}"), name: None }).collect();
        let faults = Problem::new(many).unwrap_err().0;
        assert_eq!((faults.len(), faults[0].path.as_str()), (1, "$.dimensions"));
    }
}
