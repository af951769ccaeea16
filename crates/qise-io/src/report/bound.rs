//! Bounds with what proves them, as data.

use qise::Problem;
use qise::bound::Bounds;
use qise::model::Rule;
use serde_json::{Map, Value};

/// What [`crate::bounds`] says, and for each relaxation that occurs in it the rules that it leaves out (`relaxes`): plans that break no
/// others are within the bounds as well.
pub fn bound(problem: &Problem, found: &Bounds) -> Value {
    let all = std::iter::once(&found.priority).chain(found.levels.iter().map(|level| &level.bound));
    let relaxes = all.map(|bound| {
        let rules = bound.relaxation.relaxes().map(Rule::as_str).collect::<Vec<_>>();
        (bound.relaxation.as_str().to_owned(), rules.into())
    });
    let relaxes = relaxes.collect::<Map<_, _>>();
    let mut told = crate::bounds(problem, found);
    told["relaxes"] = Value::from(relaxes);
    told
}
