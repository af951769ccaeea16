//! Keys of commands: a command that comes again leads to nothing new.

use qise_journal::Hash;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::outcome::{Answer, Outcome};
use crate::refusal::Refusal;

/// What is known of a key.
#[derive(Clone, Debug)]
struct Known {
    seq: u64,
    payload: Hash,
    outcome: Outcome,
}

/// The keys of all commands that were carried out. Refused ones leave none: they may be tried again.
#[derive(Debug, Default)]
pub(crate) struct KnownKeys(FxHashMap<String, Known>);

impl KnownKeys {
    /// The old answer of a key that is known.
    ///
    /// # Errors
    /// `key_conflict` where it was the key of another command.
    pub(crate) fn answer(&self, key: &str, payload: Hash) -> Result<Option<Answer>, Refusal> {
        let Some(known) = self.0.get(key) else { return Ok(None) };
        if known.payload != payload {
            let seq = known.seq;
            let words = qise::text!(
                "the key {key:?} was used for another command, entry {seq}",
                "键 {key:?} 已用于另一条命令，即第 {seq} 条记录"
            );
            return Err(Refusal::new("key_conflict", words));
        }
        Ok(Some(Answer { seq: known.seq, outcome: known.outcome.clone(), is_repeated: true }))
    }

    pub(crate) fn add(&mut self, key: String, seq: u64, payload: Hash, outcome: Outcome) {
        self.0.insert(key, Known { seq, payload, outcome });
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The hash of what a command says, whatever the order of its fields.
pub(crate) fn payload_hash(command: &Value) -> Hash {
    let mut text = String::new();
    canonical(command, &mut text);
    Hash::of(text.as_bytes())
}

fn canonical(value: &Value, to: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields = fields.iter().collect::<Vec<_>>();
            fields.sort_unstable_by_key(|&(name, _)| name);
            to.push('{');
            for (name, value) in fields {
                canonical(&Value::String(name.clone()), to);
                to.push(':');
                canonical(value, to);
                to.push(',');
            }
            to.push('}');
        }
        Value::Array(list) => {
            to.push('[');
            for value in list {
                canonical(value, to);
                to.push(',');
            }
            to.push(']');
        }
        other => to.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::payload_hash;

    #[test]
    fn the_order_of_fields_does_not_count_but_everything_else_does() {
        let one = json!({"do": "offer", "need": {"a": 1, "b": [1, 2]}});
        let other: serde_json::Value =
            serde_json::from_str(r#"{"need":{"b":[1,2],"a":1},"do":"offer"}"#).unwrap();
        assert_eq!(payload_hash(&one), payload_hash(&other));
        for different in [
            json!({"do": "offer", "need": {"a": 1, "b": [2, 1]}}),
            json!({"do": "offer", "need": {"a": "1", "b": [1, 2]}}),
            json!({"do": "offer", "need": {"a": 1}, "b": [1, 2]}),
        ] {
            assert_ne!(payload_hash(&one), payload_hash(&different));
        }
    }
}
