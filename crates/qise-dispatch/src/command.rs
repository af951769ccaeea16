//! What can be asked for, as it stands in the lines of a conversation.

use qise_lifecycle::{CancelReason, DeclineReason, HoldReason, ReopenReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be asked for. Times are RFC 3339, or local times in the zone of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// A need comes in.
    AddNeed {
        /// The need, as in a scenario.
        need: Value,
    },
    /// A need is another from here on; it keeps its id.
    ChangeNeed {
        /// The need, as in a scenario.
        need: Value,
    },
    /// A need is given up.
    CancelNeed {
        /// The id of the need.
        need: String,
        /// Why.
        #[schemars(schema_with = "codes::cancel")]
        reason: CancelReason,
    },
    /// A need that has ended is taken up again. Where its windows have passed, `change_need` gives it new ones.
    Reopen {
        /// The id of the need.
        need: String,
        /// Why.
        #[schemars(schema_with = "codes::reopen")]
        reason: ReopenReason,
    },
    /// A volunteer is asked to take a place. Outcome: the number of the offer.
    Offer {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
        /// Which role, counted from 0.
        #[serde(default)]
        role: u16,
        /// So many seconds there are to answer.
        expires_s: i64,
    },
    /// Whoever was asked takes the place.
    Accept {
        /// The number of the offer.
        offer: u32,
    },
    /// Whoever was asked does not want to.
    Decline {
        /// The number of the offer.
        offer: u32,
        /// Why.
        #[schemars(schema_with = "codes::decline")]
        reason: DeclineReason,
    },
    /// Places are given to these people, without an offer: all or none.
    Commit {
        /// The id of the need.
        need: String,
        /// The ids of the volunteers.
        who: Vec<String>,
    },
    /// A place, or an open offer, is taken back.
    Withdraw {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
    },
    /// Somebody did not come.
    NoShow {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
    },
    /// Somebody leaves for a stop.
    Depart {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
        /// Which stop, counted from 0.
        #[serde(default)]
        stop: u16,
    },
    /// Somebody is at a stop.
    Arrive {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
        /// Which stop, counted from 0.
        #[serde(default)]
        stop: u16,
    },
    /// Somebody has done a stop.
    Done {
        /// The id of the need.
        need: String,
        /// The id of the volunteer.
        who: String,
        /// Which stop, counted from 0.
        #[serde(default)]
        stop: u16,
    },
    /// The resident says how it was.
    Rate {
        /// The id of the need.
        need: String,
        /// 1 to 5.
        stars: u8,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A need waits.
    Hold {
        /// The id of the need.
        need: String,
        /// Why.
        #[schemars(schema_with = "codes::hold")]
        reason: HoldReason,
        /// Until when.
        until: String,
    },
    /// What was lent is back. Where it is kept now is told by `stock`.
    LoanBack {
        /// The id of the need.
        need: String,
    },
    /// A volunteer is present.
    OnDuty {
        /// The id of the volunteer.
        who: String,
        /// From when on.
        from: String,
        /// Until when.
        until: String,
        /// Where, in the datum of the scenario; at home when missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lat: Option<f64>,
        /// Where, in the datum of the scenario; at home when missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lon: Option<f64>,
    },
    /// A volunteer goes off duty for the rest of the present shift; whoever is not on duty, for all shifts to come.
    OffDuty {
        /// The id of the volunteer.
        who: String,
    },
    /// A volunteer is somewhere.
    Position {
        /// The id of the volunteer.
        who: String,
        /// Degrees, in the datum of the scenario.
        lat: f64,
        /// Degrees, in the datum of the scenario.
        lon: f64,
    },
    /// What a depot has now, as counted. What was taken for visits for which somebody has left is not there any more and must not be
    /// counted; what others will take is. Goods that were to come in by now count as they were found.
    Stock {
        /// The id of the depot.
        depot: String,
        /// The id of the kind of goods.
        good: String,
        /// How much.
        amount: i64,
    },
    /// Somebody on the way sees that something is needed.
    Raise {
        /// The need, as in a scenario.
        need: Value,
        /// The id of the volunteer.
        by: String,
        /// The id of the need at which the volunteer is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        during: Option<String>,
    },
    /// Time has come: timers that are due fire.
    Tick {},
    /// The plan is made anew with few changes, while other commands go on.
    Replan {
        /// So many seconds are spent: more than 0, at most 3600.
        limit_s: f64,
        /// So many visits of which people were told may change. Visits to needs that nobody served are not counted.
        most_changes: u32,
        /// Only near this need.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        around: Option<String>,
    },
}

/// What can be asked. Nothing changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Question {
    /// Who could serve a need now.
    Rank {
        /// The id of the need.
        need: String,
        /// At most so many answers.
        #[serde(default = "ten")]
        best: usize,
    },
    /// Why nobody serves a need, or why these people do.
    Explain {
        /// The id of the need.
        need: String,
    },
    /// What has happened to a need: who was asked, who declined, who went, when, and why.
    Audit {
        /// The id of the need.
        need: String,
    },
    /// How a need stands.
    Need {
        /// The id of the need.
        need: String,
    },
    /// Where a volunteer stands.
    Person {
        /// The id of the volunteer.
        who: String,
    },
    /// The plan as it is, as a plan document.
    Plan {},
    /// Counts.
    Status {},
}

