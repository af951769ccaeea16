//! JSON in pages, and the scenarios in `docs/examples`.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::{pages, path, qise, read, scratch};

/// The scenarios in `docs/examples`, by their names in pages.
fn examples() -> BTreeMap<String, String> {
    let folder = fs::read_dir(path("docs/examples")).expect("readable");
    let names = folder.map(|entry| entry.expect("readable").file_name().into_string().expect("text"));
    names
        .map(|name| {
            let name = format!("docs/examples/{name}");
            let text = read(&path(&name));
            (name, text)
        })
        .collect()
}

/// Whether a document has a part: its lists at the top hold every entry of the part's lists, everything else is equal.
fn has(document: &Value, part: &Value) -> bool {
    let Some(fields) = part.as_object() else { return false };
    fields.iter().all(|(name, value)| match (&document[name], value) {
        (Value::Array(all), Value::Array(some)) => some.iter().all(|entry| all.contains(entry)),
        (whole, value) => whole == value,
    })
}

/// A document, or what is wrong with it.
fn parsed(name: &str, text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}:\n{text}"))
}

/// Solves the scenario in a file, and has the plan judged.
fn runs(name: &str, file: &str) {
    let plan = scratch("examples", &format!("{}.plan.json", name.replace('/', "-")));
    let solved = qise(&["solve", file, "--iterations", "200", "--out", &plan, "--quiet"]);
    assert_eq!(solved.code, 0, "{name}: {}", solved.err);
    let judged = qise(&["check", file, &plan]);
    assert_eq!(judged.code, 0, "{name}: {}", judged.out);
    let served = parsed(name, &read(plan.as_ref()))["figures"]["served"].as_u64();
    assert!(served > Some(0), "{name}: nothing is served");
}

#[test]
fn examples_are_named_and_solved() {
    let pages = pages();
    for name in examples().keys() {
        assert!(pages.iter().any(|page| page.text.contains(name)), "{name}: no page speaks of it");
        runs(name, path(name).to_str().expect("text"));
    }
}

#[test]
fn json_in_pages_is_that_of_the_examples() {
    let examples = examples();
    for page in pages() {
        for block in page.blocks().iter().filter(|block| block.language == "json") {
            let part = parsed(&page.name, &block.text);
            let mut named = examples.iter().filter(|(name, _)| page.text.contains(*name));
            if named.any(|(name, text)| has(&parsed(name, text), &part)) {
                continue;
            }
            assert!(part["format"].is_string(), "{}: in no example:\n{}", page.name, block.text);
            let file = scratch("examples", &page.name.replace(".md", ".json"));
            fs::write(&file, &block.text).expect("writable");
            runs(&page.name, &file);
        }
    }
}
