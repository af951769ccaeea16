//! JSON Schemas (draft 2020-12) of the documents, from the very types that read them.
//!
//! What passes its schema may still be refused: a schema knows nothing of references, times and coordinates.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::document as doc;

/// The schema of scenarios.
pub fn scenario() -> Value {
    schema_of::<doc::Scenario<'_>>()
}

/// The schema of plans.
pub fn plan() -> Value {
    schema_of::<doc::Plan<'_>>()
}

fn schema_of<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_schemas() {
        for (schema, title) in [(scenario(), "Scenario"), (plan(), "Plan")] {
            assert!(jsonschema::meta::is_valid(&schema), "{title}");
            assert_eq!(schema["title"], title);
            assert_eq!(schema["additionalProperties"], false);
        }
    }

    #[test]
    fn describe_every_field() {
        for schema in [scenario(), plan()] {
            let records = schema["$defs"].as_object().unwrap().values().chain([&schema]);
            for record in records.filter(|record| record["title"] != "Terms") {
                let Some(fields) = record["properties"].as_object() else { continue };
                for (name, field) in fields {
                    assert!(field["description"].is_string(), "{name} in {record}");
                }
            }
        }
    }

    #[test]
    fn say_what_must_be_there() {
        let need = &scenario()["$defs"]["Need"];
        assert_eq!(need["required"], serde_json::json!(["id", "at", "service", "windows"]));
        assert_eq!(need["properties"]["id"]["type"], "string");
        assert_eq!(need["properties"]["priority"]["maximum"], 1_000_000_000);
    }
}