fn ten() -> usize {
    10
}

impl Command {
    /// The word by which it is asked for.
    pub fn word(&self) -> &'static str {
        match self {
            Self::AddNeed { .. } => "add_need",
            Self::ChangeNeed { .. } => "change_need",
            Self::CancelNeed { .. } => "cancel_need",
            Self::Reopen { .. } => "reopen",
            Self::Offer { .. } => "offer",
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Commit { .. } => "commit",
            Self::Withdraw { .. } => "withdraw",
            Self::NoShow { .. } => "no_show",
            Self::Depart { .. } => "depart",
            Self::Arrive { .. } => "arrive",
            Self::Done { .. } => "done",
            Self::Rate { .. } => "rate",
            Self::Hold { .. } => "hold",
            Self::LoanBack { .. } => "loan_back",
            Self::OnDuty { .. } => "on_duty",
            Self::OffDuty { .. } => "off_duty",
            Self::Position { .. } => "position",
            Self::Stock { .. } => "stock",
            Self::Raise { .. } => "raise",
            Self::Tick {} => "tick",
            Self::Replan { .. } => "replan",
        }
    }

    /// The words of all commands.
    pub const WORDS: [&'static str; 23] = [
        "add_need",
        "change_need",
        "cancel_need",
        "reopen",
        "offer",
        "accept",
        "decline",
        "commit",
        "withdraw",
        "no_show",
        "depart",
        "arrive",
        "done",
        "rate",
        "hold",
        "loan_back",
        "on_duty",
        "off_duty",
        "position",
        "stock",
        "raise",
        "tick",
        "replan",
    ];
}

impl Question {
    /// The words of all questions.
    pub const WORDS: [&'static str; 7] = ["rank", "explain", "audit", "need", "person", "plan", "status"];
}

/// The schemas of reasons, which are closed lists.
mod codes {
    use qise_lifecycle::{CancelReason, DeclineReason, HoldReason, ReopenReason};
    use schemars::{Schema, SchemaGenerator, json_schema};

    macro_rules! codes {
        ($($name:ident: $kind:ident;)*) => {$(
            pub(super) fn $name(_: &mut SchemaGenerator) -> Schema {
                let codes = $kind::ALL.iter().map(|reason| reason.code()).collect::<Vec<_>>();
                json_schema!({ "type": "string", "enum": codes })
            }
        )*};
    }

    codes!(cancel: CancelReason; reopen: ReopenReason; decline: DeclineReason; hold: HoldReason;);
}
