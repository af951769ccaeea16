//! What a plan document says beside the plan: scores, figures and ways, held against what they are.

use qise::model::{Rule, Term};
use qise::plan::{Evaluation, Violation, evaluate};
use qise::{Problem, Text, text};
use serde_json::Value;

use super::PlanDocument;
use crate::read::{Count, Figures};
use crate::write::written_route;
use crate::{document as doc, figures};

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
const FIELDS: [&str; 2] = ["travel_s", "distance_m"];

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
    fn new(route: &doc::Route<'_>) -> Self {
        let visits = route.visits.iter().flat_map(|visits| visits.0.iter().flatten());
        let calls = route.calls.iter().flat_map(|calls| calls.0.iter().flatten());
        Self {
            route: way(route.travel_s, route.distance_m),
            visits: visits.map(|visit| way(visit.travel_s, visit.distance_m)).collect(),
            calls: calls.map(|call| way(call.travel_s, call.distance_m)).collect(),
        }
    }

    /// Every way that is stated, with its path beneath the route.
    fn each(&self) -> impl Iterator<Item = (String, Way)> + '_ {
        let visits = self.visits.iter().enumerate().map(|(v, &way)| (format!(".visits[{v}]"), way));
        let calls = self.calls.iter().enumerate().map(|(c, &way)| (format!(".calls[{c}]"), way));
        std::iter::once((String::new(), self.route)).chain(visits).chain(calls)
    }

    fn is_silent(&self) -> bool {
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

/// Judges a plan as the engine does, and holds what the document says against what it is: violations of [`Rule::WrongScore`]
/// stand at paths such as `$.score.levels[0]`, `$.score.terms.distance`, `$.routes[0].visits[1].travel_s` or `$.figures.served`.
///
/// Where the document states a previous plan, what it says is reckoned with that one, and all else with that of `problem`.
pub fn check_plan(problem: &Problem, document: &PlanDocument) -> Evaluation {
    let mut evaluation = evaluate(problem, &document.plan);
    let own = problem.previous().cloned().unwrap_or_default();
    let other = document.previous.as_ref().filter(|&previous| *previous != own);
    // Its ids have been looked up, so there is nothing to find fault with.
    let other = other.and_then(|previous| problem.with_previous(Some(previous.clone())).ok());
    let mut wrong = match &other {
        None => violations(problem, document, &evaluation),
        Some(problem) => violations(problem, document, &evaluate(problem, &document.plan)),
    };
    evaluation.violations.append(&mut wrong);
    evaluation
}

/// What the document says that is not so.
fn violations(problem: &Problem, document: &PlanDocument, is: &Evaluation) -> Vec<Violation> {
    let mut found = Vec::new();
    if let Some(stated) = &document.score {
        scores(stated, is, &mut found);
    }
    for (r, (stated, route)) in document.stated.routes.iter().zip(&document.plan.routes).enumerate() {
        // A route of nobody that the problem knows goes nowhere.
        if !stated.is_silent() && route.unit.index() < problem.units().len() {
            let is = StatedWays::new(&written_route(problem, route));
            for ((path, stated), (_, is)) in stated.each().zip(is.each()) {
                for ((field, stated), is) in FIELDS.iter().zip(stated).zip(is) {
                    wrong(format!("$.routes[{r}]{path}.{field}"), stated, is, &mut found);
                }
            }
        }
    }
    if !document.stated.figures.is_empty() {
        let known = figures::figures(problem, &document.plan, is);
        for (name, stated) in &document.stated.figures {
            let is = known.get(name).and_then(Value::as_i64);
            wrong(format!("$.figures.{name}"), Some(*stated), is, &mut found);
        }
    }
    found
}

fn scores(stated: &StatedScore, is: &Evaluation, found: &mut Vec<Violation>) {
    let score = &is.score;
    if let Some(levels) = &stated.levels {
        for (l, (&stated, &is)) in levels.iter().zip(&score.levels).enumerate() {
            wrong(format!("$.score.levels[{l}]"), Some(stated), Some(is), found);
        }
    }
    for &(term, stated) in &stated.terms {
        let path = format!("$.score.terms.{}", term.as_str());
        wrong(path, Some(stated), Some(score.terms.get(term)), found);
    }
    if let Some(levels) = &stated.levels
        && levels.len() != score.levels.len()
    {
        let (stated, is) = (levels.len(), score.levels.len());
        let detail: Text = text!("stated {stated} levels, is {is}", "所述为 {stated} 层,实为 {is} 层");
        found.push(Violation { path: "$.score.levels".into(), rule: Rule::WrongScore, detail });
    }
}

/// Notes what is stated otherwise than it is; nothing where either is not known.
fn wrong(path: String, stated: Option<i64>, is: Option<i64>, found: &mut Vec<Violation>) {
    if let Some((stated, is)) = stated.zip(is).filter(|(stated, is)| stated != is) {
        let detail = text!("stated {stated}, is {is}", "所述为 {stated},实为 {is}");
        found.push(Violation { path, rule: Rule::WrongScore, detail });
    }
}
