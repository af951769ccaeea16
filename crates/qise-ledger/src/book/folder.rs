//! Folders of tables in CSV.

use std::fs;
use std::path::Path;

use csv::{ReaderBuilder, WriterBuilder};
use encoding_rs::GB18030;
use qise::{Text, text};

use super::{Book, Cell, Looks, Sheet, Unreadable};
use crate::table::sheet_of;

/// Marks UTF-8 for spreadsheet programs.
const MARK: &str = "\u{feff}";

/// Reads all CSV files of a folder, by name.
pub(super) fn read(path: &Path) -> Result<Book, Unreadable> {
    let unreadable = |path: &Path, why: Text| Unreadable { path: path.to_owned(), why };
    let of_io = |error: std::io::Error| unreadable(path, Text::same(error.to_string()));
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(of_io)? {
        let file = entry.map_err(of_io)?.path();
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(unreadable(path, text!("no CSV files in this folder", "此文件夹中没有 CSV 文件")));
    }
    let stem =
        |file: &std::path::PathBuf| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !files.iter().any(|file| sheet_of(&stem(file)).is_some()) {
        let why = text!(
            "no table of a ledger in this folder, such as 需求.csv or needs.csv",
            "此文件夹中没有台账的表，如 需求.csv、needs.csv"
        );
        return Err(unreadable(path, why));
    }
    files.sort();
    let sheet = |file: &std::path::PathBuf| {
        let bytes =
            qise_io::files::read(file).map_err(|error| unreadable(file, Text::same(error.to_string())))?;
        let name = stem(file);
        let rows = rows(&bytes).map_err(|why| unreadable(file, why))?;
        Ok(Sheet { name, rows, looks: Looks::default() })
    };
    Ok(Book { sheets: files.iter().map(sheet).collect::<Result<_, _>>()? })
}

/// The rows of a table: UTF-8, or else GB 18030, which GBK and GB 2312 are part of; parted by commas, semicolons or tabs.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<Vec<Cell>>, Text> {
    let words = if let Ok(words) = std::str::from_utf8(bytes) {
        std::borrow::Cow::Borrowed(words)
    } else {
        let (words, is_broken) = GB18030.decode_without_bom_handling(bytes);
        if is_broken {
            return Err(text!("neither UTF-8 nor GBK", "既不是 UTF-8，也不是 GBK 编码"));
        }
        words
    };
    let words = words.strip_prefix(MARK).unwrap_or(&words);
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter =
        [',', ';', '\t'].into_iter().max_by_key(|&sign| (count(sign), sign == ',')).unwrap_or(',');
    let words = with_empty_lines(words, delimiter);
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(words.as_bytes());
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|error| text!("{error}", "{error}"))?;
        rows.push(record.iter().map(|words| Cell::of_text(unguarded(words))).collect());
    }
    Ok(rows)
}

/// The table with a delimiter in each empty line, which would be passed over: cells are named by the lines of a spreadsheet.
fn with_empty_lines(words: &str, delimiter: char) -> String {
    let (mut all, mut is_quoted) = (String::with_capacity(words.len()), false);
    for line in words.split_inclusive('\n') {
        if !is_quoted && line.trim_end_matches(['\r', '\n']).is_empty() {
            all.push(delimiter);
        }
        is_quoted ^= line.bytes().filter(|&b| b == b'"').count() % 2 == 1;
        all.push_str(line);
    }
    all
}

/// Writes a file for each sheet. What begins like a formula gets an apostrophe, as spreadsheet programs would run it.
pub(super) fn write(book: &Book, path: &Path) -> Result<(), Unreadable> {
    let unreadable = |path: &Path, error: std::io::Error| Unreadable {
        path: path.to_owned(),
        why: Text::same(error.to_string()),
    };
    fs::create_dir_all(path).map_err(|error| unreadable(path, error))?;
    for sheet in &book.sheets {
        let file = path.join(format!("{}.csv", sheet.name));
        let bytes = table(sheet).map_err(|error| unreadable(&file, error))?;
        qise_io::files::replace(&file, &bytes).map_err(|error| unreadable(&file, error))?;
    }
    Ok(())
}

fn table(sheet: &Sheet) -> std::io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(MARK.as_bytes().to_vec());
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &sheet.rows {
        let cells = (0..width).map(|c| row.get(c).map(Cell::words).unwrap_or_default());
        writer.write_record(cells.map(|words| guarded(&words)))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// Words that no spreadsheet program takes for a formula: with an apostrophe before them where they begin like one.
fn guarded(words: &str) -> String {
    if begins_like_a_formula(words) { format!("'{words}") } else { words.to_owned() }
}

/// Words without the apostrophe that guards them.
fn unguarded(words: &str) -> &str {
    words.strip_prefix('\'').filter(|rest| begins_like_a_formula(rest)).unwrap_or(words)
}

/// Whether words begin like a formula, behind apostrophes that guard them.
fn begins_like_a_formula(words: &str) -> bool {
    let bare = words.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r'])
        && (bare.parse::<f64>().is_err() || bare.len() < words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for words in ["=cmd()", "+86 138", "-x", "@a", "'=x", "''+1", "'tis", "-3.5", "'-3.5", "plain"] {
            assert_eq!(unguarded(&guarded(words)), words, "{words}");
        }
        assert_eq!(guarded("=cmd()"), "'=cmd()");
        assert_eq!(guarded("-3.5"), "-3.5");
    }

    #[test]
    fn tables_are_read_in_both_encodings() {
        let words = "编号,地点\n\nn1,\"巴彦浩特, 王府街\"\n";
        let (gbk, ..) = encoding_rs::GBK.encode(words);
        for bytes in [words.as_bytes(), &gbk, [MARK.as_bytes(), words.as_bytes()].concat().as_slice()] {
            let rows = rows(bytes).unwrap();
            let last = rows.last().unwrap();
            assert_eq!(last, &[Cell::of_text("n1"), Cell::of_text("巴彦浩特, 王府街")]);
        }
        assert_eq!(rows(b"a;b\n1;2\n").unwrap()[1].len(), 2);
        assert_eq!(rows(b"a\tb\n\n1\t2\n").unwrap().len(), 3, "an empty line is a row");
    }
}
