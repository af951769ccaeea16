//! Columns that line up, whatever the script.

use unicode_width::UnicodeWidthStr;

/// The text and as many blanks as it takes to fill `width` columns of a terminal.
pub fn pad(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

/// Rows of cells, each column as wide as its widest cell, with `indent` blanks before and two between. The last cell of a row makes
/// no column wider: nothing stands behind it.
pub fn rows(indent: usize, rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |c: usize| rows.iter().filter(|row| row.len() > c + 1).map(|row| row[c].width()).max().unwrap_or(0);
    let widths = (0..columns).map(width).collect::<Vec<_>>();
    let mut out = String::new();
    for row in rows {
        // A column in which nothing stands takes no room.
        let cells = row.iter().enumerate().filter(|&(c, cell)| widths[c] > 0 || !cell.is_empty());
        let cells = cells.map(|(c, cell)| pad(cell, widths[c]));
        let cells = cells.collect::<Vec<_>>();
        out.push_str(&" ".repeat(indent));
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_cell_makes_no_column_wider() {
        let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        let table =
            rows(0, &[row(&["1", "a", "", "b"]), row(&["22", "a long story"]), row(&["3", "", "", ""])]);
        assert_eq!(table, "1   a  b\n22  a long story\n3\n");
    }

    #[test]
    fn chinese_and_latin_cells_line_up() {
        let table = rows(1, &[vec!["萨仁".into(), "08:00".into()], vec!["abc".into(), "09:00".into()]]);
        assert_eq!(table, " 萨仁  08:00\n abc   09:00\n");
    }
}
