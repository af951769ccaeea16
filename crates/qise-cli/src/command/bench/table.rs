//! The table of results.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use qise_io::visible::visible;

use super::rows;

const HEADING: &str = "instance,convention,value,vehicles,best_known,gap_percent,feasible,seconds,iterations,seed,\
     time_limit_s,step_limit";

/// What tells one run from others: their rows stand in one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunKey<'a> {
    pub(super) instance: &'a str,
    pub(super) convention: &'a str,
    pub(super) seed: u64,
    /// Seconds.
    pub(super) time_limit: Option<f64>,
    pub(super) step_limit: Option<u64>,
}

/// One row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// The name of the instance, with `_m` and the number of paths where these were asked for.
    pub(super) instance: String,
    pub(super) convention: String,
    pub(super) value: String,
    pub(super) vehicles: usize,
    pub(super) best_known: Option<f64>,
    /// By how much the value is worse than the best known one.
    pub(super) gap_percent: Option<f64>,
    pub(super) feasible: bool,
    pub(super) seconds: f64,
    pub(super) iterations: u64,
    pub(super) seed: u64,
    /// Seconds.
    pub(super) time_limit: Option<f64>,
    pub(super) step_limit: Option<u64>,
}

impl Row {
    /// Whether it is the row of this run.
    fn is_of(&self, run: &RunKey<'_>) -> bool {
        self.instance == run.instance
            && self.convention == run.convention
            && self.seed == run.seed
            && self.time_limit == run.time_limit
            && self.step_limit == run.step_limit
    }

    fn line(&self) -> String {
        let Self { instance, convention, value, vehicles, feasible, seconds, iterations, seed, .. } = self;
        let best = self.best_known.map_or_else(String::new, |best| best.to_string());
        let gap = self.gap_percent.map_or_else(String::new, |gap| format!("{gap:.3}"));
        let time = self.time_limit.map_or_else(String::new, |limit| limit.to_string());
        let steps = self.step_limit.map_or_else(String::new, |limit| limit.to_string());
        format!(
            "{instance},{convention},{value},{vehicles},{best},{gap},{feasible},{seconds:.3},{iterations},{seed},{time},{steps}"
        )
    }

    fn parse(line: &str) -> Option<Self> {
        let fields = line.split(',').collect::<Vec<_>>();
        let [
            instance,
            convention,
            value,
            vehicles,
            best,
            gap,
            feasible,
            seconds,
            iterations,
            seed,
            time,
            steps,
        ] = fields[..]
        else {
            return None;
        };
        let optional = |field: &str| if field.is_empty() { Some(None) } else { field.parse().ok().map(Some) };
        Some(Self {
            instance: instance.into(),
            convention: convention.into(),
            value: value.into(),
            vehicles: vehicles.parse().ok()?,
            best_known: optional(best)?,
            gap_percent: optional(gap)?,
            feasible: feasible.parse().ok()?,
            seconds: seconds.parse().ok()?,
            iterations: iterations.parse().ok()?,
            seed: seed.parse().ok()?,
            time_limit: optional(time)?,
            step_limit: if steps.is_empty() { None } else { Some(steps.parse().ok()?) },
        })
    }
}

/// The table, and the file that it stands in.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    rows: Vec<Row>,
}

impl Table {
    /// Opens the table at `path`; a new one where there is none.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut rows = Vec::new();
        for (number, line) in rows::open(path, HEADING)?.iter().enumerate() {
            let Some(row) = Row::parse(line) else {
                bail!(
                    "{}: line {}: found {line:?}, expected a row of {HEADING:?}",
                    path.display(),
                    number + 2
                );
            };
            rows.push(row);
        }
        Ok(Self { path: path.to_owned(), rows })
    }

    /// The row of a run that has been made already.
    pub(super) fn find(&self, run: &RunKey<'_>) -> Option<&Row> {
        self.rows.iter().find(|row| row.is_of(run))
    }

    /// Adds a row, to the file as well.
    pub(super) fn add(&mut self, row: Row) -> Result<()> {
        rows::append(&self.path, &format!("{}\n", row.line()))?;
        self.rows.push(row);
        Ok(())
    }
}

/// What a set of rows says as a whole.
pub(super) fn summary(rows: &[Row]) -> (usize, Option<f64>) {
    let gaps = rows.iter().filter_map(|row| row.gap_percent).collect::<Vec<_>>();
    let mean = (!gaps.is_empty()).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64);
    (gaps.len(), mean)
}

/// One row as a line for people.
pub(super) fn shown(row: &Row) -> String {
    let mut line = format!("{}  {}", visible(&row.instance), row.value);
    if let Some(gap) = row.gap_percent {
        let _ = write!(line, "  {gap:+.2} %");
    }
    if !row.feasible {
        line.push_str("  ✗");
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_back_as_it_was_written() {
        let row = Row {
            instance: "deep/R1_m2".into(),
            convention: "DIMACS".into(),
            value: "827.3".into(),
            vehicles: 10,
            best_known: Some(827.3),
            gap_percent: Some(0.125),
            feasible: true,
            seconds: 2.0,
            iterations: 99,
            seed: 1,
            time_limit: Some(2.5),
            step_limit: None,
        };
        assert_eq!(Row::parse(&row.line()), Some(row.clone()));
        let unlisted = Row { best_known: None, gap_percent: None, ..row };
        assert_eq!(Row::parse(&unlisted.line()), Some(unlisted.clone()));
        let stepped = Row { time_limit: None, step_limit: Some(u64::MAX), ..unlisted };
        assert_eq!(Row::parse(&stepped.line()), Some(stepped));
        assert_eq!(Row::parse("a,b,c"), None);
    }
}
