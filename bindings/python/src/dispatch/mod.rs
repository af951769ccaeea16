//! The handle of a live service. Commands and questions come as the lines of its conversation, answers go as plain values.

mod notices;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use qise_dispatch::{Answer, Asked, Line, Reader, Refusal, Settings, Start};
use qise_io::datum::Datum;
use qise_io::time::Zone;
use qise_journal::{Journal, MemoryJournal, SqliteJournal};
use serde_json::Value;

use crate::argument::seconds;
use crate::error::refused;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::value::python;
use crate::workers::beside;

/// So long the journal is waited for at a time; then signals are looked at.
const SLICE: Duration = Duration::from_millis(20);

/// A table: its name, its columns, and its rows as a list of dicts.
type Rows<'py> = (&'static str, Vec<&'static str>, Bound<'py, PyAny>);

/// A live service. Every call lets other Python threads run.
#[pyclass(frozen, module = "qise._core")]
pub struct Dispatch {
    live: qise_dispatch::Dispatch,
    reader: Reader,
    zone: Zone,
    /// The process that opened it: the thread that writes the journal is in no other.
    opened_by: u32,
    is_closed: AtomicBool,
}

#[pymethods]
impl Dispatch {
    /// Opens a journal: a file, or one in memory without a path. A new one begins with a problem and a plan.
    #[staticmethod]
    fn open(
        py: Python<'_>,
        path: Option<PathBuf>,
        problem: Option<Bound<'_, Problem>>,
        plan: Option<Bound<'_, Plan>>,
        datum: &str,
    ) -> PyResult<Self> {
        let datum = datum_of(datum)?;
        let start = problem.map(|problem| {
            let scenario = problem.get().scenario.clone();
            let plan = match plan {
                Some(plan) => plan.get().stated_for(&problem)?.plan.clone(),
                None => qise::plan::Plan::empty(&scenario.problem),
            };
            Ok::<_, PyErr>(Start { scenario, plan, datum })
        });
        let start = start.transpose()?;
        let opened = beside(py, || -> Result<_, Refusal> {
            let live = match path {
                Some(path) => {
                    let journal = SqliteJournal::open(path)?;
                    qise_dispatch::Dispatch::open(journal, start, Settings::default())?
                }
                None => qise_dispatch::Dispatch::open(MemoryJournal::default(), start, Settings::default())?,
            };
            let zone = live.zone()?;
            Ok((live, zone))
        });
        let (live, zone) = opened.map_err(|refusal| refused(py, &refusal))?;
        let reader = live.reader();
        Ok(Self { live, reader, zone, opened_by: std::process::id(), is_closed: AtomicBool::new(false) })
    }

