//! What holds for the whole ledger.

use jiff::civil::Date;
use qise::model::{Code, quoted};
use qise::{Text, text};
use qise_io::datum::Datum;
use qise_io::suggest::Suggest;
use qise_io::time::Zone;
use serde_json::{Map, Value, json};

use super::findings::{At, Findings};
use super::sheets::Found;
use crate::book::{Book, Cell, Sheet};
use crate::say::when::{BadTimes, Days};
use crate::say::words::{folded, number, plain};
use crate::table::{Kind, SETTINGS, SETTINGS_SHEET, SettingKind, setting_of};

/// The zone of a ledger that states none.
const ZONE: &str = "Asia/Shanghai";
/// No more days are planned.
const MOST_DAYS: f64 = 400.0;

/// Reads the sheet of settings into the document; what it says of days.
pub(super) fn read(
    book: &Book,
    sheet: Option<usize>,
    document: &mut Map<String, Value>,
    findings: &mut Findings,
    suggest: &mut Suggest,
) -> Days {
    let mut days = Days { zone: Zone::parse(ZONE).unwrap_or_default(), first: None, count: None };
    let Some(number) = sheet else { return days };
    let sheet = &book.sheets[number];
    let (top, name_column, value_column) = columns(sheet);
    let mut date = None;
    for row in top..sheet.rows.len() {
        let name = sheet.cell(row, name_column).words();
        // A long value goes on in the cells beside it.
        let values = sheet.rows[row].iter().skip(value_column);
        let words = values.map(Cell::words).collect::<String>();
        if name.is_empty() || words.is_empty() {
            continue;
        }
        let at = At::cell(number, row, value_column);
        let Some(setting) = setting_of(&name) else {
            let known = SETTINGS.iter().flat_map(|setting| [setting.zh, setting.en]);
            let hint = suggest.hint(&folded(&name), known);
            let expected = text!("a setting of the guide", "手册所列的设置项");
            findings.fault(
                At::cell(number, row, name_column),
                Code::UnknownField,
                quoted(&name),
                expected,
                hint,
            );
            continue;
        };
        let mut bad = |code, expected, hint| findings.fault(at, code, quoted(&words), expected, hint);
        let value = match setting.kind {
            SettingKind::Words => {
                if setting.field == "time_zone" {
                    days.zone = Zone::parse(&words).unwrap_or(days.zone);
                }
                json!(words)
            }
            SettingKind::Date => {
                date = Some((words, at));
                continue;
            }
            SettingKind::Days => {
                match self::number(&words.replace('天', "")).filter(|days| (1.0..=MOST_DAYS).contains(days))
                {
                    Some(count) => days.count = Some(count as u32),
                    None => bad(
                        Code::OutOfRange,
                        text!("from 1 to {MOST_DAYS} days", "1 至 {MOST_DAYS} 天"),
                        Text::default(),
                    ),
                }
                continue;
            }
            SettingKind::Whole => {
                if let Some(number) = self::number(&words) {
                    json!(number as i64)
                } else {
                    bad(Code::WrongType, text!("a whole number", "整数"), Text::default());
                    continue;
                }
            }
            SettingKind::Datum => json!(datum(&words).unwrap_or(&words)),
            SettingKind::Json | SettingKind::Entries => match serde_json::from_str::<Value>(&words) {
                Ok(value) => value,
                Err(error) => {
                    bad(
                        Code::Syntax,
                        text!("JSON, as in the document", "JSON,写法同文件"),
                        text!("{error}", "{error}"),
                    );
                    continue;
                }
            },
        };
        put(document, setting.kind, (setting.field, value), at, findings);
    }
    if let Some((words, at)) = date {
        match days.date(&words) {
            Ok(date) => days.first = Some(date),
            Err(why) => {
                let hint = if why == BadTimes::NoDay {
                    text!("with its year", "请写明年份")
                } else {
                    why.hint()
                };
                findings.fault(
                    at,
                    Code::BadTime,
                    quoted(&words),
                    text!("a date such as 2026-11-24", "日期，如 2026-11-24"),
                    hint,
                );
            }
        }
    }
    days
}

