//! Which sheet is which, where its headings stand, and which rows hold entries.

use qise::model::{Code, quoted};
use qise::{Text, text};
use qise_io::suggest::Suggest;

use super::Source;
use super::findings::{At, Findings};
use crate::book::{Book, Cell, Sheet};
use crate::say::length::Unit;
use crate::say::words::{folded, plain};
use crate::table::{Column, EXPLANATIONS, Kind, SETTINGS_SHEET, SHEETS, SheetSpec, is_passed_over, sheet_of};

/// Headings stand in one of so many rows at the top: titles come before them.
const MOST_TITLES: usize = 20;

/// A sheet of the book that is a list of entries.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its number in the book.
    pub(crate) sheet: usize,
    pub(crate) spec: &'static SheetSpec,
    /// Where each column of the table stands, with the unit that its heading states; several for what goes on in further columns.
    pub(crate) columns: Vec<Vec<(usize, Option<Unit>)>>,
    /// The rows of its entries.
    pub(crate) rows: Vec<usize>,
}

impl Found {
    /// The cell of a column of the table in a row; the first cell of the row where the sheet has no such column.
    pub(crate) fn at(&self, row: usize, column: usize) -> At {
        let first = self.columns.iter().flatten().map(|(column, _)| *column).min().unwrap_or(0);
        let column = self.columns[column].first().map_or(first, |(column, _)| *column);
        At::cell(self.sheet, row, column)
    }

    /// Whether other columns may say what a required one would: coordinates for a place, and the column of everything else.
    pub(super) fn has_instead(&self, column: &Column) -> bool {
        let mut present =
            self.spec.columns.iter().zip(&self.columns).filter(|(_, places)| !places.is_empty());
        present.any(|(other, _)| {
            other.kind == Kind::More || (column.kind == Kind::Spot && other.kind == Kind::Longitude)
        })
    }

    /// A row as people call it: `需求 5`.
    pub(super) fn sheet_row(&self, row: usize) -> String {
        format!("{} {}", self.spec.zh, row + 1)
    }

    /// Where the column of a field stands, if the sheet has it.
    pub(crate) fn place(&self, field: &str) -> Option<usize> {
        let column = self.spec.columns.iter().position(|column| column.field == field)?;
        self.columns[column].first().map(|(place, _)| *place)
    }
}

/// Finds all sheets that the table knows, and that of the settings.
pub(crate) fn find(
    book: &Book,
    source: Source,
    findings: &mut Findings,
    suggest: &mut Suggest,
) -> (Vec<Found>, Option<usize>) {
    let mut all: Vec<Found> = Vec::new();
    let (mut settings, mut seen) = (None, Vec::new());
    for (number, sheet) in book.sheets.iter().enumerate() {
        if is_settings(&sheet.name) {
            settings.get_or_insert(number);
            continue;
        }
        let name = folded(&sheet.name);
        if EXPLANATIONS.iter().any(|own| folded(own) == name) {
            continue;
        }
        let Some(spec) = sheet_of(&sheet.name).or_else(|| nearly(sheet, number, findings, suggest)) else {
            continue;
        };
        seen.push(spec.en);
        if all.iter().any(|found| std::ptr::eq(found.spec, spec)) {
            let expected = text!("each sheet once", "每个表一次");
            findings.fault(
                At::sheet(number),
                Code::DuplicateField,
                quoted(&sheet.name),
                expected,
                text!("", ""),
            );
            continue;
        }
        all.extend(headings(sheet, number, source, spec, findings, suggest));
    }
    for spec in SHEETS.into_iter().filter(|spec| spec.is_required) {
        if !seen.contains(&spec.en) {
            let (zh, en) = (spec.zh, spec.en);
            let expected = text!("a sheet {zh} ({en})", "工作表“{zh}”");
            findings.fault(
                At::sheet(usize::MAX),
                Code::MissingField,
                text!("nothing", "空缺"),
                expected,
                text!("", ""),
            );
        }
    }
    all.sort_by_key(|found| SHEETS.iter().position(|spec| std::ptr::eq(*spec, found.spec)));
    (all, settings)
}

/// The sheet that a name is nearly that of. The name is at fault, and what stands there is read all the same: else whatever refers to it
/// would be a fault as well.
fn nearly(
    sheet: &Sheet,
    number: usize,
    findings: &mut Findings,
    suggest: &mut Suggest,
) -> Option<&'static SheetSpec> {
    if sheet.rows.iter().flatten().all(Cell::is_empty) {
        return None;
    }
    let name = &sheet.name;
    let names = SHEETS.iter().flat_map(|spec| [spec.zh, spec.en]).chain(SETTINGS_SHEET[0]);
    let Some(near) = suggest.closest(&folded(name), names) else {
        findings.told.push(text!(
            "the sheet {name:?} is not read: the guide lists the names of sheets",
            "未读取工作表 {name:?}：表名见手册"
        ));
        return None;
    };
    let expected = text!("the name of a sheet of the table", "台账的表名");
    let hint = text!("did you mean {near:?}?", "是否想写 {near:?}?");
    findings.fault(At::sheet(number), Code::UnknownField, quoted(name), expected, hint);
    sheet_of(near)
}

pub(crate) fn is_settings(name: &str) -> bool {
    SETTINGS_SHEET[0].iter().any(|own| folded(own) == folded(name))
}

