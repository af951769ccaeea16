//! Texts: any, times, and words out of a fixed set.

use std::borrow::Cow;

use qise::model::Code;
use qise::{Text, text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Notes, Numeral, Read};

/// Any text: an id, a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Str<'a>(pub(crate) Cow<'a, str>);

impl<'a> From<&'a str> for Str<'a> {
    fn from(words: &'a str) -> Self {
        Self(Cow::Borrowed(words))
    }
}

impl From<String> for Str<'_> {
    fn from(words: String) -> Self {
        Self(Cow::Owned(words))
    }
}

impl<'a> Read<'a> for Str<'a> {
    fn expected() -> Text {
        text!("a text", "文本")
    }

    /// A number is a fault, but its digits stand for the text that was meant: so references to it are not faults too.
    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        let digits = value.to_string();
        let hint = text!("put it in quotes: {digits:?}", "请加引号：{digits:?}");
        notes.fault(Code::WrongType, digits.as_str(), Self::expected(), hint);
        Some(Self(Cow::Owned(digits)))
    }

    fn from_text(value: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        Some(Self(value))
    }
}

/// A time, still as text: which one it is depends on the zone of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct When<'a>(pub(crate) Cow<'a, str>);

impl<'a> Read<'a> for When<'a> {
    fn expected() -> Text {
        text!("a time such as \"2026-11-24T09:00:00+08:00\"", "\"2026-11-24T09:00:00+08:00\" 之类的时刻")
    }

    fn from_text(value: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        Some(Self(value))
    }
}

impl JsonSchema for When<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A time of ISO 8601 in whole seconds: with an offset, with a zone in brackets, or with neither where the document states its time_zone.",
            "examples": ["2026-11-24T09:00:00+08:00", "2026-11-24T01:00:00Z", "2026-11-24T09:00[Asia/Shanghai]"],
        })
    }
}

/// A type whose values have one word each.
pub(crate) trait Words: Copy + 'static {
    /// The name of the type in schemas.
    const NAME: &'static str;
    /// All values.
    fn all() -> &'static [Self];
    /// The word of a value.
    fn word(self) -> &'static str;
}

/// One of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice<T>(pub(crate) T);

impl<'a, T: Words> Read<'a> for Choice<T> {
    fn expected() -> Text {
        let words = T::all().iter().map(|v| v.word()).collect::<Vec<_>>().join(", ");
        text!("one of {words}", "{words} 之一")
    }

    fn from_text(value: Cow<'a, str>, notes: &mut Notes) -> Option<Self> {
        let found = T::all().iter().copied().find(|v| v.word() == value);
        found.map(Self).or_else(|| {
            let words = T::all().iter().map(|v| v.word()).collect::<Vec<_>>();
            notes.unknown_value(&value, &words)
        })
    }
}

impl<T: Words> Serialize for Choice<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.word())
    }
}

impl<T: Words> JsonSchema for Choice<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = T::all().iter().map(|v| v.word()).collect::<Vec<_>>();
        json_schema!({ "type": "string", "enum": words })
    }
}
