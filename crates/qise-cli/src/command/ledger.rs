//! `qise convert` and `qise template`: scenarios as ledgers, and back.

use std::path::Path;

use anyhow::Result;
use qise::{Text, text};
use qise_io::write_scenario;
use qise_ledger::{Book, Form};

use super::{NONE, Trouble, is_standard, open_scenario, settle, write};
use crate::args::{Common, Convert, Template};
use crate::{Terminal, exit};

/// Writes a scenario in another form.
pub(crate) fn convert(args: &Convert, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let is_document = is_standard(&args.to)
        || args.to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let outputs =
        [Some(&args.to).filter(|_| is_document || Form::for_writing(&args.to) == Some(Form::Workbook))];
    let common = &settle(common, &[Some(&args.from)], &outputs)?;
    let scenario = open_scenario(&args.from, common, terminal)?;
    if is_document {
        write(&args.to, &write_scenario(&scenario.problem, &scenario.zone), terminal)?;
    } else {
        save(&qise_ledger::write_ledger(&scenario, common.lang()), &args.to, terminal)?;
    }
    Ok(exit::OK)
}

/// Writes an empty ledger.
pub(crate) fn template(args: &Template, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let outputs = [Some(&args.file).filter(|path| Form::for_writing(path) == Some(Form::Workbook))];
    let common = &settle(common, &NONE, &outputs)?;
    save(&qise_ledger::template(common.lang()), &args.file, terminal)?;
    let file = args.file.display();
    let words = text!(
        "{file}: fill in the sheets needs and volunteers, then: qise solve {file}\n",
        "{file}：填写“需求”和“志愿者”两表后运行：qise solve {file}\n"
    );
    if !common.quiet {
        terminal.say(words.in_lang(common.lang()));
    }
    Ok(exit::OK)
}

/// Writes a book as a workbook, or as a folder of tables.
pub(super) fn save(book: &Book, path: &Path, terminal: &mut Terminal<'_>) -> Result<()> {
    let _heeding = terminal.heed();
    book.save(path).map_err(|unreadable| {
        let (path, Text { en, zh }) = (unreadable.path.display(), &unreadable.why);
        Trouble::File(text!("cannot write {path}: {en}", "无法写入 {path}：{zh}")).into()
    })
}
