//! How the best value of each instance improves over time, as a table and as a picture.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use qise_io::files;

use super::rows;
use crate::show::plot::{Curve, Point, plot};

const HEADING: &str = "instance,seconds,iterations,value";

/// The improvements of one run.
#[derive(Debug, Default)]
pub(super) struct Improvements(Vec<(f64, u64, f64)>);

impl Improvements {
    /// Notes a value, unless it is the one that was noted last.
    pub(super) fn note(&mut self, seconds: f64, iterations: u64, value: f64) {
        if self.0.last().is_none_or(|last| last.2.total_cmp(&value).is_ne()) {
            self.end(seconds, iterations, value);
        }
    }

    /// Notes the value at the end, so that the curve goes on to there.
    pub(super) fn end(&mut self, seconds: f64, iterations: u64, value: f64) {
        self.0.push((seconds, iterations, value));
    }
}

/// The picture of the table at `path`.
pub(super) fn picture(path: &Path) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".svg");
    path.into()
}

/// The table of improvements.
#[derive(Debug)]
pub(super) struct Trace {
    path: PathBuf,
}

impl Trace {
    /// Opens the table at `path`; what stands there stays.
    pub(super) fn open(path: &Path) -> Result<Self> {
        rows::open(path, HEADING)?;
        Ok(Self { path: path.to_owned() })
    }

    /// Adds the improvements of one instance.
    pub(super) fn add(&self, instance: &str, improvements: &Improvements) -> Result<()> {
        let mut lines = String::new();
        for (seconds, iterations, value) in &improvements.0 {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{instance},{seconds:.4},{iterations},{value}");
        }
        rows::append(&self.path, &lines)
    }

    /// Draws the whole table. `gap`: by how many percent a value of an instance is worse than the best known one.
    pub(super) fn draw(&self, title: &str, gap: impl Fn(&str, f64) -> Option<f64>) -> Result<()> {
        let words = std::fs::read_to_string(&self.path);
        let words = words.with_context(|| format!("cannot read {}", self.path.display()))?;
        let mut curves: Vec<Curve> = Vec::new();
        for line in words.lines().skip(1) {
            let mut fields = line.split(',');
            let (Some(name), Some(seconds), Some(_), Some(value)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let (Ok(seconds), Ok(value)) = (seconds.parse(), value.parse()) else { continue };
            // A run that was made again starts a curve of its own.
            let goes_on = |curve: &&mut Curve| {
                curve.name == name && curve.points.last().is_some_and(|last: &Point| last.seconds <= seconds)
            };
            let point = Point { seconds, value, gap: gap(name, value) };
            match curves.last_mut().filter(goes_on) {
                Some(curve) => curve.points.push(point),
                None => curves.push(Curve { name: name.to_owned(), points: vec![point] }),
            }
        }
        if curves.is_empty() {
            return Ok(());
        }
        let path = picture(&self.path);
        files::replace(&path, plot(title, &curves).as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))
    }
}
