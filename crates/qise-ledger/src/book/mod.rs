//! A ledger as a book of sheets of cells, whichever file it comes from.

mod folder;
mod workbook;

use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use qise::model::Time;
use qise::{Text, text};
use qise_io::time::Zone;

use crate::say::words::{NEXT, is_blank};
pub(crate) use workbook::{MOST_CHARACTERS, written};

/// Sheets by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// In order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: rows of cells from the first row and column on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name, or the name of its file without the ending.
    pub name: String,
    /// Rows may differ in length.
    pub rows: Vec<Vec<Cell>>,
    /// How it is shown.
    pub looks: Looks,
}

/// What helps people with a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looks {
    /// So many rows at the top are headings: bold, and always in sight.
    pub headings: usize,
    /// Notes on the heading of a column.
    pub notes: Vec<(usize, String)>,
    /// What may be chosen in a column.
    pub choices: Vec<(usize, Choices)>,
    /// Printed across the paper.
    pub is_wide: bool,
}

/// What may be chosen in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Choices {
    /// These words.
    Words(Vec<String>),
    /// What stands in a column of another sheet.
    Column {
        /// The name of the sheet.
        sheet: String,
        /// The number of the column, from 0.
        column: usize,
    },
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date, or a date and a time of day.
    Moment(DateTime),
    /// A time of day or a duration, in seconds.
    Clock(i64),
    /// A point in time, whatever the zone.
    Instant(Time),
    /// From one point in time to another.
    Span(Time, Time),
    /// Several values.
    List(Vec<Cell>),
    /// What a formula could not work out.
    Broken(String),
}

/// Why a book cannot be read or written.
#[derive(Debug)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: Text,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for Unreadable {}

/// How a file of a book is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One workbook of a spreadsheet program.
    Workbook,
    /// A folder of tables in CSV, one a sheet.
    Folder,
}

impl Form {
    /// The form of a path; nothing where it names no book.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("xlsx" | "xlsm" | "xls" | "xlsb" | "ods") => Some(Self::Workbook),
            _ if path.is_dir() => Some(Self::Folder),
            _ => None,
        }
    }
}

impl Form {
    /// The form in which a path is written: a workbook where it ends so, a folder where it has no ending.
    pub fn for_writing(path: &Path) -> Option<Self> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some(ending) if ending.eq_ignore_ascii_case("xlsx") => Some(Self::Workbook),
            Some(_) if !path.is_dir() => None,
            _ => Some(Self::Folder),
        }
    }
}

impl Book {
    /// The bytes of a workbook (`.xlsx`).
    ///
    /// # Errors
    /// Why it cannot be one: more rows than a sheet holds.
    pub fn workbook(&self) -> Result<Vec<u8>, Text> {
        written(self)
    }

    /// Reads a workbook, or a folder of CSV files.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let unreadable = |why: Text| Unreadable { path: path.to_owned(), why };
        match Form::of(path) {
            Some(Form::Folder) => folder::read(path),
            Some(Form::Workbook) => {
                let bytes =
                    qise_io::files::read(path).map_err(|error| unreadable(Text::same(error.to_string())))?;
                workbook::read(&bytes).map_err(unreadable)
            }
            None => Err(unreadable(text!(
                "neither a workbook (.xlsx, .xls, .ods) nor a folder of CSV files",
                "既不是工作簿（.xlsx、.xls、.ods），也不是 CSV 文件夹"
            ))),
        }
    }

    /// Writes a workbook (`.xlsx`), or a folder of CSV files, one a sheet. Each file is replaced whole or not at all.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Unreadable> {
        let unreadable = |why: Text| Unreadable { path: path.to_owned(), why };
        match Form::for_writing(path) {
            Some(Form::Folder) => folder::write(self, path),
            Some(Form::Workbook) => {
                let bytes = self.workbook().map_err(unreadable)?;
                let written = qise_io::files::replace(path, &bytes);
                written.map_err(|error| unreadable(Text::same(error.to_string())))
            }
            None => Err(unreadable(text!(
                "neither a workbook (.xlsx) nor a folder",
                "既不是工作簿（.xlsx），也不是文件夹"
            ))),
        }
    }
}

