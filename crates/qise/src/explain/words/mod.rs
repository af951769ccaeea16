//! Answers in words: for whoever plans, and for whoever asked.

mod choice;
mod reason;

use crate::model::{NeedId, Problem, VolunteerId};

/// So many names are told one by one.
const LISTED: usize = 4;

fn people_named(problem: &Problem, people: &[VolunteerId]) -> (String, String) {
    let names = people.iter().map(|&who| problem.volunteer(who));
    listed(
        &names.map(|who| who.name.as_ref().unwrap_or(&who.key).as_str()).collect::<Vec<_>>(),
        "people",
        "人",
    )
}

fn needs_named(problem: &Problem, needs: &[NeedId]) -> (String, String) {
    let names = needs.iter().map(|&need| problem.need(need));
    listed(
        &names.map(|need| need.name.as_ref().unwrap_or(&need.key).as_str()).collect::<Vec<_>>(),
        "needs",
        "项需求",
    )
}

/// Names in a row; of many only how many there are.
fn listed(names: &[&str], what: &str, what_zh: &str) -> (String, String) {
    let count = names.len();
    if count > LISTED {
        return (format!("{count} {what}"), format!("{count} {what_zh}"));
    }
    (names.join(", "), names.join("、"))
}
