//! Values that need nothing but their cell: numbers, durations, yes and no, one of a few words.

use std::borrow::Cow;

use qise::model::Code;
use qise::text;
use serde_json::{Value, json};

use super::bad::Bad;
use crate::book::Cell;
use crate::say::length::{self, Unit};
use crate::say::words::{self, plain};
use crate::table::Word;

pub(super) fn flag(cell: &Cell, words: &str) -> Result<bool, Bad> {
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

pub(super) fn whole(words: &str) -> Result<i64, Bad> {
    let expected = || Bad::new(Code::WrongType, text!("a whole number", "整数"));
    words::number(words).ok_or_else(expected).and_then(whole_of)
}

#[allow(clippy::float_cmp, reason = "whether a number is whole")]
pub(super) fn whole_of(number: f64) -> Result<i64, Bad> {
    let is_whole = number.trunc() == number && number.abs() < 9e15;
    if is_whole {
        Ok(number as i64)
    } else {
        Err(Bad::new(Code::WrongType, text!("a whole number", "整数")))
    }
}

pub(super) fn decimal(words: &str) -> Result<f64, Bad> {
    let words = plain(words);
    let bare = words
        .trim_end_matches(['°', 'E', 'N', 'e', 'n', '度'])
        .trim_start_matches(['东', '北', '经', '纬', 'E', 'N']);
    words::number(bare).ok_or_else(|| Bad::new(Code::WrongType, text!("a number", "数字")))
}

/// A whole number where it is one, as documents write it.
#[allow(clippy::float_cmp, reason = "whether a number is whole")]
pub(super) fn shortest(number: f64) -> Value {
    if number.trunc() == number && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

pub(super) fn duration(cell: &Cell, words: &str, unit: Unit) -> Result<String, Bad> {
    let seconds = match cell {
        Cell::Clock(seconds) => Some(qise::model::Seconds(*seconds)),
        _ => length::duration(words, unit),
    };
    let seconds = seconds.ok_or_else(|| Bad::new(Code::BadDuration, length::duration_expected()))?;
    Ok(qise_io::time::format_duration(seconds))
}

pub(super) fn choice(all: &[Word], words: &str) -> Result<&'static str, Bad>
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
