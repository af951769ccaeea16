//! What a journal holds of what has happened: by ids as documents have them, never by numbers.

use qise_lifecycle::{Event, Lifecycle, NeedNo, PersonNo};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::plan_side::PlanSide;
use crate::rows::{SeatAt, Weighed};

/// The version of what entries say.
pub const SCHEMA_VERSION: u32 = 1;

/// Something that has happened, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Happened {
    /// To the plan.
    Plan(PlanEvent),
    /// In the machines.
    Life(Event),
}

/// Something that has happened to the plan. Moments are seconds since 1970, coordinates WGS-84.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum PlanEvent {
    /// The needs of the start wait for people, and whoever serves in the plan of the start is committed.
    Opened {},
    /// A need comes in, as its document says.
    Asked { need: Value },
    /// A need is another, as its document says. Nobody serves it.
    Rewritten { need: Value },
    /// Somebody serves a need, at these times.
    Seated { need: String, seats: Vec<SeatWritten> },
    /// Needs are served at these times, as those who came have told: all are taken out of the plan first, then put back in this order. A
    /// need without seats is served by nobody.
    Moved { visits: Vec<VisitsWritten> },
    /// These people serve a need no more.
    Unseated { need: String, who: Vec<String> },
    /// The plan knows a need no more.
    Vacated { need: String },
    /// The plan knows a need again.
    Renewed { need: String },
    /// Somebody is present.
    OnDuty { who: String, start: i64, end: i64, day: i32, at: Option<(f64, f64)> },
    /// Somebody is in none of these shifts any more.
    OffDuty { who: String, shifts: Vec<u32> },
    /// Somebody is somewhere; in the shift that is named they start from there.
    Position { who: String, lat: f64, lon: f64, shift: Option<u32> },
    /// A depot had so much at first, before all calls, and what was to come in by `after` is part of that.
    Stocked { depot: String, good: String, amount: i64, after: i64 },
    /// What the resident said.
    Said { need: String, text: String },
    /// What somebody's visit adds to the plan: why it is this person.
    Weighed { need: String, who: String, added_travel_s: i64, levels: Vec<i64> },
}

/// The names of the events of the plan.
const OF_PLAN: [&str; 14] = [
    "opened",
    "asked",
    "rewritten",
    "seated",
    "moved",
    "unseated",
    "vacated",
    "renewed",
    "on_duty",
    "off_duty",
    "position",
    "stocked",
    "said",
    "weighed",
];

/// Who serves a need, by ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitsWritten {
    pub(crate) need: String,
    pub(crate) seats: Vec<SeatWritten>,
}

/// A seat by ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeatWritten {
    who: String,
    shift: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle: Option<String>,
    role: u16,
    stop: u16,
    start: i64,
    end: i64,
}

/// What an entry says does not belong to this journal: an id that is not known, or an event of no known form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unknown(pub(crate) String);

/// Seats by ids.
pub(crate) fn written(side: &PlanSide, seats: &[SeatAt]) -> Vec<SeatWritten> {
    let seat = |seat: &SeatAt| SeatWritten {
        who: side.key_of(seat.who).to_owned(),
        shift: seat.shift,
        vehicle: seat.vehicle.map(|vehicle| side.start.vehicle(vehicle).key.clone()),
        role: seat.role,
        stop: seat.stop,
        start: seat.start,
        end: seat.end,
    };
    seats.iter().map(seat).collect()
}

/// The seats of ids.
pub(crate) fn read_seats(side: &PlanSide, seats: &[SeatWritten]) -> Result<Vec<SeatAt>, Unknown> {
    let seat = |seat: &SeatWritten| {
        let vehicle = seat.vehicle.as_ref().map(|key| {
            side.start.vehicle_id(key).ok_or_else(|| Unknown(format!("there is no vehicle {key:?}")))
        });
        Ok(SeatAt {
            who: person(side, &seat.who)?,
            shift: seat.shift,
            vehicle: vehicle.transpose()?,
            role: seat.role,
            stop: seat.stop,
            start: seat.start,
            end: seat.end,
        })
    };
    seats.iter().map(seat).collect()
}

pub(crate) fn need(side: &PlanSide, key: &str) -> Result<NeedNo, Unknown> {
    side.rows.find(key).ok_or_else(|| Unknown(format!("there is no need {key:?}")))
}

pub(crate) fn person(side: &PlanSide, key: &str) -> Result<PersonNo, Unknown> {
    side.person(key).ok_or_else(|| Unknown(format!("there is no volunteer {key:?}")))
}

