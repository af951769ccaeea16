//! The table of results, which grows by one row as each instance ends, so that a run can be stopped and taken up again.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const HEADING: &str =
    "instance,convention,value,vehicles,best_known,gap_percent,feasible,seconds,iterations,seed";

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
}

impl Row {
    /// Whether both say the same of the same run.
    fn is_of(&self, instance: &str, convention: &str, seed: u64) -> bool {
        self.instance == instance && self.convention == convention && self.seed == seed
    }

    fn line(&self) -> String {
        let Self { instance, convention, value, vehicles, feasible, seconds, iterations, seed, .. } = self;
        let best = self.best_known.map_or_else(String::new, |best| best.to_string());
        let gap = self.gap_percent.map_or_else(String::new, |gap| format!("{gap:.3}"));
        format!(
            "{instance},{convention},{value},{vehicles},{best},{gap},{feasible},{seconds:.3},{iterations},{seed}"
        )
    }

    fn parse(line: &str) -> Option<Self> {
        let fields = line.split(',').collect::<Vec<_>>();
        let [instance, convention, value, vehicles, best, gap, feasible, seconds, iterations, seed] =
            fields[..]
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
    /// Opens the table at `path`; a new one where there is none. A row that was cut off while it was written is dropped.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let words = match std::fs::read_to_string(path) {
            Ok(words) => words,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let whole = words.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = words[..whole].lines();
        match lines.next() {
            None => replace(path, &format!("{HEADING}\n"))?,
            Some(HEADING) if whole < words.len() => replace(path, &words[..whole])?,
            Some(HEADING) => {}
            Some(other) => bail!("{}: line 1: found {other:?}, expected {HEADING:?}", path.display()),
        }
        let mut rows = Vec::new();
        for (number, line) in lines.enumerate() {
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
    pub(super) fn find(&self, instance: &str, convention: &str, seed: u64) -> Option<&Row> {
        self.rows.iter().find(|row| row.is_of(instance, convention, seed))
    }

    /// Adds a row, to the file as well.
    pub(super) fn add(&mut self, row: Row) -> Result<()> {
        append(&self.path, &format!("{}\n", row.line()))?;
        self.rows.push(row);
        Ok(())
    }
}

fn replace(path: &Path, words: &str) -> Result<()> {
    std::fs::write(path, words).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds words to the end of a file.
pub(super) fn append(path: &Path, words: &str) -> Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(words.as_bytes()));
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// What a set of rows says as a whole.
pub(super) fn summary(rows: &[Row]) -> (usize, Option<f64>) {
    let gaps = rows.iter().filter_map(|row| row.gap_percent).collect::<Vec<_>>();
    let mean = (!gaps.is_empty()).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64);
    (gaps.len(), mean)
}

/// One row as a line for people.
pub(super) fn shown(row: &Row) -> String {
    let mut line = format!("{}  {}", row.instance, row.value);
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
        };
        assert_eq!(Row::parse(&row.line()), Some(row.clone()));
        let unlisted = Row { best_known: None, gap_percent: None, ..row };
        assert_eq!(Row::parse(&unlisted.line()), Some(unlisted));
        assert_eq!(Row::parse("a,b,c"), None);
    }
}
