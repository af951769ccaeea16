//! What a journal tells as tables: events, needs and assignments, as CSV and as JSON.

use qise::model::Time;
use qise_io::time::Zone;
use qise_journal::{Journal, entries};
use qise_lifecycle::{Moment, NeedNo};
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::refusal::Refusal;

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

/// A table of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// `events`, `needs` or `assignments`.
    pub name: &'static str,
    /// Its columns, in order; rows may have more fields.
    pub columns: &'static [&'static str],
    /// Its rows: objects with times as text, in the zone of the scenario.
    pub rows: Vec<Value>,
}

const OF_EVENTS: &[&str] = &["seq", "at", "actor", "key", "what", "need", "who", "fields"];
const OF_NEEDS: &[&str] =
    &["need", "name", "state", "since", "released", "due", "deadline", "attempt", "priority", "stars"];
const OF_ASSIGNMENTS: &[&str] =
    &["need", "who", "role", "state", "start", "committed", "departed", "arrived", "stops_done", "overdue"];

/// The events of a journal up to an entry, and the needs and assignments of the state there, as files.
///
/// # Errors
///
/// What of the journal cannot be read.
pub fn export(journal: &dyn Journal, engine: &Engine) -> Result<Vec<File>, Refusal> {
    let [needs, assignments] = engine.tables();
    let events = events(journal, engine.zone(), engine.as_of())?;
    let names =
        [("events.json", "events.csv"), ("needs.json", "needs.csv"), ("assignments.json", "assignments.csv")];
    let files = [events, needs, assignments].into_iter().zip(names).flat_map(|(of, (json, csv))| {
        [File { name: json, text: listed(&of.rows) }, File { name: csv, text: table(&of.rows, of.columns) }]
    });
    Ok(files.collect())
}

/// The events of a journal up to an entry.
///
/// # Errors
///
/// What of the journal cannot be read.
pub(crate) fn events(journal: &dyn Journal, zone: &Zone, until: u64) -> Result<Table, Refusal> {
    let mut rows = Vec::new();
    for entry in entries(journal, 1, until) {
        let entry = entry?;
        let list = serde_json::from_slice::<Vec<Value>>(&entry.events).unwrap_or_default();
        for event in list {
            let Some((what, fields)) = event.as_object().and_then(|event| event.iter().next()) else {
                continue;
            };
            let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
            rows.push(json!({
                "seq": entry.seq,
                "at": zone.format(Time(entry.at)),
                "actor": entry.actor,
                "key": entry.key,
                "what": what,
                "need": field("need").get("id").cloned().unwrap_or_else(|| field("need")),
                "who": field("who"),
                "fields": fields,
            }));
        }
    }
    Ok(Table { name: "events", columns: OF_EVENTS, rows })
}

impl Engine {
    /// Needs and assignments.
    pub(crate) fn tables(&self) -> [Table; 2] {
        let numbers = (0..self.side.rows.next().0).map(NeedNo);
        let needs = numbers.clone().map(|no| self.need_now(no)).collect();
        let assignments = numbers.flat_map(|no| self.assignments(no)).collect();
        [
            Table { name: "needs", columns: OF_NEEDS, rows: needs },
            Table { name: "assignments", columns: OF_ASSIGNMENTS, rows: assignments },
        ]
    }

    /// Who has, or had, a place in a need.
    fn assignments(&self, no: NeedNo) -> Vec<Value> {
        let key = &self.side.row(no).key;
        let members = self.life.need(no).map_or(&[][..], |need| &need.members);
        let zoned = |moment: Moment| self.zone().format(Time(moment.0));
        let told = |member: &qise_lifecycle::Member| {
            json!({
                "need": key,
                "who": self.side.key_of(member.who),
                "role": member.role,
                "state": member.state.code(),
                "start": zoned(member.start),
                "committed": zoned(member.committed),
                "departed": member.departed.map(zoned),
                "arrived": member.arrived.map(zoned),
                "stops_done": member.stops_done,
                "overdue": member.overdue,
            })
        };
        members.iter().map(told).collect()
    }
}

fn listed(rows: &[Value]) -> String {
    format!("{:#}\n", Value::Array(rows.to_vec()))
}

/// A table of RFC 4180, with a head.
fn table(rows: &[Value], columns: &[&str]) -> String {
    let mut text = columns.join(",");
    text.push_str("\r\n");
    for row in rows {
        let cells = columns.iter().map(|&column| match row.get(column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(words)) => quoted(words),
            Some(other) => quoted(&other.to_string()),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe before it.
fn quoted(words: &str) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']) && words.parse::<f64>().is_err();
    let words = if is_formula { format!("'{words}") } else { words.to_owned() };
    if words.contains([',', '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_can_be_read_by_a_spreadsheet() {
        let rows = [json!({"a": "x,\"y\"", "b": 3}), json!({"a": "=1+1", "b": null}), json!({"a": "-5"})];
        assert_eq!(table(&rows, &["a", "b"]), "a,b\r\n\"x,\"\"y\"\"\",3\r\n'=1+1,\r\n-5,\r\n");
    }
}