impl Weighed {
    pub(crate) fn event(&self, side: &PlanSide, no: NeedNo) -> PlanEvent {
        PlanEvent::Weighed {
            need: side.row(no).key.clone(),
            who: side.key_of(self.who).to_owned(),
            added_travel_s: self.added_travel_s,
            levels: self.levels.clone(),
        }
    }
}

impl Happened {
    /// The event as a journal writes it.
    pub(crate) fn to_json(&self, side: &PlanSide) -> Value {
        match self {
            Self::Plan(event) => serde_json::to_value(event).unwrap_or_default(),
            Self::Life(event) => {
                let mut value = serde_json::to_value(event).unwrap_or_default();
                let names = |field: &str, number: &Value| {
                    let number = number.as_u64()? as u32;
                    let is_person = matches!(field, "who" | "by");
                    Some(if is_person {
                        side.key_of(PersonNo(number)).into()
                    } else {
                        side.row(NeedNo(number)).key.as_str().into()
                    })
                };
                for_each_reference(&mut value, &mut |field, found| {
                    if let Some(name) = names(field, found) {
                        *found = name;
                    }
                    Ok(())
                })
                .ok();
                value
            }
        }
    }

    /// The event that a journal tells of. Needs that it names are known by then.
    pub(crate) fn from_json(mut value: Value, side: &PlanSide) -> Result<Self, Unknown> {
        let is_of_plan = value
            .as_object()
            .is_some_and(|event| event.keys().next().is_some_and(|name| OF_PLAN.contains(&name.as_str())));
        let bad = |error: serde_json::Error| Unknown(error.to_string());
        if is_of_plan {
            return serde_json::from_value(value).map(Self::Plan).map_err(bad);
        }
        for_each_reference(&mut value, &mut |field, found| {
            let Some(key) = found.as_str() else { return Ok(()) };
            let number = match field {
                "who" | "by" => person(side, key)?.0,
                _ => need(side, key)?.0,
            };
            *found = number.into();
            Ok(())
        })?;
        serde_json::from_value(value).map(Self::Life).map_err(bad)
    }
}

/// The fields of an event of the machines that name a need or a person.
fn for_each_reference(
    event: &mut Value,
    change: &mut impl FnMut(&str, &mut Value) -> Result<(), Unknown>,
) -> Result<(), Unknown> {
    let mut change_in = |fields: &mut Map<String, Value>| {
        for field in ["need", "who", "by", "during"] {
            if let Some(found) = fields.get_mut(field).filter(|found| !found.is_null()) {
                change(field, found)?;
            }
        }
        Ok(())
    };
    let fields = event.as_object_mut().and_then(|event| event.values_mut().next());
    let Some(fields) = fields.and_then(Value::as_object_mut) else { return Ok(()) };
    change_in(fields)?;
    match fields.get_mut("raised").and_then(Value::as_object_mut) {
        Some(raised) => change_in(raised),
        None => Ok(()),
    }
}

/// The need that an event of the machines concerns.
pub(crate) fn need_of(event: &Event, life: &Lifecycle) -> Option<NeedNo> {
    Some(match *event {
        Event::Accepted { offer, .. }
        | Event::Declined { offer, .. }
        | Event::OfferExpired { offer }
        | Event::OfferWithdrawn { offer, .. } => life.offer(offer)?.need,
        Event::NeedAdded { need, .. }
        | Event::NeedChanged { need, .. }
        | Event::NeedHeld { need, .. }
        | Event::HoldEnded { need }
        | Event::NeedCancelled { need, .. }
        | Event::NeedRejected { need, .. }
        | Event::NeedExpired { need }
        | Event::NeedReopened { need, .. }
        | Event::NeedConfirmed { need }
        | Event::NeedRated { need, .. }
        | Event::NeedClosed { need }
        | Event::Escalated { need, .. }
        | Event::CallBackDue { need }
        | Event::Offered { need, .. }
        | Event::Committed { need, .. }
        | Event::Retimed { need, .. }
        | Event::Departed { need, .. }
        | Event::Arrived { need, .. }
        | Event::StopDone { need, .. }
        | Event::Done { need, .. }
        | Event::NoShow { need, .. }
        | Event::Released { need, .. }
        | Event::StoodDown { need, .. }
        | Event::VisitOverdue { need, .. }
        | Event::LoanOverdue { need }
        | Event::LoanReturned { need } => need,
    })
}
