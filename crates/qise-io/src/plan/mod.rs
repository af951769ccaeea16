//! Reading plans, and checking them.

mod csv;
mod previous;
mod reading;
mod table;

pub use previous::{PreviousDocument, read_previous};
pub use table::read_plan_table;

use qise::plan::{Evaluation, Plan, Rule, Term, Violation, evaluate};
use qise::{Faults, Problem, Text, text};

use crate::time::Zone;
use reading::Reading;

/// A plan as a document states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanDocument {
    /// The plan, with every time that the document leaves out filled in.
    pub plan: Plan,
    /// How many times were filled in.
    pub filled: usize,
    /// What the document says the plan is worth.
    pub score: Option<StatedScore>,
}

/// What a document says a plan is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedScore {
    /// The value of each level, when stated.
    pub levels: Option<Vec<i64>>,
    /// The values of the terms that are stated.
    pub terms: Vec<(Term, i64)>,
}

/// Reads a plan for `problem`. Times without offset are in the document's own zone, or else in `zone`.
///
/// The plan need not keep any rule: see [`check_plan`]. Times that are left out are filled in as [`qise::plan::Draft::dated`] does.
///
/// # Errors
/// Everything that is wrong with the document at once: its syntax, its structure, ids that the problem does not have.
pub fn read_plan(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<PlanDocument, Faults> {
    let (document, mut reading) = Reading::open(problem, zone, bytes)?;
    let draft = reading.plan(&document);
    let score = document.score.as_ref().map(|score| StatedScore {
        levels: score.levels.as_ref().map(|levels| levels.0.iter().flatten().map(|level| level.0).collect()),
        terms: score.terms.as_ref().map(|terms| terms.0.clone()).unwrap_or_default(),
    });
    reading.finish()?;
    Ok(PlanDocument { plan: draft.dated(problem), filled: draft.missing(), score })
}

/// Judges a plan as the engine does, and holds what the document says it is worth against what it is worth: violations of
/// [`Rule::WrongScore`] stand at `$.score.levels[0]` or `$.score.terms.distance`.
pub fn check_plan(problem: &Problem, document: &PlanDocument) -> Evaluation {
    let mut evaluation = evaluate(problem, &document.plan);
    let Some(stated) = &document.score else { return evaluation };
    let score = evaluation.score.clone();
    let mut wrong = |path: String, stated: i64, is: i64| {
        let detail = text!("stated {stated}, is {is}", "所述为 {stated},实为 {is}");
        evaluation.violations.push(Violation { path, rule: Rule::WrongScore, detail });
    };
    if let Some(levels) = &stated.levels {
        for (l, (&stated, &is)) in levels.iter().zip(&score.levels).enumerate() {
            if stated != is {
                wrong(format!("$.score.levels[{l}]"), stated, is);
            }
        }
    }
    for &(term, stated) in &stated.terms {
        let is = score.terms.get(term);
        if stated != is {
            wrong(format!("$.score.terms.{}", term.as_str()), stated, is);
        }
    }
    if let Some(levels) = &stated.levels
        && levels.len() != score.levels.len()
    {
        let (stated, is) = (levels.len(), score.levels.len());
        let detail: Text = text!("stated {stated} levels, is {is}", "所述为 {stated} 层,实为 {is} 层");
        evaluation.violations.push(Violation {
            path: "$.score.levels".into(),
            rule: Rule::WrongScore,
            detail,
        });
    }
    evaluation
}
