//! The plan.

use std::borrow::Cow;

use qise::explain::Verdict;
use qise::model::Term;
use qise::{Text, text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::MapAccess;
use serde::{Serialize, Serializer};

use super::{Length, Previous};
use crate::read::{Anything, Choice, Count, Duration, Figures, List, Name, Notes, Read, Str, When, Whole};

/// A number of people.
type People = Count<0, { u32::MAX as i64 }>;
/// Seconds on the way.
type Travel = Count<0, 1_000_000_000_000>;

record! {
    /// Who goes where, when; and which needs nobody serves.
    Plan<'a> {
        /// Always "qise/plan".
        #[schemars(extend("const" = "qise/plan"))]
        required format: Str<'a>,
        /// Always 1.
        #[schemars(extend("const" = 1))]
        required version: Whole,
        /// The name of the scenario.
        default scenario: Str<'a>,
        /// A number that scenarios have in common only where they ask the same of the same people. With another one a reader may say that the plan was made for another scenario.
        default fingerprint: Str<'a>,
        /// The zone of times without offset; that of the scenario when missing.
        default time_zone: Str<'a>,
        /// One route for each shift of a person who is sent out.
        required routes: List<Route<'a>>,
        /// The needs that nobody serves.
        default unserved: List<Unserved<'a>>,
        /// The ids of the needs that are handed to others.
        default outsourced: List<Str<'a>>,
        /// What the plan is worth.
        default score: Score,
        /// The plan that people had been told when this one was made, and the prices of changes against it: the score is reckoned with it. That of the scenario when missing. What the scenario does not know of it any more is passed over.
        default previous: Previous<'a>,
        /// Key figures, for people; those that the engine writes are checked.
        default figures: Figures,
        /// How the plan was found, for people; not read.
        default statistics: Anything,
    }
}

impl Plan<'_> {
    /// The value of `format`.
    pub(crate) const FORMAT: &'static str = "qise/plan";
}

record! {
    /// The visits of one person in one shift, in order.
    Route<'a> {
        /// The id of the volunteer.
        required volunteer: Str<'a>,
        /// Which of the volunteer's shifts, counted from 0; 0 when missing.
        default shift: Count<0, { u32::MAX as i64 }>,
        /// The id of the vehicle that the person takes; by their own means when missing.
        default vehicle: Str<'a>,
        /// The ids of those who go along from start to finish, as one party.
        default company: List<Str<'a>>,
        /// When the person leaves; just in time for the first visit when missing.
        default departure: When<'a>,
        /// The visits, in order.
        required visits: List<Visit<'a>>,
        /// The calls at depots between them, in order.
        default calls: List<Call<'a>>,
        /// The breaks taken between departure and finish; when missing none, or those of the shift where some time of the route is missing too.
        default breaks: List<Rest<'a>>,
        /// When the person is back, or done with the last visit where the shift ends anywhere; as early as can be when missing.
        default finish: When<'a>,
        /// Seconds on the way, the way back included.
        default travel_s: Travel,
        /// Metres on the way, the way back included.
        default distance_m: Length,
    }
}

record! {
    /// One person's part in one need.
    Visit<'a> {
        /// The id of the need.
        required need: Str<'a>,
        /// Which of the need's roles, counted from 0; the first when missing.
        default role: Count<0, 65535>,
        /// Which of the need's stops, counted from 0; the first when missing.
        default stop: Count<0, 65535>,
        /// Arrival at the place; as early as can be when missing.
        default arrival: When<'a>,
        /// Start of the service; as early as can be when missing.
        default start: When<'a>,
        /// End of the service; when missing, as long after the start as the service takes.
        default end: When<'a>,
        /// Seconds of the way there.
        default travel_s: Travel,
        /// Metres of the way there.
        default distance_m: Length,
    }
}

record! {
    /// A call at a depot, to take goods on board or to give them back.
    Call<'a> {
        /// The id of the depot.
        required depot: Str<'a>,
        /// It is made before the visit with this number, counted from 0; after the last where there is none.
        required before: Count<0, { u32::MAX as i64 }>,
        /// Arrival at the place; as early as can be when missing.
        default arrival: When<'a>,
        /// Its start; as early as can be when missing.
        default start: When<'a>,
        /// Its end; when missing, as long after its start as a call takes.
        default end: When<'a>,
        /// What is taken on board.
        default takes: List<Parcel<'a>>,
        /// What is given back.
        default gives: List<Parcel<'a>>,
        /// Seconds of the way there.
        default travel_s: Travel,
        /// Metres of the way there.
        default distance_m: Length,
    }
}

