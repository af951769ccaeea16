//! `qise dispatch`: the live service in JSON lines on standard input and output, and what a journal tells without a conversation.

mod inbox;
mod talk;

use std::path::Path;

use anyhow::Result;
use qise::plan::Plan;
use qise::text;
use qise_dispatch::{Engine, Refusal, Settings, Start, replayed};
use qise_io::files;
use qise_journal::{Journal, JournalError, SqliteJournal};
use serde_json::json;

use super::files::cannot_write;
use super::{NONE, Stated, Trouble, read_plan, settle};
use crate::args::{Common, Dispatch};
use crate::{Terminal, exit};
use inbox::Inbox;

pub(crate) fn run(args: &Dispatch, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    if args.verify {
        return verify(&args.journal, common, terminal);
    }
    if args.until.is_some() || args.export.is_some() {
        let journal = SqliteJournal::open_read_only(&args.journal).map_err(failed)?;
        let last = journal.head().map_err(failed)?.seq;
        let until = args.until.unwrap_or(last);
        if last > 0 && !(1..=last).contains(&until) {
            let words = text!(
                "--until {until}: the entries of the journal are 1 to {last}",
                "--until {until}：日志的记录为第 1 至 {last} 条"
            );
            return Err(Trouble::Argument(words).into());
        }
        let Some(engine) = replayed(&journal, None, until).map_err(|refusal| refused(&refusal))? else {
            let words = text!("the journal is empty", "日志为空");
            return Err(Trouble::Argument(words).into());
        };
        return match &args.export {
            Some(folder) => export(&journal, &engine, folder),
            None => talk::about(engine, terminal),
        };
    }
    serve(args, common, terminal)
}

/// Holds the conversation.
fn serve(args: &Dispatch, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    settle(common, &[args.scenario.as_ref(), args.plan.as_ref()], &NONE)?;
    if args.scenario.is_none() && !args.journal.exists() {
        let journal = args.journal.display();
        let words = text!(
            "{journal}: there is no such journal; --scenario says what a new one begins with",
            "{journal}：没有该日志；新日志须用 --scenario 指定场景"
        );
        return Err(Trouble::Argument(words).into());
    }
    let start = args.scenario.as_ref().map(|path| start(path, args.plan.as_deref())).transpose()?;
    let journal = SqliteJournal::open(&args.journal).map_err(failed)?;
    let inbox = Inbox::new();
    let acknowledge = inbox.clone();
    let settings = Settings::default().snapshot_every(args.snapshot_every);
    let settings = settings.on_durable(move |entries| acknowledge.durable(*entries.end()));
    let live =
        qise_dispatch::Dispatch::open(journal, start, settings).map_err(|refusal| refused(&refusal))?;
    talk::with(&live, &inbox, terminal)
}

/// What a new journal begins with.
fn start(path: &Path, plan: Option<&Path>) -> Result<Start> {
    let Stated { scenario, datum, .. } = Stated::read(path)?;
    let plan = match plan {
        Some(plan) => read_plan(&scenario, plan)?.plan,
        None => Plan::empty(&scenario.problem),
    };
    Ok(Start { plan, scenario, datum })
}

/// Says whether a journal is whole.
fn verify(path: &Path, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let journal = SqliteJournal::open_read_only(path).map_err(failed)?;
    let report = journal.verify(&[]).map_err(failed)?;
    if common.json {
        let damage = report.damage.iter().map(
            |damage| json!({ "seq": damage.seq, "text": damage.to_string(), "text_zh": damage.text_zh() }),
        );
        let words = json!({
            "entries": report.entries,
            "notices": report.notices,
            "head": { "seq": report.head.seq, "hash": report.head.hash.to_string() },
            "damage": damage.collect::<Vec<_>>(),
        });
        terminal.say(&format!("{words:#}\n"));
    } else {
        for damage in &report.damage {
            let (seq, en, zh) = (damage.seq, damage.to_string(), damage.text_zh());
            let words = text!("broken at entry {seq}: {en}", "第 {seq} 条记录处损坏：{zh}");
            terminal.complain_line(words.in_lang(common.lang()));
        }
        if report.is_sound() && !common.quiet {
            let (count, hash) = (report.entries, report.head.hash);
            let words = text!(
                "{count} entries, whole; the last is {hash}\n",
                "共 {count} 条记录，完整；末条为 {hash}\n"
            );
            terminal.say(words.in_lang(common.lang()));
        }
    }
    Ok(if report.is_sound() { exit::OK } else { exit::VIOLATIONS })
}

/// Writes the tables of a journal, each file whole or not at all.
fn export(journal: &SqliteJournal, engine: &Engine, folder: &Path) -> Result<u8> {
    let tables = qise_dispatch::export(journal, engine).map_err(|refusal| refused(&refusal))?;
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    for file in tables {
        let path = folder.join(file.name);
        files::replace(&path, file.text.as_bytes()).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(exit::OK)
}

#[allow(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn failed(error: JournalError) -> anyhow::Error {
    Trouble::File(qise::Text::new(error.text(), error.text_zh())).into()
}

fn refused(refusal: &Refusal) -> anyhow::Error {
    if refusal.faults.is_empty() {
        return Trouble::File(refusal.text.clone()).into();
    }
    Trouble::Document { name: "journal".into(), faults: qise::Faults(refusal.faults.clone()) }.into()
}
