//! A plan document judged: the rules that the plan breaks, and what the document says of it that is not so.

use qise::model::Rule;
use qise::plan::{Evaluation, RouteStarts, evaluate};
use qise::{Problem, Text, text};
use serde_json::Value;

use super::PlanDocument;
use super::stated::{FIELDS, StatedScore, StatedWays};
use crate::figures;
use crate::words::Finding;
use crate::write::written_route;

/// What the judge says of a plan document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedPlan {
    /// What the judge says of the plan itself.
    pub evaluation: Evaluation,
    /// Every rule that the plan breaks, then everything that the document says of it and that is not so; empty where nothing is wrong.
    pub findings: Vec<Finding>,
}

impl CheckedPlan {
    /// Whether the plan breaks no rule, and everything is so that the document says of it.
    pub fn is_valid(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Judges a plan as the engine does, and holds what the document says against what it is: findings of [`Rule::WrongScore`]
/// stand at paths such as `$.score.levels[0]`, `$.score.terms.distance`, `$.routes[0].visits[1].travel_s` or `$.figures.served`.
///
/// Where the document states a previous plan, what it says is reckoned with that one, and all else with that of `problem`.
pub fn check_plan(problem: &Problem, document: &PlanDocument) -> CheckedPlan {
    let evaluation = evaluate(problem, &document.plan);
    let own = problem.previous().cloned().unwrap_or_default();
    let other = document.previous.as_ref().filter(|&previous| *previous != own);
    // Its ids have been looked up, so there is nothing to find fault with.
    let other = other.and_then(|previous| problem.with_previous(Some(previous.clone())).ok());
    let misstated = match &other {
        None => misstated(problem, document, &evaluation),
        Some(problem) => misstated(problem, document, &evaluate(problem, &document.plan)),
    };
    let broken = evaluation.violations.iter().map(|violation| Finding::new(problem, violation));
    CheckedPlan { findings: broken.chain(misstated).collect(), evaluation }
}

/// What the document says that is not so.
fn misstated(problem: &Problem, document: &PlanDocument, is: &Evaluation) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(stated) = &document.score {
        scores(stated, is, &mut found);
    }
    let starts = RouteStarts::of(problem, &document.plan);
    for (r, (stated, route)) in document.stated.routes.iter().zip(&document.plan.routes).enumerate() {
        // A route of nobody that the problem knows goes nowhere.
        if !stated.is_silent() && route.unit.index() < problem.units().len() {
            let is = StatedWays::new(&written_route(problem, &starts, route));
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

fn scores(stated: &StatedScore, is: &Evaluation, found: &mut Vec<Finding>) {
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
        let detail: Text = text!("stated {stated} levels, is {is}", "所述为 {stated} 层，实为 {is} 层");
        found.push(Finding { path: "$.score.levels".into(), rule: Rule::WrongScore, detail });
    }
}

/// Notes what is stated otherwise than it is; nothing where either is not known.
fn wrong(path: String, stated: Option<i64>, is: Option<i64>, found: &mut Vec<Finding>) {
    if let Some((stated, is)) = stated.zip(is).filter(|(stated, is)| stated != is) {
        let detail = text!("stated {stated}, is {is}", "所述为 {stated}，实为 {is}");
        found.push(Finding { path, rule: Rule::WrongScore, detail });
    }
}