record! {
    /// So much of a kind that changes hands at a depot, for as many needs as there may be.
    Parcel<'a> {
        /// The id of the kind.
        required good: Str<'a>,
        /// How much.
        required amount: Count<0, 1_000_000_000_000_000>,
    }
}

record! {
    /// A break taken.
    Rest<'a> {
        /// Its start.
        required start: When<'a>,
        /// Its length.
        required duration: Duration,
        /// The id of the place where it is taken, of a break that asks for one.
        default at: Str<'a>,
    }
}

record! {
    /// A need that nobody serves.
    Unserved<'a> {
        /// The id of the need.
        required need: Str<'a>,
        /// Why, for people; not checked.
        default reason: Reason<'a>,
    }
}

record! {
    /// Why a need is not served.
    Reason<'a> {
        /// What is known.
        default verdict: Choice<Verdict>,
        /// The reason in English.
        default text: Str<'a>,
        /// The reason in Chinese.
        default text_zh: Str<'a>,
        /// The reason in English, as it may be told to whoever asked: nobody else is named in it.
        default public_text: Str<'a>,
        /// The same in Chinese.
        default public_text_zh: Str<'a>,
        /// How many people there are.
        default people: People,
        /// How many people each rule excluded, in the order of the rules; missing where nobody looked.
        default cuts: List<Cut<'a>>,
        /// How many people remain.
        default left: People,
        /// Of an impossible need the fewest rules that exclude everybody between them; where people remain, those that leave no room together.
        default rules: List<Str<'a>>,
        /// Ids of the nearest people who could serve it with nothing else to do: a plan in which they do was judged.
        default able: List<Str<'a>>,
        /// Ids of the people who would come at the least cost that was found.
        default comes: List<Str<'a>>,
        /// Ids of the needs that would be given up for it.
        default gives_up: List<Str<'a>>,
        /// Where no place was found, what is proven of how much any plan serves, for people; not read.
        default bound: Anything,
    }
}

record! {
    /// How many people a rule excluded.
    Cut<'a> {
        /// The rule.
        required rule: Str<'a>,
        /// The number of people.
        required people: People,
    }
}

record! {
    /// What a plan is worth; less is better.
    Score {
        /// The value of each level of the objective.
        default levels: List<Whole>,
        /// The value of each term.
        default terms: Terms,
    }
}

/// Values of terms by name, in the order of the terms when written.
#[derive(Debug, Default)]
pub(crate) struct Terms(pub(crate) Vec<(Term, i64)>);

impl<'a> Read<'a> for Terms {
    fn expected() -> Text {
        text!("an object", "对象")
    }

    fn from_object<A: MapAccess<'a>>(mut object: A, notes: &mut Notes) -> Result<Option<Self>, A::Error> {
        let mut terms: Vec<(Term, i64)> = Vec::new();
        while let Some(name) = object.next_key_seed(Name)? {
            match Term::from_name(&name) {
                Some(term) if terms.iter().any(|(seen, _)| *seen == term) => {
                    notes.duplicate_field(term.as_str(), &mut object)?;
                }
                Some(term) => {
                    let value = notes.field::<Whole, A>(term.as_str(), false, &mut object)?;
                    terms.push((term, value.map_or(0, |value| value.0)));
                }
                None => {
                    let known = Term::ALL.iter().map(|term| term.as_str()).collect::<Vec<_>>();
                    notes.unknown_field(&name, &known, &mut object)?;
                }
            }
        }
        Ok(Some(Self(terms)))
    }
}

impl Serialize for Terms {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(term, value)| (term.as_str(), value)))
    }
}

impl JsonSchema for Terms {
    fn schema_name() -> Cow<'static, str> {
        "Terms".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<Whole>();
        let mut properties = serde_json::Map::new();
        for term in Term::ALL {
            let mut schema = value.clone();
            schema.insert("description".into(), term.label().en.into());
            properties.insert(term.as_str().into(), schema.into());
        }
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
