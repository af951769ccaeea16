//! One row becomes one entry of the document.

use qise::model::{Code, quoted};
use qise::{Text, text};
use serde_json::{Map, Value, json};

use super::Reading;
use super::bad::Bad;
use super::findings::At;
use super::sheets::Found;
use crate::book::{Cell, Sheet};
use crate::say::length::{self, Unit};
use crate::say::words::{listed, plain};
use crate::table::{Kind, List};

/// The entry that is being read.
pub(super) struct Entry<'f> {
    pub(super) found: &'f Found,
    pub(super) row: usize,
    /// Its path in the document.
    pub(super) path: String,
    pub(super) map: Map<String, Value>,
    /// The days that the row states for its times.
    pub(super) day: Option<String>,
    pub(super) spot: Option<(String, At)>,
    pub(super) longitude: Option<(f64, At)>,
    pub(super) latitude: Option<(f64, At)>,
    /// Coordinates that cannot be read: where it is cannot be said.
    pub(super) is_elsewhere: bool,
    pub(super) people: Option<(u64, At)>,
    pub(super) rests: Option<String>,
    pub(super) ride_to: Option<(Value, At)>,
    pub(super) ride_service: Option<(Value, At)>,
}

/// Puts a value at a field, with dots where it lies deeper.
pub(super) fn put(map: &mut Map<String, Value>, field: &str, value: Value) {
    match field.split_once('.') {
        None => drop(map.insert(field.to_owned(), value)),
        Some((outer, inner)) => {
            let outer = map.entry(outer).or_insert_with(|| json!({}));
            if let Some(outer) = outer.as_object_mut() {
                put(outer, inner, value);
            }
        }
    }
}

