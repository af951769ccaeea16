//! From JSON text to typed records, in one pass, with every fault of the structure noted on the way.
//!
//! A derived `serde` reader stops at the first value of a wrong type. Here each type says which JSON values it accepts, and
//! what it does not accept is noted as a [`Fault`](qise::model::Fault) at its path while the pass goes on; the value is then
//! missing from its record. Parsing itself is `serde_json`'s, so only a fault of the syntax ends the pass early.

mod notes;
mod number;
#[macro_use]
mod record;
mod value;
mod word;

pub(crate) use notes::{MOST_FAULTS, Notes, stopped};
pub(crate) use number::{Count, Number, Permille, Whole};
pub(crate) use record::Name;
pub(crate) use value::{Anything, Duration, Figures, List, OneOrMore};
pub(crate) use word::{Choice, Str, When, Words};

pub(crate) use qise::model::quoted;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use qise::Text;
use qise::model::{Code, Fault};
use qise::text;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A number as JSON writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Numeral {
    Integer(i64),
    Float(f64),
}

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            // `Debug` writes large numbers with an exponent, `Display` with hundreds of zeros.
            Self::Float(value) => write!(f, "{value:?}"),
        }
    }
}

/// A type that can be read from JSON. It overrides what it accepts; the rest is a fault of the type.
pub(crate) trait Read<'a>: Sized {
    /// What should stand there.
    fn expected() -> Text;

    fn from_null(notes: &mut Notes) -> Option<Self> {
        notes.wrong_type("null", Self::expected())
    }

    fn from_bool(value: bool, notes: &mut Notes) -> Option<Self> {
        notes.wrong_type(value.to_string(), Self::expected())
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        notes.wrong_type(value.to_string(), Self::expected())
    }

    fn from_text(value: Cow<'a, str>, notes: &mut Notes) -> Option<Self> {
        notes.wrong_type(quoted(&value), Self::expected())
    }

    fn from_list<A: SeqAccess<'a>>(mut list: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(notes.wrong_type("[…]", Self::expected()))
    }

    fn from_object<A: MapAccess<'a>>(mut object: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(notes.wrong_type("{…}", Self::expected()))
    }
}

/// Reads one value of type `T`.
struct Reader<'n, T> {
    notes: &'n mut Notes,
    /// Whether `null` stands for a field that is not there.
    nullable: bool,
    of: PhantomData<T>,
}

impl<'n, T> Reader<'n, T> {
    fn new(notes: &'n mut Notes, nullable: bool) -> Self {
        Self { notes, nullable, of: PhantomData }
    }
}

impl<'a, T: Read<'a>> DeserializeSeed<'a> for Reader<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'a, T: Read<'a>> Visitor<'a> for Reader<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&T::expected().en)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(if self.nullable { None } else { T::from_null(self.notes) })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(T::from_bool(value, self.notes))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(T::from_number(Numeral::Integer(value), self.notes))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        let value = i64::try_from(value).map_or(Numeral::Float(value as f64), Numeral::Integer);
        Ok(T::from_number(value, self.notes))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(T::from_number(Numeral::Float(value), self.notes))
    }

    fn visit_borrowed_str<E>(self, value: &'a str) -> Result<Self::Value, E> {
        Ok(T::from_text(Cow::Borrowed(value), self.notes))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(Cow::Owned(value.to_owned()), self.notes))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, list: A) -> Result<Self::Value, A::Error> {
        T::from_list(list, self.notes)
    }

    fn visit_map<A: MapAccess<'a>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::from_object(object, self.notes)
    }
}

/// Reads a whole document. Without a record the faults say why; with one they are those of its structure.
pub(crate) fn read<'a, T: Read<'a>>(bytes: &'a [u8]) -> (Option<T>, Vec<Fault>) {
    let syntax = |found: String, hint: Text| {
        Fault::new("$", Code::Syntax, found, text!("JSON text", "JSON 文本")).hint(hint)
    };
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        let hint = text!("save the file as UTF-8 without a byte order mark", "请另存为不带 BOM 的 UTF-8");
        return (None, vec![syntax("a byte order mark".into(), hint)]);
    }
    if bytes.trim_ascii().is_empty() {
        return (None, vec![syntax("an empty document".into(), Text::default())]);
    }
    let words = match std::str::from_utf8(bytes) {
        Ok(words) => words,
        Err(error) => {
            let found = format!("bytes that are not UTF-8, from byte {}", error.valid_up_to());
            let hint =
                text!("save the file as UTF-8, not as GBK or UTF-16", "请另存为 UTF-8，而非 GBK 或 UTF-16");
            return (None, vec![syntax(found, hint)]);
        }
    };
    let mut notes = Notes::default();
    let mut json = serde_json::Deserializer::from_str(words);
    let read = Reader::<T>::new(&mut notes, false).deserialize(&mut json);
    match read.and_then(|record| json.end().map(|()| record)) {
        Ok(record) => (record, notes.into_faults()),
        Err(_) if notes.is_full() => {
            let mut faults = vec![stopped()];
            faults.extend(notes.into_faults());
            (None, faults)
        }
        Err(error) => {
            let hint = match (notes.path(), error.is_eof()) {
                (root, false) if root == "$" => Text::default(),
                (path, false) => text!("in {path}", "位于 {path}"),
                (path, true) => text!("the text ends too early, in {path}", "文本在 {path} 处提前结束"),
            };
            let mut faults = vec![syntax(format!("invalid JSON ({error})"), hint)];
            faults.extend(notes.into_faults());
            (None, faults)
        }
    }
}
