//! Records: JSON objects with a fixed set of fields.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

/// Reads the name of a field, without a copy where the text has no escapes.
pub(crate) struct Name;

impl<'a> DeserializeSeed<'a> for Name {
    type Value = Cow<'a, str>;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for Name {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, name: &'a str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Declares a record of a document: the struct, its reader, its writer and its schema.
///
/// Every field is an `Option`: what is missing or faulty is `None`, and noted as a fault where it should be there.
/// `required` fields must stand in the document, `default` fields need not, and may be `null`. Doc comments become the descriptions of the schema. A field whose name in JSON is no name in Rust
/// states it: `handling as "use"`.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident $(<$life:lifetime>)? {
            $( $(#[$field_meta:meta])* $kind:ident $field:ident $(as $json:literal)?: $type:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Default, serde::Serialize, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(crate) struct $name $(<$life>)? {
            $(
                $(#[$field_meta])*
                #[schemars($kind)]
                #[serde(skip_serializing_if = "Option::is_none")]
                $(#[serde(rename = $json)])?
                pub(crate) $field: Option<$type>
            ),*
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The names of the fields, in order.
            pub(crate) const FIELDS: &'static [&'static str] = &[$(record!(@name $field $($json)?)),*];
        }

        impl<'a> $crate::read::Read<'a> for $name $(<$life>)? {
            fn expected() -> qise::Text {
                qise::text!("an object", "对象")
            }

            fn from_object<A: serde::de::MapAccess<'a>>(
                mut object: A,
                notes: &mut $crate::read::Notes,
            ) -> Result<Option<Self>, A::Error> {
                #[derive(Default)]
                struct Seen { $($field: bool),* }
                let mut seen = Seen::default();
                let mut record = Self::default();
                while let Some(name) = object.next_key_seed($crate::read::Name)? {
                    match name.as_ref() {
                        $(
                            record!(@name $field $($json)?) if std::mem::replace(&mut seen.$field, true) => {
                                notes.duplicate_field(record!(@name $field $($json)?), &mut object)?;
                            }
                            record!(@name $field $($json)?) => {
                                let name = record!(@name $field $($json)?);
                                record.$field = notes.field(name, record!(@nullable $kind), &mut object)?;
                            }
                        )*
                        other => notes.unknown_field(other, Self::FIELDS, &mut object)?,
                    }
                }
                $(
                    if !record!(@nullable $kind) && !seen.$field {
                        let expected = <$type as $crate::read::Read<'a>>::expected();
                        notes.missing_field(record!(@name $field $($json)?), expected);
                    }
                )*
                Ok(Some(record))
            }
        }
    };
    (@nullable required) => { false };
    (@nullable default) => { true };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $json:literal) => { $json };
}
