//! Small documents, solved and judged.

use serde_json::{Value, json};

use crate::program::{Outcome, qise, scratch};

/// Half an hour's way from everywhere to everywhere, half an hour's service at each of four doors, and one person for the morning.
pub(crate) fn morning(change: impl FnOnce(&mut Value)) -> Value {
    let places = ["d", "c0", "c1", "c2", "c3"];
    let row = |from: usize| (0..5).map(|to| if from == to { 0 } else { 1800 }).collect::<Vec<_>>();
    let table = (0..5).map(row).collect::<Vec<_>>();
    let need = |id: &str| {
        json!({"id": id, "at": id, "service": "PT30M",
            "windows": [{"from": "2026-11-24T08:00", "to": "2026-11-24T16:00"}]})
    };
    let mut document = json!({
        "format": "qise/scenario", "version": 1, "name": "morning", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "car", "matrix": {"places": places, "seconds": table, "metres": table}}],
        "places": places.map(|id| json!({"id": id})),
        "volunteers": [{"id": "v", "home": "d",
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
        "needs": places[1..].iter().map(|id| need(id)).collect::<Vec<_>>()
    });
    change(&mut document);
    document
}

/// Solves a document, and has its plan judged.
pub(crate) fn solved(name: &str, document: &Value) -> (Outcome, Value) {
    let (path, plan) = (scratch(name), scratch(&format!("plan-{name}")));
    std::fs::write(&path, document.to_string()).expect("writable");
    let outcome = qise(&["solve", &path, "--iterations", "400", "--out", &plan]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let judged = qise(&["check", &path, &plan]);
    assert_eq!(judged.code, 0, "{}", judged.out);
    let plan = std::fs::read_to_string(plan).expect("a plan");
    (outcome, serde_json::from_str(&plan).expect("JSON"))
}

pub(crate) fn served(plan: &Value) -> usize {
    let routes = plan["routes"].as_array().into_iter().flatten();
    routes.map(|route| route["visits"].as_array().map_or(0, Vec::len)).sum()
}

/// Three minutes from `a` to `b`, where two loads are taken on, and one minute on from there to where they go; ten minutes else.
pub(crate) fn two_loads(unload: &str) -> Value {
    let places = ["d", "a", "b", "x", "y"];
    let way = |from: usize, to: usize| match (from.min(to), from.max(to)) {
        (a, b) if a == b => 0,
        (1, 2) | (3, 4) => 60,
        (1, 4) | (2, 3 | 4) => 900,
        _ => 600,
    };
    let table = (0..5).map(|from| (0..5).map(|to| way(from, to)).collect::<Vec<_>>()).collect::<Vec<_>>();
    let window = json!([{"from": "2026-11-24T08:00", "to": "2026-11-24T11:00"}]);
    let ride = |id: &str, from: &str, to: &str| {
        json!({"id": id, "at": from, "service": "PT1M", "windows": window, "then": [{"at": to, "service": "PT1M"}],
            "load": [{"dimension": "pal", "amount": 1}]})
    };
    json!({
        "format": "qise/scenario", "version": 1, "name": "loads", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "truck", "matrix": {"places": places, "seconds": table, "metres": table}}],
        "places": places.map(|id| json!({"id": id})), "dimensions": [{"id": "pal"}],
        "volunteers": [{"id": "v", "home": "d", "capacity": [{"dimension": "pal", "amount": 2}], "unload": unload,
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
        "needs": [ride("A", "a", "y"), ride("B", "b", "x")]
    })
}
