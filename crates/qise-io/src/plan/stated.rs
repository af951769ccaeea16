//! What a plan document says beside the plan: scores, figures and ways.

use qise::model::Term;
use serde_json::Value;

use crate::document as doc;
use crate::read::{Count, Figures};

/// What a document says a plan is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedScore {
    /// The value of each level, when stated.
    pub levels: Option<Vec<i64>>,
    /// The values of the terms that are stated.
    pub terms: Vec<(Term, i64)>,
}

impl StatedScore {
    pub(super) fn new(score: &doc::Score) -> Self {
        Self {
            levels: score
                .levels
                .as_ref()
                .map(|levels| levels.0.iter().flatten().map(|level| level.0).collect()),
            terms: score.terms.as_ref().map(|terms| terms.0.clone()).unwrap_or_default(),
        }
    }
}

/// The ways and figures that a document states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedFigures {
    /// Of each route in the order of the plan; nothing where none is stated.
    pub routes: Vec<StatedWays>,
    /// Key figures by name, those that are whole numbers.
    pub figures: Vec<(String, i64)>,
}

/// The ways of one route: seconds and metres, where they are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedWays {
    /// Of the whole route.
    pub route: Way,
    /// To each visit.
    pub visits: Vec<Way>,
    /// To each call.
    pub calls: Vec<Way>,
}

/// Seconds and metres, where they are stated.
pub type Way = [Option<i64>; 2];

/// The fields of a [`Way`].
pub(super) const FIELDS: [&str; 2] = ["travel_s", "distance_m"];

impl StatedFigures {
    pub(super) fn new(document: &doc::Plan<'_>) -> Self {
        let routes = document.routes.iter().flat_map(|routes| routes.0.iter().flatten());
        Self {
            routes: routes.map(StatedWays::new).collect(),
            figures: match &document.figures {
                Some(Figures(Value::Object(figures))) => {
                    figures.iter().filter_map(|(name, value)| Some((name.clone(), value.as_i64()?))).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}

impl StatedWays {
    pub(super) fn new(route: &doc::Route<'_>) -> Self {
        let visits = route.visits.iter().flat_map(|visits| visits.0.iter().flatten());
        let calls = route.calls.iter().flat_map(|calls| calls.0.iter().flatten());
        Self {
            route: way(route.travel_s, route.distance_m),
            visits: visits.map(|visit| way(visit.travel_s, visit.distance_m)).collect(),
            calls: calls.map(|call| way(call.travel_s, call.distance_m)).collect(),
        }
    }

    /// Every way that is stated, with its path beneath the route.
    pub(super) fn each(&self) -> impl Iterator<Item = (String, Way)> + '_ {
        let visits = self.visits.iter().enumerate().map(|(v, &way)| (format!(".visits[{v}]"), way));
        let calls = self.calls.iter().enumerate().map(|(c, &way)| (format!(".calls[{c}]"), way));
        std::iter::once((String::new(), self.route)).chain(visits).chain(calls)
    }

    pub(super) fn is_silent(&self) -> bool {
        let ways = self.visits.iter().chain(&self.calls).chain([&self.route]);
        ways.flatten().all(Option::is_none)
    }
}

fn way<const A: i64, const B: i64, const C: i64, const D: i64>(
    seconds: Option<Count<A, B>>,
    metres: Option<Count<C, D>>,
) -> Way {
    [seconds.map(|count| count.0), metres.map(|count| count.0)]
}
