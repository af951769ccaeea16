//! Documents of the [`qise`] engine.
//!
//! [`read_scenario`] and [`write_scenario`] for problems, [`read_plan`], [`check_plan`], [`read_previous`] and
//! [`write_plan`] for plans, [`read_plan_table`] for plans made in a spreadsheet, [`report`] for what is said of them; [`schema`]
//! says what the documents look like, [`geojson`] draws a plan on a map, [`figures`] counts, [`coverage`] tells who is near enough.
//! [`text`] is what people read. [`time`] and
//! [`datum`] are the times and coordinates of documents. [`mod@bench`] reads the public benchmarks of vehicle routing.
//!
//! Everything that is wrong with a document is reported at once, each fault with its JSON path, a stable code, what stands
//! there, what should stand there and how to mend it, in English and in Chinese.

#![forbid(unsafe_code)]

pub mod bench;
pub mod coverage;
pub mod datum;
pub mod figures;
pub mod generate;
pub mod geojson;
pub mod report;
pub mod schema;
pub mod text;
pub mod time;

#[macro_use]
mod read;

mod bounds;
mod convert;
mod document;
mod head;
mod path;
mod plan;
mod scenario;
mod suggest;
mod write;

pub use bounds::{bounds, priority_bound};
pub use plan::{
    PlanDocument, PreviousDocument, StatedScore, check_plan, read_plan, read_plan_table, read_previous,
};
pub use scenario::{Scenario, ScenarioData, read_scenario, read_scenario_data};
pub use write::{PlanNotes, write_plan, write_scenario};
