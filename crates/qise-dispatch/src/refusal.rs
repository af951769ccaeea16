//! Why a command or a question is refused.

use qise::model::Fault;
use qise::{Faults, Text, text};
use qise_journal::JournalError;
use serde_json::{Value, json};

/// Why a command or a question is refused. Nothing has changed, except that timers which were due before it have fired.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {text}")]
pub struct Refusal {
    /// The stable code.
    pub code: &'static str,
    /// What is wrong, for people.
    pub text: Text,
    /// All that is wrong with a need or a shift, by paths from `$`.
    pub faults: Vec<Fault>,
    /// The codes of the states in which it could have happened, where the state is what is wrong.
    pub expected: Vec<&'static str>,
}

impl Refusal {
    /// A refusal without faults.
    pub fn new(code: &'static str, text: Text) -> Self {
        Self { code, text, faults: Vec::new(), expected: Vec::new() }
    }

    /// What this release does not do yet; `what` says what that is.
    pub fn unsupported(what: &Text) -> Self {
        let Text { en, zh } = what;
        Self::new("unsupported", text!("not supported in this release: {en}", "此版本尚不支持：{zh}"))
    }

    /// The refusal as data: `{"code", "text", "text_zh"}`, with `faults` and `expected` where there are any.
    pub fn to_json(&self) -> Value {
        let mut error = json!({ "code": self.code, "text": self.text.en, "text_zh": self.text.zh });
        if !self.faults.is_empty() {
            let faults = self.faults.iter().map(|fault| {
                let message = fault.message();
                json!({
                    "path": fault.path,
                    "code": fault.code.as_str(),
                    "found": fault.found.en,
                    "expected": fault.expected.en,
                    "hint": fault.hint.en,
                    "message": message.en,
                    "message_zh": message.zh,
                })
            });
            error["faults"] = faults.collect();
        }
        if !self.expected.is_empty() {
            error["expected"] = json!(self.expected);
        }
        error
    }

    pub(crate) fn unknown_need(key: &str) -> Self {
        Self::new("unknown_need", text!("there is no need {key:?}", "没有需求 {key:?}"))
    }

    pub(crate) fn unknown_person(key: &str) -> Self {
        Self::new("unknown_person", text!("there is no volunteer {key:?}", "没有志愿者 {key:?}"))
    }
}

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        let count = faults.0.len();
        let first = faults.0.first().map(Fault::message).unwrap_or_default();
        let Text { en, zh } = first;
        let text = if count == 1 {
            Text::new(en, zh)
        } else {
            let more = count.saturating_sub(1);
            text!("{en}; and {more} more", "{zh}；另有 {more} 处")
        };
        let unsupported =
            !faults.0.is_empty() && faults.0.iter().all(|fault| fault.code == qise::model::Code::Unsupported);
        let code = if unsupported { "unsupported" } else { "faults" };
        Self { faults: faults.0, ..Self::new(code, text) }
    }
}

impl From<JournalError> for Refusal {
    fn from(error: JournalError) -> Self {
        Self::new(error.code(), Text::new(error.text(), error.text_zh()))
    }
}
