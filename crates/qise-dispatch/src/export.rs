//! What a journal tells as tables: events, needs and assignments, as CSV and as JSON.

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

/// The events of a journal up to an entry, and the needs and assignments of the state there.
///
/// # Errors
///
/// What of the journal cannot be read.
pub fn export(journal: &dyn Journal, engine: &Engine) -> Result<Vec<File>, Refusal> {
    let mut events = Vec::new();
    for entry in entries(journal, 1, engine.as_of()) {
        let entry = entry?;
        let list = serde_json::from_slice::<Vec<Value>>(&entry.events).unwrap_or_default();
        for event in list {
            let Some((what, fields)) = event.as_object().and_then(|event| event.iter().next()) else {
                continue;
            };
            let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
            events.push(json!({
                "seq": entry.seq,
                "at": engine.zoned_at(entry.at),
                "actor": entry.actor,
                "key": entry.key,
                "what": what,
                "need": field("need").get("id").cloned().unwrap_or_else(|| field("need")),
                "who": field("who"),
                "fields": fields,
            }));
        }
    }
    let numbers = (0..engine.side.rows.next().0).map(NeedNo);
    let needs = numbers.clone().map(|no| engine.need_now(no)).collect::<Vec<_>>();
    let assignments = numbers.flat_map(|no| engine.assignments(no)).collect::<Vec<_>>();
    Ok(vec![
        File { name: "events.json", text: listed(&events) },
        File {
            name: "events.csv",
            text: table(&events, &["seq", "at", "actor", "key", "what", "need", "who", "fields"]),
        },
        File { name: "needs.json", text: listed(&needs) },
        File {
            name: "needs.csv",
            text: table(
                &needs,
                &[
                    "need", "name", "state", "since", "released", "due", "deadline", "attempt", "priority",
                    "stars",
                ],
            ),
        },
        File { name: "assignments.json", text: listed(&assignments) },
        File {
            name: "assignments.csv",
            text: table(
                &assignments,
                &[
                    "need",
                    "who",
                    "role",
                    "state",
                    "start",
                    "committed",
                    "departed",
                    "arrived",
                    "stops_done",
                    "overdue",
                ],
            ),
        },
    ])
}

impl Engine {
    fn zoned_at(&self, at: i64) -> String {
        self.reader.zone().format(qise::model::Time(at))
    }

    /// Who has, or had, a place in a need.
    fn assignments(&self, no: NeedNo) -> Vec<Value> {
        let key = &self.side.row(no).key;
        let members = self.life.need(no).map_or(&[][..], |need| &need.members);
        let zoned = |moment: Moment| self.zoned_at(moment.0);
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
