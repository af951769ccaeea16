//! One row becomes one entry of the document.

use std::borrow::Cow;

use qise::model::{Code, quoted};
use qise::{Text, text};
use qise_io::time::parse_time_or_end_of_day;
use serde_json::{Map, Value, json};

use super::Reading;
use super::findings::At;
use super::names::Unresolved;
use super::sheets::Found;
use crate::book::{Cell, Sheet};
use crate::say::amounts::{Counted, counted};
use crate::say::length::{self, Unit};
use crate::say::when::{BadTimes, Times};
use crate::say::words::{self, listed, plain};
use crate::table::{Column, Kind, List, Word};

/// What is wrong with a cell.
pub(super) struct Bad {
    code: Code,
    expected: Text,
    hint: Text,
}

impl Bad {
    fn new(code: Code, expected: Text) -> Self {
        Self { code, expected, hint: Text::default() }
    }

    fn time(bad: BadTimes) -> Self {
        Self { code: Code::BadTime, expected: BadTimes::expected(), hint: bad.hint() }
    }
}

/// The entry that is being read.
pub(super) struct Entry<'f> {
    found: &'f Found,
    row: usize,
    /// Its path in the document.
    path: String,
    map: Map<String, Value>,
    /// The days that the row states for its times.
    day: Option<String>,
    spot: Option<(String, At)>,
    longitude: Option<(f64, At)>,
    latitude: Option<(f64, At)>,
    /// Coordinates that cannot be read: where it is cannot be said.
    is_elsewhere: bool,
    people: Option<(u64, At)>,
    rests: Option<String>,
    ride_to: Option<(Value, At)>,
    ride_service: Option<(Value, At)>,
}