/// Puts a setting into the document: one of a list behind the others, the last of several else.
fn put(
    document: &mut Map<String, Value>,
    kind: SettingKind,
    (field, value): (&str, Value),
    at: At,
    findings: &mut Findings,
) {
    if kind == SettingKind::Entries {
        let list = document.entry(field).or_insert_with(|| json!([]));
        let Some(list) = list.as_array_mut() else { return };
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values {
            findings.comes_from(format_args!("$.{field}[{}]", list.len()), at);
            list.push(value);
        }
        return;
    }
    let fields = match value {
        Value::Object(more) if field.is_empty() => more,
        value => Map::from_iter([(field.to_owned(), value)]),
    };
    for (field, value) in fields {
        findings.comes_from(format_args!("$.{field}"), at);
        if document.insert(field.clone(), value).is_some() {
            findings.fault(
                at,
                Code::DuplicateField,
                quoted(&field),
                text!("each setting once", "每项设置一次"),
                Text::default(),
            );
        }
    }
}

/// The first row of settings, and the columns of their names and values.
fn columns(sheet: &Sheet) -> (usize, usize, usize) {
    let is = |cell: &Cell, names: [&str; 2]| names.iter().any(|name| folded(name) == folded(&cell.words()));
    for (r, row) in sheet.rows.iter().enumerate() {
        let name = row.iter().position(|cell| is(cell, SETTINGS_SHEET[1]));
        let value = row.iter().position(|cell| is(cell, SETTINGS_SHEET[2]));
        if let (Some(name), Some(value)) = (name, value) {
            return (r + 1, name, value);
        }
    }
    (0, 0, 1)
}

/// A datum by its name, or by that of the map that uses it.
fn datum(words: &str) -> Option<&'static str> {
    let name = folded(words);
    let known = Datum::ALL.iter().map(|datum| datum.as_str()).find(|known| folded(known) == name);
    known.or(match plain(words).as_ref() {
        "高德" | "腾讯" | "火星坐标" | "高德地图" | "腾讯地图" => Some("GCJ-02"),
        "百度" | "百度地图" | "百度坐标" => Some("BD-09"),
        "GPS" | "gps" | "WGS84" | "wgs84" => Some("WGS-84"),
        _ => None,
    })
}

/// The earliest day that any cell of times states with its year.
pub(super) fn first_day(book: &Book, found: &[Found], days: &Days) -> Option<Date> {
    let mut first = None;
    for found in found {
        let is_of_times = |kind: &Kind| {
            matches!(kind, Kind::Day | Kind::Windows | Kind::Visits | Kind::Shifts | Kind::Moment)
        };
        let columns =
            found.spec.columns.iter().zip(&found.columns).filter(|(column, _)| is_of_times(&column.kind));
        for (column, _) in columns.flat_map(|(_, places)| places) {
            for &row in &found.rows {
                let cell = book.sheets[found.sheet].cell(row, *column);
                let words = || if cell.spans().is_some() { String::new() } else { cell.words() };
                let date = cell.date().or_else(|| stated(&words(), days));
                first = match (first, date) {
                    (Some(first), Some(date)) => Some(std::cmp::min::<Date>(first, date)),
                    (first, date) => first.or(date),
                };
            }
        }
    }
    first
}

/// The date with its year at the beginning of a cell.
fn stated(words: &str, days: &Days) -> Option<Date> {
    let words = plain(words);
    let year = words.bytes().take_while(u8::is_ascii_digit).count() == 4;
    let end = words.find([' ', 'T', '(', '周', '上', '下']).unwrap_or(words.len());
    let date = words[..end].split(['、', ',', ';', '~', '至', '到']).next().unwrap_or_default();
    days.date(date).ok().filter(|_| year)
}
