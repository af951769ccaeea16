//! What the engine knows, as pictures: maps, timelines, tables and charts in HTML and SVG that need nothing but
//! themselves. No file, no host and no clock is asked; the same plan gives the same bytes.
//!
//! Two kinds of things are made. [Pieces](plan_piece) are for pages of others, such as notebooks: well-formed XML without a
//! script. The [`report`] is a page of its own, to hand over.
//!
//! | function | what it shows |
//! | --- | --- |
//! | [`plan_piece`] | a plan: map, timeline, who is left and why |
//! | [`report()`] | the same and more as a page: filters, layers, people, figures by project |
//! | [`coverage_piece`] | who is near enough, gaps, new sites |
//! | [`frontier_piece`] | efficiency against fairness |
//! | [`fairness_piece`] | how evenly load and service are shared out |
//! | [`remedies_piece`] | what would help |
//!
//! Inside, arrows go down only: `ink` and `markup` write, `scene` looks everything up once, `map`, `timeline` and `charts`
//! draw, `piece` and `report` put together.

#![forbid(unsafe_code)]

mod charts;
mod ink;
mod map;
mod markup;
mod piece;
mod report;
mod scene;
mod timeline;

pub use charts::{BadReport, coverage_piece, fairness_piece, frontier_piece, remedies_piece};
pub use piece::plan_piece;
pub use report::{Answers, report};
