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
