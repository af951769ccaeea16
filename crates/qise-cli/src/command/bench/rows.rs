//! Tables that grow by a row as each instance ends, so that a run can be stopped and taken up again.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use qise_io::files;

/// The rows of the table at `path`; a new table where there is none. A row, or a heading, that was cut off while it was written is
/// dropped.
///
/// # Errors
/// A file that is no table with this heading: it is left as it is.
pub(super) fn open(path: &Path, heading: &str) -> Result<Vec<String>> {
    let words = match std::fs::read_to_string(path) {
        Ok(words) => words,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let whole = words.rfind('\n').map_or(0, |end| end + 1);
    if whole == 0 {
        if !heading.starts_with(&words) {
            bail!(
                "{}: found {:?}, expected a table with the heading {heading:?}",
                path.display(),
                cut(&words)
            );
        }
        replace(path, &format!("{heading}\n"))?;
        return Ok(Vec::new());
    }
    let mut lines = words[..whole].lines();
    if let Some(other) = lines.next().filter(|&first| first != heading) {
        bail!("{}: line 1: found {:?}, expected {heading:?}", path.display(), cut(other));
    }
    if whole < words.len() {
        replace(path, &words[..whole])?;
    }
    Ok(lines.map(str::to_owned).collect())
}

/// The beginning of a text, for a message.
fn cut(words: &str) -> &str {
    words.char_indices().nth(200).map_or(words, |(end, _)| &words[..end])
}

fn replace(path: &Path, words: &str) -> Result<()> {
    files::replace(path, words.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds words to the end of a file: all of them, or none.
///
/// # Errors
/// Where they cannot be written.
pub(super) fn append(path: &Path, words: &str) -> Result<()> {
    let add = || {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let before = file.metadata()?.len();
        file.write_all(words.as_bytes()).inspect_err(|_| {
            // What was cut off would be dropped when the table is opened again, if this fails as well.
            let _ = file.set_len(before);
        })
    };
    add().with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_of_ours_are_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("table.csv");
        let stands = |words: &str| assert_eq!(std::fs::read_to_string(&path).expect("readable"), words);
        for foreign in ["notes without a line break", "a,b,c\n1,2,3\n", "x", "\n"] {
            std::fs::write(&path, foreign).expect("writable");
            assert!(open(&path, "a,b").is_err(), "{foreign:?}");
            stands(foreign);
        }
        for begun in ["", "a", "a,b"] {
            std::fs::write(&path, begun).expect("writable");
            assert_eq!(open(&path, "a,b").expect("a table"), Vec::<String>::new());
            stands("a,b\n");
        }
        append(&path, "1,2\n").expect("writable");
        append(&path, "3,").expect("writable");
        assert_eq!(open(&path, "a,b").expect("a table"), ["1,2"]);
        stands("a,b\n1,2\n");
    }
}
