//! Tables as spreadsheets save them: rows of cells, quoted where they must be (RFC 4180).

use qise::model::{Code, Fault};
use qise::{Faults, Text, text};

/// A row that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line on which it begins, counted from 1.
    pub(super) line: usize,
    /// The cells, without blanks at their ends.
    pub(super) cells: Vec<String>,
}

/// What may stand between cells; the one that stands most often in the first line does.
const SEPARATORS: [char; 4] = [',', '\t', ';', '\u{ff0c}'];

/// The rows of a table in UTF-8, with a byte order mark or without.
///
/// # Errors
/// Bytes that are no UTF-8, or a quote that does not end.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, Faults> {
    let fault = |path: String, found: Text, hint: Text| {
        let expected = text!("a table in UTF-8, one row a line", "UTF-8 表格，每行一条");
        Faults(vec![Fault::new(path, Code::Syntax, found, expected).hint(hint)])
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let words = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let found = text!("bytes that are not UTF-8, from byte {at}", "自第 {at} 字节起不是 UTF-8");
        let hint = text!("save the table as \"CSV UTF-8\", not as GBK", "请另存为“CSV UTF-8”，而非 GBK");
        fault("line 1".into(), found, hint)
    })?;
    let first = words.lines().next().unwrap_or_default();
    let count = |separator: &char| first.matches(*separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(',');

    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begun, mut quoted) = (1, 1, false);
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                keep(&mut rows, begun, std::mem::take(&mut cells));
                begun = line + 1;
            }
            other if other == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
        line += usize::from(letter == '\n');
    }
    if quoted {
        let found = text!("a quote that does not end", "引号没有结束");
        return Err(fault(format!("line {begun}"), found, Text::default()));
    }
    cells.push(cell);
    keep(&mut rows, begun, cells);
    Ok(rows)
}

fn keep(rows: &mut Vec<Row>, line: usize, cells: Vec<String>) {
    let cells = cells.into_iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    if cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(Row { line, cells });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Vec<(usize, Vec<String>)> {
        let rows = rows(words.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
        rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let cells = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        let table = "\u{feff}need,volunteer\r\n\"a, \"\"b\"\"\n c\", 萨仁 \r\n\r\n,\r\nx\n";
        let expected =
            [(1, cells(&["need", "volunteer"])), (2, cells(&["a, \"b\"\n c", "萨仁"])), (6, cells(&["x"]))];
        assert_eq!(read(table), expected);
        assert_eq!(read("需求;志愿者\na;b"), [(1, cells(&["需求", "志愿者"])), (2, cells(&["a", "b"]))]);
        assert_eq!(read("need\tvolunteer\na,b\tc")[1].1, cells(&["a,b", "c"]));
        assert_eq!(read(""), []);
    }

    #[test]
    fn refuses_what_is_no_table() {
        assert!(rows(b"need,\"volunteer\na").is_err_and(|faults| faults.0[0].path == "line 1"));
        let faults = rows(&[0xd0, 0xe8, 0xc7, 0xf3]).expect_err("GBK");
        assert!(faults.0[0].hint.en.contains("CSV UTF-8"));
    }
}
