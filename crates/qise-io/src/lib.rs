//! Documents of the [`qise`] engine.
//!
//! [`read_scenario`] and [`write_scenario`] for problems, [`NeedReader`] for a need that comes in later, [`read_plan`], [`check_plan`], [`read_previous`] and
//! [`write_plan`] for plans, [`read_plan_table`] for plans made in a spreadsheet, [`report`] for what is said of them; [`schema`]
//! says what the documents look like, [`geojson`] and [`svg`] draw a plan on a map, [`figures`] counts, [`coverage`] tells who is near enough.
//! [`words`] are the sentences in which an answer is told, [`text`] is what people read, [`visible`] the names in it. [`time`] and [`datum`] are the times and coordinates of documents,
//! [`files`] are read and replaced whole. [`mod@bench`] reads the public benchmarks of vehicle routing.
//!
//! Everything that is wrong with a document is reported at once, each fault with its JSON path, a stable code, what stands
//! there, what should stand there and how to mend it, in English and in Chinese.

#![forbid(unsafe_code)]

pub mod bench;
pub mod coverage;
pub mod datum;
pub mod figures;
pub mod files;
pub mod generate;
pub mod geojson;
pub mod meant;
pub mod report;
pub mod schema;
pub mod suggest;
pub mod svg;
pub mod text;
pub mod time;
pub mod visible;
pub mod words;

#[macro_use]
mod read;

mod bounds;
mod convert;
mod document;
mod fingerprint;
mod head;
mod need;
mod path;
mod plan;
mod scenario;
mod warnings;
mod write;

pub use bounds::{bounds, priority_bound};
pub use fingerprint::fingerprint;
pub use need::NeedReader;
pub use plan::{
    CheckedPlan, PlanDocument, PreviousDocument, StatedFigures, StatedScore, StatedWays, WarmPlan, Way,
    check_plan, read_plan, read_plan_table, read_previous, read_warm, read_warm_table,
};
pub use scenario::{Scenario, ScenarioData, read_scenario, read_scenario_data, scenario_datum};
pub use warnings::{Warning, warnings};
pub use write::{PlanNotes, write_plan, write_scenario};
