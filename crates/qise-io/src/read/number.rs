//! Numbers, each with its range.

use std::borrow::Cow;

use qise::model::Code;
use qise::{Text, text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Notes, Numeral, Read};

/// A whole number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Count<const LEAST: i64, const MOST: i64>(pub(crate) i64);

/// Any whole number.
pub(crate) type Whole = Count<{ i64::MIN }, { i64::MAX }>;

impl<const LEAST: i64, const MOST: i64> Read<'_> for Count<LEAST, MOST> {
    fn expected() -> Text {
        if (LEAST, MOST) == (i64::MIN, i64::MAX) {
            text!("a whole number", "整数")
        } else {
            text!("a whole number from {LEAST} to {MOST}", "{LEAST} 至 {MOST} 之间的整数")
        }
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        let whole = match value {
            Numeral::Integer(whole) => Some(whole),
            // Beyond 2^53 a float no longer says which whole number it means.
            Numeral::Float(float) if float.fract() != 0.0 => {
                return notes.wrong_type(value.to_string(), Self::expected());
            }
            Numeral::Float(float) => (float.abs() < 9e15).then_some(float as i64),
        };
        let good = whole.filter(|whole| (LEAST..=MOST).contains(whole));
        if good.is_none() {
            notes.fault(Code::OutOfRange, value.to_string(), Self::expected(), Text::default());
        }
        good.map(Self)
    }
}

impl<const LEAST: i64, const MOST: i64> JsonSchema for Count<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Count_{LEAST}_{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "integer" });
        if LEAST != i64::MIN {
            schema.insert("minimum".into(), LEAST.into());
        }
        if MOST != i64::MAX {
            schema.insert("maximum".into(), MOST.into());
        }
        schema
    }
}

/// Any number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Number(pub(crate) f64);

impl Read<'_> for Number {
    fn expected() -> Text {
        text!("a number", "数")
    }

    fn from_number(value: Numeral, _: &mut Notes) -> Option<Self> {
        Some(Self(value.as_f64()))
    }
}

impl Numeral {
    fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// A number with up to three decimals, kept in thousandths; `LEAST` and `MOST` are thousandths too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Permille<const LEAST: u32, const MOST: u32>(pub(crate) u32);

impl<const LEAST: u32, const MOST: u32> Permille<LEAST, MOST> {
    fn range() -> (f64, f64) {
        (f64::from(LEAST) / 1000.0, f64::from(MOST) / 1000.0)
    }
}

impl<const LEAST: u32, const MOST: u32> Read<'_> for Permille<LEAST, MOST> {
    fn expected() -> Text {
        let (least, most) = Self::range();
        text!("a number from {least} to {most}", "{least} 至 {most} 之间的数")
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        let (least, most) = Self::range();
        let number = value.as_f64();
        if !(least..=most).contains(&number) {
            notes.fault(Code::OutOfRange, value.to_string(), Self::expected(), Text::default());
            return None;
        }
        Some(Self((number * 1000.0).round() as u32))
    }
}

impl<const LEAST: u32, const MOST: u32> Serialize for Permille<LEAST, MOST> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            to.serialize_u32(self.0 / 1000)
        } else {
            to.serialize_f64(f64::from(self.0) / 1000.0)
        }
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Permille<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Permille_{LEAST}_{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let (least, most) = Self::range();
        json_schema!({ "type": "number", "minimum": least, "maximum": most })
    }
}
