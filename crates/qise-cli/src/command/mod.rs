//! One file for each command.

pub(crate) mod bench;
pub(crate) mod bound;
pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod fairness;
pub(crate) mod frontier;
pub(crate) mod generate;
pub(crate) mod improve;
pub(crate) mod neutral;
pub(crate) mod rank;
pub(crate) mod schema;
mod search;
pub(crate) mod solve;

use std::fmt;
use std::io;
use std::path::Path;

use anyhow::Result;
use qise::model::NeedId;
use qise::{Faults, Problem, Text, text};
use qise_io::{PlanDocument, Scenario};
use serde_json::json;

use crate::args::Common;
use crate::{Terminal, exit, show};

/// What keeps a command from being done.
#[derive(Debug)]
enum Trouble {
    /// An argument that only the command can tell to be wrong.
    Argument(Text),
    /// A document with faults, and its name.
    Document { name: String, faults: Faults },
    /// A file that cannot be read or written.
    File(Text),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(words) | Self::File(words) => words.fmt(f),
            Self::Document { name, faults } => write!(f, "{name}: {faults}"),
        }
    }
}

impl std::error::Error for Trouble {}

fn cannot_read(path: &Path, error: &io::Error) -> Trouble {
    let path = path.display();
    Trouble::File(text!("cannot read {path}: {error}", "无法读取 {path}:{error}"))
}

fn cannot_write(path: &Path, error: &io::Error) -> Trouble {
    let path = path.display();
    Trouble::File(text!("cannot write {path}: {error}", "无法写入 {path}:{error}"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| cannot_read(path, &error).into())
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|error| cannot_write(path, &error).into())
}

/// Finds out early what would keep a file from being written after a long search; the file itself is not touched.
fn may_write(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let error = match std::fs::metadata(folder) {
        Err(error) => error,
        Ok(folder) if !folder.is_dir() => io::ErrorKind::NotADirectory.into(),
        Ok(_) if path.is_dir() => io::ErrorKind::IsADirectory.into(),
        Ok(_) => return Ok(()),
    };
    Err(cannot_write(path, &error).into())
}

fn faulty<T>(path: &Path, read: Result<T, Faults>) -> Result<T> {
    read.map_err(|faults| Trouble::Document { name: path.display().to_string(), faults }.into())
}

fn read_scenario(path: &Path) -> Result<Scenario> {
    faulty(path, qise_io::read_scenario(&read(path)?))
}

/// The need of an id.
fn find_need(problem: &Problem, id: &str) -> Result<NeedId> {
    let keys = || problem.needs().iter().map(|need| need.key.as_str());
    keys().position(|key| key == id).map(NeedId::new).ok_or_else(|| {
        let words = match like(keys(), id) {
            Some(near) => text!(
                "--need: the scenario has no need {id:?} (did you mean {near:?}?)",
                "--need:场景中没有需求 {id:?}(是否指 {near:?}?)"
            ),
            None => text!("--need: the scenario has no need {id:?}", "--need:场景中没有需求 {id:?}"),
        };
        Trouble::Argument(words).into()
    })
}

/// The id that somebody may have meant.
fn like<'k>(keys: impl Iterator<Item = &'k str>, id: &str) -> Option<&'k str> {
    let likeness = |key: &str| strsim::jaro_winkler(key, id);
    let near = keys.filter(|key| likeness(key) > 0.8);
    near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

/// Reads a plan: a table where the name of the file says so, else a document.
fn read_plan(scenario: &Scenario, path: &Path) -> Result<PlanDocument> {
    let bytes = read(path)?;
    let is_table = path
        .extension()
        .is_some_and(|ending| ["csv", "tsv"].iter().any(|table| ending.eq_ignore_ascii_case(table)));
    let reader = if is_table { qise_io::read_plan_table } else { qise_io::read_plan };
    faulty(path, reader(&scenario.problem, &scenario.zone, &bytes))
}

/// So many faults are told in words; `--json` tells them all.
const MOST_FAULTS: usize = 200;

/// Tells what went wrong, every fault on a line of its own, and picks the exit code.
pub(crate) fn report(error: &anyhow::Error, common: &Common, terminal: &mut Terminal<'_>) -> u8 {
    let lang = common.lang();
    match error.downcast_ref::<Trouble>() {
        Some(Trouble::Document { name, faults }) => {
            if common.json {
                terminal.say(&as_json(name, faults));
            } else {
                let count = faults.0.len();
                let faulty = show::count(count, "fault");
                let head = text!("{name}: {faulty}\n", "{name}:{count} 处错误\n");
                terminal.complain(head.in_lang(lang));
                for fault in faults.0.iter().take(MOST_FAULTS) {
                    terminal.complain(&format!("  {}\n", fault.message().in_lang(lang)));
                }
                if count > MOST_FAULTS {
                    let more = count - MOST_FAULTS;
                    let words = text!(
                        "  … and {more} more: --json lists all\n",
                        "  …… 另有 {more} 处,--json 列出全部\n"
                    );
                    terminal.complain(words.in_lang(lang));
                }
            }
            exit::FAULTS
        }
        Some(Trouble::Argument(words)) => {
            terminal.complain(&format!("qise: {}\n", words.in_lang(lang)));
            exit::USAGE
        }
        Some(Trouble::File(words)) => {
            terminal.complain(&format!("qise: {}\n", words.in_lang(lang)));
            exit::FILES
        }
        None => {
            terminal.complain(&format!("qise: {error:#}\n"));
            exit::FILES
        }
    }
}

/// The faults of a document as data.
fn as_json(name: &str, faults: &Faults) -> String {
    let faults = faults.0.iter().map(|fault| {
        let message = fault.message();
        json!({
            "path": fault.path,
            "code": fault.code.as_str(),
            "found": fault.found.en,
            "expected": fault.expected.en,
            "hint": fault.hint.en,
            "message": message.en,
            "message_zh": message.zh,
        })
    });
    format!("{:#}\n", json!({ "document": name, "faults": faults.collect::<Vec<_>>() }))
}
