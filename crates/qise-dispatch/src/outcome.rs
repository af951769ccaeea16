//! What a command leads to, for whoever asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a command leads to. Times are written in the zone of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Outcome {
    /// The offer is out, under this number.
    Offered {
        /// The number, by which it is accepted or declined.
        offer: u32,
        /// When the visit would start.
        start: String,
        /// The last moment for an answer.
        expires: String,
    },
    /// The places are taken.
    Committed {
        /// Who has them, and how many are free.
        committed: Taken,
    },
    /// The place is taken, but the visit starts at another time than the offer said.
    Changed {
        /// Who has it, and how many are free.
        changed: Taken,
    },
    /// Somebody was quicker. Nothing has changed, and the volunteer has not declined.
    Filled {
        /// Nothing more.
        filled: Nothing,
    },
    /// These people have no place in the need any more.
    Released {
        /// Who, and how many places are free.
        released: Released,
    },
    /// The volunteer has no place in these needs any more.
    OffDuty {
        /// Which needs.
        off_duty: OffDuty,
    },
    /// The plan was made anew: what has changed.
    Changes {
        /// What has changed, and what was left as it is.
        changes: Changes,
    },
    /// It was noted, and other visits have moved by it.
    Moved {
        /// The visits that start at another time, or that nobody makes any more.
        moved: Vec<Change>,
    },
    /// What a depot has now is known.
    Stock {
        /// What is missing.
        stock: Stocked,
    },
    /// It was done as asked.
    Noted {
        /// Nothing more.
        noted: Nothing,
    },
}

/// Places that are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// When the first of them starts.
    pub start: String,
    /// How many places of the crew are still free.
    pub missing: u16,
    /// Who takes which place.
    pub seats: Vec<Seated>,
}

/// Somebody who has a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seated {
    /// The id of the volunteer.
    pub who: String,
    /// Which role.
    pub role: u16,
    /// When the visit starts.
    pub start: String,
}

/// Places that are given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// The ids of the volunteers who had them.
    pub who: Vec<String>,
    /// How many places of the crew are free.
    pub missing: u16,
}

/// What somebody who goes off duty leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffDuty {
    /// The ids of the needs in which the volunteer had a place.
    pub needs: Vec<String>,
}

/// What has changed in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The visits that have come in, moved or gone, need by need.
    pub visits: Vec<Change>,
    /// How many of them somebody was told of before: no more than `most_changes`.
    pub told: u32,
    /// How many groups of changes that hang together were taken over.
    pub merged: u32,
    /// How many were not, as something they touch has happened meanwhile or the plan gets no better.
    pub dropped: u32,
    /// How many were not, as they go beyond `most_changes`.
    pub beyond: u32,
}

/// A visit that has come in, moved or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The id of the need.
    pub need: String,
    /// The id of the volunteer.
    pub who: String,
    /// `committed`, `retimed` or `released`.
    pub what: String,
    /// When the visit starts from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
}

/// What a depot has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stocked {
    /// So much is missing for those who are committed already: they stay, and nothing is left for others.
    pub missing: i64,
}

/// Nothing more is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl Outcome {
    /// It was done as asked.
    pub(crate) fn noted() -> Self {
        Self::Noted { noted: Nothing {} }
    }

    /// The number of the offer that is out.
    pub fn offer(&self) -> Option<u32> {
        match self {
            Self::Offered { offer, .. } => Some(*offer),
            _ => None,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "offer",
            Self::Committed { .. } => "committed",
            Self::Changed { .. } => "changed",
            Self::Filled { .. } => "filled",
            Self::Released { .. } => "released",
            Self::OffDuty { .. } => "off_duty",
            Self::Changes { .. } => "changes",
            Self::Moved { .. } => "moved",
            Self::Stock { .. } => "stock",
            Self::Noted { .. } => "noted",
        }
    }
}

/// The answer to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The entry of the journal that holds it; durable once the journal says so of this number.
    pub seq: u64,
    /// What the command led to.
    pub outcome: Outcome,
    /// Whether the key was known, so that nothing was done now.
    pub is_repeated: bool,
}
