//! What the world looks like: places, people, needs, and the [`Problem`] they make.

mod builder;
mod calendar;
pub(crate) mod check;
#[cfg(feature = "jiff")]
mod civil;
mod crew;
mod data;
mod fault;
mod fingerprint;
mod goods;
mod id;
mod identical_units;
mod limits;
mod link;
mod load;
mod makespan;
mod measure;
mod need;
mod objective;
mod outlines;
pub(crate) mod place;
mod previous;
pub(crate) mod problem;
mod project;
mod reference;
mod regime;
mod rule;
pub(crate) mod signature;
mod skill;
mod slot;
mod team;
mod term;
mod travel;
pub(crate) mod travel_table;
mod unit;
mod vehicle;
mod volunteer;

pub use builder::{NeedBuilder, ProblemBuilder, VolunteerBuilder};
pub use calendar::{Calendar, NoCalendar};
pub use crew::{CrewRules, Overlap, Pin, Role, StartGap, Tally};
pub use data::ProblemData;
pub use fault::{Code, Fault, Faults, quoted};
pub use fingerprint::{Fingerprint, NoFingerprint};
pub use goods::{Amount, Depot, Good, Handling, Restock, Stock, Supply};
pub use id::{
    AreaId, CategoryId, DepotId, DimensionId, GoodId, NeedId, PlaceId, ProfileId, ProjectId, SkillId, SlotId,
    TeamId, UnitId, VehicleId, VolunteerId,
};
pub(crate) use identical_units::IdenticalUnits;
pub use limits::{Effort, Limits, Measure, Span};
pub use link::{Link, LinkRule};
pub use load::{Dimension, Load};
pub use makespan::Makespan;
pub use measure::{Metres, Seconds, Time, Window};
pub use need::{Need, Promise, Stop};
pub use objective::{Objective, Weighted};
pub(crate) use outlines::Outlines;
pub use place::{Area, EARTH_RADIUS_M, LatLon, NotOnGlobe, Place, Population, great_circle};
pub use previous::{Previous, PreviousVisit};
pub use problem::{Problem, Restriction};
pub use project::Project;
pub use reference::Ref;
pub use rule::{Family, Rule, Scope};
pub use signature::Unsuited;
pub use skill::{Gender, Held, Preference, Quality, Requirement, Skill, SkillKind, SkillLevel};
pub use slot::Slot;
pub use team::{Category, LeastPeople, Team};
pub use term::{Term, Terms};
pub use travel::{Profile, Rounding, Slowdown, TravelMatrix, TravelRule};
pub use travel_table::{ModeId, NO_WAY, Travel};
pub use unit::{ShiftBefore, Unit};
pub use vehicle::{Means, Unload, Vehicle};
pub use volunteer::{Break, Ledger, RouteEnd, RouteStart, Shift, Volunteer};
