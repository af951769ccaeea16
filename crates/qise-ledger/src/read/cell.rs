//! What stands in a cell, by the kind of its column.

use serde_json::{Value, json};

use super::Reading;
use super::bad::Bad;
use super::entry::{Entry, put};
use super::findings::At;
use super::plain::{choice, decimal, duration, flag, shortest, whole};
use crate::book::Cell;
use crate::say::length::{self, Unit};
use crate::say::when::{BadTimes, Times};
use crate::table::{Column, Kind, List};
use qise::model::Code;
use qise::text;

impl Reading<'_> {
    #[allow(clippy::too_many_lines, reason = "one arm for each kind of cell")]
    pub(super) fn value(
        &mut self,
        entry: &mut Entry<'_>,
        column: &Column,
        unit: Option<Unit>,
        cell: &Cell,
        at: At,
    ) -> Result<(), Bad> {
        if let (Cell::List(_), false) = (cell, column.kind.holds_several()) {
            return Err(Bad::new(Code::WrongType, text!("one value", "单个值")));
        }
        let words = if cell.spans().is_some() { String::new() } else { cell.words() };
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
                    text!("a distance such as 15公里 or 800米", "距离，如 15公里、800米")
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
            Kind::Windows => {
                let mut times = self.times(entry, cell, &words)?;
                times.join();
                self.tell_outside(&times, entry, &words);
                self.spans(&times, ["from", "to"])
            }
            Kind::Visits => {
                let mut times = self.times(entry, cell, &words)?;
                self.tell_outside(&times, entry, &words);
                if times.each && times.spans.len() > 1 {
                    self.set(entry, "session", json!({"participants": 1, "per_helper": 1}), at);
                } else {
                    times.join();
                }
                self.spans(&times, ["from", "to"])
            }
            Kind::Shifts => match self.days_and_times(entry, cell, &words) {
                // whoever is present on other days only is not there
                Err(BadTimes::NotPlanned) => json!([]),
                times => self.spans(&times.map_err(Bad::time)?, ["start", "end"]),
            },
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
                self.findings.comes_from(format_args!("{}.{field}.none", entry.path), at);
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

    fn ask(&mut self, entry: &mut Entry<'_>, field: &str, asked: Vec<Value>, at: At) {
        let outer = entry.map.entry(field).or_insert_with(|| json!({}));
        if outer.get("all").is_none() {
            outer["all"] = json!([]);
        }
        let Some(all) = outer["all"].as_array_mut() else { return };
        for one in asked {
            self.findings.comes_from(format_args!("{}.{field}.all[{}]", entry.path, all.len()), at);
            all.push(one);
        }
    }

    fn ask_any(&mut self, entry: &mut Entry<'_>, field: &str, asked: Vec<Value>, at: At) {
        let outer = entry.map.entry(field).or_insert_with(|| json!({}));
        if outer.get("any").is_none() {
            outer["any"] = json!([]);
        }
        let Some(any) = outer["any"].as_array_mut() else { return };
        self.findings.comes_from(format_args!("{}.{field}.any[{}]", entry.path, any.len()), at);
        any.push(Value::Array(asked));
    }

    /// Tells that some of the days that a need names are not planned.
    fn tell_outside(&mut self, times: &Times, entry: &Entry<'_>, words: &str) {
        if times.is_outside {
            let row = entry.found.sheet_row(entry.row);
            self.findings.told.push(text!(
                "{row}: not all days of {words:?} are planned: those that are count",
                "{row}：计划期不含 {words:?} 的全部日子，仅计入计划期内的"
            ));
        }
    }

    fn times(&self, entry: &Entry<'_>, cell: &Cell, words: &str) -> Result<Times, Bad> {
        self.days_and_times(entry, cell, words).map_err(Bad::time)
    }

    fn days_and_times(&self, entry: &Entry<'_>, cell: &Cell, words: &str) -> Result<Times, BadTimes> {
        match cell.spans() {
            Some(mut spans) => {
                spans.sort_unstable();
                Ok(Times { spans, ..Times::default() })
            }
            None => self.days.times(words, entry.day.as_deref()),
        }
    }

    fn spans(&self, times: &Times, [from, to]: [&str; 2]) -> Value {
        let zone = &self.days.zone;
        times
            .spans
            .iter()
            .map(|&(start, end)| json!({from: zone.format(start), to: zone.format(end)}))
            .collect()
    }
}
