//! Workbooks of spreadsheet programs.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader as _, open_workbook_auto_from_rs};
use jiff::civil::{Date, DateTime, Time};
use qise::{Text, text};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, Format, FormatAlign, FormatBorder,
    Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::{Book, Cell, Choices, Looks, Sheet, column_name};

/// No cell of a workbook holds more characters (UTF-16).
pub(crate) const MOST_CHARACTERS: usize = 32_767;
/// Rows below the headings in which values may be chosen from a list.
const CHOSEN_ROWS: u32 = 2000;
/// A list of choices within a cell's rule has no more characters.
const MOST_OF_CHOICES: usize = 255;
/// Columns are no wider than so many characters.
const WIDEST: usize = 44;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Text> {
    let bad = |error: &dyn std::fmt::Display| {
        text!("no workbook that can be read: {error}", "无法读取的工作簿：{error}")
    };
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| bad(&error))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        // a sheet of a chart has no cells
        let Ok(range) = workbook.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = vec![Vec::new(); top as usize];
        for row in range.rows() {
            let mut cells = vec![Cell::Empty; left as usize];
            cells.extend(row.iter().map(cell));
            rows.push(cells);
        }
        sheets.push(Sheet { name, rows, looks: Looks::default() });
    }
    Ok(Book { sheets })
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(words) | Data::DurationIso(words) | Data::DateTimeIso(words) => {
            Cell::of_text(words.clone())
        }
        Data::Bool(flag) => Cell::Flag(*flag),
        Data::DateTime(moment) => self::moment(*moment),
        Data::Error(error) => Cell::Broken(error.to_string()),
    }
}

/// A serial number of a spreadsheet as a moment: days and their fraction, which binary numbers hold not quite.
fn moment(serial: ExcelDateTime) -> Cell {
    let days = serial.as_f64();
    let clock = || (days * 86_400.0).round() as i64;
    if serial.is_duration() || (0.0..1.0).contains(&days) {
        return Cell::Clock(clock());
    }
    let (year, month, day, ..) = serial.to_ymd_hms_milli();
    let seconds = ((days - days.floor()) * 86_400.0).round() as i64;
    let date = Date::new(year as i16, month as i8, day as i8).ok();
    let time = |seconds: i64| {
        Time::new((seconds / 3600) as i8, (seconds / 60 % 60) as i8, (seconds % 60) as i8, 0).ok()
    };
    let moment = date.and_then(|date| match seconds {
        // a second before midnight that is meant as midnight
        86_400 => Some(date.tomorrow().ok()?.to_datetime(Time::midnight())),
        _ => Some(date.to_datetime(time(seconds)?)),
    });
    moment.map_or(Cell::Number(days), |moment: DateTime| Cell::Moment(moment))
}

/// The bytes of a workbook: headings stay in sight and have notes, columns their choices, sheets print on A4.
pub(crate) fn written(book: &Book) -> Result<Vec<u8>, Text> {
    let mut workbook = Workbook::new();
    // The same book has the same bytes whenever it is written.
    let begun = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1).map_err(|error| told(&error))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&begun));
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        write(worksheet, sheet).map_err(|error| told(&error))?;
    }
    workbook.save_to_buffer().map_err(|error| told(&error))
}

fn told(error: &XlsxError) -> Text {
    text!("no workbook can be made of it: {error}", "无法写成工作簿：{error}")
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let Looks { headings, notes, choices, is_wide } = &sheet.looks;
    worksheet.set_name(&sheet.name)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0x00E3_ECF7))
        .set_border(FormatBorder::Thin);
    let mut widths = Vec::<usize>::new();
    for (r, row) in sheet.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let format = if r < *headings { &heading } else { &wrapped };
            write_cell(worksheet, (r as u32, c as u16), cell, format)?;
            let width = cell.words().lines().map(width).max().unwrap_or(0);
            widths.resize(widths.len().max(c + 1), 6);
            widths[c] = widths[c].max(width);
        }
    }
    for (c, width) in widths.iter().enumerate() {
        worksheet.set_column_width(c as u16, (width + 2).min(WIDEST) as f64)?;
    }
    if *headings > 0 {
        worksheet.set_freeze_panes(*headings as u32, 0)?;
        worksheet.set_repeat_rows(0, *headings as u32 - 1)?;
        for (column, words) in notes {
            worksheet.insert_note(
                *headings as u32 - 1,
                *column as u16,
                &Note::new(words).set_width(320).set_height(130),
            )?;
        }
    }
    for (column, choices) in choices {
        let Some(rule) = rule(choices)? else { continue };
        let (first, column) = (*headings as u32, *column as u16);
        // several values, or a word of one's own, may be meant
        let rule = rule.set_error_style(DataValidationErrorStyle::Information);
        worksheet.add_data_validation(first, column, first + CHOSEN_ROWS, column, &rule)?;
    }
    worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if *is_wide {
        worksheet.set_landscape();
    }
    worksheet.set_footer("&C&P / &N");
    Ok(())
}

/// The list that a cell offers; nothing where it would be too long for a cell's rule.
fn rule(choices: &Choices) -> Result<Option<DataValidation>, XlsxError> {
    Ok(match choices {
        Choices::Words(words) => {
            let joined = words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
            let may = joined <= MOST_OF_CHOICES;
            may.then(|| DataValidation::new().allow_list_strings(words)).transpose()?
        }
        Choices::Column { sheet, column } => {
            let (column, last) = (column_name(*column), CHOSEN_ROWS + 1);
            let cells = format!("='{sheet}'!${column}$2:${column}${last}");
            Some(DataValidation::new().allow_list_formula(Formula::new(cells)))
        }
    })
}

fn write_cell(
    worksheet: &mut Worksheet,
    (r, c): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // Words are never a formula, whatever they begin with.
        Cell::Text(words) | Cell::Broken(words) => {
            worksheet.write_string_with_format(r, c, words, format).map(drop)?;
        }
        Cell::Number(number) => worksheet.write_number_with_format(r, c, *number, format).map(drop)?,
        Cell::Flag(_)
        | Cell::Moment(_)
        | Cell::Clock(_)
        | Cell::Instant(_)
        | Cell::Span(..)
        | Cell::List(_) => {
            worksheet.write_string_with_format(r, c, cell.words(), format).map(drop)?;
        }
    }
    Ok(())
}

/// How wide words are, in characters of the western half width.
fn width(words: &str) -> usize {
    words.chars().map(|c| if u32::from(c) > 0x2e7f { 2 } else { 1 }).sum()
}
