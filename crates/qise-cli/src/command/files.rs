//! The files of a command: none is written that is read, and what cannot be written is told before any work.

use std::io;
use std::path::Path;

use anyhow::Result;
use qise::{Text, text};
use qise_io::files::{self, Identity};

use super::Trouble;
use crate::Terminal;
use crate::args::Common;

/// Whether a path means standard input, or standard output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Looks at what a command reads and writes before it does anything.
///
/// What comes back are the options as they hold then: where a document goes to standard output, nothing else is printed there.
///
/// # Errors
/// An output that is an input, or another output; two documents for standard input, or for standard output; a file that could
/// not be written.
pub(super) fn settle<P: AsRef<Path>, Q: AsRef<Path>>(
    common: &Common,
    inputs: &[Option<P>],
    outputs: &[Option<Q>],
) -> Result<Common> {
    let inputs = inputs.iter().flatten().map(AsRef::as_ref).collect::<Vec<&Path>>();
    let outputs = outputs.iter().flatten().map(AsRef::as_ref).collect::<Vec<&Path>>();
    let (read, written) = (count_standard(&inputs), count_standard(&outputs));
    if read > 1 {
        return wrong(text!(
            "only one document can come from standard input (-)",
            "只有一个文件可从标准输入（-）读取"
        ));
    }
    if written > 1 || written == 1 && common.json {
        return wrong(text!(
            "only one document can go to standard output (-, --json)",
            "只有一个文件可写到标准输出（-、--json）"
        ));
    }
    let mut known = Vec::new();
    for path in inputs.iter().filter(|path| !is_standard(path)) {
        known.extend(Identity::of(path).map(|identity| (identity, *path, true)));
    }
    for path in outputs.iter().filter(|path| !is_standard(path)) {
        let Some(identity) = Identity::of(path) else { continue };
        if let Some((_, other, is_input)) = known.iter().find(|(other, ..)| *other == identity) {
            return wrong(same(path, other, *is_input));
        }
        known.push((identity, path, false));
    }
    for path in outputs.iter().filter(|path| !is_standard(path)) {
        files::may_replace(path).map_err(|error| cannot_write(path, &error))?;
    }
    Ok(Common { quiet: common.quiet || written > 0, ..common.clone() })
}

/// Makes sure that no file which a command will write into a folder is one that it reads. `is_written` tells by their names
/// which files it writes there.
///
/// # Errors
/// As [`settle`].
pub(super) fn settle_folder<P: AsRef<Path>>(
    folder: &Path,
    inputs: &[Option<P>],
    is_written: impl Fn(&str) -> bool,
) -> Result<()> {
    let inputs = inputs.iter().flatten().map(AsRef::as_ref).collect::<Vec<&Path>>();
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let known = inputs.iter().filter(|path| !is_standard(path));
    let known = known.filter_map(|path| Some((Identity::of(path)?, *path))).collect::<Vec<_>>();
    for entry in std::fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))? {
        let path = entry.map_err(|error| cannot_read(folder, &error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(identity) = is_written(name).then(|| Identity::of(&path)).flatten() else { continue };
        if let Some((_, input)) = known.iter().find(|(other, _)| *other == identity) {
            return wrong(same(&path, input, true));
        }
    }
    files::may_replace(&folder.join("plan.json")).map_err(|error| cannot_write(folder, &error))?;
    Ok(())
}

/// Refuses `-` for a table that is taken up again where it ended.
///
/// # Errors
/// Where a path is `-`.
pub(super) fn must_be_files(paths: &[Option<&Path>]) -> Result<()> {
    if paths.iter().flatten().any(|path| is_standard(path)) {
        return wrong(text!(
            "a table to which rows are appended must be a file, not -",
            "逐行增长的表格须为文件，不能是 -"
        ));
    }
    Ok(())
}

fn count_standard(paths: &[&Path]) -> usize {
    paths.iter().filter(|path| is_standard(path)).count()
}

fn same(path: &Path, other: &Path, is_input: bool) -> Text {
    let (path, other) = (path.display(), other.display());
    if is_input {
        text!(
            "{path} is not written: it is the same file as the input {other}",
            "不写入 {path}：它与输入 {other} 是同一文件"
        )
    } else {
        text!(
            "{path} and {other} are the same file; each output must be a file of its own",
            "{path} 与 {other} 是同一文件，不能同时写入"
        )
    }
}

fn wrong<T>(words: Text) -> Result<T> {
    Err(Trouble::Argument(words).into())
}

pub(super) fn cannot_read(path: &Path, error: &io::Error) -> Trouble {
    let path = path.display();
    if error.kind() == io::ErrorKind::FileTooLarge {
        let most = files::MOST_OF_A_STREAM >> 20;
        return Trouble::File(text!(
            "cannot read {path}: not a regular file, and larger than {most} MiB",
            "无法读取 {path}：不是普通文件，且超过 {most} MiB"
        ));
    }
    Trouble::File(text!("cannot read {path}: {error}", "无法读取 {path}：{error}"))
}

pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Trouble {
    let path = path.display();
    Trouble::File(text!("cannot write {path}: {error}", "无法写入 {path}：{error}"))
}

/// Reads a file, or standard input where the path says so.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let read = if is_standard(path) { files::read_stream(io::stdin().lock()) } else { files::read(path) };
    read.map_err(|error| cannot_read(path, &error).into())
}

/// Writes a file whole or not at all, or to standard output where the path says so.
pub(super) fn write(path: &Path, text: &str, terminal: &mut Terminal<'_>) -> Result<()> {
    if is_standard(path) {
        terminal.say(text);
        return Ok(());
    }
    let _heeding = terminal.heed();
    files::replace(path, text.as_bytes()).map_err(|error| cannot_write(path, &error).into())
}
