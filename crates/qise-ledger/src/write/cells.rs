//! A field of an entry as a cell.

use qise::Lang;
use qise::model::{Seconds, Time};
use qise_io::time::{Zone, parse_duration, parse_time};
use serde_json::{Map, Value};

use crate::book::{Cell, MOST_CHARACTERS};
use crate::read::names::Names;
use crate::say::length::{self, Unit};
use crate::say::when;
use crate::say::words::is_blank;
use crate::table::{Column, GENDERS, Kind, List, Word};

/// What cells are written by.
pub(super) struct Writer<'w> {
    pub(super) zone: &'w Zone,
    pub(super) names: &'w Names,
    pub(super) lang: Lang,
    pub(super) style: Style,
}

/// In which form values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Words that people read and type: names, `9:00-11:30`, lists with commas.
    Words,
    /// Values that programs reckon with: ids, points in time, seconds, real lists.
    Values,
}

/// Whether a cell holds words just as they are, in every kind of file.
pub(super) fn is_plain(words: &str) -> bool {
    words.trim_matches(is_blank).len() == words.len()
        && words.encode_utf16().count() <= MOST_CHARACTERS
        && !words.contains(|c: char| c.is_control() && c != '\n')
        && !words.contains("_x")
}

impl Writer<'_> {
    /// What a column says of an entry; nothing where it says nothing, or cannot.
    pub(super) fn cell(&self, column: &Column, entry: &Map<String, Value>) -> Cell {
        self.told(column, entry).unwrap_or_default()
    }

    fn told(&self, column: &Column, entry: &Map<String, Value>) -> Option<Cell> {
        let value = field(entry, column.field);
        Some(match column.kind {
            Kind::Words => Cell::of_text(value?.as_str().filter(|words| is_plain(words))?),
            Kind::Flag if self.style == Style::Values => Cell::Flag(value?.as_bool()?),
            Kind::Flag => Cell::of_text(match (value?.as_bool()?, self.lang) {
                (true, Lang::Zh) => "是",
                (false, Lang::Zh) => "否",
                (true, Lang::En) => "yes",
                (false, Lang::En) => "no",
            }),
            Kind::Whole | Kind::Decimal => Cell::Number(value?.as_f64()?),
            Kind::Duration(unit) => self.duration(value?, unit)?,
            Kind::Distance(unit) => {
                let metres = value?.as_f64()?;
                Cell::Number(if unit == Unit::Kilometres { metres / 1000.0 } else { metres })
            }
            Kind::Moment => {
                let at = self.time(value?)?;
                match self.style {
                    Style::Words => Cell::of_text(when::written(&[(at, at)], self.zone)),
                    Style::Values => Cell::Instant(at),
                }
            }
            Kind::Windows | Kind::Visits => self.spans(value?, ["from", "to"])?,
            Kind::Shifts => self.spans(value?, ["start", "end"])?,
            Kind::Breaks => self.rests(value?)?,
            Kind::Ref(list) => Cell::of_text(self.name(list, value?.as_str()?)),
            Kind::Refs(list) => self
                .joined(value?.as_array()?.iter().map(|id| Some(self.name(list, id.as_str()?).to_owned())))?,
            Kind::VehicleOrProfile => {
                let name = |id: &Value| {
                    let id = id.as_str()?;
                    let list =
                        if self.names.is_known(List::Vehicles, id) { List::Vehicles } else { List::Profiles };
                    Some(self.name(list, id).to_owned())
                };
                match value? {
                    Value::Array(ids) => self.joined(ids.iter().map(name))?,
                    id => self.joined(std::iter::once(name(id)))?,
                }
            }
            Kind::Choice(all) => self.choice(all, value?.as_str()?)?,
            Kind::Held => self.joined(value?.as_array()?.iter().map(|held| self.skill(held)))?,
            Kind::AskedSkills => self.asked(asked(entry, "all"), "skill", |one| self.skill(one))?,
            Kind::DriverSkills => self.asked(value?.get("all")?, "skill", |one| self.skill(one))?,
            Kind::AskedGender => {
                let all = asked(entry, "all").as_array()?;
                let gender = all.iter().find_map(|one| one.get("gender")?.as_str())?;
                self.choice(GENDERS, gender)?
            }
            Kind::AskedOf(list) => {
                let is_own = |all: &&Value| {
                    all.as_array().is_some_and(|all| all.iter().all(|one| one.get(list.quality()).is_some()))
                };
                let any = asked(entry, "any").as_array().and_then(|any| any.iter().find(is_own));
                let own = any.unwrap_or_else(|| asked(entry, "all"));
                self.asked(own, list.quality(), |one| {
                    Some(self.name(list, one.get(list.quality())?.as_str()?).to_owned())
                })?
            }
            Kind::AskedNot => self.asked(asked(entry, "none"), "volunteer", |one| {
                Some(self.name(List::Volunteers, one.get("volunteer")?.as_str()?).to_owned())
            })?,
            Kind::Prefers => self.joined(value?.as_array()?.iter().map(|wish| {
                let price = wish.get("price")?;
                let lists = List::QUALITIES;
                let found =
                    lists.into_iter().find_map(|list| Some((list, wish.get(list.quality())?.as_str()?)));
                let (list, id) = found?;
                Some(format!("{}({price})", self.name(list, id)))
            }))?,
            Kind::People => Cell::Number(crew(entry)?.get("count")?.as_f64()?),
            Kind::Amounts(list) => {
                let key = if list == List::Dimensions { "dimension" } else { "good" };
                let amount = |one: &Value| {
                    let name = self.name(list, one.get(key)?.as_str()?);
                    let number = one.get("amount").map(Value::to_string).unwrap_or_default();
                    let is_apart =
                        self.style == Style::Values || name.ends_with(|c: char| c.is_ascii_digit());
                    let sign = if is_apart && !number.is_empty() { " " } else { "" };
                    Some(format!("{name}{sign}{number}"))
                };
                self.joined(value?.as_array()?.iter().map(amount))?
            }
            Kind::Spot => match value? {
                Value::String(id) => Cell::of_text(self.name(List::Places, id)),
                point => Cell::of_text(point.get("name")?.as_str().filter(|words| is_plain(words))?),
            },
            Kind::Longitude => Cell::Number(value?.get("lon")?.as_f64()?),
            Kind::Latitude => Cell::Number(value?.get("lat")?.as_f64()?),
            Kind::RideTo => Cell::of_text(self.name(List::Places, only(value?)?.get("at")?.as_str()?)),
            Kind::RideService => self.duration(only(value?)?.get("service")?, Unit::Minutes)?,
            Kind::Day | Kind::More => return None,
        })
    }

    /// The name of something where it has one that means nothing else; else its id.
    fn name<'n>(&'n self, list: List, id: &'n str) -> &'n str {
        if self.style == Style::Values {
            return id;
        }
        self.names.name_of(list, id, self.lang).filter(|name| is_plain(name)).unwrap_or(id)
    }

    fn joined(&self, all: impl Iterator<Item = Option<String>>) -> Option<Cell> {
        let sign = if self.lang == Lang::Zh { "、" } else { ", " };
        let all = all.collect::<Option<Vec<_>>>()?;
        if self.style == Style::Values {
            let is_told = !all.is_empty() && all.iter().all(|words| is_plain(words) && !words.is_empty());
            return is_told.then(|| Cell::List(all.into_iter().map(Cell::of_text).collect()));
        }
        let words = all.join(sign);
        is_plain(&words).then(|| Cell::of_text(words))
    }

    /// Those of what is asked that are of one kind.
    fn asked(&self, all: &Value, kind: &str, name: impl Fn(&Value) -> Option<String>) -> Option<Cell> {
        let own = all.as_array()?.iter().filter(|one| one.get(kind).is_some()).collect::<Vec<_>>();
        if own.is_empty() { None } else { self.joined(own.into_iter().map(name)) }
    }

    /// A skill with its level, and until when it counts.
    fn skill(&self, held: &Value) -> Option<String> {
        let id = held.get("skill")?.as_str()?;
        let mut words = self.name(List::Skills, id).to_owned();
        if let Some(level) = held.get("level") {
            let is_apart = self.style == Style::Values || words.ends_with(|c: char| c.is_ascii_digit());
            words.extend([if is_apart { " " } else { "" }, level.to_string().as_str()]);
            words += if self.style == Style::Words && self.lang == Lang::Zh { "级" } else { "" };
        }
        if let Some(expires) = held.get("expires") {
            let at = self.time(expires)?;
            let before = self.zone.days_later(at, -1);
            let is_midnight = self.zone.clock(at).starts_with("00:00");
            let until = if is_midnight { self.zone.date(before) } else { self.zone.format(at) };
            words.extend(["(至", until.as_str(), ")"]);
        }
        Some(words)
    }

    fn time(&self, value: &Value) -> Option<Time> {
        parse_time(value.as_str()?, Some(self.zone)).ok()
    }

    fn spans(&self, list: &Value, [from, to]: [&str; 2]) -> Option<Cell> {
        let spans = list
            .as_array()?
            .iter()
            .map(|span| Some((self.time(span.get(from)?)?, self.time(span.get(to)?)?)));
        let spans = spans.collect::<Option<Vec<_>>>()?;
        if self.style == Style::Values {
            let all = spans.into_iter().map(|(from, to)| Cell::Span(from, to)).collect::<Vec<_>>();
            return Some(Cell::List(all));
        }
        let words = when::written(&spans, self.zone);
        is_plain(&words).then(|| Cell::of_text(words))
    }

    fn duration(&self, value: &Value, unit: Unit) -> Option<Cell> {
        let seconds: Seconds = parse_duration(value.as_str()?).ok()?;
        if self.style == Style::Values {
            return Some(Cell::Clock(seconds.0));
        }
        Some(match length::written(seconds, unit) {
            Ok(number) => Cell::Number(number),
            Err(words) => Cell::of_text(words),
        })
    }

    fn choice(&self, all: &[Word], value: &str) -> Option<Cell> {
        let word = all.iter().find(|word| word.value == value)?;
        let is_own = self.lang == Lang::Zh && self.style == Style::Words;
        Some(Cell::of_text(if is_own { word.words[0] } else { word.value }))
    }

    /// The rests of the first shift, which those of the others are like.
    fn rests(&self, shifts: &Value) -> Option<Cell> {
        let shift = shifts.as_array()?.first()?;
        let day = self.zone.date(self.time(shift.get("start")?)?);
        let rests = shift.get("breaks")?.as_array()?.iter().map(|rest| {
            let span = (self.time(rest.get("earliest")?)?, self.time(rest.get("latest")?)?);
            let words = when::written(&[span], self.zone);
            let length =
                length::written(parse_duration(rest.get("duration")?.as_str()?).ok()?, Unit::Minutes);
            let length = length.map_or_else(|words| words, |minutes| format!("{minutes}分钟"));
            Some(format!("{} {length}", words.strip_prefix(&day)?.trim_start()))
        });
        self.joined(rests)
    }
}

/// What lies at a field, with dots where it lies deeper.
fn field<'v>(entry: &'v Map<String, Value>, field: &str) -> Option<&'v Value> {
    let mut parts = field.split('.');
    let first = entry.get(parts.next()?)?;
    parts.try_fold(first, |value, part| value.get(part))
}

/// The only crew of people who are all alike.
fn crew(entry: &Map<String, Value>) -> Option<&Value> {
    only(entry.get("roles")?).filter(|role| role.get("count").is_some())
}

/// What is asked of whoever serves.
fn asked<'v>(entry: &'v Map<String, Value>, how: &str) -> &'v Value {
    let requires = crew(entry).map_or_else(|| entry.get("requires"), |role| role.get("requires"));
    requires.and_then(|requires| requires.get(how)).unwrap_or(&Value::Null)
}

fn only(list: &Value) -> Option<&Value> {
    match list.as_array()?.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}
