//! The documents as they stand in JSON: what fields there are, and which values they take. What they mean is said in
//! `convert`.

mod demand;
mod goods;
mod land;
mod people;
mod plan;
mod scenario;
mod together;
mod words;

pub(crate) use demand::{
    Assignment, Gap, Load, Need, Overlap, Pair, PairRule, Pinned, Preference, Previous, Project, Promise,
    Quality, Requires, Role, ServiceBy, Stop, Window,
};
pub(crate) use goods::{Amount, Depot, Good, Loan, Restock, Stock, Supply, Vehicle};
pub(crate) use land::{Area, Coordinates, Matrix, Place, Point, Population, Profile, Row, Slowdown};
pub(crate) use people::{
    Break, Dimension, Held, LeastPeople, Ledger, Limits, Overtime, Shift, Skill, Team, Volunteer,
};
pub(crate) use plan::{Call, Cut, Parcel, Plan, Reason, Rest, Route, Score, Terms, Unserved, Visit};
pub(crate) use scenario::{Category, Scenario, Weighted};
pub(crate) use together::{Alternatives, Apart, Crew, Link, LinkWord, Makespan, Tally};

use crate::read::Count;

/// A price in the units of an objective term.
pub(crate) type Price = Count<0, { u32::MAX as i64 }>;
/// Metres.
pub(crate) type Length = Count<0, 1_000_000_000_000>;

/// The word that ends a route with its last visit; no place may have it as its id.
pub(crate) const ANYWHERE: &str = "anywhere";
/// The word that starts a route where the shift before ended; no place may have it as its id.
pub(crate) const PREVIOUS: &str = "previous";
