//! One file for each command.

mod afterwards;
pub(crate) mod bench;
pub(crate) mod bound;
pub(crate) mod check;
pub(crate) mod coverage;
pub(crate) mod diff;
pub(crate) mod dispatch;
pub(crate) mod explain;
pub(crate) mod fairness;
mod files;
pub(crate) mod frontier;
pub(crate) mod generate;
pub(crate) mod improve;
pub(crate) mod ledger;
pub(crate) mod neutral;
pub(crate) mod rank;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod schema;
mod search;
pub(crate) mod solve;
mod told;

use std::fmt;
use std::path::Path;

use anyhow::Result;
use qise::model::NeedId;
use qise::plan::Plan;
use qise::{Faults, Lang, Problem, Text, text};
use qise_io::datum::Datum;
use qise_io::visible::visible;
use qise_io::{PlanDocument, Scenario};
use qise_ledger::{Book, Form, Ledger, read_ledger};
use serde_json::json;

use crate::args::Common;
use crate::{Terminal, exit, show};
use files::{is_standard, read, settle, settle_folder, write};
use told::judged;

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

fn faulty<T>(path: &Path, read: Result<T, Faults>) -> Result<T> {
    read.map_err(|faults| {
        let name = if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() };
        Trouble::Document { name, faults }.into()
    })
}

/// A scenario as its file states it.
struct Stated {
    scenario: Scenario,
    datum: Datum,
    /// The ledger that it stands in, with the book that this was read from.
    ledger: Option<(Book, Ledger)>,
}

impl Stated {
    /// Reads a ledger where the path names a workbook or a folder, else a document.
    fn read(path: &Path) -> Result<Self> {
        if is_standard(path) || Form::of(path).is_none() {
            let bytes = read(path)?;
            let scenario = faulty(path, qise_io::read_scenario(&bytes))?;
            return Ok(Self { scenario, datum: qise_io::scenario_datum(&bytes), ledger: None });
        }
        let book = Book::open(path).map_err(|unreadable| {
            let (path, Text { en, zh }) = (unreadable.path.display(), &unreadable.why);
            Trouble::File(text!("cannot read {path}: {en}", "无法读取 {path}：{zh}"))
        })?;
        let stem = path.file_stem().map_or("台账".into(), |stem| stem.to_string_lossy());
        let ledger = faulty(path, read_ledger(&book, &stem))?;
        Ok(Self { scenario: ledger.scenario.clone(), datum: ledger.datum, ledger: Some((book, ledger)) })
    }

    /// What is legal in it and surely wrong, or not read.
    fn warnings(&self) -> Vec<Text> {
        let (told, own) = match &self.ledger {
            Some((book, ledger)) => (ledger.told.clone(), ledger.warnings(book)),
            None => (Vec::new(), self.scenario.warnings()),
        };
        told.into_iter().chain(own.into_iter().map(|warning| warning.message())).collect()
    }
}

fn read_scenario(path: &Path) -> Result<Scenario> {
    Stated::read(path).map(|stated| stated.scenario)
}

/// So many warnings are told.
const MOST_WARNINGS: usize = 20;

/// Reads a scenario, and tells on standard error what is legal in it and surely wrong.
fn open_scenario(path: &Path, common: &Common, terminal: &mut Terminal<'_>) -> Result<Scenario> {
    let stated = Stated::read(path)?;
    let (lang, name) = (common.lang(), path.display());
    let warnings = if common.quiet { Vec::new() } else { stated.warnings() };
    for Text { en, zh } in warnings.iter().take(MOST_WARNINGS) {
        let words = text!("{name}: warning: {en}", "{name}：警告：{zh}");
        terminal.complain(&(visible(words.in_lang(lang)).into_owned() + "\n"));
    }
    if warnings.len() > MOST_WARNINGS {
        let more = warnings.len() - MOST_WARNINGS;
        let words = text!("{name}: … and {more} more warnings\n", "{name}:…… 另有 {more} 条警告\n");
        terminal.complain(words.in_lang(lang));
    }
    Ok(stated.scenario)
}

