//! Answers as pictures: each from the report of its question, as [`qise_io::report`] and [`qise_io::coverage`] write it.

mod axis;
mod coverage;
mod fairness;
mod frontier;
mod remedies;

pub use coverage::coverage_piece;
pub use fairness::fairness_piece;
pub use frontier::frontier_piece;
pub use remedies::remedies_piece;

use qise::{Lang, Text};
use qise_io::visible::visible;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Width of charts, in pixels.
const WIDTH: f64 = 760.0;

/// A report that is not what a piece is made of.
#[derive(Debug)]
pub struct BadReport(serde_json::Error);

impl std::fmt::Display for BadReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a report of this kind: {}", self.0)
    }
}

impl std::error::Error for BadReport {}

/// Reads a report, with names as people may see them.
fn read<T: DeserializeOwned>(report: &Value) -> Result<T, BadReport> {
    serde_json::from_value(shown(report)).map_err(BadReport)
}

fn shown(value: &Value) -> Value {
    match value {
        Value::String(words) => Value::String(visible(words).into_owned()),
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), shown(value))).collect(),
        other => other.clone(),
    }
}

/// Words in a language.
fn say(words: Text, lang: Lang) -> String {
    match lang {
        Lang::En => words.en,
        Lang::Zh => words.zh,
    }
}

/// A share from 0 to 1 as a percentage.
fn percent(share: f64, decimals: usize) -> String {
    format!("{:.decimals$}%", share * 100.0)
}
