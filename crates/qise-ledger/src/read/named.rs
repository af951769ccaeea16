//! Things that cells call by their ids or names: skills with levels, goods with amounts, wishes with prices.

use qise::model::Code;
use qise::text;
use qise_io::time::parse_time_or_end_of_day;
use serde_json::{Value, json};

use super::Reading;
use super::bad::Bad;
use super::names::Unresolved;
use super::plain::whole_of;
use crate::say::amounts::{Counted, counted};
use crate::say::when::BadTimes;
use crate::say::words::{listed, plain};
use crate::table::{List, SHEETS};

impl Reading<'_> {
    /// The values of a cell: one where all of it is a name.
    pub(super) fn entries_of<'w>(&self, list: List, words: &'w str) -> Vec<&'w str> {
        if self.names.is_known(list, words) { vec![words] } else { listed(words) }
    }

    pub(super) fn reference(&mut self, list: List, word: &str) -> Result<String, Bad> {
        let found = self.names.resolve(list, word).map(str::to_owned);
        found.map_err(|why| self.unresolved(list, word, Some(why)))
    }

    pub(super) fn unresolved(&mut self, list: List, word: &str, why: Option<Unresolved>) -> Bad {
        let sheet = SHEETS.into_iter().find(|spec| spec.list == list);
        let (field, zh) = (list.field(), sheet.map_or(list.field(), |spec| spec.zh));
        if why == Some(Unresolved::Several) {
            return Bad {
                code: Code::UnknownReference,
                expected: text!("a name that one of {field} has, or an id", "“{zh}”中唯一的名称或编号"),
                hint: text!("several have this name: use the id", "有多个同名条目：请填写编号"),
            };
        }
        let hint = self.suggest.hint(word, self.names.known(list));
        Bad {
            code: Code::UnknownReference,
            expected: text!("an id or a name of {field}", "“{zh}”表中的编号或名称"),
            hint,
        }
    }

    pub(super) fn vehicles(&mut self, words: &str) -> Result<Value, Bad> {
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
    pub(super) fn skills(&mut self, words: &str) -> Result<Vec<Value>, Bad> {
        let mut all = Vec::new();
        for entry in self.entries_of(List::Skills, words) {
            let Counted { name, number, note, .. } =
                counted(entry, &|name: &str| self.names.is_known(List::Skills, name));
            let skill = self.reference(List::Skills, name).map_err(|bad| Bad {
                hint: if bad.hint.is_empty() {
                    text!(
                        "nobody holds it; what nobody holds is listed on the sheet 技能 (skills)",
                        "没有人具备；无人具备的技能须列入“技能”表"
                    )
                } else {
                    bad.hint
                },
                ..bad
            })?;
            if note.is_some() {
                return Err(Bad::new(
                    Code::WrongType,
                    text!("skills with levels, such as 护理2级、蒙古语", "技能及级别，如 护理2级、蒙古语"),
                ));
            }
            all.push(leveled(&skill, number)?);
        }
        Ok(all)
    }

    /// Skills that somebody holds, some until a day.
    pub(super) fn held(&mut self, words: &str) -> Result<Value, Bad> {
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
    pub(super) fn expiry(&self, words: &str) -> Result<String, Bad> {
        let expected = || text!("a date such as 2027-03-31", "日期，如 2027-03-31");
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

    pub(super) fn amounts(&mut self, list: List, field: &str, words: &str) -> Result<Value, Bad> {
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

    /// Teams, people or skills with prices: `护理队(900)`.
    pub(super) fn preferences(&mut self, words: &str) -> Result<Value, Bad> {
        let lists = List::QUALITIES;
        let mut all = Vec::new();
        for entry in listed(words) {
            let is_known = |name: &str| lists.iter().any(|list| self.names.is_known(*list, name));
            let Counted { name, number, .. } = counted(entry, &is_known);
            let list = lists.into_iter().find(|list| self.names.is_known(*list, name)).unwrap_or(List::Teams);
            let id = self.reference(list, name)?;
            let price = number.ok_or_else(|| {
                let expected =
                    text!("a price in brackets, such as 护理队(900)", "括号内写明代价，如 护理队（900）");
                Bad::new(Code::MissingField, expected)
            })?;
            all.push(json!({list.quality(): id, "price": whole_of(price)?}));
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
