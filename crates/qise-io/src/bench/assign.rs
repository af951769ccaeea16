//! Sparse assignment problems with prices for the unserved, in JSON: `{"name", "n", "m", "k", "cols": [[…]], "cost": [[…]],
//! "unserved": […]}`. Need `i` of `n` could be served by the volunteers `cols[i]`, numbered from 0 to `m - 1`, at the costs
//! `cost[i]`, or left alone at `unserved[i]`. All numbers are whole. `k` is the length of the lists in the published
//! problems; here they may have any.

use qise::assignment::{Assigned, AssignmentError, AssignmentProblem};
use serde::{Deserialize, Serialize};

/// Why a text is not an assignment problem.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssignFault {
    /// Not JSON, or a field is missing or of another type.
    #[error("not an assignment problem: {0}")]
    Json(#[from] serde_json::Error),
    /// A list with more or fewer entries than it should have.
    #[error("{path} has {found} entries, expected {expected}")]
    Length {
        /// The JSON path of the list.
        path: String,
        /// How many entries it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A number that is out of range.
    #[error(transparent)]
    Problem(#[from] AssignmentError),
}

/// A problem and its name.
#[derive(Clone, Debug)]
pub struct AssignBench {
    /// The name that the document states, or nothing.
    pub name: String,
    /// The problem.
    pub problem: AssignmentProblem,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    name: String,
    n: usize,
    m: usize,
    cols: Vec<Vec<u32>>,
    cost: Vec<Vec<i64>>,
    unserved: Vec<i64>,
}

#[derive(Serialize)]
struct Answer<'a> {
    r#match: &'a [Option<u32>],
    objective: i64,
    solve_s: f64,
}

/// Reads a problem.
///
/// # Errors
/// What is wrong with the text, and where; the first fault only.
pub fn read(text: &[u8]) -> Result<AssignBench, AssignFault> {
    let Document { name, n, m, cols, cost, unserved } = serde_json::from_slice(text)?;
    let same = |path: &dyn Fn() -> String, found, expected| {
        if found == expected { Ok(()) } else { Err(AssignFault::Length { path: path(), found, expected }) }
    };
    same(&|| "$.cols".into(), cols.len(), n)?;
    same(&|| "$.cost".into(), cost.len(), n)?;
    same(&|| "$.unserved".into(), unserved.len(), n)?;
    let mut problem = AssignmentProblem::new(m)?;
    for (i, ((cols, cost), unserved)) in cols.iter().zip(&cost).zip(unserved).enumerate() {
        same(&|| format!("$.cost[{i}]"), cost.len(), cols.len())?;
        problem.push_row(unserved, cols.iter().copied().zip(cost.iter().copied()))?;
    }
    Ok(AssignBench { name, problem })
}

/// Writes an answer: the volunteer of each need or null, the objective, and how many seconds the solver took.
pub fn write(assigned: &Assigned, solve_s: f64) -> String {
    let answer = Answer { r#match: &assigned.columns, objective: assigned.objective, solve_s };
    let mut text = serde_json::to_string(&answer).unwrap_or_default(); // plain numbers cannot fail
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use qise::assignment::{AssignOptions, assign};

    #[test]
    fn a_problem_is_read_solved_and_written() {
        let text = br#"{"name":"two","n":2,"m":2,"k":1,"cols":[[0],[0]],"cost":[[4],[5]],"unserved":[9,20]}"#;
        let bench = read(text).unwrap();
        let assigned = assign(&bench.problem, &AssignOptions::default()).unwrap();
        assert_eq!(bench.name, "two");
        let written = write(&assigned, 0.25);
        assert_eq!(written, "{\"match\":[null,0],\"objective\":14,\"solve_s\":0.25}\n");
    }

    #[test]
    fn faults_say_what_and_where() {
        let fault = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        assert!(fault("{").contains("line 1"));
        assert!(fault(r#"{"n":0,"m":0,"cols":[],"cost":[]}"#).contains("unserved"));
        let rows = |cols: &str, cost: &str| {
            format!(r#"{{"n":1,"m":2,"cols":[{cols}],"cost":[{cost}],"unserved":[7]}}"#)
        };
        assert_eq!(fault(&rows("[0],[1]", "[1]")), "$.cols has 2 entries, expected 1");
        assert_eq!(fault(&rows("[0,1]", "[1]")), "$.cost[0] has 1 entries, expected 2");
        assert_eq!(fault(&rows("[0,2]", "[1,1]")), "pair 1 of row 0 names column 2, but there are 2 columns");
        assert!(fault(&rows("[0]", "[2000000000000]")).contains("beyond"));
        assert!(fault(&rows("[-1]", "[1]")).contains("-1"));
        assert!(fault(&rows("[0]", "[1.5]")).contains("1.5"));
        assert!(fault(r#"{"n":0,"m":99999999999,"cols":[],"cost":[],"unserved":[]}"#).contains("columns"));
    }
}
