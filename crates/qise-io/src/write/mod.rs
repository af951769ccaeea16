//! From problems and plans to JSON text.
//!
//! The text is for people as well: each record of a top-level list has a line of its own, so that two documents can be
//! compared line by line.

mod layout;
mod plan;
mod scenario;

pub(crate) use plan::written_route;
pub use plan::{PlanNotes, write_plan};
pub use scenario::write_scenario;

use serde::Serialize;

/// The document as text, with a line break at its end.
fn to_text(document: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut json = serde_json::Serializer::with_formatter(&mut bytes, layout::Layout::default());
    // Records have text keys and a vector takes every byte, so there is nothing that could go wrong.
    let written = document.serialize(&mut json);
    debug_assert!(written.is_ok(), "{written:?}");
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
