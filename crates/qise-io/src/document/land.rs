//! Places and the ways between them.

use std::borrow::Cow;

use qise::model::{Code, Rounding, TravelMatrix};
use qise::{Text, text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use crate::read::{Choice, Count, Duration, List, Notes, Number, Numeral, Permille, Read, Str, When};

record! {
    /// A point of the globe, in degrees of the document's datum. It is a place of its own without setup, the same as other coordinates on
    /// the spot that are equal, with the same name, but never the same as an entry of `places`, wherever that lies.
    Coordinates<'a> {
        /// Degrees east, from -180 to 180.
        required lon: Number,
        /// Degrees north, from -90 to 90.
        required lat: Number,
        /// Name for people.
        default name: Str<'a>,
    }
}

/// A place: the id of an entry of `places`, or coordinates on the spot.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Point<'a> {
    /// The id of an entry of `places`.
    Place(Str<'a>),
    /// Coordinates on the spot.
    At(Coordinates<'a>),
}

impl<'a> Read<'a> for Point<'a> {
    fn expected() -> Text {
        text!("the id of a place, or {{\"lon\": …, \"lat\": …}}", "地点编号，或 {{\"lon\": …, \"lat\": …}}")
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        Str::from_number(value, notes).map(Self::Place)
    }

    fn from_text(value: Cow<'a, str>, _: &mut Notes) -> Option<Self> {
        Some(Self::Place(Str(value)))
    }

    fn from_object<A: MapAccess<'a>>(object: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        Ok(Coordinates::from_object(object, notes)?.map(Self::At))
    }
}

record! {
    /// A place that others refer to by its id.
    Place<'a> {
        /// Unique id; not "anywhere".
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Degrees east; may be missing, together with lat, where every profile in use has a matrix.
        default lon: Number,
        /// Degrees north.
        default lat: Number,
        /// The area it belongs to; found by outline when missing.
        default area: Str<'a>,
        /// Time between arriving and being able to start (parking, gate, lift), due when one comes from another place; none when missing.
        /// Places are the same where their ids are: another entry at the same coordinates is another place.
        default setup: Duration,
    }
}

record! {
    /// A part of the land.
    Area<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// The corners of its outline, three or more.
        default outline: List<Coordinates<'a>>,
    }
}

record! {
    /// A way of moving: by the great circle at a constant speed, or by a matrix.
    Profile<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Speed along the detoured line, in kilometres an hour.
        default speed_kmh: Permille<100, 2_000_000_000>,
        /// Road length over straight length; 1.3 when missing.
        default detour: Permille<1000, 100_000>,
        /// How fractions of seconds and metres become whole; up when missing.
        default rounding: Choice<Rounding>,
        /// The caller's own times and distances, instead of a speed.
        default matrix: Matrix<'a>,
    }
}

record! {
    /// A square table of times and distances between some places, row by row; null where there is no way.
    Matrix<'a> {
        /// The places of rows and columns, in order.
        required places: List<Str<'a>>,
        /// Seconds from the place of the row to that of the column.
        required seconds: List<Row>,
        /// Metres from the place of the row to that of the column.
        required metres: List<Row>,
    }
}

/// A row of a matrix, packed: [`TravelMatrix::NO_WAY`] where there is no way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) Vec<u32>);

/// One entry of a row.
pub(crate) struct Entry(u32);

type EntryCount = Count<0, { TravelMatrix::NO_WAY as i64 - 1 }>;

impl Read<'_> for Entry {
    fn expected() -> Text {
        let most = TravelMatrix::NO_WAY - 1;
        text!("a whole number from 0 to {most}, or null", "0 至 {most} 之间的整数，或 null")
    }

    fn from_null(_: &mut Notes) -> Option<Self> {
        Some(Self(TravelMatrix::NO_WAY))
    }

    fn from_number(value: Numeral, notes: &mut Notes) -> Option<Self> {
        if let Numeral::Integer(i64::MIN..0) = value {
            let hint = text!("where there is no way, write null", "没有通路之处请写 null");
            notes.fault(Code::OutOfRange, value.to_string(), Self::expected(), hint);
            return None;
        }
        EntryCount::from_number(value, notes).map(|count| Self(count.0 as u32))
    }
}

impl<'a> Read<'a> for Row {
    fn expected() -> Text {
        text!("a list", "列表")
    }

    fn from_list<A: SeqAccess<'a>>(list: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        let mut entries = Vec::new();
        notes.elements(list, |entry: Option<Entry>| entries.push(entry.map_or(0, |entry| entry.0)))?;
        Ok(Some(Self(entries)))
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|&entry| (entry != TravelMatrix::NO_WAY).then_some(entry)))
    }
}

impl JsonSchema for Row {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Row".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<Option<EntryCount>>();
        json_schema!({ "type": "array", "items": entry })
    }
}

record! {
    /// A spell of slow roads: snow, dust, floods. It holds for every route whose shift starts within it.
    Slowdown<'a> {
        /// The areas concerned; everywhere when missing or empty.
        default areas: List<Str<'a>>,
        /// The profiles concerned; all when missing or empty.
        default profiles: List<Str<'a>>,
        /// First moment.
        required from: When<'a>,
        /// End, itself outside.
        required to: When<'a>,
        /// Travel times are multiplied by this.
        required factor: Permille<1000, 1_000_000>,
        /// The reason, for people; not kept when the scenario is written again.
        default why: Str<'a>,
    }
}

record! {
    /// Residents counted at one point.
    Population<'a> {
        /// Where they live.
        required at: Point<'a>,
        /// How many.
        required residents: Count<0, { u32::MAX as i64 }>,
    }
}
