//! Pieces of pages, as notebooks show them: well-formed XML without a script, without ids, and without anything that is
//! fetched. They take the colours of letters and ground from the page around them.

mod legend;
mod plan;

pub(crate) use legend::legend;
pub use plan::plan_piece;