    /// Decides the command of a line: the number of its entry, the outcome, and whether its key was known.
    fn submit<'py>(&self, py: Python<'py>, line: &str) -> PyResult<(u64, Bound<'py, PyAny>, bool)> {
        let decided = self.beside(py, || match Line::read(line.as_bytes(), &self.zone).asked? {
            Asked::Submit(submit) => self.live.submit(&submit),
            Asked::Question(_) => Err(wrong_kind()),
        })?;
        let Answer { seq, outcome, is_repeated } = decided;
        let outcome = serde_json::to_value(outcome)
            .map_err(|error| PyRuntimeError::new_err(format!("the outcome cannot be told: {error}")))?;
        Ok((seq, python(py, &outcome)?, is_repeated))
    }

    /// Answers the question of a line.
    fn ask<'py>(&self, py: Python<'py>, line: &str) -> PyResult<Bound<'py, PyAny>> {
        let answer = self.beside(py, || match Line::read(line.as_bytes(), &self.zone).asked? {
            Asked::Question(question) => self.reader.ask(&question),
            Asked::Submit(_) => Err(wrong_kind()),
        })?;
        python(py, &answer)
    }

    /// Waits until an entry is durable, without a number the last one that was decided: false when that takes longer than `timeout`
    /// seconds.
    fn wait(&self, py: Python<'_>, seq: Option<u64>, timeout: Option<Bound<'_, PyAny>>) -> PyResult<bool> {
        let limit = seconds("timeout", timeout.as_ref())?;
        let limit = limit.and_then(|limit| Duration::try_from_secs_f64(limit).ok());
        let begun = Instant::now();
        let seq = match seq {
            Some(seq) => seq,
            None => self.beside(py, || self.reader.as_of())?,
        };
        loop {
            let left = limit.map(|limit| limit.saturating_sub(begun.elapsed()));
            let slice = left.map_or(SLICE, |left| left.min(SLICE));
            if self.beside(py, || self.live.wait_durable(seq, slice))? {
                return Ok(true);
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(false);
            }
            py.check_signals()?;
        }
    }

    /// Rows of the tables `events`, `needs` and `assignments`, each with its columns.
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Vec<Rows<'py>>> {
        let tables = self.beside(py, || self.live.tables())?;
        let table = |table: qise_dispatch::Table| {
            let rows = python(py, &Value::Array(table.rows))?;
            Ok((table.name, table.columns.to_vec(), rows))
        };
        tables.into_iter().map(table).collect()
    }

    /// The first `most` durable notices after one that nobody has marked as delivered.
    fn notices<'py>(
        &self,
        py: Python<'py>,
        after: Option<(u64, u32)>,
        most: usize,
    ) -> PyResult<Vec<notices::Told<'py>>> {
        notices::pending(py, self, after, most)
    }

    /// Marks notices as delivered, at a time of the clock on the wall: how many were not marked before.
    fn delivered(&self, py: Python<'_>, notices: Vec<(u64, u32)>, at: i64) -> PyResult<usize> {
        notices::deliver(py, self, &notices, at)
    }

    /// The last entry that is durable.
    #[getter]
    fn durable(&self) -> u64 {
        self.live.durable()
    }

    #[getter]
    fn time_zone(&self) -> &str {
        self.zone.name()
    }

    /// Takes no more, and writes what waits. May be called again.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        // Whoever asks from now on is told so. In another process there is nothing to be written.
        let was_closed = self.is_closed.swap(true, Ordering::AcqRel);
        if self.opened_by != std::process::id() || was_closed {
            return Ok(());
        }
        beside(py, || self.live.close()).map_err(|refusal| refused(py, &refusal))
    }
}

impl Dispatch {
    /// Asks the service while other Python threads run.
    fn beside<R: Send>(
        &self,
        py: Python<'_>,
        ask: impl FnOnce() -> Result<R, Refusal> + Send,
    ) -> PyResult<R> {
        if self.opened_by != std::process::id() {
            let words = qise::text!(
                "the journal was opened by another process: open one in this process",
                "该日志由另一个进程打开：请在本进程中另行打开"
            );
            return Err(refused(py, &Refusal::new("other_process", words)));
        }
        if self.is_closed.load(Ordering::Acquire) {
            let words = qise::text!("the service is closed", "服务已关闭");
            return Err(refused(py, &Refusal::new("closed", words)));
        }
        beside(py, ask).map_err(|refusal| refused(py, &refusal))
    }
}

impl Drop for Dispatch {
    /// A process that was forked has none of the threads that the end of a service waits for: there it is left as it is.
    fn drop(&mut self) {
        if self.opened_by != std::process::id() {
            std::mem::forget(self.reader.clone());
        }
    }
}

/// Whether the journal in a file is whole: numbers of entries and notices, the last entry with its hash, and what is broken, each with
/// its entry, in English and in Chinese.
#[pyfunction]
#[allow(clippy::type_complexity)] // a plain tuple
pub fn verify(
    py: Python<'_>,
    path: PathBuf,
) -> PyResult<(u64, u64, u64, String, Vec<(u64, String, String)>)> {
    let report = beside(py, || -> Result<_, Refusal> {
        let journal = SqliteJournal::open_read_only(path)?;
        Ok(journal.verify(&[])?)
    });
    let report = report.map_err(|refusal| refused(py, &refusal))?;
    let damage = report.damage.iter().map(|damage| (damage.seq, damage.to_string(), damage.text_zh()));
    Ok((report.entries, report.notices, report.head.seq, report.head.hash.to_string(), damage.collect()))
}

/// The package asks commands where commands are due, and questions where questions are.
fn wrong_kind() -> Refusal {
    Refusal::new("conflict", qise::text!("a command and a question are not the same", "命令与提问不可混用"))
}

fn datum_of(word: &str) -> PyResult<Datum> {
    let found = Datum::ALL.iter().copied().find(|datum| datum.as_str() == word);
    found.ok_or_else(|| {
        let all = Datum::ALL.iter().map(|datum| datum.as_str()).collect::<Vec<_>>().join(", ");
        PyValueError::new_err(format!("datum must be one of {all}, not {word:?}"))
    })
}