impl Reading<'_> {
    /// Reads the entry of a row.
    pub(super) fn entry(&mut self, found: &Found, row: usize, number: usize) -> Map<String, Value> {
        let path = format!("$.{}[{number}]", found.spec.list.field());
        let mut entry = Entry {
            found,
            row,
            path,
            map: Map::new(),
            day: None,
            spot: None,
            longitude: None,
            latitude: None,
            is_elsewhere: false,
            people: None,
            rests: None,
            ride_to: None,
            ride_service: None,
        };
        let sheet = &self.book.sheets[found.sheet];
        // Days come before the times that lie on them.
        let is_day = |c: &usize| found.spec.columns[*c].kind == Kind::Day;
        let (days, others): (Vec<_>, Vec<_>) = (0..found.spec.columns.len()).partition(is_day);
        for c in days.into_iter().chain(others) {
            let column = &found.spec.columns[c];
            if column.kind == Kind::More {
                self.more(sheet, &mut entry, &found.columns[c]);
                continue;
            }
            let Some(&(place, unit)) = found.columns[c].first() else {
                if column.is_required && !found.has_instead(column) {
                    // the missing column is told once
                    self.findings.has_failed(format!("{}.{}", entry.path, column.field));
                }
                continue;
            };
            let cell = sheet.cell(row, place);
            if cell.is_empty() {
                continue;
            }
            let at = At::cell(found.sheet, row, place);
            let bad = match cell {
                Cell::Broken(_) => Err(Bad::new(Code::WrongType, text!("a value", "一个值"))),
                _ => self.value(&mut entry, column, unit, cell, at),
            };
            if let Err(Bad { code, expected, hint }) = bad {
                self.findings.fault(at, code, quoted(&cell.shown()), expected, hint);
                let field =
                    if column.field.is_empty() { String::new() } else { format!(".{}", column.field) };
                self.findings.has_failed(format!("{}{field}", entry.path));
                if let Kind::Longitude | Kind::Latitude = column.kind {
                    entry.is_elsewhere = true;
                }
                if matches!(column.field, "lon" | "lat") {
                    for field in ["lon", "lat"] {
                        self.findings.has_failed(format!("{}.{field}", entry.path));
                    }
                }
            }
        }
        self.finish(&mut entry);
        entry.map
    }

    pub(super) fn set(&mut self, entry: &mut Entry<'_>, field: &str, value: Value, at: At) {
        self.findings.comes_from(format_args!("{}.{field}", entry.path), at);
        put(&mut entry.map, field, value);
    }

    /// What no cell says by itself: places, crews, rides, rests, and the id of what has only a name.
    fn finish(&mut self, entry: &mut Entry<'_>) {
        self.place(entry);
        if let Some((to, at)) = entry.ride_to.take() {
            let service = entry.ride_service.take().map_or(json!("PT0S"), |(service, _)| service);
            self.set(entry, "then", json!([{"at": to, "service": service}]), at);
        } else if let Some((_, at)) = entry.ride_service.take() {
            let expected = text!("送往 (ride_to) beside it", "同时填写“送往”");
            self.findings.fault(
                at,
                Code::Conflict,
                text!("a stop without a place", "没有目的地"),
                expected,
                Text::default(),
            );
        }
        if let Some(rests) = entry.rests.take() {
            self.rests(entry, &rests);
        }
        if let Some((people, at)) = entry.people.take().filter(|(people, _)| *people > 1) {
            let mut role = Map::new();
            role.insert("count".into(), json!(people));
            for field in ["requires", "prefers"] {
                if let Some(asked) = entry.map.remove(field) {
                    role.insert(field.into(), asked);
                }
            }
            let (from, to) =
                (format!("{}.requires", entry.path), format!("{}.roles[0].requires", entry.path));
            self.findings.moves(&from, &to);
            self.set(entry, "roles", json!([role]), at);
        }
        let is_named = !entry.map.contains_key("id");
        if is_named
            && let Some(name) = entry.map.get("name").and_then(Value::as_str).map(str::to_owned)
            && entry.found.spec.columns.iter().any(|column| column.field == "id" && !column.is_required)
        {
            let at = entry.found.at(
                entry.row,
                entry.found.spec.columns.iter().position(|column| column.field == "name").unwrap_or(0),
            );
            self.set(entry, "id", json!(name), at);
            entry.map.remove("name");
        }
    }

    /// Where it is: a place by id or name, or coordinates, which may have a name.
    fn place(&mut self, entry: &mut Entry<'_>) {
        let columns = entry.found.spec.columns;
        let Some(field) = columns.iter().find(|column| column.kind == Kind::Spot).map(|column| column.field)
        else {
            return;
        };
        if entry.is_elsewhere {
            return;
        }
        let (spot, longitude, latitude) = (entry.spot.take(), entry.longitude.take(), entry.latitude.take());
        let known =
            spot.as_ref().map(|(words, _)| self.names.resolve(List::Places, words).map(str::to_owned));
        match (spot, known, longitude, latitude) {
            (None, _, None, None) => {}
            (Some((_, at)), Some(Ok(id)), None, None) => self.set(entry, field, json!(id), at),
            (spot, _, Some((lon, at)), Some((lat, other))) => {
                let mut point = json!({"lon": lon, "lat": lat});
                if let Some((name, _)) = &spot {
                    point["name"] = json!(name);
                }
                let path = format!("{}.{field}", entry.path);
                self.findings.comes_from(format_args!("{path}.lon"), at);
                self.findings.comes_from(format_args!("{path}.lat"), other);
                if let Some((_, at)) = spot {
                    self.findings.comes_from(format_args!("{path}.name"), at);
                }
                self.set(entry, field, point, at);
            }
            (_, _, longitude @ Some(_), None) | (_, _, longitude @ None, Some(_)) => {
                // the cell that is empty is the one to fill
                let missing = if longitude.is_none() { Kind::Longitude } else { Kind::Latitude };
                let column = columns.iter().position(|column| column.kind == missing).unwrap_or(0);
                let at = entry.found.at(entry.row, column);
                let expected = text!("both 经度 (longitude) and 纬度 (latitude)", "经度和纬度都要填写");
                let found = text!("one of them", "只有其一");
                self.findings.fault(at, Code::Conflict, found, expected, Text::default());
                self.findings.has_failed(format!("{}.{field}", entry.path));
            }
            (Some((words, at)), known, None, None) => {
                let Bad { code, expected, hint } =
                    self.unresolved(List::Places, &words, known.and_then(Result::err));
                let hint = if hint.is_empty() {
                    text!(
                        "list it on the sheet 地点 (places), or fill in 经度 and 纬度",
                        "请列入“地点”表，或填写经度和纬度"
                    )
                } else {
                    hint
                };
                self.findings.fault(at, code, quoted(&words), expected, hint);
                self.findings.has_failed(format!("{}.{field}", entry.path));
            }
        }
    }

    /// Rests, in every shift on whose day they lie: `12:00-13:00 30分钟`.
    fn rests(&mut self, entry: &mut Entry<'_>, words: &str) {
        let column =
            entry.found.spec.columns.iter().position(|column| column.kind == Kind::Breaks).unwrap_or(0);
        let at = entry.found.at(entry.row, column);
        let zone = self.days.zone.clone();
        let read = |entry: &Entry<'_>| {
            let mut all = Vec::new();
            for rest in listed(words) {
                let rest = plain(rest).into_owned();
                let (span, length) = rest.rsplit_once(' ')?;
                let length = length::duration(length, Unit::Minutes)?;
                all.push((span.to_owned(), length));
            }
            let mut shifts = entry.map.get("shifts")?.as_array()?.clone();
            for shift in &mut shifts {
                let start = qise_io::time::parse_time(shift["start"].as_str()?, None).ok()?;
                let day = zone.date(start);
                let mut breaks = Vec::new();
                for (span, length) in &all {
                    let times = self.days.times(span, Some(&day)).ok()?;
                    let [(earliest, latest)] = times.spans[..] else { return None };
                    let duration = qise_io::time::format_duration(*length);
                    breaks.push(json!({"earliest": zone.format(earliest), "latest": zone.format(latest), "duration": duration}));
                }
                shift["breaks"] = json!(breaks);
            }
            Some(shifts)
        };
        match read(entry) {
            Some(shifts) => {
                for s in 0..shifts.len() {
                    self.findings.comes_from(format_args!("{}.shifts[{s}].breaks", entry.path), at);
                }
                entry.map.insert("shifts".into(), json!(shifts));
            }
            // shifts that cannot be read are told already
            None if !entry.map.contains_key("shifts") => {}
            None => {
                let expected = text!(
                    "a span and how long, such as 12:00-13:00 30分钟",
                    "时段和时长，如 12:00-13:00 30分钟"
                );
                self.findings.fault(at, Code::BadDuration, quoted(words), expected, Text::default());
            }
        }
    }

    /// Fields as JSON, in one cell or in several side by side.
    fn more(&mut self, sheet: &Sheet, entry: &mut Entry<'_>, places: &[(usize, Option<Unit>)]) {
        let words =
            places.iter().map(|(column, _)| sheet.cell(entry.row, *column).words()).collect::<String>();
        let Some(&(first, _)) = places.first().filter(|_| !words.is_empty()) else { return };
        let at = At::cell(entry.found.sheet, entry.row, first);
        let expected =
            || text!("an object as JSON, such as {{\"priority\": 2}}", "JSON 对象，如 {{\"priority\": 2}}");
        match serde_json::from_str::<Map<String, Value>>(&words) {
            Ok(more) => {
                for (field, value) in more {
                    if entry.map.contains_key(&field) {
                        let hint = text!("{field} stands in a column too", "{field} 已在其他列中填写");
                        self.findings.fault(
                            at,
                            Code::DuplicateField,
                            quoted(&field),
                            text!("each field once", "每个字段一次"),
                            hint,
                        );
                        continue;
                    }
                    self.set(entry, &field, value, at);
                }
            }
            Err(error) => {
                self.findings.fault(
                    at,
                    Code::Syntax,
                    quoted(&words),
                    expected(),
                    text!("{error}", "{error}"),
                );
                self.findings.has_failed(entry.path.clone());
            }
        }
    }
}
