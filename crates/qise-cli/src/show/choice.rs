//! What decided who serves a need: in words, and term by term.

use std::fmt::Write as _;

use qise::explain::{Choice, RunnerUp};
use qise::model::Term;
use qise::plan::Score;
use qise::{Lang, Problem, text};
use qise_io::words;

use super::table;

/// Why those serve a need who do: a line of words, and what they and the best others add to the plan, with the terms that decided marked.
pub(crate) fn choice(problem: &Problem, choice: &Choice, lang: Lang) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "      {}", words::choice(problem, choice).in_lang(lang));
    let Some(growth) = &choice.growth else { return out };
    let others = choice.runner_up.as_ref();
    let deciding = others.map(|other| other.deciding(problem.objective())).unwrap_or_default();
    let mut heads = vec![text!("", ""), text!("adds", "增加")];
    if others.is_some() {
        heads.extend([
            text!("next best", "次选增加"),
            text!("difference (* decides)", "相差（* 起决定作用）"),
        ]);
    }
    let mut rows = vec![heads.iter().map(|head| head.in_lang(lang).to_owned()).collect::<Vec<_>>()];
    // What they add, what the others would add, and by what that differs.
    let mut row = |label: String, value: &dyn Fn(&Score) -> i64, mark: &str| {
        let mut cells = vec![label, value(growth).to_string()];
        if let Some(other) = others {
            cells.push(value(&other.growth).to_string());
            cells.push(format!("{:+}{mark}", value(&other.difference)));
        }
        rows.push(cells);
    };
    let levels = growth.levels.len();
    if levels > 1 {
        for level in 0..levels {
            let number = level + 1;
            let decides = others.and_then(RunnerUp::level) == Some(level);
            row(
                text!("level {number}", "第 {number} 级").in_lang(lang).to_owned(),
                &|score: &Score| score.levels[level],
                if decides { " *" } else { "" },
            );
        }
    }
    let counts = |term: Term| {
        let differs = others.is_some_and(|other| other.difference.terms.get(term) != 0);
        problem.objective().uses(term) && (differs || growth.terms.get(term) != 0)
    };
    for &term in Term::ALL.iter().filter(|&&term| counts(term)) {
        let decides = deciding.iter().any(|&(decisive, _)| decisive == term);
        row(
            term.label().in_lang(lang).to_owned(),
            &|score: &Score| score.terms.get(term),
            if decides { " *" } else { "" },
        );
    }
    out.push_str(&table::rows(6, &rows));
    out
}
