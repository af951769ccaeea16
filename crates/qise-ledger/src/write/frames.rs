//! From a scenario to data frames: the sheets of a ledger with values instead of words, column by column.

use qise::Lang;
use qise_io::Scenario;

use super::cells::Style;
use super::{in_lang, written};
use crate::book::{Cell, Sheet};
use crate::read::names::Names;
use crate::table::{Kind, List, SheetSpec, sheet_of};

/// A table of a scenario, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The name of its sheet in English: the list of the document.
    pub name: &'static str,
    /// All of the same length.
    pub columns: Vec<FrameColumn>,
}

/// A column of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameColumn {
    /// Its heading.
    pub name: String,
    /// What stands in its cells.
    pub kind: FrameKind,
    /// From the first row on; [`Cell::Empty`] where nothing is said.
    pub cells: Vec<Cell>,
}

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Text`], one of a few words.
    Category,
    /// [`Cell::Flag`].
    Flag,
    /// [`Cell::Number`], whole.
    Whole,
    /// [`Cell::Number`].
    Decimal,
    /// [`Cell::Instant`].
    Instant,
    /// [`Cell::Clock`], a duration.
    Length,
    /// [`Cell::List`] of [`Cell::Text`].
    Texts,
    /// [`Cell::List`] of [`Cell::Span`].
    Spans,
}

/// Writes a scenario as data frames whose headings are in a language. [`read_frames`](crate::read_frames) makes the same scenario of
/// them. Things are called by their ids; columns beside them have their names.
pub fn write_frames(scenario: &Scenario, lang: Lang) -> Vec<Frame> {
    let (book, names) = written(scenario, lang, Style::Values);
    let frames = book.sheets.into_iter().map(|sheet| match sheet_of(&sheet.name) {
        Some(spec) => frame(spec, sheet, &names, lang),
        None => settings(sheet),
    });
    frames.collect()
}

fn frame(spec: &'static SheetSpec, sheet: Sheet, names: &Names, lang: Lang) -> Frame {
    let headings = sheet.rows.first().into_iter().flatten().map(Cell::words).collect::<Vec<_>>();
    let mut columns = headings.iter().map(|_| Vec::new()).collect::<Vec<_>>();
    for row in sheet.rows.into_iter().skip(1) {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.push(cell);
        }
    }
    let mut all = Vec::new();
    for (name, cells) in headings.into_iter().zip(columns) {
        let kind = spec.column(&name).map_or(Kind::More, |(column, _)| spec.columns[column].kind);
        let beside = names_beside(kind, &cells, names, lang);
        let heading = format!("{name}{}", in_lang(lang, ["名", "_name"]));
        all.push(FrameColumn { name, kind: kind.in_frames(), cells });
        all.extend(beside.map(|cells| FrameColumn { name: heading, kind: FrameKind::Text, cells }));
    }
    Frame { name: spec.en, columns: all }
}

/// The names of what a column names by ids; nothing where none of it has another name.
fn names_beside(kind: Kind, cells: &[Cell], names: &Names, lang: Lang) -> Option<Vec<Cell>> {
    let list = match kind {
        Kind::Ref(list) => list,
        Kind::Spot => List::Places,
        _ => return None,
    };
    let name = |cell: &Cell| match cell {
        Cell::Text(id) => names.name_of(list, id, lang).map_or(Cell::Empty, Cell::of_text),
        _ => Cell::Empty,
    };
    let cells = cells.iter().map(name).collect::<Vec<_>>();
    cells.iter().any(|cell| !cell.is_empty()).then_some(cells)
}

/// The settings, of which each has one row with its name and its value as text.
fn settings(sheet: Sheet) -> Frame {
    let mut rows = sheet.rows.into_iter();
    let headings = rows.next().unwrap_or_default();
    let (mut settings, mut values) = (Vec::new(), Vec::new());
    for mut row in rows {
        let value = row.iter().skip(1).map(Cell::words).collect::<String>();
        settings.push(std::mem::take(&mut row[0]));
        values.push(Cell::of_text(value));
    }
    let columns = headings.iter().map(Cell::words).zip([settings, values]);
    let columns = columns.map(|(name, cells)| FrameColumn { name, kind: FrameKind::Text, cells });
    Frame { name: "settings", columns: columns.collect() }
}

impl Kind {
    fn in_frames(self) -> FrameKind {
        match self {
            Self::Flag => FrameKind::Flag,
            Self::Whole | Self::People => FrameKind::Whole,
            Self::Decimal | Self::Distance(_) | Self::Longitude | Self::Latitude => FrameKind::Decimal,
            Self::Duration(_) | Self::RideService => FrameKind::Length,
            Self::Moment => FrameKind::Instant,
            Self::Windows | Self::Visits | Self::Shifts => FrameKind::Spans,
            Self::Choice(_)
            | Self::AskedGender
            | Self::Ref(List::Categories | List::Projects | List::Profiles) => FrameKind::Category,
            Self::Words | Self::Ref(_) | Self::Spot | Self::RideTo | Self::Day | Self::More => {
                FrameKind::Text
            }
            Self::Breaks
            | Self::Refs(_)
            | Self::VehicleOrProfile
            | Self::Held
            | Self::AskedSkills
            | Self::AskedOf(_)
            | Self::AskedNot
            | Self::Prefers
            | Self::DriverSkills
            | Self::Amounts(_) => FrameKind::Texts,
        }
    }
}