/// The row of the headings: that in which most of them are known.
fn heading_row(sheet: &Sheet, spec: &SheetSpec) -> Option<usize> {
    let known =
        |row: usize| sheet.rows[row].iter().filter(|cell| spec.column(&cell.words()).is_some()).count();
    let rows = 0..sheet.rows.len().min(MOST_TITLES);
    rows.map(|row| (known(row), row))
        .filter(|(known, _)| *known > 0)
        .max_by_key(|&(known, row)| (known, std::cmp::Reverse(row)))
        .map(|(_, row)| row)
}

pub(super) fn headings(
    sheet: &Sheet,
    number: usize,
    source: Source,
    spec: &'static SheetSpec,
    findings: &mut Findings,
    suggest: &mut Suggest,
) -> Option<Found> {
    let top = match source {
        Source::File => heading_row(sheet, spec),
        Source::Frames | Source::Row => (!sheet.rows.is_empty()).then_some(0),
    };
    let Some(top) = top else {
        if spec.is_required || sheet.rows.iter().flatten().any(|cell| !cell.is_empty()) {
            let required = spec.columns.iter().filter(|column| column.is_required);
            let required = required.map(|column| column.zh).collect::<Vec<_>>().join("、");
            let expected = text!("a row of headings, such as {required}", "表头行，如 {required}");
            findings.fault(
                At::sheet(number),
                Code::MissingField,
                text!("no headings", "没有表头"),
                expected,
                text!("", ""),
            );
        }
        return None;
    };
    let (mut columns, mut unread) = (vec![Vec::new(); spec.columns.len()], Vec::new());
    let is_there = |column: &Column| {
        let headings = sheet.rows[top].iter().map(Cell::words);
        headings.filter_map(|heading| spec.column(&heading)).any(|(c, _)| spec.columns[c].en == column.en)
    };
    for (c, cell) in sheet.rows[top].iter().enumerate() {
        let heading = cell.words();
        if heading.is_empty() {
            continue;
        }
        let at = At::cell(number, top, c);
        if let Some((column, unit)) = spec.column(&heading) {
            if columns[column].is_empty() || spec.columns[column].kind == Kind::More {
                columns[column].push((c, unit));
            } else {
                let expected = text!("each heading once", "每个表头一次");
                findings.fault(at, Code::DuplicateField, quoted(&heading), expected, text!("", ""));
            }
        } else if source != Source::File && spec.is_name_beside(&heading) {
            // for people: the ids are what is read
        } else if !is_passed_over(&heading) {
            // a slip of the pen is more likely in the heading of a column that is missing
            let (there, missing): (Vec<_>, Vec<_>) = spec.columns.iter().partition(|column| is_there(column));
            let names = missing
                .into_iter()
                .chain(there)
                .flat_map(|column| [column.zh, column.en].into_iter().chain(column.also.iter().copied()));
            let (zh, heading) = (spec.zh, quoted(&heading));
            if let Some(near) = suggest.closest(&folded(&cell.words()), names) {
                let hint = text!(
                    "did you mean {near:?}? In brackets it is passed over",
                    "是否想写 {near:?}?不需读取的列请给表头加括号"
                );
                let expected = text!("a heading of the sheet {zh}", "“{zh}”表的表头");
                findings.fault(at, Code::UnknownField, heading, expected, hint);
            } else {
                unread.push(cell.words());
                findings.told.push(text!(
                    "the column {heading} of the sheet {zh} is not read",
                    "未读取“{zh}”表的 {heading} 列"
                ));
            }
        }
    }
    // The running number is the id where there is no other.
    let id = spec.columns.iter().position(|column| column.field == "id" && column.is_required);
    if let Some(id) = id.filter(|id| columns[*id].is_empty()) {
        let number = sheet.rows[top].iter().position(|cell| folded(&cell.words()) == "序号");
        columns[id].extend(number.map(|number| (number, None)));
    }
    let rows = (top + 1..sheet.rows.len()).filter(|&row| is_entry(sheet, row, source, &columns)).collect();
    let found = Found { sheet: number, spec, columns, rows };
    for (column, places) in spec.columns.iter().zip(&found.columns) {
        if column.is_required && source != Source::Row && places.is_empty() && !found.has_instead(column) {
            let (zh, en) = (column.zh, column.en);
            let expected = text!("a column {zh} ({en})", "“{zh}”列");
            let at = if source == Source::File { At::cell(number, top, 0) } else { At::sheet(number) };
            let hint = if unread.is_empty() {
                Text::default()
            } else {
                let names = unread.join(", ");
                text!("not read are: {names}", "未读取的列：{names}")
            };
            findings.fault(at, Code::MissingField, text!("nothing", "空缺"), expected, hint);
        }
    }
    Some(found)
}

/// Whether a row holds an entry: something stands in a column that is read, and it is no remark or total below the table.
fn is_entry(sheet: &Sheet, row: usize, source: Source, columns: &[Vec<(usize, Option<Unit>)>]) -> bool {
    let filled = columns.iter().flatten().filter(|(column, _)| !sheet.cell(row, *column).is_empty()).count();
    if source != Source::File {
        return filled > 0;
    }
    let first = sheet.rows[row].iter().find(|cell| !cell.is_empty()).map(Cell::words).unwrap_or_default();
    let first = plain(&first);
    let is_remark = ["注:", "备注", "说明", "填表", "制表", "合计", "总计", "note:"]
        .iter()
        .any(|word| first.to_lowercase().starts_with(word));
    filled > 0 && !(is_remark && filled <= 2)
}
