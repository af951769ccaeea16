//! Yes or no, durations, lists, and anything.

use std::borrow::Cow;

use qise::model::{Code, Seconds};
use qise::{Text, text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use super::{Notes, Numeral, Read, Reader, quoted};
use crate::time::{LONGEST_WRITTEN, format_duration, parse_duration};

impl Read<'_> for bool {
    fn expected() -> Text {
        text!("true or false", "true 或 false")
    }

    fn from_bool(value: bool, _: &mut Notes) -> Option<Self> {
        Some(value)
    }
}

/// A duration: whole seconds, or a text of ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Duration(pub(crate) Seconds);

impl Duration {
    fn checked(value: Seconds, found: String, notes: &mut Notes) -> Option<Self> {
        if (Seconds::ZERO..=Seconds::LIMIT).contains(&value) {
            return Some(Self(value));
        }
        let limit = Seconds::LIMIT.0;
        let expected = text!("a duration from 0 to {limit} s", "0 至 {limit} 秒之间的时长");
        notes.fault(Code::OutOfRange, found, expected, Text::default());
        None
    }
}

impl<'a> Read<'a> for Duration {
    fn expected() -> Text {
        text!("whole seconds, or a duration such as \"PT1H30M\"", "整秒数，或 \"PT1H30M\" 之类的时长")
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        let seconds = match value {
            Numeral::Integer(seconds) => seconds,
            Numeral::Float(float) if float.fract() != 0.0 => {
                let hint = text!("whole seconds only", "只支持整秒");
                notes.fault(Code::BadDuration, value.to_string(), Self::expected(), hint);
                return None;
            }
            // The cast stops at the ends of the range, which are beyond every limit.
            Numeral::Float(float) => float as i64,
        };
        Self::checked(Seconds(seconds), value.to_string(), notes)
    }

    fn from_text(value: Cow<'a, str>, notes: &mut Notes) -> Option<Self> {
        match parse_duration(&value) {
            Ok(seconds) => Self::checked(seconds, quoted(&value), notes),
            Err(bad) => {
                notes.fault(Code::BadDuration, quoted(&value), Self::expected(), bad.hint());
                None
            }
        }
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // A text beyond the calendar could not be read back; a number of seconds can.
        if self.0.0 > LONGEST_WRITTEN {
            to.serialize_i64(self.0.0)
        } else {
            to.serialize_str(&format_duration(self.0))
        }
    }
}

impl JsonSchema for Duration {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A duration: whole seconds, or a text of ISO 8601 without months and years (P1D is 24 hours).",
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": Seconds::LIMIT.0 },
                { "type": "string" },
            ],
            "examples": [5400, "PT1H30M", "P1D"],
        })
    }
}

/// A list. A faulty element leaves a hole, so that every other one keeps its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct List<T>(pub(crate) Vec<Option<T>>);

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Some).collect())
    }
}

impl<'a, T: Read<'a>> Read<'a> for List<T> {
    fn expected() -> Text {
        text!("a list", "列表")
    }

    fn from_list<A: SeqAccess<'a>>(list: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        let mut items = Vec::new();
        notes.elements(list, |item| items.push(item))?;
        Ok(Some(Self(items)))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("List_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

/// A list, or its only element alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum OneOrMore<T> {
    One(T),
    More(List<T>),
}

impl<'a, T: Read<'a>> Read<'a> for OneOrMore<T> {
    fn expected() -> Text {
        let Text { en, zh } = T::expected();
        text!("{en}, or a list", "{zh}，或列表")
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        T::from_number(value, notes).map(Self::One)
    }

    fn from_text(value: Cow<'a, str>, notes: &mut Notes) -> Option<Self> {
        T::from_text(value, notes).map(Self::One)
    }

    fn from_list<A: SeqAccess<'a>>(list: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        Ok(List::from_list(list, notes)?.map(Self::More))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("One_or_more_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [generator.subschema_for::<T>(), generator.subschema_for::<List<T>>()]})
    }
}

/// Figures by name: whole numbers are kept on reading, whatever else stands there is for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Figures(pub(crate) serde_json::Value);

impl<'a> Read<'a> for Figures {
    fn expected() -> Text {
        text!("figures by name", "按名称列出的数值")
    }

    fn from_null(_: &mut Notes) -> Option<Self> {
        None
    }

    fn from_bool(_: bool, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_number(_: Numeral, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_text(_: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_list<A: SeqAccess<'a>>(mut list: A, _: &mut Notes) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn from_object<A: MapAccess<'a>>(mut object: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        let mut figures = serde_json::Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let Some(Figure(number)) = object.next_value_seed(Reader::<Figure>::new(notes, true))? else {
                continue;
            };
            figures.insert(name, number.into());
        }
        Ok(Some(Self(figures.into())))
    }
}

/// A whole number, or anything else, of which nothing is kept.
struct Figure(i64);

impl<'a> Read<'a> for Figure {
    fn expected() -> Text {
        text!("anything", "任意内容")
    }

    fn from_bool(_: bool, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_number(value: Numeral, _: &mut Notes) -> Option<Self> {
        match value {
            Numeral::Integer(number) => Some(Self(number)),
            Numeral::Float(_) => None,
        }
    }

    fn from_text(_: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_list<A: SeqAccess<'a>>(mut list: A, _: &mut Notes) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn from_object<A: MapAccess<'a>>(mut object: A, _: &mut Notes) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// Anything at all: for people, not for the engine. Nothing of it is kept on reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Anything(pub(crate) serde_json::Value);

impl<'a> Read<'a> for Anything {
    fn expected() -> Text {
        text!("anything", "任意内容")
    }

    fn from_null(_: &mut Notes) -> Option<Self> {
        None
    }

    fn from_bool(_: bool, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_number(_: Numeral, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_text(_: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        None
    }

    fn from_list<A: SeqAccess<'a>>(mut list: A, _: &mut Notes) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn from_object<A: MapAccess<'a>>(mut object: A, _: &mut Notes) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