/// The need of an id, or of a name that no other has.
fn find_need(problem: &Problem, id: &str) -> Result<NeedId> {
    let keys = || problem.needs().iter().map(|need| need.key.as_str());
    qise_io::meant::need(problem, id).ok_or_else(|| {
        let words = match like(keys(), id) {
            Some(near) => text!(
                "--need: the scenario has no need {id:?} (did you mean {near:?}?)",
                "--need：场景中没有需求 {id:?}（是否指 {near:?}?）"
            ),
            None => text!("--need: the scenario has no need {id:?}", "--need：场景中没有需求 {id:?}"),
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

/// Whether a plan is a table.
fn is_table(path: &Path, bytes: &[u8]) -> bool {
    if is_standard(path) {
        return bytes.trim_ascii_start().first().is_some_and(|&first| first != b'{');
    }
    let ending = path.extension();
    ending.is_some_and(|ending| ["csv", "tsv"].iter().any(|table| ending.eq_ignore_ascii_case(table)))
}

/// Reads a plan: a table where the name of the file says so, or what comes from standard input is no object; else a document.
fn read_plan(scenario: &Scenario, path: &Path) -> Result<PlanDocument> {
    if Form::of(path) == Some(Form::Workbook) {
        let path = path.display();
        return Err(Trouble::Argument(text!(
            "{path}: a workbook of a plan is for people; --plan reads documents (.json) and tables (.csv)",
            "{path}：计划工作簿仅供人阅读；--plan 可读取文件（.json）和表格（.csv）"
        ))
        .into());
    }
    let bytes = read(path)?;
    let reader = if is_table(path, &bytes) { qise_io::read_plan_table } else { qise_io::read_plan };
    faulty(path, reader(&scenario.problem, &scenario.zone, &bytes))
}

/// No paths.
const NONE: [Option<&Path>; 0] = [];

/// Reads a plan to start from; what the scenario does not know of it is told and left out.
fn read_warm(scenario: &Scenario, path: &Path, common: &Common, terminal: &mut Terminal<'_>) -> Result<Plan> {
    let bytes = read(path)?;
    let reader = if is_table(path, &bytes) { qise_io::read_warm_table } else { qise_io::read_warm };
    let warm = faulty(path, reader(&scenario.problem, &scenario.zone, &bytes))?;
    told::tell_gone(path, &warm.gone, common, terminal);
    Ok(warm.plan)
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
                let head = text!("{name}: {faulty}", "{name}:{count} 处错误");
                terminal.complain_line(head.in_lang(lang));
                for fault in faults.0.iter().take(MOST_FAULTS) {
                    terminal.complain_line(&format!("  {}", fault.message().in_lang(lang)));
                }
                if count > MOST_FAULTS {
                    let more = count - MOST_FAULTS;
                    let words = text!(
                        "  … and {more} more: --json lists all\n",
                        "  …… 另有 {more} 处，--json 列出全部\n"
                    );
                    terminal.complain(words.in_lang(lang));
                }
            }
            exit::FAULTS
        }
        Some(Trouble::Argument(words)) => {
            terminal.complain_line(&format!("qise: {}", words.in_lang(lang)));
            exit::USAGE
        }
        Some(Trouble::File(words)) => {
            terminal.complain_line(&format!("qise: {}", words.in_lang(lang)));
            exit::FILES
        }
        None => {
            terminal.complain_line(&format!("qise: {error:#}"));
            exit::FILES
        }
    }
}

/// The exit code of a command that ended with `code`: another one where what it had to say could not be said.
pub(crate) fn ended(code: u8, lang: Lang, terminal: &mut Terminal<'_>) -> u8 {
    let Some(error) = terminal.lost() else { return code };
    let words = text!("qise: cannot write to standard output: {error}", "qise：无法写入标准输出：{error}");
    terminal.complain_line(words.in_lang(lang));
    exit::FILES
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
