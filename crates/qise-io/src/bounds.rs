//! Bounds as data.

use qise::Problem;
use qise::bound::{Bound, Bounds};
use serde_json::{Map, Value, json};

/// What is proven of all plans, as an object: `priority` with `most`, `levels` with `least`, each with its relaxation, what the plan
/// reaches and the gap in percent of that.
pub fn bounds(problem: &Problem, found: &Bounds) -> Value {
    let levels = found.levels.iter().map(|level| {
        let terms = problem.objective().levels[level.level].iter();
        let terms = terms.map(|w| (w.term.as_str().to_owned(), w.weight.into())).collect::<Map<_, _>>();
        let mut object = one(&level.bound, "least");
        object.insert("level".into(), level.level.into());
        object.insert("terms".into(), terms.into());
        let passed_over = level.bound.passed_over.iter().map(|term| term.as_str()).collect::<Vec<_>>();
        object.insert("passed_over".into(), passed_over.into());
        Value::from(object)
    });
    let levels = levels.collect::<Vec<_>>();
    json!({ "priority": priority_bound(&found.priority), "levels": levels, "rounds": found.rounds })
}

/// The most priority that any plan serves, as data.
pub fn priority_bound(bound: &Bound) -> Value {
    one(bound, "most").into()
}

fn one(bound: &Bound, name: &str) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert(name.into(), bound.value.into());
    object.insert("relaxation".into(), bound.relaxation.as_str().into());
    if let Some(plan) = bound.plan {
        object.insert("plan".into(), plan.into());
    }
    if let Some(gap) = bound.gap_percent() {
        object.insert("gap_percent".into(), ((gap * 1e4).round() / 1e4).into());
    }
    object
}