impl Sheet {
    /// A sheet with the names of columns in its first row, and their cells below.
    #[must_use]
    pub fn of_columns(name: impl Into<String>, columns: Vec<(String, Vec<Cell>)>) -> Self {
        let most = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut rows = vec![Vec::with_capacity(columns.len()); most + 1];
        for (heading, cells) in columns {
            let cells = cells.into_iter().chain(std::iter::repeat(Cell::Empty)).take(most);
            for (row, cell) in rows.iter_mut().zip(std::iter::once(Cell::of_text(heading)).chain(cells)) {
                row.push(cell);
            }
        }
        Self { name: name.into(), rows, ..Self::default() }
    }

    /// What stands in a cell; nothing beyond the rows.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        static NOTHING: Cell = Cell::Empty;
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&NOTHING)
    }
}

impl Cell {
    /// Words, or nothing where there are none.
    pub(crate) fn of_text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// Whether anything stands there.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.chars().all(is_blank),
            // an empty list says that there are none
            Self::List(values) => !values.is_empty() && values.iter().all(Self::is_empty),
            _ => false,
        }
    }

    /// What stands there as words, without blanks around.
    pub fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) | Self::Broken(words) => words.trim_matches(is_blank).to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => (if *flag { "是" } else { "否" }).to_owned(),
            Self::Moment(moment) if moment.time() == jiff::civil::Time::midnight() => {
                moment.date().to_string()
            }
            Self::Moment(moment) => {
                let time = moment.time();
                let clock = clock(
                    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second()),
                );
                format!("{} {clock}", moment.date())
            }
            Self::Clock(seconds) => clock(*seconds),
            Self::Instant(at) => Zone::utc().format(*at),
            Self::Span(from, to) => [from, to].map(|at| Zone::utc().format(*at)).join("/"),
            Self::List(values) => {
                let values = values.iter().map(Self::words).filter(|words| !words.is_empty());
                values.flat_map(|words| [words, NEXT.to_string()]).collect()
            }
        }
    }

    /// What stands there, for people.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::List(values) => values.iter().map(Self::shown).collect::<Vec<_>>().join(", "),
            other => other.words(),
        }
    }

    /// The spans of a cell that holds nothing else.
    pub(crate) fn spans(&self) -> Option<Vec<(Time, Time)>> {
        match self {
            Self::Span(from, to) => Some(vec![(*from, *to)]),
            Self::List(values) => {
                let span =
                    |value: &Self| if let Self::Span(from, to) = value { Some((*from, *to)) } else { None };
                values.iter().map(span).collect()
            }
            _ => None,
        }
    }

    /// The date of a cell that holds one as such.
    pub(crate) fn date(&self) -> Option<Date> {
        match self {
            Self::Moment(moment) => Some(moment.date()),
            _ => None,
        }
    }
}

fn clock(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}

/// The name of a cell as spreadsheet programs have it: `C17`.
pub(crate) fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The name of a column: `A`, `AB`.
pub(crate) fn column_name(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    name.reverse();
    String::from_utf8(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        assert_eq!(cell_name(16, 2), "C17");
        assert_eq!(
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"],
            [0, 25, 26, 51, 52, 701, 702].map(column_name).each_ref().map(String::as_str)
        );
    }

    #[test]
    fn cells_as_words() {
        assert_eq!(Cell::Number(1001.0).words(), "1001");
        assert_eq!(Cell::Number(105.66).words(), "105.66");
        assert_eq!(Cell::Moment(jiff::civil::date(2026, 11, 24).at(9, 5, 0, 0)).words(), "2026-11-24 9:05");
        assert_eq!(Cell::Moment(jiff::civil::date(2026, 11, 24).at(0, 0, 0, 0)).words(), "2026-11-24");
        assert_eq!(Cell::Clock(5400).words(), "1:30");
    }
}