/// Puts a value at a field, with dots where it lies deeper.
fn put(map: &mut Map<String, Value>, field: &str, value: Value) {
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
                if column.is_required
                    && !found
                        .columns
                        .iter()
                        .zip(found.spec.columns)
                        .any(|(p, other)| other.kind == Kind::More && !p.is_empty())
                {
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
                self.findings.fault(at, code, quoted(&cell.words()), expected, hint);
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

    fn set(&mut self, entry: &mut Entry<'_>, field: &str, value: Value, at: At) {
        self.findings.comes_from(format!("{}.{field}", entry.path), at);
        put(&mut entry.map, field, value);
    }

    #[allow(clippy::too_many_lines, reason = "one arm for each kind of cell")]
    fn value(
        &mut self,
        entry: &mut Entry<'_>,
        column: &Column,
        unit: Option<Unit>,
        cell: &Cell,
        at: At,
    ) -> Result<(), Bad> {
        let words = cell.words();
        let field = column.field;
        let value = match column.kind {
            Kind::Words => json!(words),
            Kind::Flag => json!(flag(cell, &words)?),
            Kind::Whole => json!(whole(&words)?),
            Kind::Decimal => shortest(decimal(&words)?),
            Kind::Duration(usual) => json!(duration(cell, &words, unit.unwrap_or(usual))?),
            Kind::Distance(usual) => {
                let metres = length::distance(&words, unit.unwrap_or(usual));
                json!(metres.ok_or_else(|| Bad::new(
                    Code::WrongType,
                    text!("a distance such as 15公里 or 800米", "距离,如 15公里、800米")
                ))?)
            }
            Kind::Moment => {
                let time = self.days.moment(&words, entry.day.as_deref()).map_err(Bad::time)?;
                json!(self.days.zone.format(time))
            }
            Kind::Day => {
                self.days.times(&words, None).map_err(Bad::time)?;
                entry.day = Some(words);
                return Ok(());
            }
            Kind::Windows => self.spans(&self.times(entry, &words)?, ["from", "to"]),
            Kind::Visits => {
                let times = self.times(entry, &words)?;
                if times.each && times.spans.len() > 1 {
                    self.set(entry, "session", json!({"participants": 1, "per_helper": 1}), at);
                }
                self.spans(&times, ["from", "to"])
            }
            Kind::Shifts => self.spans(&self.times(entry, &words)?, ["start", "end"]),
            Kind::Breaks => {
                entry.rests = Some(words);
                return Ok(());
            }
            Kind::Ref(list) => json!(self.reference(list, &words)?),
            Kind::Refs(list) => {
                let ids = self
                    .entries_of(list, &words)
                    .into_iter()
                    .map(|word| self.reference(list, word).map(Value::from));
                Value::Array(ids.collect::<Result<_, _>>()?)
            }
            Kind::VehicleOrProfile => self.vehicles(&words)?,
            Kind::Choice(all) => json!(choice(all, &words)?),
            Kind::Held => self.held(&words)?,
            Kind::AskedSkills | Kind::DriverSkills => {
                let asked = self.skills(&words)?;
                return {
                    self.ask(entry, field, asked, at);
                    Ok(())
                };
            }
            Kind::AskedGender => {
                let gender = choice(crate::table::GENDERS, &words)?;
                return {
                    self.ask(entry, field, vec![json!({"gender": gender})], at);
                    Ok(())
                };
            }
            Kind::AskedOf(list) => {
                let asked = self.entries_of(list, &words).into_iter();
                let asked = asked.map(|word| Ok(json!({list.quality(): self.reference(list, word)?})));
                let asked = asked.collect::<Result<Vec<_>, Bad>>()?;
                if asked.len() == 1 {
                    return {
                        self.ask(entry, field, asked, at);
                        Ok(())
                    };
                }
                self.ask_any(entry, field, asked, at);
                return Ok(());
            }
            Kind::AskedNot => {
                let words = self.entries_of(List::Volunteers, &words).into_iter();
                let not = words.map(|word| Ok(json!({"volunteer": self.reference(List::Volunteers, word)?})));
                let not = not.collect::<Result<Vec<_>, Bad>>()?;
                self.findings.comes_from(format!("{}.{field}.none", entry.path), at);
                put(&mut entry.map, &format!("{field}.none"), Value::Array(not));
                return Ok(());
            }
            Kind::Prefers => self.preferences(&words)?,
            Kind::People => {
                let count = whole(words.trim_end_matches(['人', '名', '位']))?;
                if !(1..=1000).contains(&count) {
                    return Err(Bad::new(Code::OutOfRange, text!("from 1 to 1000 people", "1 至 1000 人")));
                }
                entry.people = Some((count as u64, at));
                return Ok(());
            }
            Kind::Amounts(list) => self.amounts(list, field, &words)?,
            Kind::Spot => {
                entry.spot = Some((words, at));
                return Ok(());
            }
            Kind::Longitude => {
                entry.longitude = Some((decimal(&words)?, at));
                return Ok(());
            }
            Kind::Latitude => {
                entry.latitude = Some((decimal(&words)?, at));
                return Ok(());
            }
            Kind::RideTo => {
                entry.ride_to = Some((json!(self.reference(List::Places, &words)?), at));
                return Ok(());
            }
            Kind::RideService => {
                entry.ride_service =
                    Some((json!(duration(cell, &words, unit.unwrap_or(Unit::Minutes))?), at));
                return Ok(());
            }
            Kind::More => return Ok(()),
        };
        self.set(entry, field, value, at);
        Ok(())
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
                self.findings.comes_from(format!("{path}.lon"), at);
                self.findings.comes_from(format!("{path}.lat"), other);
                if let Some((_, at)) = spot {
                    self.findings.comes_from(format!("{path}.name"), at);
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
                        "请列入“地点”表,或填写经度和纬度"
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
                    self.findings.comes_from(format!("{}.shifts[{s}].breaks", entry.path), at);
                }
                entry.map.insert("shifts".into(), json!(shifts));
            }
            // shifts that cannot be read are told already
            None if !entry.map.contains_key("shifts") => {}
            None => {
                let expected = text!(
                    "a span and how long, such as 12:00-13:00 30分钟",
                    "时段和时长,如 12:00-13:00 30分钟"
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
            || text!("an object as JSON, such as {{\"priority\": 2}}", "JSON 对象,如 {{\"priority\": 2}}");
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

    fn ask(&mut self, entry: &mut Entry<'_>, field: &str, asked: Vec<Value>, at: At) {
        let outer = entry.map.entry(field).or_insert_with(|| json!({}));
        if outer.get("all").is_none() {
            outer["all"] = json!([]);
        }
        let Some(all) = outer["all"].as_array_mut() else { return };
        for one in asked {
            self.findings.comes_from(format!("{}.{field}.all[{}]", entry.path, all.len()), at);
            all.push(one);
        }
    }

    fn ask_any(&mut self, entry: &mut Entry<'_>, field: &str, asked: Vec<Value>, at: At) {
        let outer = entry.map.entry(field).or_insert_with(|| json!({}));
        if outer.get("any").is_none() {
            outer["any"] = json!([]);
        }
        let Some(any) = outer["any"].as_array_mut() else { return };
        self.findings.comes_from(format!("{}.{field}.any[{}]", entry.path, any.len()), at);
        any.push(Value::Array(asked));
    }

    /// Teams, people or skills with prices: `护理队(900)`.
    fn preferences(&mut self, words: &str) -> Result<Value, Bad> {
        let lists = List::QUALITIES;
        let mut all = Vec::new();
        for entry in listed(words) {
            let is_known = |name: &str| lists.iter().any(|list| self.names.is_known(*list, name));
            let Counted { name, number, .. } = counted(entry, &is_known);
            let list = lists.into_iter().find(|list| self.names.is_known(*list, name)).unwrap_or(List::Teams);
            let id = self.reference(list, name)?;
            let price = number.ok_or_else(|| {
                let expected =
                    text!("a price in brackets, such as 护理队(900)", "括号内写明代价,如 护理队(900)");
                Bad::new(Code::MissingField, expected)
            })?;
            all.push(json!({list.quality(): id, "price": whole_of(price)?}));
        }
        Ok(Value::Array(all))
    }

    fn times(&self, entry: &Entry<'_>, words: &str) -> Result<Times, Bad> {
        self.days.times(words, entry.day.as_deref()).map_err(Bad::time)
    }

    fn spans(&self, times: &Times, [from, to]: [&str; 2]) -> Value {
        let zone = &self.days.zone;
        times
            .spans
            .iter()
            .map(|&(start, end)| json!({from: zone.format(start), to: zone.format(end)}))
            .collect()
    }

    /// The values of a cell: one where all of it is a name.
    fn entries_of<'w>(&self, list: List, words: &'w str) -> Vec<&'w str> {
        if self.names.is_known(list, words) { vec![words] } else { listed(words) }
    }

    fn reference(&mut self, list: List, word: &str) -> Result<String, Bad> {
        let found = self.names.resolve(list, word).map(str::to_owned);
        found.map_err(|why| self.unresolved(list, word, Some(why)))
    }

    fn unresolved(&mut self, list: List, word: &str, why: Option<Unresolved>) -> Bad {
        let field = list.field();
        if why == Some(Unresolved::Several) {
            return Bad {
                code: Code::UnknownReference,
                expected: text!("a name that one of {field} has, or an id", "{field} 中唯一的名称或编号"),
                hint: text!("several have this name: use the id", "有多个同名条目:请填写编号"),
            };
        }
        let hint = self.suggest.hint(word, self.names.known(list));
        Bad {
            code: Code::UnknownReference,
            expected: text!("an id or a name of {field}", "{field} 中的编号或名称"),
            hint,
        }
    }

    fn vehicles(&mut self, words: &str) -> Result<Value, Bad> {
        let mut ids = Vec::new();
        for word in listed(words) {
            let found = self
                .names
                .resolve(List::Vehicles, word)
                .or_else(|_| self.names.resolve(List::Profiles, word));
            match found.map(str::to_owned) {
                Ok(id) => ids.push(json!(id)),
                Err(why) => return Err(self.unresolved(List::Vehicles, word, Some(why))),
            }
        }
        Ok(if ids.len() == 1 { ids.remove(0) } else { Value::Array(ids) })
    }

    /// Skills that are asked for.
    fn skills(&mut self, words: &str) -> Result<Vec<Value>, Bad> {
        let mut all = Vec::new();
        for entry in self.entries_of(List::Skills, words) {
            let Counted { name, number, note, .. } =
                counted(entry, &|name: &str| self.names.is_known(List::Skills, name));
            let skill = self.reference(List::Skills, name).map_err(|bad| Bad {
                hint: if bad.hint.is_empty() {
                    text!(
                        "nobody holds it; what nobody holds is listed on the sheet 技能 (skills)",
                        "没有人具备;无人具备的技能须列入“技能”表"
                    )
                } else {
                    bad.hint
                },
                ..bad
            })?;
            if note.is_some() {
                return Err(Bad::new(
                    Code::WrongType,
                    text!("skills with levels, such as 护理2级、蒙古语", "技能及级别,如 护理2级、蒙古语"),
                ));
            }
            all.push(leveled(&skill, number)?);
        }
        Ok(all)
    }

    /// Skills that somebody holds, some until a day.
    fn held(&mut self, words: &str) -> Result<Value, Bad> {
        let mut all = Vec::new();
        for entry in self.entries_of(List::Skills, words) {
            let Counted { name, number, note, .. } =
                counted(entry, &|name: &str| self.names.is_known(List::Skills, name));
            let mut held = leveled(&self.reference(List::Skills, name)?, number)?;
            if let Some(note) = note {
                let until = plain(note);
                let until = until
                    .trim_start_matches(['至', '到'])
                    .trim_start_matches("有效期")
                    .trim_start_matches("until ");
                let until = until.trim_end_matches(['止', '前']).trim_start_matches(['至', '到', ':', ' ']);
                held["expires"] = json!(self.expiry(until)?);
            }
            all.push(held);
        }
        Ok(Value::Array(all))
    }

    /// When something runs out: a time, or a date, which means the end of that day.
    fn expiry(&self, words: &str) -> Result<String, Bad> {
        let expected = || text!("a date such as 2027-03-31", "日期,如 2027-03-31");
        let bad = |why: BadTimes| Bad { code: Code::BadTime, expected: expected(), hint: why.hint() };
        let words = if words.contains('T') {
            words.to_owned()
        } else {
            self.days.date(words).map_err(bad)?.to_string()
        };
        let time = parse_time_or_end_of_day(&words, Some(&self.days.zone));
        let time = time.map_err(|why| Bad { code: Code::BadTime, expected: expected(), hint: why.hint() })?;
        Ok(self.days.zone.format(time))
    }

    fn amounts(&mut self, list: List, field: &str, words: &str) -> Result<Value, Bad> {
        let mut all = Vec::new();
        for entry in self.entries_of(list, words) {
            let Counted { name, number, .. } = counted(entry, &|name: &str| self.names.is_known(list, name));
            let id = self.reference(list, name)?;
            let key = if list == List::Dimensions { "dimension" } else { "good" };
            let mut amount = json!({key: id});
            // A stock without a number is as much as anybody asks for, a need without one asks for one.
            let is_open = matches!(field, "stock" | "goods");
            match number {
                Some(number) => amount["amount"] = json!(whole_of(number)?),
                None if is_open => {}
                None => amount["amount"] = json!(1),
            }
            all.push(amount);
        }
        Ok(Value::Array(all))
    }
}

fn leveled(skill: &str, level: Option<f64>) -> Result<Value, Bad> {
    Ok(match level {
        Some(level) => json!({"skill": skill, "level": whole_of(level)?}),
        None => json!({ "skill": skill }),
    })
}

fn flag(cell: &Cell, words: &str) -> Result<bool, Bad> {
    if let Cell::Flag(flag) = cell {
        return Ok(*flag);
    }
    let words = plain(words).to_lowercase();
    match words.as_str() {
        "是" | "有" | "对" | "√" | "✓" | "✔" | "yes" | "y" | "true" | "1" => Ok(true),
        "否" | "无" | "不" | "×" | "✗" | "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(Bad::new(Code::WrongType, text!("是 or 否", "是或否"))),
    }
}

fn whole(words: &str) -> Result<i64, Bad> {
    let expected = || Bad::new(Code::WrongType, text!("a whole number", "整数"));
    words::number(words).ok_or_else(expected).and_then(whole_of)
}

#[allow(clippy::float_cmp, reason = "whether a number is whole")]
fn whole_of(number: f64) -> Result<i64, Bad> {
    let is_whole = number.trunc() == number && number.abs() < 9e15;
    if is_whole {
        Ok(number as i64)
    } else {
        Err(Bad::new(Code::WrongType, text!("a whole number", "整数")))
    }
}

fn decimal(words: &str) -> Result<f64, Bad> {
    let words = plain(words);
    let bare = words
        .trim_end_matches(['°', 'E', 'N', 'e', 'n', '度'])
        .trim_start_matches(['东', '北', '经', '纬', 'E', 'N']);
    words::number(bare).ok_or_else(|| Bad::new(Code::WrongType, text!("a number", "数字")))
}

/// A whole number where it is one, as documents write it.
#[allow(clippy::float_cmp, reason = "whether a number is whole")]
fn shortest(number: f64) -> Value {
    if number.trunc() == number && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

fn duration(cell: &Cell, words: &str, unit: Unit) -> Result<String, Bad> {
    let seconds = match cell {
        Cell::Clock(seconds) => Some(qise::model::Seconds(*seconds)),
        _ => length::duration(words, unit),
    };
    let seconds = seconds.ok_or_else(|| Bad::new(Code::BadDuration, length::duration_expected()))?;
    Ok(qise_io::time::format_duration(seconds))
}

fn choice(all: &[Word], words: &str) -> Result<&'static str, Bad>
where
{
    let plain: Cow<'_, str> = plain(words);
    let is = |word: &&Word| {
        word.value.eq_ignore_ascii_case(&plain)
            || word.words.iter().any(|known| known.eq_ignore_ascii_case(&plain))
    };
    let known = || all.iter().map(|word| word.words[0]).collect::<Vec<_>>().join("、");
    all.iter().find(is).map(|word| word.value).ok_or_else(|| {
        let known = known();
        Bad::new(Code::UnknownValue, text!("one of {known}", "{known} 之一"))
    })
}
