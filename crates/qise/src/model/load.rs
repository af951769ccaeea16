//! What is carried: loads of visits against what a person, or later a vehicle, can carry.

use super::DimensionId;

/// Something in which loads are counted: kilograms, bales, seats.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
}

impl Dimension {
    /// A dimension without a name.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: None }
    }
}

/// An amount of one dimension.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

    /// So much of a dimension.
    pub fn new(dimension: impl Into<DimensionId>, amount: i64) -> Self {
        Self { dimension: dimension.into(), amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::ProblemData;
    use crate::model::{Seconds, Time, TravelRule, Window};

    #[test]
    fn every_faulty_load_is_named() {
        let mut b = Problem::builder("loads");
        let (car, here) =
            (b.profile("car", TravelRule::great_circle(60_000, 1000)), b.place("here", 38.8, 105.6));
        let (kg, again) = (b.dimension("kg"), b.dimension("kg"));
        let need = b.need("n", here, Window::new(Time(0), Time(9)), Seconds(1));
        need.load(kg, Load::LIMIT).load(kg, 0).load(DimensionId(2), 1);
        b.volunteer("v", here, car).capacity(kg, Load::LIMIT + 1).capacity(again, -1);
        let faults = b.build().unwrap_err().0;
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
        many.dimensions = (0..101).map(|key| Dimension::new(format!("{key}"))).collect();
        let faults = Problem::new(many).unwrap_err().0;
        assert_eq!((faults.len(), faults[0].path.as_str()), (1, "$.dimensions"));
    }
}
