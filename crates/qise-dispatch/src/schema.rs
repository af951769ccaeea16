//! The JSON Schema (draft 2020-12) of the conversation, from the very types that read and write it.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::command::{Command, Question};
use crate::outcome::Outcome;

/// The schema of the lines of a conversation: `command`, `question`, `answer`, `told`, `error` and `durable` among its `$defs`.
/// Needs are as in the schema of scenarios.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let command = generator.subschema_for::<Command>().to_value();
    let question = generator.subschema_for::<Question>().to_value();
    let outcome = generator.subschema_for::<Outcome>().to_value();
    let mut defs = generator.definitions().clone();
    with_envelope(
        &mut defs,
        "Command",
        &json!({
            "id": { "description": "What the client calls it; given back with the answer." },
            "key": { "type": "string", "description": "A command with a key that is known is not carried out again." },
            "at": { "type": "string", "description": "When it is given: RFC 3339, or local in the zone of the scenario." },
            "actor": { "type": "string", "description": "Who gives it, for the journal." },
        }),
        &["at"],
    );
    with_envelope(
        &mut defs,
        "Question",
        &json!({
            "id": { "description": "What the client calls it; given back with the answer." },
        }),
        &[],
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dispatch",
        "description": "A line of the conversation with `qise dispatch`: one JSON object.",
        "oneOf": [
            { "title": "command", "$ref": command["$ref"] },
            { "title": "question", "$ref": question["$ref"] },
            {
                "title": "answer to a command",
                "type": "object",
                "properties": {
                    "id": true,
                    "seq": { "type": "integer", "description": "The entry of the journal." },
                    "outcome": outcome,
                },
                "required": ["id", "seq", "outcome"],
                "additionalProperties": false,
            },
            {
                "title": "answer to a question",
                "type": "object",
                "properties": { "id": true, "answer": { "type": "object" } },
                "required": ["id", "answer"],
                "additionalProperties": false,
            },
            {
                "title": "refusal",
                "type": "object",
                "properties": {
                    "id": true,
                    "error": {
                        "type": "object",
                        "properties": {
                            "code": { "type": "string", "description": "The stable code." },
                            "text": { "type": "string", "description": "In English." },
                            "text_zh": { "type": "string", "description": "In Chinese." },
                            "faults": { "type": "array", "description": "All that is wrong with a need or a shift." },
                            "expected": { "type": "array", "description": "The states in which it could have happened." },
                        },
                        "required": ["code", "text", "text_zh"],
                        "additionalProperties": false,
                    },
                },
                "required": ["id", "error"],
                "additionalProperties": false,
            },
            {
                "title": "acknowledgement",
                "type": "object",
                "properties": { "durable": { "type": "integer", "description": "Every entry up to this one is durable." } },
                "required": ["durable"],
                "additionalProperties": false,
            },
        ],
        "$defs": defs,
    })
}

/// Adds the fields that every command, or question, has to each of its variants.
fn with_envelope(defs: &mut serde_json::Map<String, Value>, name: &str, envelope: &Value, required: &[&str]) {
    let variants = defs.get_mut(name).and_then(|def| def.get_mut("oneOf")).and_then(Value::as_array_mut);
    for variant in variants.into_iter().flatten() {
        if let (Some(fields), Some(more)) =
            (variant.get_mut("properties").and_then(Value::as_object_mut), envelope.as_object())
        {
            fields.extend(more.clone());
        }
        if let Some(must) = variant.get_mut("required").and_then(Value::as_array_mut) {
            must.extend(required.iter().map(|&name| json!(name)));
        }
    }
}
