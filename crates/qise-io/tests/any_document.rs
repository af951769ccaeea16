//! Whatever stands in a document, reading it ends, and what it says of it makes sense.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use qise::Faults;
use qise_io::{read_plan, read_scenario};
use serde_json::{Value, json};

const RICH: &str = include_str!("data/rich_scenario.json");
const SHORTHAND: &str = include_str!("data/shorthand.json");

/// Values to put where others stood.
fn oddities() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e30),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1_000_000_000_000_i64),
        json!(""),
        json!("x"),
        json!("anywhere"),
        json!("visit-1"),
        json!("office"),
        json!("2026-11-24T09:00"),
        json!("-009999-01-02T00:00Z"),
        json!("9999-12-30T21:59:59Z"),
        json!("P19998Y"),
        json!("PT1H"),
        json!([]),
        json!({}),
        json!([[], {}, null]),
        json!({"lon": 105.6, "lat": 38.8}),
        json!({"lon": 180, "lat": -90}),
    ]
}

/// The JSON pointers of all values.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                pointers(item, &format!("{here}/{i}"), all);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, &format!("{here}/{name}"), all);
            }
        }
        _ => {}
    }
}

/// The parent of what a fault's path names must be there; the value itself may be missing.
fn assert_sensible(faults: &Faults, document: &Value) {
    assert!(!faults.0.is_empty());
    for fault in &faults.0 {
        let message = fault.message();
        assert!(!fault.found.en.contains("number 4294967295"), "{}", message.en);
        let pointer = fault.path[1..].replace(['.', '['], "/").replace(']', "");
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        assert!(document.pointer(parent).is_some(), "{}", message.en);
        if pointer.rsplit_once('/').is_some_and(|(_, last)| last.parse::<usize>().is_ok()) {
            assert!(document.pointer(&pointer).is_some(), "{}", message.en);
        }
    }
}

fn change(mut document: Value, changes: &[(Index, Index)]) -> Value {
    let oddities = oddities();
    for (place, oddity) in changes {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        let pointer = &all[place.index(all.len())];
        if let Some(value) = document.pointer_mut(pointer) {
            *value = oddities[oddity.index(oddities.len())].clone();
        }
    }
    document
}

/// A thousand cases; `QISE_FUZZ` multiplies them, as it does in `tests/fuzz` of the workspace.
fn config() -> ProptestConfig {
    let more = std::env::var("QISE_FUZZ").map_or(1, |more| more.parse().unwrap());
    ProptestConfig {
        cases: 1000 * more,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn scenarios_with_odd_values(changes in prop::collection::vec(any::<(Index, Index)>(), 1..6)) {
        let base = if changes.len() % 2 == 0 { RICH } else { SHORTHAND };
        let document = change(serde_json::from_str(base).unwrap(), &changes);
        match read_scenario(document.to_string().as_bytes()) {
            Ok(scenario) => {
                let written = qise_io::write_scenario(&scenario.problem, &scenario.zone);
                let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
                prop_assert_eq!(again.problem.to_data(), scenario.problem.to_data());
            }
            Err(faults) => assert_sensible(&faults, &document),
        }
    }

    #[test]
    fn plans_with_odd_values(changes in prop::collection::vec(any::<(Index, Index)>(), 1..4)) {
        let visit = json!({
            "need": "visit-3", "arrival": "2026-11-24T09:00", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00",
        });
        let route = json!({
            "volunteer": "nobody", "shift": 0, "departure": "2026-11-24T08:00", "visits": [visit],
            "breaks": [{"start": "2026-11-24T10:30", "duration": "PT10M"}], "finish": "2026-11-24T11:00",
        });
        let plan = json!({
            "format": "qise/plan", "version": 1, "time_zone": "Asia/Shanghai", "routes": [route],
            "unserved": [{"need": "visit-1"}, {"need": "visit-2", "reason": {"verdict": "unfound"}}],
            "score": {"levels": [0, 1], "terms": {"late": 0}},
        });
        let document = change(plan, &changes);
        let scenario = read_scenario(RICH.as_bytes()).unwrap();
        match read_plan(&scenario.problem, &scenario.zone, document.to_string().as_bytes()) {
            Ok(read) => {
                let evaluation = qise_io::check_plan(&scenario.problem, &read).evaluation;
                let notes = qise_io::PlanNotes::default();
                let written = qise_io::write_plan(&scenario.problem, &scenario.zone, &read.plan, &evaluation, &notes);
                let again = read_plan(&scenario.problem, &scenario.zone, written.as_bytes()).unwrap();
                prop_assert_eq!(again.plan, read.plan);
            }
            Err(faults) => assert_sensible(&faults, &document),
        }
    }

    #[test]
    fn scenarios_with_odd_bytes(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4), cut in any::<Index>()) {
        let mut bytes = RICH.as_bytes().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read_scenario(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(read_scenario(&bytes).is_err());
    }
}
